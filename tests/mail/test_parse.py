"""The tree of a message: numbers, offsets, bodies, defects."""

import pytest

from mailtrap.mail.message import Mail, Part
from mailtrap.mail.parse import attachments, content, find_cid, find_part, parse, text


def crlf(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


def multipart(subtype: str, boundary: str, *parts: str) -> str:
    """A multipart with its Content-Type; each part begins with its header."""
    inside = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f"Content-Type: multipart/{subtype}; boundary={boundary}\r\n\r\n{inside}--{boundary}--"


PLAIN = "Content-Type: text/plain\r\n\r\nplain"
HTML = "Content-Type: text/html\r\n\r\n<p>html"
PDF = "Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD"


CLOSED = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--"


def tree(mail: Mail) -> list[tuple[str, str]]:
    return [(part.number, part.content_type) for part in mail.parts]


def texts(mail: Mail) -> str:
    return "\n".join(defect.text for defect in mail.defects)


def test_a_plain_message_is_part_one() -> None:
    raw = b"Subject: x\r\nX-A: =?utf-8?q?=C3=A4?=\r\n\r\nhello\r\n"
    mail = parse(raw)
    assert tree(mail) == [("1", "text/plain")]
    assert mail.root is mail.parts[0]
    assert (mail.text, mail.html) == ("hello\n", None)
    assert raw[mail.root.begin : mail.root.end] == b"hello\r\n"
    assert mail.root.size == 7
    assert [(h.name, h.value, h.raw) for h in mail.headers] == [
        ("Subject", "x", b" x"),
        ("X-A", "ä", b" =?utf-8?q?=C3=A4?="),
    ]
    assert mail.headers == mail.root.headers
    assert mail.defects == ()


def test_parts_are_numbered_as_imap_does() -> None:
    inner = "Subject: inner\r\n" + multipart("mixed", "i", PLAIN, PDF)
    raw = multipart(
        "mixed",
        "o",
        multipart("alternative", "a", PLAIN, HTML),
        "Content-Type: message/rfc822\r\n\r\n" + inner,
        "Content-Type: message/rfc822\r\n\r\nSubject: single\r\n\r\nbody",
        PDF,
    ).encode()
    mail = parse(raw)
    assert tree(mail) == [
        ("", "multipart/mixed"),
        ("1", "multipart/alternative"),
        ("1.1", "text/plain"),
        ("1.2", "text/html"),
        ("2", "message/rfc822"),
        ("2.1", "text/plain"),
        ("2.2", "application/pdf"),
        ("3", "message/rfc822"),
        ("3.1", "text/plain"),
        ("4", "application/pdf"),
    ]
    second, third = mail.root.children[1], mail.root.children[2]
    assert [h.value for h in second.inner_headers if h.name == "Subject"] == ["inner"]
    assert [h.value for h in third.inner_headers] == ["single"]
    assert content(raw, third.children[0]) == b"body"
    assert raw[second.begin : second.end] == inner.encode()
    assert mail.defects == ()


def test_a_message_in_a_message_at_the_root() -> None:
    mail = parse(b"Content-Type: message/rfc822\n\nSubject: a\n\nb")
    assert tree(mail) == [("1", "message/rfc822"), ("1.1", "text/plain")]


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r\r\n"])
def test_any_line_end_gives_the_same_contents(line_end: str) -> None:
    raw = multipart("mixed", "b", PLAIN, HTML, PDF).replace("\r\n", line_end).encode()
    mail = parse(raw)
    assert [content(raw, part) for part in mail.root.children] == [b"plain", b"<p>html", b"ABC"]
    assert (mail.text, mail.html, mail.defects) == ("plain", "<p>html", ())


def test_mixed_line_ends_are_read() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=b\n\r\n--b\n\r\na\r\n--b\r\n\nb\n--b--\n"
    assert [content(raw, part) for part in parse(raw).root.children] == [b"a", b"b"]


def test_preamble_and_epilogue_are_no_parts() -> None:
    raw = crlf(
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "pre",
        "--b",
        "",
        "x",
        "--b--",
        "epi",
        "--b",
    )
    mail = parse(raw)
    assert [content(raw, part) for part in mail.root.children] == [b"x"]


@pytest.mark.parametrize(
    ("boundary", "lines", "contents"),
    [
        ("b", ["--b", "", "x", "--b", "", "y"], [b"x", b"y"]),
        ("b", ["--b", "", "x", "--bb", "y", "--b--"], [b"x\r\n--bb\r\ny"]),
        ("b", ["--b", "", "x", "--b--y", "--b--"], [b"x\r\n--b--y"]),
        ("b", ["--b \t", "", "x", "--b-- \t", ""], [b"x"]),
        ("b", ["--b", "--b", "", "--b", "", "", "--b--"], [b"", b"", b""]),
        ("b", ["--b", "no header", "--b--"], [b"no header"]),
        ("b", ["--b", "", "x --b", " --b", "--b--"], [b"x --b\r\n --b"]),
        ('"b c:"', ["--b c:", "", "x", "--b c:--"], [b"x"]),
        ('"b  "', ["--b", "", "x", "--b--"], [b"x"]),
        ("(b)", ["--(b)", "", "x", "--(b)--"], [b"x"]),
        ("b*", ["--b*", "", "x", "--b*--"], [b"x"]),
        ("ü", ["--ü", "", "x", "--ü--"], [b"x"]),
    ],
)
def test_delimiter_lines(boundary: str, lines: list[str], contents: list[bytes]) -> None:
    raw = crlf(f"Content-Type: multipart/mixed; boundary={boundary}", "", *lines)
    mail = parse(raw)
    assert [content(raw, part) for part in mail.root.children] == contents


def test_a_boundary_that_begins_like_the_outer_one_is_its_own() -> None:
    raw = multipart("mixed", "x", multipart("alternative", "xy", PLAIN, HTML), PDF).encode()
    assert [part.number for part in parse(raw).parts] == ["", "1", "1.1", "1.2", "2"]


def test_an_outer_delimiter_ends_what_is_inside() -> None:
    inner = "Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\nnever closed"
    mail = parse(multipart("mixed", "o", inner, PLAIN).encode())
    assert [part.number for part in mail.parts] == ["", "1", "1.1", "2"]
    assert [(d.where, d.text) for d in mail.defects] == [("1", "the closing boundary is missing")]


def test_the_same_boundary_inside_and_outside_is_survived() -> None:
    mail = parse(multipart("mixed", "b", multipart("alternative", "b", PLAIN, HTML), PDF).encode())
    assert mail.text == "plain"
    assert "does not occur" in texts(mail)


@pytest.mark.parametrize(
    ("raw", "defect"),
    [
        (b"no header", "no header"),
        (b"", "no header"),
        (b"From x\nA: b\n\n", "mbox"),
        (b"A: b\nbody line\nmore", "without an empty line"),
        (b"A: b\nC: d\nstray\nE: f\n\n", "no field"),
        (b"Content-Type: multipart/mixed\n\n--b\n\nx\n--b--", "without a boundary parameter"),
        (b'Content-Type: multipart/mixed; boundary=""\n\n--\n\nx\n----', "without a boundary"),
        (b"Content-Type: multipart/mixed; boundary=b\n\nx", "does not occur"),
        (b"Content-Type: multipart/mixed; boundary=b\n\n--b--", "a multipart without parts"),
        (b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx", "closing boundary is missing"),
        (b"Content-Type: multipart/mixed; boundary=" + b"b" * 71 + b"\n\n", "longer than 70"),
        (b"Content-Type: text\n\nx", "no media type: read as text/plain"),
        (b"Content-Type: text/html charset=x\n\nx", "no media type: read as text/html"),
        (b"Content-Type: a/b\nContent-Type: c/d\n\nx", "more than once"),
        (b"Content-Transfer-Encoding: rot13\n\nx", "unknown Content-Transfer-Encoding 'rot13'"),
        (b"Content-Transfer-Encoding: base64\n\n*", "outside its alphabet"),
        (b"Content-Type: text/plain; charset=x-no\n\n\xff", "unknown charset 'x-no'"),
        (b"Content-Type: text/html\n\n\xff", "without a charset"),
        (b"Content-Transfer-Encoding: base64\n" + CLOSED, "must not be encoded as base64"),
        (b"X: " + b"y" * 300_000 + b"\n\n", "longer than 262144 octets"),
        (b"X: y\n" * 2001 + b"\n", "more than 2000 header fields"),
    ],
)
def test_what_is_malformed_is_a_defect(raw: bytes, defect: str) -> None:
    assert defect in texts(parse(raw))


def test_a_long_header_is_cut() -> None:
    assert len(parse(b"X: " + b"y" * 300_000 + b"\n\n").headers[0].raw) == 262144


def test_an_encoded_message_inside_is_a_file_without_parts() -> None:
    inside = "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nQTogYgoK"
    raw = multipart("mixed", "b", inside).encode()
    mail = parse(raw)
    (part,) = mail.root.children
    assert (part.children, part.inner_headers) == ((), ())
    assert content(raw, part) == b"A: b\n\n"
    assert "message/rfc822 must not be encoded as base64" in texts(mail)


def test_a_digest_holds_messages() -> None:
    raw = crlf(
        "Content-Type: multipart/digest; boundary=b", "", "--b", "", "A: b", "", "x", "--b--"
    )
    assert tree(parse(raw))[1:] == [("1", "message/rfc822"), ("1.1", "text/plain")]


def test_an_encoded_multipart_is_read_in_place() -> None:
    raw = multipart("mixed", "b", PLAIN).replace(
        "\r\n", "\r\nContent-Transfer-Encoding: base64\r\n", 1
    )
    mail = parse(raw.encode())
    assert mail.text == "plain"
    assert content(raw.encode(), mail.root) == raw.encode()[mail.root.begin :]


def test_a_part_knows_its_facts() -> None:
    header = (
        "Content-Type: TEXT/Plain; charset=UTF-8; name=n\r\n"
        "Content-Transfer-Encoding: Quoted-Printable\r\n"
        "Content-Disposition: Attachment; filename*=utf-8''%C3%A4\r\n"
        "Content-ID: <a@b>\r\n\r\n=C3=A4"
    )
    raw = multipart("mixed", "b", header).encode()
    (part,) = parse(raw).root.children
    assert (part.content_type, part.charset, part.encoding) == (
        "text/plain",
        "utf-8",
        "quoted-printable",
    )
    assert (part.disposition, part.filename, part.content_id) == ("attachment", "ä", "a@b")
    assert part.size == 2
    assert text(raw, part) == "ä"
    assert len(part.headers) == 4


@pytest.mark.parametrize(
    ("value", "disposition"),
    [("inline", "inline"), ("form-data; name=x", "attachment"), ("; filename=x", "")],
)
def test_an_unknown_disposition_is_an_attachment(value: str, disposition: str) -> None:
    assert parse(f"Content-Disposition: {value}\n\nx".encode()).root.disposition == disposition


def test_parts_that_are_not_text_are_leaves() -> None:
    raw = multipart(
        "report",
        "b",
        PLAIN,
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x",
        "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR",
    ).encode()
    mail = parse(raw)
    assert [part.children for part in mail.root.children] == [(), (), ()]
    assert mail.text == "plain"


def test_uuencoded_text_stays_text() -> None:
    raw = b"A: b\n\nhi\nbegin 644 a\n#86)C\n`\nend\n"
    assert parse(raw).text == "hi\nbegin 644 a\n#86)C\n`\nend\n"


FILES = multipart(
    "mixed",
    "o",
    multipart(
        "related",
        "r",
        HTML,
        "Content-Type: image/png\r\nContent-ID: <logo@x>\r\n\r\nP",
        "Content-ID: <d@x>\r\nContent-Disposition: inline; filename=d.gif\r\n\r\nG",
    ),
    PDF,
    "Content-Type: message/rfc822\r\n\r\n" + multipart("mixed", "i", PLAIN, PDF),
    "Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nnotes",
    "Content-Type: application/octet-stream\r\n\r\nx",
    "Content-Type: text/plain\r\n\r\nfooter",
    "Content-Disposition: attachment\r\n" + multipart("mixed", "z", PLAIN),
).encode()


def test_attachments_are_what_a_reader_lists() -> None:
    assert [part.number for part in attachments(parse(FILES))] == ["1.3", "2", "3", "4", "5", "7"]


@pytest.mark.parametrize(
    ("raw", "numbers"),
    [
        (b"A: b\n\ntext", []),
        (b"Content-Type: text/plain; name=x\n\ntext", []),
        (b"Content-Type: text/plain\nContent-Disposition: attachment\n\ntext", ["1"]),
        (b"Content-Type: application/pdf\n\nx", ["1"]),
        (b"Content-Type: text/calendar; name=a.ics\n\nx", []),
        (b"Content-Type: image/png\nContent-ID: <a@b>\n\nx", ["1"]),
        (b"Content-Type: multipart/mixed; boundary=b\n\nx", []),
        (b"Content-Disposition: attachment\n" + CLOSED, []),
    ],
)
def test_a_root_may_be_a_file(raw: bytes, numbers: list[str]) -> None:
    assert [part.number for part in attachments(parse(raw))] == numbers


@pytest.mark.parametrize(
    ("number", "content_type"),
    [
        ("", "multipart/mixed"),
        ("1", "multipart/related"),
        ("1.1", "text/html"),
        ("2", "application/pdf"),
    ],
)
def test_a_part_is_found_by_number(number: str, content_type: str) -> None:
    part = find_part(parse(FILES), number)
    assert part is not None
    assert part.content_type == content_type


@pytest.mark.parametrize("number", ["0", "1.9", "x", "1.", "99999999999"])
def test_there_is_no_such_part(number: str) -> None:
    assert find_part(parse(FILES), number) is None


@pytest.mark.parametrize("content_id", ["logo@x", "<logo@x>", " <logo@x> "])
def test_a_part_is_found_by_content_id(content_id: str) -> None:
    part = find_cid(parse(FILES), content_id)
    assert part is not None
    assert part.number == "1.2"


@pytest.mark.parametrize("content_id", ["", "<>", "other@x"])
def test_there_is_no_such_content_id(content_id: str) -> None:
    assert find_cid(parse(FILES), content_id) is None


def test_the_size_of_a_multipart_is_that_of_its_encoded_body() -> None:
    root: Part = parse(FILES).root
    assert root.size == root.end - root.begin


@pytest.mark.parametrize(
    ("content_type", "listed"),
    [("text/calendar", True), ("text/csv", True), ("text/x-amp-html", False), ("text/html", False)],
)
def test_text_that_is_no_body_is_a_file(content_type: str, listed: bool) -> None:
    raw = multipart("alternative", "b", PLAIN, f"Content-Type: {content_type}\r\n\r\nx")
    assert [part.number for part in attachments(parse(raw.encode()))] == ["2"] * listed


def test_the_summary_is_that_of_the_scan() -> None:
    assert parse(FILES).summary.has_attachment
