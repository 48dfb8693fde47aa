import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.waits.cursor import EXCEPTIONS, START, Cursor, CursorError, read_cursor

SEQS = st.sets(st.integers(1, 60), max_size=30)


@pytest.mark.parametrize("text", ["0", "1234", "1234~1240~1251", "7~9"])
def test_a_cursor_is_written_as_it_was_read(text: str) -> None:
    assert str(read_cursor(text)) == text


@pytest.mark.parametrize(
    ("text", "same"), [("5~6~7~9", "7~9"), ("5~3~9", "5~9"), ("5~9~7~9", "5~7~9"), ("007", "7")]
)
def test_a_cursor_is_made_short(text: str, same: str) -> None:
    assert str(read_cursor(text)) == same


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "1~", "~1", "1~~2", "٣", "1 ", "9" * 20])
def test_what_is_no_cursor_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(CursorError, match="such as 1234"):
        read_cursor(text)


def test_a_cursor_has_a_bound() -> None:
    with pytest.raises(CursorError, match="at most 500 exceptions"):
        read_cursor("~".join(map(str, range(1, 2 * EXCEPTIONS + 4, 2))))
    with pytest.raises(CursorError, match="goes up to"):
        read_cursor(str(2**63))


def test_with_too_many_exceptions_the_base_moves_up_to_the_newest() -> None:
    full = START.plus(range(2, 2 * EXCEPTIONS + 2, 2))
    assert len(full.given) == EXCEPTIONS
    assert full.plus([5_000]) == Cursor(5_000)


@given(SEQS, SEQS)
def test_a_cursor_has_just_what_was_given(first: set[int], second: set[int]) -> None:
    cursor = Cursor(10).plus(first).plus(second)
    assert {seq for seq in range(61) if cursor.has(seq)} == {*range(11)} | first | second
    assert read_cursor(str(cursor)) == cursor
