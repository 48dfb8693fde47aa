from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from mailtrap.api.info import ListenerInfo, Live, ServerInfo

if TYPE_CHECKING:
    from mailtrap.catcher import Catcher
    from tests.api.conftest import Client, Posted, Problems, Started


async def test_info_tells_where_to_send_and_what_there_is(
    serve: Started, info: ServerInfo, post: Posted
) -> None:
    facts = msgspec.structs.replace(
        info,
        listeners=(ListenerInfo("tls", "smtps://[::1]:465", "submission", "implicit", "required"),),
        live=lambda: Live(open_sessions=3),
    )
    await post(inboxes=("a",))
    client = await serve(facts=facts)
    told = await (await client.get("/api/info")).json()
    assert told.pop("cursor") > 0
    octets = told["counts"]["octets"]
    assert told == {
        "name": "mailtrap",
        "version": "1.2.3",
        "started_at": "2026-05-04T03:02:01.000987Z",
        "listeners": [
            {
                "name": "tls",
                "url": "smtps://[::1]:465",
                "protocol": "submission",
                "tls": "implicit",
                "auth": "required",
            }
        ],
        "limits": {"message_octets": 1000},
        "store": "memory",
        "counts": {
            "messages": 1,
            "unread": 1,
            "octets": octets,
            "attempts": 1,
            "sessions": 0,
            "open_sessions": 3,
            "inboxes": [{"name": "a", "messages": 1, "unread": 1, "octets": octets}],
        },
    }


async def test_ready_is_told_when_it_is_so(
    serve: Started, info: ServerInfo, problem: Problems
) -> None:
    facts = msgspec.structs.replace(info, live=lambda: Live(ready=False))
    client = await serve(facts=facts)
    await problem(await client.get("/readyz"), 503)
    assert (await client.get("/livez")).status == 200
    ready = await serve()
    assert (await ready.get("/readyz")).status == 200


async def metrics(client: Client) -> dict[str, float]:
    text = await (await client.get("/metrics")).text()
    lines = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


async def test_metrics_count_what_happened_and_what_there_is(
    client: Client, post: Posted, refuse: Posted, connect: Posted
) -> None:
    await post()
    await post()
    await refuse("aborted")
    await connect()
    await client.delete("/api/messages")
    await post()
    told = await metrics(client)
    assert told["mailtrap_messages_received_total"] == 3
    assert told["mailtrap_octets_received_total"] == 3 * told["mailtrap_stored_octets"]
    assert told['mailtrap_attempts_total{verdict="accepted"}'] == 3
    assert told['mailtrap_attempts_total{verdict="aborted"}'] == 1
    assert told['mailtrap_attempts_total{verdict="refused"}'] == 0
    assert told["mailtrap_stored_messages"] == 1
    assert told["mailtrap_stored_sessions"] == 1
    assert told['mailtrap_build_info{version="1.2.3"}'] == 1


async def test_metrics_count_sessions_as_they_begin(client: Client, catcher: Catcher) -> None:
    catcher.session_opened("s", "smtp", "127.0.0.1:1")
    await catcher.flush()
    assert (await metrics(client))["mailtrap_sessions_total"] == 1


async def test_two_servers_have_their_own_metrics(serve: Started) -> None:
    one, two = await serve(), await serve()
    assert (await one.get("/metrics")).status == 200
    assert (await two.get("/metrics")).headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/api/info", "/api/tags", "/api/openapi.json"])
async def test_a_parameter_where_there_is_none_is_refused(
    client: Client, problem: Problems, path: str
) -> None:
    told = await problem(await client.get(f"{path}?a=1"), 400)
    assert (told["field"], told["allowed"]) == ("a", [])
