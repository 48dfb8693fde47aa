"""Searches by ``q``: what they find, what is done with it, how a mistake is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.conftest import Client, Posted, Problems

APPLE = b"Subject: red apple\r\n\r\nfresh\r\n"
PEAR = b"Subject: green pear\r\n\r\nfresh\r\n"


async def found(client: Client, q: str = "", **params: str) -> list[str]:
    response = await client.get("/api/messages", params={"q": q, **params})
    assert response.status == 200
    return [row["id"] for row in (await response.json())["messages"]]


@pytest.mark.parametrize(
    ("q", "apples", "pears"),
    [
        ("", 1, 1),
        ("apple", 1, 0),
        ("subject:apple", 1, 0),
        ("-apple", 0, 1),
        ("FRESH", 1, 1),
        ("apple OR pear", 1, 1),
        ("from:ann@a.test -pear", 1, 0),
        ("is:read", 0, 0),
        ("/gr.{2}n/", 0, 1),
    ],
)
async def test_a_search_speaks_the_language(
    client: Client, post: Posted, q: str, apples: int, pears: int
) -> None:
    head = b"From: ann@a.test\r\n"
    apple, pear = await post(head + APPLE), await post(head + PEAR)
    assert await found(client, q) == [pear] * pears + [apple] * apples


async def test_a_search_stays_in_its_inbox_and_the_totals_are_those_of_the_inbox(
    client: Client, post: Posted
) -> None:
    await post(APPLE, inboxes=("a",))
    await post(PEAR, inboxes=("a",))
    await post(APPLE, inboxes=("b",))
    params = {"q": "apple", "inbox": "a", "count": "true"}
    listing = await (await client.get("/api/messages", params=params)).json()
    assert (listing["total"], listing["matches"], len(listing["messages"])) == (2, 1, 1)
    del params["count"]
    assert "matches" not in await (await client.get("/api/messages", params=params)).json()


@pytest.mark.parametrize("q", ["", "apple"])
async def test_any_place_of_a_list_is_come_to_by_its_number(
    client: Client, post: Posted, q: str
) -> None:
    ids = [await post(APPLE) for _ in range(7)]
    ids.reverse()
    assert await found(client, q, offset="2", limit="3") == ids[2:5]
    assert await found(client, q, offset="5", limit="3") == ids[5:]
    assert await found(client, q, offset="7") == []
    assert await found(client, q, offset="1", limit="2", before=ids[1]) == ids[3:5]
    assert await found(client, q, offset="1", limit="2", after=ids[5]) == ids[2:4]


async def test_a_mistake_is_told_with_its_place_and_what_is_expected(
    client: Client, problem: Problems
) -> None:
    told = await problem(await client.get("/api/messages", params={"q": "apple form:ann"}), 400)
    assert (told["field"], told["place"], told["length"]) == ("q", 6, 5)
    assert "from:" in str(told["allowed"])
    assert "form" in str(told["detail"])
    assert "character 7" in str(told["detail"])


async def test_what_a_search_finds_is_changed(client: Client, post: Posted) -> None:
    apple, pear = await post(APPLE), await post(PEAR)
    response = await client.patch("/api/messages", json={"q": "apple", "read": True})
    assert await response.json() == {"updated": 1}
    assert (await found(client, "is:read"), await found(client, "is:unread")) == ([apple], [pear])
    change = {"q": "fresh", "inbox": "nobody", "read": True}
    assert await (await client.patch("/api/messages", json=change)).json() == {"updated": 0}


async def test_what_a_search_finds_is_deleted(client: Client, post: Posted) -> None:
    await post(APPLE, inboxes=("a", "b"))
    kept = await post(PEAR, inboxes=("a",))
    other = await post(APPLE, inboxes=("b",))
    params = {"q": "apple", "inbox": "a"}
    response = await client.delete("/api/messages", params=params)
    assert await response.json() == {"deleted": 1}
    assert await found(client) == [other, kept]


@pytest.mark.parametrize("q", ["", "  ", "form:ann", "("])
async def test_an_empty_or_mistaken_search_deletes_and_changes_nothing(
    client: Client, post: Posted, problem: Problems, q: str
) -> None:
    await post(APPLE)
    told = await problem(await client.delete("/api/messages", params={"q": q}), 400)
    assert told["field"] == "q"
    told = await problem(await client.patch("/api/messages", json={"q": q, "read": True}), 400)
    assert told["field"] == "q"
    assert len(await found(client, "is:unread")) == 1


async def test_messages_are_named_in_one_way_only(
    client: Client, post: Posted, problem: Problems
) -> None:
    name = await post(APPLE)
    both = {"q": "apple", "ids": [name], "read": True}
    assert (await problem(await client.patch("/api/messages", json=both), 400))["field"] == "ids"
    both = {"q": "apple", "all": True, "read": True}
    assert (await problem(await client.patch("/api/messages", json=both), 400))["field"] == "ids"
    response = await client.delete("/api/messages?q=apple", json={"ids": [name]})
    assert (await problem(response, 400))["field"] == "q"
    assert await found(client, "is:unread") == [name]
