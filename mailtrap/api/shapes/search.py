"""The search language, for those who help to write it."""

from mailtrap.api.shapes.base import Shape


class SearchValue(Shape, frozen=True, kw_only=True):
    """What can stand after an operator."""

    value: str
    help: str


class SearchOperator(Shape, frozen=True, kw_only=True):
    """What is written ``name:value``; ``takes`` names the kind of value.

    Where ``closed``, ``values`` are all that it takes, else some of them.
    """

    name: str
    aliases: tuple[str, ...]
    takes: str
    example: str
    help: str
    values: tuple[SearchValue, ...]
    closed: bool


class SearchOperators(Shape, frozen=True, kw_only=True):
    """All operators."""

    operators: tuple[SearchOperator, ...]
