"""What a client did wrong and the server forgave (or refused because it had to)."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from mailtrap.smtp.catalogue import CATALOGUE, Severity

SESSION_LIMIT = 200
"""Distinct findings kept for one session; beyond it only what is known already is counted."""

EVIDENCE_LIMIT = 120
"""Octets of evidence kept with a finding."""

FindingKey: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule of the RFCs that was broken.

    ``evidence`` is the octets that show it, backslash-escaped to printable ASCII; ``offset`` where
    they stand (in the command line, or in the content); ``count`` how often in this place.
    """

    id: str
    severity: Severity
    stage: str
    message: str
    rfc: str
    evidence: str = ""
    offset: int | None = None
    hint: str = ""
    count: int = 1


def finding(
    finding_id: str,
    stage: str,
    evidence: bytes | str = b"",
    *details: object,
    offset: int | None = None,
    count: int = 1,
) -> Finding:
    """A finding of the catalogue; ``details`` fill the gaps of its text.

    Raises KeyError where the catalogue has no such id.
    """
    if not (evidence or details) and offset is None and count == 1:
        return _plain(finding_id, stage)
    return _build(finding_id, stage, evidence, details, offset, count)


def _build(
    finding_id: str,
    stage: str,
    evidence: bytes | str,
    details: tuple[object, ...],
    offset: int | None,
    count: int,
) -> Finding:
    entry = CATALOGUE[finding_id]
    shown = evidence.encode("utf-8", "surrogateescape") if isinstance(evidence, str) else evidence
    return Finding(
        id=finding_id,
        severity=entry.severity,
        stage=stage,
        message=entry.text.format(*map(_clipped, details)) if details else entry.text,
        rfc=entry.rfc,
        evidence=escape(shown),
        offset=offset,
        hint=entry.hint,
        count=count,
    )


@lru_cache(256)
def _plain(finding_id: str, stage: str) -> Finding:
    """One that says nothing of this session: it comes again in every other (2 µs)."""
    return _build(finding_id, stage, b"", (), None, 1)


def _clipped(detail: object) -> object:
    """What a client wrote goes into a message only so far."""
    long = isinstance(detail, str) and len(detail) > EVIDENCE_LIMIT
    return f"{detail[:EVIDENCE_LIMIT]}…" if isinstance(detail, str) and long else detail


def escape(octets: bytes, limit: int = EVIDENCE_LIMIT) -> str:
    """Octets as printable ASCII with backslash escapes, an ellipsis where some were left out."""
    text = octets[:limit].decode("latin-1").encode("unicode_escape").decode("ascii")
    return text + ("…" if len(octets) > limit else "")


class FindingLog:
    """The findings of one session or transaction: one entry per kind and place, with a count."""

    __slots__ = ("_entries", "_limit")

    def __init__(self, limit: int = SESSION_LIMIT) -> None:
        self._entries: dict[FindingKey, Finding] = {}
        self._limit = limit

    def add(self, new: Finding) -> None:
        """Keep a finding, or count it where the same one stands already."""
        key = (new.id, new.stage, new.message)
        known = self._entries.get(key)
        if known is not None:
            self._entries[key] = replace(known, count=known.count + new.count)
        elif len(self._entries) < self._limit:
            self._entries[key] = new

    def extend(self, found: tuple[Finding, ...]) -> None:
        """Keep several."""
        for new in found:
            self.add(new)

    def all(self) -> tuple[Finding, ...]:
        """What was found, in the order it was first seen."""
        return tuple(self._entries.values())
