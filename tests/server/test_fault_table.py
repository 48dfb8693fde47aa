"""Every row of the table in docs/faults.md, over a real socket."""

import asyncio
import re
import ssl
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from mailtrap.faults.written import rule_of
from tests.server.peer import Peer, Running, Serve

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "faults.md"
EXPECTED = tomllib.loads((HERE / "fault_table.toml").read_text("utf-8"))
"""By row: what a step was answered where that is not NORMAL, and how many messages were stored."""

PATIENCE = 1.5
"""Seconds of silence after which the client gives up: only rows that fall silent take so long."""

STEPS: Mapping[str, bytes] = {
    "greeting": b"",
    "ehlo": b"EHLO c.test\r\n",
    "starttls": b"STARTTLS\r\n",
    "auth": b"AUTH PLAIN AHUAcA==\r\n",
    "mail": b"MAIL FROM:<a@x.test> SIZE=60\r\n",
    "rcpt": b"RCPT TO:<b@y.test>\r\n",
    "again": b"RCPT TO:<b@y.test>\r\n",
    "another": b"RCPT TO:<c@y.test>\r\n",
    "data": b"DATA\r\n",
    "content": b"Subject: t\r\n\r\nthis is the content of a message\r\n.\r\n",
    "quit": b"QUIT\r\n",
}
NORMAL: Mapping[str, str] = EXPECTED["normal"]

_WHOLE = re.compile(rb"(?:^|\n)\d*(?!\d*-)[^\n]*\n\Z")
_ID = re.compile(r"(queued as |mail/\?p=\w+ )[0-9a-z]{13}\b")


def rows() -> Iterator[tuple[str, str]]:
    """The number and the rule of each row of the page."""
    for line in PAGE.read_text("utf-8").splitlines():
        match = re.match(r"\| (J-\d+) \| [^|]+ \| `(.+)` \| [^|]+ \|$", line)
        if match:
            yield match[1], match[2]


async def heard(peer: Peer) -> str:
    """A reply to its last octet, and how the connection ended if it did."""
    octets = b""
    try:
        while not _WHOLE.search(octets):
            piece = await asyncio.wait_for(peer.reader.read(65_536), PATIENCE)
            if not piece:
                return f"{shown(octets)}(FIN)"
            octets += piece
    except TimeoutError:
        return f"{shown(octets)}(silence)"
    except (ConnectionError, ssl.SSLError):
        return f"{shown(octets)}(RST)"
    return shown(octets)


def shown(octets: bytes) -> str:
    """The octets as text; the ids of sessions and messages, which differ each time, are ID."""
    return _ID.sub(r"\1ID", octets.decode("latin-1"))


async def dialogue(running: Running, *, tls: bool) -> dict[str, str]:
    """What each step was answered, until the connection ended or there was no sense in more."""
    try:
        peer = await running.connect("starttls" if tls else "smtp")
    except OSError:
        return {"connect": "(refused)"}
    answers: dict[str, str] = {}
    for name, octets in STEPS.items():
        if not makes_sense(name, answers, tls=tls):
            continue
        peer.send(octets)
        answers[name] = await heard(peer)
        if name == "starttls" and answers[name].startswith("220"):
            answers["tls"] = await handshake(peer, running)
        if answers[name].endswith(")") or "tls" in answers:
            break
    return answers


def makes_sense(step: str, answers: Mapping[str, str], *, tls: bool) -> bool:
    """Whether a client would go on with this step."""
    if step == "starttls":
        return tls and "STARTTLS" in answers["ehlo"]
    if step in {"data", "content"}:
        taken = [answers.get(name, "")[:1] for name in ("rcpt", "again", "another")]
        return "2" in taken if step == "data" else answers.get("data", "").startswith("354")
    return True


async def handshake(peer: Peer, running: Running) -> str:
    """How a handshake ends that trusts the CA of the server and verifies."""
    try:
        await peer.start_tls(running.trusting())
    except ssl.SSLCertVerificationError as error:
        return str(error.verify_message)
    except (OSError, ssl.SSLError) as error:
        return type(error).__name__
    return "done"


async def play(serve: Serve, line: str) -> dict[str, object]:
    """What a client saw under a rule that it would not have seen without, and what was stored."""
    tls = "starttls" in line.lower() or "tls-temp" in line or "striptls" in line
    flags = {"starttls": "127.0.0.1:0"} if tls else {}
    running = await serve(faults=[rule_of(line)] if line else [], **flags)
    answers = await dialogue(running, tls=tls)
    if not line:
        return dict(answers)
    usual = EXPECTED["normal-tls"] if tls else NORMAL
    differ = {name: text for name, text in answers.items() if usual.get(name) != text}
    await running.catcher.flush()
    return {**differ, "stored": len(await running.messages())}


async def test_without_a_rule_nothing_fails(serve: Serve) -> None:
    running = await serve()
    assert await dialogue(running, tls=False) == NORMAL
    assert len(await running.messages()) == 1


@pytest.mark.parametrize(("number", "line"), list(rows()))
async def test_a_row_of_the_table_does_what_it_says(serve: Serve, number: str, line: str) -> None:
    assert await play(serve, line) == EXPECTED[number]


def test_every_row_is_expected_and_every_expectation_is_a_row() -> None:
    numbers = [number for number, _ in rows()]
    assert len(numbers) == len(set(numbers)) > 60
    assert {*numbers} | {"normal", "normal-tls"} == set(EXPECTED)
