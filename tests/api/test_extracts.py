"""Links and codes of a message over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.conftest import Client, Posted, Problems

MAIL = (
    b"Subject: Sign in\r\nList-Unsubscribe: <https://x.test/u>\r\n"
    b"Content-Type: text/html\r\n\r\n"
    b"<p>Your login code:</p><h1>482 913</h1>"
    b"<a href='https://x.test/in?t=1&amp;t=2&amp;n='>Sign in</a><img src='https://x.test/p.png'>\r\n"
)
CODE = {
    "value": "482913",
    "source": "html",
    "context": "482 913",
    "score": 1.0,
    "reasons": [
        "in a line below words that only mean one-time codes",
        "6 digits",
        "alone in its line or cell",
        "set off by its looks",
        "words about signing in or confirming near it",
    ],
}


def a_link(href: str, kind: str, text: str = "", source: str = "html") -> dict[str, object]:
    return {
        "href": href,
        "text": text,
        "source": source,
        "kind": kind,
        "query": {},
        "one_click": False,
    }


LINKS = [
    a_link("https://x.test/in?t=1&t=2&n=", "link", "Sign in")
    | {"query": {"t": ["1", "2"], "n": [""]}},
    a_link("https://x.test/p.png", "image"),
    a_link("https://x.test/u", "unsubscribe", source="header"),
]


async def test_the_links_of_a_message(client: Client, post: Posted) -> None:
    name = await post(MAIL)
    response = await client.get(f"/api/messages/{name}/links")
    assert await response.json() == {"links": LINKS}


async def test_the_codes_of_a_message(client: Client, post: Posted) -> None:
    await post(MAIL)
    response = await client.get("/api/messages/latest/codes")
    assert await response.json() == {"codes": [CODE]}


async def test_a_message_tells_both(client: Client, post: Posted) -> None:
    name = await post(MAIL)
    detail = await (await client.get(f"/api/messages/{name}")).json()
    assert detail["links"] == LINKS
    assert detail["codes"] == [CODE]
    assert detail["urls"]["raw"] == f"/api/messages/{name}/raw"


async def test_a_message_without_any_has_empty_lists(client: Client, post: Posted) -> None:
    name = await post(b"")
    assert await (await client.get(f"/api/messages/{name}/links")).json() == {"links": []}
    assert await (await client.get(f"/api/messages/{name}/codes")).json() == {"codes": []}


async def test_a_large_message_is_looked_through_all_the_same(client: Client, post: Posted) -> None:
    name = await post(b"Subject: code\r\n\r\nLogin code: 482913\r\n" + b"word " * 10_000)
    codes = (await (await client.get(f"/api/messages/{name}/codes")).json())["codes"]
    assert [code["value"] for code in codes] == ["482913"]


@pytest.mark.parametrize("what", ["links", "codes"])
async def test_a_message_that_is_not_there_has_none(
    client: Client, problem: Problems, what: str
) -> None:
    await problem(await client.get(f"/api/messages/none/{what}"), 404)


@pytest.mark.parametrize(
    ("search", "count"),
    [
        ("has:code", 1),
        ("code:482913", 1),
        ("code:111111", 0),
        ("has:link", 1),
        ("link:x.test/in", 1),
        ("link:p.png", 0),
    ],
)
async def test_searches_see_them(client: Client, post: Posted, search: str, count: int) -> None:
    await post(MAIL)
    await post(b"Subject: other\r\n\r\nNothing")
    found = await (await client.get("/api/messages", params={"q": search})).json()
    assert len(found["messages"]) == count
