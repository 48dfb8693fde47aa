"""Whatever arrives is read: nothing raises, offsets stay inside, scan and parse agree."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mailtrap.mail.message import Mail
from mailtrap.mail.parse import attachments, content, find_part, parse, text
from mailtrap.mail.summary import scan

PIECES = st.sampled_from(
    [
        b"Content-Type: multipart/mixed; boundary=b",
        b"Content-Type: multipart/alternative; boundary=bb",
        b"Content-Type: multipart/related; boundary=b; start=x",
        b"Content-Type: message/rfc822",
        b"Content-Type: text/html; charset=shift_jis",
        b"Content-Type: text/plain; charset=utf-7",
        b"Content-Transfer-Encoding: base64",
        b"Content-Transfer-Encoding: quoted-printable",
        b"Content-Transfer-Encoding: x-uuencode",
        b"Content-Disposition: attachment; filename*0*=utf-8''%",
        b"Subject: =?utf-8?q?=C3?=",
        b"From: <a@b, \"(",
        b"Date: 1 Jan 0001 00:00 +9999",
        b"\r\n",
        b"\n",
        b"\r\r\n",
        b"\r\n\r\n",
        b"--b",
        b"--b--",
        b"--bb",
        b"--bb--",
        b"\r\n--b\r\n",
        b"\r\n--bb\r\n",
        b"begin 644 a",
        b"=",
        b"\x00\xff",
    ]
)  # fmt: skip
LIKE_MAIL = st.lists(PIECES | st.binary(max_size=8), max_size=40).map(b"".join)


def check(raw: bytes) -> Mail:
    mail = parse(raw)
    assert mail.summary == scan(raw)
    assert len({part.number for part in mail.parts}) == len(mail.parts)
    for part in mail.parts:
        assert 0 <= part.begin <= part.end <= len(raw)
        assert part.size == len(content(raw, part))
        assert text(raw, part).encode() is not None
        assert find_part(mail, part.number) is part
    if mail.root.number:
        assert mail.summary.has_attachment == bool(attachments(mail))
    assert set(attachments(mail)) <= set(mail.parts)
    return mail


@given(st.binary())
def test_any_bytes_are_read(raw: bytes) -> None:
    check(raw)


@settings(max_examples=300)
@given(LIKE_MAIL)
def test_any_bytes_that_look_like_mail_are_read(raw: bytes) -> None:
    check(raw)


@given(LIKE_MAIL)
def test_every_part_lies_inside_its_parent(raw: bytes) -> None:
    for parent in check(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + raw).parts:
        for child in parent.children:
            assert parent.begin <= child.begin <= child.end <= parent.end
