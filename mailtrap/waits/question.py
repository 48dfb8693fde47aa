"""What a wait asks: for which mail or attempts, how many, since when and for how long."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from mailtrap.search.tree import EVERYTHING, Node
from mailtrap.waits.cursor import START, Cursor

COUNT_LIMIT: Final = 1_000
"""Messages or attempts that one wait may ask for."""

SECONDS_LIMIT: Final = 60.0
"""Seconds that a wait, its quiet and its absence may last each."""

TIMEOUT: Final = 10.0
"""Seconds, where nothing is said."""

Of: TypeAlias = Literal["messages", "attempts"]
Amount: TypeAlias = Literal["exactly", "at least", "latest", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One wait.

    ``exactly`` so many are asked for and one more is a failure; ``at least`` gives all that are
    there; ``latest`` the newest of one or more; ``none`` fails at the first. Seconds: ``timeout``
    is how long the count may take; ``within`` how long none may come; ``quiet`` how long after the
    last one nothing more may come. ``drain`` waits until the transactions that are open now have
    ended: for none, or once the count was reached; ``lingers`` then looks on until the timeout.
    """

    node: Node = EVERYTHING
    of: Of = "messages"
    inbox: str | None = None
    after: Cursor = START
    amount: Amount = "exactly"
    count: int = 1
    timeout: float = TIMEOUT
    within: float = 0.0
    quiet: float = 0.0
    drain: bool = False
    lingers: bool = False
