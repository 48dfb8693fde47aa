import pytest

from mailtrap.mail.fields import header_fields
from mailtrap.outbound import original
from mailtrap.outbound.mime import Part
from mailtrap.smtp.envelope import Envelope
from tests.outbound.making import path

HEADER = b"Subject: x\r\nX-Two: y\r\n"


def test_only_the_header_goes_back_where_the_whole_is_not_wanted() -> None:
    part = original.returned(HEADER + b"\r\nbody\r\n", whole=False, utf8=False)
    assert part == Part("text/rfc822-headers", HEADER + b"\r\n")


def test_line_ends_become_crlf() -> None:
    part = original.returned(b"A: b\n\none\rtwo\nthree", whole=True, utf8=False)
    assert part == Part("message/rfc822", b"A: b\r\n\r\none\r\ntwo\r\nthree")


def test_a_content_with_octets_above_127_is_eight_bit() -> None:
    part = original.returned(HEADER + b"\r\n\xff\r\n", whole=True, utf8=False)
    assert part == Part("message/rfc822", HEADER + b"\r\n\xff\r\n", "8bit")


@pytest.mark.parametrize("body", [b"a\0b", b"z" * 999], ids=["NUL", "a long line"])
def test_what_no_mail_may_hold_goes_back_as_its_header(body: bytes) -> None:
    part = original.returned(HEADER + b"\r\n" + body + b"\r\n", whole=True, utf8=False)
    assert part.content_type == "text/rfc822-headers"


@pytest.mark.parametrize("value", [b"a\0b", b"z" * 999, b"gr\xc3\xbc\xc3\x9f"])
def test_a_header_that_is_not_seven_bit_mail_is_encoded(value: bytes) -> None:
    part = original.returned(b"Subject: " + value + b"\r\n\r\n", whole=False, utf8=False)
    assert part.encoding == "quoted-printable"
    assert part.body.isascii()
    assert b"\0" not in part.body
    assert max(map(len, part.body.split(b"\r\n"))) < 80


def test_a_utf8_header_stays_as_it_is_for_who_speaks_utf8() -> None:
    raw = "Subject: grüß\r\n\r\nbody\r\n".encode()
    assert original.returned(raw, whole=False, utf8=True).content_type == "message/global-headers"
    assert original.returned(raw, whole=True, utf8=True).content_type == "message/global"


def test_the_thread_is_kept() -> None:
    fields = header_fields(b"Message-ID: <c@x>\r\nReferences: <a@x>\r\n <b@x> <c@x> junk\r\n\r\n")
    assert original.threading(fields) == (
        ("In-Reply-To", "<c@x>"),
        ("References", "<a@x>\r\n <b@x>\r\n <c@x>"),
    )


@pytest.mark.parametrize("raw", [b"", b"Message-ID: none\r\n\r\n", b"Message-ID: <a b>\r\n\r\n"])
def test_a_message_without_a_usable_id_starts_no_thread(raw: bytes) -> None:
    assert original.threading(header_fields(raw)) == ()


def test_long_references_are_cut_to_the_last() -> None:
    ids = b" ".join(b"<%d@x>" % number for number in range(1_000))
    raw = b"Message-ID: <own@x>\r\nReferences: " + ids + b"\r\n\r\n"
    references = original.threading(header_fields(raw))[1][1]
    assert references.split()[0] == f"<{1_000 - original.IDS_LIMIT}@x>"


def test_a_message_without_subject_has_a_word_for_it() -> None:
    assert original.subject(header_fields(b"\r\nbody")) == "(no subject)"


def test_nobody_gets_back_more_than_the_limit() -> None:
    envelope = Envelope(path("a@b"), {"RET": "FULL"})
    assert original.wants_whole(envelope, original.FULL_LIMIT)
    assert not original.wants_whole(envelope, original.FULL_LIMIT + 1)


def test_who_has_an_address_beyond_ascii_is_taken_to_speak_utf8() -> None:
    assert original.is_international(Envelope(path("ü@b")))
    assert original.is_international(Envelope(path("a@b"), {"SMTPUTF8": None}))
    assert not original.is_international(Envelope(path("a@b")))


def test_the_report_goes_to_the_reverse_path() -> None:
    assert original.sender_field(Envelope(path("ü@b"))) == ("To", "<ü@b>")
