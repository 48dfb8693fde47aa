"""GET /metrics in the Prometheus text format. Imported at the first scrape."""

from collections.abc import Iterator
from typing import Final, NamedTuple, get_args

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from mailtrap.api.info import ServerInfo
from mailtrap.api.tally import Tally
from mailtrap.store.base import Counts
from mailtrap.store.records import Verdict

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST


class Waiting(NamedTuple):
    """How many clients are being told of what comes."""

    streams: int
    waits: int


def render(info: ServerInfo, held: Counts, tally: Tally, waiting: Waiting) -> bytes:
    """Every number, as text."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Numbers([*_sums(tally), *_levels(info, held, waiting), *_facts(info)]))
    return generate_latest(registry)


class _Numbers(Collector):
    """Metrics that are known already, for a registry of their own: none of it is global."""

    def __init__(self, metrics: list[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> list[Metric]:
        return self._metrics


def _sums(tally: Tally) -> Iterator[Metric]:
    """What grew since the server began."""
    sums = {
        "mailtrap_messages_received": ("Messages that were stored.", tally.messages),
        "mailtrap_octets_received": ("Octets of the messages that were stored.", tally.octets),
        "mailtrap_sessions": ("Connections that were accepted.", tally.sessions),
    }
    for name, (text, value) in sums.items():
        yield CounterMetricFamily(name, text, value=value)
    attempts = CounterMetricFamily("mailtrap_attempts", "Transactions, by end.", labels=["verdict"])
    for verdict in get_args(Verdict):
        attempts.add_metric([verdict], tally.attempts[verdict])
    yield attempts


def _levels(info: ServerInfo, held: Counts, waiting: Waiting) -> Iterator[Metric]:
    """What there is now."""
    levels = {
        "mailtrap_stored_messages": ("Messages in the store.", held.messages),
        "mailtrap_stored_unread_messages": ("Messages nobody has read.", held.unread),
        "mailtrap_stored_octets": ("Octets of the messages in the store.", held.octets),
        "mailtrap_stored_attempts": ("Attempts in the store.", held.attempts),
        "mailtrap_stored_sessions": ("Sessions in the store.", held.sessions),
        "mailtrap_open_sessions": ("Connections open now.", info.live().open_sessions),
        "mailtrap_event_streams": ("Event streams open now.", waiting.streams),
        "mailtrap_open_waits": ("Waits open now.", waiting.waits),
        "mailtrap_start_time_seconds": (
            "When it began (Unix time).",
            info.started_at.timestamp(),
        ),
    }
    for name, (text, value) in levels.items():
        yield GaugeMetricFamily(name, text, value=value)


def _facts(info: ServerInfo) -> Iterator[Metric]:
    facts = GaugeMetricFamily("mailtrap_build_info", "What runs.", labels=["version"])
    facts.add_metric([info.version], 1)
    yield facts
