"""Server-sent events (WHATWG HTML, section 9.2), read as they come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

EVENT_LIMIT = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its kind, its data, and the id to resume after (the last one that was told)."""

    kind: str
    data: str
    id: str


def read_events(lines: Iterable[bytes]) -> Iterator[Event]:
    """The events in lines that end with LF or CRLF; comments and unknown fields are skipped.

    An event that the end of the stream cuts off is dropped. Raises ValueError where one grows
    beyond EVENT_LIMIT octets.
    """
    kind, last_id, data, size = "", "", list[str](), 0
    for line in lines:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if not text:
            if data:
                yield Event(kind or "message", "\n".join(data), last_id)
            kind, data, size = "", [], 0
            continue
        size += len(text)
        if size > EVENT_LIMIT:
            raise ValueError(f"an event is larger than {EVENT_LIMIT} octets")
        name, _, value = text.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            kind = value
        elif name == "data":
            data.append(value)
        elif name == "id" and "\0" not in value:
            last_id = value
