"""Following the transactions of a session: each becomes an attempt, accepted or not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from mailtrap.server.belonging import Belonging
from mailtrap.server.facts import Facts
from mailtrap.smtp.envelope import Params
from mailtrap.smtp.events import Chunk, Command, Content, Event
from mailtrap.smtp.reply import Reply, any_positive
from mailtrap.store.records import NewAttempt, RecipientOutcome, Stage, Verdict

NOTES = 100
"""Notes of rules that are kept with one attempt."""

RECIPIENTS = 20_000
"""Recipients kept with one attempt, the refused ones included."""


@dataclass(slots=True)
class Open:
    """A transaction that has not ended."""

    reverse_path: str
    params: Params
    started_at: datetime
    first_line: int
    recipients: list[RecipientOutcome] = field(default_factory=list)
    stage: Stage = "mail"
    reply: Reply | None = None
    refused: bool = False
    taken: bool = False


class Attempts:
    """The transactions of one session, one open at a time.

    ``observe`` is called for every event that was answered, before the next is taken; it gives
    the attempt that the answer ended, if it ended one without a message.
    """

    def __init__(self, facts: Facts, new_id: Callable[[], str], belonging: Belonging) -> None:
        self.count = 0
        self._facts = facts
        self._rules: dict[str, None] = {}
        self._notes: list[str] = []
        self._new_id = new_id
        self._belonging = belonging
        self._open: Open | None = None

    def observe(
        self,
        event: Event,
        given: tuple[Reply, ...],
        in_transaction: bool,
        now: Callable[[], datetime],
        line: int,
    ) -> NewAttempt | None:
        """Take note of an answered event. ``line`` is where the transcript now ends.

        ``now`` is asked only where a transaction begins or ends.
        """
        if isinstance(event, Command):
            self._observe_command(event, given, now, line)
        elif isinstance(event, (Chunk, Content)):
            self._observe_octets(event, given)
        if self._open is None or in_transaction:
            return None
        verdict: Verdict = "refused" if self._open.refused else "aborted"
        return self._end("accepted" if self._open.taken else verdict, now(), line)

    def fired(self, rules: tuple[str, ...], note: str) -> None:
        """Write down that rules acted in this transaction, or in the one that begins."""
        self._rules.update(dict.fromkeys(rules))
        if len(self._notes) < NOTES:
            self._notes.append(note)

    def accept(
        self, event: Content, given: tuple[Reply, ...], message_id: str, at: datetime, line: int
    ) -> NewAttempt:
        """The attempt of a message that is about to be stored and answered like this.

        A message may be stored though it is refused, or though no reply ever comes.
        """
        attempt = self._open
        assert attempt is not None
        attempt.stage = "done"
        decisive = event.last_words(given)
        attempt.reply = decisive[0] if decisive else None
        if event.lmtp or event.prdr:
            attempt.recipients = _with_final(attempt.recipients, event.to_each(given))
        said = any_positive(decisive)
        verdict: Verdict = "accepted" if said else "refused" if decisive else "aborted"
        return self._end(verdict, at, line + len(given), message_id, event.content)

    def _observe_command(
        self,
        command: Command,
        given: tuple[Reply, ...],
        now: Callable[[], datetime],
        line: int,
    ) -> None:
        if not given:
            return
        reply = given[0]
        if command.verb == "MAIL" and self._open is None:
            reverse_path = command.path.address if command.path else ""
            first_line = max(0, line - 2 - str(reply).count("\n"))
            self._open = Open(reverse_path, command.params, now(), first_line)
            self._decide(self._open, reply)
        elif self._open is None:
            return
        elif command.verb == "RCPT":
            self._add_recipient(self._open, command, reply)
        elif command.verb == "DATA":
            self._open.stage = "data"
            self._decide(self._open, reply)

    def _observe_octets(self, event: Chunk | Content, given: tuple[Reply, ...]) -> None:
        if self._open is None:
            return
        self._open.stage = "content"
        decisive = event.last_words(given) if isinstance(event, Content) else given
        for reply in decisive[:1]:
            self._decide(self._open, reply)
        if isinstance(event, Content):
            self._open.taken = any_positive(decisive)
            if event.lmtp or event.prdr:
                self._open.recipients = _with_final(self._open.recipients, event.to_each(given))

    @staticmethod
    def _decide(attempt: Open, reply: Reply) -> None:
        attempt.reply = reply
        if not reply.positive:
            attempt.refused = True

    def _add_recipient(self, attempt: Open, command: Command, reply: Reply) -> None:
        attempt.stage = "rcpt"
        self._decide(attempt, reply)
        if len(attempt.recipients) >= RECIPIENTS:
            return
        address = command.path.address if command.path else command.shown
        outcome = RecipientOutcome(address, command.params, str(reply), reply.positive)
        attempt.recipients.append(outcome)

    def _end(
        self,
        verdict: Verdict,
        at: datetime,
        line: int,
        message: str | None = None,
        content: bytes | None = None,
    ) -> NewAttempt:
        ended = self._open
        assert ended is not None
        self._open = None
        self.count += 1
        rules, self._rules = tuple(self._rules), {}
        notes, self._notes = tuple(self._notes), []
        return NewAttempt(
            id=self._new_id(),
            session=self._facts.id,
            listener=self._facts.listener.name,
            started_at=ended.started_at,
            ended_at=at,
            reverse_path=ended.reverse_path,
            params=ended.params,
            recipients=tuple(ended.recipients),
            stage=ended.stage,
            verdict=verdict,
            reply=str(ended.reply) if ended.reply is not None else None,
            message=message,
            first_line=ended.first_line,
            last_line=max(ended.first_line, line - 1),
            inboxes=self._belonging.touch(content),
            rules=rules,
            notes=notes,
        )


def _with_final(
    recipients: list[RecipientOutcome], given: tuple[Reply, ...]
) -> list[RecipientOutcome]:
    """Each accepted recipient with the reply that LMTP or PRDR gave it after the content."""
    final = iter(given)
    return [
        RecipientOutcome(r.address, r.params, r.reply, r.accepted, str(next(final, None) or ""))
        if r.accepted
        else r
        for r in recipients
    ]
