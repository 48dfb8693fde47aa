"""Running sums of what happened since the server began, for the metrics."""

from collections import Counter
from collections.abc import Sequence

from mailtrap.store import records


class Tally:
    """Counts changes as they pass by on the bus. ``attempts`` is by verdict."""

    def __init__(self) -> None:
        self.messages = 0
        self.octets = 0
        self.sessions = 0
        self.attempts: Counter[records.Verdict] = Counter()

    def add(self, changes: Sequence[records.Change]) -> None:
        """Take changes into account."""
        for change in changes:
            match change:
                case records.MessageAdded():
                    self.messages += 1
                    self.octets += change.message.size
                case records.AttemptAdded():
                    self.attempts[change.attempt.verdict] += 1
                case records.SessionOpened():
                    self.sessions += 1
                case _:
                    pass
