"""Profiles of other servers on real sockets: real clients deliver, limits hold."""

import asyncio
import smtplib
from pathlib import Path

import pytest

from mailtrap.config import load
from mailtrap.server.profiles import profile_of
from mailtrap.smtp.personas import PERSONAS
from mailtrap.smtp.profile import EVERYDAY, Profile
from tests.server.peer import Serve

EVERY = pytest.mark.parametrize("name", PERSONAS)


def profiles(folder: Path, **flags: object) -> dict[str, Profile]:
    """The profile of each listener by its name."""
    config = load({"config": "off", **flags}, {}, folder)
    return {one.name: profile_of(one, config) for one in config.listeners}


def deliver(port: int) -> tuple[bytes, bytes]:
    """Log in and send a message; what the server acknowledged, and its features."""
    with smtplib.SMTP("127.0.0.1", port, "c.test", timeout=10) as client:
        client.ehlo()
        assert not client.has_extn("starttls")
        client.login("alice", "secret")
        assert client.mail("a@x.test")[0] == 250
        assert client.rcpt("b@y.test")[0] == 250
        code, said = client.data("Subject: t\r\n\r\nhello\r\n")
        assert code == 250
        return said, client.ehlo_resp or b""


@EVERY
async def test_smtplib_logs_in_and_sends(serve: Serve, name: str) -> None:
    running = await serve(profile=name)
    said, offered = await asyncio.to_thread(deliver, running.ports["smtp"])
    (message,) = await running.messages()
    assert message.id.encode() in said
    assert b"SIZE %d" % PERSONAS[name].size in offered


@EVERY
def test_starttls_is_offered_where_it_can_be_done(tmp_path: Path, name: str) -> None:
    made = profiles(tmp_path, smtp=":1", starttls=":2", profile=name)
    assert "STARTTLS" not in made["smtp"].extensions
    assert "STARTTLS" in made["starttls"].extensions
    assert made["starttls"].extensions == frozenset(PERSONAS[name].ehlo)


@EVERY
def test_its_limits_give_way_to_those_that_were_set(tmp_path: Path, name: str) -> None:
    theirs = profiles(tmp_path, profile=name)["smtp"].limits
    ours = profiles(tmp_path, profile=name, max_size="1MiB", max_recipients="7")["smtp"].limits
    assert (theirs.size, theirs.recipients) == (PERSONAS[name].size, PERSONAS[name].recipients)
    assert (ours.size, ours.recipients) == (2**20, 7)


def test_hide_and_advertise_work_on_its_lines(tmp_path: Path) -> None:
    made = profiles(tmp_path, profile="ses", hide="SIZE", advertise="DSN,X-A")["smtp"]
    assert made.extensions == {"8BITMIME", "AUTH", "DSN"}
    assert made.extra_lines == ("X-A",)


def test_without_one_all_is_as_ever(tmp_path: Path) -> None:
    made = profiles(tmp_path)["smtp"]
    assert made.persona is None
    assert made.extensions == EVERYDAY
    assert made.limits.recipients == 10_000


async def test_recipients_beyond_its_limit_are_told_so(serve: Serve) -> None:
    running = await serve(profile="postfix", max_recipients="1")
    peer = await running.greeted()
    await peer.begin("b@y.test")
    peer.send(b".\r\n")
    await peer.reply()
    await peer.say("MAIL FROM:<a@x.test>")
    await peer.say("RCPT TO:<b@y.test>")
    assert await peer.say("RCPT TO:<c@y.test>") == "452 4.5.3 Error: too many recipients"
