"""Bodies as one reads them: paragraphs of a plain text, and the words of HTML."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

SOURCE_LIMIT: Final = 512 * 1024
"""Characters of HTML that are looked at."""

_GAP: Final = re.compile(r"\n[^\S\n]*+(?:\n[^\S\n]*+)++")
_MARKUP: Final = re.compile(
    r"""<(?: !--(?:(?!-->).)*+(?:-->)?                                   # a comment
           | (?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)
             (?P<attributes>(?:[^>"']++|"[^"]*+"|'[^']*+'|["'])*+)>?     # a tag
           | [!?/][^>]*+>? )                                             # a declaration
    """,
    re.VERBOSE | re.DOTALL,
)
_ALT: Final = re.compile(r"""\salt\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE)
_UNREAD: Final = frozenset({"script", "style", "title", "template", "noscript"})
_WITHIN: Final = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"}
    | {"font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong"}
    | {"sub", "sup", "time", "tt", "u", "var", "wbr", "img", "o:p"}
)
_BREAKS: Final = frozenset({"br", "td", "th", "option", "button", "label", "input"})


def paragraphs(text: str) -> list[str]:
    """What stands between empty lines; a paragraph that was wrapped is one again when folded."""
    return _GAP.split(text.replace("\r\n", "\n"))


def readable(html: str) -> list[str]:
    """The paragraphs of HTML: no markup, no scripts and styles, images as their alternative."""
    return "".join(_pieces(html[:SOURCE_LIMIT])).split("\n")


def _pieces(html: str) -> Iterator[str]:
    """Text in which only the ends of paragraphs are line ends."""
    at = 0
    while (tag := _MARKUP.search(html, at)) is not None:
        yield _text(html[at : tag.start()])
        at = tag.end()
        name = (tag["name"] or "").lower()
        if name in _UNREAD and not tag["close"]:
            at = _end_of(html, name, at)
        yield _instead(name, tag)
    yield _text(html[at:])


def _instead(name: str, tag: re.Match[str]) -> str:
    """What stands in the place of a tag."""
    if name == "img":
        alt = _ALT.search(tag["attributes"])
        return f" {_text(alt[alt.lastindex or 0])} " if alt is not None else ""
    if not name or name in _WITHIN:
        return ""
    return " " if name in _BREAKS else "\n"


def _text(source: str) -> str:
    try:
        plain = unescape(source)
    except ValueError:  # a character reference of more digits than Python turns into a number
        plain = source
    return " ".join(re.split(r"[\r\n]", plain))


def _end_of(html: str, name: str, at: int) -> int:
    close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, at)
    return close.start() if close is not None else len(html)
