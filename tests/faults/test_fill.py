"""Words in a reply that stand for what is known when a rule acts."""

from datetime import UTC, datetime

import pytest

from mailtrap.faults.actions import Delay, ReplyWith
from mailtrap.faults.fill import VALUE_LIMIT, filled
from mailtrap.faults.moment import Moment
from mailtrap.smtp.reply import Reply

MOMENT = Moment(
    stage="rcpt",
    at=5.0,
    now=datetime(2026, 3, 1, 0, 30, 5, tzinfo=UTC),
    ip="192.0.2.7",
    mail_from="a@x.test",
    rcpt="b@y.test",
)


def said(text: str, moment: Moment = MOMENT) -> str:
    action = filled(ReplyWith(Reply(451, text)), moment)
    assert isinstance(action, ReplyWith)
    assert action.reply is not None
    return action.reply.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{rcpt} from {ip}", "b@y.test from 192.0.2.7"),
        ("{rcpt_domain}, {mail_from_domain}", "y.test, x.test"),
        ("{date}", "Sun, 01 Mar 2026 00:30:05 +0000"),
        ("{date-2h}", "Sat, 28 Feb 2026 22:30:05 +0000"),
        ("{date+1d}", "Mon, 02 Mar 2026 00:30:05 +0000"),
        (
            "{date+30s} {date-31m}",
            "Sun, 01 Mar 2026 00:30:35 +0000 Sat, 28 Feb 2026 23:59:05 +0000",
        ),
        ("{date-99999d}", "Wed, 17 May 1752 00:30:05 +0000"),
        ("{date-2x} {date+} {dates} {}", "{date-2x} {date+} {dates} {}"),
        ("{date+100000d}", "{date+100000d}"),
    ],
)
def test_words_in_braces_are_filled_in_and_all_else_is_text(text: str, told: str) -> None:
    assert said(text) == told


def test_a_long_or_strange_value_cannot_break_the_reply() -> None:
    strange = Moment(stage="rcpt", at=0.0, rcpt="x\r\n250 Ok" + "y" * 1_000)
    assert said("{rcpt}", strange).startswith("x??250 Ok")
    assert len(said("{rcpt}", strange)) == VALUE_LIMIT


def test_what_is_no_reply_stays() -> None:
    assert filled(Delay(1.0), MOMENT) == Delay(1.0)
