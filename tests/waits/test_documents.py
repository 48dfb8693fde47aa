import asyncio

import pytest

from mailtrap.catcher import Opened
from mailtrap.search.matching import holds
from mailtrap.search.tree import All, Any, Not
from mailtrap.waits.documents import Newest, split
from tests.waits.house import House, asking, letter

CHEAP = [
    asking(rcpt="ann@example.com"),
    asking(subject="hello"),
    asking(from_="shop@example.com"),
    asking(is_="tls"),
    asking(is_="unread"),
    asking(tag="x"),
    asking(ip="127.0.0.1"),
]
COSTLY = [
    asking(body="hi"),
    asking(header="X-Foo"),
    asking(has="attachment"),
    asking(fault="slow"),
    asking(reply="4xx"),
    asking(is_="refused"),
    asking(has="fault"),
    asking(query="hello"),
]


def test_what_the_summary_tells_is_told_apart_from_what_it_does_not() -> None:
    assert split(All((All(tuple(CHEAP)), *COSTLY))) == (All(tuple(CHEAP)), All(tuple(COSTLY)))


@pytest.mark.parametrize("costly", COSTLY, ids=str)
def test_a_choice_is_costly_where_one_of_it_is(costly: Not) -> None:
    choice = Not(Any((CHEAP[0], costly)))
    assert split(choice) == (All(), All((choice,)))


def test_only_the_newest_are_kept() -> None:
    kept: Newest[int] = Newest(2)
    for number in range(3):
        assert kept.put(number, number) == number
    assert [kept.get(number) for number in range(3)] == [None, 1, 2]


async def test_many_who_ask_have_one_mail_parsed_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.accept(letter("s", "the body"))
    message = await house.catcher.message("latest")
    assert message is not None
    asked: list[str] = []
    mail = house.catcher.mail

    async def counted(name: str) -> Opened | None:
        asked.append(name)
        return await mail(name)

    monkeypatch.setattr(house.catcher, "mail", counted)
    documents = house.hub.documents
    first = asyncio.ensure_future(documents.whole(message))
    others = [asyncio.ensure_future(documents.whole(message)) for _ in range(10)]
    await asyncio.sleep(0)
    first.cancel()
    for document in await asyncio.gather(*others):
        assert document is not None
        assert holds(asking(body="the body"), document)
    assert asked == [message.id]


async def test_a_large_message_is_read_as_well(house: House) -> None:
    await house.accept(letter("s", "the needle\r\n" + "hay\r\n" * 20_000))
    message = await house.catcher.message("latest")
    assert message is not None
    document = await house.hub.documents.whole(message)
    assert document is not None
    assert holds(asking(body="the needle"), document)


async def test_a_message_that_is_gone_has_no_document(house: House) -> None:
    await house.accept()
    message = await house.catcher.message("latest")
    assert message is not None
    await house.catcher.delete([message.id])
    assert await house.hub.documents.whole(message) is None


async def test_a_message_that_was_tagged_since_is_looked_at_anew(house: House) -> None:
    await house.accept()
    before = await house.catcher.message("latest")
    await house.catcher.update(None, add_tags=["x"])
    after = await house.catcher.message("latest")
    assert before is not None
    assert after is not None
    tagged = asking(tag="x")
    documents = house.hub.documents
    assert [holds(tagged, documents.summary(one)) for one in (before, after)] == [False, True]
