from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from mailtrap.store.records import RecipientOutcome
from tests.api.conftest import NOW

if TYPE_CHECKING:
    from tests.api.conftest import Client, Posted


def outcome(address: str, reply: str, *, final: str | None = None) -> RecipientOutcome:
    return RecipientOutcome(address, {}, reply, accepted=reply.startswith("2"), final=final)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("recipient=A@X.test", {"one", "two"}),
        ("recipient=b@x.test", {"two"}),
        ("recipient=c@x.test", set()),
        ("sender=ANN@a.test", {"one"}),
        ("sender=", {"two"}),
        ("rule=grey", {"two"}),
        ("rule=gre", set()),
        ("rule=grey&recipient=a@x.test&verdict=aborted", {"two"}),
        ("rule=grey&verdict=refused", set()),
        ("recipient=a@x.test&inbox=other", {"two"}),
    ],
)
async def test_attempts_are_narrowed_to_their_parties(
    client: Client, refuse: Posted, query: str, found: set[str]
) -> None:
    a, b = outcome("a@x.test", "451 No"), outcome("B@x.test", "250 Ok")
    names = {await refuse(recipients=(a,)): "one"}
    two = await refuse(
        "aborted", ("other",), recipients=(a, b), reverse_path="", rules=("first", "grey")
    )
    names[two] = "two"
    rows = (await (await client.get(f"/api/attempts?{query}")).json())["attempts"]
    assert {names[row["id"]] for row in rows} == found


async def test_a_recipient_has_the_sequence_of_its_replies(client: Client, refuse: Posted) -> None:
    tries = ((0.0, "451 4.7.1 Later"), (1.1, "451 4.7.1 Later"), (3.2, "250 Ok"))
    for seconds, reply in tries:
        await refuse(
            recipients=(outcome("a@x.test", reply),),
            reply="250 2.0.0 Ok: queued",
            started_at=NOW + timedelta(seconds=seconds),
        )
    await refuse(recipients=(outcome("b@x.test", "550 No"),))
    body = await (await client.get("/api/attempts/recipients?recipient=A@x.test")).json()
    (row,) = body["recipients"]
    assert row["address"] == "a@x.test"
    assert [(one["reply"], one["at"], one["gap"]) for one in row["replies"]] == [
        ("451 4.7.1 Later", 0.0, None),
        ("451 4.7.1 Later", 1.1, 1.1),
        ("250 2.0.0 Ok: queued", 3.2, 2.1),
    ]
    body = await (await client.get("/api/attempts/recipients")).json()
    assert {row["address"] for row in body["recipients"]} == {"a@x.test", "b@x.test"}
    assert body["older"] is False


async def test_an_accepted_recipient_has_the_reply_that_decided(
    client: Client, refuse: Posted
) -> None:
    await refuse(recipients=(outcome("lmtp@x.test", "250 Ok", final="452 Full"),), reply="250 Ok")
    await refuse(recipients=(outcome("lost@x.test", "250 Ok"),), reply=None)
    rows = (await (await client.get("/api/attempts/recipients")).json())["recipients"]
    told = {row["address"]: row["replies"][0]["reply"] for row in rows}
    assert told == {"lmtp@x.test": "452 Full", "lost@x.test": None}


async def test_a_limit_tells_that_there_are_older_attempts(client: Client, refuse: Posted) -> None:
    for _ in range(3):
        await refuse()
    body = await (await client.get("/api/attempts/recipients?limit=2")).json()
    assert body["older"] is True
    assert len(body["recipients"][0]["replies"]) == 2
