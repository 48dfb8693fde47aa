"""How often each peer connects."""

from collections import OrderedDict

WINDOW = 60.0
"""Seconds."""

PEERS = 1_024
"""Peers that are remembered; the one that came least lately is forgotten first."""


class Arrivals:
    """Connections by peer within the current minute."""

    def __init__(self) -> None:
        self._peers: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def count(self, peer: str, now: float) -> int:
        """Count one more; how many there were within this minute, itself included."""
        began, number = self._peers.pop(peer, (now, 0))
        if now - began > WINDOW:
            began, number = now, 0
        self._peers[peer] = (began, number + 1)
        if len(self._peers) > PEERS:
            self._peers.popitem(last=False)
        return number + 1
