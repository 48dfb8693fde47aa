import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.client import Event, sse
from mailtrap.client.sse import read_events


def test_an_event_has_kind_data_and_id() -> None:
    lines = [b"event: gap\n", b"id: 5\n", b'data: {"a":\n', b"data:1}\n", b"\n"]
    assert list(read_events(lines)) == [Event("gap", '{"a":\n1}', "5")]


def test_an_id_holds_until_the_next_one() -> None:
    lines = [b"id: 5\r\n", b"data: a\r\n", b"\r\n", b"data: b\r\n", b"\r\n"]
    assert [event.id for event in read_events(lines)] == ["5", "5"]


def test_without_a_name_it_is_a_message_and_names_do_not_last() -> None:
    lines = [b"event: x\n", b"data: a\n", b"\n", b"data: b\n", b"\n"]
    assert [event.kind for event in read_events(lines)] == ["x", "message"]


@pytest.mark.parametrize(
    "line", [b": comment\n", b"retry: 5\n", b"unknown\n", b"event: x\n", b"\n"]
)
def test_what_has_no_data_is_no_event(line: bytes) -> None:
    assert list(read_events([line, b"\n"])) == []


def test_an_event_that_was_cut_off_is_dropped() -> None:
    assert list(read_events([b"data: a\n"])) == []


def test_an_event_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "EVENT_LIMIT", 10)
    with pytest.raises(ValueError, match="larger than 10 octets"):
        list(read_events([b"data: 12345\n"] * 3))


@given(st.lists(st.binary()))
def test_any_octets_are_read(lines: list[bytes]) -> None:
    assert all(isinstance(event, Event) for event in read_events(lines))
