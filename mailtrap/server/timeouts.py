"""How long a connection may take. Seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Bounds of waiting.

    ``idle``: between commands, and between reads of content. ``write``: for a client that does
    not read its replies. ``handshake``: for TLS, ``first_octet`` for its first. ``shutdown``: for
    a transaction that is under way when the server stops. ``linger``: for a client that goes on
    talking to a connection that is being closed. ``slow``: what a client that thinks for longer
    is noted for.
    """

    idle: float = 300.0
    write: float = 60.0
    handshake: float = 30.0
    first_octet: float = 10.0
    shutdown: float = 1.2
    linger: float = 2.0
    slow: float = 30.0
