"""Values worth offering to one who writes a search, by what an operator takes."""

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from mailtrap.search.operators import Operator
from mailtrap.smtp.catalogue import CATALOGUE

Offers: TypeAlias = tuple[tuple[str, str], ...]
"""Values, each with a line of help."""

_GAP: Final = re.compile(r"\{[^}]*\}")

_OFFERS: Final[Mapping[str, Offers]] = {
    "date": (
        ("today", "Since midnight, UTC."),
        ("yesterday", "The day before."),
        ("monday", "The latest one before today."),
        ("10:30", "Today at that time."),
        ("2024-01-31", "A day."),
    ),
    "age": (
        ("10m", "Ten minutes."),
        ("1h", "An hour."),
        ("1d", "A day."),
        ("1w", "A week."),
        ("1mo", "A month."),
    ),
    "size": (("10K", "10 KB"), ("100K", "100 KB"), ("1M", "1 MB"), ("10M", "10 MB")),
    "code or text": (
        ("2xx", "Taken."),
        ("4xx", "Refused for now."),
        ("5xx", "Refused for good."),
        ("451", "One code."),
    ),
    "address or network": (("127.0.0.1", "One address."), ("10.0.0.0/8", "A network.")),
    "finding": tuple((name, _GAP.sub("…", entry.text)) for name, entry in CATALOGUE.items()),
}


def offers(row: Operator) -> Offers:
    """All values of an operator that has only a few, else some that serve as examples."""
    return row.words or _OFFERS.get(row.takes, ())
