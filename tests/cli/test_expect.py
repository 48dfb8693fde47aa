import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Api, Run

Row = dict[str, object]

WON: Row = {"ok": True, "reason": None, "cursor": "9", "messages": [], "attempts": []}
LOST: Row = {**WON, "ok": False, "reason": "no-message", "story": "expected 1 message, none"}


def result(name: str, reason: str | None = None) -> Row:
    story = f"{name}: the story" if reason else ""
    told = {"name": name, "ok": reason is None, "reason": reason, "story": story}
    return {**told, "messages": [], "attempts": []}


def judged(*results: Row) -> Row:
    return {"ok": all(one["ok"] for one in results), "cursor": "9", "results": [*results]}


def test_what_is_there_is_looked_at_without_waiting(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/wait", WON)
    ended = run("expect", "--subject", "Hi", "--count", "2")
    assert (ended.code, ended.out, ended.err) == (0, "ok      expect subject=Hi\n", "")
    assert api.asked[0].query == {
        "subject": "Hi",
        "count": "2",
        "timeout": "0s",
        "on_timeout": "empty",
    }


def test_within_is_how_long_it_may_take(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/wait", WON)
    run("expect", "--within", "3s")
    assert api.asked[0].query == {"timeout": "3s", "on_timeout": "empty"}


@pytest.mark.parametrize(
    ("flags", "asked"),
    [
        ((), {}),
        (("--within", "2s"), {"within": "2s"}),
        (("--within", "0", "--drain"), {"within": "0s", "drain": "1"}),
    ],
)
def test_none_is_asked_for(
    run: "Run", api: "Api", flags: tuple[str, ...], asked: dict[str, str]
) -> None:
    api.on("GET", "/api/wait", WON)
    ended = run("expect", "--none", "--rcpt", "a@b.test", *flags)
    assert ended.out == "ok      expect none rcpt=a@b.test\n"
    base = {"rcpt": "a@b.test", "none": "1", "timeout": "60s", "on_timeout": "empty"}
    assert api.asked[0].query == {**base, **asked}


def test_a_failure_is_told_with_the_servers_story(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/wait", LOST)
    ended = run("expect", "--subject", "Hi")
    assert (ended.code, ended.out) == (1, "FAILED  expect subject=Hi\n")
    assert ended.err == "expected 1 message, none\n"
    ended = run("expect", "--json")
    assert (ended.code, json.loads(ended.out)) == (1, LOST)


def test_more_than_expected_is_4(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/wait", {**LOST, "reason": "too-many-messages"})
    assert run("expect").code == 4


TOML = """
inbox = "gw1"
[[expectations]]
name = "welcome"
match = { rcpt = "ann@a.test", subject = ["Hi", "you"] }
count = 1
[[expectations]]
match = { header = "X-Sent: 2026" }
none = true
within = "2s"
"""
BODY: Row = {
    "inbox": "gw1",
    "expectations": [
        {
            "name": "welcome",
            "match": {"rcpt": "ann@a.test", "subject": ["Hi", "you"]},
            "count": 1,
        },
        {"match": {"header": "X-Sent: 2026"}, "none": True, "within": "2s"},
    ],
}


@pytest.mark.parametrize(
    ("name", "content"), [("mail.toml", TOML), ("mail.json", json.dumps(BODY)), ("mail", TOML)]
)
def test_a_file_of_expectations_is_judged_by_the_server(
    run: "Run", api: "Api", tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content)
    api.on("POST", "/api/expect", judged(result("welcome"), result("")))
    ended = run("expect", name)
    assert (ended.code, ended.out) == (0, "ok      welcome\nok      expectation 2\n")
    assert api.asked[0].json == BODY


@pytest.mark.parametrize("content", [TOML, json.dumps(BODY), json.dumps(BODY["expectations"])])
def test_standard_input_may_be_toml_or_json(
    run: "Run", api: "Api", monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str
) -> None:
    (tmp_path / "in").write_text(content)
    api.on("POST", "/api/expect", judged(result("a")))
    with (tmp_path / "in").open() as opened:
        monkeypatch.setattr("sys.stdin", opened)
        assert run("expect", "-").code == 0
    assert api.asked[0].json["expectations"] == BODY["expectations"]


def test_the_command_lines_inbox_and_cursor_go_before_the_files(
    run: "Run", api: "Api", tmp_path: Path
) -> None:
    (tmp_path / "mail.toml").write_text(TOML)
    api.on("POST", "/api/expect", judged(result("a")))
    run("expect", "mail.toml", "--inbox", "gw2", "--after", "7")
    assert (api.asked[0].json["inbox"], api.asked[0].json["after"]) == ("gw2", "7")


def test_dates_of_toml_go_as_text(run: "Run", api: "Api", tmp_path: Path) -> None:
    (tmp_path / "mail.toml").write_text(
        "[[expectations]]\nmatch = { query = 2026-05-04T03:02:01Z, subject = 2026-05-04 }\n"
    )
    api.on("POST", "/api/expect", judged(result("a")))
    run("expect", "mail.toml")
    (one,) = json.loads(api.asked[0].body)["expectations"]
    assert one["match"] == {"query": "2026-05-04T03:02:01+00:00", "subject": "2026-05-04"}


def test_what_failed_is_told_and_the_rest_too(run: "Run", api: "Api", tmp_path: Path) -> None:
    (tmp_path / "mail.toml").write_text(TOML)
    told = judged(result("welcome", "no-message"), result("once", "too-many-messages"), result("c"))
    api.on("POST", "/api/expect", told)
    ended = run("expect", "mail.toml")
    assert ended.code == 1
    assert ended.out == "FAILED  welcome\nFAILED  once\nok      c\n"
    assert ended.err == "welcome: the story\nonce: the story\n"
    ended = run("expect", "mail.toml", "--json")
    assert (ended.code, json.loads(ended.out)) == (1, told)


def test_only_more_than_expected_is_4(run: "Run", api: "Api", tmp_path: Path) -> None:
    (tmp_path / "mail.toml").write_text(TOML)
    api.on("POST", "/api/expect", judged(result("a"), result("b", "too-many-messages")))
    assert run("expect", "mail.toml").code == 4


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "is empty; it needs [[expectations]]"),
        ("[[expectations]", "is no TOML"),
        ('{"expectations": [}', "is no JSON"),
        (
            "[[expect]]",
            "has no expectations; at its top may be: expectations, inbox",
        ),
        ("\xff", "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_wrong_usage(
    run: "Run", api: "Api", tmp_path: Path, content: str, why: str
) -> None:
    (tmp_path / "mail").write_bytes(content.encode("latin-1"))
    ended = run("expect", "mail")
    assert ended.code == 2
    assert why in ended.err
    assert api.asked == []


def test_a_file_that_is_not_there_is_wrong_usage(run: "Run") -> None:
    ended = run("expect", "nothing.toml")
    assert ended.code == 2
    assert "nothing.toml cannot be read" in ended.err


def test_a_file_goes_with_no_criteria(run: "Run", tmp_path: Path) -> None:
    (tmp_path / "mail.toml").write_text(TOML)
    for flags in (("--subject", "Hi"), ("--none",)):
        ended = run("expect", "mail.toml", *flags)
        assert ended.code == 2
        assert "a FILE says itself what is expected" in ended.err


def test_a_mistake_in_a_file_is_wrong_usage_in_the_servers_words(
    run: "Run", api: "Api", tmp_path: Path
) -> None:
    (tmp_path / "mail.toml").write_text(TOML)
    detail = "expectations[0]: there is no criterion 'subjcet'; did you mean subject?"
    api.on("POST", "/api/expect", {"detail": detail}, status=400)
    ended = run("expect", "mail.toml")
    assert (ended.code, ended.err) == (2, f"Error: {detail}\n")
