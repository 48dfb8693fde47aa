"""Sizes as people write them in searches."""

import re
from typing import Final

from mailtrap.search.errors import UnusableError, shown
from mailtrap.search.tree import Size

SIZE_FORMS: Final = ("500", "10K", "1.5MB")

_FACTORS: Final = {"": 1, "b": 1, "k": 1024, "m": 1024**2, "g": 1024**3}
_SIZE: Final = re.compile(r"(\d{1,15}(?:\.\d{1,9})?)\s*([kmg]?)i?(b?)", re.ASCII)
_LARGEST: Final = 2**53


def read_size(text: str) -> int:
    """Octets: K and KB are 1,024, as Mailpit and Gmail have it. Raises UnusableError."""
    found = _SIZE.fullmatch(text.strip().lower())
    if found is None:
        raise UnusableError(f"{shown(text)} is no size", SIZE_FORMS)
    return min(int(float(found[1]) * _FACTORS[found[2]]), _LARGEST)


def larger(text: str) -> Size:
    """More octets than that."""
    return Size(least=read_size(text) + 1)


def smaller(text: str) -> Size:
    """Fewer octets than that."""
    return Size(most=read_size(text) - 1)


def sized(text: str) -> Size:
    """At least so many octets; ``>``, ``>=``, ``<`` and ``<=`` before it say otherwise."""
    found = re.match(r"[<>]?=?", text)
    sign = found[0] if found is not None else ""
    octets = read_size(text[len(sign) :])
    match sign:
        case ">":
            return Size(least=octets + 1)
        case "<":
            return Size(most=octets - 1)
        case "<=":
            return Size(most=octets)
        case "=":
            return Size(octets, octets)
        case _:
            return Size(least=octets)
