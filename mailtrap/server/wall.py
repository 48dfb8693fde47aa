"""A port on which nobody answers: neither yes nor no.

A listening socket whose queue has no room lets the handshakes of further clients go unanswered.
Linux does it so (``tcp_conn_request`` in tcp_input.c drops the SYN), and most other Unixes; Windows
refuses them instead.
"""

import socket
from contextlib import suppress

from mailtrap.server.sockets import BACKLOG

FILLERS = 4
"""Connections of our own that take the room there is: one on Linux."""


class Wall:
    """Takes over a bound, listening socket that does not block, until ``open`` gives it back."""

    def __init__(self, listening: socket.socket) -> None:
        self._listening = listening
        self._fillers: list[socket.socket] = []
        listening.listen(0)
        for _ in range(FILLERS):
            self._fill()

    def open(self) -> socket.socket:
        """The socket with its room back, and nobody in its queue."""
        self._drop_fillers()
        with suppress(OSError):
            while True:
                self._listening.accept()[0].close()
        self._listening.listen(BACKLOG)
        return self._listening

    def close(self) -> None:
        """End it, and listen no more."""
        self._drop_fillers()
        self._listening.close()

    def _fill(self) -> None:
        with suppress(OSError):  # no descriptor is left: as many as there are will have to do
            filler = socket.socket(self._listening.family, socket.SOCK_STREAM)
            self._fillers.append(filler)
            filler.setblocking(False)
            filler.connect_ex(self._listening.getsockname())

    def _drop_fillers(self) -> None:
        for filler in self._fillers:
            filler.close()
        self._fillers.clear()
