"""The reply moves the state: what follows from the replies that were sent."""

from collections.abc import Mapping
from types import MappingProxyType

from mailtrap.smtp.commands import Moves
from mailtrap.smtp.events import Chunk, Command, Content, Event, Greeting
from mailtrap.smtp.grammar import VERBS
from mailtrap.smtp.reply import Reply, any_positive
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
    decisive = given
    if isinstance(event, Command):
        _settle_command(session, event, given)
    elif isinstance(event, Content):
        decisive = event.last_words(given)
        _settle_content(session, decisive)
    elif isinstance(event, Chunk):
        _settle_chunk(session, given)
    elif isinstance(event, Greeting):
        _go(session, _GREETING[given[0].positive])
    for reply in decisive:
        if reply.positive:
            session.errors = 0
            break
    else:
        session.errors += _is_error(event)
    closes = event.closes
    for reply in given:
        closes = closes or reply.closes
    if closes:
        _go(session, State.CLOSED)


def _is_error(event: Event) -> bool:
    """Whether a refusal counts: a stray line end is no error."""
    return not (isinstance(event, Command) and not event.verb and not event.line.strip(b" \t"))


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
    if any_positive(given):
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
