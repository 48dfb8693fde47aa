"""The search language, told to those who help to write it."""

from typing import Final

from aiohttp import web

from mailtrap.api.inputs import Nothing, read_query
from mailtrap.api.messages import as_json
from mailtrap.api.shapes import SearchOperator, SearchOperators, SearchValue
from mailtrap.search.offers import offers
from mailtrap.search.operators import OPERATORS, Operator


async def list_operators(request: web.Request) -> web.Response:
    """The operators of the search language, with values to offer."""
    read_query(request, Nothing)
    return as_json(_ALL)


def _operator(row: Operator) -> SearchOperator:
    return SearchOperator(
        name=row.name,
        aliases=row.aliases,
        takes=row.takes,
        example=row.example,
        help=row.help,
        values=tuple(SearchValue(value=value, help=line) for value, line in offers(row)),
        closed=bool(row.words),
    )


_ALL: Final = SearchOperators(operators=tuple(map(_operator, OPERATORS)))
