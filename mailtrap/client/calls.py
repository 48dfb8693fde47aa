"""What is asked of a server, without how: the same for the sync and the async client.

An operation is a generator: it yields calls, is sent their answers, and returns what came of it.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from mailtrap.client.http import Json

T = TypeVar("T")

SLACK: float = 10.0
"""Seconds that an answer may take beyond the wait that was asked for."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request. ``query`` has pairs, so that a name may come again; ``waits`` is in seconds.

    The answer is decoded JSON, or with ``octets`` the octets as they are.
    """

    method: str
    path: str
    query: Sequence[tuple[str, str]] = ()
    body: Json = None
    waits: float = 0.0
    octets: bool = False


Told: TypeAlias = dict[str, Any]
"""A JSON object that the server sent."""

Steps: TypeAlias = Generator[Call, Any, T]
"""An operation that comes to a ``T``."""
