"""MAIL and RCPT as clients write them: what is taken, what is refused, what is found."""

import pytest

from mailtrap.smtp.envelope import Path
from tests.smtp.talk import HELLO, LMTP, MAIL, PLAIN, RCPT, STRICT, every_cut, talk

SENDER, NO_SENDER, BAD_SYNTAX = "250 2.1.0", "501 5.1.7", "501 5.5.4"
TAKEN, NOT_TAKEN = "250 2.1.5", "501 5.1.3"

Row = tuple[str, bytes, str, str, set[str]]

MAILS: list[Row] = [
    # address, what is sent, lenient reply, strict reply, findings
    ("", b"MAIL FROM:<>", SENDER, SENDER, set()),
    ("", b"MAIL FROM:< >", SENDER, NO_SENDER, {"F-PATH-WS"}),
    ("a@x", b"MAIL FROM:<a@x>", SENDER, SENDER, set()),
    ("a@x", b"mAiL fRoM:<a@x>", SENDER, SENDER, set()),
    ("a@x", b"MAIL FROM:<@h.example:a@x>", SENDER, SENDER, {"F-SOURCE-ROUTE"}),
    ("a@x", b"MAIL FROM: <a@x>", SENDER, BAD_SYNTAX, {"F-PATH-WS"}),
    ("a@x", b"MAIL FROM:\t<a@x>", SENDER, BAD_SYNTAX, {"F-PATH-WS"}),
    ("a@x", b"MAIL FROM:a@x", SENDER, BAD_SYNTAX, {"F-PATH-NOBRACKET"}),
    ("a@x", b"MAIL FROM:<a@x", SENDER, BAD_SYNTAX, {"F-PATH-NOBRACKET"}),
    ("a@x", b"MAIL FROM:a@x>", SENDER, BAD_SYNTAX, {"F-PATH-NOBRACKET"}),
    ("a@x", b"mail from: a@x", SENDER, BAD_SYNTAX, {"F-PATH-WS", "F-PATH-NOBRACKET"}),
    ("a@x", b"MAIL FROM <a@x>", SENDER, BAD_SYNTAX, {"F-FROM-COLON"}),
    ("a@x", b"MAIL FROM :<a@x>", SENDER, BAD_SYNTAX, {"F-FROM-COLON"}),
    ("a@x", b"MAIL  FROM:<a@x>", SENDER, BAD_SYNTAX, {"F-WS"}),
    ("a@x", b"MAIL FROM:< a@x >", SENDER, NO_SENDER, {"F-PATH-WS"}),
    ("a@x", b"MAIL FROM:Bob <a@x>", SENDER, BAD_SYNTAX, {"F-PATH-DISPLAYNAME"}),
    ("a@x", b'MAIL FROM:"Bob <c@z>" <a@x>', SENDER, BAD_SYNTAX, {"F-PATH-DISPLAYNAME"}),
    ("a@x", b"MAIL FROM:<mailto:a@x>", SENDER, BAD_SYNTAX, {"F-PATH-DISPLAYNAME"}),
    ("a@x", b"MAIL FROM:mailto:a@x", SENDER, BAD_SYNTAX,
     {"F-PATH-DISPLAYNAME", "F-PATH-NOBRACKET"}),
    ("bob", b"MAIL FROM:<bob>", SENDER, NO_SENDER, {"F-ADDR-NODOMAIN"}),
    ("\u00fc@x", b"MAIL FROM:<\xc3\xbc@x>", SENDER, "550 5.6.7", {"F-UTF8-UNDECLARED"}),
    ("\u00fc@x", b"MAIL FROM:<\xc3\xbc@x> SMTPUTF8", SENDER, SENDER, set()),
    ("\udcfc@x", b"MAIL FROM:<\xfc@x> SMTPUTF8", SENDER, "501 5.5.2", {"F-UTF8-INVALID"}),
    ("a@x", b"MAIL FROM:a@x SIZE=10", SENDER, BAD_SYNTAX, {"F-PATH-NOBRACKET"}),
    ('"a b"@x', b'MAIL FROM:"a b"@x SIZE=10', SENDER, BAD_SYNTAX, {"F-PATH-NOBRACKET"}),
    ("a@x", b"MAIL FROM:<a@x>SIZE=10", SENDER, BAD_SYNTAX, {"F-WS"}),
]  # fmt: skip

RCPTS: list[Row] = [
    ("user@c.example", b"RCPT TO:<@a.example,@b.example:user@c.example>", TAKEN, TAKEN,
     {"F-SOURCE-ROUTE"}),
    ("Postmaster", b"RCPT TO:<Postmaster>", TAKEN, TAKEN, set()),
    ("POSTMASTER", b"RCPT TO:<POSTMASTER>", TAKEN, TAKEN, set()),
    ("postmaster@x", b"RCPT TO:<postmaster@x>", TAKEN, TAKEN, set()),
    ("bob", b"RCPT TO:<bob>", TAKEN, NOT_TAKEN, {"F-ADDR-NODOMAIN"}),
    ('"a b"@x', b'RCPT TO:<"a b"@x>', TAKEN, TAKEN, set()),
    ('"a@b"@x', b'RCPT TO:<"a@b"@x>', TAKEN, TAKEN, set()),
    ('"a\\"b\\\\c"@x', b'RCPT TO:<"a\\"b\\\\c"@x>', TAKEN, TAKEN, set()),
    ('"a>b"@x', b'RCPT TO:<"a>b"@x>', TAKEN, TAKEN, set()),
    ('"a\\"<b"@x', b'RCPT TO:<"a\\"<b"@x>', TAKEN, TAKEN, set()),
    ('""@x', b'RCPT TO:<""@x>', TAKEN, TAKEN, set()),
    ("joe@x", b'RCPT TO:<"joe"@x>', TAKEN, TAKEN, set()),
    ("joe@x", b'RCPT TO:<"j\\oe"@x>', TAKEN, TAKEN, set()),
    ('"joe."@x', b'RCPT TO:<"joe."@x>', TAKEN, TAKEN, set()),
    ("u@[192.0.2.1]", b"RCPT TO:<u@[192.0.2.1]>", TAKEN, TAKEN, set()),
    ("u@[IPv6:2001:db8::1]", b"RCPT TO:<u@[IPv6:2001:db8::1]>", TAKEN, TAKEN, set()),
    ("u@[IPv6:::ffff:192.0.2.1]", b"RCPT TO:<u@[IPv6:::ffff:192.0.2.1]>", TAKEN, TAKEN, set()),
    ("u@[foo:bar]", b"RCPT TO:<u@[foo:bar]>", TAKEN, TAKEN, set()),
    *(
        (f"u@{bad}", b"RCPT TO:<u@%s>" % bad.encode(), TAKEN, NOT_TAKEN, {"F-ADDR-LITERAL"})
        for bad in ("[300.1.1.1]", "[2001:db8::1]", "192.0.2.1", "[IPv6:1::2::3]", "[1.2.3.4",
                    "[IPv6:fe80::1%eth0]", "[]")
    ),
    *(
        (bad, b"RCPT TO:<%s>" % bad.encode(), TAKEN, NOT_TAKEN, {"F-ADDR-SYNTAX"})
        for bad in ("u@ex_ample.com", "u@-a.com", "u@a-.com", "u@a..b", "u@.a", "u@a.", ".u@a",
                    "u.@a", "u..v@a", "u@")
    ),
    ('"a b"@x', b"RCPT TO:<a b@x>", TAKEN, NOT_TAKEN, {"F-ADDR-SYNTAX"}),
    ('"\\"a"@x', b'RCPT TO:<"a@x>', TAKEN, BAD_SYNTAX, {"F-ADDR-SYNTAX", "F-PATH-NOBRACKET"}),
    ("b@y", b"RCPT TO:<Bob <b@y>>", TAKEN, BAD_SYNTAX, {"F-PATH-DISPLAYNAME"}),
    ("b@y", b"RCPT TO:b@y NOTIFY=NEVER", TAKEN, BAD_SYNTAX, {"F-PATH-NOBRACKET"}),
    ("\u00fc@x", b"RCPT TO:<\xc3\xbc@x>", TAKEN, "553 5.6.7", {"F-UTF8-UNDECLARED"}),
    ("\udcfc@x", b"RCPT TO:<\xfc@x>", TAKEN, "501 5.5.2", {"F-UTF8-INVALID"}),
]  # fmt: skip


@pytest.mark.parametrize(("address", "line", "lenient", "strict", "found"), MAILS)
def test_a_reverse_path(
    address: str, line: bytes, lenient: str, strict: str, found: set[str]
) -> None:
    session = every_cut(HELLO + line + b"\r\n")
    assert session.codes[1:] == [lenient]
    assert session.ids == found
    transaction = session.engine.session.transaction
    assert transaction is not None
    assert transaction.reverse_path.address == address

    refusing = every_cut(HELLO + line + b"\r\n", STRICT)
    assert refusing.codes[1:] == [strict]
    assert (refusing.engine.session.transaction is not None) == (strict[0] == "2")
    assert refusing.ids <= found


@pytest.mark.parametrize(("address", "line", "lenient", "strict", "found"), RCPTS)
def test_a_forward_path(
    address: str, line: bytes, lenient: str, strict: str, found: set[str]
) -> None:
    session = every_cut(HELLO + MAIL + line + b"\r\n")
    assert session.codes[2:] == [lenient]
    assert session.ids == found
    transaction = session.engine.session.transaction
    assert transaction is not None
    assert [recipient.path.address for recipient in transaction.recipients] == [address]

    assert every_cut(HELLO + MAIL + line + b"\r\n", STRICT).codes[2:] == [strict]


@pytest.mark.parametrize(
    ("line", "code", "found"),
    [
        (b"RCPT TO:<>", NOT_TAKEN, set()),
        (b"RCPT TO:< >", NOT_TAKEN, set()),
        (b"RCPT TO:", NOT_TAKEN, set()),
        (b"RCPT TO", NOT_TAKEN, set()),
        (b"RCPT", BAD_SYNTAX, set()),
        (b"RCPT FROM:<a@x>", BAD_SYNTAX, set()),
        (b"RCPT TOM@x", BAD_SYNTAX, set()),
        (b"RCPT TO:<@x>", NOT_TAKEN, set()),
        (b"RCPT TO:<@a,@b:>", NOT_TAKEN, set()),
        (b"RCPT TO:<b@y>,<c@y>", NOT_TAKEN, {"F-RCPT-LIST"}),
        (b"RCPT TO:<b@y,c@y>", NOT_TAKEN, {"F-RCPT-LIST"}),
        (b"RCPT TO:<b@y;c@y>", NOT_TAKEN, {"F-RCPT-LIST"}),
        (b"RCPT TO:b@y c@y", NOT_TAKEN, {"F-RCPT-LIST"}),
        (b"RCPT TO:b@y,c@y", NOT_TAKEN, {"F-RCPT-LIST"}),
        (b"RCPT TO:<b\x00@y>", "501 5.5.2", {"F-CTRL-IN-CMD"}),
        (b"RCPT TO:<b\r@y>", "501 5.5.2", {"F-CTRL-IN-CMD"}),
        (b"RCPT TO:<b@y>\rx", "501 5.5.2", {"F-CTRL-IN-CMD"}),
        (b"RCPT TO:<%s@y>" % (b"l" * 1025), NOT_TAKEN, set()),
        (b"RCPT TO:<b@%s>" % (b"d" * 1025), NOT_TAKEN, set()),
    ],
)
def test_a_forward_path_without_a_meaning_is_refused(
    line: bytes, code: str, found: set[str]
) -> None:
    for profile in (PLAIN, STRICT):
        session = every_cut(HELLO + MAIL + line + b"\r\n", profile)
        assert session.codes[2:] == [code]
        assert session.ids - {"F-PATH-WS", "F-SOURCE-ROUTE"} == found
        transaction = session.engine.session.transaction
        assert transaction is not None
        assert transaction.recipients == []


@pytest.mark.parametrize("line", [b"MAIL FROM:", b"MAIL FROM:<a@x,b@x>", b"MAIL FROM:<@x>"])
def test_a_reverse_path_without_a_meaning_is_refused(line: bytes) -> None:
    session = every_cut(HELLO + line + b"\r\n")
    assert session.codes[1:] == [NO_SENDER]
    assert session.engine.session.transaction is None


def test_a_line_feed_within_a_path_ends_the_line() -> None:
    session = every_cut(HELLO + MAIL + b"RCPT TO:<b@y\nRCPT TO:<evil@z>\r\n")
    assert session.codes[2:] == [TAKEN, TAKEN]
    assert "F-BARE-LF-CMD" in session.ids
    assert every_cut(HELLO + MAIL + b"RCPT TO:<b@y\r\n").ids == {"F-PATH-NOBRACKET"}


def test_a_source_route_is_kept_apart_from_the_address() -> None:
    session = talk(HELLO + MAIL + b"RCPT TO:<@a.example,@b.example:user@c.example>\r\n")
    transaction = session.engine.session.transaction
    assert transaction is not None
    assert transaction.recipients[0].path == Path(
        "user@c.example", "user", "c.example", ("a.example", "b.example")
    )


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (b"l" * 64 + b"@y", False),
        (b"l" * 65 + b"@y", True),
        (b"l" * 1024 + b"@y", True),
        (b"b@" + b"d" * 252, False),
        (b"b@" + b"d" * 253, True),
        (b"b@" + b"d" * 256, True),
    ],
)
def test_long_addresses_are_taken_and_found(path: bytes, found: bool) -> None:
    line = b"RCPT TO:<%s>\r\n" % path
    session = every_cut(HELLO + MAIL + line)
    assert session.codes[2:] == [TAKEN]
    assert ("F-ADDR-LEN" in session.ids) is found
    refusing = every_cut(HELLO + MAIL + line, STRICT)
    assert refusing.codes[2:] == [NOT_TAKEN if found else TAKEN]


def test_a_recipient_that_comes_twice_is_taken_twice() -> None:
    session = every_cut(HELLO + MAIL + RCPT + RCPT)
    assert session.codes[2:] == [TAKEN, TAKEN]
    assert session.ids == {"F-RCPT-DUP"}
    transaction = session.engine.session.transaction
    assert transaction is not None
    assert len(transaction.recipients) == 2
    assert every_cut(HELLO + MAIL + RCPT + b"RCPT TO:<c@y.example>\r\n").ids == set()


def test_lmtp_answers_a_recipient_that_comes_twice_twice() -> None:
    session = every_cut(b"LHLO c.example\r\n" + MAIL + RCPT + RCPT + b"DATA\r\n.\r\n", LMTP)
    assert session.codes == ["250", SENDER, TAKEN, TAKEN, "354", TAKEN, TAKEN]
    assert len(session.stored) == 1


def test_a_very_long_parameter_is_taken_and_found() -> None:
    session = every_cut(HELLO + MAIL + b"RCPT TO:<b@y> " + b"A" * 600 + b"\r\n")
    assert session.codes[2:] == [TAKEN]
    assert session.ids == {"F-CMD-LEN", "F-PARAM-UNKNOWN"}


def test_a_null_reverse_path_has_no_domain() -> None:
    session = talk(HELLO + b"MAIL FROM:<>\r\n")
    transaction = session.engine.session.transaction
    assert transaction is not None
    assert transaction.reverse_path == Path("")
