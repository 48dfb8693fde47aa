"""Reserved addresses: a recipient whose own words say what shall happen to it. Pure.

``fault.test`` and what is below it can never be a real domain (RFC 6761). The addresses of known
simulators are real domains of other people, so they are asked for separately.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from mailtrap.faults.actions import (
    DELAY_LIMIT,
    ENDINGS,
    AnyAction,
    BounceLater,
    Delay,
    EndWith,
    ReplyWith,
)
from mailtrap.faults.counting import Schedule
from mailtrap.faults.rules import Rule
from mailtrap.faults.steps import Bounce
from mailtrap.smtp.reply import Reply

DOMAIN = "fault.test"
_BELOW = f".{DOMAIN}"
SIMULATOR = "simulator.amazonses.com"
TIMES = {"once": 1, "twice": 2, "thrice": 3}
TEXTS: Mapping[int, str] = {
    2: "Accepted, as the address asks",
    3: "Go on, as the address asks",
    4: "Try again later, as the address asks",
    5: "Refused, as the address asks",
}
"""The text of a reply by the first digit of its code."""

Lookup: TypeAlias = Callable[[str], Rule | None]

_WORD = re.compile(
    r"(?:(?P<count>once|twice|thrice|[1-9]\d{0,3}-times)-)?"
    r"(?:(?P<code>[245]\d\d)(?:-(?P<status>[245]\.\d{1,3}\.\d{1,3}))?"
    r"|delay-(?P<number>\d{1,5}(?:\.\d{1,3})?)(?P<unit>ms|s|m)"
    r"|(?P<ending>close|reset|stall))"
    r"(?:\.(?!\Z)|\Z)",
    re.ASCII,
)
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0}
_MAILTRAP = re.compile(r"bounce\+(?P<code>[45]\d\d)(?:\+(?P<text>.*))?", re.DOTALL)

# What SES documents: the mail is taken, and what follows comes by mail.
_SUPPRESSED = "Amazon SES has suppressed sending to this address"
_SES: Mapping[str, tuple[AnyAction, ...]] = {
    "success": (ReplyWith(),),
    "bounce": (BounceLater(Bounce("failed", Reply(550, "Unknown User", "5.1.1"))),),
    "ooto": (BounceLater(Bounce("auto-reply")),),
    "complaint": (BounceLater(Bounce("complaint")),),
    "suppressionlist": (BounceLater(Bounce("failed", Reply(550, _SUPPRESSED, "5.1.1"))),),
}


def reserved_rule(address: str, *, reserved: bool = True, simulators: bool = False) -> Rule | None:
    """The rule that an address stands for; None for an ordinary one.

    An address of the reserved domain that is not understood has a rule that changes nothing: it
    is accepted, and the transcript tells that its words meant nothing. ``reserved`` is for
    ``fault.test``, ``simulators`` for the addresses of Mailtrap and SES.
    """
    local, at, domain = address.lower().rpartition("@")
    if reserved and at and (domain == DOMAIN or domain.endswith(_BELOW)):
        return _of_words(local)
    if simulators and domain == SIMULATOR:
        return _of_ses(local)
    if simulators and (match := _MAILTRAP.fullmatch(local)):
        text = (match["text"] or "bounce").replace("+", " ")
        reply = Reply(int(match["code"]), _printable(text))
        return _rule(local, (ReplyWith(reply),), Schedule(per="rcpt"))
    return None


def lookup(*, reserved: bool, simulators: bool) -> Lookup | None:
    """What a book of rules asks about an address; None where nothing is switched on."""
    if not (reserved or simulators):
        return None
    return lambda address: reserved_rule(address, reserved=reserved, simulators=simulators)


def _of_words(local: str) -> Rule:
    words = list(_words(local.partition("+")[0]))
    counts = [times for _, times in words if times is not None]
    actions = tuple(action for action, _ in words)
    if not words or len(counts) > 1 or not _possible(actions):
        return Rule(name="reserved:not-understood", on=("rcpt",), do=(ReplyWith(),))
    return _rule(local, actions, Schedule(times=counts[0] if counts else None, per="rcpt"))


def _words(text: str) -> Iterator[tuple[AnyAction, int | None]]:
    """The actions that words stand for, and how often; nothing where one is not understood."""
    found = []
    place = 0
    while place < len(text):
        match = _WORD.match(text, place)
        if match is None:
            return
        found.append((_action(match), _times(match["count"])))
        place = match.end()
    yield from found


def _action(match: re.Match[str]) -> AnyAction:
    if match["code"]:
        code = int(match["code"])
        return ReplyWith(Reply(code, TEXTS[code // 100], match["status"] or ""))
    if match["ending"]:
        return EndWith({str(name): ending for name, ending in ENDINGS.items()}[match["ending"]])
    return Delay(float(match["number"]) * _UNITS[match["unit"]])


def _times(count: str | None) -> int | None:
    if count is None:
        return None
    return TIMES.get(count) or int(count.removesuffix("-times"))


def _possible(actions: tuple[AnyAction, ...]) -> bool:
    """Whether they can be done one after the other: an ending is the last, one reply is enough."""
    replies = sum(isinstance(action, ReplyWith) for action in actions)
    too_long = any(isinstance(a, Delay) and a.seconds > DELAY_LIMIT for a in actions)
    early = any(isinstance(action, EndWith) for action in actions[:-1])
    return replies <= 1 and not early and not too_long


def _of_ses(local: str) -> Rule | None:
    actions = _SES.get(local.partition("+")[0])
    if actions is None:
        return None
    return Rule(name=f"reserved:{_printable(local)[:54]}", on=("message",), do=actions)


def _rule(local: str, actions: tuple[AnyAction, ...], schedule: Schedule) -> Rule:
    name = f"reserved:{_printable(local)[:54]}"
    return Rule(name=name, on=("rcpt",), do=actions, schedule=schedule)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)
