from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from mailtrap.api.inputs import MAX_TAGS

if TYPE_CHECKING:
    from mailtrap.catcher import Catcher
    from tests.api.conftest import Client, Posted, Problems


async def ids(client: Client) -> list[str]:
    return [row["id"] for row in (await (await client.get("/api/messages")).json())["messages"]]


async def test_patch_sets_the_read_flag_both_ways(client: Client, post: Posted) -> None:
    name = await post()
    for read in (True, False):
        response = await client.patch(f"/api/messages/{name}", json={"read": read})
        assert (await response.json())["read"] is read
        assert (await (await client.get("/api/messages")).json())["unread"] == 1 - read


async def test_patch_replaces_the_tags(client: Client, post: Posted) -> None:
    name = await post(tags=("a", "b"))
    response = await client.patch(f"/api/messages/{name}", json={"tags": ["b", "c", "c"]})
    assert sorted((await response.json())["tags"]) == ["b", "c"]
    response = await client.patch(f"/api/messages/{name}", json={"tags": []})
    assert (await response.json())["tags"] == []


async def test_an_empty_patch_changes_nothing(client: Client, post: Posted) -> None:
    name = await post(tags=("a",))
    message = await (await client.patch(f"/api/messages/{name}", json={})).json()
    assert (message["read"], message["tags"]) == (False, ["a"])


async def test_a_tag_is_put_and_taken(client: Client, post: Posted, problem: Problems) -> None:
    name = await post()
    url = f"/api/messages/{name}/tags/%C3%A4%20%2F%20b"
    assert (await (await client.put(url)).json())["tags"] == ["ä / b"]
    assert (await (await client.put(url)).json())["tags"] == ["ä / b"]
    assert await (await client.get("/api/tags")).json() == {"tags": {"ä / b": 1}}
    assert (await (await client.delete(url)).json())["tags"] == []
    await problem(await client.delete(url), 404)


@pytest.mark.parametrize("tag", ["%00", "a%0Ab", "x" * 101, "%7F"])
async def test_a_tag_that_cannot_be_one_is_refused(
    client: Client, post: Posted, problem: Problems, tag: str
) -> None:
    name = await post()
    told = await problem(await client.put(f"/api/messages/{name}/tags/{tag}"), 400)
    assert told["field"] == "tag"


async def test_a_message_has_at_most_so_many_tags(
    client: Client, post: Posted, problem: Problems
) -> None:
    name = await post(tags=tuple(f"t{n}" for n in range(MAX_TAGS)))
    await problem(await client.put(f"/api/messages/{name}/tags/more"), 400)
    assert (await client.put(f"/api/messages/{name}/tags/t0")).status == 200


TAGS_ALLOWED = ["list of texts of 1 to 100 characters"]
BODIES = {
    "no JSON": (b"{", None, None),
    "no UTF-8": (b'{"tags": ["\xff"]}', None, None),
    "nothing": (b"", None, None),
    "a list": (b"[]", None, ["read", "tags"]),
    "null": (b"null", None, ["read", "tags"]),
    "unknown member": (b'{"colour": 1}', "colour", ["read", "tags"]),
    "wrong type": (b'{"read": "yes"}', "read", ["boolean"]),
    "null for a flag": (b'{"read": null}', "read", ["boolean"]),
    "tag with a line end": (
        b'{"tags": ["a\\n"]}',
        "tags[0]",
        ["list of texts of 1 to 100 characters"],
    ),
    "too many tags": (b'{"tags": [%s"x"]}' % (b'"x",' * 50), "tags", None),
    "deep": (b'{"tags": ' + b"[" * 100_000, "tags[0]", None),
}


@pytest.mark.parametrize(("body", "field", "allowed"), BODIES.values(), ids=BODIES)
async def test_a_wrong_body_names_the_field_and_changes_nothing(
    client: Client,
    post: Posted,
    problem: Problems,
    body: bytes,
    field: str | None,
    allowed: list[str] | None,
) -> None:
    name = await post(tags=("kept",))
    headers = {"Content-Type": "application/json"}
    told = await problem(
        await client.patch(f"/api/messages/{name}", data=body, headers=headers), 400
    )
    assert told.get("field") == field
    assert allowed is None or told["allowed"] == allowed
    assert (await (await client.get(f"/api/messages/{name}")).json())["tags"] == ["kept"]


async def test_a_body_that_is_said_to_be_something_else_is_415(
    client: Client, post: Posted, problem: Problems
) -> None:
    name = await post()
    told = await problem(await client.patch(f"/api/messages/{name}", data={"read": "1"}), 415)
    assert told["allowed"] == ["application/json"]


async def test_a_body_too_large_is_413(client: Client, post: Posted, problem: Problems) -> None:
    name = await post()
    headers = {"Content-Type": "application/json"}
    body = b'{"read": true}' + b" " * (1024 * 1024 - 13)
    for method, url in (("PATCH", f"/api/messages/{name}"), ("DELETE", "/api/messages")):
        response = await client.request(method, url, data=BytesIO(body), headers=headers)
        await problem(response, 413)
    assert (await (await client.get("/api/messages")).json())["unread"] == 1


async def test_many_messages_are_changed_by_id(client: Client, post: Posted) -> None:
    one, two, _ = [await post(tags=("old",)) for _ in range(3)]
    body = {"ids": [one, two, "gone"], "read": True, "add_tags": ["new"], "remove_tags": ["old"]}
    assert await (await client.patch("/api/messages", json=body)).json() == {"updated": 2}
    assert await (await client.get("/api/tags")).json() == {"tags": {"new": 2, "old": 1}}
    assert (await (await client.get("/api/messages")).json())["unread"] == 1


async def test_all_messages_of_an_inbox_are_changed(client: Client, post: Posted) -> None:
    await post(inboxes=("a",))
    await post(inboxes=("b",))
    body = {"all": True, "inbox": "a", "read": True}
    assert await (await client.patch("/api/messages", json=body)).json() == {"updated": 1}
    assert await (await client.patch("/api/messages", json={"all": True, "read": True})).json() == {
        "updated": 2
    }


MANY = {
    "neither ids nor all": ({"read": True}, "ids"),
    "both": ({"ids": [], "all": True, "read": True}, "ids"),
    "ids and inbox": ({"ids": [], "inbox": "a", "read": True}, "inbox"),
    "no change": ({"all": True}, "read"),
    "a bad tag": ({"all": True, "add_tags": [""]}, "add_tags[0]"),
    "no list": ({"ids": "abc", "read": True}, "ids"),
}


@pytest.mark.parametrize(("body", "field"), MANY.values(), ids=MANY)
async def test_a_change_of_many_without_sense_is_refused(
    client: Client, post: Posted, problem: Problems, body: dict[str, object], field: str
) -> None:
    await post()
    told = await problem(await client.patch("/api/messages", json=body), 400)
    assert told["field"] == field
    assert (await (await client.get("/api/messages")).json())["unread"] == 1


async def test_tags_in_use_are_bounded(
    client: Client, post: Posted, problem: Problems, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailtrap.api.messages.MAX_DISTINCT_TAGS", 2)
    await post(tags=("a", "b"))
    fits = {"all": True, "add_tags": ["a"]}
    assert (await client.patch("/api/messages", json=fits)).status == 200
    told = await problem(
        await client.patch("/api/messages", json={"all": True, "add_tags": ["c"]}), 400
    )
    assert told["field"] == "add_tags"


async def test_one_message_is_deleted(client: Client, post: Posted, problem: Problems) -> None:
    name, kept = await post(), await post()
    assert (await client.delete(f"/api/messages/{name}")).status == 204
    await problem(await client.delete(f"/api/messages/{name}"), 404)
    assert await ids(client) == [kept]


async def test_latest_can_be_deleted(client: Client, post: Posted) -> None:
    kept, _ = await post(), await post()
    assert (await client.delete("/api/messages/latest")).status == 204
    assert await ids(client) == [kept]


async def test_all_are_deleted_without_a_body(client: Client, post: Posted) -> None:
    await post()
    await post()
    assert await (await client.delete("/api/messages")).json() == {"deleted": 2}
    assert await ids(client) == []


async def test_an_inbox_is_emptied(client: Client, post: Posted) -> None:
    await post(inboxes=("a",))
    kept = await post(inboxes=("b",))
    assert await (await client.delete("/api/messages?inbox=a")).json() == {"deleted": 1}
    assert await ids(client) == [kept]


async def test_only_the_named_are_deleted(client: Client, post: Posted) -> None:
    name, kept = await post(), await post()
    response = await client.delete("/api/messages", json={"ids": [name, "gone"]})
    assert await response.json() == {"deleted": 1}
    assert await ids(client) == [kept]


async def test_an_empty_list_of_ids_deletes_nothing(client: Client, post: Posted) -> None:
    await post()
    response = await client.delete("/api/messages", json={"ids": []})
    assert await response.json() == {"deleted": 0}
    assert len(await ids(client)) == 1


DELETES = {
    "no JSON": (b"{ids", 400),
    "a space": (b" ", 400),
    "null": (b"null", 400),
    "empty object": (b"{}", 400),
    "a list": (b'["a"]', 400),
    "other words": (b'{"IDs": ["a"]}', 400),
    "null ids": (b'{"ids": null}', 400),
    "a number": (b'{"ids": [1]}', 400),
}


@pytest.mark.parametrize(("body", "status"), DELETES.values(), ids=DELETES)
async def test_a_delete_that_cannot_be_read_deletes_nothing(
    client: Client, post: Posted, problem: Problems, body: bytes, status: int
) -> None:
    await post()
    headers = {"Content-Type": "application/json"}
    await problem(await client.delete("/api/messages", data=body, headers=headers), status)
    await problem(await client.delete("/api/messages", data=body), 415)
    assert len(await ids(client)) == 1


@pytest.mark.parametrize("query", ["ids=a", "inbox=", "all=1"])
async def test_a_delete_with_a_wrong_query_deletes_nothing(
    client: Client, post: Posted, problem: Problems, query: str
) -> None:
    await post()
    await problem(await client.delete(f"/api/messages?{query}"), 400)
    assert len(await ids(client)) == 1


async def test_a_delete_names_messages_one_way_only(
    client: Client, post: Posted, problem: Problems
) -> None:
    name = await post()
    await problem(await client.delete("/api/messages?inbox=default", json={"ids": [name]}), 400)
    assert await ids(client) == [name]


@pytest.mark.parametrize("query", ["", "&q=subject:hello"])
async def test_what_came_after_the_cursor_is_not_deleted(
    client: Client, post: Posted, catcher: Catcher, query: str
) -> None:
    await post()
    cursor = (await (await client.get("/api/messages")).json())["cursor"]
    newer = await post()
    told = await (await client.delete(f"/api/messages?upto={cursor}{query}")).json()
    assert told == {"deleted": 1}
    assert await catcher.message(newer) is not None
