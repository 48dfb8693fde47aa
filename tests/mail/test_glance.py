from __future__ import annotations

import pytest

from mailtrap.mail.glance import SNIPPET, glance
from mailtrap.mail.parse import parse

HEAD = b"Subject: s\r\nContent-Type: %s; charset=utf-8\r\n\r\n"

BEGINNINGS = [
    (b"text/plain", "Hello\r\n\r\n  there,\tBob\r\n", "Hello there, Bob"),
    (b"text/plain", "a\u200b\u034f\u00adb\u00a0\u2003c", "ab c"),
    (b"text/plain", "\x00\x1b[31mred", "[31mred"),
    (b"text/html", "<style>p{}</style><p>Hello <b>you</b></p><p>there</p>", "Hello you there"),
    (b"text/html", "<script>x</script>", ""),
    (b"text/plain", "", ""),
]


@pytest.mark.parametrize(("kind", "body", "snippet"), BEGINNINGS)
def test_a_snippet_is_the_beginning_on_one_line(kind: bytes, body: str, snippet: str) -> None:
    assert glance(parse(HEAD % kind + body.encode())).snippet == snippet


def test_a_snippet_is_short_whatever_comes() -> None:
    body = HEAD % b"text/plain" + ("x" * 60 + " ").encode() * 50_000
    assert len(glance(parse(body)).snippet) <= SNIPPET


def test_where_the_text_is_empty_the_html_is_shown() -> None:
    raw = (
        b"Content-Type: multipart/alternative; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\n \r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<a href='https://x.test/'>Go</a>\r\n--b--\r\n"
    )
    seen = glance(parse(raw))
    assert (seen.snippet, seen.code, seen.links) == ("Go", None, 1)
