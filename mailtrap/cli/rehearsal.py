"""What rules would do to a dialogue: a pure engine, a clock that only moves when told to."""

import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import assert_never, cast

from mailtrap.faults.each import answer_each
from mailtrap.faults.moment import Moment
from mailtrap.faults.rules import Rule, RuleBook, RuleError
from mailtrap.faults.stages import Stage
from mailtrap.faults.steps import (
    Answer,
    Close,
    Ending,
    Reset,
    Say,
    Stall,
    Step,
    Wait,
    proposed,
)
from mailtrap.smtp.engine import Engine
from mailtrap.smtp.events import Command, Content, Event
from mailtrap.smtp.profile import EVERYDAY, Profile
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Transaction

PROFILE = Profile(extensions=EVERYDAY | {"STARTTLS"}, tls="starttls")
IP = "192.0.2.1"
ENDED = "the session is over"
ENDINGS: Mapping[type[Ending], str] = {
    Close: "the connection is closed (FIN)",
    Reset: "the connection is reset (RST)",
    Stall: "nothing is said from now on",
}
STORED: Mapping[str, str] = {
    "keep": "the message is stored, whatever is replied",
    "discard": "the message is not stored, whatever is replied",
}
LINES_LIMIT = 100_000

_CLIENT = re.compile(r"C: ?")
_WAIT = re.compile(r"\* *wait (\d{1,7}(?:\.\d{1,3})?)(ms|s|m|h)?\s*")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0}


class Rehearsal:
    """Plays a dialogue against rules and tells, line by line, what would be seen."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._book = RuleBook(rules)
        self._began = datetime.now(UTC)
        self._at = 0.0
        self._nth = 0
        self._messages = 0
        self._ended = False
        self._engine = Engine(PROFILE, peer="rehearsal", nonce="rehearsal")

    def play(self, lines: Sequence[str]) -> Iterator[str]:
        """What happens at each line. Raises RuleError where a line cannot be understood."""
        if len(lines) > LINES_LIMIT:
            raise RuleError(f"{len(lines)} lines; at most {LINES_LIMIT} are played")
        yield from self._connect()
        for line in lines:
            if line.startswith("*"):
                yield line
                yield from self._stage_direction(line)
            elif not line.startswith(("S:", "#")):
                yield from self._say(_CLIENT.sub("", line, count=1))

    def _stage_direction(self, line: str) -> Iterator[str]:
        wait = _WAIT.fullmatch(line)
        if wait is not None:
            self._at += float(wait[1]) * _UNITS[wait[2] or "s"]
        elif line.strip("* \t") == "connect":
            yield from self._connect()
        else:
            raise RuleError(f"{line!r} is not understood; there are: * wait 5s, * connect")

    def _connect(self) -> Iterator[str]:
        self._engine = Engine(PROFILE, peer="rehearsal", nonce="rehearsal")
        self._nth += 1
        self._messages = 0
        self._ended = False
        yield from self._ask("connect", ())
        yield from self._answers()

    def _say(self, line: str) -> Iterator[str]:
        yield f"C: {line}"
        if self._ended:
            yield f"*: {ENDED}"
            return
        self._engine.receive(line.encode("utf-8", "surrogateescape") + b"\r\n")
        yield from self._answers()

    def _answers(self) -> Iterator[str]:
        while not self._ended and (event := self._engine.next_event()) is not None:
            yield from self._answer(event)
        if self._engine.wants_tls:
            yield "*: the handshake"
            yield from self._ask("tls", ())
            self._engine.tls_started()
        if self._engine.closed:
            self._ended = True

    def _answer(self, event: Event) -> Iterator[str]:
        proposals, stage = event.proposals, cast("Stage", event.stage)
        if isinstance(event, Content) and not event.refused:
            proposals, stage = event.accepted_as("ID"), "message"
        if isinstance(event, Command) and event.verb == "MAIL":
            self._messages += 1
        answer = yield from self._ask(stage, proposals, event)
        given = answer.replies
        if self._ended or len(given) != len(proposals):
            self._engine.close()
            return
        self._engine.answer(*given)
        if self._engine.session.reading is not None:
            yield from self._ask("content", (), event)

    def _ask(
        self, stage: Stage, replies: tuple[Reply, ...], event: Event | None = None
    ) -> Generator[str, None, Answer]:
        """What the rules make of replies, told step by step."""
        acted: list[str] = []

        def ask(given: tuple[Reply, ...], rcpt: str | None) -> Answer:
            answer, names = self._book.answer(self._moment(stage, event, rcpt), proposed(given))
            acted.extend(names)
            return answer

        if isinstance(event, Content) and stage == "message":
            answer = answer_each(event, replies, ask) or proposed(replies)
        else:
            answer = ask(replies, None)
        for name in acted:
            yield f"*: the rule {name} acts at {stage}"
        for step in answer.steps:
            yield from self._perform(step)
        yield from _effects(answer)
        return answer

    def _perform(self, step: Step) -> Iterator[str]:
        match step:
            case Say():
                yield from _said(step)
            case Wait():
                self._at += step.seconds
                yield f"*: wait {step.seconds:g} s"
            case Close() | Reset() | Stall():
                self._ended = True
                yield f"*: {ENDINGS[type(step)]}"
            case _:
                assert_never(step)

    def _moment(self, stage: Stage, event: Event | None, rcpt: str | None) -> Moment:
        session = self._engine.session
        transaction = session.transaction
        path = event.path if isinstance(event, Command) else None
        verb = event.verb if isinstance(event, Command) else ""
        sender = transaction.reverse_path.address if transaction else None
        content = event if isinstance(event, Content) else None
        return Moment(
            stage=stage,
            at=self._at,
            session=str(self._nth),
            listener="rehearsal",
            ip=IP,
            tls=session.tls,
            helo=event.value if isinstance(event, Command) and stage == "helo" else session.helo,
            auth=session.identity.user if session.identity else None,
            mail_from=path.address if path and verb == "MAIL" else sender,
            rcpt=path.address if path and verb == "RCPT" else rcpt,
            recipients=tuple(r.path.address for r in transaction.recipients) if transaction else (),
            session_nth=self._nth,
            message_nth=self._messages,
            size=content.size if content else _declared(event, transaction),
            content=content.content if content else None,
            now=self._began + timedelta(seconds=self._at),
        )


def _said(say: Say) -> Iterator[str]:
    if say.wire is not None:
        yield f"S: the octets {say.wire[:200]!r}{' and more' if len(say.wire) > 200 else ''}"
        return
    if say.pace:
        yield f"*: octet by octet, {say.pace:g} s between them"
    yield from (f"S: {line}" for line in str(say.reply).split("\n"))


def _effects(answer: Answer) -> Iterator[str]:
    """What an answer does beside what it says."""
    if answer.storing != "as-replied":
        yield f"*: {STORED[answer.storing]}"
    if answer.copies != 1:
        yield f"*: the message is stored {answer.copies} times"
    if answer.cut is not None:
        yield f"*: after {answer.cut.octets} octets of content {ENDINGS[type(answer.cut.ending)]}"
    if answer.throttle:
        yield f"*: the content is read at {answer.throttle:g} octets a second"
    if answer.tls is not None:
        yield f"*: the TLS handshake shows {answer.tls}"
    if answer.bounce is not None:
        yield f"*: {answer.bounce.kind} report after {answer.bounce.after:g} s"
    if answer.outage:
        yield f"*: connections are refused for {answer.outage:g} s"
    if answer.blackhole:
        yield f"*: connections get no answer for {answer.blackhole:g} s"
    if answer.hold:
        yield f"*: the message is stored {answer.hold:g} s later"


def _declared(event: Event | None, transaction: Transaction | None) -> int | None:
    """The SIZE that MAIL declares, or declared (RFC 1870); None where it did not."""
    if isinstance(event, Command) and event.verb == "MAIL":
        size = event.params.get("SIZE") or ""
        return int(size) if size.isdecimal() and len(size) <= 20 else None
    return transaction.declared_size if transaction is not None else None
