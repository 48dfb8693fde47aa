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
    """All rules in the order in which they are asked; how many are active, and their hits.

    While they are ``paused`` none is.
    """

    faults: tuple[Fault, ...]
    active: int
    hits: int
    paused: bool


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
    """A rule that has a name of its own; parameters with what they are if left out.

    ``tests`` tells what an application shows under it; ``rules`` are its rules, in the order of
    ``providers``, or the one where there are none.
    """

    name: str
    on: tuple[str, ...]
    providers: tuple[str, ...]
    parameters: dict[str, str]
    tests: str
    rules: tuple[dict[str, Json], ...]


class FaultProfile(Shape, frozen=True, kw_only=True):
    """A server as which ``mailtrap serve --profile NAME`` speaks; nothing fails by it.

    In its ``banner`` ``{h}`` stands for the host's name.
    """

    name: str
    banner: str
    size: int
    recipients: int


class FaultPresets(Shape, frozen=True, kw_only=True):
    """All presets, and the profiles beside them."""

    presets: tuple[FaultPreset, ...]
    profiles: tuple[FaultProfile, ...]


class FaultStage(Shape, frozen=True, kw_only=True):
    """A point of a session at which a rule may act."""

    name: str
    help: str


class FaultWord(Shape, frozen=True, kw_only=True):
    """A word of a rule: what it takes, an example of that, and the stages where it can stand.

    ``values`` are those that it, or its first word, may have; none where they are many.
    """

    name: str
    takes: str
    help: str
    example: str
    values: tuple[str, ...]
    stages: tuple[str, ...]


class FaultVocabulary(Shape, frozen=True, kw_only=True):
    """All that a rule can say; ``fills`` may stand in braces in the text of a reply."""

    stages: tuple[FaultStage, ...]
    conditions: tuple[FaultWord, ...]
    actions: tuple[FaultWord, ...]
    amounts: tuple[FaultWord, ...]
    fills: tuple[str, ...]


class FaultVerdict(Shape, frozen=True, kw_only=True):
    """What a rule would do: act, or not; ``reason`` is why not."""

    rule: str
    acts: bool
    reason: str | None


class FaultTrial(Shape, frozen=True, kw_only=True):
    """A dry run: what would be answered without rules and with them, and what each would do."""

    stage: str
    before: str
    after: str
    verdicts: tuple[FaultVerdict, ...]
