import asyncio
from datetime import timedelta

from mailtrap.search.tree import EVERYTHING, Node
from mailtrap.waits.expectation import Expectation, Unique, Verdict, judge
from mailtrap.waits.question import Question
from mailtrap.waits.schedule import Schedule
from mailtrap.waits.story import Place, verdict_story
from tests.waits.house import WHEN, House, asking, letter

ANN = asking(rcpt="ann@example.com")
PLACE = Place("http://localhost:8025")


def mail(
    node: Node = ANN,
    *,
    count: int = 1,
    must: Node = EVERYTHING,
    unique: Unique | None = None,
    ordered: bool = False,
    within: float = 0.0,
) -> Expectation:
    question = Question(node=node, count=count, timeout=within)
    return Expectation(name="it", question=question, must=must, unique=unique, ordered=ordered)


async def reasons(house: House, *expectations: Expectation) -> list[str | None]:
    return [one.reason for one in await judge(house.hub, expectations)]


async def failed(house: House, *expectations: Expectation) -> tuple[Verdict, str]:
    """The last verdict, and its story."""
    *_, verdict = await judge(house.hub, expectations)
    return verdict, verdict_story(verdict, PLACE)


async def test_each_expectation_has_a_verdict_of_its_own(house: House) -> None:
    await house.accept()
    await house.accept(to="bob@example.com")
    bob, eve = asking(rcpt="bob@example.com"), asking(rcpt="eve@example.com")
    assert await reasons(house, mail(), mail(bob), mail(eve)) == [None, None, "no-message"]


async def test_they_are_waited_for_at_the_same_time(house: House) -> None:
    bob = asking(rcpt="bob@example.com")
    task = asyncio.ensure_future(reasons(house, mail(within=30), mail(bob, within=30)))
    await house.until(lambda: len(house.hub) == 2)
    await house.accept(to="bob@example.com")
    await house.accept()
    assert await task == [None, None]


async def test_when_it_is_cancelled_no_wait_stays_open(house: House) -> None:
    task = asyncio.ensure_future(reasons(house, mail(within=30), mail(within=30)))
    await house.until(lambda: len(house.hub) == 2)
    task.cancel()
    await house.until(lambda: len(house.hub) == 0)
    assert task.cancelled() or not task.done()


async def test_a_met_expectation_says_so(house: House) -> None:
    await house.accept()
    _, text = await failed(house, mail())
    assert text == "it: expected 1 message to ann@example.com, 1 came within 0.0 s"


async def test_an_unmet_one_tells_the_whole_story(house: House) -> None:
    await house.accept(letter("Welcome"))
    _, text = await failed(house, mail(asking(subject="Reset")))
    assert text.startswith('it: expected 1 message with subject ~ "Reset", none within 0.0 s\n\n')
    assert "subject differs" in text


async def test_what_a_message_must_be_is_told_by_name(house: House) -> None:
    await house.accept(letter("Welcome", fields="X-Kind: a\r\n"))
    must = asking(subject="welcome", header="X-Kind: b")
    verdict, text = await failed(house, mail(must=must))
    assert verdict.reason == "differs"
    assert "but one is not as it must be\n" in text
    assert text.endswith("header.x-kind differs")
    assert await reasons(house, mail(must=asking(header="X-Kind: a"))) == [None]


async def test_a_message_id_that_comes_twice_is_a_duplicate(house: House) -> None:
    await house.accept(letter("a", message_id="<1@x.test>"))
    await house.accept(letter("b", message_id="<1@x.test>"))
    verdict, text = await failed(house, mail(count=2, unique="message-id"))
    assert verdict.reason == "duplicate"
    assert "but one is there before with the same Message-ID\n" in text
    assert text.endswith("repeated")


async def test_messages_without_an_id_are_not_the_same(house: House) -> None:
    await house.accept(letter("a"))
    await house.accept(letter("b"))
    assert await reasons(house, mail(count=2, unique="message-id")) == [None]


async def test_the_same_content_under_another_id_is_a_duplicate(house: House) -> None:
    await house.accept(letter("Code", "4711", message_id="<1@x.test>"))
    await house.accept(letter("Code", "4711", message_id="<2@x.test>"))
    both = mail(count=2, unique="content"), mail(count=2, unique="message-id")
    assert await reasons(house, *both) == ["duplicate", None]


async def test_another_body_or_recipient_is_another_content(house: House) -> None:
    await house.accept(letter("Code", "4711"))
    await house.accept(letter("Code", "4712"))
    await house.accept(letter("Code", "4711"), to="bob@example.com")
    assert await reasons(house, mail(EVERYTHING, count=3, unique="content")) == [None]


async def test_the_order_is_that_of_the_list(house: House) -> None:
    await house.accept(letter("first"))
    await house.accept(letter("second"))
    first, second = asking(subject="first"), asking(subject="second")
    assert await reasons(house, mail(first), mail(second, ordered=True)) == [None, None]
    verdict, text = await failed(house, mail(second), mail(first, ordered=True))
    assert verdict.reason == "out-of-order"
    assert text.endswith("out of order")


def tries(schedule: Schedule, *, count: int = 1) -> Expectation:
    question = Question(node=ANN, of="attempts", amount="at least", count=count, timeout=0)
    return Expectation(question=question, schedule=schedule)


async def retried(house: House, *replies: str, gap: float = 1.0) -> None:
    for number, reply in enumerate(replies):
        at = WHEN + timedelta(seconds=number * gap)
        if reply.startswith("2"):
            await house.accept(at=at)
        else:
            await house.refuse(reply, at=at)


async def test_replies_are_held_against_the_codes(house: House) -> None:
    await retried(house, "451 4.7.1 Later", "451 4.7.1 Later", "250")
    assert await reasons(
        house,
        tries(Schedule(codes=(451, 451, 250))),
        tries(Schedule(codes=(451, 250))),
        tries(Schedule(codes=(451, 451, 250, 250))),
    ) == [None, "attempts-differ", "attempts-differ"]
    _, text = await failed(house, tries(Schedule(codes=(451, 250))))
    assert "but the replies were 451, 451, 250 and not 451, 250\n\nAttempts (3):\n" in text


async def test_no_attempt_at_all_is_told_so(house: House) -> None:
    verdict, text = await failed(house, tries(Schedule(codes=(250,))))
    assert verdict.reason == "no-attempt"
    assert "none within" in text


async def test_gaps_are_held_against_their_bounds(house: House) -> None:
    await retried(house, "451 Later", "451 Later", "250", gap=2.0)
    assert await reasons(
        house,
        tries(Schedule(least=1.0, most=3.0)),
        tries(Schedule(least=2.5)),
        tries(Schedule(most=1.5)),
    ) == [None, "attempts-differ", "attempts-differ"]
    _, text = await failed(house, tries(Schedule(least=2.5)))
    assert "but between tries 1 and 2 were 2.00 s, less than 2.5 s" in text


async def test_trying_again_after_a_5xx_is_told(house: House) -> None:
    await retried(house, "550 5.1.1 No such user", "550 5.1.1 No such user")
    verdict, text = await failed(house, tries(Schedule(final_5xx=True)))
    assert verdict.reason == "attempts-differ"
    assert "but ann@example.com was tried again after '550 5.1.1 No such user'" in text


async def test_giving_up_after_a_5xx_is_right(house: House) -> None:
    await retried(house, "451 Later", "550 5.1.1 No such user")
    await house.refuse("550 5.1.1 No such user", to="bob@example.com")
    assert await reasons(house, tries(Schedule(final_5xx=True))) == [None]


async def test_with_several_recipients_the_one_that_is_asked_for_counts(house: House) -> None:
    await house.accept(to=("bob@example.com", "ann@example.com"))
    await house.refuse("550 5.1.1 No", to="bob@example.com")
    assert await reasons(house, tries(Schedule(codes=(250,)))) == [None]
