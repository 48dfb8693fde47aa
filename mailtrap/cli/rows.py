"""The API's JSON, read for people: messages and attempts as lines."""

from dataclasses import dataclass
from datetime import datetime

from mailtrap.cli.terminal import octets, printable
from mailtrap.client import ClientError, Json

Record = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Line:
    """What a list tells of a message; every text is printable."""

    id: str
    at: str
    sender: str
    recipients: tuple[str, ...]
    size: int
    subject: str
    read: bool


def record(value: Json) -> Record:
    """The JSON object, or ClientError where it is none."""
    if isinstance(value, dict):
        return value
    raise ClientError("the server answers, but not as mailtrap does (no JSON object)")


def records(value: Json, name: str) -> list[Record]:
    """The list of objects that is a member of an object, or ClientError where it is none."""
    member = record(value).get(name)
    if isinstance(member, list):
        return [record(item) for item in member]
    raise ClientError(f"the server answers, but not as mailtrap does (no {name})")


def text(value: Record, name: str) -> str:
    """A member's text, printable; empty where it is null or not there."""
    member = value.get(name)
    return printable(member) if isinstance(member, str) else ""


def number(value: Record, name: str) -> int:
    """A member's whole number, 0 where it is none."""
    member = value.get(name)
    return member if isinstance(member, int) else 0


def texts(value: Record, name: str) -> tuple[str, ...]:
    """A member's list of texts, printable."""
    member = value.get(name)
    items = member if isinstance(member, list) else []
    return tuple(printable(item) for item in items if isinstance(item, str))


def mailboxes(value: Record, name: str) -> str:
    """A member's addresses as a header field shows them."""
    shown = []
    for mailbox in records(value, name):
        address, display = text(mailbox, "address"), text(mailbox, "name")
        shown.append(f"{display} <{address}>" if display else address)
    return ", ".join(shown)


def message_line(row: Record) -> Line:
    """A message of the API's lists."""
    envelope = record(row.get("envelope"))
    return Line(
        id=text(row, "id"),
        at=text(row, "received_at"),
        sender=text(envelope, "mail_from") or "<>",
        recipients=texts(envelope, "rcpt_to"),
        size=number(row, "size"),
        subject=text(row, "subject"),
        read=row.get("read") is True,
    )


def few(recipients: tuple[str, ...], most: int = 2) -> str:
    """The first recipients, and how many more there are."""
    more = len(recipients) - most
    return ", ".join(recipients[:most]) + (f" +{more}" if more > 0 else "")


def local_time(rfc3339: str, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    """A time of the API in the time zone of who looks; as it is where it cannot be read."""
    try:
        return datetime.fromisoformat(rfc3339).astimezone().strftime(form)
    except ValueError:
        return rfc3339


def tabbed(line: Line) -> str:
    """A message for another program: whole values with TAB between them."""
    recipients, size = ",".join(line.recipients), str(line.size)
    return "\t".join((line.id, line.at, line.sender, recipients, size, line.subject))


def cells(line: Line) -> tuple[str, ...]:
    """A message for people, a cell for each column."""
    return (
        line.id,
        local_time(line.at),
        line.sender,
        few(line.recipients),
        octets(line.size),
        line.subject or "(no subject)",
    )
