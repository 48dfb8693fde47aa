"""aiosmtplib."""

import asyncio
import ssl

import aiosmtplib
import pytest

from tests.interop.caught import Catcher, overheard
from tests.interop.content import EIGHT_BIT, SENDER
from tests.interop.tap import Tap

pytestmark = pytest.mark.interop


def test_a_message_stays_as_it_was(catcher: Catcher, tap: Tap, recipient: str) -> None:
    asyncio.run(
        aiosmtplib.send(
            EIGHT_BIT,
            sender=SENDER,
            recipients=[recipient, "other@interop.test"],
            hostname="127.0.0.1",
            port=tap.port,
            mail_options=["BODY=8BITMIME"],
        )
    )
    caught = overheard(catcher, tap, recipient).caught
    assert caught.raw == EIGHT_BIT
    assert caught.message.envelope.rcpt_to == (recipient, "other@interop.test")
    assert caught.mail_params == {"SIZE": str(len(EIGHT_BIT)), "BODY": "8BITMIME"}
    assert caught.errors == set()


def test_starttls_is_used_where_offered_then_auth(catcher: Catcher, recipient: str) -> None:
    asyncio.run(
        aiosmtplib.send(
            EIGHT_BIT,
            sender=SENDER,
            recipients=[recipient],
            hostname="localhost",
            port=catcher.ports["submission"],
            username="anyone",
            password="any thing",
            tls_context=ssl.create_default_context(cafile=str(catcher.ca)),
        )
    )
    caught = catcher.caught(recipient)
    assert caught.raw == EIGHT_BIT
    assert caught.message.trace.protocol == "ESMTPSA"
    assert caught.auth[1:] == ("anyone", "any thing")


def test_many_at_once_all_arrive(catcher: Catcher, recipient: str) -> None:
    messages = [b"Subject: %d\r\n\r\n..\r\n" % number for number in range(20)]

    async def send_one(message: bytes) -> None:
        port = catcher.ports["smtp"]
        await aiosmtplib.send(
            message, sender=SENDER, recipients=[recipient], hostname="127.0.0.1", port=port
        )

    async def send_all() -> None:
        await asyncio.gather(*map(send_one, messages))

    asyncio.run(send_all())
    assert sorted(catcher.whole(row).raw for row in catcher.messages(recipient)) == sorted(messages)
