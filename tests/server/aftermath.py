"""What some failures show only after the dialogue: in further connections, and in the store."""

import asyncio
import email
import re
import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email.message import Message as Mail
from email.utils import parsedate_to_datetime
from typing import TypeAlias

import pytest

from mailtrap.store.records import MessageAdded
from tests.server.peer import SECONDS, Running

Aftermath: TypeAlias = Callable[[Running], Awaitable[dict[str, str]]]

AT_ONCE = 0.4
"""Seconds within which a connection on this machine is made, or is not answered."""

PAUSE = 0.05
"""Seconds between two tries."""

_DATE = re.compile(r"\w{3}, \d{2} \w{3} \d{4} \d\d:\d\d:\d\d \+0000")


def without_dates(text: str) -> str:
    """A text whose dates are told by how far they are from now, in hours."""
    return _DATE.sub(lambda match: f"(now {relative(match[0])})", text)


def relative(date: str) -> str:
    hours = (parsedate_to_datetime(date) - datetime.now(UTC)).total_seconds() / 3_600
    return f"{round(hours):+d} h"


async def knocked(
    running: Running,
    host: str = "127.0.0.1",
    listener: str = "smtp",
    *,
    patience: float = SECONDS,
) -> str:
    """What a client finds that connects: no answer, a refusal, a reset, or the first line."""
    try:
        opening = asyncio.open_connection(host, running.ports[listener])
        reader, writer = await asyncio.wait_for(opening, patience)
    except TimeoutError:
        return "(silence)"
    except ConnectionRefusedError:
        return "(refused)"
    running.closers.callback(writer.close)
    try:
        return (await asyncio.wait_for(reader.readline(), SECONDS)).decode()
    except ConnectionError:
        return "(RST)"


async def interrupted(running: Running) -> dict[str, str]:
    """Another connection at once, and one when there is an answer again."""
    found = {"at-once": await knocked(running, patience=AT_ONCE), "later": ""}
    for _ in range(round(SECONDS / PAUSE)):
        found["later"] = await knocked(running, patience=AT_ONCE)
        if not found["later"].startswith("("):
            break
        await asyncio.sleep(PAUSE)
    return found


async def unanswered(running: Running) -> dict[str, str]:
    """The same, where a full queue leaves connections unanswered."""
    if sys.platform != "linux":
        pytest.skip("what a full queue does to connections depends on the system")
    return await interrupted(running)


async def delivered(running: Running) -> dict[str, str]:
    """What LMTP answers after the content of a message to two recipients."""
    peer = await running.connect("lmtp")
    peer.send(
        b"LHLO c.test\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nRCPT TO:<c@y.test>\r\n"
    )
    peer.send(b"DATA\r\n")
    while not (await peer.reply()).startswith("354"):
        pass
    peer.send(b"Subject: t\r\n\r\nx\r\n.\r\n")
    told = [await peer.reply(), await peer.reply()]
    return {"lmtp": re.sub(r" (?:queued as )?[0-9a-z]{13}\b", " ID", "\n".join(told))}


async def overtaken(running: Running) -> dict[str, str]:
    """The messages in the order in which they were stored, where a second one was sent."""
    peer = await running.greeted()
    reply = await peer.mail(b"Subject: second\r\n\r\nx\r\n")
    assert reply.startswith("250")
    await stored(running, 2)
    rows = reversed(await running.messages())
    return {"order": ", ".join(row.summary.subject or "" for row in rows)}


async def reported(running: Running) -> dict[str, str]:
    """The report that came back to the sender."""
    await stored(running, 2)
    report = next(one for one in await running.messages() if not one.envelope.reverse_path.address)
    (to,) = report.envelope.recipients
    mail = email.message_from_bytes(await running.raw(report.id))
    told = " ".join(filter(None, (_kind(mail), _status(mail))))
    return {"report": f"{told} to {to.path.address}, {relative(str(mail['Date']))}"}


def _kind(mail: Mail) -> str:
    return str(mail.get_param("report-type") or mail["Auto-Submitted"])


def _status(mail: Mail) -> str:
    fields = [f"{part['Action']} {part['Status']}" for part in mail.walk() if part["Status"]]
    return fields[0] if fields else ""


async def stored(running: Running, count: int) -> None:
    """Return when so many messages are stored."""
    async with asyncio.timeout(SECONDS):
        with running.bus.subscribe(0) as changes:
            async for change in changes:
                count -= isinstance(change, MessageAdded)
                if not count:
                    return


async def followed(running: Running) -> dict[str, str]:
    """What the next two clients find."""
    return {"second": await knocked(running), "third": await knocked(running)}


async def by_family(running: Running) -> dict[str, str]:
    """What a client finds that prefers IPv6."""
    return {"ipv6": await knocked(running, "::1", "lmtp")}


AFTERMATH: Mapping[str, Aftermath] = {
    "listener=lmtp": delivered,
    " outage ": interrupted,
    " blackhole ": unanswered,
    " hold ": overtaken,
    " bounce ": reported,
    " ip=::/0": by_family,
    " per=ip": followed,
    " every=": followed,
}
"""By what stands in a rule: what there is to look at after the dialogue."""
