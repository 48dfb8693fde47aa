"""Taking a message in: under which id and envelope, whether at all, and what the record says."""

import logging
from asyncio import Future
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from mailtrap.faults.steps import Answer, proposed
from mailtrap.server.recorder import Recorder
from mailtrap.server.registry import Registry
from mailtrap.smtp import replies
from mailtrap.smtp.envelope import Envelope
from mailtrap.smtp.events import Content
from mailtrap.smtp.findings import finding
from mailtrap.smtp.reply import Reply, any_positive
from mailtrap.store.base import StoreFullError
from mailtrap.store.records import NewAttempt, NewMessage

log = logging.getLogger(__name__)


class Taking:
    """One content on its way into the store. ``replies`` acknowledge it."""

    def __init__(self, event: Content, registry: Registry, record: Recorder) -> None:
        self._event = event
        self._registry = registry
        self._record = record
        self._id = registry.catcher.new_id()
        self.replies = event.accepted_as(self._id)

    def stores(self, answer: Answer) -> bool:
        """Whether it is stored under this answer.

        It is, if its reply says so, or a rule keeps it though it is refused or never answered.
        """
        if answer.storing != "as-replied":
            return answer.storing == "keep"
        return self._says_yes(answer)

    def _says_yes(self, answer: Answer) -> bool:
        return any_positive(self._event.last_words(answer.replies))

    def store(
        self, answer: Answer | None, done: Callable[[Answer | tuple[Reply, ...]], None]
    ) -> None:
        """Hand it over; ``done`` gets the answer that holds once the store has spoken.

        None: no rule acts. Then it gets the replies alone: an Answer, and its steps performed one
        by one, would take 12 µs.
        """
        if answer is None:
            self._store_plainly(done)
            return
        given = answer.replies
        envelope = self._accepted(given) if answer.storing == "as-replied" else self._event.envelope
        message = self._record.message(self._event, self._id, envelope)
        attempt = self._record.attempt(self._event, message, given)
        if answer.hold:
            later = partial(self._store_later, message, attempt, answer.copies)
            self._registry.held.put(later, answer.hold, len(message.raw))
            done(answer)
            self._report(answer, message)
            return
        future = self._record.store(message, attempt, answer.copies)
        future.add_done_callback(partial(self._stored, message, attempt, answer, done))

    def _store_plainly(self, done: Callable[[tuple[Reply, ...]], None]) -> None:
        event, given = self._event, self.replies
        message = self._record.message(event, self._id, event.envelope)
        attempt = self._record.attempt(event, message, given)

        def stored(future: "Future[int]") -> None:
            refusal = self._refused(attempt, future)
            done(given if refusal is None else event.all_say(refusal))

        self._record.store(message, attempt, copies=1).add_done_callback(stored)

    def _store_later(self, message: NewMessage, attempt: NewAttempt, copies: int) -> None:
        """Store what was acknowledged before; if that fails nobody can be told any more."""
        future = self._record.store(message, attempt, copies)
        future.add_done_callback(partial(self._stored_later, attempt))

    def _stored_later(self, attempt: NewAttempt, future: "Future[int]") -> None:
        if not future.cancelled() and (error := future.exception()) is not None:
            self._record.not_stored(attempt, _refusal(error))

    def let_go(self, answer: Answer) -> None:
        """It is not stored; a report may go out all the same, where a 250 was said."""
        if self._says_yes(answer):
            message = self._record.message(self._event, self._id, self._event.envelope)
            self._report(answer, message)

    def _report(self, answer: Answer, message: NewMessage) -> None:
        if answer.bounce is not None:
            self._registry.report(answer.bounce, message)

    def _stored(
        self,
        message: NewMessage,
        attempt: NewAttempt,
        answer: Answer,
        done: Callable[[Answer | tuple[Reply, ...]], None],
        future: "Future[int]",
    ) -> None:
        refusal = self._refused(attempt, future)
        if refusal is not None:
            answer = proposed(self._event.all_say(refusal))
        done(answer)
        self._report(answer, message)

    def _refused(self, attempt: NewAttempt, future: "Future[int]") -> Reply | None:
        """The reply that says that it could not be stored, which is also recorded; or None."""
        error = None if future.cancelled() else future.exception()
        if error is None and not future.cancelled():
            return None
        refusal = _refusal(error)
        self._record.not_stored(attempt, refusal)
        return refusal

    def _accepted(self, given: tuple[Reply, ...]) -> Envelope:
        """The envelope with the recipients that the replies accepted."""
        return replace(self._event.envelope, recipients=self._event.taken_for(given))


def take_in(event: Content, registry: Registry, record: Recorder) -> Taking:
    """Give a content an id, and note if it came before."""
    times = registry.repeats.count(event.content, event.envelope, registry.clock())
    if times > 1:
        event.noted += (finding("F-RETRY-DUP", "content", b"", times),)
    return Taking(event, registry, record)


def _refusal(error: BaseException | None) -> Reply:
    if isinstance(error, StoreFullError):
        return replies.NO_STORAGE
    log.error("a message could not be stored", exc_info=error)
    return replies.LOCAL_ERROR
