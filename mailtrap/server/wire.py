"""Octets to and from a peer, in clear or through TLS, batched into one write."""

import socket
import ssl
import struct
from asyncio import Transport

from mailtrap.server.tlslayer import Negotiated, TlsLayer

UNSENT_LIMIT = 65_536
"""Octets of replies that are kept back for one write."""


class Wire:
    """What a connection writes to and what it is read through.

    ``write`` only keeps what is to be sent; ``flush`` sends all of it in one call. ``in_clear``
    tells that no TLS is spoken.
    """

    __slots__ = ("_out", "_tls", "_transport", "_unsent", "has_read", "in_clear")

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._out: list[bytes] = []
        self._tls: TlsLayer | None = None
        self.in_clear = True
        self.has_read = False
        self._unsent = 0

    @property
    def negotiated(self) -> Negotiated | None:
        """What the handshake agreed on, once it is over."""
        return self._tls.negotiated if self._tls else None

    @property
    def ended(self) -> bool:
        """Whether the peer ended its TLS stream."""
        return self._tls is not None and self._tls.ended

    def start_tls(self, context: ssl.SSLContext) -> None:
        """Take everything from now on for TLS; ``has_read`` tells whether anything came yet."""
        self.flush()
        self._tls = TlsLayer(context)
        self.in_clear = False

    def abandon_tls(self) -> None:
        """Go back to clear text: the peer never spoke TLS."""
        self._tls = None
        self.in_clear = True

    def decrypt(self, data: bytes) -> bytes:
        """What these octets from the peer say. Raises TlsError; an alert is sent all the same."""
        if self._tls is None:
            return data
        self.has_read = True
        try:
            return self._tls.receive(data)
        finally:
            output = self._tls.output()
            if output:
                self._transport.write(output)

    def send_alert(self, octets: bytes) -> None:
        """Send octets as they are, and speak TLS no more."""
        self.abandon_tls()
        self._transport.write(octets)

    def reset(self) -> None:
        """Drop the connection with RST."""
        self.flush()
        sock = self._transport.get_extra_info("socket")
        if sock is not None and sock.family != socket.AF_UNIX:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()

    def write(self, octets: bytes) -> None:
        """Keep octets for the next flush, which is now where many wait."""
        self._out.append(octets)
        self._unsent += len(octets)
        if self._unsent > UNSENT_LIMIT:
            self.flush()

    def flush(self) -> None:
        """Send what was written since the last time."""
        out = self._out
        if not out:
            return
        self._out, self._unsent = [], 0
        if self._transport.is_closing():
            return
        octets = out[0] if len(out) == 1 else b"".join(out)
        if self._tls is not None:
            self._tls.send(octets)
            octets = self._tls.output()
        self._transport.write(octets)

    def close(self) -> None:
        """Send the rest, then close: the peer reads everything first."""
        self.flush()
        if self._tls is not None and self._tls.negotiated is not None:
            self._tls.end()
            octets = self._tls.output()
            if octets:
                self._transport.write(octets)
        self._transport.close()

    def half_close(self) -> None:
        """Send the rest and our end; what the peer still sends can be read."""
        self.flush()
        if self._tls is None and self._transport.can_write_eof():
            if not self._transport.is_closing():
                self._transport.write_eof()
        else:
            self.close()

    def abort(self) -> None:
        """Drop the connection at once."""
        self._out.clear()
        self._transport.abort()

    def pause(self) -> None:
        """Read no more for now."""
        if not self._transport.is_closing():
            self._transport.pause_reading()

    def resume(self) -> None:
        """Read on."""
        if not self._transport.is_closing():
            self._transport.resume_reading()
