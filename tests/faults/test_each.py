"""Content whose recipients are answered one by one."""

import pytest

from mailtrap.faults.each import answer_each
from mailtrap.faults.steps import Answer, Close, Say, Wait, proposed
from mailtrap.smtp.envelope import Envelope, Path, Recipient
from mailtrap.smtp.events import Content
from mailtrap.smtp.reply import Reply

YES = Reply(250, "Yes", "2.1.5")
BEGIN = Reply(353, "Begin")
WHOLE = Reply(250, "Queued", "2.0.0")
NO = Reply(550, "No", "5.7.1")
LATER = Reply(451, "Later", "4.7.1")


def content(*, lmtp: bool = False, prdr: bool = False, proposals: tuple[Reply, ...]) -> Content:
    recipients = tuple(Recipient(Path(f"{name}@y.test"), {}) for name in "bc")
    envelope = Envelope(Path("a@x.test"), {}, recipients)
    return Content(b"", 0, envelope, proposals, lmtp=lmtp, prdr=prdr)


def answered(event: Content, **answers: Answer) -> Answer | None:
    """What comes of rules that answer b and c like this."""

    def ask(given: tuple[Reply, ...], rcpt: str | None) -> Answer | None:
        assert len(given) == 1
        return answers.get((rcpt or "all")[0])

    return answer_each(event, event.proposals, ask)


PRDR = content(prdr=True, proposals=(BEGIN, YES, YES, WHOLE))
LMTP = content(lmtp=True, proposals=(YES, YES))


def test_ordinary_content_is_asked_about_once() -> None:
    plain = content(proposals=(WHOLE,))
    assert answered(plain, a=proposed((NO,))) == proposed((NO,))


@pytest.mark.parametrize("event", [PRDR, LMTP])
def test_where_no_rule_acts_there_is_no_answer(event: Content) -> None:
    assert answered(event) is None


def test_lmtp_has_the_replies_to_each_and_no_more() -> None:
    answer = answered(LMTP, c=proposed((NO,)))
    assert answer is not None
    assert answer.replies == (YES, NO)


@pytest.mark.parametrize(
    ("to_b", "to_c", "last"),
    [
        (NO, YES, WHOLE),
        (YES, LATER, WHOLE),
        (NO, NO, Reply(550, "No recipient takes this message", "5.7.1")),
        (NO, LATER, Reply(451, "No recipient takes this message", "4.7.1")),
    ],
)
def test_prdr_frames_them_and_refuses_the_whole_if_all_do(
    to_b: Reply, to_c: Reply, last: Reply
) -> None:
    answer = answered(PRDR, b=proposed((to_b,)), c=proposed((to_c,)))
    assert answer is not None
    assert answer.replies == (BEGIN, to_b, to_c, last)


def test_nothing_is_said_after_an_ending() -> None:
    closing = Answer((Say(NO), Close()))
    framed = answered(PRDR, b=closing)
    assert framed is not None
    assert framed.steps == (Say(BEGIN), Say(NO), Close())
    plain = answered(LMTP, b=closing)
    assert plain is not None
    assert plain.steps == (Say(NO), Close())


def test_what_becomes_of_the_message_is_put_together() -> None:
    answer = answered(
        LMTP,
        b=Answer((Wait(1.0), Say(YES)), storing="discard", copies=3, hold=2.0),
        c=Answer((Say(NO),), storing="keep"),
    )
    assert answer is not None
    assert (answer.storing, answer.copies, answer.hold) == ("keep", 3, 2.0)


def test_it_is_discarded_only_if_each_of_them_says_so() -> None:
    gone = Answer((Say(YES),), storing="discard")
    assert (one := answered(LMTP, b=gone)) is not None
    assert one.storing == "as-replied"
    assert (both := answered(LMTP, b=gone, c=gone)) is not None
    assert both.storing == "discard"
