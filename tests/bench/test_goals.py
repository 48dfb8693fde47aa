import json
from pathlib import Path

import pytest

from bench.figures import Figures, machine
from bench.filled import Filled
from bench.goals import GOALS, LEAST_STORED, MANY, held
from bench.percentiles import Times, times
from bench.ratios import rows
from bench.reading import Read
from bench.receiving import Sent
from bench.report import markdown, write_json
from bench.startup import Startup
from bench.targets import MEMORY, SINK

READS = {"list, newest": 5.0, "list, oldest": 11.0, "search, rare word": 49.0}


def figures(rate: float, stored: int = LEAST_STORED) -> Figures:
    """A run in which ours is so fast, and smtp-sink takes 100 messages a second."""
    sent = [Sent(MANY, SINK, 10, 100.0, 1, 1, 0), Sent(MANY, MEMORY, 10, rate, None, None, None)]
    read = Read(
        messages=stored,
        filled=Filled(stored, 1e4, 1e4, 1e4),
        times={name: Times(1, p99, 100) for name, p99 in READS.items()},
        start_seconds=0.5,
        delete_seconds=3,
        resident_octets=100_000_000,
    )
    start = Startup(0.3, 50_000_000, 0.2)
    return Figures(machine(), sent, rows(sent), {}, {}, 50_000.0, start, [read])


@pytest.mark.parametrize(("rate", "verdict"), [(69.0, "short"), (70.0, "pass"), (500.0, "pass")])
def test_a_ratio_is_held_against_its_goal(rate: float, verdict: str) -> None:
    told = {one.goal.name: one.verdict for one in held(figures(rate))}
    assert told[f"{MANY}: memory to smtp-sink"] == verdict


def test_what_was_not_measured_has_not_passed() -> None:
    told = {one.goal.name: one.verdict for one in held(figures(70, stored=10))}
    assert told[f"{MANY}: rate to maildev"] == "not measured"
    assert told["1,000,000 stored: delete all"] == "not measured"
    assert len(told) == len(GOALS)


def test_an_upper_bound_is_one() -> None:
    told = {one.goal.name: one.verdict for one in held(figures(70))}
    assert told["1,000,000 stored: list, newest, p99"] == "pass"
    assert told["1,000,000 stored: list, oldest, p99"] == "short"
    assert told["a verb"] == "short"


def test_a_run_is_told_as_tables_and_as_json(tmp_path: Path) -> None:
    told = markdown(figures(70))
    assert f"| {MANY}: {MEMORY} " in told
    assert "0.70" in told
    write_json(figures(70), tmp_path / "run.json")
    read = json.loads((tmp_path / "run.json").read_text())
    assert {goal["verdict"] for goal in read["goals"]} == {"pass", "short", "not measured"}
    assert read["rounds"][0]["rate"] == 100.0


def test_times_are_told_in_milliseconds() -> None:
    assert times([one / 1_000 for one in range(1, 101)]) == Times(50.0, 99.0, 100)
