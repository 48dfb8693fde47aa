"""What is taken out of a mail, as frozen records."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

LinkSource: TypeAlias = Literal["html", "text", "header"]
LinkKind: TypeAlias = Literal["link", "image", "unsubscribe", "other"]
CodeSource: TypeAlias = Literal["subject", "text", "html"]


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a mail points to.

    ``kind`` is ``link`` for what a reader can follow, ``image`` for a picture from elsewhere,
    ``unsubscribe`` for what List-Unsubscribe names (RFC 2369), ``other`` for what opens no page
    (``mailto:``, ``tel:``) and for an address without scheme or host, which a reader of mail cannot
    follow. ``query`` are its parameters, percent-decoded, those behind a ``#…?`` included.
    ``one_click`` tells that a POST is enough (RFC 8058).
    """

    href: str
    text: str
    source: LinkSource
    kind: LinkKind
    query: tuple[tuple[str, str], ...] = ()
    one_click: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """What looks like a one-time code.

    ``value`` is what one would type: digits in ASCII and without gaps; letters as written.
    ``line`` is the line around it, ``score`` between 0 and 1, ``reasons`` what speaks for it and
    against it, in words.
    """

    value: str
    source: CodeSource
    line: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extract:
    """All that is taken out of one mail: links in order, codes with the best first."""

    links: tuple[Link, ...] = ()
    codes: tuple[Code, ...] = ()
