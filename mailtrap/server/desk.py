"""Where faults touch the server: rules are told what is known, and have the last word."""

from mailtrap.faults.each import answer_each
from mailtrap.faults.moment import Moment
from mailtrap.faults.rules import told_of
from mailtrap.faults.stages import Stage
from mailtrap.faults.steps import Answer, proposed
from mailtrap.server.recorder import Recorder
from mailtrap.server.registry import Origin, Registry
from mailtrap.smtp.events import Command, Content, Event
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session as Dialogue
from mailtrap.smtp.session import Transaction


class Desk:
    """Asks the rules for one connection. Every rule that acts leaves a note in the transcript."""

    def __init__(
        self, registry: Registry, origin: Origin, dialogue: Dialogue, record: Recorder
    ) -> None:
        self._registry = registry
        self._origin = origin
        self._dialogue = dialogue
        self._record = record
        self._transactions = 0

    def answer_to(self, event: Event) -> Answer | None:
        """What the rules make of an event's replies; None where no rule acts."""
        command = event if isinstance(event, Command) else None
        if command is not None and command.verb == "MAIL":
            self._transactions = self._dialogue.messages + 1
        if not event.proposals:
            return None
        if isinstance(event, Content):
            return self.answer_to_content(event, event.proposals)
        stage: Stage = event.stage  # type: ignore[assignment]  # the engine's stages are ours
        return self.ask(stage, event.proposals, command=command)

    def ask(
        self,
        stage: Stage,
        replies: tuple[Reply, ...] = (),
        *,
        command: Command | None = None,
        content: Content | None = None,
        rcpt: str | None = None,
    ) -> Answer | None:
        """The same for any stage; ``content`` for ``message``, ``rcpt`` one of its recipients."""
        faults = self._registry.faults
        if not faults.asks(stage) and not self._is_reserved(command, content):
            return None
        moment = self._moment(stage, command, content, rcpt)
        before = proposed(replies)
        answer, acted = faults.answer(moment, before)
        if not acted:
            return None
        if answer.outage or answer.blackhole:
            silent = bool(answer.blackhole)
            self._registry.outage(answer.blackhole or answer.outage, silent=silent)
        note = f"{', '.join(acted)}: {told_of(answer)} instead of {told_of(before)}"
        self._record.fired(stage, acted, note)
        return answer

    def answer_to_content(self, event: Content, replies: tuple[Reply, ...]) -> Answer | None:
        """What the rules make of the replies to a whole message, one for each that is due."""
        if not self._registry.faults.asks("message") and not self._is_reserved(None, event):
            return None

        def ask(given: tuple[Reply, ...], rcpt: str | None) -> Answer | None:
            return self.ask("message", given, content=event, rcpt=rcpt)

        return answer_each(event, replies, ask)

    def _is_reserved(self, command: Command | None, content: Content | None) -> bool:
        """Whether an address speaks for itself: that of RCPT, or one of the message's."""
        if content is not None:
            reserves = self._registry.faults.reserves
            return any(map(reserves, [one.path.address for one in content.envelope.recipients]))
        if command is None or command.verb != "RCPT" or command.path is None:
            return False
        return self._registry.faults.reserves(command.path.address)

    def _moment(
        self, stage: Stage, command: Command | None, content: Content | None, rcpt: str | None
    ) -> Moment:
        dialogue = self._dialogue
        facts = self._record.facts
        transaction = dialogue.transaction
        path = command.path if command is not None else None
        mail_from = transaction.reverse_path.address if transaction is not None else None
        if command is not None and path is not None:
            mail_from = path.address if command.verb == "MAIL" else mail_from
            rcpt = path.address if command.verb == "RCPT" else rcpt
        helo = command.value if command and stage == "helo" else dialogue.helo
        auth = _user(dialogue)
        recipients = tuple(r.path.address for r in transaction.recipients) if transaction else ()
        size = content.size if content else _declared(command, transaction)
        return Moment(
            stage=stage,
            at=self._registry.clock(),
            session=facts.id,
            listener=facts.listener.name,
            inboxes=self._record.belonging.of(
                (rcpt,) if rcpt is not None else recipients,
                content.content if content else None,
                auth=auth,
                helo=helo,
            ),
            ip=self._origin.name,
            tls=dialogue.tls,
            helo=helo,
            auth=auth,
            mail_from=mail_from,
            rcpt=rcpt,
            recipients=recipients,
            session_nth=self._origin.nth,
            message_nth=self._transactions,
            size=size,
            content=content.content if content else None,
            now=self._record.now(),
        )


def _user(dialogue: Dialogue) -> str | None:
    """Who has logged in, or at ``auth`` who is about to."""
    verdict = dialogue.exchange.verdict if dialogue.exchange else None
    identity = verdict.identity if verdict else dialogue.identity
    return identity.user if identity else None


def _declared(command: Command | None, transaction: Transaction | None) -> int | None:
    """The SIZE that MAIL declares, or declared (RFC 1870); None where it did not."""
    if command is not None and command.verb == "MAIL":
        size = command.params.get("SIZE") or ""
        return int(size) if size.isdecimal() and len(size) <= 20 else None
    return transaction.declared_size if transaction is not None else None
