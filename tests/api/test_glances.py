from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailtrap.api.glancing import Glancer
from mailtrap.store.records import RecipientOutcome

if TYPE_CHECKING:
    from mailtrap.catcher import Catcher
    from tests.api.conftest import Client, Posted, Problems

CODE = b"Subject: Sign in\r\n\r\nYour code is 481 516.\r\n\r\nOr: https://shop.test/in?c=1\r\n"


async def glances(client: Client, *ids: str) -> list[dict[str, Any]]:
    response = await client.get("/api/glances", params=[("id", one) for one in ids])
    assert response.status == 200, await response.text()
    told: dict[str, list[dict[str, Any]]] = await response.json()
    return told["glances"]


async def test_a_glance_tells_how_a_message_begins_its_code_and_its_links(
    client: Client, post: Posted
) -> None:
    name = await post(CODE)
    assert await glances(client, name) == [
        {
            "id": name,
            "snippet": "Your code is 481 516. Or: https://shop.test/in?c=1",
            "code": "481516",
            "links": 1,
            "refused": [],
        }
    ]


async def test_glances_come_as_asked_for_without_those_that_are_gone(
    client: Client, post: Posted, catcher: Catcher
) -> None:
    first, second, third = [await post() for _ in range(3)]
    assert len(await glances(client, first, second, third)) == 3
    await catcher.delete([second])
    told = await glances(client, third, "0000000nothing", second, first, third)
    assert [one["id"] for one in told] == [third, first]


async def test_replies_that_refused_something_of_a_message_are_told(
    client: Client, post: Posted, catcher: Catcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = await post()
    attempt = await catcher.attempt_for(name)
    assert attempt
    recipients = (
        RecipientOutcome("a@b.test", {}, "250 2.1.5 Ok", accepted=True),
        RecipientOutcome("b@b.test", {}, "550 5.1.1 No such user", accepted=False),
        RecipientOutcome("c@b.test", {}, "250 2.1.5 Ok", accepted=True, final="452 4.2.2 Full"),
    )
    changed = type(attempt)(
        **{name: getattr(attempt, name) for name in attempt.__struct_fields__}
        | {"recipients": recipients, "verdict": "refused", "reply": "451 4.7.1 Later"}
    )

    async def attempt_for(_: str, *, inbox: str | None = None) -> object:
        return changed

    monkeypatch.setattr(catcher, "attempt_for", attempt_for)
    (told,) = await glances(client, name)
    assert told["refused"] == [
        {"recipient": "b@b.test", "reply": "550 5.1.1 No such user"},
        {"recipient": "c@b.test", "reply": "452 4.2.2 Full"},
        {"recipient": None, "reply": "451 4.7.1 Later"},
    ]


async def test_of_a_huge_message_only_the_beginning_is_read(client: Client, post: Posted) -> None:
    line = b"word " * 15 + b"\r\n"
    body = b"Subject: s\r\n\r\n" + line * (2_000_000 // len(line)) + b"Your code is 481516\r\n"
    (told,) = await glances(client, await post(body))
    assert len(told["snippet"]) <= 160
    assert told["snippet"].startswith("word word")
    assert told["code"] is None


async def test_a_glance_is_read_once_and_only_so_many_are_remembered(
    catcher: Catcher, post: Posted, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [await post() for _ in range(3)]
    glancer = Glancer(catcher, remembered=2)
    asked: list[str] = []
    raw = catcher.raw

    async def counted(message_id: str, *, inbox: str | None = None) -> object:
        asked.append(message_id)
        return await raw(message_id)

    monkeypatch.setattr(catcher, "raw", counted)
    for name in (names[0], names[0], names[1], names[2], names[1], names[0]):
        assert await glancer(name)
    assert asked == [names[0], names[1], names[2], names[0]]


@pytest.mark.parametrize("query", ["", "id=", "name=x", "&".join(["id=x"] * 101)])
async def test_a_wrong_question_is_told_what_it_may_be(
    client: Client, problem: Problems, query: str
) -> None:
    told = await problem(await client.get(f"/api/glances?{query}"), 400)
    assert told["detail"]
    assert told["allowed"]


async def test_nothing_is_marked_read_by_a_glance(client: Client, post: Posted) -> None:
    name = await post()
    await glances(client, name)
    (row,) = (await (await client.get("/api/messages")).json())["messages"]
    assert (row["id"], row["read"]) == (name, False)
