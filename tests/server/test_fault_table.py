"""Every row of the table in docs/faults.md, over a real socket."""

import asyncio
import re
import ssl
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from mailtrap.faults.written import rule_of
from mailtrap.outbound.sender import Outbox, open_outbox
from tests.server.aftermath import AFTERMATH, without_dates
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
    "token": b"\r\n",
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
    """The number and the rules of each row of the page, one a line."""
    for line in PAGE.read_text("utf-8").splitlines():
        match = re.match(r"\| (J-\d+[a-z]?) \| [^|]+ \| `(.+)` \| [^|]+ \|$", line)
        if match:
            yield match[1], match[2].replace("` and `", "\n")


async def heard(peer: Peer) -> str:
    """A reply to its last octet, and how the connection ended if it did.

    Behind a 353 come as many replies as there were recipients, and one more.
    """
    octets = b""
    try:
        while not _WHOLE.search(octets) or (octets[:3] == b"353" and octets.count(b"\n") < 5):
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
    return without_dates(_ID.sub(r"\1ID", octets.decode("latin-1")))


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
        prdr = name == "mail" and "PRDR" in answers["ehlo"]
        peer.send(octets.replace(b"\r\n", b" PRDR\r\n") if prdr else octets)
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
    if step == "token":
        return answers["auth"].startswith("334")
    if step in {"data", "content"}:
        taken = [answers.get(name, "")[:1] for name in ("rcpt", "again", "another")]
        return "2" in taken if step == "data" else answers.get("data", "").startswith("354")
    return True


async def handshake(peer: Peer, running: Running) -> str:
    """How a handshake ends that trusts the CA of the server and verifies."""
    try:
        await asyncio.wait_for(peer.start_tls(running.trusting()), PATIENCE)
    except TimeoutError:
        return "(silence)"
    except ssl.SSLCertVerificationError as error:
        return str(error.verify_message)
    except ssl.SSLError as error:
        return str(error.reason).rpartition("ALERT_")[2]
    except ConnectionError as error:
        return type(error).__name__
    return "done"


async def play(serve: Serve, lines: str) -> dict[str, object]:
    """What a client saw under rules that it would not have seen without, and what was stored."""
    tls = "starttls" in lines.lower() or "tls-temp" in lines or "striptls" in lines
    flags = {"starttls": "127.0.0.1:0"} if tls else {}
    if "ip=::/0" in lines:
        flags["lmtp"] = "[::1]:0"
    if "listener=lmtp" in lines:
        flags["lmtp"] = "127.0.0.1:0"
    running = await serve(faults=[rule_of(line) for line in lines.splitlines()], **flags)
    outbox = opened_outbox(running)
    answers = await dialogue(running, tls=tls)
    for words, look in AFTERMATH.items():
        if words in lines:
            answers.update(await look(running))
    await drained(outbox)
    usual = EXPECTED["normal-tls"] if tls else NORMAL
    differ = {name: text for name, text in answers.items() if usual.get(name) != text}
    await running.catcher.flush()
    return {**differ, "stored": len(await running.messages())}


def opened_outbox(running: Running) -> Outbox:
    """Send reports, into our own store."""
    outbox = open_outbox(running.catcher, to=None, host="mailtrap.local", limit=60)
    running.server.registry.report = outbox.report
    running.closers.push_async_callback(outbox.close)
    return outbox


async def drained(outbox: Outbox) -> None:
    """Return when all reports are sent."""
    for _ in range(200):
        if not outbox.pending:
            return
        await asyncio.sleep(0.02)


async def test_without_a_rule_nothing_fails(serve: Serve) -> None:
    running = await serve()
    assert await dialogue(running, tls=False) == NORMAL
    assert len(await running.messages()) == 1


@pytest.mark.parametrize(("number", "lines"), list(rows()))
async def test_a_row_of_the_table_does_what_it_says(serve: Serve, number: str, lines: str) -> None:
    assert await play(serve, lines) == EXPECTED[number]


def test_every_row_is_expected_and_every_expectation_is_a_row() -> None:
    numbers = [number for number, _ in rows()]
    assert len(numbers) == len(set(numbers)) > 60
    assert {*numbers} | {"normal", "normal-tls"} == set(EXPECTED)
