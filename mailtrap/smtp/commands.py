"""What a verb is: its syntax, where it may stand, what it proposes, and where a reply leads.

The reply moves the state, not the command: each verb has a table from state to state for a
positive completion (2yz), a positive intermediate (3yz) and a negative reply. A state that is not
in the table stays.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from mailtrap.smtp.events import Command
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session
from mailtrap.smtp.state import ORDINARY, State
from mailtrap.smtp.text import decode

Moves: TypeAlias = Mapping[State, State]
Refusals: TypeAlias = Mapping[State, Reply]
Propose: TypeAlias = Callable[[Session, Command, str], Reply | None]
"""Reads the argument (text behind the verb) into the command and gives the reply for it.

None: octets follow the line, and the event comes when they have (``Session.reading`` is set).
"""
Settle: TypeAlias = Callable[[Session, Command, Reply], None]


def nothing(session: Session, command: Command, reply: Reply) -> None:
    """For verbs whose reply changes nothing beyond the state."""
    del session, command, reply


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb.

    ``refused`` are the replies for states in which it is out of sequence. Where the state has a
    row in the table that the reply selects, ``settled`` (a positive reply) or ``failed`` is called
    with the reply that was sent, and then the state moves. Where ``octets_follow`` the line,
    ``propose`` is called for a refused command too (the refusal is in its proposals), to read
    them. ``resumes`` takes the lines that follow AUTH. ``keyword`` is that of the extension it
    belongs to. ``unauthenticated`` and ``unencrypted`` tell that it may be used before AUTH and
    TLS where a profile requires these.
    """

    name: str
    syntax: str
    stage: str
    propose: Propose
    keyword: str = ""
    refused: Refusals = field(default_factory=dict)
    completes: Moves = field(default_factory=dict)
    continues: Moves = field(default_factory=dict)
    fails: Moves = field(default_factory=dict)
    settled: Settle = nothing
    failed: Settle = nothing
    octets_follow: bool = False
    resumes: Propose | None = None
    unauthenticated: bool = False
    unencrypted: bool = False


Verbs: TypeAlias = Mapping[str, Verb]


_WHITE = frozenset(" \t")

MASK = "********"
"""What is shown where a secret stood."""


def everywhere(target: State) -> dict[State, State]:
    """From every state in which commands are read, to one."""
    return dict.fromkeys(ORDINARY, target)


class Arguments(NamedTuple):
    """A command line in its two halves: the verb in upper case and what is behind it.

    ``text`` is the whole line.
    """

    verb: str
    argument: str
    text: str
    notes: tuple[str, ...] = ()


def split_command(line: bytes) -> Arguments:
    """Verb and argument of a command line (RFC 5321 section 2.4: verbs in any case).

    Leading white space, a tab as the parting space and white space at the end are forgiven and
    named in ``notes``.
    """
    text = decode(line)
    verb, space, argument = text.partition(" ")
    if not space and "\t" not in text:
        return Arguments(text.upper(), "", text)
    regular = argument and argument[0] not in _WHITE and argument[-1] not in _WHITE
    if regular and verb and "\t" not in verb:
        return Arguments(verb.upper(), argument, text)
    return _split_leniently(text)


def _split_leniently(text: str) -> Arguments:
    notes = []
    bare = text.rstrip(" \t")
    if bare != text:
        notes.append("F-WS-TRAILING")
    words = bare.split(None, 1)
    verb = words[0] if words else ""
    argument = words[1] if len(words) > 1 else ""
    if bare != verb + (" " + argument if argument else ""):
        notes.append("F-WS")
    return Arguments(verb.upper(), argument, text, tuple(notes))


def masked(verb: str, text: str) -> str:
    """A command line fit to be shown: of AUTH no more than verb and mechanism (RFC 4954)."""
    if not verb.startswith("AUTH"):
        return text
    kept = 2 if verb == "AUTH" else 1
    words = text.split(None, kept)
    return " ".join((*words[:kept], MASK)) if len(words) > kept else text


def no_argument(session: Session, command: Command, argument: str, reply: Reply) -> Reply | None:
    """The refusal of an argument where there is none to be, in strict mode; else a finding."""
    if not argument:
        return None
    session.note("F-CMD-ARG", command.stage, argument, command.verb)
    return reply if session.profile.strict else None
