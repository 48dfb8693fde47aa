"""Receiving: each case sent to each target, in turns.

A round starts each server anew, warms it, sends, and takes its processor seconds and memory. How
many messages a round has is found by the warming: as many as take about the seconds asked for.
"""

import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from bench.cases import Case
from bench.load import sender, source
from bench.load.sender import Load
from bench.processes import Place, Server, free_port
from bench.programs import find
from bench.targets import HOST, Target

SOURCE = "smtp-source"
WARM = 300
FEWEST = 50
SEARCH = "wordthatisinnomessage OR pelican"


class Sent(NamedTuple):
    """What a round gave; ``rate`` is messages a second, ``cpu`` seconds of the processor.

    ``cpu`` ends with the last 250, ``settled`` when the server has no more to do (indexing).
    ``memory`` is what grew in resident octets. All are None where nothing can be known.
    """

    case: str
    target: str
    messages: int
    rate: float
    cpu: float | None
    settled: float | None
    memory: float | None


def measure(
    cases: Sequence[Case], found: dict[str, Target], *, rounds: int, seconds: float
) -> Iterator[Sent]:
    """Every case, round by round, the targets of a round one after the other."""
    for case in filter(possible, cases):
        given = [
            one for one in found.values() if one.name in case.targets or (case.peers and one.peer)
        ]
        for turn in range(rounds):
            # Each round begins with another target: what else the machine does is shared out.
            first = turn % len(given)
            for target in (*given[first:], *given[:first]):
                yield one_round(case, target, seconds)


def one_round(case: Case, target: Target, seconds: float) -> Sent:
    """One server, from its start to its end."""
    tls = Place(HOST, free_port())
    options = (*case.options, "--smtps", f"{tls.host}:{tls.port}") if case.tls else case.options
    with target.start(options) as server:
        place = tls if case.tls else server.smtp
        warm = max(case.sessions, min(WARM, case.most // 4))
        rate = warm / _send(case, place, warm)
        count = max(min(int(rate * seconds), case.most), FEWEST, case.sessions)
        count -= count % case.sessions
        server.settle()
        before, memory = server.cpu(), server.resident()
        with _searching(server, on=case.search):
            took = _send(case, place, count)
        after = server.cpu()
        server.settle()
        return Sent(
            case=case.name,
            target=target.name,
            messages=count,
            rate=count / took,
            cpu=_less(after, before),
            settled=_less(server.cpu(), before),
            memory=_less(server.resident(), memory),
        )


def possible(case: Case) -> bool:
    """Whether this machine has the sender that a case needs."""
    return case.own or find(SOURCE) is not None


def _less(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else after - before


def _send(case: Case, place: Place, count: int) -> float:
    if case.own:
        load = Load(count // case.sessions, case.size, case.pipelined)
        return sender.send(place, load, case.sessions, tls=case.tls)
    program = find(SOURCE)
    assert program is not None
    return source.send(
        program, place, count=count, sessions=case.sessions, size=case.size, one=case.one
    )


@contextmanager
def _searching(server: Server, *, on: bool) -> Iterator[None]:
    """Somebody searches, again and again, while the block runs."""
    ended = threading.Event()
    searcher = threading.Thread(target=_search, args=(server, ended))
    if on:
        searcher.start()
    try:
        yield
    finally:
        ended.set()
        if on:
            searcher.join()


def _search(server: Server, ended: threading.Event) -> None:
    assert server.http is not None
    query = urllib.parse.urlencode({"q": SEARCH})
    url = f"http://{server.http.host}:{server.http.port}/api/messages?{query}"
    while not ended.is_set():
        with urllib.request.urlopen(url, timeout=60) as response:
            response.read()
