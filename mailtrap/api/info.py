"""What the server tells about itself."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

TlsMode: TypeAlias = Literal["none", "starttls", "implicit"]


class ListenerInfo(msgspec.Struct, frozen=True):
    """One address that takes mail. ``url`` is such as ``smtp://127.0.0.1:1025``.

    ``protocol`` is ``smtp``, ``submission`` or ``lmtp``; ``auth`` says in a word whether a client
    may or must log in (``none``, ``optional``, ``required``).
    """

    name: str
    url: str
    protocol: str
    tls: TlsMode = "none"
    auth: str = "optional"


class Live(msgspec.Struct, frozen=True):
    """What changes from moment to moment: connections open now, and whether mail is taken."""

    open_sessions: int = 0
    ready: bool = True


class ServerInfo(msgspec.Struct, frozen=True):
    """The facts of one running server. ``store`` is ``memory`` or the name of a file.

    ``limits`` are bounds by name (octets, counts, seconds; 0 means none). With
    ``show_credentials`` the passwords that clients sent are told, else they are masked.
    ``live`` is asked anew for each answer that needs it. ``prefix`` is the path below which
    everything is, such as ``/mail``.
    """

    version: str
    started_at: datetime
    name: str = "mailtrap"
    listeners: tuple[ListenerInfo, ...] = ()
    limits: dict[str, int | float] = {}
    store: str = "memory"
    show_credentials: bool = False
    live: Callable[[], Live] = Live
    prefix: str = ""
