"""What is found in content that was taken; each with a near miss in which it is not."""

import pytest

from mailtrap.smtp.envelope import NULL_PATH, Envelope, Params, Path, Recipient
from mailtrap.smtp.findings import Finding
from mailtrap.smtp.inspect import HEADER_BLOCK_LIMIT, RECIPIENTS_LOOKED_UP, inspect

ALICE = Path("alice@x.example", "alice", "x.example")
BOB = Path("bob@y.example", "bob", "y.example")

HEAD = (
    b"From: Alice <alice@x.example>\r\nTo: bob@y.example\r\nSubject: s\r\n"
    b"Date: Tue, 24 Nov 2026 01:22:03 +0000\r\nMessage-ID: <1@x.example>\r\n"
)
MAIL = HEAD + b"\r\nhello\r\n"


def envelope(params: Params | None = None, sender: Path = ALICE, *others: Path) -> Envelope:
    return Envelope(sender, params or {}, tuple(map(Recipient, (BOB, *others))))


def found(content: bytes, params: Params | None = None, sender: Path = ALICE) -> list[Finding]:
    return list(inspect(content, envelope(params, sender)))


def ids(content: bytes, params: Params | None = None, sender: Path = ALICE) -> set[str]:
    return {finding.id for finding in found(content, params, sender)}


def without(field: bytes) -> bytes:
    return b"".join(line for line in MAIL.splitlines(True) if not line.startswith(field))


def test_a_good_message_has_no_findings() -> None:
    assert found(MAIL) == []


UTF8: Params = {"SMTPUTF8": None}
EIGHT: Params = {"BODY": "8BITMIME"}
BINARY: Params = {"BODY": "BINARYMIME"}

ROWS: list[tuple[str, bytes, Params, bytes, Params]] = [
    # finding, a message that has it, with parameters, one that has not, with parameters
    ("F-EMPTY", b"", {}, b"\r\n", {}),
    ("F-NO-HEADERS", b"just text\r\n", {}, MAIL, {}),
    ("F-NO-HEADERS", b"\r\nFrom: a@x\r\n", {}, MAIL, {}),
    ("F-BARE-LF", MAIL + b"a\nb\r\n", {}, MAIL + b"a\r\nb\r\n", {}),
    ("F-BARE-LF", MAIL + b"a\nb\r\n", {}, MAIL + b"a\nb\r\n", BINARY),
    ("F-BARE-CR", MAIL + b"a\rb\r\n", {}, MAIL, {}),
    ("F-BARE-CR", MAIL + b"a\rb\r\n", {}, MAIL + b"a\r\r\nb\r\n", {}),
    ("F-BARE-CR", MAIL + b"a\rb\r\n", {}, MAIL + b"a\rb\r\n", BINARY),
    ("F-CRCRLF", MAIL + b"a\r\r\nb\r\n", {}, MAIL + b"a\r\rb\r\n", {}),
    ("F-DOT-AFTER-LF", MAIL + b"a\n..b\r\n", {}, MAIL + b"a\r\n..b\r\n", {}),
    ("F-DOT-AFTER-LF", MAIL + b"a\n..b\r\n", {}, MAIL + b"a\n.b\r\n", {}),
    ("F-NUL", MAIL + b"a\0b\r\n", {}, MAIL + b"a\0b\r\n", BINARY),
    ("F-NUL", MAIL + b"a\0b\r\n", {}, MAIL, {}),
    ("F-LINE-998", MAIL + b"x" * 999 + b"\r\n", {}, MAIL + b"x" * 998 + b"\r\n", {}),
    ("F-LINE-998", MAIL + b"x" * 999, {}, MAIL + b"x" * 999, BINARY),
    ("F-SIZE-LIE", MAIL, {"SIZE": str(len(MAIL) - 1)}, MAIL, {"SIZE": str(len(MAIL))}),
    ("F-BODY-7BIT-LIE", MAIL + b"\xe9", {"BODY": "7BIT"}, MAIL, {"BODY": "7BIT"}),
    ("F-BODY-7BIT-LIE", MAIL + b"\xe9", {"BODY": "7BIT"}, MAIL + b"\xe9", EIGHT),
    ("F-8BIT-UNDECLARED", MAIL + b"\xe9", {}, MAIL + b"\xe9", EIGHT),
    ("F-8BIT-UNDECLARED", MAIL + b"\xe9", {}, MAIL, {}),
    ("F-8BIT-HEADER", b"X: \xe9\r\n" + MAIL, EIGHT, b"X: \xe9\r\n" + MAIL, EIGHT | UTF8),
    ("F-8BIT-HEADER", b"X: \xe9\r\n" + MAIL, EIGHT, MAIL + b"\xe9", EIGHT),
    ("F-UTF8-UNNEEDED", MAIL, UTF8, b"X: \xc3\xa9\r\n" + MAIL, UTF8),
    ("F-UTF8-UNNEEDED", MAIL, UTF8, MAIL, {}),
    ("F-BINARY-CTE", b"Content-Transfer-Encoding: Binary\r\n" + MAIL, {},
     b"Content-Transfer-Encoding: binary\r\n" + MAIL, BINARY),
    ("F-BINARY-CTE", b"Content-Transfer-Encoding: binary\r\n" + MAIL, {},
     b"Content-Transfer-Encoding: 8bit\r\n" + MAIL, {}),
    ("F-HDR-MISSING", without(b"From"), {}, MAIL, {}),
    ("F-HDR-MISSING", without(b"Date"), {}, MAIL.replace(b"Date:", b"DATE :"), {}),
    ("F-HDR-NO-MSGID", without(b"Message-ID"), {}, MAIL, {}),
    ("F-HDR-DUP", b"subject: again\r\n" + MAIL, {}, b"Comments: a\r\nComments: b\r\n" + MAIL, {}),
    ("F-HDR-BCC", b"Bcc: eve@z\r\n" + MAIL, {}, b"Bcc: \r\n" + MAIL, {}),
    ("F-HDR-BCC", b"Bcc:\r\n eve@z\r\n" + MAIL, {}, MAIL + b"Bcc: eve@z\r\n", {}),
    ("F-RETURN-PATH", b"Return-Path: <a@x>\r\n" + MAIL, {}, MAIL, {}),
    ("F-LOOP", b"Received: x\r\n" * 101 + MAIL, {}, b"Received: x\r\n" * 100 + MAIL, {}),
    ("F-RCPT-NOT-IN-HEADERS", without(b"To"), {}, MAIL.replace(b"To:", b"Cc:"), {}),
    ("F-RCPT-NOT-IN-HEADERS", without(b"To"), {}, MAIL.replace(b"bob@", b"BOB@"), {}),
    ("F-ENVELOPE-MISMATCH", MAIL.replace(b"alice@x.", b"alice@z."), {},
     MAIL.replace(b"alice@x.", b"alice@X."), {}),
    ("F-ENVELOPE-MISMATCH", MAIL.replace(b"<alice@x.", b"<alice@z."), {},
     MAIL.replace(b"From: Alice", b'From: "joe@z.example via X"'), {}),
]  # fmt: skip


@pytest.mark.parametrize(("finding_id", "has", "params", "has_not", "other_params"), ROWS)
def test_a_finding_and_its_near_miss(
    finding_id: str, has: bytes, params: Params, has_not: bytes, other_params: Params
) -> None:
    assert finding_id in ids(has, params)
    assert finding_id not in ids(has_not, other_params)


@pytest.mark.parametrize(
    "head", [b"Auto-Submitted: auto-replied\r\n", b"Content-Type: Multipart/Report\r\n"]
)
def test_the_null_reverse_path_is_for_automatic_mail(head: bytes) -> None:
    assert ids(MAIL, sender=NULL_PATH) == {"F-NULL-SENDER-TX"}
    assert ids(head + MAIL, sender=NULL_PATH) == set()


def test_an_empty_message_is_nothing_but_empty() -> None:
    assert ids(b"") == {"F-EMPTY"}


def test_counts_and_offsets() -> None:
    by_id = {f.id: f for f in found(MAIL + b"a\nb\n..c\rd\re\rf\r\r\n\0")}
    assert (by_id["F-BARE-LF"].count, by_id["F-BARE-LF"].message) == (
        2, "2 bare LF in message text.",
    )  # fmt: skip
    assert by_id["F-BARE-CR"].count == 3
    assert (by_id["F-CRCRLF"].count, by_id["F-CRCRLF"].evidence) == (1, "\\r\\r\\n")
    assert by_id["F-CRCRLF"].offset == len(MAIL) + len(b"a\nb\n..c\rd\re\rf")
    assert by_id["F-DOT-AFTER-LF"].offset == len(MAIL) + 3
    assert by_id["F-NUL"].offset == len(MAIL) + len(b"a\nb\n..c\rd\re\rf\r\r\n")


def test_the_longest_line_is_told() -> None:
    (line,) = found(MAIL + b"x" * 1500 + b"\r\n" + b"x" * 2000 + b"\r\n" + b"x" * 1000)
    assert line.message == "Line of 2000 octets exceeds 998."


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r\r\n"])
def test_a_header_is_read_whatever_its_line_ends_are(end: bytes) -> None:
    content = MAIL.replace(b"\r\n", end)
    assert not ids(content) & {"F-NO-HEADERS", "F-HDR-MISSING", "F-HDR-NO-MSGID"}
    assert "F-HDR-BCC" not in ids(content + b"Bcc: eve@z" + end)
    assert "F-HDR-BCC" in ids(b"Bcc: eve@z" + end + content)


def test_a_folded_field_is_one_field() -> None:
    folded = MAIL.replace(b"To: bob", b"To: x@y.example,\r\n\tc@y.example,\r\n bob")
    assert ids(folded) == set()


def test_the_first_raw_field_is_named() -> None:
    (raw,) = found(b"X-A: a\r\nX-B: caf\xe9\r\n" + MAIL, EIGHT)
    assert raw.message == "Raw 8-bit octets in header x-b."
    assert raw.evidence == " caf\\xe9"


def test_an_address_beyond_ascii_needs_smtputf8() -> None:
    path = Path("\u00fc@y.example", "\u00fc", "y.example")
    assert "F-UTF8-UNNEEDED" not in {f.id for f in inspect(MAIL, envelope(UTF8, ALICE, path))}


def test_of_thousands_of_recipients_only_some_are_looked_up() -> None:
    many = tuple(Path(f"u{n}@y.example", f"u{n}", "y.example") for n in range(1000))
    findings = inspect(MAIL, envelope(None, ALICE, *many))
    assert len(findings) == RECIPIENTS_LOOKED_UP - 1


def test_a_header_without_end_is_looked_at_only_so_far() -> None:
    endless = HEAD + b"X-Long: y\r\n" * (HEADER_BLOCK_LIMIT // 11 + 1) + b"Bcc: eve@z\r\n"
    assert "F-HDR-BCC" not in ids(endless)
    assert "F-HDR-BCC" in ids(HEAD + b"Bcc: eve@z\r\n")
