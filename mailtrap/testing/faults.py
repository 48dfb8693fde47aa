"""Faults of one test's inbox, which are expected to act."""

from mailtrap.client.errors import FaultNeverFired
from mailtrap.client.inbox import FaultHandle, Inbox


class Faults:
    """The faults that a test added."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._added: list[tuple[FaultHandle, bool]] = []

    def add(self, *, strict: bool = True, **rule: object) -> FaultHandle:
        """Add one, as ``Inbox.fault`` does; ``strict`` has it act as often as it says."""
        handle = self._inbox.fault(**rule)  # type: ignore[arg-type]  # its own words are checked there
        self._added.append((handle, strict))
        return handle

    def end(self) -> None:
        """Remove them. Raises FaultNeverFired for one that acted less often than it was to."""
        short = []
        for handle, strict in self._added:
            handle.remove()
            if strict and handle.times and handle.hits < handle.times:
                short.append(f"  {handle.name}: {handle.hits} of {handle.times} times")
        if short:
            rows = "\n".join(short)
            raise FaultNeverFired(f"faults of inbox {self._inbox.name} acted less often:\n{rows}")
