"""Mail as Python's own package writes it is read as it was meant."""

import email.header
import email.headerregistry
import email.policy
from email.message import EmailMessage
from email.mime.text import MIMEText

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailtrap.mail.parse import attachments, content, parse

LETTERS = "abcXYZ019äöüßéñčžş日本語中文한국어Жшתש☃🎉"
WORD = st.text(LETTERS, min_size=1, max_size=12)
LINE = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
TEXT = st.lists(LINE, min_size=1, max_size=8).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)
FILES = st.lists(st.tuples(LINE, st.binary(max_size=200)), max_size=3)
FEW = settings(max_examples=30)
POLICY = email.policy.SMTP


def solid(text: str) -> str:
    """Without blanks: Python's folding loses some between encoded words."""
    return "".join(text.split())


def build(subject: str, name: str, plain: str, html: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = email.headerregistry.Address(name, "jane", "example.com")
    message["To"] = "a@example.com, Bob <b@example.com>"
    message["Date"] = "Tue, 24 Nov 2026 05:54:00 +0100"
    message.set_content(plain)
    message.add_alternative(html, subtype="html")
    return message


@FEW
@given(LINE, LINE, TEXT, TEXT, FILES)
def test_a_message_comes_back(
    subject: str, name: str, plain: str, html: str, files: list[tuple[str, bytes]]
) -> None:
    message = build(subject, name, plain, html)
    for filename, data in files:
        message.add_attachment(data, maintype="image", subtype="png", filename=filename)
    raw = message.as_bytes(policy=POLICY)
    mail = parse(raw)
    (sender,) = mail.summary.sender
    assert solid(mail.summary.subject) == solid(subject)
    assert (solid(sender.name), sender.address) == (solid(name), "jane@example.com")
    assert [one.address for one in mail.summary.to] == ["a@example.com", "b@example.com"]
    assert (mail.text, mail.html) == (plain, html)
    found = [(part.filename, content(raw, part)) for part in attachments(mail)]
    assert found == files
    assert mail.summary.has_attachment == bool(files)
    assert mail.defects == ()


@FEW
@given(LINE)
def test_a_message_inside_comes_back(subject: str) -> None:
    outer = build("outer", "Jane", "see below", "<p>see below")
    outer.add_attachment(build(subject, "Bob", "inside", "<p>inside"))
    mail = parse(outer.as_bytes(policy=POLICY))
    assert mail.text == "see below\n"
    (inside,) = attachments(mail)
    subjects = [header.value for header in inside.inner_headers if header.name == "Subject"]
    assert list(map(solid, subjects)) == [solid(subject)]
    assert [part.content_type for part in inside.children] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("iso-2022-jp", "日本語のメール\n"),
        ("utf-8", "grün ☃\n"),
        ("iso-8859-1", "grün\n"),
        ("koi8-r", "Привет\n"),
        ("euc-jp", "日本語\n"),
        ("big5", "繁體\n"),
        ("gb2312", "简体\n"),
        ("us-ascii", "plain\n"),
    ],
)
def test_a_text_in_a_charset_comes_back(charset: str, body: str) -> None:
    message = MIMEText(body, "plain", charset)
    message["Subject"] = str(email.header.Header(body.strip(), charset))
    mail = parse(message.as_bytes())
    assert (mail.text, mail.summary.subject) == (body, body.strip())
