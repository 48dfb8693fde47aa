"""The TLS handshake of a connection: begun, followed, finished or failed."""

import ssl
from collections.abc import Callable

from mailtrap.faults.steps import TlsKind
from mailtrap.server.listener import Listener
from mailtrap.server.recorder import Recorder
from mailtrap.server.wire import Wire
from mailtrap.smtp.engine import Engine

FIRST_OCTET = 0x16
"""TLS begins with a handshake record (RFC 8446 section 5.1)."""

HANDSHAKE_FAILURE = bytes((0x15, 3, 3, 0, 2, 2, 40))
"""A fatal alert (RFC 8446 section 6)."""

LEFT = "the client closed the connection during the handshake"
PLAINTEXT = "plaintext after STARTTLS"
OLD_VERSIONS = ("TLSv1", "TLSv1.1")


class Handshake:
    """While ``active``, octets belong to a handshake, and no event is answered."""

    def __init__(self, listener: Listener, engine: Engine, wire: Wire, record: Recorder) -> None:
        self.active = False
        self.fault: TlsKind | None = None
        self._upgraded = listener.profile.tls == "starttls"
        self._listener = listener
        self._engine = engine
        self._wire = wire
        self._record = record

    @property
    def silent(self) -> bool:
        """Whether a client of an implicit TLS port has said nothing: it waits for a greeting."""
        return self.active and not self._upgraded and not self._wire.has_read

    def begin(self, wrong: Callable[[TlsKind], ssl.SSLContext | None]) -> None:
        """Take everything from now on for TLS; ``wrong`` gives the context for a fault."""
        context = (wrong(self.fault) if self.fault else None) or self._listener.context
        assert context is not None
        self.active = True
        self._wire.start_tls(context)

    def sabotage(self, data: bytes) -> bool:
        """Whether a rule ends the handshake here: a fatal alert is sent, or nothing ever."""
        if self.fault not in {"handshake-fail", "stall"} or self.is_plaintext(data):
            return False
        if self.fault == "handshake-fail":
            self._wire.send_alert(HANDSHAKE_FAILURE)
        return True

    def is_plaintext(self, data: bytes) -> bool:
        """Whether a client speaks in clear where its first octets must be a handshake."""
        return not self._wire.has_read and data[0] != FIRST_OCTET

    def decrypt(self, data: bytes) -> bytes:
        """What these octets say, now or after the handshake. Raises TlsError."""
        plaintext = self._wire.decrypt(data)
        self._follow()
        return plaintext

    def _follow(self) -> None:
        """Look whether it is over, and take over what was agreed on."""
        negotiated = self._wire.negotiated
        if not self.active or negotiated is None:
            return
        self.active = False
        self._record.facts.take_tls(negotiated)
        self._record.note(f"{negotiated.version} {negotiated.cipher}")
        if self._upgraded:
            self._engine.tls_started()
        if negotiated.version in OLD_VERSIONS:
            self._engine.session.note("F-TLS-OLD", "tls")

    def fail(self, reason: str) -> None:
        """Write down that it failed."""
        self.active = False
        self._engine.session.note("F-TLS-FAIL", "tls", b"", reason)
        self._record.note(f"TLS failed: {reason}")
        self._record.facts.end(f"TLS failed: {reason}")

    def give_up(self) -> None:
        """Go back to clear text, to say that TLS was expected (RFC 8314 section 3.3)."""
        self._engine.session.note("F-TLS-PORT", "tls")
        self.active = False
        self._wire.abandon_tls()
