"""Names for downloads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.mail.filenames import MAX_OCTETS, safe_filename


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("grün ☃.pdf", "grün ☃.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Windows\system32\cmd.exe", "cmd.exe"),
        ("a/b\\c/", "c"),
        (".bashrc", "bashrc"),
        (". . x", "x"),
        ("trailing. . ", "trailing"),
        ("a\r\nX-Evil: 1\x00.txt", "aX-Evil_ 1.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\ud800b", "ab"),
        ('<a>:"|?*', "_a______"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Com1 .log", "_Com1 .log"),
        ("console.txt", "console.txt"),
        (None, "part-1"),
        ("", "part-1"),
        ("...", "part-1"),
        ("/", "part-1"),
        ("..", "part-1"),
    ],
)
def test_it_keeps_what_is_safe(name: str | None, safe: str) -> None:
    assert safe_filename(name, "part-1") == safe


@pytest.mark.parametrize("fallback", ["", "..", "\x00"])
def test_a_fallback_that_is_unsafe_is_replaced(fallback: str) -> None:
    assert safe_filename(None, fallback) == "file"


def test_a_long_name_keeps_its_extension() -> None:
    assert safe_filename("ä" * 500 + ".pdf", "x") == "ä" * 98 + ".pdf"
    assert safe_filename("a" * 500, "x") == "a" * MAX_OCTETS
    assert safe_filename("a." + "b" * 500, "x") == "a." + "b" * (MAX_OCTETS - 2)


@given(st.text(alphabet=st.characters()), st.text(alphabet=st.characters()))
def test_any_name_becomes_safe(name: str, fallback: str) -> None:
    safe = safe_filename(name, fallback)
    assert safe
    assert len(safe.encode()) <= MAX_OCTETS + 1
    assert not set(safe) & set('/\\<>:"|?*\r\n\0')
    assert not safe.startswith(".")
