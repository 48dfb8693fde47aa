"""HTML of a mail made ready for the sandboxed frame: cid references, and what would be fetched."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from typing import Final
from urllib.parse import unquote

MAX_REMOTE: Final = 1000

_TAG: Final = re.compile(r"<!--|<(/?[a-zA-Z][^\s/>]*+)")
_ATTRIBUTE: Final = re.compile(
    r"""[\s/]*+
        (?: (?P<end>>)
          | (?P<name>=?[^\s/>=]++|=)
            (?:\s*+=\s*+ (?: (?P<value>"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+) | (?P<open>["']) ))? )
    """,
    re.VERBOSE,
)
_CSS_URL: Final = re.compile(
    r"""(?P<head>url\(\s*+|@import\s++(?=["'])) (?P<value>"[^"\n]*+"|'[^'\n]*+'|[^\s"'();]++)""",
    re.VERBOSE | re.IGNORECASE,
)
_CANDIDATE: Final = re.compile(r"([^\s,]\S*+)(?:(?<=,)|[^,]*+)")
_COMMENT_END: Final = re.compile(r"--!?>")
_UNSAFE_IN_CSS: Final = re.compile(r"[\"'()<>\\\s]")
_REMOTE: Final = re.compile(r"(?:https?:|ftp:)?//|https?:", re.IGNORECASE)
_FETCHED: Final = frozenset({"src", "background", "poster", "data", "xlink:href"})
_SETS: Final = frozenset({"srcset", "imagesrcset"})
_FETCHING_HREF: Final = frozenset({"link", "image", "use", "feimage"})
_RAW_TEXT: Final = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}
)


@dataclass(frozen=True, slots=True)
class Preview:
    """HTML for the frame; ``remote`` are the distinct remote URLs that it would fetch."""

    html: str
    remote: tuple[str, ...]


def prepare(html: str, part_url: Callable[[str], str | None], remote: bool = False) -> Preview:
    """Point ``cid:`` references to ``part_url(content_id)`` and list remote content.

    Everything else stays as sent; a reference for which ``part_url`` gives None too. Nothing is
    made harmless here: the frame and its policy do that. With ``remote`` the caller lets remote
    content load, and it is not listed. The list holds at most 1,000 URLs.
    """
    reader = _Reader(html, part_url)
    reader.read()
    return Preview("".join(reader.out), () if remote else tuple(reader.remote))


class _Reader:
    """One pass over the tags of one document, as a browser finds them."""

    def __init__(self, html: str, part_url: Callable[[str], str | None]) -> None:
        self.html = html
        self.part_url = part_url
        self.out: list[str] = []
        self.remote: dict[str, None] = {}
        self._copied = 0

    def read(self) -> None:
        """Fill ``out`` and ``remote``."""
        at: int | None = 0
        while at is not None and (tag := _TAG.search(self.html, at)) is not None:
            if tag[1] is None:
                end = _COMMENT_END.search(self.html, tag.end() - 2)
                at = end.end() if end else None
            else:
                at = self._tag(tag[1].lower(), tag.end())
        self.out.append(self.html[self._copied :])

    def _tag(self, name: str, at: int) -> int | None:
        """Read the attributes, and the text of a style; where to go on.

        None where the text ends inside the tag: browsers drop it.
        """
        while (attribute := _ATTRIBUTE.match(self.html, at)) is not None:
            at = attribute.end()
            if attribute["end"]:
                return self._raw_text(name, at) if name in _RAW_TEXT else at
            if attribute["open"]:
                break
            if attribute["value"] is not None:
                self._attribute(name, attribute)
        return None

    def _raw_text(self, name: str, at: int) -> int | None:
        close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.html, at)
        end = close.start() if close else len(self.html)
        if name == "style":
            self._replace(at, end, self._css(self.html[at:end]))
        return end if close else None

    def _attribute(self, tag: str, attribute: re.Match[str]) -> None:
        name = attribute["name"].lower()
        quoted = attribute["value"]
        value = _unescaped(quoted[1:-1] if quoted[:1] in {'"', "'"} else quoted)
        if name == "style":
            new = self._css(value)
        elif name in _SETS:
            new = _CANDIDATE.sub(self._candidate, value)
        elif name in _FETCHED or name == "href":
            new = self._url(value, fetched=name != "href" or tag in _FETCHING_HREF)
        else:
            return
        if new != value:
            self._replace(*attribute.span("value"), f'"{escape(new)}"')

    def _candidate(self, found: re.Match[str]) -> str:
        url = found[1].rstrip(",")
        return self._url(url) + found[0][len(url) :]

    def _css(self, css: str) -> str:
        return _CSS_URL.sub(self._css_url, css)

    def _css_url(self, found: re.Match[str]) -> str:
        value = found["value"]
        quote = value[0] if value[0] in {'"', "'"} else ""
        url = value[1:-1] if quote else value
        new = self._url(url)
        if new == url:
            return found[0]
        return f"{found['head']}{quote}{_UNSAFE_IN_CSS.sub(_percent, new)}{quote}"

    def _url(self, value: str, *, fetched: bool = True) -> str:
        """The URL to put in its place; a remote one that is fetched is noted."""
        url = value.strip()
        if url[:4].lower() == "cid:":
            return self.part_url(unquote(url[4:])) or value
        if fetched and _REMOTE.match(url) and len(self.remote) < MAX_REMOTE:
            self.remote.setdefault(url)
        return value

    def _replace(self, begin: int, end: int, new: str) -> None:
        self.out += (self.html[self._copied : begin], new)
        self._copied = end


def _unescaped(value: str) -> str:
    try:
        return unescape(value)
    except ValueError:  # a character reference of more digits than Python turns into a number
        return value


def _percent(char: re.Match[str]) -> str:
    return f"%{ord(char[0]):02X}"
