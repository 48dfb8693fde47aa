"""A listener: addresses, and how one speaks there."""

import ssl
from dataclasses import dataclass

from mailtrap.config import Endpoint
from mailtrap.smtp.profile import Profile


@dataclass(frozen=True, slots=True)
class Listener:
    """Data that makes a service. ``context`` is there where TLS is offered or implied.

    All that comes here is in ``inbox``, unless that is None.
    """

    name: str
    addresses: tuple[Endpoint, ...]
    profile: Profile
    context: ssl.SSLContext | None = None
    inbox: str | None = None
