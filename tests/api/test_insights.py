from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.conftest import FINDING, NOW

if TYPE_CHECKING:
    from tests.api.conftest import Client, Posted, Problems


async def insights(client: Client, query: str = "") -> dict[str, Any]:
    response = await client.get(f"/api/insights{query}")
    assert response.status == 200, await response.text()
    told: dict[str, Any] = await response.json()
    return told


async def test_figures_of_what_came_are_told(
    client: Client, post: Posted, refuse: Posted, connect: Posted
) -> None:
    await post(findings=(FINDING,))
    await post(mail_from="", rcpt_to=("bob@b.test", "Eve@b.test"))
    await refuse()
    await refuse("aborted", reply=None)
    await connect()
    told = await insights(client)
    assert (told["messages"], told["unread"], told["sessions"]) == (2, 2, 1)
    assert told["replies"] == {"2xx": 2, "4xx": 0, "5xx": 1, "aborted": 1}
    assert told["since"] == "2026-05-04T03:02:01.000987Z"
    (bucket,) = told["buckets"]
    assert bucket["at"] == "2026-05-04T03:02:01.000000Z"
    assert (told["width"], bucket["messages"], bucket["replies"]["5xx"]) == (1, 2, 1)
    assert told["senders"] == [
        {"address": "", "messages": 1},
        {"address": "ann@a.test", "messages": 1},
    ]
    assert told["recipients"][0] == {"address": "bob@b.test", "messages": 2}
    assert told["repeats"] == [
        {"kind": "subject", "text": "hello", "recipient": "bob@b.test", "messages": 2}
    ]
    (finding,) = told["findings"]
    assert (finding["id"], finding["messages"], finding["sessions"]) == ("bare-lf", 1, 1)
    assert [one["stage"] for one in told["latency"]] == ["greeting"]
    assert told["transactions"]["count"] == 3
    assert told["looked_at"] == {"messages": 2, "attempts": 4, "sessions": 1, "transcripts": 1}


async def test_a_server_without_mail_has_no_figures(client: Client) -> None:
    told = await insights(client)
    assert (told["messages"], told["latency"], told["transactions"]) == (0, [], None)


@pytest.mark.parametrize(
    ("query", "messages"),
    [
        ("?since=2026-05-04T03:02:01Z&until=2026-05-04T03:02:02Z", 1),
        ("?since=2026-05-04T03:02:02Z&until=2026-05-04T03:02:03Z", 0),
        ("?since=2026-05-04", 1),
        ("?until=2026-05-04", 0),
        ("?since=100y", 1),
        ("?since=1s", 0),
        ("?inbox=other", 0),
        ("?inbox=default&buckets=2", 1),
    ],
)
async def test_figures_are_narrowed_to_a_span_and_an_inbox(
    client: Client, post: Posted, query: str, messages: int
) -> None:
    await post()
    assert (await insights(client, query))["messages"] == messages


async def test_the_buckets_are_as_many_as_asked_at_most(client: Client, post: Posted) -> None:
    await post()
    until = (NOW + timedelta(hours=7)).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = await insights(client, f"?since=2026-05-04&until={until}&buckets=24")
    assert (told["width"], len(told["buckets"])) == (1_800, 21)
    assert sum(bucket["messages"] for bucket in told["buckets"]) == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?since=soon", "since"),
        ("?until=never", "until"),
        ("?since=", "since"),
        ("?since=2026-05-04&until=2026-05-04", "since"),
        ("?since=9999-01-01", "since"),
        ("?buckets=1", "buckets"),
        ("?buckets=501", "buckets"),
        ("?bucket=9", "bucket"),
        ("?inbox=", "inbox"),
    ],
)
async def test_a_mistake_is_told_with_what_is_allowed(
    client: Client, problem: Problems, query: str, field: str
) -> None:
    told = await problem(await client.get(f"/api/insights{query}"), 400)
    assert told["field"] == field
    assert told["allowed"]
