"""Records as the API's JSON objects. Pure: what needs the store is given."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from urllib.parse import quote

import msgspec

from mailtrap.api import shapes
from mailtrap.api.info import Live, ServerInfo
from mailtrap.api.taking import found_codes, found_links
from mailtrap.mail import message as mail
from mailtrap.mail.extract.records import Extract
from mailtrap.mail.parse import attachments
from mailtrap.smtp import envelope as smtp
from mailtrap.smtp.findings import Finding
from mailtrap.store import base, records

MASK: Final = "********"
"""Stands for a secret that is not to be shown."""


def url(*segments: str) -> str:
    """The path below ``/api/`` of these segments, percent-encoded."""
    octets = (segment.encode(errors="surrogatepass") for segment in segments)
    return "/api/" + "/".join(quote(segment, safe="") for segment in octets)


def time(moment: datetime) -> str:
    """RFC 3339 with microseconds and ``Z``; ``moment`` is aware UTC."""
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def message_row(message: records.Message) -> shapes.MessageRow:
    """A message in a list."""
    summary = message.summary
    recipients = message.envelope.recipients
    return shapes.MessageRow(
        id=message.id,
        seq=message.seq,
        received_at=time(message.received_at),
        size=message.size,
        subject=summary.subject,
        sender=_mailboxes(summary.sender),
        to=_mailboxes(summary.to),
        cc=_mailboxes(summary.cc),
        date=time(summary.date) if summary.date else None,
        message_id=summary.message_id,
        has_attachment=summary.has_attachment,
        read=message.read,
        tags=message.tags,
        inboxes=message.inboxes,
        session=message.trace.session,
        envelope=shapes.EnvelopeRow(
            mail_from=message.envelope.reverse_path.address,
            rcpt_to=tuple(recipient.path.address for recipient in recipients),
        ),
        findings=_finding_counts(message.findings),
        tls=message.trace.tls.version if message.trace.tls else None,
    )


def message_detail(
    message: records.Message,
    read: mail.Mail,
    *,
    attempt: str | None,
    remote: tuple[str, ...],
    taken: Extract,
    secrets: bool,
) -> shapes.MessageDetail:
    """A message, read: ``remote`` is what its HTML would load, ``taken`` its links and codes.

    The passwords of its trace are masked unless ``secrets``.
    """
    fields = msgspec.structs.asdict(message_row(message))
    fields["envelope"] = _envelope(message.envelope)
    fields["findings"] = _findings(message.findings)
    del fields["tls"]  # The trace tells it in full.
    return shapes.MessageDetail(
        **fields,
        trace=_trace(message.trace, secrets=secrets),
        attempt=attempt,
        headers=tuple(shapes.Header(name=h.name, value=h.value) for h in read.headers),
        text=read.text,
        html=read.html,
        parts=_part(message.id, read.root),
        attachments=tuple(_attachment(message.id, part) for part in attachments(read)),
        defects=tuple(shapes.Defect(where=d.where, text=d.text) for d in read.defects),
        remote=remote,
        links=found_links(taken.links),
        codes=found_codes(taken.codes),
        urls=_urls(message, read, attempt),
    )


def header_list(headers: Iterable[mail.Header]) -> shapes.HeaderList:
    """Header fields decoded and raw."""
    fields = (
        shapes.RawHeader(name=h.name, value=h.value, raw=h.raw.decode(errors="backslashreplace"))
        for h in headers
    )
    return shapes.HeaderList(headers=tuple(fields))


def session_row(session: records.Session, *, secrets: bool) -> shapes.SessionRow:
    """A connection in a list."""
    return shapes.SessionRow(
        id=session.id,
        seq=session.seq,
        listener=session.listener,
        peer=session.peer,
        local=session.local,
        started_at=time(session.started_at),
        ended_at=time(session.ended_at) if session.ended_at else None,
        helo=session.helo,
        protocol=session.protocol,
        tls=_tls(session.tls),
        auth=_auth(session.auth, secrets=secrets),
        forwarded=session.forwarded,
        messages=session.messages,
        attempts=session.attempts,
        end=session.end,
        inboxes=session.inboxes,
        findings=_findings(session.findings),
    )


def session_detail(session: records.Session, *, secrets: bool) -> shapes.SessionDetail:
    """A connection with its transcript."""
    fields = msgspec.structs.asdict(session_row(session, secrets=secrets))
    lines = (shapes.Line(at=line.at, side=line.side, text=line.text) for line in session.transcript)
    return shapes.SessionDetail(**fields, transcript=tuple(lines))


def attempt(record: records.Attempt) -> shapes.Attempt:
    """One transaction."""
    return shapes.Attempt(
        id=record.id,
        seq=record.seq,
        session=record.session,
        listener=record.listener,
        started_at=time(record.started_at),
        ended_at=time(record.ended_at),
        mail_from=record.reverse_path,
        params=record.params,
        recipients=tuple(_outcome(recipient) for recipient in record.recipients),
        stage=record.stage,
        verdict=record.verdict,
        reply=record.reply,
        message=record.message,
        lines=(record.first_line, record.last_line),
        inboxes=record.inboxes,
        rules=record.rules,
        notes=record.notes,
    )


def counts(held: base.Counts, live: Live) -> shapes.Counts:
    """What the store holds, and what is going on."""
    return shapes.Counts(
        messages=held.messages,
        unread=held.unread,
        octets=held.octets,
        attempts=held.attempts,
        sessions=held.sessions,
        open_sessions=live.open_sessions,
        inboxes=tuple(
            shapes.Inbox(name=i.name, messages=i.messages, unread=i.unread, octets=i.octets)
            for i in held.inboxes
        ),
    )


def info(server: ServerInfo, held: base.Counts, cursor: int) -> shapes.Info:
    """The server as it is now."""
    return shapes.Info(
        name=server.name,
        version=server.version,
        started_at=time(server.started_at),
        listeners=tuple(
            shapes.Listener(name=a.name, url=a.url, protocol=a.protocol, tls=a.tls, auth=a.auth)
            for a in server.listeners
        ),
        limits=server.limits,
        store=server.store,
        counts=counts(held, server.live()),
        cursor=cursor,
    )


def _mailboxes(addresses: tuple[mail.Address, ...]) -> tuple[shapes.Mailbox, ...]:
    return tuple(shapes.Mailbox(name=a.name, address=a.address) for a in addresses)


def _finding_counts(findings: tuple[Finding, ...]) -> shapes.FindingCounts:
    counted = Counter(finding.severity for finding in findings)
    return shapes.FindingCounts(
        error=counted["error"],
        warning=counted["warning"],
        notice=counted["notice"],
        info=counted["info"],
    )


def _findings(findings: tuple[Finding, ...]) -> tuple[shapes.Finding, ...]:
    return tuple(
        shapes.Finding(
            id=f.id,
            severity=f.severity,
            stage=f.stage,
            message=f.message,
            rfc=f.rfc,
            evidence=f.evidence,
            offset=f.offset,
            hint=f.hint,
            count=f.count,
        )
        for f in findings
    )


def _envelope(envelope: smtp.Envelope) -> shapes.EnvelopeDetail:
    recipients = envelope.recipients
    return shapes.EnvelopeDetail(
        mail_from=envelope.reverse_path.address,
        rcpt_to=tuple(recipient.path.address for recipient in recipients),
        params=envelope.params,
        route=envelope.reverse_path.route,
        recipients=tuple(
            shapes.Recipient(address=r.path.address, params=r.params, route=r.path.route)
            for r in recipients
        ),
    )


def _trace(trace: records.Trace, *, secrets: bool) -> shapes.Trace:
    return shapes.Trace(
        session=trace.session,
        listener=trace.listener,
        peer=trace.peer,
        local=trace.local,
        helo=trace.helo,
        protocol=trace.protocol,
        tls=_tls(trace.tls),
        auth=_auth(trace.auth, secrets=secrets),
        forwarded=trace.forwarded,
    )


def _tls(tls: records.Tls | None) -> shapes.Tls | None:
    if tls is None:
        return None
    return shapes.Tls(version=tls.version, cipher=tls.cipher, sni=tls.sni)


def _auth(auth: records.Auth | None, *, secrets: bool) -> shapes.Auth | None:
    if auth is None:
        return None
    secret = auth.secret if secrets or auth.secret is None else MASK
    return shapes.Auth(mechanism=auth.mechanism, identity=auth.identity, secret=secret)


def _part(message_id: str, part: mail.Part) -> shapes.Part:
    return shapes.Part(
        number=part.number,
        content_type=part.content_type,
        charset=part.charset,
        encoding=part.encoding,
        disposition=part.disposition,
        filename=part.filename,
        size=part.size,
        content_id=part.content_id,
        url=url("messages", message_id, "parts", part.number) if part.number else None,
        children=tuple(_part(message_id, child) for child in part.children),
    )


def _attachment(message_id: str, part: mail.Part) -> shapes.Attachment:
    return shapes.Attachment(
        number=part.number,
        filename=part.filename,
        content_type=part.content_type,
        size=part.size,
        url=url("messages", message_id, "attachments", part.number),
    )


def _urls(message: records.Message, read: mail.Mail, attempt_id: str | None) -> shapes.Urls:
    here = url("messages", message.id)
    return shapes.Urls(
        url=here,
        raw=f"{here}/raw",
        headers=f"{here}/headers",
        text=f"{here}/text" if read.text is not None else None,
        html=f"{here}/html" if read.html is not None else None,
        session=url("sessions", message.trace.session),
        attempt=url("attempts", attempt_id) if attempt_id else None,
    )


def _outcome(recipient: records.RecipientOutcome) -> shapes.Outcome:
    return shapes.Outcome(
        address=recipient.address,
        params=recipient.params,
        reply=recipient.reply,
        accepted=recipient.accepted,
        final=recipient.final,
    )
