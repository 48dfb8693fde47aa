"""A listener: addresses, and how one speaks there."""

import ssl
from dataclasses import dataclass

from mailtrap.config import Endpoint
from mailtrap.smtp.profile import Profile
from mailtrap.store.records import DEFAULT_INBOX


@dataclass(frozen=True, slots=True)
class Listener:
    """Data that makes a service. ``context`` is there where TLS is offered or implied."""

    name: str
    addresses: tuple[Endpoint, ...]
    profile: Profile
    context: ssl.SSLContext | None = None
    inbox: str = DEFAULT_INBOX
