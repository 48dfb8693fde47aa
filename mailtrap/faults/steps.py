"""An answer as data: the steps that a connection performs, and what becomes of the message."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from mailtrap.smtp.reply import Reply


@dataclass(frozen=True, slots=True)
class Say:
    """Send a reply. The engine is told ``reply``; the wire gets ``wire`` where that is given.

    ``pace`` is the pause between octets in seconds; 0 sends them at once.
    """

    reply: Reply
    wire: bytes | None = None
    pace: float = 0.0


@dataclass(frozen=True, slots=True)
class Wait:
    """Do nothing for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Stall:
    """Say nothing from now on, until the client leaves or the server stops."""


@dataclass(frozen=True, slots=True)
class Close:
    """End the connection with FIN, after what was said."""


@dataclass(frozen=True, slots=True)
class Reset:
    """End the connection with RST, at once."""


Step: TypeAlias = Say | Wait | Stall | Close | Reset
Ending: TypeAlias = Close | Reset | Stall

Storing: TypeAlias = Literal["as-replied", "keep", "discard"]
"""Whether the message is stored: if its reply is positive; though refused; or not, though taken."""

TlsKind: TypeAlias = Literal[
    "expired", "not-yet-valid", "wrong-name", "unknown-ca", "handshake-fail", "stall", "old",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cut:
    """End the connection once so many octets of content have come."""

    octets: int
    ending: Ending


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report that is sent to the reverse-path later.

    ``reply`` is the diagnostic of a delivery status (RFC 3464); ``after`` is in seconds. So is
    ``skew``: by how much the clock of the server that reports is wrong.
    """

    kind: Literal["failed", "delayed", "auto-reply", "complaint"] = "failed"
    reply: Reply = field(default_factory=lambda: Reply(550, "User unknown", "5.1.1"))
    after: float = 0.0
    skew: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What an event is answered with.

    ``spoken`` tells that a rule has said what is to be sent: an ending then follows it, where
    otherwise it takes the place of the reply. ``throttle`` is octets a second that are read of the
    content; ``outage`` seconds for which connections are refused, ``blackhole`` seconds for which
    they are not answered at all; ``hold`` seconds after which the message is stored, where its
    reply does not wait for that.
    """

    steps: tuple[Step, ...]
    spoken: bool = False
    storing: Storing = "as-replied"
    copies: int = 1
    cut: Cut | None = None
    throttle: float = 0.0
    tls: TlsKind | None = None
    bounce: Bounce | None = None
    outage: float = 0.0
    blackhole: float = 0.0
    hold: float = 0.0

    @property
    def plain(self) -> bool:
        """Whether it is nothing but replies said at once, as they are."""
        said = all(isinstance(s, Say) and s.wire is None and not s.pace for s in self.steps)
        return said and self == Answer(self.steps, self.spoken)

    @property
    def replies(self) -> tuple[Reply, ...]:
        """The replies that the engine is told."""
        return tuple(step.reply for step in self.steps if isinstance(step, Say))


def proposed(replies: tuple[Reply, ...]) -> Answer:
    """The answer that says just these replies."""
    return Answer(tuple(Say(reply) for reply in replies))
