"""Where reports go: back into our own store, or to the app's inbound mail server."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import msgspec

from mailtrap.catcher import Catcher
from mailtrap.config import Address
from mailtrap.outbound.client import SendError, send
from mailtrap.outbound.records import Report
from mailtrap.outbound.report import LISTENER
from mailtrap.smtp.envelope import NULL_PATH, Envelope, Params, Recipient
from mailtrap.store.base import StoreError
from mailtrap.store.records import (
    Line,
    NewAttempt,
    NewMessage,
    NewSession,
    RecipientOutcome,
    Trace,
)


class Deliver(Protocol):
    """One way for a report to go."""

    async def __call__(self, report: Report, about: NewMessage) -> None:
        """Return when it was taken. Raises SendError."""


class ToHost:
    """To the one host that the configuration names, whatever the domain of the address is."""

    def __init__(self, address: Address, helo: str, *, timeout: float = 30.0) -> None:
        self._address = address
        self._helo = helo
        self._timeout = timeout

    async def __call__(self, report: Report, about: NewMessage) -> None:
        del about
        await send(
            self._address.host,
            self._address.port,
            report,
            helo=self._helo,
            timeout=self._timeout,
        )


class ToStore:
    """Into the inboxes of the message that the report is about.

    It comes with a session and an attempt of its own, of the listener ``bounce``, whose transcript
    names that message.
    """

    def __init__(self, catcher: Catcher, helo: str, clock: Callable[[], datetime]) -> None:
        self._catcher = catcher
        self._helo = helo
        self._clock = clock

    async def __call__(self, report: Report, about: NewMessage) -> None:
        session = self._session(report, about)
        message = self._message(report, session)
        self._catcher.session_opened(session.id, session.listener, session.peer)
        try:
            # Shielded: a store that commits must not find its future cancelled.
            stored = self._catcher.accept(message, _attempt(self._catcher.new_id(), message))
            await asyncio.shield(stored)
        except StoreError as error:
            self._catcher.session_closed(_fruitless(session))
            raise SendError(f"the store did not take it: {error}") from None
        self._catcher.session_closed(session)

    def _session(self, report: Report, about: NewMessage) -> NewSession:
        now = self._clock()
        note = f"{report.kind} report on message {about.id}, sent by a fault rule"
        return NewSession(
            id=self._catcher.new_id(),
            listener=LISTENER,
            peer=LISTENER,
            local=LISTENER,
            started_at=now,
            ended_at=now,
            helo=self._helo,
            protocol="UTF8SMTP" if report.international else "ESMTP",
            tls=None,
            auth=None,
            forwarded={},
            messages=1,
            attempts=1,
            end="a report was made",
            findings=(),
            transcript=(Line(0.0, "*", note),),
            inboxes=about.inboxes,
        )

    def _message(self, report: Report, session: NewSession) -> NewMessage:
        assert session.ended_at is not None
        params: Params = {"BODY": "8BITMIME"} if report.eight_bit else {}
        if report.international:
            params["SMTPUTF8"] = None
        return NewMessage(
            id=self._catcher.new_id(),
            received_at=session.ended_at,
            raw=report.raw,
            envelope=Envelope(NULL_PATH, params, (Recipient(report.to),)),
            trace=Trace(
                session=session.id,
                listener=session.listener,
                peer=session.peer,
                local=session.local,
                helo=session.helo,
                protocol=session.protocol,
            ),
            inboxes=session.inboxes,
        )


def _fruitless(session: NewSession) -> NewSession:
    end = "the store did not take the report"
    return msgspec.structs.replace(session, messages=0, attempts=0, end=end)


def _attempt(attempt_id: str, message: NewMessage) -> NewAttempt:
    envelope = message.envelope
    return NewAttempt(
        id=attempt_id,
        session=message.trace.session,
        listener=message.trace.listener,
        started_at=message.received_at,
        ended_at=message.received_at,
        reverse_path="",
        params=envelope.params,
        recipients=tuple(
            RecipientOutcome(one.path.address, one.params, "250 2.1.5 Ok", accepted=True)
            for one in envelope.recipients
        ),
        stage="done",
        verdict="accepted",
        reply=f"250 2.0.0 Ok: queued as {message.id}",
        message=message.id,
        first_line=0,
        last_line=0,
        inboxes=message.inboxes,
    )
