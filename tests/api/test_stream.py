from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from mailtrap.api import stream
from mailtrap.api.keys import STREAMS
from mailtrap.api.streams import Streams, TooManyStreamsError
from mailtrap.bus import Bus
from mailtrap.store.records import SessionOpened

if TYPE_CHECKING:
    from aiohttp import ClientResponse

    from mailtrap.catcher import Catcher
    from mailtrap.store.records import Change
    from tests.api.conftest import Client, Posted, Problems, Started


async def follow(client: Client, query: str = "", **headers: str) -> ClientResponse:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    response = await client.get(f"/api/stream{query}", headers=sent)
    assert response.status == 200
    return response


async def block(response: ClientResponse) -> dict[str, str]:
    """The fields of the next block, comments as the field with the empty name."""
    fields: dict[str, str] = {}
    async with asyncio.timeout(5):
        while line := (await response.content.readline()).decode().rstrip("\n"):
            name, _, value = line.partition(":")
            fields[name] = value.strip()
    return fields


async def event(response: ClientResponse) -> tuple[str, dict[str, object]]:
    """The name and data of the next event."""
    while "event" not in (fields := await block(response)):
        pass
    data: dict[str, object] = json.loads(fields["data"])
    assert int(fields["id"]) == data["seq"]
    return fields["event"], data


async def test_a_message_is_told_as_it_comes(client: Client, post: Posted) -> None:
    response = await follow(client)
    name = await post()
    kinds = [await event(response), await event(response)]
    assert sorted(kind for kind, _ in kinds) == ["attempt.added", "message.added"]
    added = next(data for kind, data in kinds if kind == "message.added")
    listing = await (await client.get("/api/messages")).json()
    assert added["message"] == listing["messages"][0]
    assert listing["messages"][0]["id"] == name


async def test_the_headers_are_those_of_a_stream(client: Client) -> None:
    response = await follow(client)
    assert response.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"


async def test_head_gives_the_headers_and_ends(client: Client) -> None:
    async with asyncio.timeout(5):
        response = await client.head("/api/stream")
        assert await response.read() == b""
    assert response.content_type == "text/event-stream"


async def test_every_kind_of_change_is_told(
    client: Client, catcher: Catcher, post: Posted, connect: Posted
) -> None:
    response = await follow(client)
    name = await post()
    await client.patch(f"/api/messages/{name}", json={"read": True, "tags": ["t"]})
    await client.delete(f"/api/messages/{name}")
    await post()
    await client.delete("/api/messages")
    catcher.session_opened("s", "smtp", "127.0.0.1:1")
    await connect(secret="hunter2")
    told = dict([await event(response) for _ in range(9)])
    assert set(told) == {
        "message.added",
        "attempt.added",
        "messages.updated",
        "messages.deleted",
        "messages.cleared",
        "session.opened",
        "session.closed",
    }
    assert told["messages.updated"]["ids"] == [name]
    assert told["messages.updated"]["add_tags"] == ["t"]
    assert told["messages.deleted"]["reason"] == "request"
    assert told["messages.cleared"]["inbox"] is None
    assert told["session.opened"]["peer"] == "127.0.0.1:1"
    assert "hunter2" not in json.dumps(told["session.closed"])


@pytest.mark.parametrize("way", ["since", "Last_Event_ID"])
async def test_a_stream_resumes_without_loss_or_doubling(
    client: Client, post: Posted, way: str
) -> None:
    await post()
    cursor = (await (await client.get("/api/messages")).json())["cursor"]
    missed = await post()
    by_header = {way: str(cursor)} if way != "since" else {}
    response = await follow(client, f"?since={cursor}" if way == "since" else "", **by_header)
    later = await post()
    told = [await event(response) for _ in range(4)]
    seqs = [int(str(data["seq"])) for _, data in told]
    messages = [data["message"] for kind, data in told if kind == "message.added"]
    assert [message["id"] for message in messages if isinstance(message, dict)] == [missed, later]
    assert seqs == sorted(set(seqs))
    assert seqs[0] > cursor


async def test_what_the_browser_remembers_goes_before_the_url(client: Client, post: Posted) -> None:
    await post()
    cursor = (await (await client.get("/api/messages")).json())["cursor"]
    response = await follow(client, "?since=0", Last_Event_ID=str(cursor))
    assert (await block(response))["id"] == str(cursor)


async def test_a_new_stream_tells_its_cursor_at_once(client: Client, post: Posted) -> None:
    await post()
    cursor = (await (await client.get("/api/messages")).json())["cursor"]
    assert await block(await follow(client)) == {"retry": "1000", "id": str(cursor)}


async def test_a_gap_is_told(client: Client) -> None:
    response = await follow(client, "?since=99999")
    assert (await event(response))[0] == "gap"


async def test_a_cursor_that_the_bus_has_not_reached_yet_is_waited_for(
    client: Client, catcher: Catcher, bus: Bus[Change], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def flush() -> None:
        bus.publish([SessionOpened(7, "s", "smtp", "127.0.0.1:1")])

    monkeypatch.setattr(catcher, "flush", flush)
    response = await follow(client, "?since=7")
    await block(response)
    bus.publish([SessionOpened(8, "t", "smtp", "127.0.0.1:1")])
    assert (await event(response))[0] == "session.opened"


async def test_an_inbox_hears_what_concerns_it(
    client: Client, catcher: Catcher, post: Posted
) -> None:
    await post(inboxes=("mine",))
    response = await follow(client, "?inbox=mine")
    await post(inboxes=("other",))
    catcher.session_opened("s", "smtp", "127.0.0.1:1")
    await client.delete("/api/messages?inbox=other")
    await client.delete("/api/messages?inbox=mine")
    name = await post(inboxes=("mine", "other"))
    told = [await event(response) for _ in range(3)]
    assert sorted(kind for kind, _ in told) == [
        "attempt.added",
        "message.added",
        "messages.cleared",
    ]
    (message,) = [data["message"] for kind, data in told if kind == "message.added"]
    assert isinstance(message, dict)
    assert message["id"] == name


async def test_the_cursor_moves_past_what_does_not_concern(client: Client, post: Posted) -> None:
    response = await follow(client, "?inbox=mine")
    begin = int((await block(response))["id"])
    await post(inboxes=("other",))
    assert int((await block(response))["id"]) > begin


WRONG = [
    ("?since=x", {}, "since"),
    ("?since=-1", {}, "since"),
    ("?since=99999999999999999999", {}, "since"),
    ("?frob=1", {}, "frob"),
    ("", {"Last-Event-ID": "x"}, "Last-Event-ID"),
    ("", {"Last-Event-ID": "-1"}, "Last-Event-ID"),
    ("", {"Last-Event-ID": "9" * 30}, "Last-Event-ID"),
]


@pytest.mark.parametrize(("query", "headers", "field"), WRONG)
async def test_a_wrong_cursor_is_refused(
    client: Client, problem: Problems, query: str, headers: dict[str, str], field: str
) -> None:
    told = await problem(await client.get(f"/api/stream{query}", headers=headers), 400)
    assert told["field"] == field


async def test_silence_is_filled_with_comments(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "LOOK", 0.001)
    monkeypatch.setattr(stream, "HEARTBEAT", 0.002)
    response = await follow(client)
    await block(response)
    assert await block(response) == {"": ""}


async def test_streams_are_bounded(
    serve: Started, problem: Problems, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await serve()
    assert client.app
    monkeypatch.setattr(client.app[STREAMS], "_limit", 2)
    for _ in range(2):
        await block(await follow(client))
    refused = await client.get("/api/stream")
    assert refused.headers["Retry-After"] == "5"
    await problem(refused, 503)


async def test_a_stream_ends_when_its_client_goes(
    serve: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "LOOK", 0.001)
    client = await serve()
    assert client.app
    streams = client.app[STREAMS]
    response = await follow(client)
    await block(response)
    assert len(streams) == 1
    (opened,) = streams
    response.close()
    async with asyncio.timeout(5):
        async for _ in opened:
            pass
    assert len(streams) == 0


async def test_a_stream_ends_when_the_server_stops(serve: Started) -> None:
    client = await serve()
    assert client.app
    response = await follow(client)
    await block(response)
    await client.app.shutdown()
    async with asyncio.timeout(5):
        assert await response.content.read() == b""


async def test_no_stream_begins_while_the_server_stops() -> None:
    bus: Bus[Change] = Bus()
    streams = Streams()
    opened = streams.open(bus, 0)
    streams.close_all()
    with pytest.raises(StopAsyncIteration):
        await anext(opened)
    with pytest.raises(TooManyStreamsError):
        streams.open(bus, 0)


async def test_a_full_bus_takes_no_stream() -> None:
    bus: Bus[Change] = Bus(subscriptions=1)
    streams = Streams()
    first = streams.open(bus, 0)
    with pytest.raises(TooManyStreamsError):
        streams.open(bus, 0)
    streams.close(first)
    streams.close(first)
    streams.open(bus, 0)
    assert len(streams) == 1
