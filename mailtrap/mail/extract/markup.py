"""HTML as a reader sees it: its text line by line, what is set off in it, and where it points."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from mailtrap.mail.extract.letters import clean

LIMIT: Final = 256 * 1024
"""Characters of HTML that are looked at."""

MAX_LINKS: Final = 500
MAX_LABEL: Final = 500
"""Characters of the text of a link that are kept."""

_DEPTH: Final = 100
_MARKUP: Final = re.compile(
    r"""<(?: !--(?:(?!-->).)*+(?:-->)?                                     # a comment
           | (?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)
             (?P<attributes>(?:[^>"']++|"[^"]*+"|'[^']*+'|["'])*+)>?       # a tag
           | [!?/][^>]*+>? )                                               # a declaration
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(
    r"""(?<![^\s"'/])([^\s=>"'/]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))"""
)
_WITHIN: Final = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del"}
    | {"dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "o:p", "q", "s", "samp", "small"}
    | {"span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "input"}
    | {"script", "style", "title", "template", "noscript"}
)
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr", "source"}
)
_CELLS: Final = frozenset({"td", "th"})
_UNREAD: Final = frozenset({"script", "style", "title", "template", "noscript"})
_SET_OFF: Final = frozenset(
    {"b", "strong", "big", "code", "kbd", "samp", "tt", "mark", "pre"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)
_SETTING_OFF: Final = re.compile(
    r"""font-size:\s*+(?:[2-9]\d|1\d\d)(?:\.\d++)?+\s*+(?:px|pt)
      | font-size:\s*+(?:1\.[3-9]|[2-9])\d*+\s*+r?em
      | font-size:\s*+(?:x+-)?large
      | font-weight:\s*+(?:bold|[6-9]00)
      | letter-spacing:\s*+(?:0?\.)?[1-9]
      | monospace
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pointer:
    """An address as it stands in an attribute; ``text`` is what a reader sees in its place."""

    href: str
    text: str
    image: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What is read of HTML.

    In ``text`` a line is a paragraph or a row, none is empty; cells stand between tabs. ``marked``
    are the ranges of it that are set off: bold, large, spaced, of one width.
    """

    text: str
    marked: tuple[tuple[int, int], ...]
    pointers: tuple[Pointer, ...]
    base: str


def read_html(html: str) -> Page:
    """Read the first 256 Ki characters of HTML. Never raises."""
    reader = _Reader()
    for name, attributes, text in _tokens(html[:LIMIT]):
        if text:
            reader.text(text)
        if name.startswith("/"):
            reader.end(name[1:])
        elif name:
            reader.start(name, attributes)
    return reader.page()


def unescaped(text: str) -> str:
    """The text with character references undone."""
    try:
        return unescape(text)
    except ValueError:  # a character reference of more digits than Python turns into a number
        return text


def _tokens(html: str) -> Iterator[tuple[str, str, str]]:
    """Name of the tag (after ``/`` one that closes), its attributes, and the text before it."""
    at = 0
    while (tag := _MARKUP.search(html, at)) is not None:
        name = (tag["name"] or "").lower()
        text = html[at : tag.start()]
        at = tag.end()
        if name in _UNREAD and not tag["close"]:
            close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, at)
            at = close.start() if close is not None else len(html)
        yield f"/{name}" if tag["close"] else name, tag["attributes"] or "", text
    yield "", "", html[at:]


def _attributes(written: str) -> dict[str, str]:
    """Values by lower-case name; of two of one name the first."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        found.setdefault(match[1].lower(), unescaped(match[match.lastindex or 2]))
    return found


@dataclass(slots=True)
class _Open:
    """An element that is open: whether its text is set off."""

    name: str
    marked: bool


@dataclass(slots=True)
class _Reader:
    """Gathers a page from its tags and texts."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    last: str = "\n"
    marked: list[tuple[int, int]] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    pointers: list[Pointer] = field(default_factory=list)
    base: str = ""
    href: str | None = None
    label: list[str] = field(default_factory=list)

    def text(self, source: str) -> None:
        """Take text: white space is one space, as in a browser."""
        written = unescaped(source)
        self._name(written)
        shown = re.sub(r"\s+", " ", clean(written))
        self._append(shown, marked=bool(self.stack) and self.stack[-1].marked)

    def start(self, name: str, attributes: str) -> None:
        """Take a start tag."""
        given = _attributes(attributes) if attributes else {}
        self._break(name)
        if name == "a":
            self._finish_link()
            self.href = given.get("href")
        elif name == "area" and "href" in given:
            self._point(given["href"], given.get("alt", ""))
        elif name == "base":
            self.base = self.base or given.get("href", "")
        elif name == "img":
            self._image(given)
        if name not in _VOID and len(self.stack) < _DEPTH:
            above = bool(self.stack) and self.stack[-1].marked
            self.stack.append(_Open(name, above or _is_set_off(name, given)))

    def end(self, name: str) -> None:
        """Take an end tag; one without a beginning only ends a line."""
        if name == "a":
            self._finish_link()
        self._break(name)
        for place in range(len(self.stack) - 1, -1, -1):
            if self.stack[place].name == name:
                del self.stack[place:]
                return

    def page(self) -> Page:
        """What was gathered."""
        self._finish_link()
        return Page("".join(self.pieces), tuple(self.marked), tuple(self.pointers), self.base)

    def _append(self, shown: str, *, marked: bool) -> None:
        if self.last.isspace() and shown[:1] == " ":
            shown = shown[1:]
        if not shown:
            return
        self.last = shown[-1]
        begin, self.length = self.length, self.length + len(shown)
        self.pieces.append(shown)
        if marked and shown.strip():
            if self.marked and self.marked[-1][1] == begin:
                begin = self.marked.pop()[0]
            self.marked.append((begin, self.length))

    def _name(self, written: str) -> None:
        """Take text as it is for the name of the link that is open."""
        if self.href is not None and len(self.label) < MAX_LABEL:
            self.label.append(written)

    def _break(self, name: str) -> None:
        if name in _WITHIN:
            return
        self._name(" ")
        kind = "\t" if name in _CELLS else "\n"
        if self.last == "\t" and kind == "\n":
            self.pieces.pop()
            self.length -= 1
            self.last = self.pieces[-1][-1] if self.pieces else "\n"
        if self.last not in {"\n", kind}:
            self._append(kind, marked=False)

    def _image(self, given: dict[str, str]) -> None:
        alt = given.get("alt", "")
        self._name(f" {alt} ")
        if "src" in given:
            self._point(given["src"], alt, image=True)

    def _finish_link(self) -> None:
        if self.href is not None:
            self._point(self.href, "".join(self.label))
        self.href, self.label = None, []

    def _point(self, href: str, text: str, *, image: bool = False) -> None:
        if len(self.pointers) < MAX_LINKS:
            shown = " ".join(text[: 4 * MAX_LABEL].split())[:MAX_LABEL]
            self.pointers.append(Pointer(href, shown, image))


def _is_set_off(name: str, given: dict[str, str]) -> bool:
    if name in _SET_OFF or (name == "font" and given.get("size", "") in {"4", "5", "6", "7"}):
        return True
    style = given.get("style", "")
    return bool(style) and _SETTING_OFF.search(style) is not None
