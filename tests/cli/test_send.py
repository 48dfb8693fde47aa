import io
import json
import socket
import sys
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mailtrap.cli.send import letter, parse_address, smtp_address
from mailtrap.client import Http

if TYPE_CHECKING:
    from tests.cli.conftest import Api, Run, Smtp

MAIL = b"From: Ann <ann@a.test>\nTo: bob@b.test, Cy <cy@c.test>\nCc: bob@b.test\n\n.dot\nend\n"


@pytest.fixture
def told(api: "Api", smtp: "Smtp") -> None:
    """The API tells where SMTP is."""
    listeners = [
        {"name": "smtps", "url": "smtps://127.0.0.1:9", "tls": "implicit"},
        {"name": "starttls", "url": "smtp://127.0.0.1:9", "tls": "starttls"},
        {"name": "smtp", "url": f"smtp://0.0.0.0:{smtp.port}", "tls": "none"},
    ]
    api.on("GET", "/api/info", {"listeners": listeners})


@pytest.mark.usefixtures("told")
def test_without_a_file_the_sample_is_sent_and_its_id_told(run: "Run", smtp: "Smtp") -> None:
    ended = run("send")
    assert (ended.code, ended.out) == (0, "m1\n")
    assert smtp.lines[1:4] == [
        "mail FROM:<sender@example.com>",
        "rcpt TO:<ada@example.com>",
        "data",
    ]
    assert b"Content-Type: multipart/mixed" in smtp.contents[0]


@pytest.mark.usefixtures("told")
def test_a_file_is_sent_with_the_envelope_of_its_header_fields(
    run: "Run", smtp: "Smtp", tmp_path: Path
) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    assert run("send", "a.eml").code == 0
    assert smtp.lines[1:4] == [
        "mail FROM:<ann@a.test>",
        "rcpt TO:<bob@b.test>",
        "rcpt TO:<cy@c.test>",
    ]
    assert smtp.contents[0] == MAIL.replace(b"\n", b"\r\n").replace(b"\r\n.dot", b"\r\n..dot")


@pytest.mark.usefixtures("told")
def test_the_envelope_can_be_given(run: "Run", smtp: "Smtp", tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    run("send", "a.eml", "--from", "", "--to", "x@x.test", "--to", "y@y.test")
    assert smtp.lines[1:4] == ["mail FROM:<>", "rcpt TO:<x@x.test>", "rcpt TO:<y@y.test>"]


@pytest.mark.usefixtures("told")
def test_standard_input_is_a_file_too(
    run: "Run", smtp: "Smtp", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MAIL)))
    assert run("send", "-").code == 0
    assert len(smtp.contents) == 1


@pytest.mark.usefixtures("told")
def test_each_is_sent_as_often_as_asked_in_one_session(
    run: "Run", smtp: "Smtp", tmp_path: Path
) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    ended = run("send", "a.eml", "--count", "3", "--json")
    assert json.loads(ended.out) == {"ids": ["m1", "m2", "m3"]}
    assert sum(line.startswith("ehlo") for line in smtp.lines) == 1
    run("send", "--count", "2")
    assert len({message_from_bytes(raw)["Message-ID"] for raw in smtp.contents[3:]}) == 2


@pytest.mark.usefixtures("told")
def test_the_server_is_told_of_8_bits_and_of_addresses_beyond_ascii(
    run: "Run", smtp: "Smtp", tmp_path: Path
) -> None:
    (tmp_path / "a.eml").write_bytes("To: bob@b.test\n\nGrüße\n".encode())
    run("send", "a.eml", "--to", "grüße@b.test")
    assert smtp.lines[1] == "mail FROM:<sender@example.com> BODY=8BITMIME SMTPUTF8"
    assert smtp.lines[2] == "rcpt TO:<grüße@b.test>"


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("line", "reply", "sentence"),
    [
        ("mail", "451 4.7.1 later", "MAIL FROM:<sender@example.com> was refused: 451 4.7.1 later"),
        ("rcpt", "550 5.1.1 who?", "RCPT TO:<ada@example.com> was refused: 550 5.1.1 who?"),
        ("data", "554 5.3.0 no", "refuses: 554 5.3.0 no"),
        (".", "552 5.3.4 too large", "the message was refused: 552 5.3.4 too large"),
        ("ehlo", "550 \x1b[2J", "refuses: 550 \\x1b[2J"),
    ],
)
def test_a_refusal_ends_with_1_and_the_reply(
    run: "Run", smtp: "Smtp", line: str, reply: str, sentence: str
) -> None:
    smtp.replies[line] = reply
    if line == "ehlo":
        smtp.replies["helo"] = reply
    ended = run("send")
    assert (ended.code, ended.out) == (1, "")
    assert sentence in ended.err


@pytest.mark.usefixtures("told")
def test_when_some_recipients_are_refused_the_others_get_it(run: "Run", smtp: "Smtp") -> None:
    smtp.replies["rcpt TO:<no@"] = "550 no"
    ended = run("send", "--to", "yes@a.test", "--to", "no@a.test")
    assert (ended.code, ended.out) == (1, "m1\n")
    assert ended.err == "RCPT TO:<no@a.test> was refused: 550 no\n"


def test_the_address_can_be_given(run: "Run", api: "Api", smtp: "Smtp") -> None:
    assert run("send", "--smtp", f"127.0.0.1:{smtp.port}").code == 0
    assert api.asked == []


def test_when_the_api_does_not_answer_the_usual_port_of_its_host_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        http = Http(f"http://127.0.0.1:{free.getsockname()[1]}")
    assert smtp_address(http) == ("127.0.0.1", 1025)


def test_where_nothing_takes_mail_it_ends_with_3(run: "Run") -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    ended = run("send", "--smtp", address)
    assert ended.code == 3
    assert f"nothing takes mail at {address} (Connection refused)" in ended.err


def test_a_server_without_plain_smtp_is_told(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/info", {"listeners": []})
    ended = run("send")
    assert ended.code == 1
    assert "has no plain SMTP listener" in ended.err


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("host:25", ("host", 25)),
        ("[::1]:25", ("::1", 25)),
        ("host", ("host", 1025)),
    ],
)
def test_an_address_is_host_and_port(text: str, address: tuple[str, int]) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize("text", [":25", "host:port", "host:99999", "[::1", " "])
def test_what_is_no_address_is_wrong_usage(run: "Run", text: str) -> None:
    ended = run("send", "--smtp", text)
    assert ended.code == 2
    assert "is not an address; write host:port" in ended.err


def test_a_file_that_is_not_there_is_wrong_usage(run: "Run") -> None:
    assert run("send", "nowhere.eml").code == 2


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"From: \xff\r\nTo: ,;<\r\n\r\n"])
def test_any_file_is_a_letter(content: bytes) -> None:
    made = letter(content, None, ())
    assert (made.raw, made.sender) == (content, "sender@example.com")
    assert made.recipients == ("ada@example.com",)
