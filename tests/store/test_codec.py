from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.mail.message import Summary
from mailtrap.store import codec
from mailtrap.store.records import Line, Message, NewMessage, NewSession

MOMENTS = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1))  # noqa: DTZ001 - made aware below


@given(MOMENTS)
def test_a_moment_comes_back_to_the_microsecond(naive: datetime) -> None:
    moment = naive.replace(tzinfo=UTC)
    assert codec.moment(codec.microseconds(moment)) == moment


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_plain_text_can_be_stored_and_plain_again_is_the_same(text: str) -> None:
    plain = codec.plain(text)
    plain.encode()
    assert "\0" not in plain
    assert codec.plain(plain) == plain


def test_plain_shows_octets_that_are_no_text_as_escapes() -> None:
    assert codec.plain("caf\udce9\0") == "caf\\udce9\\x00"


def test_names_keep_their_first_order_and_come_once() -> None:
    assert codec.names(("b", "a", "b", "\0", "\\x00")) == ("b", "a", "\\x00")


@pytest.mark.parametrize("text", ["plain", "ünï", "caf\udce9", "\0", '"\\', "😀"])
def test_any_string_comes_back_from_json(text: str) -> None:
    lines = (Line(1.5, "C", text),)
    assert codec.TRANSCRIPT.decode(codec.TRANSCRIPT.encode(lines)) == lines


@pytest.mark.parametrize("subject", ["hello", "caf\udce9"])
def test_a_message_comes_back_from_its_row(
    new_message: Callable[..., NewMessage], subject: str
) -> None:
    new = new_message(tags=("x",), params={"SIZE": "9", "SMTPUTF8": None})
    zone = timezone(timedelta(hours=2))
    message = Message(
        seq=5,
        id=new.id,
        received_at=new.received_at,
        size=24,
        summary=Summary(subject=subject, date=datetime(2026, 1, 1, 9, tzinfo=zone)),
        envelope=new.envelope,
        trace=new.trace,
        inboxes=new.inboxes,
        tags=new.tags,
        read=True,
        findings=(),
    )
    columns = codec.message_row(message)
    back = codec.message_of(columns)  # type: ignore[arg-type]  # those of MESSAGE_COLUMNS
    assert back == message
    assert back.summary.date is not None
    assert back.summary.date.utcoffset() == timedelta(hours=2)


def test_a_numbered_session_is_the_session_with_a_seq(
    new_session: Callable[..., NewSession],
) -> None:
    session = new_session()
    numbered = codec.numbered(session, 8, session.transcript)
    assert numbered.seq == 8
    assert (numbered.id, numbered.transcript) == (session.id, session.transcript)
