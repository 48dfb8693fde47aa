"""Input made to hurt: each is read in well under a second, and what is cut off is told."""

import time
from collections.abc import Iterator

import pytest

from mailtrap.mail.headers import addresses, date, decode_words, media_type, parameters, unfold
from mailtrap.mail.parse import attachments, content, parse
from mailtrap.mail.preview import prepare
from mailtrap.mail.summary import scan

MULTIPART = b"Content-Type: multipart/mixed; boundary=b\n\n"


@pytest.fixture(autouse=True)
def _within_the_bound() -> Iterator[None]:
    """Processor time, not that of the clock: other processes do not count."""
    before = time.process_time()
    yield
    assert time.process_time() - before < 3


def nested(levels: int) -> bytes:
    return b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(levels)
    )


@pytest.mark.parametrize(
    ("raw", "defect"),
    [
        (b"A: b\n" * 300_000 + b"\nx", "more than 2000 header fields"),
        (b"A:" + b"\n b" * 300_000, "longer than 262144"),
        (b"A: " + b"b" * 10_000_000, "longer than 262144"),
        (b"a" * 10_000_000, "no header"),
        (b"a\nB: c\n" * 200_000, "no header"),
        (b"A: b\n" + b"a\nB: c\n" * 200_000, "no field"),
        (b"\r" * 5_000_000, "no header"),
        (b"A: b\n" + b"\n\r" * 1_000_000, ""),
        (b"\x00" * 1_000_000, "no header"),
        (nested(10_000), "nested deeper than 50 levels"),
        (b"Content-Type: message/rfc822\n\n" * 10_000, "nested deeper than 50 levels"),
        (MULTIPART + b"--b\n" * 100_000, "more than 10000 parts"),
        (MULTIPART + b"--b\nA: b\n\nx\n" * 30_000, "more than 10000 parts"),
        (MULTIPART + b"--bb\n" * 300_000, "too many lines that look like the boundary"),
        (MULTIPART + b"--b\r" * 300_000, "does not occur"),
        (MULTIPART + b"--b" + b" " * 1_000_000 + b"x", "does not occur"),
        (MULTIPART + (b"--b\n" + b"A:\n" * 2000 + b"\n") * 100, "header fields"),
        (b"Content-Transfer-Encoding: base64\n\n" + b"AA=" * 300_000, "goes on after its padding"),
        (b"Content-Transfer-Encoding: base64\n\n" + b"A" * 10_000_001, "ends inside a group"),
        (b"Content-Transfer-Encoding: quoted-printable\n\n" + b" " * 1_000_000 + b"x", ""),
        (b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=" * 1_000_000, "= before"),
        (b"Content-Transfer-Encoding: x-uuencode\n\nbegin 1 a\n" + b"#86)C\n" * 100_000, ""),
        (b"Content-Type: text/html\n\n" + b"<meta " * 100_000, ""),
        (b"Content-Type: text/plain; charset=utf-7\n\n" + b"+" * 300_000, ""),
        (b"Content-Type: text/plain; charset=" + b"x" * 100_000 + b"\n\n\xff", "unknown charset"),
        (b'Content-Type: multipart/x; boundary="' + b"-" * 200_000 + b'"\n\n' + b"-" * 1_000_000,
         "longer than 70"),
    ],
)  # fmt: skip
def test_a_message_made_to_hurt_is_read(raw: bytes, defect: str) -> None:
    mail = parse(raw)
    assert mail.summary == scan(raw)
    assert any(defect in one.text for one in mail.defects) or not defect
    assert len(mail.parts) <= 10_000
    assert len(mail.defects) <= 1100
    assert sum(len(part.headers) + len(part.inner_headers) for part in mail.parts) <= 20_000
    assert all(part.size == len(content(raw, part)) for part in mail.parts[:3])
    attachments(mail)


@pytest.mark.parametrize(
    "value",
    [
        "=?" * 150_000,
        "=?utf-8?q?" * 30_000,
        "=?utf-8?q?a" * 30_000 + "?=",
        "=?utf-8?q?a?= " * 20_000,
        "=?utf-8?b?" + "QQ==" * 60_000,
        "=?=?q?" * 50_000,
        "?=" * 150_000,
        "a*99999999999999999999=b;" * 10_000,
        "".join(f"a*{n}*=b;" for n in range(20_000)),
        ';a="' + '\\"' * 100_000,
        "; " * 100_000,
        "a/b;" + " " * 250_000,
        "(" * 250_000,
        "(" * 100_000 + ")" * 100_000,
        '"' * 250_001,
        '"' + '\\"' * 100_000,
        '<"' + '\\<\\"' * 60_000,
        "<" * 250_000,
        "[" * 250_000,
        "[" + "\\" * 250_000,
        "a@b," * 60_000,
        "a b " * 60_000,
        "a <" * 60_000,
        "@" * 250_000,
        ":;," * 40_000,
        "a" * 250_000 + "@",
        "1 " * 120_000,
        "Mon, " * 50_000,
        " " * 250_000 + "x",
        "\n" * 250_000,
        "\r" * 250_000,
        "\r\n " * 80_000,
    ],
    ids=range(32),
)
def test_a_value_made_to_hurt_is_read(value: str) -> None:
    for read in (decode_words, addresses, date, media_type, parameters, unfold):
        read(value)


@pytest.mark.parametrize(
    "html",
    [
        "<" * 300_000,
        "<a " * 100_000,
        '<a "' * 100_000,
        "<a b=" * 100_000,
        "<a b='" * 100_000 + '"',
        "<!--" * 100_000,
        "<style>" * 50_000,
        "<style>" + "url(" * 100_000,
        "<style>" + "url('" * 100_000,
        "<style>" + "@import " * 50_000,
        '<p style="' + "url(&quot;" * 50_000 + '">',
        '<img srcset="' + "a, " * 100_000 + '">',
        '<img srcset="' + "," * 300_000 + '">',
        "<a" + " b" * 150_000 + ">",
        "<a" + " " * 300_000,
        "<a" + "/" * 300_000 + ">",
        '<img src="&#' + "9" * 100_000 + ';">',
        '<img src="data:image/png;base64,' + "A" * 5_000_000 + '">',
    ],
    ids=range(18),
)
def test_html_made_to_hurt_is_prepared(html: str) -> None:
    assert prepare(html, lambda _: None).html == html
