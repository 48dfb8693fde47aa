"""Spans cut into buckets, transcripts timed, rows counted: without a store."""

from datetime import UTC, datetime, timedelta

import pytest

from mailtrap.store.codec import TRANSCRIPT, microseconds
from mailtrap.store.insights.frame import DAY, SECOND, cut, span_of
from mailtrap.store.insights.latency import summary, times
from mailtrap.store.insights.records import Party, Question, Repeat, ReplyClass, SizeStep
from mailtrap.store.insights.tally import (
    TOP,
    Broken,
    Findings,
    MessageFacts,
    Messages,
    Transcripts,
    reply_class,
    size_step,
)
from mailtrap.store.records import Line, Side, Verdict

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
MINUTE = 60 * SECOND


@pytest.mark.parametrize(
    ("seconds", "most", "width"),
    [
        (1, 60, 1),
        (59, 60, 1),
        (61, 60, 2),
        (300, 60, 10),
        (3_600, 60, 120),
        (86_400, 60, 1_800),
        (30 * 86_400, 61, 43_200),
        (30 * 86_400, 2, 30 * 86_400),
        (3_650 * 86_400, 60, 62 * 86_400),
    ],
)
def test_a_span_is_cut_into_the_narrowest_width_that_gives_few_enough_buckets(
    seconds: int, most: int, width: int
) -> None:
    frame = cut(7, 7 + seconds * SECOND, most)
    assert frame.width == width * SECOND
    assert frame.count <= most


@pytest.mark.parametrize("since", [0, 1, SECOND - 1, 5 * DAY + 17, -DAY - 1])
@pytest.mark.parametrize("length", [1, SECOND, MINUTE + 1, 40 * DAY, 5_000 * DAY + 1])
@pytest.mark.parametrize("most", [2, 3, 60, 500])
def test_buckets_begin_at_whole_widths_and_cover_the_span(
    since: int, length: int, most: int
) -> None:
    frame = cut(since, since + length, most)
    assert frame.begin % frame.width == 0
    assert frame.begin <= since < frame.begin + frame.width
    end = frame.begin + frame.count * frame.width
    assert end - frame.width < since + length <= end
    assert 1 <= frame.count <= most
    assert (frame.place(since), frame.place(since + length - 1)) == (0, frame.count - 1)


def test_a_moment_outside_the_span_belongs_to_the_nearest_bucket() -> None:
    frame = cut(0, 10 * SECOND, 60)
    assert (frame.place(-5 * SECOND), frame.place(99 * SECOND)) == (0, 9)


def test_a_span_without_bounds_is_that_of_what_there_is() -> None:
    assert span_of(Question(), [9, 3, 5], NOW) == (3, 10)


def test_a_span_that_begins_at_a_moment_goes_on_until_now() -> None:
    since = NOW - timedelta(minutes=5)
    begin, end = span_of(Question(since=since), [], NOW)
    assert end - begin == 5 * MINUTE + 1


def test_a_span_is_never_empty() -> None:
    begin, end = span_of(Question(until=NOW), [], NOW + timedelta(days=1))
    assert end == begin + 1 == microseconds(NOW)


def lines(*told: tuple[float, Side, str]) -> tuple[Line, ...]:
    return tuple(Line(*one) for one in told)


WHOLE = lines(
    (0.5, "S", "220 hi"),
    (1.0, "C", "EHLO a.test"),
    (1.25, "S", "250-hi"),
    (1.25, "S", "250 HELP"),
    (2.0, "C", "STARTTLS"),
    (2.5, "S", "220 2.0.0 Go ahead"),
    (7.5, "*", "TLSv1.3 TLS_AES_256_GCM_SHA384"),
    (8.0, "C", "auth LOGIN"),
    (8.5, "S", "334 VXNlcm5hbWU6"),
    (9.0, "C", "********"),
    (9.5, "S", "334 UGFzc3dvcmQ6"),
    (10.0, "C", "********"),
    (11.0, "S", "235 2.7.0 Ok"),
    (12.0, "C", "MAIL FROM:<a@a.test>"),
    (12.5, "S", "250 2.1.0 Ok"),
    (13.0, "C", "RCPT TO:<b@b.test>"),
    (13.5, "*", "rule greylist: 451 instead of 250"),
    (14.0, "S", "451 4.7.1 Later"),
    (15.0, "C", "DATA"),
    (15.5, "S", "354 Go on"),
    (17.0, "*", "99 octets of content"),
    (18.0, "S", "250 2.0.0 Ok"),
    (19.0, "C", "NOOP"),
    (19.5, "S", "250 2.0.0 Ok"),
    (20.0, "C", "QUIT"),
    (20.5, "S", "221 2.0.0 Bye"),
)


def test_every_stage_is_timed_from_the_words_of_the_client_to_the_reply() -> None:
    assert list(times(WHOLE)) == [
        ("greeting", 0.5),
        ("helo", 0.25),
        ("starttls", 0.5),
        ("tls", 5.0),
        ("auth", 3.0),
        ("mail", 0.5),
        ("rcpt", 1.0),
        ("data", 0.5),
        ("content", 2.5),
        ("quit", 0.5),
    ]


def test_implicit_tls_is_timed_before_the_greeting() -> None:
    told = lines((4.0, "*", "TLSv1.3 X"), (4.5, "S", "220 hi"))
    assert list(times(told)) == [("tls", 4.0), ("greeting", 0.5)]


def test_what_was_never_answered_is_not_timed() -> None:
    assert list(times(lines((1.0, "C", ""), (2.0, "C", "MAIL FROM:<>"), (3.0, "*", "left")))) == []


def test_the_summary_of_times_is_by_nearest_rank() -> None:
    told = summary("mail", [float(n) for n in range(100, 0, -1)])
    assert told
    assert (told.count, told.median, told.p95, told.most) == (100, 50.0, 95.0, 100.0)
    assert summary("mail", []) is None


def test_transcripts_are_counted() -> None:
    transcripts = Transcripts()
    transcripts.add([TRANSCRIPT.encode(WHOLE)] * 2)
    assert transcripts.looked_at == 2
    assert transcripts.measured["tls"] == [5.0, 5.0]


@pytest.mark.parametrize(
    ("verdict", "reply", "kind"),
    [
        ("accepted", "250 2.0.0 Ok", "2"),
        ("refused", "451 4.7.1 Later", "4"),
        ("refused", "550 5.1.1 No", "5"),
        ("refused", "250 2.1.5 Ok", "aborted"),
        ("refused", None, "aborted"),
        ("aborted", "250 2.1.5 Ok", "aborted"),
        ("aborted", None, "aborted"),
    ],
)
def test_an_attempt_has_the_class_of_what_decided(
    verdict: Verdict, reply: str | None, kind: ReplyClass
) -> None:
    assert reply_class(verdict, reply) == kind


@pytest.mark.parametrize(
    ("size", "step"),
    [
        (0, (0, 1)),
        (1, (1, 2)),
        (2, (2, 5)),
        (5, (5, 10)),
        (999, (500, 1_000)),
        (1_000, (1_000, 2_000)),
        (52_428_800, (50_000_000, 100_000_000)),
    ],
)
def test_sizes_go_by_steps_of_one_two_five(size: int, step: tuple[int, int]) -> None:
    assert size_step(size) == step


def facts(
    size: int = 1,
    *,
    sender: str = "Ann@a.test",
    message_id: str = "",
    subject: str = "",
    recipients: tuple[str, ...] = ("bob@b.test",),
) -> MessageFacts:
    return 1, size, sender, message_id, subject, recipients, ()


def test_steps_without_messages_stand_between_those_with_some() -> None:
    messages = Messages(Findings())
    messages.add([facts(1_500), facts(1_900), facts(9_000)])
    assert messages.sizes() == (
        SizeStep(1_000, 2_000, 2),
        SizeStep(2_000, 5_000, 0),
        SizeStep(5_000, 10_000, 1),
    )


def test_parties_are_counted_once_a_message_without_regard_to_case() -> None:
    messages = Messages(Findings())
    messages.add([facts(recipients=("Bob@b.test", "bob@B.test", "eve@b.test")), facts(sender="")])
    assert messages.senders() == (Party("", 1), Party("ann@a.test", 1))
    assert messages.recipients() == (Party("bob@b.test", 2), Party("eve@b.test", 1))


def test_only_the_most_frequent_parties_are_told() -> None:
    messages = Messages(Findings())
    messages.add([facts(sender=f"{n:02}@a.test") for n in range(30)])
    assert [party.address for party in messages.senders()] == [f"{n:02}@a.test" for n in range(TOP)]


def test_what_came_more_than_once_is_told() -> None:
    messages = Messages(Findings())
    same = facts(message_id="1@x", subject="Hi", recipients=("a@x", "b@x"))
    messages.add([same, same, facts(subject="Hi", recipients=("a@x",)), facts(message_id="2@x")])
    assert messages.repeats() == (
        Repeat("message_id", "1@x", None, 2),
        Repeat("subject", "Hi", "a@x", 3),
        Repeat("subject", "Hi", "b@x", 2),
    )


def test_a_finding_is_counted_once_a_message_and_once_a_session() -> None:
    findings = Findings()
    broken: Broken = ("BARE-LF", "warning", "A bare LF.")
    findings.add("messages", [broken, broken])
    findings.add("messages", [broken])
    findings.add("sessions", [broken, ("NO-QUIT", "info", "Left.")])
    assert [(one.id, one.messages, one.sessions) for one in findings.all()] == [
        ("BARE-LF", 2, 1),
        ("NO-QUIT", 0, 1),
    ]
