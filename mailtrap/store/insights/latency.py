"""How long each stage of a dialogue took, read from transcripts. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from mailtrap.store.insights.records import Latency
from mailtrap.store.records import Line

STAGES: Final = (
    "greeting", "helo", "starttls", "tls", "auth", "mail", "rcpt", "data", "content", "quit",
)  # fmt: skip
"""In the order of the dialogue. Each is the time from the client's words to the reply; but:

``greeting`` from the connection, ``tls`` the handshake alone, ``content`` from the 354 on: it has
the sending of the octets in it as well as the storing.
"""

_VERBS: Final = {
    "EHLO": "helo", "HELO": "helo", "LHLO": "helo", "STARTTLS": "starttls", "AUTH": "auth",
    "MAIL": "mail", "RCPT": "rcpt", "DATA": "data", "BDAT": "content", "QUIT": "quit",
}  # fmt: skip

_NEXT: Final = {("starttls", "220"): "tls", ("data", "354"): "content"}
"""The stage that a reply begins, by the stage it answers and its code."""


class Open(NamedTuple):
    """A stage that began, in milliseconds of the session."""

    stage: str
    at: float


def times(transcript: Iterable[Line]) -> Iterator[tuple[str, float]]:
    """Each stage with the milliseconds it took, in the order of the transcript."""
    now: Open | None = Open("greeting", 0.0)
    for line in transcript:
        if line.side == "C":
            now = now if now and now.stage == "auth" else _asked(line)
        elif now and (line.side == "S" or _is_handshake(line, now)):
            if now.stage == "auth" and line.text.startswith("334"):
                continue
            yield (now.stage if line.side == "S" else "tls"), line.at - now.at
            now = _after(line, now)


def summary(stage: str, milliseconds: Sequence[float]) -> Latency | None:
    """The middle and the end of what was measured; None where nothing was."""
    if not milliseconds:
        return None
    ordered = sorted(milliseconds)
    return Latency(
        stage=stage,
        count=len(ordered),
        median=_rank(ordered, 50),
        p95=_rank(ordered, 95),
        most=round(ordered[-1], 3),
    )


def by_stage(measured: Mapping[str, Sequence[float]]) -> tuple[Latency, ...]:
    """The summaries of what was measured, in the order of the dialogue."""
    told = (summary(stage, measured.get(stage, ())) for stage in STAGES)
    return tuple(one for one in told if one)


def _asked(line: Line) -> Open | None:
    stage = _VERBS.get(line.text.split(maxsplit=1)[0].upper() if line.text.strip() else "")
    return Open(stage, line.at) if stage else None


def _is_handshake(line: Line, now: Open) -> bool:
    """Whether a note tells that the handshake ended: after STARTTLS, or before the greeting."""
    return now.stage in {"tls", "greeting"} and line.side == "*" and line.text.startswith("TLS")


def _after(line: Line, now: Open) -> Open | None:
    if line.side == "*":
        return Open("greeting", line.at) if now.stage == "greeting" else None
    stage = _NEXT.get((now.stage, line.text[:3]))
    return Open(stage, line.at) if stage else None


def _rank(ordered: Sequence[float], percent: int) -> float:
    """The smallest value that is no less than so many percent of all (nearest rank)."""
    return round(ordered[max(-(-len(ordered) * percent // 100) - 1, 0)], 3)
