"""A server as a process of its own, as people start it."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

SECONDS = 30


class Process:
    """``mailtrap serve`` with these arguments, on ports of its own choice; ready when entered."""

    def __init__(self, *arguments: str) -> None:
        self._command = [
            sys.executable, "-m", "mailtrap", "serve", "--config", "off", "--smtp", "127.0.0.1:0",
            "--http", "127.0.0.1:0", "--ready-format", "json", *arguments,
        ]  # fmt: skip
        self.smtp = 0
        self.http = ""

    def __enter__(self) -> Self:
        environ = {name: os.environ[name] for name in os.environ if "MAILTRAP" not in name}
        self.process = subprocess.Popen(
            self._command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1]
        ready = json.loads(line)
        urls = {one["name"]: one["url"] for one in ready["listeners"]}
        self.smtp = int(urls["smtp"].rpartition(":")[2])
        self.http = ready["http"][0]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.stop()
        self.process.communicate()

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(SECONDS)

    def kill(self) -> None:
        """SIGKILL."""
        self.process.kill()
        self.process.wait(SECONDS)

    def get(self, path: str) -> bytes:
        """What the API answers."""
        with urllib.request.urlopen(self.http + path, timeout=SECONDS) as response:
            octets: bytes = response.read()
        return octets

    def json(self, path: str) -> dict[str, object]:
        """The same, decoded."""
        decoded: dict[str, object] = json.loads(self.get(path))
        return decoded

    def ids(self) -> set[str]:
        """The ids of all messages."""
        found: set[str] = set()
        path: str | None = "/api/messages?limit=200"
        while path:
            page = json.loads(self.get(path))
            found |= {message["id"] for message in page["messages"]}
            path = page["older"]
        return found

    def peak(self) -> int:
        """The most memory it ever had, in octets (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) * 1024
