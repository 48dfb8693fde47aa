"""What is taken out of a message: its links and its one-time codes."""

from typing import Literal

from mailtrap.api.shapes.base import Shape


class FoundLink(Shape, frozen=True, kw_only=True):
    """An address that a message points to.

    ``kind`` is ``link`` for what a reader can follow, ``image`` for a picture that is loaded from
    elsewhere, ``unsubscribe`` for what List-Unsubscribe names, ``other`` for ``mailto:``, ``tel:``
    and addresses that lack scheme or host. ``one_click`` is true where a POST unsubscribes
    (RFC 8058).
    """

    href: str
    text: str
    source: Literal["html", "text", "header"]
    kind: Literal["link", "image", "unsubscribe", "other"]
    query: dict[str, tuple[str, ...]]
    one_click: bool


class FoundCode(Shape, frozen=True, kw_only=True):
    """What looks like a one-time code; ``context`` is the line around it, ``score`` up to 1."""

    value: str
    source: Literal["subject", "text", "html"]
    context: str
    score: float
    reasons: tuple[str, ...]


class FoundLinks(Shape, frozen=True, kw_only=True):
    """The links of a message: those of its HTML, of its text, of its header, each in order."""

    links: tuple[FoundLink, ...]


class FoundCodes(Shape, frozen=True, kw_only=True):
    """The one-time codes of a message, the likeliest first."""

    codes: tuple[FoundCode, ...]
