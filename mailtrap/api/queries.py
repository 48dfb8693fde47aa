"""Searches in requests: the language's errors, told as problems with their place."""

from datetime import UTC, datetime
from typing import Final

from mailtrap.api.problems import Place, RequestError
from mailtrap.search.language import QueryError, parse
from mailtrap.search.tree import Node

FIELD: Final = "q"


def searched(text: str) -> Node:
    """The tree of a search; everything where the text is empty.

    Raises:
        RequestError: 400 where it cannot be understood.
    """
    try:
        return parse(text, now=datetime.now(UTC))
    except QueryError as error:
        place = Place(error.place, error.length)
        raise RequestError(
            400, f"{FIELD}: {error}.", field=FIELD, allowed=error.expected, place=place
        ) from None


def narrowed(text: str) -> Node:
    """The tree of a search that something is to be done by: an empty one is refused, it is no all.

    Raises:
        RequestError: 400 where it is empty, or cannot be understood.
    """
    if not text.strip():
        detail = f"{FIELD}: an empty search would mean all; say all, or what to look for."
        raise RequestError(400, detail, field=FIELD, allowed=("a search",))
    return searched(text)
