import json
import shlex
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Api, Run

Row = dict[str, object]

STORY = "expected 1 message with subject ~ Hi, none within 10.0 s\n\nSMTP: no connection so far"


def won(*rows: Row, cursor: str = "9") -> Row:
    return {"ok": True, "reason": None, "cursor": cursor, "messages": [*rows], "attempts": []}


def lost(reason: str = "no-message", *rows: Row, cursor: str = "5", story: str = STORY) -> Row:
    told = {"ok": False, "reason": reason, "cursor": cursor, "story": story}
    return {**told, "messages": [*rows], "attempts": []}


@pytest.fixture
def mail(api: "Api", row: Row) -> None:
    """The pieces of the message ``row``, as the API has them."""
    links = [
        {"href": "http://a.test/reset/1?t=2", "kind": "link"},
        {"href": "http://a.test/help", "kind": "link"},
        {"href": "http://a.test/reset/1?t=2", "kind": "link"},
        {"href": "http://a.test/pixel.gif", "kind": "image"},
        {"href": "http://a.test/stop", "kind": "unsubscribe"},
    ]
    codes = [{"value": "481516", "score": 0.9}, {"value": "2342", "score": 0.6}]
    headers = [{"name": "X-Foo", "value": "bär\r\n baz"}, {"name": "x-foo", "value": "2"}]
    api.on("GET", "/api/wait", won(row))
    api.on("GET", "/api/messages/01M/links", {"links": links})
    api.on("GET", "/api/messages/01M/codes", {"codes": codes})
    api.on("GET", "/api/messages/01M/headers", {"headers": headers})
    api.on("GET", "/api/messages/01M/text", b"Hello\nthere")
    api.on("GET", "/api/messages/01M/html", b"<p>Hello\n")
    api.on("GET", "/api/messages/01M/raw", b"Subject: Hi\r\n\r\n\xff")


def test_mail_that_came_is_listed_and_is_0(run: "Run", api: "Api", row: Row) -> None:
    api.on("GET", "/api/wait", won(row))
    ended = run("wait", "--rcpt", "bob@b.test")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("01M\t2026-05-04T03:02:01.000000Z\tann@a.test\tbob@b.test,")


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("no-message", 1),
        ("too-many-messages", 4),
        ("too-many-attempts", 4),
        ("unexpected-message", 1),
        ("not-quiet", 1),
    ],
)
def test_a_failure_has_the_servers_story_and_its_own_code(
    run: "Run", api: "Api", reason: str, code: int
) -> None:
    api.on("GET", "/api/wait", lost(reason))
    ended = run("wait", "--subject", "Hi", "--print", "id")
    assert (ended.code, ended.out) == (code, "")
    assert ended.err == f"{STORY}\n"


def test_json_is_what_the_server_said_in_both_outcomes(run: "Run", api: "Api", row: Row) -> None:
    api.on("GET", "/api/wait", won(row))
    api.on("GET", "/api/wait", lost())
    ended = run("wait", "--json")
    assert (ended.code, json.loads(ended.out), ended.err) == (0, won(row), "")
    ended = run("wait", "--json")
    assert (ended.code, json.loads(ended.out), ended.err) == (1, lost(), f"{STORY}\n")


def test_a_story_cannot_drive_the_terminal_but_keeps_its_isolates(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/wait", lost(story="\u2068שלם\u2069 \x1b[2J \u202e"))
    assert run("wait").err == "\u2068שלם\u2069 \\x1b[2J \\u202e\n"


@pytest.mark.parametrize(
    ("flags", "asked"),
    [
        (("--count", "2"), {"count": "2"}),
        (("--at-least", "3"), {"at_least": "3"}),
        (("--latest",), {"latest": "1"}),
        (("--quiet", "1.5s", "--drain"), {"quiet": "1.5s", "drain": "1"}),
        (("--timeout", "250ms"), {"timeout": "0.25s"}),
    ],
)
def test_how_many_and_for_how_long_is_asked(
    run: "Run", api: "Api", flags: tuple[str, ...], asked: dict[str, str]
) -> None:
    api.on("GET", "/api/wait", won())
    assert run("wait", *flags).code == 0
    assert api.asked[0].query == {"timeout": "10s", **asked, "on_timeout": "empty"}


@pytest.mark.parametrize(
    ("flags", "why"),
    [
        (("--count", "1", "--latest"), "choose one of --count"),
        (("--json", "--print", "id"), "choose one of --print, --json and --shell"),
        (("--count", "0"), "--count"),
        (("--timeout", "soon"), "'soon' is not a duration"),
        (("--print", "lnik"), "there is no field 'lnik'; did you mean link?"),
        (("--print", "link:"), "there is no field 'link:'"),
        (("--print", "code:("), "is no regular expression"),
        (("--print", "link:/(/"), "is no regular expression"),
        (("--subjcet", "Hi"), "--subject"),
    ],
)
def test_wrong_usage_is_2_and_says_what_is_right(
    run: "Run", api: "Api", flags: tuple[str, ...], why: str
) -> None:
    ended = run("wait", *flags)
    assert ended.code == 2
    assert why in ended.err
    assert api.asked == []


def test_what_the_server_does_not_understand_is_wrong_usage(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/wait", {"detail": "has: there is no 'atachment'"}, status=400)
    ended = run("wait", "--has", "atachment")
    assert (ended.code, ended.err) == (2, "Error: has: there is no 'atachment'\n")


@pytest.mark.parametrize("status", [401, 403, 404, 500, 503])
def test_a_server_that_does_not_answer_the_question_is_3(
    run: "Run", api: "Api", status: int
) -> None:
    api.on("GET", "/api/wait", {"detail": "No."}, status=status)
    ended = run("wait")
    assert ended.code == 3
    assert ended.err.startswith("Error: No.")


def test_without_a_server_it_ends_with_3(run: "Run") -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    ended = run("wait", "--url", url)
    assert ended.code == 3
    assert f"nothing answers at {url}" in ended.err


def test_a_wait_longer_than_a_request_may_be_is_asked_again_from_its_cursor(
    run: "Run", api: "Api", row: Row
) -> None:
    api.on("GET", "/api/wait", lost(cursor="7"))
    api.on("GET", "/api/wait", won(row))
    assert run("wait", "--timeout", "2m", "--after", "now", "--print", "id").out == "01M\n"
    assert [one.query["after"] for one in api.asked] == ["now", "7"]
    assert [one.query["timeout"] for one in api.asked] == ["60s", "60s"]


def test_a_long_wait_that_failed_tells_the_time_of_all(
    run: "Run", api: "Api", monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 0.0, 60.0, 90.0])
    monkeypatch.setattr("mailtrap.cli.asking.time.monotonic", lambda: next(clock))
    api.on("GET", "/api/wait", lost())
    ended = run("wait", "--timeout", "90s")
    assert [one.query["timeout"] for one in api.asked] == ["60s", "30s"]
    assert ended.err == f"{STORY}\n\nAsked 2 times, 90.0 s in all.\n"


def test_too_many_end_a_long_wait_at_once(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/wait", lost("too-many-messages"))
    assert run("wait", "--timeout", "5m").code == 4
    assert len(api.asked) == 1


@pytest.mark.usefixtures("mail")
@pytest.mark.parametrize(
    ("field", "printed"),
    [
        ("id", b"01M\n"),
        ("subject", "Grüße\n".encode()),
        ("from", b"Ann <ann@a.test>\n"),
        ("to", b"bob@b.test\n"),
        ("rcpt", b"bob@b.test, c@c.test, d@d.test\n"),
        ("date", b"2026-05-04T03:02:00.000000Z\n"),
        ("cursor", b"9\n"),
        ("text", b"Hello\nthere\n"),
        ("html", b"<p>Hello\n"),
        ("raw", b"Subject: Hi\r\n\r\n\xff"),
        ("link:/reset/", b"http://a.test/reset/1?t=2\n"),
        ("link:/reset/[0-9]/", b"http://a.test/reset/1?t=2\n"),
        ("link:stop", b"http://a.test/stop\n"),
        ("link:.gif", b"http://a.test/pixel.gif\n"),
        ("code", b"481516\n"),
        ("code:[0-9]{4}", b"2342\n"),
        ("code:/2[0-9]+/", b"2342\n"),
        ("header:X-FOO", "bär\\x0d\\x0a baz\n".encode()),
    ],
)
def test_a_piece_is_printed(run: "Run", field: str, printed: bytes) -> None:
    ended = run("wait", "--print", field)
    assert (ended.code, ended.octets, ended.err) == (0, printed, "")


@pytest.mark.usefixtures("mail")
def test_the_url_is_that_of_the_page(run: "Run", api: "Api") -> None:
    assert run("wait", "--print", "url").out == f"{api.url}/m/01M\n"


@pytest.mark.usefixtures("mail")
def test_pieces_are_printed_in_the_order_they_were_asked_for(run: "Run") -> None:
    assert run("wait", "--print", "code", "--print", "id").out == "481516\n01M\n"


def test_pieces_of_each_message_follow_each_other(run: "Run", api: "Api", row: Row) -> None:
    api.on("GET", "/api/wait", won(row, {**row, "id": "02"}))
    assert (
        run("wait", "--count", "2", "--print", "id", "--print", "cursor").out == "01M\n9\n02\n9\n"
    )


@pytest.mark.usefixtures("mail")
@pytest.mark.parametrize(
    ("field", "code", "why"),
    [
        ("link:/confirm/", 1, "the message has no link with /confirm/; it has:\n  http://a.test/r"),
        ("link", 4, "the message has 2 links; say which:\n  http://a.test/reset/1?t=2\n  http"),
        ("code:[a-z]+", 1, "the message has no code like [a-z]+; it has:\n  481516\n  2342"),
        ("header:Bar", 1, "the message has no header field Bar; it has: X-Foo"),
    ],
)
def test_what_a_message_does_not_have_is_a_failure_that_tells_what_it_has(
    run: "Run", api: "Api", field: str, code: int, why: str
) -> None:
    ended = run("wait", "--print", "id", "--print", field)
    assert (ended.code, ended.out) == (code, "")
    assert ended.err.startswith(why)
    assert ended.err.endswith(f"The message: {api.url}/m/01M\n")


def test_two_codes_that_are_as_good_are_told_both(run: "Run", api: "Api", row: Row) -> None:
    codes = [{"value": value, "score": 0.9} for value in ("111111", "222222")]
    api.on("GET", "/api/wait", won(row))
    api.on("GET", "/api/messages/01M/codes", {"codes": codes})
    ended = run("wait", "--print", "code")
    assert ended.code == 4
    assert "has 2 codes; say which:\n  111111\n  222222" in ended.err


def test_a_message_without_anything_says_so(run: "Run", api: "Api", row: Row) -> None:
    api.on("GET", "/api/wait", won(row))
    api.on("GET", "/api/messages/01M/links", {"links": []})
    assert run("wait", "--print", "link").err.startswith("the message has no link\n")


@pytest.mark.usefixtures("mail")
def test_shell_gives_assignments_that_a_shell_takes_as_they_are(
    run: "Run", api: "Api", row: Row
) -> None:
    api.answers["GET", "/api/wait"] = []
    api.on("GET", "/api/wait", won({**row, "subject": "'; rm -rf $HOME `x`"}, cursor="5~7"))
    lines = run("wait", "--shell").out.splitlines()
    values = dict(shlex.split(line)[0].split("=", 1) for line in lines)
    assert values == {
        "CURSOR": "5~7",
        "ID": "01M",
        "SUBJECT": "'; rm -rf $HOME `x`",
        "LINK": "",
        "CODE": "481516",
    }


@pytest.mark.usefixtures("mail")
def test_the_octets_go_to_a_file(run: "Run", tmp_path: Path) -> None:
    ended = run("wait", "--eml", "mail.eml", "--json")
    assert ended.code == 0
    assert json.loads(ended.out)["ok"] is True
    assert (tmp_path / "mail.eml").read_bytes() == b"Subject: Hi\r\n\r\n\xff"


def test_the_octets_of_several_go_to_numbered_files(
    run: "Run", api: "Api", row: Row, tmp_path: Path
) -> None:
    api.on("GET", "/api/wait", won(row, {**row, "id": "02"}))
    api.on("GET", "/api/messages/01M/raw", b"one")
    api.on("GET", "/api/messages/02/raw", b"two")
    assert run("wait", "--count", "2", "--eml", "mail.eml").code == 0
    assert (tmp_path / "mail.eml").read_bytes() == b"one"
    assert (tmp_path / "mail-2.eml").read_bytes() == b"two"


def test_pieces_of_a_hostile_message_stay_in_their_lines(
    run: "Run", api: "Api", hostile: Row
) -> None:
    api.on("GET", "/api/wait", won(hostile))
    assert len(run("wait", "--print", "subject", "--print", "from").out.splitlines()) == 2


def test_a_body_on_a_terminal_cannot_drive_it(run: "Run", api: "Api", row: Row) -> None:
    api.on("GET", "/api/wait", won(row))
    api.on("GET", "/api/messages/01M/text", b"a\x1b[2Jb\n")
    assert run("wait", "--print", "text", terminal=True).out == "a\\x1b[2Jb\n"
