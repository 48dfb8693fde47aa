"""Telling that the server is ready, and where."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ready:
    """Where a server listens: mail listeners as name and URL, and the URLs of the page."""

    listeners: Sequence[tuple[str, str]]
    http: Sequence[str]

    def line(self) -> str:
        """For people: one line."""
        urls = [url for _, url in self.listeners] + list(self.http)
        return "  ".join(("mailtrap ready", *urls, f"(pid {os.getpid()})"))

    def json(self) -> str:
        """For programs: one line of JSON."""
        listeners = [{"name": name, "url": url} for name, url in self.listeners]
        return json.dumps({"pid": os.getpid(), "listeners": listeners, "http": list(self.http)})


def write_ready_file(path: Path, ready: Ready) -> None:
    """Write the JSON in one step: who sees the file sees all of it. Raises OSError."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(ready.json() + "\n", "utf-8")
    part.replace(path)
