"""A run in words: tables for people (Markdown), JSON for programs."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bench.figures import MEGA, Figures
from bench.goals import Held, held
from bench.percentiles import Times
from bench.ratios import Row


def markdown(figures: Figures) -> str:
    """All of a run."""
    return "\n".join(_lines(figures)) + "\n"


def write_json(figures: Figures, path: Path) -> None:
    """The same for programs."""
    told = {
        "machine": figures.machine._asdict(),
        "rounds": [one._asdict() for one in figures.sent],
        "rows": [row._asdict() for row in figures.rows],
        "latency_ms": {name: one._asdict() for name, one in figures.latency.items()},
        "news_ms": {name: one._asdict() for name, one in figures.news.items()},
        "engine": figures.engine,
        "startup": figures.startup._asdict(),
        "reading": [
            {
                **read._asdict(),
                "filled": read.filled._asdict(),
                "times": {name: one._asdict() for name, one in read.times.items()},
            }
            for read in figures.reads
        ],
        "goals": [
            {"name": one.goal.name, "figure": one.figure, "verdict": one.verdict}
            for one in held(figures)
        ],
    }
    path.write_text(json.dumps(told, indent=1) + "\n")


def _lines(figures: Figures) -> Iterator[str]:
    where = figures.machine
    memory = where.memory_octets / 1_000 / MEGA
    yield f"{where.cores} cores of {where.processor}, {memory:.0f} GB,"
    yield f"{where.system}, {where.python}, {where.when}."
    yield from _section("Receiving", _receiving(figures.rows))
    yield from _section("One after the other, with smtplib", _times("server", figures.latency))
    yield from _section("News", _times("from the 250", figures.news))
    yield from _section("Reading", _reading(figures))
    yield from _section("Starting", _starting(figures))
    yield from _section("Goals", _goals(list(held(figures))))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield from ("", f"## {title}", "", *lines)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table whose first column is text and whose others are figures."""
    texts = [list(head), *map(list, rows)]
    wide = [max(len(row[at]) for row in texts) for at in range(len(head))]
    for number, row in enumerate(texts):
        first, *others = (
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, wide, strict=True))
        )
        yield f"| {' | '.join((first, *others))} |"
        if not number:
            rules = ["-" * (wide[0] + 2), *("-" * (width + 1) + ":" for width in wide[1:])]
            yield f"|{'|'.join(rules)}|"


def _receiving(rows: Sequence[Row]) -> Iterator[str]:
    firsts: dict[str, Row] = {}
    for row in rows:
        firsts.setdefault(row.case, row)
    head = (
        "case, server",
        "messages/s",
        "to the first",
        "spread",
        "ms CPU",
        "with indexing",
        "KB each",
    )
    yield "The first server of each case is what the others are compared with; `ms CPU` is the time"
    yield "of the processor that a message took, `KB each` what a message left in memory."
    yield ""
    yield from table(head, (_cells(row, firsts[row.case]) for row in rows))


def _cells(row: Row, first: Row) -> tuple[str, ...]:
    return (
        f"{row.case}: {row.target}",
        f"{row.rate:,.0f}",
        f"{row.rate / first.rate:.2f}",
        f"{row.spread:.2f}",
        _known(row.cpu, ".3f"),
        _known(row.settled, ".3f"),
        _known(None if row.memory is None else row.memory / 1_000, ".1f"),
    )


def _known(value: float | None, form: str) -> str:
    return "-" if value is None else format(value, form)


def _times(name: str, told: dict[str, Times]) -> Iterator[str]:
    rows = ((key, f"{one.p50:.2f}", f"{one.p99:.2f}", str(one.taken)) for key, one in told.items())
    return table((name, "p50 ms", "p99 ms", "n"), rows)


def _reading(figures: Figures) -> Iterator[str]:
    reads = figures.reads
    if not reads:
        return
    head = ("with so many messages stored", *(f"{read.messages:,}" for read in reads))
    rows = [
        (
            f"{name}, ms p50 / p99",
            *(f"{read.times[name].p50:.1f} / {read.times[name].p99:.1f}" for read in reads),
        )
        for name in reads[0].times
    ]
    rows += [
        ("start, s", *(f"{read.start_seconds:.2f}" for read in reads)),
        ("delete all, s", *(f"{read.delete_seconds:.2f}" for read in reads)),
        ("resident, MB", *(f"{read.resident_octets / MEGA:.0f}" for read in reads)),
        ("stored, messages/s", *(f"{read.filled.stored:,.0f}" for read in reads)),
        ("described, messages/s", *(f"{read.filled.described:,.0f}" for read in reads)),
        ("with trigrams, messages/s", *(f"{read.filled.indexed:,.0f}" for read in reads)),
    ]
    yield from table(head, rows)


def _starting(figures: Figures) -> Iterator[str]:
    start = figures.startup
    rows = (
        ("ready after, s", f"{start.ready:.2f}"),
        ("resident when idle, MB", f"{start.resident / MEGA:.0f}"),
        ("a verb, s", f"{start.verb:.2f}"),
        ("the engine alone, messages/s", f"{figures.engine:,.0f}"),
    )
    return table(("", "median"), rows)


def _goals(told: Sequence[Held]) -> Iterator[str]:
    return table(("goal", "figure", "wanted", "verdict"), map(_goal, told))


def _goal(one: Held) -> tuple[str, ...]:
    goal = one.goal
    wanted = f"≥ {goal.least:g}" if goal.least is not None else f"≤ {goal.most:g}"
    figure = (
        "-"
        if one.figure is None
        else f"{one.figure:,.2f}"
        if one.figure < 1_000
        else f"{one.figure:,.0f}"
    )
    return goal.name, f"{figure} {goal.unit}".strip(), f"{wanted} {goal.unit}".strip(), one.verdict
