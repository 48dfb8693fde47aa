from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from mailtrap.api.keys import WAITS
from mailtrap.api.telling import MISSING
from mailtrap.catcher import Opening
from mailtrap.waits.hub import Hub
from tests.api.conftest import NOW

if TYPE_CHECKING:
    from mailtrap.catcher import Catcher
    from tests.api.conftest import Client, Posted, Problems

RESET = b"Subject: Reset your password\r\nFrom: shop@x.test\r\n\r\nClick\r\n"


async def answer(client: Client, query: str, status: int = 200) -> dict[str, Any]:
    response = await client.get(f"/api/wait?{query}")
    body: dict[str, Any] = await response.json(content_type=None)
    assert response.status == status, body
    assert response.headers["X-Next-Cursor"] == body["cursor"]
    return body


def hub(client: Client) -> Hub:
    assert client.app
    return client.app[WAITS]


async def opened(client: Client, waits: int) -> None:
    """Return when so many waits are open."""
    async with asyncio.timeout(10):
        while len(hub(client)) != waits:  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.001)


async def test_a_message_that_is_there_is_given_with_the_next_cursor(
    client: Client, post: Posted
) -> None:
    name = await post(RESET)
    body = await answer(client, "rcpt=bob@b.test&subject=reset")
    listing = await (await client.get("/api/messages")).json()
    assert body["messages"] == listing["messages"]
    assert body["messages"][0]["id"] == name
    assert (body["ok"], body["reason"], body["attempts"]) == (True, None, [])
    after = await answer(client, f"rcpt=bob@b.test&timeout=0&after={body['cursor']}", 404)
    assert after["reason"] == "no-message"


async def test_a_message_that_comes_ends_the_wait(client: Client, post: Posted) -> None:
    waiting = asyncio.ensure_future(answer(client, "subject=reset&timeout=30s"))
    await opened(client, 1)
    await post()
    name = await post(RESET)
    assert [one["id"] for one in (await waiting)["messages"]] == [name]


async def test_with_detail_messages_are_whole(client: Client, post: Posted) -> None:
    name = await post(RESET)
    body = await answer(client, "detail=1")
    assert body["messages"] == [await (await client.get(f"/api/messages/{name}")).json()]


async def test_a_criterion_may_be_given_more_than_once(client: Client, post: Posted) -> None:
    await post(RESET)
    assert (await answer(client, "subject=reset&subject=password"))["ok"]
    body = await answer(client, "subject=reset&subject=welcome&timeout=0", 404)
    assert body["arrived"][0]["differs"] == ["subject"]


async def test_a_search_goes_with_criteria(client: Client, post: Posted) -> None:
    await post(RESET)
    assert (await answer(client, "rcpt=bob@b.test&q=reset+-welcome"))["ok"]
    assert not (await answer(client, "rcpt=bob@b.test&q=-reset&timeout=0", 404))["ok"]


async def test_attempts_are_given_as_such(client: Client, refuse: Posted, post: Posted) -> None:
    await refuse()
    await post()
    body = await answer(client, "of=attempts&count=2&rcpt=bob@b.test")
    assert [one["verdict"] for one in body["attempts"]] == ["refused", "accepted"]
    assert body["messages"] == []


async def test_a_failure_is_a_problem_that_tells_all(
    client: Client, post: Posted, refuse: Posted, connect: Posted, problem: Problems
) -> None:
    near = await post()
    other = await post(RESET, inboxes=("gw3",))
    await refuse(rules=("greylist",))
    session = await connect()
    response = await client.get("/api/wait?subject=reset&inbox=default&timeout=0")
    body: dict[str, Any] = await problem(response, 404)
    assert body["ok"] is False
    assert body["reason"] == "no-message"
    assert body["expected"] == '1 message with subject ~ "reset" in inbox default'
    assert body["detail"] == body["story"].splitlines()[0]
    assert (body["messages"], body["cursor"]) == ([], "0")
    assert [(one["id"], one["differs"]) for one in body["arrived"]] == [(near, ["subject"])]
    assert [(one["id"], one["inboxes"]) for one in body["elsewhere"]] == [(other, ["gw3"])]
    [tried] = body["attempts"]
    assert (tried["stage"], tried["rule"], tried["reply"]) == ("rcpt", "greylist", "550 5.1.1 No")
    assert body["smtp"]["connections"] == 1
    assert body["smtp"]["listeners"] == ["127.0.0.1:1025"]
    assert f"/m/{near}" in body["story"]
    assert session not in body["story"]


async def test_times_are_told_since_the_inbox_was_opened(
    client: Client, catcher: Catcher, post: Posted
) -> None:
    catcher.opened = lambda name: Opening(0, NOW.replace(second=0)) if name == "gw3" else None
    await post(inboxes=("gw3",))
    body = await answer(client, "subject=reset&inbox=gw3&timeout=0", 404)
    assert body["arrived"][0]["after"] == pytest.approx(1.001, abs=0.001)
    assert "+1.00s" in body["story"]


async def test_an_inbox_that_was_opened_begins_there(
    client: Client, catcher: Catcher, post: Posted
) -> None:
    await post(RESET, inboxes=("gw3",))
    cursor = hub(client).seq
    catcher.opened = lambda name: Opening(cursor, NOW) if name == "gw3" else None
    assert (await answer(client, "inbox=gw3&timeout=0", 404))["cursor"] == str(cursor)
    assert (await answer(client, "inbox=gw3&timeout=0&after=start"))["ok"]


async def test_after_now_leaves_out_what_is_there(client: Client, post: Posted) -> None:
    await post(RESET)
    waiting = asyncio.ensure_future(answer(client, "after=now"))
    await opened(client, 1)
    name = await post()
    assert [one["id"] for one in (await waiting)["messages"]] == [name]


async def test_a_cursor_that_was_just_committed_is_no_error(client: Client, post: Posted) -> None:
    await post()
    listing = await (await client.get("/api/messages")).json()
    await answer(client, f"after={listing['cursor']}&timeout=0", 404)


async def test_two_are_a_conflict(client: Client, post: Posted) -> None:
    await post()
    await post()
    body = await answer(client, "rcpt=bob@b.test", 409)
    assert body["reason"] == "too-many-messages"
    assert len(body["messages"]) == 2


async def test_more_are_given_where_they_are_asked_for(client: Client, post: Posted) -> None:
    names = [await post(), await post(), await post()]
    all_of_them = await answer(client, "at_least=2")
    assert [one["id"] for one in all_of_them["messages"]] == names
    assert [one["id"] for one in (await answer(client, "count=3"))["messages"]] == names
    newest = await answer(client, "latest=1")
    assert [one["id"] for one in newest["messages"]] == names[-1:]
    assert newest["cursor"] == all_of_them["cursor"]


async def test_an_unexpected_message_is_a_conflict(client: Client, post: Posted) -> None:
    assert (await answer(client, "none=1&rcpt=bob@b.test"))["messages"] == []
    await post()
    assert (await answer(client, "none=1&rcpt=bob@b.test", 409))["reason"] == "unexpected-message"


async def test_a_failure_can_be_told_with_success(client: Client, post: Posted) -> None:
    await post()
    body = await answer(client, "subject=reset&timeout=0&on_timeout=empty")
    assert (body["ok"], body["reason"], body["status"]) == (False, "no-message", 404)
    assert body["story"]


BAD = {
    "subjct=x": ("subjct", "did you mean subject?"),
    "recipient=x": ("recipient", "did you mean rcpt?"),
    "tiemout=1": ("tiemout", "did you mean timeout?"),
    "xyzzy=1": ("xyzzy", "There is no parameter"),
    "timeout=61": ("timeout", "at most 60s in one request"),
    "timeout=1y": ("timeout", "is not a duration"),
    "none=1&within=2m": ("within", "at most 60s"),
    "quiet=61s": ("quiet", "at most 60s"),
    "count=1000000": ("count", "1000"),
    "count=0": ("count", ">= 1"),
    "at_least=x": ("at_least", "int"),
    "count=1&count=2": ("count", "once"),
    "count=2&latest=1": ("latest", "cannot go with count"),
    "at_least=2&none=1": ("none", "cannot go with at_least"),
    "within=1": ("within", "timeout"),
    "none=1&quiet=1": ("quiet", "within"),
    "after=x": ("after", "such as 1234"),
    "after=999999": ("after", "this server has only come to"),
    "of=letters": ("of", "letters"),
    "on_timeout=x": ("on_timeout", "x"),
    "subject=/(/": ("subject", "subject"),
    "q=after:someday": ("q", "at character"),
    "query=has:nothing": ("query", "unknown here"),
    "header=:": ("header", "header"),
    "inbox=": ("inbox", "length"),
}


@pytest.mark.parametrize("query", BAD)
async def test_a_mistake_is_told_by_name(client: Client, problem: Problems, query: str) -> None:
    field, words = BAD[query]
    body = await problem(await client.get(f"/api/wait?{query}"), 400)
    assert body["field"] == field
    assert words in str(body["detail"])
    assert body["allowed"] is not None


async def test_attempts_cannot_be_asked_for_what_they_do_not_have(
    client: Client, problem: Problems
) -> None:
    body = await problem(await client.get("/api/wait?of=attempts&subject=x"), 400)
    assert body["detail"] == 'an attempt cannot be asked for subject ~ "x".'
    assert "rcpt" in str(body["allowed"])


async def test_the_place_of_a_mistake_is_told(client: Client, problem: Problems) -> None:
    body = await problem(await client.get("/api/wait?q=hello+after:someday"), 400)
    assert body["place"] == len("hello after:")


async def test_more_waits_than_may_be_are_refused_for_now(
    client: Client, problem: Problems, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub(client), "_limit", 1)
    first = asyncio.ensure_future(client.get("/api/wait?timeout=30"))
    await opened(client, 1)
    response = await client.get("/api/wait")
    body = await problem(response, 503)
    assert "as many waits as there may be at once (1)" in str(body["detail"])
    assert response.headers["Retry-After"]
    first.cancel()


async def test_a_server_that_stops_ends_its_waits(client: Client, problem: Problems) -> None:
    waiting = asyncio.ensure_future(client.get("/api/wait?timeout=30"))
    await opened(client, 1)
    await hub(client).close()
    body = await problem(await waiting, 503)
    assert body["detail"] == "The server is stopping."


async def test_open_waits_are_among_the_numbers(client: Client) -> None:
    waiting = asyncio.ensure_future(client.get("/api/wait?timeout=30"))
    await opened(client, 1)
    assert "mailtrap_open_waits 1.0" in await (await client.get("/metrics")).text()
    waiting.cancel()


def test_missing_is_told_apart_from_conflict() -> None:
    assert frozenset({"no-message", "no-attempt"}) == MISSING
