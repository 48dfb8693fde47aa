"""Criteria: what waits and expectations ask for by name and value, without a language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final

from mailtrap.search import values
from mailtrap.search.errors import QueryError, UnusableError, listed, near, shown
from mailtrap.search.fold import without_surrogates
from mailtrap.search.language import parse
from mailtrap.search.tree import All, Node
from mailtrap.search.values import Asked, Reader, Value

PAIRS_LIMIT: Final = 100
"""Criteria that may be asked for at once."""

VALUE_LIMIT: Final = 4_000
"""Characters of a value."""


class CriterionError(Exception):
    """A criterion that is unknown, or a value that it cannot take.

    ``name`` is the criterion, ``expected`` what could stand instead. ``place`` and ``length`` tell
    in characters where in the value the mistake is, None where it is all of it.
    """

    def __init__(
        self,
        name: str,
        message: str,
        expected: tuple[str, ...] = (),
        place: int | None = None,
        length: int | None = None,
    ) -> None:
        super().__init__(name, message, expected, place, length)
        self.name = name
        self.message = message
        self.expected = expected
        self.place = place
        self.length = length

    def __str__(self) -> str:
        where = "" if self.place is None else f" (at character {self.place + 1})"
        hint = f"; expected {listed(self.expected)}" if self.expected else ""
        return f"{self.message}{where}{hint}"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One row: what it takes, a line of help, and what reads its values."""

    takes: str
    help: str
    read: Reader


def _query(value: Value, asked: Asked) -> Node:
    return parse(value.text, now=asked.now, zone=asked.zone)


CRITERIA: Final[Mapping[str, Criterion]] = {
    "rcpt": Criterion("address", "A recipient of the envelope.", values.exactly("rcpt")),
    "to": Criterion("address", "An address or name in To.", values.exactly("to")),
    "from": Criterion("address", "An address or name in From.", values.exactly("sender")),
    "mail_from": Criterion("address", "The envelope's sender.", values.exactly("reverse_path")),
    "cc": Criterion("address", "An address or name in Cc.", values.exactly("cc")),
    "bcc": Criterion("address", "A recipient that To and Cc do not name.", values.exactly("bcc")),
    "reply_to": Criterion("address", "An address or name in Reply-To.", values.exactly("reply_to")),
    "subject": Criterion("text", "Part of the subject.", values.part("subject")),
    "body": Criterion("text", "Part of the text or of the HTML.", values.part("text", "html")),
    "text": Criterion("text", "Part of the plain text.", values.part("text")),
    "html": Criterion("text", "Part of the HTML as one reads it.", values.part("html")),
    "header": Criterion("Name: value", "A header field, or part of its value.", values.any_header),
    "message_id": Criterion("id", "The Message-ID.", values.exactly("message_id")),
    "has": Criterion("word", "attachment, link, code and so on.", values.one_of(values.HAS)),
    "is": Criterion("word", "unread, refused, tls and so on.", values.one_of(values.IS)),
    "filename": Criterion("text", "Part of the name of a file.", values.starred("filenames")),
    "link": Criterion("text", "Part of the address of a link.", values.part("links")),
    "code": Criterion("code", "A one-time code.", values.whole("codes")),
    "list": Criterion("text", "Part of the List-Id.", values.starred("list_id")),
    "tag": Criterion("name", "A tag.", values.tag),
    "in": Criterion("name", "An inbox.", values.inbox),
    "auth": Criterion("user", "The identity that AUTH gave.", values.whole("auth")),
    "helo": Criterion("name", "The name in EHLO or HELO.", values.whole("helo")),
    "ip": Criterion("network", "The peer's address, or a network it is in.", values.network),
    "session": Criterion("id", "The session it came in.", values.whole("session")),
    "listener": Criterion("name", "The listener it came by.", values.whole("listener")),
    "reply": Criterion("code or text", "The reply that decided: 451, 4xx or a part.", values.reply),
    "fault": Criterion("rule", "A fault rule that acted.", values.whole("rules")),
    "finding": Criterion("id", "A finding.", values.whole("findings")),
    "query": Criterion("search", "All that the search language can say.", _query),
}  # fmt: skip
"""By name. A value between slashes is a regular expression; addresses and names are compared
whole, with ``*`` as a glob; texts are looked for as a part; all without regard to case."""

_OTHER_NAMES: Final[Mapping[str, str]] = {
    "recipient": "rcpt", "sender": "from", "mailfrom": "mail_from", "mail-from": "mail_from",
    "reply-to": "reply_to", "message-id": "message_id", "attachment": "filename", "q": "query",
    "title": "subject", "envelope_to": "rcpt", "envelope_from": "mail_from", "user": "auth",
    "ehlo": "helo", "url": "link", "content": "body", "headers": "header",
}  # fmt: skip
"""What people may try, for suggestions."""


def criteria(pairs: Iterable[tuple[str, str]], *, now: datetime, zone: tzinfo = UTC) -> Node:
    """The tree that asks for all of these names and values. Raises CriterionError."""
    asked = Asked(now, zone)
    nodes: list[Node] = []
    for name, value in pairs:
        if len(nodes) == PAIRS_LIMIT:
            raise CriterionError(name, f"more than {PAIRS_LIMIT} criteria are not allowed")
        nodes.append(_criterion(name, value, asked))
    return nodes[0] if len(nodes) == 1 else All(tuple(nodes))


def _criterion(name: str, written: str, asked: Asked) -> Node:
    row = CRITERIA.get(name)
    if row is None:
        raise _unknown(name)
    if len(written) > VALUE_LIMIT:
        raise CriterionError(name, f"{name}: at most {VALUE_LIMIT} characters are allowed")
    text = without_surrogates(written)
    value = Value(text) if name in {"query", "header"} else values.slashed(text)
    try:
        return row.read(value, asked)
    except UnusableError as error:
        raise CriterionError(name, f"{name}: {error.message}", error.expected) from None
    except QueryError as error:
        told = f"{name}: {error.message}"
        raise CriterionError(name, told, error.expected, error.place, error.length) from None


def _unknown(name: str) -> CriterionError:
    other = _OTHER_NAMES.get(name.lower())
    close = (other,) if other else near(name, CRITERIA)
    hint = f"; did you mean {close[0]}?" if close else ""
    return CriterionError(
        name, f"there is no criterion {shown(name)}{hint}", close or tuple(CRITERIA)
    )
