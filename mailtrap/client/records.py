"""What a server tells, as records."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from mailtrap.client.calls import Told


class SmtpEndpoint(NamedTuple):
    """Where an app sends its mail; as this user all that it sends is in the inbox."""

    host: str
    port: int
    username: str = ""
    password: str = ""
    url: str = ""
    security: str = "none"


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox of a header field."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the SMTP transaction said. ``peer`` is ``host:port``, ``tls`` the version or None."""

    mail_from: str
    rcpt_to: tuple[str, ...]
    auth_user: str | None
    helo: str | None
    peer: str
    tls: str | None
    params: dict[str, str | None]
    session_id: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link: ``kind`` is link, image, unsubscribe or other; ``query`` the values by name."""

    href: str
    text: str
    source: str
    kind: str
    query: dict[str, list[str]]
    one_click: bool = False

    def __str__(self) -> str:
        return self.href


@dataclass(frozen=True, slots=True)
class Code:
    """What looks like a one-time code: ``score`` is up to 1, ``reasons`` why."""

    value: str
    source: str
    context: str
    score: float
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Attempt:
    """A transaction that was tried. ``code`` is that of the reply that decided, None without one.

    ``verdict`` is accepted, refused or aborted; ``recipients`` has the reply to each.
    """

    id: str
    seq: int
    session: str
    started_at: datetime
    ended_at: datetime
    mail_from: str
    recipients: dict[str, str]
    stage: str
    verdict: str
    reply: str | None
    rules: tuple[str, ...]
    message: str | None

    @property
    def code(self) -> int | None:
        """The code of the reply that decided: a refused recipient's where nobody was accepted."""
        return int(self.reply[:3]) if self.reply else None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a transcript: milliseconds since the session began, C or S or *, the text."""

    at: float
    side: str
    text: str


@dataclass(frozen=True, slots=True)
class Session:
    """One connection, with everything that was said."""

    id: str
    peer: str
    helo: str | None
    protocol: str
    started_at: datetime
    messages: int
    end: str | None
    transcript: tuple[Line, ...] = field(repr=False, default=())

    def text(self) -> str:
        """The transcript as one reads it."""
        return "".join(f"{line.at:9.1f} ms  {line.side}  {line.text}\n" for line in self.transcript)


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """What a server tells of itself; ``smtp`` is the first listener that speaks SMTP."""

    url: str
    name: str
    version: str
    smtp: SmtpEndpoint
    listeners: tuple[tuple[str, str], ...]


def time(text: str) -> datetime:
    """A time as the server writes it (RFC 3339)."""
    return datetime.fromisoformat(text)


def link(told: Told) -> Link:
    """A link."""
    query = {name: list(values) for name, values in told["query"].items()}
    is_one_click = bool(told.get("one_click"))
    return Link(told["href"], told["text"], told["source"], told["kind"], query, is_one_click)


def code(told: Told) -> Code:
    """A one-time code."""
    reasons = tuple(told["reasons"])
    return Code(told["value"], told["source"], told["context"], told["score"], reasons)


def address(told: Told) -> Address:
    """A mailbox."""
    return Address(told["name"], told["address"])


def envelope(told: Told) -> Envelope:
    """The envelope of a message, with the facts of its session."""
    trace, said = told["trace"], told["envelope"]
    return Envelope(
        mail_from=said["mail_from"],
        rcpt_to=tuple(said["rcpt_to"]),
        auth_user=trace["auth"]["identity"] if trace["auth"] else None,
        helo=trace["helo"],
        peer=trace["peer"],
        tls=trace["tls"]["version"] if trace["tls"] else None,
        params=said["params"],
        session_id=trace["session"],
    )


def attempt(told: Told) -> Attempt:
    """An attempt; where it was refused its reply is that of the recipient who was refused."""
    refused = [one["reply"] for one in told["recipients"] if not one["accepted"]]
    reply = refused[0] if told["verdict"] != "accepted" and refused else told["reply"]
    return Attempt(
        id=told["id"],
        seq=told["seq"],
        session=told["session"],
        started_at=time(told["started_at"]),
        ended_at=time(told["ended_at"]),
        mail_from=told["mail_from"],
        recipients={one["address"]: one["final"] or one["reply"] for one in told["recipients"]},
        stage=told["stage"],
        verdict=told["verdict"],
        reply=reply,
        rules=tuple(told["rules"]),
        message=told["message"],
    )


def session(told: Told) -> Session:
    """A session; its transcript is there where the server told it."""
    return Session(
        id=told["id"],
        peer=told["peer"],
        helo=told["helo"],
        protocol=told["protocol"],
        started_at=time(told["started_at"]),
        messages=told["messages"],
        end=told["end"],
        transcript=tuple(
            Line(one["at"], one["side"], one["text"]) for one in told.get("transcript", ())
        ),
    )


def endpoint(told: Told | None) -> SmtpEndpoint:
    """Where mail is sent to; a server without SMTP has none to tell."""
    if not told:
        return SmtpEndpoint("", 0)
    return SmtpEndpoint(**{name: told[name] for name in SmtpEndpoint._fields if name in told})
