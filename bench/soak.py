"""A long run in short: ``python -m bench.soak [--messages N] [--keep N]``.

So many messages go into a server that keeps only some, by default a million and ten thousand. It
prints, for each tenth, the rate, the resident memory and the size of the file, and says whether
they stayed flat; of sessions it keeps those of one tenth. Then it says whether what is kept is
exactly the newest, each octet for octet.
"""

import argparse
import hashlib
import http.client
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.load import sender
from bench.load.sender import Load, content
from bench.processes import Place, Server, free_port, running
from bench.report import table
from bench.targets import HOST, command, own_environment

TENTHS = 10
SESSIONS = 10
PARTS = 20
"""Into which a tenth is parted: sessions, whose transcripts are kept too, come and go meanwhile."""
SIZE = 1_000
FLAT = 1.2
"""How much larger the last figure may be than that of the second tenth, when all is warm."""


class Tenth(NamedTuple):
    """After a tenth: messages a second, resident octets, octets of the file and its journal."""

    rate: float
    resident: int
    file: int


def run(path: Path, messages: int, keep: int) -> tuple[list[Tenth], list[str]]:
    """The tenths, and what was found wrong at the end."""
    smtp, web = Place(HOST, free_port()), Place(HOST, free_port())
    kept = ("--max-messages", str(keep), "--max-sessions", str(SESSIONS * PARTS))
    words = command(smtp, web, "--store", str(path), *kept)
    each = messages // TENTHS // SESSIONS // PARTS
    with running(words, smtp, http=web, environment=own_environment()) as server:
        tenths = list(_tenths(server, path, each))
        server.settle()
        sent = each * SESSIONS * PARTS * TENTHS
        return tenths, list(_faults(web, tenths, sent, min(keep, sent)))


def _tenths(server: Server, path: Path, each: int) -> Iterator[Tenth]:
    for _ in range(TENTHS):
        took = sum(sender.send(server.smtp, Load(each, SIZE, True), SESSIONS) for _ in range(PARTS))
        files = sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*"))
        yield Tenth(each * SESSIONS * PARTS / took, server.resident() or 0, files)


def _faults(web: Place, tenths: list[Tenth], sent: int, kept: int) -> Iterator[str]:
    held = json.loads(_get(web, "/api/messages?limit=1"))
    if held["total"] != kept:
        yield f"{held['total']} messages are held, not {kept}"
    if held["messages"][0]["seq"] < sent:
        yield f"only {held['messages'][0]['seq']} of {sent} were taken"
    wanted = hashlib.sha256(content(SIZE)[: -len(b".\r\n")]).hexdigest()
    raw = _get(web, f"/api/messages/{held['messages'][0]['id']}/raw")
    if hashlib.sha256(raw).hexdigest() != wanted:
        yield "the newest message is not what was sent"
    yield from _growth(tenths[1], tenths[-1])


def _growth(second: Tenth, last: Tenth) -> Iterator[str]:
    for name in ("resident", "file"):
        if getattr(last, name) > FLAT * getattr(second, name):
            yield f"{name} grew from {getattr(second, name):,} to {getattr(last, name):,} octets"
    if second.rate > FLAT * last.rate:
        yield f"the rate fell from {second.rate:,.0f} to {last.rate:,.0f} messages/s"


def _get(web: Place, path: str) -> bytes:
    connection = http.client.HTTPConnection(web.host, web.port, timeout=60)
    connection.request("GET", path)
    return connection.getresponse().read()


def main() -> None:
    """Run, and print the table and the verdict."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--keep", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mailtrap-soak-") as folder:
        tenths, faults = run(
            Path(folder) / "mail.db", max(asked.messages, TENTHS * PARTS * SESSIONS), asked.keep
        )
    rows = (
        (str(at + 1), f"{one.rate:,.0f}", f"{one.resident / 1e6:.0f}", f"{one.file / 1e6:.0f}")
        for at, one in enumerate(tenths)
    )
    for line in table(("tenth", "messages/s", "resident MB", "file MB"), rows):
        print(line)
    print("\n".join(faults) or "flat, bounded, nothing lost")
    raise SystemExit(bool(faults))


if __name__ == "__main__":
    main()
