import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Api, Run

Row = dict[str, object]
RAW = b"Subject: \xff\r\n\r\n\x1b[2J\r\n"


@pytest.fixture
def detail(api: "Api", row: Row) -> Row:
    """A message in full, which the stand-in has."""
    message: Row = {
        **row,
        "tags": ["vip"],
        "findings": [{"id": "F-1", "message": "Bare LF in content."}],
        "headers": [{"name": "Subject", "value": "Grüße\x1b"}],
        "text": "Hello\r\nAnn\x1b[2J\n",
        "html": "<p>Hello",
        "attachments": [
            {"number": "2", "filename": "a\x1b.pdf", "content_type": "x/y", "size": 2_000},
            {"number": "3", "filename": None, "content_type": "image/png", "size": 5},
        ],
    }
    api.on("GET", "/api/messages", {"messages": [row], "older": None, "total": 1})
    api.on("GET", "/api/messages/01M", message)
    api.on("GET", "/api/messages/01M/raw", RAW)
    api.on("GET", "/api/messages/01M/text", b"Hello\x1b[2J\n")
    api.on("GET", "/api/messages/01M/html", b"<p>Hello\x1b[2J")
    api.on("GET", "/api/messages/01M/parts/1.2", b"\x00\x01\xff")
    return message


@pytest.mark.parametrize("arguments", [(), ("latest",), ("01M",)])
@pytest.mark.usefixtures("detail")
def test_a_message_is_shown_for_people(run: "Run", arguments: tuple[str, ...]) -> None:
    ended = run("get", *arguments)
    assert ended.code == 0
    assert ended.out == (
        "From:     Ann <ann@a.test>\n"
        "To:       bob@b.test\n"
        "Subject:  Grüße\n"
        "Date:     2026-05-04 03:02:00\n"
        "Received: 2026-05-04 03:02:01\n"
        "Envelope: <ann@a.test> → bob@b.test, c@c.test, d@d.test\n"
        "Size:     1.2 kB\n"
        "Tags:     vip\n"
        "Attached: a\\x1b.pdf (x/y, 2.0 kB; --part 2)\n"
        "Attached: (no name) (image/png, 5 B; --part 3)\n"
        "Finding:  Bare LF in content.\n"
        "ID:       01M\n"
        "\n"
        "Hello\nAnn\\x1b[2J\n"
    )


@pytest.mark.parametrize(
    ("html", "told"), [("<p>", "(no text; --html shows the HTML)"), (None, "(no text)")]
)
def test_a_message_without_text_says_so(
    run: "Run", api: "Api", detail: Row, html: str | None, told: str
) -> None:
    api.answers["GET", "/api/messages/01M"] = []
    api.on("GET", "/api/messages/01M", {**detail, "text": None, "html": html})
    assert run("get", "01M").out.endswith(f"\n\n{told}\n")


@pytest.mark.usefixtures("detail")
@pytest.mark.parametrize(
    ("arguments", "octets"),
    [
        (("--raw",), RAW),
        (("--text",), b"Hello\x1b[2J\n"),
        (("--html",), b"<p>Hello\x1b[2J"),
        (("--part", "1.2"), b"\x00\x01\xff"),
    ],
)
def test_a_piece_goes_to_a_pipe_as_it_is(
    run: "Run", arguments: tuple[str, ...], octets: bytes
) -> None:
    assert run("get", *arguments).octets == octets


@pytest.mark.usefixtures("detail")
def test_a_piece_on_a_terminal_has_its_control_characters_escaped(run: "Run") -> None:
    assert run("get", "--raw", terminal=True).out == "Subject: \\xff\n\n\\x1b[2J\n"
    assert run("get", "--html", terminal=True).out == "<p>Hello\\x1b[2J\n"


@pytest.mark.usefixtures("detail")
def test_the_source_of_the_html_is_asked_for_not_the_preview(run: "Run", api: "Api") -> None:
    run("get", "01M", "--html")
    assert api.asked[-1].query == {"source": "1"}


@pytest.mark.usefixtures("detail")
def test_headers_are_shown_decoded(run: "Run") -> None:
    assert run("get", "--headers").out == "Subject: Grüße\\x1b\n"


def test_json_is_what_the_api_tells(run: "Run", detail: Row) -> None:
    ended = run("get", "--json")
    assert json.loads(ended.out) == detail
    assert ended.octets.isascii()


@pytest.mark.usefixtures("detail")
def test_a_file_gets_the_octets(run: "Run", tmp_path: Path) -> None:
    ended = run("get", "--eml", "mail.eml")
    assert (ended.code, ended.out, ended.err) == (0, "", "wrote mail.eml\n")
    assert (tmp_path / "mail.eml").read_bytes() == RAW


@pytest.mark.usefixtures("detail")
def test_a_file_that_cannot_be_written_is_told(run: "Run") -> None:
    ended = run("get", "--eml", "nowhere/mail.eml")
    assert ended.code == 1
    assert "nowhere/mail.eml cannot be written: No such file" in ended.err


@pytest.mark.parametrize("arguments", [("get",), ("get", "--inbox", "a"), ("get", "nope")])
def test_what_is_not_there_ends_with_1(run: "Run", api: "Api", arguments: tuple[str, ...]) -> None:
    api.on("GET", "/api/messages", {"messages": [], "older": None, "total": 0})
    ended = run(*arguments)
    assert (ended.code, ended.out) == (1, "")
    assert "There is no such thing" in ended.err or "there is no message yet" in ended.err


def test_the_latest_of_an_inbox_is_the_latest_there(run: "Run", api: "Api", detail: Row) -> None:
    assert run("get", "--inbox", "a").code == 0
    assert api.asked[0].query == {"limit": "1", "inbox": "a"}
    assert api.asked[1].path == f"/api/messages/{detail['id']}"


def test_an_id_is_one_piece_of_the_path(run: "Run", api: "Api") -> None:
    run("get", "../../x?y")
    assert api.asked[0].path == "/api/messages/..%2F..%2Fx%3Fy"


@pytest.mark.parametrize("other", [("--part", "1"), ("--eml", "f")])
def test_one_piece_at_a_time(run: "Run", other: tuple[str, str]) -> None:
    ended = run("get", "--raw", *other)
    assert ended.code == 2
    assert "choose one of" in ended.err
