"""One thing that was looked at and what came of it, for reports."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """An outcome: of a failure its ``reason`` in a word and the ``story`` for people.

    ``broken`` tells that it could not be looked at. ``seconds`` is how long it took.
    """

    name: str
    seconds: float
    reason: str = ""
    story: str = ""
    broken: bool = False

    @property
    def ok(self) -> bool:
        """Whether all is as it was asked."""
        return not self.reason
