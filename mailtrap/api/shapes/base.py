"""What the shapes have in common."""

from typing import Annotated, TypeAlias

import msgspec
from msgspec import UNSET, Meta, UnsetType

Time: TypeAlias = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
Link: TypeAlias = Annotated[str, Meta(extra_json_schema={"format": "uri-reference"})]
Json: TypeAlias = Annotated[object, Meta(extra_json_schema={"description": "Any value"})]
"""Any value of JSON."""

Params: TypeAlias = dict[str, str | None]


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """A JSON object that we send."""


class ProblemDetail(Shape, frozen=True, kw_only=True):
    """What was wrong with a request (RFC 9457).

    ``allowed`` is what ``field`` may be. Where the mistake is in a part of a longer text, ``place``
    is its offset and ``length`` its length, in characters.
    """

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    field: str | UnsetType = UNSET
    allowed: tuple[str, ...] | UnsetType = UNSET
    place: int | UnsetType = UNSET
    length: int | UnsetType = UNSET


class Listing(Shape, frozen=True, kw_only=True):
    """What every list tells: the pages beside it, and the cursor from which a stream goes on."""

    newer: Link | None
    older: Link | None
    cursor: int
