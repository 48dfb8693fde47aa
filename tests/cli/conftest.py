"""A stand-in for the server's API, a stand-in for its SMTP, and the command line run in process."""

import json
import socketserver
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeAlias
from urllib.parse import parse_qsl, urlsplit

import pytest

from mailtrap.cli import main


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that the API got."""

    method: str
    path: str
    query: dict[str, str]
    authorization: str
    body: bytes
    last_event_id: str
    pairs: list[tuple[str, str]]

    @property
    def json(self) -> dict[str, object]:
        """The JSON object in the body."""
        value = json.loads(self.body)
        assert isinstance(value, dict)
        return value


@dataclass(slots=True)
class Api:
    """Prepared answers by method and path: the last one stays, those before it are used up."""

    url: str
    asked: list[Asked] = field(default_factory=list)
    answers: dict[tuple[str, str], list[tuple[int, bytes]]] = field(default_factory=dict)

    def on(self, method: str, path: str, body: object = b"", status: int = 200) -> None:
        """Answer with octets, or with JSON; once more for the same path: the time after."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answers.setdefault((method, path), []).append((status, content))

    def answer(self, method: str, path: str) -> tuple[int, bytes]:
        """The answer that is due."""
        prepared = self.answers.get((method, path))
        if not prepared:
            return 404, b'{"detail": "There is no such thing."}'
        return prepared.pop(0) if len(prepared) > 1 else prepared[0]


@pytest.fixture
def api() -> Iterator[Api]:
    """The stand-in for the API."""

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            authorization = self.headers.get("Authorization", "")
            pairs = parse_qsl(parts.query, keep_blank_values=True)
            since = self.headers.get("Last-Event-ID", "")
            asked = Asked(self.command, parts.path, dict(pairs), authorization, body, since, pairs)
            stub.asked.append(asked)
            status, content = stub.answer(self.command, parts.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_DELETE = do_POST = do_PATCH = handle_any  # noqa: N815 - the names that http.server looks for

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        stub = Api(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield stub
        server.shutdown()
        thread.join(5)


@dataclass(slots=True)
class Smtp:
    """What an SMTP server was told, and the replies that differ from the usual by line prefix."""

    port: int
    lines: list[str] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)
    replies: dict[str, str] = field(default_factory=dict)

    def reply(self, line: str) -> str:
        """The reply to a command line; a message's comes after its content."""
        for prefix, reply in self.replies.items():
            if line.startswith(prefix):
                return reply
        if line == "data":
            return "354 go on"
        if line == ".":
            return f"250 2.0.0 Ok: queued as m{len(self.contents)}"
        return "250-hello\r\n250-8BITMIME\r\n250 SMTPUTF8" if line.startswith("ehlo") else "250 ok"


@pytest.fixture
def smtp() -> Iterator[Smtp]:
    """The stand-in for SMTP."""

    class Handler(socketserver.StreamRequestHandler):
        timeout = 5

        def handle(self) -> None:
            self.say("220 stub")
            while line := self.rfile.readline().decode().rstrip("\r\n"):
                stub.lines.append(line)
                if line.lower() == "quit":
                    return self.say("221 bye")
                reply = stub.reply(line)
                self.say(reply)
                if reply.startswith("354"):
                    stub.contents.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                    self.say(stub.reply("."))
            return None

        def say(self, reply: str) -> None:
            self.wfile.write(f"{reply}\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Handler) as server:
        stub = Smtp(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield stub
        server.shutdown()
        thread.join(5)


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended."""

    code: int
    octets: bytes
    err: str

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.octets.decode()


Run: TypeAlias = Callable[..., Ended]


@pytest.fixture
def run(
    api: Api,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Run:
    """Run a command line against the stand-in, in an empty folder and an empty environment."""
    for name in ("URL", "TOKEN", "HTTP_PASSWORD", "CONFIG"):
        monkeypatch.delenv(f"MAILTRAP_{name}", raising=False)
    for name in ("NO_COLOR", "FORCE_COLOR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("MAILTRAP_URL", api.url)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.chdir(tmp_path)

    def running(*arguments: str, terminal: bool = False) -> Ended:
        with monkeypatch.context() as patch:
            if terminal:
                patch.setattr(sys.stdout, "isatty", lambda: True)
            code = main(arguments)
        out, err = capsysbinary.readouterr()
        return Ended(code, out, err.decode())

    return running


@pytest.fixture
def row() -> dict[str, object]:
    """A message of the API's lists."""
    return {
        "id": "01M",
        "seq": 7,
        "received_at": "2026-05-04T03:02:01.000000Z",
        "size": 1_234,
        "subject": "Grüße",
        "from": [{"name": "Ann", "address": "ann@a.test"}],
        "to": [{"name": "", "address": "bob@b.test"}],
        "cc": [],
        "date": "2026-05-04T03:02:00.000000Z",
        "read": False,
        "tags": [],
        "envelope": {"mail_from": "ann@a.test", "rcpt_to": ["bob@b.test", "c@c.test", "d@d.test"]},
    }


@pytest.fixture
def hostile(row: dict[str, object]) -> dict[str, object]:
    """The same, with what drives a terminal in every text."""
    evil = "\x1b]0;owned\x07\x9b2J\u202eabc\r\n\ttab"
    envelope = {"mail_from": f"a{evil}@a.test", "rcpt_to": [f"b{evil}@b.test"]}
    return {**row, "subject": evil, "from": [{"name": evil, "address": evil}], "envelope": envelope}
