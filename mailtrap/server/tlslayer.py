"""TLS over octets, without a socket: what a connection puts between its transport and its engine.

asyncio's own upgrade hands over octets that came in clear before the handshake; here there is
nothing that could: the engine's buffer is emptied, and only what is decrypted goes on.
"""

import ssl
from dataclasses import dataclass

_READ_SIZE = 262_144


class TlsError(Exception):
    """The handshake or the stream failed; the text names the reason as OpenSSL does."""


@dataclass(frozen=True, slots=True)
class Negotiated:
    """What a handshake agreed on."""

    version: str
    cipher: str
    sni: str | None


class TlsLayer:
    """The server's side of one TLS session."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.negotiated: Negotiated | None = None
        self.ended = False
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._object = context.wrap_bio(self._incoming, self._outgoing, server_side=True)

    def receive(self, data: bytes) -> bytes:
        """Take octets from the wire; the plaintext that they complete. Raises TlsError.

        Look at ``output`` after every call, also after a failed one: it holds the alert.
        """
        self._incoming.write(data)
        try:
            if self.negotiated is None:
                self._object.do_handshake()
                self.negotiated = self._facts()
            return self._read()
        except ssl.SSLWantReadError:
            return b""
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            self.ended = True
            return b""
        except ssl.SSLError as error:
            raise TlsError(reason_of(error)) from error

    def send(self, plaintext: bytes) -> None:
        """Encrypt; the octets for the wire wait in ``output``."""
        self._object.write(plaintext)

    def output(self) -> bytes:
        """Octets that must go to the wire now."""
        return self._outgoing.read()

    def end(self) -> None:
        """Say close_notify."""
        try:
            self._object.unwrap()
        except (ssl.SSLError, ValueError):
            return

    def _read(self) -> bytes:
        pieces = []
        try:
            while piece := self._object.read(_READ_SIZE):
                pieces.append(piece)
        except ssl.SSLWantReadError:
            return b"".join(pieces)
        except ssl.SSLZeroReturnError:
            self.ended = True
            return b"".join(pieces)
        self.ended = True
        return b"".join(pieces)

    def _facts(self) -> Negotiated:
        cipher = self._object.cipher()
        return Negotiated(
            version=self._object.version() or "",
            cipher=cipher[0] if cipher else "",
            sni=vars(self._object).get("sni"),
        )


def remember_sni(context: ssl.SSLContext) -> None:
    """Make the name that clients ask for known to the layer."""

    def keep(layer: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        vars(layer)["sni"] = name

    context.sni_callback = keep


def reason_of(error: ssl.SSLError) -> str:
    """OpenSSL's name of what went wrong, in words: ``tlsv1 alert unknown ca``."""
    return (error.reason or str(error)).lower().replace("_", " ")
