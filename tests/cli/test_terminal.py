import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.cli.terminal import columns, cut, octets, printable, printable_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Grüße 📬 добро", "Grüße 📬 добро"),
        ("\x1b[2J", "\\x1b[2J"),
        ("a\r\nb\tc", "a\\x0d\\x0ab\\x09c"),
        ("\x7f\x9b", "\\x7f\\x9b"),
        ("\u202egnp.exe\u2066\u2028", "\\u202egnp.exe\\u2066\\u2028"),
        ("\udc80", "\\udc80"),
        ("👩\u200d💻", "👩\u200d💻"),
    ],
)
def test_what_drives_a_terminal_is_escaped_and_the_rest_stays(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_text_of_several_lines_keeps_its_lines_and_tabs() -> None:
    assert printable_text("a\r\nb\n\tc\rd\x1b") == "a\nb\n\tc\\x0dd\\x1b"


@given(st.text())
def test_no_text_keeps_a_control_character(text: str) -> None:
    shown = printable(text)
    assert all(ord(c) >= 32 and not 127 <= ord(c) < 160 for c in shown)
    assert printable(shown) == shown


def test_a_long_text_is_cut() -> None:
    assert [cut("abcdef", width) for width in (6, 3, 1)] == ["abcdef", "ab…", "…"]


def test_columns_are_aligned_and_the_last_goes_to_the_edge(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = columns([("a", "bbbbbb", "c" * 90), ("aaa", "b", "c")], (5, 4, 0))
    assert lines[0].startswith("a    bbb…  ccc")
    assert lines[1] == "aaa  b     c"
    assert len(lines[0]) == 40
    assert columns([], (1, 1)) == []


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1.0 kB"),
        (1_234, "1.2 kB"),
        (9_999, "10 kB"),
        (52_428_800, "52 MB"),
        (999_999, "1.0 MB"),
        (5 * 10**12, "5000 GB"),
    ],
)
def test_octets_are_told_for_people(number: int, shown: str) -> None:
    assert octets(number) == shown
