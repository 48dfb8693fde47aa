# ruff: noqa: RUF001 - letters of other scripts are what is shown
import pytest

from mailtrap.waits.plain import ISOLATE, POP, padded, plain, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Reset your password", "Reset your password"),
        ("Сброс пароля", "Сброс пароля"),
        ("a\r\nb\tc\u2028d", "a b c d"),
        ("a\x1b[31mred\x00", "a�[31mred�"),
        ("gnp.\u202eexe", "gnp.exe"),
        ("איפוס סיסמה", f"{ISOLATE}איפוס סיסמה{POP}"),
        ("\udcff", "�"),
    ],
)
def test_text_from_mail_stands_in_one_line_and_leaves_it_alone(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_long_text_is_cut_by_columns() -> None:
    assert plain("x" * 80, 10) == "x" * 9 + "…"
    assert plain("漢字漢字漢字", 7) == "漢字漢…"
    assert plain("x" * 10, 10) == "x" * 10


def test_an_isolate_is_closed_where_the_text_is_cut() -> None:
    shown = plain("ש" * 80, 10)
    assert (shown[0], shown[-1]) == (ISOLATE, POP)


def test_width_is_in_columns() -> None:
    assert [width(text) for text in ("abc", "漢字", "e\u0301", f"{ISOLATE}ש{POP}")] == [3, 4, 1, 1]
    assert padded("漢", 4) == "漢  "
