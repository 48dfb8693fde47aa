import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Api, Run

Row = dict[str, object]


def page(*rows: Row, older: str | None = None, total: int | None = None) -> Row:
    return {"messages": [*rows], "older": older, "total": total or len(rows), "cursor": 9}


def test_a_pipe_gets_whole_values_with_tabs_between(run: "Run", api: "Api", row: Row) -> None:
    api.on("GET", "/api/messages", page(row))
    ended = run("list")
    assert ended.code == 0
    assert ended.out == (
        "01M\t2026-05-04T03:02:01.000000Z\tann@a.test\tbob@b.test,c@c.test,d@d.test\t1234\tGrüße\n"
    )


def test_a_terminal_gets_a_table(run: "Run", api: "Api", row: Row) -> None:
    api.on("GET", "/api/messages", page(row, {**row, "id": "02", "subject": ""}, total=5))
    ended = run("list", terminal=True)
    first, second = ended.out.splitlines()
    assert "01M  2026-05-04 03:02:01  ann@a.test  bob@b.test, c@c.test +1  1.2 kB  Grüße" in first
    assert "(no subject)" in second
    assert ended.err == "2 of 5; -n shows more\n"


def test_json_is_what_the_api_tells(run: "Run", api: "Api", row: Row) -> None:
    api.on("GET", "/api/messages", page(row))
    assert json.loads(run("list", "--json").out) == {"messages": [row], "total": 1}


def test_more_than_a_page_is_fetched_page_by_page(run: "Run", api: "Api", row: Row) -> None:
    first = [{**row, "seq": seq} for seq in range(1_000, 500, -1)]
    api.on("GET", "/api/messages", page(*first, older="/api/messages?before=501", total=700))
    api.on("GET", "/api/messages", page({**row, "seq": 500}, older="/more", total=700))
    ended = run("list", "-n", "501")
    assert len(ended.out.splitlines()) == 501
    assert [one.query for one in api.asked] == [
        {"limit": "500"},
        {"limit": "1", "before": "501"},
    ]


def test_an_inbox_is_asked_for(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/messages", page())
    ended = run("list", "--inbox", "gw 1")
    assert (ended.code, ended.out) == (0, "")
    assert api.asked[0].query == {"limit": "20", "inbox": "gw 1"}


def test_a_hostile_message_does_not_drive_the_terminal(
    run: "Run", api: "Api", hostile: Row
) -> None:
    api.on("GET", "/api/messages", page(hostile))
    (piped,) = run("list").out.splitlines()
    assert piped.endswith("\t\\x1b]0;owned\\x07\\x9b2J\\u202eabc\\x0d\\x0a\\x09tab")
    (shown,) = run("list", terminal=True).out.splitlines()
    for line in (piped, shown):
        own = line.replace("\x1b[1m", "").replace("\x1b[0m", "")
        assert not set(own) & {"\x1b", "\x07", "\x9b", "\u202e"}


def test_an_answer_that_is_not_ours_is_told(run: "Run", api: "Api") -> None:
    answers: list[object] = [{"total": 0}, [], b"null", b"<html>"]
    for answer in answers:
        api.answers.clear()
        api.on("GET", "/api/messages", answer)
        ended = run("list")
        assert ended.code == 1
        assert "not as mailtrap does" in ended.err


def test_a_search_goes_with_it_and_its_own_count_is_told(run: "Run", api: "Api", row: Row) -> None:
    api.on("GET", "/api/messages", {**page(row, total=9), "matches": 3})
    ended = run("list", "from:ann", "has:code", terminal=True)
    assert api.asked[0].query["q"] == "from:ann has:code"
    assert ended.err == "1 of 3; -n shows more\n"
