"""Running sums of what happened since the server began, for the metrics."""

from collections import Counter

from mailtrap.bus import Gap
from mailtrap.store import records


class Tally:
    """Counts changes as they pass by on the bus. ``attempts`` is by verdict."""

    def __init__(self) -> None:
        self.messages = 0
        self.octets = 0
        self.sessions = 0
        self.attempts: Counter[records.Verdict] = Counter()

    def add(self, item: records.Change | Gap) -> None:
        """Take one change into account."""
        match item:
            case records.MessageAdded():
                self.messages += 1
                self.octets += item.message.size
            case records.AttemptAdded():
                self.attempts[item.attempt.verdict] += 1
            case records.SessionOpened():
                self.sessions += 1
            case _:
                pass
