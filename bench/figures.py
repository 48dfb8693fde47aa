"""All that one run gives, as one record: what is printed, written as JSON, and held to goals."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bench.percentiles import Times
from bench.ratios import Row
from bench.reading import Read
from bench.receiving import Sent
from bench.startup import Startup

MEGA = 1_000_000


class Machine(NamedTuple):
    """Where it ran."""

    processor: str
    cores: int
    memory_octets: int
    system: str
    python: str
    when: str


class Figures(NamedTuple):
    """A run. ``sent`` holds every round; ``rows`` their medians."""

    machine: Machine
    sent: list[Sent]
    rows: list[Row]
    latency: dict[str, Times]
    news: dict[str, Times]
    engine: float
    startup: Startup
    reads: list[Read]


def machine() -> Machine:
    """This machine."""
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_octets=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        system=f"{platform.system()} {platform.release()}",
        python=f"{platform.python_implementation()} {platform.python_version()}",
        when=f"{datetime.now(UTC):%Y-%m-%d}",
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
