"""What is taken out of a message of an answer: its link, its code, a header field."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from mailtrap.cli.rows import Record, records, text
from mailtrap.client import Http


class MissingError(Exception):
    """A message has not what is to be printed, or more than one; ``reason`` says so in a word."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Found:
    """A message of an answer, and where the rest of it is."""

    http: Http
    row: Record
    cursor: str

    @property
    def path(self) -> str:
        """Where the API has it."""
        return f"/api/messages/{quote(text(self.row, 'id'), safe='')}"

    def octets(self, below: str) -> bytes:
        """A piece of it, as the server gives it."""
        return b"".join(self.http.pieces(f"{self.path}/{below}"))

    def items(self, name: str) -> list[Record]:
        """A list that the server takes out of it, such as its links."""
        return records(self.http.json("GET", f"{self.path}/{name}"), name)


def link(found: Found, part: str = "") -> str:
    """The link whose address has the part, or is found by ``/regex/``. Raises MissingError.

    More than one address is none. Links that a reader follows go before images and the like.
    """
    rows = found.items("links")
    followed = [text(row, "href") for row in rows if row.get("kind") == "link"]
    others = [text(row, "href") for row in rows if row.get("kind") != "link"] if part else []
    close = _having(part, followed) or _having(part, others)
    return _one("link", close, f" with {part}" if part else "", [*followed, *others])


def code(found: Found, pattern: str = "") -> str:
    """The best code, of those that are as the regular expression says. Raises MissingError."""
    rows = found.items("codes")
    values = [text(row, "value") for row in rows]
    wanted = re.compile(between_slashes(pattern) or pattern or ".*")
    close = [row for row in rows if wanted.fullmatch(text(row, "value"))]
    best = [text(row, "value") for row in close if row.get("score") == close[0].get("score")]
    told = f" like {pattern}" if pattern else ""
    return _one("code", list(dict.fromkeys(best)), told, values)


def header(found: Found, name: str) -> str:
    """The first header field with this name. Raises MissingError."""
    rows = found.items("headers")
    values = [text(row, "value") for row in rows if text(row, "name").lower() == name.lower()]
    if not values:
        names = ", ".join(dict.fromkeys(text(row, "name") for row in rows))
        raise MissingError("no-header", f"the message has no header field {name}; it has: {names}")
    return values[0]


def between_slashes(text: str) -> str:
    """The regular expression that ``/regex/`` is, empty where the text is none."""
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] == "/" else ""


def _having(part: str, hrefs: list[str]) -> list[str]:
    """Those with the part, each once; where none has it, those that it finds as ``/regex/``."""
    regex, different = between_slashes(part), list(dict.fromkeys(hrefs))
    close = [href for href in different if part in href]
    return close or [href for href in different if regex and re.search(regex, href)]


def _one(what: str, close: list[str], wanted: str, there: list[str]) -> str:
    if len(close) == 1:
        return close[0]
    if close:
        listed = "".join(f"\n  {one}" for one in close)
        raise MissingError(
            f"many-{what}s", f"the message has {len(close)} {what}s{wanted}; say which:{listed}"
        )
    listed = "; it has:" + "".join(f"\n  {one}" for one in dict.fromkeys(there)) if there else ""
    raise MissingError(f"no-{what}", f"the message has no {what}{wanted}{listed}")
