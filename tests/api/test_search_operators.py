"""What the page, or an editor, needs to help one write a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailtrap.search.operators import OPERATORS
from mailtrap.smtp.catalogue import CATALOGUE

if TYPE_CHECKING:
    from tests.api.conftest import Client, Problems

URL = "/api/search/operators"


@pytest.fixture
async def told(client: Client) -> dict[str, dict[str, Any]]:
    """The operators by name."""
    response = await client.get(URL)
    assert response.status == 200
    return {row["name"]: row for row in (await response.json())["operators"]}


async def test_every_operator_is_told_in_the_order_of_the_table(
    told: dict[str, dict[str, Any]],
) -> None:
    assert list(told) == [row.name for row in OPERATORS]
    assert told["from"]["takes"] == "address or name"
    assert told["tag"]["aliases"] == ["label"]
    assert all(row["help"] and row["example"] for row in told.values())


async def test_an_operator_of_a_few_words_tells_them_all(told: dict[str, dict[str, Any]]) -> None:
    assert {name for name, row in told.items() if row["closed"]} == {"has", "is"}
    words = [value["value"] for value in told["is"]["values"]]
    assert {"read", "unread", "refused"} <= set(words)


async def test_the_ids_of_all_findings_are_offered(told: dict[str, dict[str, Any]]) -> None:
    offered = told["finding"]["values"]
    assert [value["value"] for value in offered] == list(CATALOGUE)
    assert not any("{" in value["help"] for value in offered)


async def test_every_value_that_is_offered_makes_a_search(
    client: Client, told: dict[str, dict[str, Any]]
) -> None:
    queries = [f"{n}:{value['value']}" for n, row in told.items() for value in row["values"]]
    assert queries
    for begin in range(0, len(queries), 50):
        params = {"q": " OR ".join(queries[begin : begin + 50])}
        assert (await client.get("/api/messages", params=params)).status == 200


async def test_a_parameter_is_refused(client: Client, problem: Problems) -> None:
    told = await problem(await client.get(URL, params={"name": "from"}), 400)
    assert told["field"] == "name"
