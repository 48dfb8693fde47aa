from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from mailtrap.api.changes import EventTexts, concerns, event
from mailtrap.bus import Gap
from mailtrap.store import records

if TYPE_CHECKING:
    from mailtrap.catcher import Catcher
    from tests.api.conftest import Posted


async def changes(
    catcher: Catcher, post: Posted, refuse: Posted, connect: Posted
) -> list[records.Change]:
    message = await catcher.message(await post(inboxes=("a",)))
    attempt = await catcher.attempt(await refuse(inboxes=("a",)))
    session = await catcher.session(await connect(secret="hunter2", inboxes=("a",)))
    assert message
    assert attempt
    assert session
    return [
        records.MessageAdded(1, message),
        records.AttemptAdded(2, attempt),
        records.SessionClosed(3, session),
        records.MessagesCleared(4, "a"),
        records.MessagesCleared(5, None),
        records.MessagesUpdated(6, ("x",), read=None, add_tags=(), remove_tags=()),
        records.MessagesDeleted(7, ("x",), "retention"),
        records.SessionOpened(8, "s", "smtp", "p"),
    ]


@pytest.mark.parametrize(
    ("inbox", "told"),
    [(None, {1, 2, 3, 4, 5, 6, 7, 8}), ("a", {1, 2, 3, 4, 5, 6, 7}), ("b", {5, 6, 7})],
)
async def test_a_reader_is_told_what_concerns_its_inbox(
    catcher: Catcher,
    post: Posted,
    refuse: Posted,
    connect: Posted,
    inbox: str | None,
    told: set[int],
) -> None:
    items = await changes(catcher, post, refuse, connect)
    assert {item.seq for item in items if concerns(item, inbox)} == told
    assert concerns(Gap(9), inbox)


async def test_an_event_has_the_id_the_kind_and_one_line_of_json(
    catcher: Catcher, post: Posted, refuse: Posted, connect: Posted
) -> None:
    for item in await changes(catcher, post, refuse, connect):
        id_, kind, data, *end = event(item).decode().split("\n")
        assert id_ == f"id: {item.seq}"
        assert kind == f"event: {msgspec.to_builtins(item)['type']}"
        assert json.loads(data.removeprefix("data: "))["seq"] == item.seq
        assert end == ["", ""]


@pytest.mark.parametrize("secrets", [True, False])
async def test_a_password_is_told_where_it_may(
    catcher: Catcher, post: Posted, refuse: Posted, connect: Posted, *, secrets: bool
) -> None:
    told = b"".join(
        event(item, secrets=secrets) for item in await changes(catcher, post, refuse, connect)
    )
    assert (b"hunter2" in told) is secrets


def test_a_gap_is_an_event_too() -> None:
    assert event(Gap(9)) == b'id: 9\nevent: gap\ndata: {"seq":9}\n\n'


async def test_an_event_is_made_once_and_forgotten_when_many_came(
    catcher: Catcher, post: Posted, refuse: Posted, connect: Posted
) -> None:
    one, two, three, *_ = await changes(catcher, post, refuse, connect)
    texts = EventTexts(remembered=2)
    made = [texts(item) for item in (one, two, one)]
    assert made == [event(one), event(two), event(one)]
    assert made[0] is made[2]
    texts(three)
    assert texts(one) is not made[0]
    assert texts(one) == made[0]


async def test_a_gap_does_not_stand_for_the_change_of_its_seq(
    catcher: Catcher, post: Posted, refuse: Posted, connect: Posted
) -> None:
    item, *_ = await changes(catcher, post, refuse, connect)
    texts = EventTexts()
    assert texts(Gap(item.seq)) == event(Gap(item.seq))
    assert texts(item) == event(item)
    assert texts(Gap(item.seq)) == event(Gap(item.seq))
