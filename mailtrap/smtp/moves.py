"""The reply moves the state: what follows from the replies that were sent."""

from collections.abc import Mapping
from types import MappingProxyType

from mailtrap.smtp.commands import Moves
from mailtrap.smtp.events import Chunk, Command, Content, Disconnected, Event, Greeting
from mailtrap.smtp.grammar import VERBS
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session
from mailtrap.smtp.state import IDLE, State

_OUTSIDE = frozenset({*IDLE, State.TLS, State.CLOSED})

_GREETING: Mapping[bool, State] = MappingProxyType({True: State.GREETED, False: State.REFUSED})

_CHUNK: Mapping[bool, Moves] = MappingProxyType(
    {
        True: {State.RCPT: State.BDAT, State.BDAT: State.BDAT},
        False: {State.RCPT: State.BDAT_FAILED, State.BDAT: State.BDAT_FAILED},
    }
)
"""Where a chunk that was taken leads, and one that was not (RFC 3030 section 2)."""


def settle(session: Session, event: Event, given: tuple[Reply, ...]) -> None:
    """Draw the consequences of the replies to an event, and move the state."""
    decisive = event.last_words(given) if isinstance(event, Content) else given
    match event:
        case Command():
            _settle_command(session, event, given)
        case Greeting():
            _go(session, _GREETING[given[0].positive])
        case Content():
            _settle_content(session, decisive)
        case Chunk():
            _settle_chunk(session, given)
        case Disconnected():
            pass
    _count_errors(session, event, decisive)
    for reply in given:
        if reply.closes:
            _go(session, State.CLOSED)
    if event.closes:
        _go(session, State.CLOSED)


def _count_errors(session: Session, event: Event, given: tuple[Reply, ...]) -> None:
    """Errors since the last success; a stray line end is none."""
    for reply in given:
        if reply.positive:
            session.errors = 0
            return
    if not (isinstance(event, Command) and not event.verb and not event.line.strip(b" \t")):
        session.errors += 1


def _settle_command(session: Session, command: Command, given: tuple[Reply, ...]) -> None:
    verb = VERBS.get(command.verb)
    if verb is None or not given:
        return
    reply = given[0]
    if reply.positive:
        moves = verb.completes if reply.code < 300 else verb.continues
    else:
        moves = verb.fails
    target = moves.get(session.state)
    if target is None:
        return
    (verb.settled if reply.positive else verb.failed)(session, command, reply)
    _go(session, target)


def _settle_content(session: Session, given: tuple[Reply, ...]) -> None:
    """The transaction ends, accepted or not (RFC 5321 section 4.1.1.4)."""
    if any(reply.positive for reply in given):
        session.messages += 1
        session.commands = 0
    _go(session, State.REST)


def _settle_chunk(session: Session, given: tuple[Reply, ...]) -> None:
    if not given:
        _go(session, State.REST)
        return
    taken = given[0].positive
    if not taken and session.transaction is not None:
        session.transaction.chunks.clear()
    target = _CHUNK[taken].get(session.state)
    if target is not None:
        _go(session, target)


def _go(session: Session, target: State) -> None:
    """Move; outside a transaction nothing of one is left."""
    state = session.resting if target is State.REST else target
    session.state = state
    if state in _OUTSIDE and session.transaction is not None:
        session.transaction = None
        session.xforward = {}
