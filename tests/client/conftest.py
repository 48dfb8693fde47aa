"""A server that answers with prepared octets, whatever they are, and keeps what it was asked."""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest


class Canned:
    """One prepared answer a connection, in order; then connections are closed unanswered."""

    def __init__(self, answers: tuple[bytes, ...]) -> None:
        self.requests: list[bytes] = []
        self._answers = answers
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def stop(self) -> None:
        """Close, and wait until the thread has ended."""
        with socket.create_connection(self._socket.getsockname(), timeout=5):
            self._thread.join(5)
        self._socket.close()

    def _serve(self) -> None:
        for answer in (*self._answers, None):
            connection, _ = self._socket.accept()
            with connection:
                if answer is None:
                    return
                request = _request(connection)
                if not request:
                    return
                self.requests.append(request)
                connection.sendall(answer)


def _request(connection: socket.socket) -> bytes:
    connection.settimeout(5)
    received = b""
    while piece := connection.recv(65_536):
        received += piece
        head, end, body = received.partition(b"\r\n\r\n")
        lengths = [line for line in head.split(b"\r\n") if line.startswith(b"Content-Length:")]
        if end and len(body) >= (int(lengths[0].split(b":")[1]) if lengths else 0):
            return received
    return received


@pytest.fixture
def canned() -> Iterator[Callable[..., Canned]]:
    """Start a server with these answers."""
    servers: list[Canned] = []

    def start(*answers: bytes) -> Canned:
        servers.append(Canned(answers))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()
