"""Inboxes."""

from typing import Literal

from mailtrap.api.shapes.base import Shape, Time


class InboxSmtp(Shape, frozen=True, kw_only=True):
    """How an app sends into an inbox, whoever its mail is for: log in with this user.

    Any password does. An inbox with a port of its own needs no login.
    """

    host: str
    port: int
    username: str
    password: str
    url: str
    security: Literal["none", "starttls", "implicit"]


class InboxDetail(Shape, frozen=True, kw_only=True):
    """One inbox. Mail to ``address`` is in it; ``cursor`` is when it was opened.

    ``address`` is null where the name is not of those that an address can carry (``GW3``, ``a.b``)
    and nobody opened it; one that was opened always has an address.

    ``opened`` tells whether somebody opened it: else it is there because mail named it.
    ``smtp`` is null where no listener speaks SMTP.
    """

    name: str
    address: str | None
    opened: bool
    cursor: str
    created_at: Time | None
    expires_at: Time | None
    listener: str | None
    smtp: InboxSmtp | None
    url: str
    messages: int
    unread: int
    octets: int


class InboxList(Shape, frozen=True, kw_only=True):
    """All inboxes, by name."""

    inboxes: tuple[InboxDetail, ...]
