"""``python -m bench``: everything that is measured, in one run, as ratios.

``--quick`` takes a minute: the cases that the goals are about, one round each. See README.md.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import engine, latency, listeners, reading, receiving, startup
from bench.cases import CASES, QUICK, Case
from bench.figures import Figures, machine
from bench.percentiles import Times
from bench.processes import Place
from bench.programs import find
from bench.ratios import rows
from bench.receiving import Sent
from bench.report import markdown, write_json
from bench.targets import AIOSMTPD, MEMORY, SINK, Target, targets

STORED = (10, 100_000)
STORED_QUICK = (10, 5_000)


def main() -> None:
    """Measure what the command line asks for, and print it."""
    asked = _parser().parse_args()
    found = targets(asked.peer)
    for name in ("smtp-source", SINK):
        if find(name) is None:
            _say(f"There is no {name} here: .ci/install-clients unpacks it (Debian's postfix).")
    figures = _measured(asked, found)
    print(markdown(figures), end="")
    if asked.json:
        write_json(figures, asked.json)


def _measured(asked: argparse.Namespace, found: dict[str, Target]) -> Figures:
    quick = asked.quick
    cases = [case for case in (QUICK if quick else CASES) if asked.only in case.name]
    sent = list(_sent(cases, found, rounds=asked.rounds or (1 if quick else 3), quick=quick))
    _say("latency")
    timed = [found[name] for name in (SINK, MEMORY, AIOSMTPD) if name in found]
    waited = {target.name: latency.measure(target, 100 if quick else 300) for target in timed}
    _say("news")
    news = _news(found[MEMORY])
    _say("starting, and the engine")
    started, alone = startup.measure(3 if quick else 9), engine.measure()
    with reading.folder() as folder:
        counts = asked.stored or (STORED_QUICK if quick else STORED)
        reads = [_read(count, folder) for count in counts]
    return Figures(machine(), sent, rows(sent), waited, news, alone, started, reads)


def _sent(
    cases: list[Case], found: dict[str, Target], *, rounds: int, quick: bool
) -> Iterator[Sent]:
    for one in receiving.measure(cases, found, rounds=rounds, seconds=0.4 if quick else 1.0):
        _say(f"{one.case}: {one.target}: {one.rate:,.0f}/s")
        yield one


def _news(target: Target) -> dict[str, Times]:
    told, waited = listeners.measure(target)
    return {f"all of {listeners.LISTENERS} who follow the stream": told, "a wait": waited}


def _read(count: int, folder: Path) -> reading.Read:
    _say(f"reading, {count:,} stored")
    return reading.measure(count, folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a minute instead of ten")
    parser.add_argument("--only", default="", help="the cases whose name contains this")
    parser.add_argument("--rounds", type=int, help="rounds of each case")
    parser.add_argument(
        "--stored", type=int, action="append", metavar="N", help="read from so many"
    )
    parser.add_argument("--peer", type=_peer, action="append", default=[], metavar="NAME=HOST:PORT")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too")
    return parser


def _peer(text: str) -> tuple[str, Place]:
    name, _, place = text.partition("=")
    host, _, port = place.rpartition(":")
    if not (name and host and port.isascii() and port.isdigit()):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not NAME=HOST:PORT, such as mailpit=127.0.0.1:1025"
        )
    return name, Place(host.strip("[]"), int(port))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
