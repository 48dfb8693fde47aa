"""Content-Type and its parameters in all their spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.mail.headers import media_type, parameters


@pytest.mark.parametrize(
    ("value", "expected", "params"),
    [
        ("text/html", "text/html", {}),
        ("TEXT/HTML; CharSet=UTF-8", "text/html", {"charset": "UTF-8"}),
        (b"text/plain;\r\n\tcharset=utf-8", "text/plain", {"charset": "utf-8"}),
        ("text/plain; charset=us-ascii (Plain)", "text/plain", {"charset": "us-ascii"}),
        ("text/plain (x) ; a=b;", "text/plain", {"a": "b"}),
        ("text/html charset=utf-8", "text/html", {"charset": "utf-8"}),
        ("a/b boundary=Xy; c=d", "a/b", {"boundary": "Xy", "c": "d"}),
        (
            'multipart/mixed; boundary="a;b=c"; x=y',
            "multipart/mixed",
            {"boundary": "a;b=c", "x": "y"},
        ),
        ("a/b; c=d; c=e", "a/b", {"c": "d"}),
        ("a/b; c = d ;; e", "a/b", {"c": "d"}),
        ('a/b; c="d" e=f', "a/b", {"c": "d", "e": "f"}),
        ('a/b; c="unclosed; d=e', "a/b", {"c": "unclosed; d=e"}),
        ("text", "text/plain", {}),
        ("", "text/plain", {}),
        ("a b/c", "text/plain", {}),
        ("a/" + "b" * 128, "text/plain", {}),
        ("application/vnd.ms-excel.sheet+xml", "application/vnd.ms-excel.sheet+xml", {}),
    ],
)
def test_a_media_type_is_read(value: bytes | str, expected: str, params: dict[str, str]) -> None:
    assert media_type(value) == (expected, params)


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ("filename=a.pdf", "a.pdf"),
        ('filename="a b.pdf"', "a b.pdf"),
        ("filename=a b (1).pdf", "a b (1).pdf"),
        (r'filename="a \"b\" \\c.pdf"', r'a "b" \c.pdf'),
        (r'filename="C:\temp\a.pdf"', r"C:\temp\a.pdf"),
        ('filename="../../etc/passwd"', "../../etc/passwd"),
        ("filename*=utf-8''%e2%82%ac.txt", "€.txt"),
        ("filename*=iso-8859-1'de'gr%FCn.txt", "grün.txt"),
        ("filename*=UTF-8''a%27b", "a'b"),
        ("filename*=utf-8''100%.txt", "100%.txt"),
        ("filename*=no%20charset", "no charset"),
        ("filename*=x-nope''%C3%A4", "ä"),
        ("filename*0=long; filename*1=name.txt", "longname.txt"),
        ('filename*1="b"; filename*0="a"', "ab"),
        ("filename*0*=utf-8''%e2%82; filename*1*=%ac; filename*2=.txt", "€.txt"),
        ("filename*0=a%20; filename*1*=%20b", "a%20 b"),
        ("filename=plain; filename*=utf-8''ext", "ext"),
        ('filename="=?utf-8?q?gr=C3=BCn.txt?="', "grün.txt"),
        ("filename==?utf-8?q?gr=C3=BCn.txt?=", "grün.txt"),
        ('filename="=?utf-8?b?Z3I=?=\r\n =?utf-8?b?w7xu?="', "grün"),
        ("filename*99999999999999999999=x; filename=y", "y"),
        ("filename*7=b; filename*3=a", "ab"),
    ],
)
def test_a_filename_is_read(params: str, name: str) -> None:
    assert parameters(f"attachment; {params}")[1]["filename"] == name


def test_raw_octets_in_a_filename_are_read() -> None:
    assert parameters(b'inline; filename="gr\xfcn"')[1] == {"filename": "grün"}


def test_a_boundary_is_not_decoded() -> None:
    value = 'multipart/mixed; boundary="=?utf-8?q?x?="'
    assert parameters(value)[1]["boundary"] == "=?utf-8?q?x?="


@given(st.binary() | st.text(alphabet=st.characters()))
def test_any_value_has_a_type(value: bytes | str) -> None:
    assert "/" in media_type(value)[0]


@given(st.text(alphabet="ab*01=;\"'% \\(){}", max_size=60))
def test_any_mixture_of_specials_has_parameters(value: str) -> None:
    _, params = parameters(f"a/b;{value}")
    assert all(name == name.lower() for name in params)
