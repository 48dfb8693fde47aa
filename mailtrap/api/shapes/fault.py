"""Fault rules, what they did, and what there is to choose from."""

from mailtrap.api.shapes.base import Json, Shape, Time


class Fault(Shape, frozen=True, kw_only=True):
    """A rule in its two forms, and what was counted for it; ``place`` is from 0.

    ``active`` tells whether it may still act; ``expires_at`` is null where it does not expire.
    """

    name: str
    place: int
    rule: dict[str, Json]
    line: str
    enabled: bool
    active: bool
    matched: int
    acted: int
    expires_at: Time | None


class FaultList(Shape, frozen=True, kw_only=True):
    """All rules in the order in which they are asked; how many are active, and their hits."""

    faults: tuple[Fault, ...]
    active: int
    hits: int


class FaultHit(Shape, frozen=True, kw_only=True):
    """A rule acted: what was to be answered before it, and what after."""

    rule: str
    at: Time
    session: str
    stage: str
    before: str
    after: str


class FaultHits(Shape, frozen=True, kw_only=True):
    """Hits, newest first."""

    hits: tuple[FaultHit, ...]


class FaultPreset(Shape, frozen=True, kw_only=True):
    """A rule that has a name of its own; parameters with what they are if left out."""

    name: str
    on: tuple[str, ...]
    providers: tuple[str, ...]
    parameters: dict[str, str]


class FaultPresets(Shape, frozen=True, kw_only=True):
    """All presets."""

    presets: tuple[FaultPreset, ...]
