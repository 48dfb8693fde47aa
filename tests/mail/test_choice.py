"""Which parts are the text and the HTML that a reader shows."""

import pytest

from mailtrap.mail.parse import parse


def part(content_type: str, body: str, *more: str) -> str:
    header = "\r\n".join([f"Content-Type: {content_type}", *more])
    return f"{header}\r\n\r\n{body}"


def multipart(subtype: str, *parts: str, boundary: str = "", params: str = "") -> str:
    boundary = boundary or f"={subtype}="
    inside = "".join(f"--{boundary}\r\n{one}\r\n" for one in parts)
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"{params}'
    return f"{head}\r\n\r\n{inside}--{boundary}--\r\n"


PLAIN, HTML = part("text/plain", "plain"), part("text/html", "<p>html")
ALTERNATIVE = multipart("alternative", PLAIN, HTML)
PNG = part("image/png", "P", "Content-ID: <p@x>")
FOOTER = part("text/plain", "footer")
NOTES = part("text/plain", "notes", "Content-Disposition: attachment")
HTML_FILE = part("text/html; name=x.html", "no")
NAMED_START = part("text/html", "start", "Content-ID: <s>")
NAMED = part("text/plain; name=n.txt", "named")


@pytest.mark.parametrize(
    ("raw", "text", "html"),
    [
        (PLAIN, "plain", None),
        (HTML, None, "<p>html"),
        ("Subject: x\r\n\r\nbare", "bare", None),
        ("Subject: x\r\n", None, None),
        ("Subject: x\r\n\r\n", None, None),
        ("", None, None),
        (part("text/plain; name=x", "named root"), "named root", None),
        (part("text/markdown", "# md"), "# md", None),
        (part("application/json", "{}"), None, None),
        (NOTES, None, None),
        (ALTERNATIVE, "plain", "<p>html"),
        (multipart("alternative", HTML, PLAIN), "plain", "<p>html"),
        (multipart("alternative", PLAIN, FOOTER), "footer", None),
        (multipart("alternative", PLAIN, part("text/calendar", "BEGIN")), "plain", None),
        (multipart("alternative", PLAIN, multipart("related", HTML, PNG)), "plain", "<p>html"),
        (multipart("related", ALTERNATIVE, PNG), "plain", "<p>html"),
        (multipart("related"), None, None),
        (multipart("related", PNG, NAMED_START, params='; start="<s>"'), None, "start"),
        (multipart("related", HTML, PNG, params="; start=missing"), None, "<p>html"),
        (multipart("mixed", ALTERNATIVE, FOOTER), "plain\nfooter", "<p>html"),
        (multipart("mixed", PLAIN, NOTES, NAMED, FOOTER), "plain\nfooter", None),
        (multipart("mixed", HTML, HTML_FILE, HTML), None, "<p>html\n<p>html"),
        (multipart("mixed", part("text/plain", ""), FOOTER), "\nfooter", None),
        (multipart("mixed", part("text/plain", "ends\r\n"), FOOTER), "ends\nfooter", None),
        (multipart("mixed", PNG), None, None),
        (multipart("mixed", part("message/rfc822", PLAIN)), None, None),
        (multipart("signed", PLAIN, part("text/plain", "signature")), "plain", None),
        (multipart("signed"), None, None),
        (multipart("report", PLAIN, part("message/delivery-status", "x")), "plain", None),
        (multipart("made-up", PLAIN, HTML), "plain", "<p>html"),
    ],
)
def test_a_reader_shows(raw: str, text: str | None, html: str | None) -> None:
    mail = parse(raw.encode())
    assert (mail.text, mail.html) == (text, html)


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        ("text/plain; charset=iso-2022-jp", "日本".encode("iso2022_jp"), "日本"),
        ("text/plain; charset=windows-1251", "Привет".encode("cp1251"), "Привет"),
        ("text/plain; charset=utf-8", b"\xef\xbb\xbfhi", "hi"),
        ("text/plain; charset=utf-16le", "hi\r\n".encode("utf-16-le"), "hi\n"),
        ("text/plain; format=flowed; delsp=yes", b"flowed \r\ntext\r\n", "flowed \ntext\n"),
        ("text/plain", b"a\r\r\nb\nc\rd", "a\nb\nc\rd"),
        ("text/plain", b"nul\x00", "nul\x00"),
    ],
)
def test_text_is_decoded(content_type: str, body: bytes, text: str) -> None:
    assert parse(f"Content-Type: {content_type}\r\n\r\n".encode() + body).text == text


@pytest.mark.parametrize(
    "html",
    [
        b"<meta charset=koi8-r><p>\xf0",
        b"<META http-equiv=Content-Type content='text/html; charset = koi8-r'><p>\xf0",
        b'<meta charset="koi8-r"><p>\xf0',
    ],
)
def test_html_without_a_charset_says_its_own(html: bytes) -> None:
    mail = parse(b"Content-Type: text/html\r\n\r\n" + html)
    assert (mail.html or "").endswith("<p>П")
    assert mail.defects == ()


def test_a_declared_charset_wins_over_that_of_the_html() -> None:
    mail = parse("Content-Type: text/html; charset=utf-8\r\n\r\n<meta charset=koi8-r>ä".encode())
    assert (mail.html or "").endswith("ä")
