import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Api, Run

Row = dict[str, object]

ATTEMPT: Row = {
    "id": "01A",
    "ended_at": "2026-05-04T03:02:01.000000Z",
    "verdict": "refused",
    "mail_from": "ann@a.test",
    "recipients": [{"address": "bob@b.test"}],
    "reply": "451 4.7.1 Later",
}
WON: Row = {"ok": True, "reason": None, "cursor": "9", "messages": [], "attempts": [ATTEMPT]}
LOST: Row = {**WON, "ok": False, "reason": "no-attempt", "attempts": [], "story": "none came"}


def judged(reason: str | None = None) -> Row:
    told = {"name": "n", "ok": reason is None, "reason": reason, "story": "the story"}
    result = {**told, "messages": [], "attempts": []}
    return {"ok": reason is None, "cursor": "9", "results": [result]}


SETTLED = {"none": "1", "drain": "1", "session": "none", "timeout": "5s", "on_timeout": "empty"}


def test_attempts_are_listed_when_what_is_under_way_has_ended(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/wait", {**WON, "attempts": []})
    api.on("GET", "/api/wait", WON)
    ended = run("attempts", "--rcpt", "bob@b.test", "--inbox", "gw1")
    assert ended.code == 0
    assert ended.out == (
        "01A\t2026-05-04T03:02:01.000000Z\trefused\tann@a.test → bob@b.test\t451 4.7.1 Later\n"
    )
    assert api.asked[0].query == SETTLED
    assert api.asked[1].query == {
        "of": "attempts",
        "at_least": "1",
        "rcpt": "bob@b.test",
        "inbox": "gw1",
        "timeout": "0s",
        "on_timeout": "empty",
    }


def test_no_attempts_are_an_empty_list(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/wait", LOST)
    ended = run("attempts")
    assert (ended.code, ended.out, ended.err) == (0, "", "")


def test_whoever_waits_for_attempts_is_told_that_none_came(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/wait", LOST)
    ended = run("attempts", "--wait", "--timeout", "2s")
    assert (ended.code, ended.out, ended.err) == (1, "", "none came\n")
    assert api.asked[0].query["timeout"] == "2s"


def test_json_is_what_the_server_said(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/wait", WON)
    assert json.loads(run("attempts", "--json").out) == WON


def test_codes_are_an_expectation_of_the_server(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/wait", WON)
    api.on("POST", "/api/expect", judged())
    ended = run("attempts", "--rcpt", "bob@b.test", "--inbox", "gw1", "--codes", "451, 451,250")
    assert (ended.code, ended.out) == (0, "ok      n\n")
    assert api.asked[0].query == SETTLED
    assert api.asked[1].json == {
        "inbox": "gw1",
        "expectations": [
            {
                "name": "attempts rcpt=bob@b.test 451,451,250",
                "match": {"rcpt": "bob@b.test"},
                "attempts": {"codes": [451, 451, 250]},
                "within": "0s",
            }
        ],
    }


def test_gaps_and_giving_up_are_checked_too(run: "Run", api: "Api") -> None:
    api.on("POST", "/api/expect", judged("gap-too-short"))
    ended = run(
        "attempts", "--min-gap", "1s", "--max-gap", "1m", "--final", "--wait", "--timeout", "5s"
    )
    assert (ended.code, ended.out, ended.err) == (1, "FAILED  n\n", "the story\n")
    (one,) = json.loads(api.asked[0].body)["expectations"]
    assert one["attempts"] == {"gaps": {"min": "1s", "max": "60s"}, "nothing_after_5xx": True}
    assert one["within"] == "5s"


def test_a_criterion_that_is_given_twice_is_a_list(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/wait", WON)
    api.on("POST", "/api/expect", judged())
    run("attempts", "--codes", "250", "--rcpt", "a@b.test", "--rcpt", "*@b.test", "--is", "tls")
    (one,) = json.loads(api.asked[1].body)["expectations"]
    assert one["match"] == {"rcpt": ["a@b.test", "*@b.test"], "is": "tls"}


@pytest.mark.parametrize("codes", ["451;250", "45x", "99", "²50"])
def test_codes_that_are_none_are_wrong_usage(run: "Run", api: "Api", codes: str) -> None:
    ended = run("attempts", "--codes", codes)
    assert ended.code == 2
    assert "are no reply codes; write them like 451,451,250" in ended.err
    assert api.asked == []
