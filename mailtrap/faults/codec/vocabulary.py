"""All that a rule can say, for those who offer it: drawn from the tables by which rules are read.

What the tables do not tell stands here by word: what a word takes, and what it means. A test holds
both against each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from mailtrap.faults.actions import ENDINGS, POSSIBLE, ReplyWith
from mailtrap.faults.codec.actions import FORMS, read_action
from mailtrap.faults.codec.bounces import KINDS
from mailtrap.faults.codec.conditions import CONDITION_WORDS, CONDITIONS
from mailtrap.faults.codec.schedule import SCHEDULE
from mailtrap.faults.counting import PERS
from mailtrap.faults.fill import VALUES
from mailtrap.faults.garble import GARBLES
from mailtrap.faults.stages import STAGES, Stage
from mailtrap.faults.steps import TlsKind

Takes: TypeAlias = Literal[
    "nothing", "reply", "duration", "choice", "count", "number", "size", "rate", "speed", "pattern",
    "network", "switch", "search", "octets", "keywords", "lines", "cut", "report",
]  # fmt: skip
"""What is written after a word: what kind of control one gives it."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a rule.

    ``values`` are those it may have, where they are few; ``stages`` where it can stand; ``example``
    is a value of it.
    """

    name: str
    takes: Takes
    help: str
    example: str = ""
    values: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = STAGES


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words; ``fills`` are those in braces that a reply's text may hold."""

    stages: tuple[tuple[Stage, str], ...]
    conditions: tuple[Word, ...]
    actions: tuple[Word, ...]
    amounts: tuple[Word, ...]
    fills: tuple[str, ...]


def vocabulary() -> Vocabulary:
    """All that a rule can say."""
    return Vocabulary(
        stages=tuple((stage, STAGE_HELP[stage]) for stage in STAGES),
        conditions=tuple(map(_condition, CONDITION_WORDS)),
        actions=tuple(_actions()),
        amounts=tuple(_amount(name) for name in AMOUNTS),
        fills=(*VALUES, "date"),
    )


STAGE_HELP: Final[Mapping[Stage, str]] = {
    "connect": "before the greeting: whether there is a connection at all",
    "greeting": "the first line that the server says",
    "helo": "the reply to EHLO, HELO or LHLO",
    "starttls": "the reply to STARTTLS, and the certificate that is shown after it",
    "tls": "the handshake",
    "auth": "the replies to AUTH",
    "mail": "the reply to MAIL FROM",
    "rcpt": "the reply to each RCPT TO",
    "data": "the reply to DATA",
    "content": "while the octets of the message come",
    "message": "the reply to the whole message",
    "bdat": "the reply to a chunk (BDAT)",
    "rset": "the reply to RSET",
    "noop": "the reply to NOOP",
    "vrfy": "the reply to VRFY",
    "help": "the reply to HELP",
    "quit": "the reply to QUIT",
    "unknown": "the reply to what is no command",
}

CONDITION_HELP: Final[Mapping[str, tuple[Takes, str, str]]] = {
    "mail_from": ("pattern", "the sender of the envelope", "*@shop.example"),
    "rcpt": ("pattern", "the recipient", "*@example.com"),
    "auth": ("pattern", "the user who logged in", "bob"),
    "helo": ("pattern", "the name that the client gave", "*.internal"),
    "ip": ("network", "the address or network of the client", "10.0.0.0/8"),
    "listener": ("pattern", "the listener that was connected to", "submission"),
    "tls": ("switch", "whether the connection is encrypted", "true"),
    "size_over": ("size", "the message is larger than so much", "1MB"),
    "session_nth": ("count", "the session's number, from 1 on since the start", "1"),
    "message_nth": ("count", "the message's number within its session, from 1 on", "2"),
    "query": ("search", "a search finds the message", "has:link -subject:test"),
    "subject": ("pattern", "the subject", "*invoice*"),
    "header.NAME": ("pattern", "another field of the header", "*"),
}
"""What each condition takes and looks at, and an example."""

ACTION_HELP: Final[Mapping[str, tuple[Takes, str]]] = {
    "delay": ("duration", "wait"),
    "trickle": ("duration", "answer octet by octet, so long between two"),
    "close": ("nothing", "close the connection (FIN)"),
    "reset": ("nothing", "reset the connection (RST)"),
    "stall": ("nothing", "say nothing from then on"),
    "raw": ("octets", "send exactly these octets"),
    "garble": ("choice", "send the reply malformed"),
    "hide": ("keywords", "hide lines of EHLO"),
    "advertise": ("lines", "add lines to EHLO"),
    "throttle": ("speed", "read the content slowly"),
    "cut": ("cut", "end within the content, after so many octets"),
    "tls": ("choice", "break the handshake, or show a wrong certificate"),
    "keep": ("nothing", "store the message though it is refused"),
    "discard": ("nothing", "store nothing though it is accepted"),
    "duplicate": ("count", "store the message so many times"),
    "bounce": ("report", "accept, and send a report later"),
    "outage": ("duration", "refuse all connections for so long"),
    "blackhole": ("duration", "leave all connections unanswered for so long"),
    "hold": ("duration", "accept, and store the message so much later"),
}
"""What each action takes and does; beside them there is the reply."""

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "garble": tuple(GARBLES),
    "tls": get_args(TlsKind),
    "cut": tuple(ENDINGS),
    "bounce": tuple(KINDS),
    "per": PERS,
}
"""The few values, or first words, that some words have."""

AMOUNTS: Final[Mapping[str, tuple[Takes, str, str]]] = {
    "times": ("count", "so often in all, then it is spent", "2"),
    "after": ("count", "not the first so many", "1"),
    "every": ("count", "only every so many", "2"),
    "chance": ("number", "by chance, from 0 to 1", "0.5"),
    "seed": ("count", "the seed of the dice: they fall the same way again", "1"),
    "rate": ("rate", "only what is over so many in a time", "20/1m"),
    "wait": ("duration", "only until so long after the first", "5s"),
    "per": ("choice", "all that is counted for each of these", "rcpt"),
    "expires": ("duration", "for so long, then it is over", "10m"),
}
"""What tells how often a rule acts, and for how long."""


def _condition(name: str) -> Word:
    takes, text, example = CONDITION_HELP[name]
    known = CONDITIONS[name].known if name in CONDITIONS else ("content", "message")
    return Word(name, takes, text, example, stages=known)


def _actions() -> Iterable[Word]:
    yield Word("reply", "reply", "answer", "451 4.7.1 Try again later", stages=POSSIBLE[ReplyWith])
    for form in FORMS:
        takes, text = ACTION_HELP[form.word]
        stages = POSSIBLE[type(read_action(form.hint))]
        example = form.hint.removeprefix(form.word).strip()
        yield Word(form.word, takes, text, example, CHOICES.get(form.word, ()), stages)


def _amount(name: str) -> Word:
    takes, text, example = AMOUNTS[name]
    assert name in SCHEDULE or name == "expires"
    return Word(name, takes, text, example, CHOICES.get(name, ()))
