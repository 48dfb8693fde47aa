"""A tap on the line: passes every octet between a client and the server on, and keeps them."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

SECONDS = 30.0
PIECE = 65_536


@dataclass(slots=True)
class Conversation:
    """What was said on one connection; ``peer`` is the client as the server sees it."""

    peer: str
    client: bytearray = field(default_factory=bytearray)
    server: bytearray = field(default_factory=bytearray)


class Tap:
    """Listens on ``port``. Of each connection it keeps both directions, in the order they came."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._conversations: list[Conversation] = []
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()
        self.port: int = self._socket.getsockname()[1]

    def conversations(self) -> list[Conversation]:
        """All of them, once both sides have hung up; no more are taken."""
        self.close()
        for thread in self._threads:
            thread.join(SECONDS)
            assert not thread.is_alive(), "a connection was not closed"
        return self._conversations

    def close(self) -> None:
        """Take no more connections."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._accepting.join(SECONDS)
        self._socket.close()

    def _accept(self) -> None:
        with suppress(OSError):  # close() ends it
            while True:
                near, _ = self._socket.accept()
                far = socket.create_connection(("127.0.0.1", self._target), SECONDS)
                conversation = Conversation("{}:{}".format(*far.getsockname()))
                self._conversations.append(conversation)
                thread = threading.Thread(target=_couple, args=(near, far, conversation))
                self._threads.append(thread)
                thread.start()


def _couple(near: socket.socket, far: socket.socket, conversation: Conversation) -> None:
    near.settimeout(SECONDS)
    with near, far:
        back = threading.Thread(target=_pass_on, args=(far, near, conversation.server))
        back.start()
        _pass_on(near, far, conversation.client)
        back.join()


def _pass_on(source: socket.socket, sink: socket.socket, kept: bytearray) -> None:
    with suppress(OSError):
        while octets := source.recv(PIECE):
            kept += octets
            sink.sendall(octets)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


@contextmanager
def tapped(target: int) -> Iterator[Tap]:
    """A tap before a port of this machine."""
    tap = Tap(target)
    try:
        yield tap
    finally:
        tap.close()
