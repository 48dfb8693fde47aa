"""What a rule can do: each action maps an answer to another one. A new one is a class and a row.

Rows say at which stages an action makes sense; the codec refuses the rest with the reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias

from mailtrap.faults.garble import GARBLES, GarbleKind
from mailtrap.faults.stages import STAGES, Stage
from mailtrap.faults.steps import (
    Answer,
    Bounce,
    Close,
    Cut,
    Ending,
    Reset,
    Say,
    Stall,
    Step,
    TlsKind,
    Wait,
)
from mailtrap.smtp.reply import Reply

DELAY_LIMIT = 3_600.0
"""Seconds: the longest delay that a rule may ask for."""

COPIES_LIMIT = 100


class Action(Protocol):
    """One thing a rule does."""

    def __call__(self, answer: Answer) -> Answer:
        """The answer after it."""


@dataclass(frozen=True, slots=True)
class ReplyWith:
    """Send this reply; with ``reply`` None the one that would have been sent anyway."""

    reply: Reply | None = None

    def __call__(self, answer: Answer) -> Answer:
        if self.reply is None:
            return replace(answer, spoken=True)
        reply = self.reply
        return replace(_says(answer, lambda say: replace(say, reply=reply)), spoken=True)


@dataclass(frozen=True, slots=True)
class Delay:
    """Wait before whatever follows."""

    seconds: float

    def __call__(self, answer: Answer) -> Answer:
        if answer.spoken:
            return replace(answer, steps=(*answer.steps, Wait(self.seconds)))
        return replace(answer, steps=(Wait(self.seconds), *answer.steps))


@dataclass(frozen=True, slots=True)
class Trickle:
    """Send the reply octet by octet."""

    seconds: float

    def __call__(self, answer: Answer) -> Answer:
        return replace(_says(answer, lambda say: replace(say, pace=self.seconds)), spoken=True)


@dataclass(frozen=True, slots=True)
class Raw:
    """Send exactly these octets in place of the reply."""

    octets: bytes

    def __call__(self, answer: Answer) -> Answer:
        return replace(_says(answer, lambda say: replace(say, wire=self.octets)), spoken=True)


@dataclass(frozen=True, slots=True)
class Garble:
    """Send the reply malformed in one of several ways."""

    kind: GarbleKind

    def __call__(self, answer: Answer) -> Answer:
        spoil = GARBLES[self.kind]
        return replace(_says(answer, lambda say: replace(say, wire=spoil(say.reply))), spoken=True)


@dataclass(frozen=True, slots=True)
class EndWith:
    """Close, reset or stall: after what was said, or in place of the reply."""

    ending: Ending

    def __call__(self, answer: Answer) -> Answer:
        kept: tuple[Step, ...] = (
            answer.steps
            if answer.spoken
            else tuple(step for step in answer.steps if isinstance(step, Wait))
        )
        return replace(answer, steps=(*kept, self.ending), spoken=True)


@dataclass(frozen=True, slots=True)
class Hide:
    """Leave lines out of the reply to EHLO, by their first word."""

    keywords: tuple[str, ...]

    def __call__(self, answer: Answer) -> Answer:
        hidden = {keyword.upper() for keyword in self.keywords}
        return _says(answer, lambda say: replace(say, reply=_without(say.reply, hidden)))


@dataclass(frozen=True, slots=True)
class Advertise:
    """Add lines to the reply to EHLO, whatever stands behind them."""

    lines: tuple[str, ...]

    def __call__(self, answer: Answer) -> Answer:
        return _says(answer, lambda say: replace(say, reply=_with(say.reply, self.lines)))


@dataclass(frozen=True, slots=True)
class Throttle:
    """Read the content slowly."""

    octets_per_second: float

    def __call__(self, answer: Answer) -> Answer:
        return replace(answer, throttle=self.octets_per_second)


@dataclass(frozen=True, slots=True)
class CutOff:
    """End the connection in the middle of the content."""

    cut: Cut

    def __call__(self, answer: Answer) -> Answer:
        return replace(answer, cut=self.cut)


@dataclass(frozen=True, slots=True)
class BreakTls:
    """Fail the handshake, or show a certificate that is wrong."""

    kind: TlsKind

    def __call__(self, answer: Answer) -> Answer:
        return replace(answer, tls=self.kind)


@dataclass(frozen=True, slots=True)
class Keep:
    """Store the message though its reply refuses it, or never comes."""

    def __call__(self, answer: Answer) -> Answer:
        return replace(answer, storing="keep")


@dataclass(frozen=True, slots=True)
class Discard:
    """Store nothing, though the reply says it was taken."""

    def __call__(self, answer: Answer) -> Answer:
        return replace(answer, storing="discard")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Store the message several times."""

    copies: int = 2

    def __call__(self, answer: Answer) -> Answer:
        return replace(answer, copies=self.copies)


@dataclass(frozen=True, slots=True)
class BounceLater:
    """Take the message, and send a report to its reverse-path later."""

    bounce: Bounce

    def __call__(self, answer: Answer) -> Answer:
        return replace(answer, bounce=self.bounce)


@dataclass(frozen=True, slots=True)
class Outage:
    """Refuse connections for a while: nobody listens."""

    seconds: float

    def __call__(self, answer: Answer) -> Answer:
        return replace(answer, outage=self.seconds)


@dataclass(frozen=True, slots=True)
class Blackhole:
    """Answer no connection for a while: nobody says yes, and nobody says no."""

    seconds: float

    def __call__(self, answer: Answer) -> Answer:
        return replace(answer, blackhole=self.seconds)


@dataclass(frozen=True, slots=True)
class Hold:
    """Acknowledge the message now, and store it later: behind those that came after it."""

    seconds: float

    def __call__(self, answer: Answer) -> Answer:
        return replace(answer, hold=self.seconds)


AnyAction: TypeAlias = (
    ReplyWith | Delay | Trickle | Raw | Garble | EndWith | Hide | Advertise | Throttle | CutOff
    | BreakTls | Keep | Discard | Duplicate | BounceLater | Outage | Blackhole | Hold
)  # fmt: skip

_REPLYING: tuple[Stage, ...] = tuple(s for s in STAGES if s not in {"connect", "tls"})
_ENDING: tuple[Stage, ...] = tuple(s for s in STAGES if s != "tls")
_STORING: tuple[Stage, ...] = ("content", "message")

Where: TypeAlias = Mapping[type[AnyAction], tuple[Stage, ...]]

POSSIBLE: Where = {
    ReplyWith: _REPLYING,
    Delay: STAGES,
    Trickle: _REPLYING,
    Raw: _REPLYING,
    Garble: _REPLYING,
    EndWith: _ENDING,
    Hide: ("helo",),
    Advertise: ("helo",),
    Throttle: ("data", "content", "bdat"),
    CutOff: ("data", "content"),
    BreakTls: ("starttls", "tls"),
    Keep: _STORING,
    Discard: _STORING,
    Duplicate: _STORING,
    BounceLater: _STORING,
    Outage: ("connect",),
    Blackhole: ("connect",),
    Hold: _STORING,
}
"""At which stages each action can be performed."""

WHILE_READING: tuple[type[AnyAction], ...] = (Delay, EndWith, Throttle, CutOff)
"""What can be done while the octets of a message come. All else at ``content`` is about the whole
of it, and is done when that is there."""

EndingName: TypeAlias = Literal["close", "reset", "stall"]
ENDINGS: Mapping[EndingName, Ending] = {"close": Close(), "reset": Reset(), "stall": Stall()}


def _says(answer: Answer, change: Callable[[Say], Say]) -> Answer:
    steps = tuple(change(step) if isinstance(step, Say) else step for step in answer.steps)
    return replace(answer, steps=steps)


def _without(reply: Reply, hidden: set[str]) -> Reply:
    """A reply to EHLO less some of its lines. The first names the server and stays."""
    first, *lines = reply.text.split("\n")
    kept = [line for line in lines if line.partition(" ")[0].upper() not in hidden]
    return replace(reply, text="\n".join((first, *kept)))


def _with(reply: Reply, lines: tuple[str, ...]) -> Reply:
    return replace(reply, text="\n".join((reply.text, *lines)))
