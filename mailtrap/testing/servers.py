"""The server that tests talk to: in a thread, in a process of its own, or one that runs already."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Final

from mailtrap.client.client import Client
from mailtrap.client.records import SmtpEndpoint

STOPS_WITHIN: Final = 10.0
"""Seconds that a process may take to stop."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server is: its API, and where an app sends its mail."""

    url: str
    smtp_host: str
    smtp_port: int

    @property
    def smtp(self) -> SmtpEndpoint:
        """Where an app sends its mail."""
        url = f"smtp://{self.smtp_host}:{self.smtp_port}"
        return SmtpEndpoint(self.smtp_host, self.smtp_port, url=url)


@contextmanager
def in_thread() -> Iterator[str]:
    """The URL of a server in this process."""
    # Only here, since most of what it needs is not needed by other modes.
    from mailtrap.testing.thread import ServerThread  # noqa: PLC0415

    thread = ServerThread()
    url = thread.start()
    try:
        yield url
    finally:
        thread.stop()


@contextmanager
def in_process() -> Iterator[str]:
    """The URL of a server in a process of its own."""
    command = [
        sys.executable, "-m", "mailtrap", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0",
        "--config", "off", "--ready-format", "json",
    ]  # fmt: skip
    with subprocess.Popen(  # noqa: S603 - our own module
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("the server did not start: try `mailtrap` by hand")
        try:
            yield str(json.loads(line)["http"][0])
        finally:
            process.terminate()
            process.wait(STOPS_WITHIN)


STARTERS: Mapping[str, Callable[[], AbstractContextManager[str]]] = {
    "thread": in_thread,
    "subprocess": in_process,
}
"""How a server is started, by the name of the mode."""


def found(url: str | None) -> Server:
    """The server at a URL, or where ``Client`` looks for one. Raises MailtrapUnavailable."""
    client = Client(url)
    client.ready()
    smtp = client.info().smtp
    return Server(client.url, smtp.host, smtp.port)


def variables(server: Server) -> dict[str, str]:
    """Environment variables by which apps in many languages find their mail server."""
    host, port = server.smtp_host, str(server.smtp_port)
    return {
        "SMTP_HOST": host, "SMTP_PORT": port, "EMAIL_HOST": host, "EMAIL_PORT": port,
        "MAIL_HOST": host, "MAIL_PORT": port, "MAIL_SERVER": host,
        "MAILER_DSN": f"smtp://{host}:{port}", "SMTP_URL": f"smtp://{host}:{port}",
        "MAILTRAP_URL": server.url,
    }  # fmt: skip
