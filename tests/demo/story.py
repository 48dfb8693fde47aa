"""A morning of a mail catcher: what came, what was refused, who went away, which rules acted.

Everything has fixed ids and is so long ago as the data say, counted from the ``at`` that is given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses
from typing import Final

from msgspec.structs import replace

from mailtrap.catcher import Catcher
from mailtrap.faults.codec import parse_rule
from mailtrap.faults.moment import Moment
from mailtrap.faults.rules import RuleBook
from mailtrap.faults.steps import Answer, Say
from mailtrap.smtp.envelope import Envelope, Path, Recipient
from mailtrap.smtp.findings import Finding, finding
from mailtrap.smtp.reply import Reply
from mailtrap.store.records import (
    Line,
    NewAttempt,
    NewMessage,
    NewSession,
    RecipientOutcome,
    Side,
    Stage,
    Tls,
    Trace,
    Verdict,
)
from tests.demo.lost import CROWD, LEFT, RULES, TRIES, Left, Try
from tests.demo.mails import MAILS, Mail

TLS: Final = Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384")
PEER, LOCAL, HELO = "127.0.0.1:51324", "127.0.0.1:1025", "app.example.com"
OK: Final = "250 2.1.5 Ok"


@dataclass(frozen=True)
class Records:
    """What one thing that happened leaves in the store."""

    age: float
    session: NewSession
    attempt: NewAttempt | None = None
    message: NewMessage | None = None


async def tell(catcher: Catcher, book: RuleBook, *, at: datetime, clock: float = 0.0) -> None:
    """Have it all happened. ``clock`` is the monotonic time at which the rules are added."""
    told = sorted(records(at), key=lambda one: -one.age)
    for one in told:
        if one.message is not None and one.attempt is not None:
            await catcher.accept(one.message, one.attempt)
        elif one.attempt is not None:
            catcher.record_attempt(one.attempt)
        catcher.session_closed(one.session)
    await catcher.flush()
    await catcher.update(
        [f"demo-m{n}" for n, mail in enumerate((*MAILS, *CROWD)) if mail.read], read=True
    )
    _use_rules(book, clock)


def records(at: datetime) -> Iterator[Records]:
    """Everything that happened."""
    for number, mail in enumerate((*MAILS, *CROWD)):
        yield _mail(f"m{number}", mail, at)
    for number, attempt in enumerate(TRIES):
        yield _try(f"t{number}", attempt, at)
    for number, left in enumerate(LEFT):
        yield _left(f"l{number}", left, at)


def raw(mail: Mail, name: str, at: datetime) -> bytes:
    """A mail as it was sent."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = mail.sender, mail.to, mail.subject
    message["Date"] = format_datetime(at - timedelta(seconds=mail.age))
    message["Message-ID"] = f"<{name}@{mail.sender.rpartition('@')[2].rstrip('>')}>"
    for key, value in mail.headers.items():
        message[key] = value
    message.set_content(mail.text)
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html")
    for file in mail.files:
        main, sub = file.kind.split("/")
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    for place, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{name}_{place}")
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))


def _mail(name: str, mail: Mail, at: datetime) -> Records:
    begun = at - timedelta(seconds=mail.age)
    sender = getaddresses([mail.sender])[0][1]
    taken = [address for _, address in getaddresses([mail.to])] + list(mail.hidden)
    octets = raw(mail, name, at)
    tls = TLS if mail.tls else None
    protocol = "ESMTPS" if mail.tls else "ESMTP"
    replies = [*((one, OK, True) for one in taken), *((*one, False) for one in mail.no)]
    found = tuple(finding(one, "helo", "localhost") for one in mail.findings)
    message = NewMessage(
        id=f"demo-{name}",
        received_at=begun,
        raw=octets,
        envelope=Envelope(Path(sender), {}, tuple(Recipient(Path(one)) for one in taken)),
        trace=Trace(f"demo-s{name}", "smtp", PEER, LOCAL, HELO, protocol, tls=tls),
        inboxes=(mail.inbox,),
        tags=mail.tags,
        findings=found,
    )
    reply = f"250 2.0.0 Ok: queued as demo-{name}"
    lines = _dialogue(sender, replies, len(octets), reply, tls=mail.tls)
    attempt = _attempt(name, begun, sender, replies, "done", "accepted", reply, mail.inbox)
    attempt = _within(attempt, lines)
    return Records(
        mail.age,
        _session(name, begun, lines, tls=tls, inbox=mail.inbox, found=found),
        attempt,
        message,
    )


def _try(name: str, one: Try, at: datetime) -> Records:
    begun = at - timedelta(seconds=one.age)
    taken = one.stage != "rcpt"
    replies = [(one.rcpt, OK if taken or one.reply is None else one.reply, taken)]
    lines = _dialogue(one.sender, replies, one.octets, one.reply, tls=True, notes=one.rules)
    attempt = _attempt(name, begun, one.sender, replies, one.stage, one.verdict, one.reply)
    notes = tuple(f"rule {rule}: {one.reply} instead of {OK}" for rule in one.rules)
    attempt = _within(replace(attempt, rules=one.rules, notes=notes, message=None), lines)
    return Records(one.age, _session(name, begun, lines, tls=TLS, messages=0), attempt)


def _left(name: str, left: Left, at: datetime) -> Records:
    begun = at - timedelta(seconds=left.age)
    lines = tuple(Line(*line) for line in left.lines)
    session = NewSession(
        id=f"demo-s{name}",
        listener="smtp",
        peer=left.peer,
        local=LOCAL,
        started_at=begun,
        ended_at=begun + timedelta(milliseconds=lines[-1].at),
        helo=left.helo,
        protocol="ESMTP",
        tls=None,
        auth=None,
        forwarded={},
        messages=0,
        attempts=0,
        end=left.end,
        findings=tuple(
            finding(one, "connection", b"", "the client said no more") for one in left.findings
        ),
        transcript=lines,
    )
    return Records(left.age, session)


def _attempt(
    name: str,
    begun: datetime,
    sender: str,
    replies: list[tuple[str, str, bool]],
    stage: Stage,
    verdict: Verdict,
    reply: str | None,
    inbox: str = "default",
) -> NewAttempt:
    return NewAttempt(
        id=f"demo-a{name}",
        session=f"demo-s{name}",
        listener="smtp",
        started_at=begun,
        ended_at=begun + timedelta(milliseconds=38),
        reverse_path=sender,
        params={},
        recipients=tuple(RecipientOutcome(one, {}, told, ok) for one, told, ok in replies),
        stage=stage,
        verdict=verdict,
        reply=reply,
        message=f"demo-{name}" if verdict == "accepted" else None,
        first_line=0,
        last_line=0,
        inboxes=(inbox,),
    )


def _within(attempt: NewAttempt, lines: tuple[Line, ...]) -> NewAttempt:
    """The attempt, told which of the lines are its own: from MAIL on, and before QUIT."""
    first = next(at for at, line in enumerate(lines) if line.text.startswith("MAIL"))
    end = next((at for at, line in enumerate(lines) if line.text == "QUIT"), len(lines))
    return replace(attempt, first_line=first, last_line=end - 1)


def _session(
    name: str,
    begun: datetime,
    lines: tuple[Line, ...],
    *,
    tls: Tls | None,
    messages: int = 1,
    inbox: str = "default",
    found: tuple[Finding, ...] = (),
) -> NewSession:
    return NewSession(
        id=f"demo-s{name}",
        listener="smtp",
        peer=PEER,
        local=LOCAL,
        started_at=begun,
        ended_at=begun + timedelta(milliseconds=lines[-1].at),
        helo=HELO,
        protocol="ESMTPS" if tls else "ESMTP",
        tls=tls,
        auth=None,
        forwarded={},
        messages=messages,
        attempts=1,
        end="the client quit",
        findings=found,
        transcript=lines,
        inboxes=(inbox,),
    )


def _dialogue(
    sender: str,
    replies: list[tuple[str, str, bool]],
    octets: int,
    reply: str | None,
    *,
    tls: bool,
    notes: tuple[str, ...] = (),
) -> tuple[Line, ...]:
    said: list[tuple[float, Side, str]] = [
        (0.4, "S", "220 mail.example.com ESMTP mailtrap"),
        (1.1, "C", f"EHLO {HELO}"),
        (0.3, "S", "250-mail.example.com\n250-SIZE 52428800\n250-PIPELINING\n250 STARTTLS"),
    ]
    if tls:
        said += [(0.6, "C", "STARTTLS"), (0.1, "S", "220 2.0.0 Ready to start TLS")]
        said += [(6.8, "*", f"TLS: {TLS.version}, {TLS.cipher}"), (0.9, "C", f"EHLO {HELO}")]
        said += [(0.2, "S", "250-mail.example.com\n250-SIZE 52428800\n250 PIPELINING")]
    said += [(0.8, "C", f"MAIL FROM:<{sender}>"), (0.2, "S", "250 2.1.0 Ok")]
    for address, told, _ in replies:
        said += [(0.4, "C", f"RCPT TO:<{address}>")]
        said += [(0.1, "*", f"fault rule {rule} acted") for rule in notes]
        said += [(0.3, "S", told)]
    if any(ok for *_, ok in replies):
        said += [(0.7, "C", "DATA"), (0.2, "S", "354 End data with <CR><LF>.<CR><LF>")]
        said += [(3.9, "*", f"{octets:,} octets of content")]
        said += [(8.4, "S", reply)] if reply else []
    said += [(0.5, "C", "QUIT"), (0.1, "S", "221 2.0.0 Bye")] if reply else []
    return _timed(said)


def _timed(said: list[tuple[float, Side, str]]) -> tuple[Line, ...]:
    at, lines = 0.0, []
    for pause, side, text in said:
        at += pause
        lines += [Line(round(at, 1), side, one) for one in text.split("\n")]
    return tuple(lines)


def _use_rules(book: RuleBook, clock: float) -> None:
    """Add the rules, and let them act as often as the tries say."""
    for data in RULES:
        book.add(parse_rule(data), clock)
    answer = Answer(steps=(Say(Reply(250, "Ok", "2.1.5")),))
    for number, one in enumerate(TRIES):
        moment = Moment(
            stage="rcpt", at=clock, session=f"demo-st{number}", mail_from=one.sender, rcpt=one.rcpt
        )
        book.answer(moment, answer)
