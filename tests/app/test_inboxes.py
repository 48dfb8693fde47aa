"""Inboxes of a whole server: over sockets, and over HTTP."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from mailtrap.config import ConfigError
from mailtrap.server import ports
from tests.app.whole import Json, Whole
from tests.server.peer import Peer

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


async def rows(whole: Whole, records: str, query: str) -> list[Json]:
    return cast("list[Json]", (await whole.get(f"/api/{records}?{query}"))[records])


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


async def said(peer: Peer, *lines: str) -> list[str]:
    """The codes of the replies to these commands."""
    return [(await peer.say(line))[:3] for line in lines]


@pytest.mark.parametrize(
    ("route", "content", "inbox"),
    [
        ("auth", MAIL, "gw3"),
        ("helo", MAIL, "c.test"),
        ("ip", MAIL, "127.0.0.1"),
        ("plus", MAIL, "tag"),
        ("domain", MAIL, "y.test"),
        ("recipient", MAIL, "b+tag@y.test"),
        ("header:X-App", b"X-App: shop\r\n" + MAIL, "shop"),
    ],
)
async def test_what_was_asked_for_names_the_inbox_of_message_attempt_and_session(
    whole: Callable[..., Awaitable[Whole]], route: str, content: bytes, inbox: str
) -> None:
    caught = await whole(route=route)
    peer = await caught.connect()
    await said(peer, "EHLO c.test", "AUTH PLAIN AGd3MwBwdw==", "MAIL FROM:<a@x.test>")
    assert await said(peer, "RCPT TO:<b+tag@y.test>", "DATA") == ["250", "354"]
    peer.send(content + b".\r\nQUIT\r\n")
    await peer.rest()
    await caught.catcher.flush()
    name = inbox.replace("+", "%2B")
    told = await caught.get(f"/api/messages?inbox={name}")
    assert told["total"] == 1
    for records in ("attempts", "sessions"):
        (row,) = await rows(caught, records, f"inbox={name}")
        assert row["inboxes"] == [inbox]


async def test_an_inbox_that_is_written_down_is_there_with_its_patterns_and_limits(
    whole: Callable[..., Awaitable[Whole]], tmp_path: Path
) -> None:
    path = tmp_path / "some.toml"
    path.write_text('[[inbox]]\nname = "shop"\nrcpt = "*@shop.test"\nmax_messages = 1\n')
    caught = await whole(config=str(path))
    sent = [await caught.mail(MAIL, "a@shop.test", "b@other.test") for _ in range(2)]
    await caught.catcher.flush()
    assert await listed(caught, "shop") == sent[1:]
    assert (await caught.get("/api/inboxes/shop"))["opened"] is True


async def test_a_rule_acts_at_every_stage_at_which_the_inbox_is_known(caught: Whole) -> None:
    match = {"helo": "app.test"}
    await post(caught, "/api/inboxes", {"name": "app", "match": match})
    await post(caught, "/api/inboxes", {"name": "gw3"})
    await post(caught, "/api/faults", {"on": "helo", "do": "550 No", "inbox": "app"})
    await post(caught, "/api/faults", {"on": "auth", "do": "454 4.7.0 No", "inbox": "gw3"})
    other, own, user = [await caught.connect() for _ in range(3)]
    assert await said(other, "EHLO c.test", "AUTH PLAIN AGd3NABwdw==") == ["250", "235"]
    assert await said(own, "EHLO app.test") == ["550"]
    assert await said(user, "EHLO c.test", "AUTH PLAIN AGd3MwBwdw==") == ["250", "454"]


async def test_a_rule_at_the_greeting_acts_on_the_port_of_its_inbox_only(caught: Whole) -> None:
    inbox = await post(caught, "/api/inboxes", {"listen": True})
    rule: Json = {"on": "greeting", "do": "421 4.3.2 Not now", "inbox": inbox["name"]}
    await post(caught, "/api/faults", rule)
    await caught.connect()
    port = cast("dict[str, int]", inbox["smtp"])["port"]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    assert (await reader.read()).startswith(b"421 4.3.2")
    writer.close()


async def test_a_session_on_the_port_of_an_inbox_that_is_closed_is_told_so(caught: Whole) -> None:
    inbox = await post(caught, "/api/inboxes", {"listen": True})
    port = cast("dict[str, int]", inbox["smtp"])["port"]
    peer = Peer(*await asyncio.open_connection("127.0.0.1", port))
    other = await caught.connect()
    assert (await peer.reply()).startswith("220")
    await delete(caught, f"/api/inboxes/{inbox['name']}")
    assert (await peer.rest()).startswith(b"421 ")
    assert await said(other, "NOOP") == ["250"]


async def test_no_more_inboxes_have_a_port_than_may(
    caught: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "MOST", 2)
    bodies = [caught.http.post("/api/inboxes", json={"listen": True}) for _ in range(8)]
    answers = await asyncio.gather(*bodies)
    assert sorted(answer.status for answer in answers) == [201, 201, *[400] * 6]
    assert len(await rows(caught, "inboxes", "")) == 2


async def test_all_inboxes_are_listed_those_that_were_opened_and_those_that_hold_mail(
    caught: Whole,
) -> None:
    await post(caught, "/api/inboxes", {"name": "B.c"})
    await caught.mail(MAIL, "a@inbox.example.com")
    await caught.mail(b"X-Inbox: D\r\n" + MAIL)
    told = await rows(caught, "inboxes", "")
    assert [(one["name"], one["address"], one["opened"], one["messages"]) for one in told] == [
        ("B.c", "b-c@inbox.example.com", True, 0),
        ("D", None, False, 1),
        ("a", "a@inbox.example.com", False, 1),
    ]


async def test_counts_of_a_rule_are_kept_for_each_inbox(caught: Whole) -> None:
    rule: Json = {"on": "rcpt", "do": "451 Later", "times": 1, "per": "inbox"}
    await post(caught, "/api/faults", rule)
    peer = await caught.connect()
    await said(peer, "EHLO c.test", "MAIL FROM:<a@x.test>")
    names = ("a", "a.two", "b", "b", "a")
    codes = await said(peer, *(f"RCPT TO:<{name}@inbox.example.com>" for name in names))
    assert codes == ["451", "250", "451", "250", "250"]


async def test_a_pattern_that_cannot_be_is_told_with_its_inbox(
    whole: Callable[..., Awaitable[Whole]], tmp_path: Path
) -> None:
    path = tmp_path / "some.toml"
    path.write_text('[[inbox]]\nname = "shop"\nrcpt = "/(/"\n')
    with pytest.raises(ConfigError, match=r"\[\[inbox\]\] shop: "):
        await whole(config=str(path))


async def test_everything_that_takes_an_inbox_tells_of_that_one_only(caught: Whole) -> None:
    sent = {
        name: await caught.mail(MAIL, f"x@{name}.test", f"{name}@inbox.example.com")
        for name in "ab"
    }
    for name in "ab":
        rule: Json = {"name": name, "on": "rset", "do": "451 Later", "inbox": name}
        await post(caught, "/api/faults", rule)
    await caught.catcher.flush()
    for name in "ab":
        scope = f"inbox={name}"
        assert await listed(caught, name) == [sent[name]]
        assert (await caught.get(f"/api/messages/latest?{scope}"))["id"] == sent[name]
        waited = await caught.get(f"/api/wait?{scope}&after=start&subject=hello")
        (found,) = cast("list[Json]", waited["messages"])
        assert found["id"] == sent[name]
        (attempt,) = await rows(caught, "attempts", scope)
        assert (attempt["message"], attempt["inboxes"]) == (sent[name], ["default", name])
        (session,) = await rows(caught, "sessions", scope)
        assert session["id"] == attempt["session"]
        assert [rule["name"] for rule in await rows(caught, "faults", scope)] == [name]
    await delete(caught, "/api/faults?inbox=a")
    await delete(caught, "/api/messages?inbox=a&q=subject:hello")
    assert [rule["name"] for rule in await rows(caught, "faults", "")] == ["b"]
    assert await listed(caught, "b") == [sent["b"]]
