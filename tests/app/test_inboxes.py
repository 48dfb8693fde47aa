"""Inboxes of a whole server: over sockets, and over HTTP."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.app.whole import Json, Whole

MAIL = b"Subject: hello\r\n\r\nx\r\n"


@pytest.fixture
async def caught(whole: Callable[..., Awaitable[Whole]]) -> Whole:
    return await whole()


async def post(whole: Whole, path: str, body: Json | None = None, status: int = 201) -> Json:
    async with whole.http.post(path, json=body) as response:
        assert response.status == status, await response.text()
        told: Json = await response.json()
        return told


async def delete(whole: Whole, path: str) -> None:
    async with whole.http.delete(path) as response:
        assert response.status in {200, 204}, await response.text()


async def listed(whole: Whole, inbox: str) -> list[object]:
    told = await whole.get(f"/api/messages?inbox={inbox}")
    messages = told["messages"]
    assert isinstance(messages, list)
    return [message["id"] for message in messages]


async def test_a_fresh_inbox_has_an_address_that_leads_into_it(caught: Whole) -> None:
    inbox = await post(caught, "/api/inboxes")
    message = await caught.mail(MAIL, str(inbox["address"]))
    other = await caught.mail(MAIL, "b@y.test")
    assert await listed(caught, str(inbox["name"])) == [message]
    assert await listed(caught, "default") == [other]
    assert (await caught.get(f"/api/inboxes/{inbox['name']}"))["messages"] == 1


async def test_a_message_for_two_inboxes_is_one_message_and_stays_where_it_is_not_cleared(
    caught: Whole,
) -> None:
    message = await caught.mail(MAIL, "a@inbox.example.com", "b@inbox.example.com")
    assert await caught.total() == 1
    await delete(caught, "/api/messages?inbox=a")
    assert await listed(caught, "a") == []
    assert await listed(caught, "b") == [message]


async def test_a_port_of_its_own_takes_all_mail_whoever_it_is_for(caught: Whole) -> None:
    inbox = await post(caught, "/api/inboxes", {"listen": True})
    smtp = inbox["smtp"]
    assert isinstance(smtp, dict)
    reader, writer = await asyncio.open_connection("127.0.0.1", smtp["port"])
    writer.write(b"EHLO c\r\nMAIL FROM:<a@x>\r\nRCPT TO:<b@y>\r\nDATA\r\n")
    writer.write(MAIL + b".\r\nQUIT\r\n")
    assert b"queued as" in await reader.read()
    writer.close()
    (message,) = await listed(caught, str(inbox["name"]))
    told = await caught.get(f"/api/messages/{message}")
    assert (await caught.get(f"/api/sessions/{told['session']}"))["inboxes"] == [inbox["name"]]
    await delete(caught, f"/api/inboxes/{inbox['name']}")
    with pytest.raises(OSError, match=r"refused|Connect call failed"):
        await asyncio.open_connection("127.0.0.1", smtp["port"])


async def test_whoever_logs_in_as_an_inbox_sends_into_it(caught: Whole) -> None:
    await post(caught, "/api/inboxes", {"name": "gw3"})
    peer = await caught.connect()
    await peer.say("EHLO c.test")
    await peer.say("AUTH PLAIN AGd3MwBwdw==")  # gw3, any password
    await peer.say("MAIL FROM:<a@x.test>")
    await peer.say("RCPT TO:<b@y.test>")
    await peer.say("DATA")
    peer.send(MAIL + b".\r\n")
    assert (await peer.reply()).startswith("250")
    assert len(await listed(caught, "gw3")) == 1


async def test_a_header_field_names_the_inbox(caught: Whole) -> None:
    message = await caught.mail(b"X-Inbox: gw7\r\n" + MAIL)
    assert await listed(caught, "gw7") == [message]


async def test_what_matches_an_inbox_is_in_it(caught: Whole) -> None:
    match = {"rcpt": "*@shop.example", "helo": ["app.*"]}
    await post(caught, "/api/inboxes", {"name": "shop", "match": match})
    message = await caught.mail(MAIL, "a@shop.example")
    assert await listed(caught, "shop") == [message]


async def test_a_rule_of_one_inbox_leaves_the_others_alone(caught: Whole) -> None:
    rule: Json = {"on": "rcpt", "do": "550 5.1.1 No such user", "inbox": "a"}
    await post(caught, "/api/faults", rule)
    peer = await caught.connect()
    await peer.say("EHLO c.test")
    await peer.say("MAIL FROM:<a@x.test>")
    assert (await peer.say("RCPT TO:<x@y.test>")).startswith("250")
    assert (await peer.say("RCPT TO:<b@inbox.example.com>")).startswith("250")
    assert (await peer.say("RCPT TO:<a@inbox.example.com>")).startswith("550")
    peer.send(b"QUIT\r\n")
    await peer.rest()
    await caught.catcher.flush()
    attempts = (await caught.get("/api/attempts?inbox=a"))["attempts"]
    assert isinstance(attempts, list)
    assert attempts[0]["inboxes"] == ["default", "b", "a"]


async def test_closing_an_inbox_takes_its_mail_and_its_rules(caught: Whole) -> None:
    await post(caught, "/api/inboxes", {"name": "a"})
    await caught.mail(MAIL, "a@inbox.example.com")
    await post(caught, "/api/faults", {"on": "rcpt", "do": "451 Later", "inbox": "a"})
    await delete(caught, "/api/inboxes/a")
    told = await caught.get("/api/inboxes/a")
    assert (told["messages"], told["opened"]) == (0, False)
    assert (await caught.get("/api/faults"))["faults"] == []
    assert await caught.total() == 0


async def test_a_name_that_is_there_is_opened_anew_with_a_cursor_of_now(caught: Whole) -> None:
    first = await post(caught, "/api/inboxes", {"name": "a", "ttl": "10m"})
    await caught.mail(MAIL, "a@inbox.example.com")
    again = await post(caught, "/api/inboxes", {"name": "a"}, status=200)
    assert int(str(again["cursor"])) > int(str(first["cursor"]))
    assert again["expires_at"] == first["expires_at"] != None  # noqa: E711 - it is about both


async def test_sixteen_senders_in_sixteen_inboxes_never_meet(caught: Whole) -> None:
    names = [str((await post(caught, "/api/inboxes"))["name"]) for _ in range(16)]
    sent = await asyncio.gather(
        *(caught.mail(MAIL, f"{name}@inbox.example.com") for name in names for _ in range(3))
    )
    for number, name in enumerate(names):
        assert set(await listed(caught, name)) == set(sent[3 * number : 3 * number + 3])


async def test_the_oldest_leave_an_inbox_that_holds_no_more(caught: Whole) -> None:
    await post(caught, "/api/inboxes", {"name": "a", "max_messages": 2})
    sent = [await caught.mail(MAIL, "a@inbox.example.com", "b@y.test") for _ in range(4)]
    await caught.catcher.flush()
    assert await listed(caught, "a") == sent[:1:-1]
    assert len(await listed(caught, "default")) == 4


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "a b"}, "name"),
        ({"prefix": "-"}, "prefix"),
        ({"ttl": "for ever"}, "ttl"),
        ({"ttl": "31d"}, "ttl"),
        ({"ttl": 0}, "ttl"),
        ({"match": {"rcpt": "/(/"}}, "match"),
        ({"match": {"ip": "10.0.0.0/99"}}, "match"),
        ({"match": {"to": "a"}}, "match.to"),
        ({"nmae": "a"}, "nmae"),
        ({"max_messages": -1}, "max_messages"),
    ],
)
async def test_what_cannot_be_is_refused_by_its_field(
    caught: Whole, body: Json, field: str
) -> None:
    told = await post(caught, "/api/inboxes", body, status=400)
    assert str(told["field"]).split(".", maxsplit=1)[0] == field.split(".", maxsplit=1)[0], told


async def test_an_inbox_of_which_nobody_knows_is_empty(caught: Whole) -> None:
    assert (await caught.get("/api/inboxes/nobody"))["messages"] == 0
    assert await listed(caught, "nobody") == []


async def test_an_inbox_goes_when_its_time_is_over(caught: Whole) -> None:
    await post(caught, "/api/inboxes", {"name": "a", "ttl": "10m"})
    await caught.mail(MAIL, "a@inbox.example.com")
    await caught.inboxes.expire()
    assert (await caught.get("/api/inboxes/a"))["messages"] == 1
    later = datetime.now(UTC) + timedelta(minutes=11)
    await caught.inboxes.expire(later)
    told = await caught.get("/api/inboxes/a")
    assert (told["messages"], told["opened"]) == (0, False)
