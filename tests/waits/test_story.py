# ruff: noqa: RUF001 - letters of other scripts are what is shown
import re
from datetime import UTC, datetime, timedelta

from msgspec import structs

from mailtrap.catcher import Opening
from mailtrap.store.base import Window
from mailtrap.store.records import Auth, Tls
from mailtrap.waits.circumstances import circumstances
from mailtrap.waits.cursor import Cursor
from mailtrap.waits.question import Question
from mailtrap.waits.story import Place, expected, story
from tests.waits.house import House, asking, letter

PLACE = Place("http://m", ("127.0.0.1:1025",))

WHOLE = """\
expected 1 message to ann@example.com with subject ~ "Reset it" in inbox gw3, none within T

Arrived in this inbox (1):
  +0.41s  Welcome to the shop  from shop@example.com  http://m/m/ID  subject differs

Refused by a fault rule (2):
  +0.40s  RCPT  451 4.7.1 No (rule "greylist")  to ann@example.com  http://m/api/sessions/s1
  +1.44s  RCPT  451 4.7.1 No (rule "greylist")  to ann@example.com  http://m/api/sessions/s1

Refused (1):
  +2.00s  RCPT  550 5.1.1 No such user  to ann@example.com  http://m/api/sessions/s1

Matching mail in another inbox (1):
  +0.62s  Reset it  to support@example.com  in default  http://m/m/ID  rcpt differs

SMTP: 2 connections from 127.0.0.1 since the inbox opened, last T ago, TLS no, AUTH "shop"\
"""


class Opened:
    """An inbox that was opened just now; times are told from then on."""

    def __init__(self, house: House, inbox: str = "gw3") -> None:
        self.at = datetime.now(UTC)
        self.inbox = inbox
        self.cursor = Cursor(house.hub.seq)
        house.catcher.opened = lambda name: Opening(self.cursor.base, self.at)

    def after(self, seconds: float) -> datetime:
        return self.at + timedelta(seconds=seconds)


async def told(house: House, question: Question) -> str:
    """The story of a wait that fails; ids and spans of time are masked."""
    outcome = await house.wait(question)
    assert outcome.reason is not None
    text = story(outcome, await circumstances(house.hub, outcome), PLACE)
    page = await house.catcher.messages(window())
    for message in page.rows:
        text = text.replace(message.id, "ID")
    return re.sub(r"(within|last) \d+\.\d s", r"\1 T", text)


def window() -> Window:
    return Window(limit=100)


async def test_the_whole_story(house: House) -> None:
    opened = Opened(house)
    inbox = ("gw3",)
    await house.accept(letter("Welcome to the shop"), inboxes=inbox, at=opened.after(0.41))
    rules = ("greylist",)
    await house.refuse("451 4.7.1 No", inboxes=inbox, at=opened.after(0.4), rules=rules)
    await house.refuse("451 4.7.1 No", inboxes=inbox, at=opened.after(1.44), rules=rules)
    await house.refuse("550 5.1.1 No such user", inboxes=inbox, at=opened.after(2))
    reset = letter("Reset it")
    await house.accept(reset, to="support@example.com", at=opened.after(0.62))
    await house.connect(auth=Auth("PLAIN", "shop", "secret"))
    await house.connect()
    question = Question(
        node=asking(rcpt="ann@example.com", subject="Reset it"),
        inbox="gw3", after=opened.cursor, timeout=0.05,
    )  # fmt: skip
    assert await told(house, question) == WHOLE


async def test_who_never_connected_is_told_where_the_server_is(house: House) -> None:
    opened = Opened(house)
    question = Question(inbox="gw3", after=opened.cursor, timeout=0)
    assert await told(house, question) == (
        "expected 1 message in inbox gw3, none within T\n\n"
        "SMTP: no connection since the inbox opened: the app is not pointing at 127.0.0.1:1025."
    )


async def test_too_many_are_shown(house: House) -> None:
    await house.accept(letter("one"))
    await house.accept(letter("two"))
    text = await told(house, Question(node=asking(rcpt="ann@example.com"), timeout=0))
    first, *rows = text.split("\n\n")[0:2]
    assert first == "expected 1 message to ann@example.com, but 2 came"
    heading, one, two = rows[0].splitlines()
    assert heading == "Matching (2):"
    assert "  one  from shop@example.com  " in one
    assert "  two  from shop@example.com  " in two


async def test_one_of_two_is_shown(house: House) -> None:
    await house.accept(letter("one"))
    text = await told(house, Question(count=2, timeout=0))
    assert text.startswith("expected 2 messages, only 1 within T\n\nMatching (1):\n")


async def test_what_was_unexpected_is_shown(house: House) -> None:
    await house.accept(letter("surprise"))
    text = await told(house, Question(amount="none", count=0, inbox="default"))
    assert text.startswith("expected no messages in inbox default, but one came\n\nMatching (1):")
    assert "surprise" in text


async def test_mail_that_an_earlier_wait_took_is_told(house: House) -> None:
    seq = await house.accept(letter("code"))
    question = Question(node=asking(subject="code"), after=Cursor(0, (seq,)), timeout=0)
    assert "already given" in await told(house, question)


async def test_of_many_the_nearest_are_shown_the_newest_last(house: House) -> None:
    near = letter("Reset your mail")
    await house.accept(near)
    for number in range(40):
        await house.accept(letter(f"News {number}"), to="bob@example.com")
    question = Question(
        node=asking(rcpt="ann@example.com", subject="Reset your password"), timeout=0
    )
    rows = (await told(house, question)).split("\n\n")[1].splitlines()
    assert rows[0] == "Arrived (20):"
    assert "Reset your mail" in rows[1]
    assert "News 39" in rows[-1]


async def test_a_near_miss_names_what_the_body_lacks(house: House) -> None:
    await house.accept(letter("Code", "4711"))
    text = await told(house, Question(node=asking(subject="code", body="4712"), timeout=0))
    assert "body differs" in text


async def test_hostile_text_stays_in_its_line(house: House) -> None:
    subject = "=?utf-8?B?15DXmdek15XXoSDigK5nbnAuZXhlDQpGb3JnZWQ6IHllcw==?="
    await house.accept(letter(subject), to="bob@example.com")
    text = await told(house, Question(node=asking(rcpt="ann@example.com"), timeout=0))
    assert "\u202e" not in text
    assert len(text.splitlines()) == 6
    assert "\u2068איפוס gnp.exe Forged: yes\u2069" in text


async def test_for_attempts_all_of_them_are_shown(house: House) -> None:
    await house.refuse()
    await house.accept(to="bob@example.com")
    question = Question(node=asking(rcpt="ann@example.com"), of="attempts", count=2, timeout=0)
    text = await told(house, question)
    assert text.startswith("expected 2 attempts to ann@example.com, only 1 within T")
    heading, ann, bob = text.split("\n\n")[1].splitlines()
    assert heading == "Attempts (2):"
    assert "451 4.7.1 Greylisted" in ann
    assert bob.endswith("rcpt differs")


async def test_sessions_that_are_open_are_told(house: House) -> None:
    await house.connect(tls=Tls("TLSv1.3", "x"))
    page = await house.catcher.sessions(window())
    house.catcher.live = lambda: [structs.replace(one, id="another") for one in page.rows]
    text = await told(house, Question(timeout=0))
    assert text.endswith("2 connections from 127.0.0.1 so far, 1 still open, TLS yes")


def test_what_is_expected_is_told_in_words() -> None:
    ann = asking(rcpt="ann@example.com")
    assert expected(Question(node=ann, amount="latest")) == "at least 1 message to ann@example.com"
    assert expected(Question(amount="at least", count=3)) == "at least 3 messages"
    assert expected(Question(of="attempts", amount="none", count=0)) == "no attempts"
