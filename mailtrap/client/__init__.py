"""A client of mailtrap's HTTP API. Standard library only.

``Client`` is for tests that wait, ``AsyncClient`` for those that await; ``Http`` is what stands
below the first of them. Names are imported when they are first asked for: a program that needs but
one of them starts sooner.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailtrap.client.aio import AsyncClient, AsyncInbox
    from mailtrap.client.client import Client, Faults
    from mailtrap.client.errors import (
        ClientError,
        FaultNeverFired,
        MailAssertionError,
        MailtrapUnavailable,
        NoAttempt,
        NoMessage,
        NoSuchAttachment,
        NoSuchCode,
        NoSuchLink,
        NotFoundError,
        TooManyAttempts,
        TooManyMessages,
        UnexpectedMessage,
        UnreachableError,
    )
    from mailtrap.client.http import Http, Json
    from mailtrap.client.inbox import Expectation, FaultHandle, Inbox
    from mailtrap.client.message import Attachment, Headers, Message
    from mailtrap.client.records import (
        Address,
        Attempt,
        Code,
        Envelope,
        Link,
        ServerInfo,
        Session,
        SmtpEndpoint,
    )
    from mailtrap.client.sse import Event

_PLACES = {
    "aio": ("AsyncClient", "AsyncInbox"),
    "client": ("Client", "Faults"),
    "errors": (
        "ClientError", "FaultNeverFired", "MailAssertionError", "MailtrapUnavailable", "NoAttempt",
        "NoMessage", "NoSuchAttachment", "NoSuchCode", "NoSuchLink", "NotFoundError",
        "TooManyAttempts", "TooManyMessages", "UnexpectedMessage", "UnreachableError",
    ),
    "http": ("Http", "Json"),
    "inbox": ("Expectation", "FaultHandle", "Inbox"),
    "message": ("Attachment", "Headers", "Message"),
    "records": (
        "Address", "Attempt", "Code", "Envelope", "Link", "ServerInfo", "Session", "SmtpEndpoint",
    ),
    "sse": ("Event",),
}  # fmt: skip
"""The modules, and what each of them has for others."""

__all__ = [
    "Address", "AsyncClient", "AsyncInbox", "Attachment", "Attempt", "Client", "ClientError",
    "Code", "Envelope", "Event", "Expectation", "FaultHandle", "FaultNeverFired", "Faults",
    "Headers", "Http", "Inbox", "Json", "Link", "MailAssertionError", "MailtrapUnavailable",
    "Message", "NoAttempt", "NoMessage", "NoSuchAttachment", "NoSuchCode", "NoSuchLink",
    "NotFoundError", "ServerInfo", "Session", "SmtpEndpoint", "TooManyAttempts",
    "TooManyMessages", "UnexpectedMessage", "UnreachableError",
]  # fmt: skip


def __getattr__(name: str) -> object:
    for module, names in _PLACES.items():
        if name in names:
            return getattr(import_module(f"mailtrap.client.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
