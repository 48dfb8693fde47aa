"""Rules that a test adds and takes away again."""

from collections.abc import Iterator

import pytest

from mailtrap.client import AsyncClient, Client, Inbox
from mailtrap.testing.thread import ServerThread
from tests.client.shop import Shop


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    thread = ServerThread()
    yield Client(thread.start())
    thread.stop()


@pytest.fixture
def inbox(client: Client) -> Inbox:
    return client.inbox()


@pytest.fixture
def shop(inbox: Inbox) -> Shop:
    return Shop(inbox.smtp.host, inbox.smtp.port)


def test_a_rule_still_tells_how_often_it_acted_when_it_is_gone(shop: Shop, inbox: Inbox) -> None:
    with inbox.fault(times=2) as fault:
        shop.send_receipt(inbox.address)
    assert fault.hits == 1
    fault.remove()
    assert fault.hits == 1


def test_a_rule_that_others_removed_is_no_error(client: Client, inbox: Inbox) -> None:
    with inbox.fault(times=2) as fault:
        client.faults().clear()
    assert fault.hits == 0


async def test_the_same_can_be_awaited(client: Client) -> None:
    inbox = await AsyncClient(client.url).inbox()
    async with inbox.fault(times=2) as fault:
        Shop(inbox.smtp.host, inbox.smtp.port).send_receipt(inbox.address)
    assert await fault.hits() == 1
    async with inbox.fault(times=2) as fault:
        client.faults().clear()
    assert await fault.hits() == 0


def test_attempts_are_told_from_the_start_also_after_waits(shop: Shop, inbox: Inbox) -> None:
    with inbox.fault(times=1):
        shop.send_receipt(inbox.address)
    for _ in range(2):
        shop.run_queue(1)
        shop.log_in(inbox.address)
    assert len(inbox.wait_all(3)) == 3
    codes = [451, 250, 250, 250]
    assert [one.code for one in inbox.wait_attempts(4)] == codes
    assert [one.code for one in inbox.attempts()] == codes
