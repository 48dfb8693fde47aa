import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.mail.parse import parse as parse_mail
from mailtrap.mail.summary import scan
from mailtrap.search.describe import (
    TEXT_LIMIT,
    Extracted,
    Facts,
    describe,
    describe_summary,
    laid_out,
    needs_content,
)
from mailtrap.search.language import parse
from mailtrap.search.matching import holds
from mailtrap.smtp.envelope import NULL_PATH, Envelope, Recipient
from mailtrap.smtp.envelope import Path as MailPath
from tests.search.made_up import NOW, documents, made_up

NO_ENVELOPE = Envelope(NULL_PATH)


def test_lines_are_folded_and_each_has_its_line_ends() -> None:
    assert laid_out(["A  b", "", " \n ", "C\nd"]) == "\na b\nc d\n"
    assert laid_out([]) == laid_out(["", " "]) == ""


@given(st.lists(st.text(st.characters(), max_size=20), max_size=5))
def test_any_lines_keep_the_layout(lines: list[str]) -> None:
    text = laid_out(lines)
    assert not text or (text[0] == text[-1] == "\n" and "\n\n" not in text)
    text.encode()


@pytest.mark.parametrize("line", ["a" * 200_000, "ﬃ" * 100_000, "a " * 100_000])
def test_a_text_is_bounded(line: str) -> None:
    assert TEXT_LIMIT - 3 <= len(laid_out([line])) <= TEXT_LIMIT
    assert len(laid_out([line[:1000]] * 1000)) <= TEXT_LIMIT


def test_an_address_has_lines_of_its_own() -> None:
    mail = made_up('From: "Lee, Ann" <Ann@Example.com>, bob@example.com\n\n')
    assert mail.texts["sender"] == (
        "\nann@example.com\nlee, ann <ann@example.com>\nlee, ann\nbob@example.com\n"
    )


def test_bcc_has_those_whom_no_field_names() -> None:
    raw = "To: A@example.com\nCc: b@example.com\nBcc: c@example.com\n\n"
    mail = made_up(raw, rcpt=("a@example.com", "c@example.com", "d@example.com"))
    assert mail.texts["bcc"] == "\nc@example.com\nd@example.com\n"


def test_a_wrapped_phrase_is_on_one_line() -> None:
    assert made_up("A: b\n\nOne\ntwo\n\nthree").texts["text"] == "\none two\nthree\n"


def test_header_fields_are_told_with_their_names() -> None:
    mail = made_up("X-A:  One\n two\nSubject: =?utf-8?q?=C3=84?=\nX-E:\n\n")
    assert mail.texts["headers"] == "\nx-a: one two\nsubject: ä\nx-e:\n"


@pytest.mark.parametrize(
    ("peer", "ip"),
    [("127.0.0.1:25", "127.0.0.1"), ("[::1]:25", "::1"), ("unix:/run/x", None), ("", None)],
)
def test_the_address_of_the_peer_has_no_port(peer: str, ip: str | None) -> None:
    text = made_up("A: b\n\n", peer=peer).texts.get("ip")
    assert text == (None if ip is None else f"\n{ip}\n")


def test_octets_that_are_no_text_are_replaced() -> None:
    envelope = Envelope(MailPath("a\udcff@x"), recipients=(Recipient(MailPath("b\udcff@x")),))
    document = describe_summary(Facts(size=0, received_at=NOW), envelope, scan(b""))
    assert document.texts["rcpt"] == "\nb\ufffd@x\n"
    assert document.texts["reverse_path"] == "\na\ufffd@x\n"


def parts(*bodies: str) -> str:
    inside = "".join(f"--b\n{body}\n" for body in bodies)
    return f"Content-Type: multipart/mixed; boundary=b\n\n{inside}--b--\n"


@pytest.mark.parametrize(
    ("raw", "flags"),
    [
        (parts("\nhello", "Content-Type: application/pdf\n\nx"), "attachment text"),
        (parts("Content-Type: image/png\nContent-ID: <a>\n\nx"), "inline"),
        (parts("Content-Type: image/png\nContent-Disposition: inline\n\nx"), "inline"),
        (parts("Content-Type: image/png\nContent-ID: <a>\nContent-Disposition: attachment\n\nx"),
         "attachment"),
        (parts("Content-Type: text/plain; name=a.txt\n\nx"), "attachment"),
        ("Content-Type: text/html\n\n<p>x", "html"), ("A: b\n\nx", "text"), ("A: b\n", ""),
    ],
)  # fmt: skip
def test_what_there_is_becomes_a_flag(raw: str, flags: str) -> None:
    lines = made_up(raw).texts["flags"].split()
    assert sorted(line.removeprefix("has:") for line in lines if line.startswith("has:")) == (
        flags.split()
    )


@pytest.mark.parametrize(
    ("query", "needed"),
    [
        ("subject:a from:b to:c cc:d reply-to:e message-id:f rcpt:g mailfrom:h", False),
        ("session:a listener:b helo:c auth:d ip:10.0.0.0/8 reply:4xx fault:e finding:f", False),
        ("is:tls is:auth is:refused is:unread has:fault has:finding has:tag", False),
        ("larger:1 after:2024 tag:a in:b", False), ("", False), ("a", True), ("body:a", True),
        ("bcc:a", True), ("deliveredto:a", True), ("list:a", True), ("header:X-A", True),
        ("filename:a", True), ("link:a", True), ("code:a", True), ("has:attachment", True),
        ("has:link", True), ("has:html", True), ("subject:a OR -text:b", True),
        ("addressed:a", True),
    ],
)  # fmt: skip
def test_the_content_is_needed_only_for_what_stands_in_it(query: str, needed: bool) -> None:
    assert needs_content(parse(query, now=NOW)) is needed


@given(
    st.sampled_from(
        ["subject:invoice", "from:shop", "to:ann", "rcpt:ann", "is:tls", "reply:4xx", "is:unread",
         "-subject:reset", "fault:greylist", "cc:bob", "message-id:2024", "larger:1M", "helo:app"]
    ),
    st.sampled_from(sorted(documents())),
)  # fmt: skip
def test_without_content_a_node_that_needs_none_is_judged_the_same(query: str, name: str) -> None:
    whole = documents()[name]
    texts = {
        field: text
        for field, text in whole.texts.items()
        if field not in {"bcc", "delivered_to", "list_id", "text", "html", "filenames", "links"}
        and field not in {"codes", "headers"}
    }
    node = parse(query, now=NOW)
    assert not needs_content(node)
    head = type(whole)(texts=texts, size=whole.size, received_at=whole.received_at, read=whole.read)
    assert holds(node, head) is holds(node, whole)


def test_summary_and_mail_tell_the_same_of_the_head() -> None:
    raw = b"From: A <a@x>\nTo: b@x, C <c@x>\nSubject: =?utf-8?q?=C3=84?=\nMessage-ID: <1@x>\n\nx"
    facts = Facts(size=len(raw), received_at=NOW)
    head = describe_summary(facts, NO_ENVELOPE, scan(raw))
    whole = describe(facts, NO_ENVELOPE, parse_mail(raw), Extracted())
    kept = {field: text for field, text in whole.texts.items() if field in head.texts}
    assert kept | {"flags": head.texts["flags"]} == head.texts


@given(st.binary(max_size=200))
def test_any_octets_are_described(raw: bytes) -> None:
    describe(Facts(size=len(raw), received_at=NOW), NO_ENVELOPE, parse_mail(raw), Extracted())
