from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from mailtrap.store.records import Line, Session

if TYPE_CHECKING:
    from mailtrap.api.info import ServerInfo
    from mailtrap.catcher import Catcher
    from tests.api.conftest import Client, Posted, Problems, Started


async def test_a_session_is_listed_without_and_told_with_its_transcript(
    client: Client, connect: Posted
) -> None:
    name = await connect()
    listing = await (await client.get("/api/sessions")).json()
    (row,) = listing["sessions"]
    assert "transcript" not in row
    assert (row["id"], row["end"], row["ended_at"]) == (
        name,
        "client quit",
        "2026-05-04T03:02:01.000987Z",
    )
    assert row["findings"][0]["id"] == "bare-lf"
    session = await (await client.get(f"/api/sessions/{name}")).json()
    assert session.pop("transcript") == [
        {"at": 0.0, "side": "S", "text": "220 hi"},
        {"at": 1.5, "side": "C", "text": "QUIT"},
    ]
    assert session == row


async def test_a_password_of_a_session_is_masked(
    client: Client, serve: Started, connect: Posted, open_handed: ServerInfo
) -> None:
    name = await connect(secret="hunter2")
    for path in ("/api/sessions", f"/api/sessions/{name}"):
        assert "hunter2" not in await (await client.get(path)).text()
        told = await (await (await serve(facts=open_handed)).get(path)).text()
        assert "hunter2" in told


async def test_sessions_come_in_pages(client: Client, connect: Posted) -> None:
    old, middle, new = [await connect() for _ in range(3)]
    first = await (await client.get("/api/sessions?limit=1")).json()
    second = await (await client.get(first["older"])).json()
    third = await (await client.get(second["older"])).json()
    pages = [[row["id"] for row in page["sessions"]] for page in (first, second, third)]
    assert pages == [[new], [middle], [old]]
    assert third["older"] is None
    back = await (await client.get(third["newer"])).json()
    assert [row["id"] for row in back["sessions"]] == [middle]


async def test_an_open_session_is_listed_first_and_can_be_read(
    client: Client, catcher: Catcher, connect: Posted
) -> None:
    name = await connect()
    ended = await catcher.session(name)
    assert ended
    live = msgspec.structs.replace(
        ended, seq=0, id="open", ended_at=None, end=None, transcript=(Line(0.0, "S", "220"),)
    )
    catcher.live = lambda: [live]
    listing = await (await client.get("/api/sessions")).json()
    assert [(row["id"], row["ended_at"] is None) for row in listing["sessions"]] == [
        ("open", True),
        (name, False),
    ]
    session = await (await client.get("/api/sessions/latest")).json()
    assert (session["id"], len(session["transcript"])) == ("open", 1)


async def test_older_sessions_are_found_behind_a_page_of_open_ones(
    client: Client, catcher: Catcher, connect: Posted
) -> None:
    names = [await connect() for _ in range(2)]
    ended = await catcher.session(names[0])
    assert ended
    catcher.live = lambda: [
        msgspec.structs.replace(ended, seq=0, id=f"open{n}", ended_at=None) for n in range(3)
    ]
    seen = await walk(client, "/api/sessions?limit=2")
    assert seen[-2:] == names[::-1]


async def walk(client: Client, url: str | None) -> list[str]:
    seen: list[str] = []
    while url and len(seen) < 20:
        page = await (await client.get(url)).json()
        seen += [row["id"] for row in page["sessions"]]
        url = page["older"]
    return seen


async def test_attempts_tell_what_was_refused(client: Client, refuse: Posted) -> None:
    name = await refuse()
    (row,) = (await (await client.get("/api/attempts")).json())["attempts"]
    assert (row["id"], row["verdict"], row["reply"], row["message"]) == (
        name,
        "refused",
        "550 5.1.1 No",
        None,
    )
    assert row["lines"] == [3, 9]
    assert row["recipients"] == [
        {
            "address": "bob@b.test",
            "params": {},
            "reply": "250 2.1.5 Ok",
            "accepted": True,
            "final": None,
        }
    ]
    assert await (await client.get(f"/api/attempts/{name}")).json() == row
    assert await (await client.get("/api/attempts/latest")).json() == row


async def attempts(client: Client, query: str) -> list[str]:
    page = await (await client.get(f"/api/attempts?{query}")).json()
    return [row["id"] for row in page["attempts"]]


async def test_attempts_are_chosen_by_verdict_session_and_inbox(
    client: Client, refuse: Posted
) -> None:
    refused = await refuse()
    aborted = await refuse("aborted", inboxes=("a",))
    assert await attempts(client, "") == [aborted, refused]
    assert await attempts(client, "verdict=refused") == [refused]
    assert await attempts(client, "inbox=a") == [aborted]
    assert await attempts(client, "session=0000000session") == [aborted, refused]
    assert await attempts(client, "session=other") == []
    assert await attempts(client, f"before={aborted}") == [refused]
    latest = await (await client.get("/api/attempts/latest?inbox=default")).json()
    assert latest["id"] == refused


async def test_a_page_of_attempts_keeps_the_verdict(client: Client, refuse: Posted) -> None:
    for verdict in ("refused", "aborted", "refused"):
        await refuse(verdict)
    first = await (await client.get("/api/attempts?limit=1&verdict=refused")).json()
    second = await (await client.get(first["older"])).json()
    assert [row["verdict"] for row in second["attempts"]] == ["refused"]
    assert second["older"] is None


async def test_a_wrong_verdict_is_answered_with_the_right_ones(
    client: Client, problem: Problems
) -> None:
    told = await problem(await client.get("/api/attempts?verdict=maybe"), 400)
    assert told["field"] == "verdict"
    assert told["allowed"] == ["aborted", "accepted", "refused"]


async def test_an_accepted_attempt_names_its_message(client: Client, post: Posted) -> None:
    name = await post()
    message = await (await client.get(f"/api/messages/{name}")).json()
    attempt = await (await client.get(message["urls"]["attempt"])).json()
    assert (attempt["id"], attempt["message"]) == (message["attempt"], name)


@pytest.mark.parametrize("path", ["/api/sessions", "/api/attempts"])
async def test_a_cursor_that_names_nothing_is_refused(
    client: Client, problem: Problems, path: str
) -> None:
    told = await problem(await client.get(f"{path}?before=nothing"), 400)
    assert told["field"] == "before"


def test_a_session_row_has_all_but_the_transcript() -> None:
    assert "transcript" in Session.__struct_fields__
