"""Addresses in plain text, as people and programs write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LIMIT: Final = 64 * 1024
"""Characters of text that are looked at."""

MAX_LABEL: Final = 200

_STOPS: Final = (
    '\\s<>"`{}|\\\\^\u00ab\u00bb\u2018-\u201f\u3000-\u3003\u3008-\u3011'
    "\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
)
"""Where an address ends at the latest: white space, quotes, the punctuation of East Asia."""

_BRACKETED: Final = re.compile(
    r"<(?:URL:)?\s{0,3}+(?P<url>[a-z][a-z0-9+.-]{1,20}://[^<>\"]{1,4096}+)>", re.IGNORECASE
)
_BARE: Final = re.compile(
    rf"(?<![A-Za-z0-9_@.-])(?P<url>(?:[a-z][a-z0-9+.-]{{1,20}}://|www\.(?=[\w-]))[^{_STOPS}]++)",
    re.IGNORECASE,
)
_LONGEST_SCHEME: Final = 21
_TWO_WORDS: Final = re.compile(r"\n\s*\n|(?<!\s)[ \t]++[^\s]")
_LABEL_END: Final = " \t:([<*-\u2013\u2014>\u2192|=\uff1a\uff08"
_MARKDOWN: Final = re.compile(r"\[([^\]\n]{1,200})\]\($")
_PAIRS: Final = {")": "(", "]": "["}
_QUOTES: Final = frozenset("'*")
_PUNCTUATION: Final = frozenset(".,;:!?\u2026")


@dataclass(frozen=True, slots=True)
class Found:
    """An address in a text and the words that stand before it as its name, or ``""``."""

    href: str
    text: str


def find_urls(text: str) -> Iterator[Found]:
    """Addresses in the order they stand in; punctuation around them is not theirs."""
    text = text[:LIMIT]
    low = text.lower()
    at = 0
    while (match := _next(text, low, at)) is not None:
        begin, after, at = match.start(), at, match.end()
        whole = _in_brackets(text, begin)
        if whole is not None:
            href, at = whole
        else:
            href = _trimmed(match["url"], text[max(0, begin - 1) : begin])
        if href.lower().startswith("www."):
            href = f"http://{href}"
        if not href.endswith("://"):
            yield Found(href, _label(text, begin, after))


def _next(text: str, low: str, at: int) -> re.Match[str] | None:
    """The next address, looked for only from where one can begin: the expression takes 60 µs a KB.

    ``low`` is the text in lower case, as far as that is of the same length.
    """
    scheme, host = text.find("://", at), low.find("www.", at)
    if len(low) != len(text):
        return _BARE.search(text, at)
    begins = [max(at, scheme - _LONGEST_SCHEME)] if scheme >= 0 else []
    begins += [host] if host >= 0 else []
    return _BARE.search(text, min(begins)) if begins else None


def _in_brackets(text: str, begin: int) -> tuple[str, int] | None:
    """The address of ``<URL:…>`` (RFC 3986 appendix C), which lines may break, and its end."""
    head = max(0, begin - 8)
    opening = text.rfind("<", head, begin)
    match = _BRACKETED.match(text, opening) if opening >= 0 else None
    if match is None or match.start("url") != begin or _TWO_WORDS.search(match["url"]):
        return None
    return re.sub(r"\s+", "", match["url"]), match.end()


def _trimmed(url: str, before: str) -> str:
    """Without the punctuation of the sentence, and without brackets that opened before it."""
    end = len(url)
    left = {closing: url.count(closing) - url.count(opening) for closing, opening in _PAIRS.items()}
    while end:
        last = url[end - 1]
        if left.get(last, 0) > 0:
            left[last] -= 1
        elif last not in _PUNCTUATION and not (last in _QUOTES and before == last):
            break
        end -= 1
    cut = url.find("](", 0, end)  # [https://…](https://…)
    return url[:cut] if cut > 0 else url[:end]


def _label(text: str, begin: int, after: int) -> str:
    """What names the address: Markdown's brackets, the line before it, or a line with a colon.

    Nothing before ``after``, where the address before it ends.
    """
    first = max(after, begin - MAX_LABEL)
    start = text.rfind("\n", first, begin) + 1 or first
    markdown = _MARKDOWN.search(text, start, begin)
    if markdown is not None:
        return " ".join(markdown[1].split())
    own = text[start:begin].removesuffix("URL:").rstrip(_LABEL_END).strip(" \t*>-).,;")
    if own:
        return " ".join(own.split()) if _reaches(text[start:begin]) else ""
    above = text[max(after, start - 1 - MAX_LABEL) : max(after, start - 1)].rstrip()
    above = above.rpartition("\n")[2]
    return " ".join(above.rstrip(_LABEL_END).split()) if above.endswith((":", "\uff1a")) else ""


def _reaches(before: str) -> bool:
    """Whether the words before an address name it: a bracket or a colon leads to it."""
    return before.rstrip().endswith(
        (":", "(", "[", "<", "URL:", "->", "\u2192", "\uff1a", "\uff08")
    )
