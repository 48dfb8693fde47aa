import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pytest

from mailtrap.cli.tail import follow
from mailtrap.client import Event, Http, Json, UnreachableError

if TYPE_CHECKING:
    from tests.cli.conftest import Api, Run

Row = dict[str, Json]
REFUSED: Row = {
    "id": "01A",
    "verdict": "refused",
    "mail_from": "ann@a.test",
    "recipients": [{"address": "bob@b.test"}],
    "ended_at": "2026-05-04T03:02:01.000000Z",
    "reply": "550 5.1.1 No such user",
}


def stream(*events: tuple[str, int, Row]) -> bytes:
    """The octets of a stream."""
    told = (f"event: {kind}\nid: {seq}\ndata: {json.dumps(data)}\n\n" for kind, seq, data in events)
    return b": hello\n\n" + "".join(told).encode()


def added(row: Row, seq: int) -> tuple[str, int, Row]:
    return "message.added", seq, {"seq": seq, "message": {**row, "id": f"m{seq}", "seq": seq}}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailtrap.cli.tail.FIRST_PAUSE", 0.0)


@pytest.fixture
def page(api: "Api", row: Row) -> None:
    """Two messages that are there before."""
    rows = [{**row, "id": "m7", "seq": 7}, {**row, "id": "m6", "seq": 6}]
    api.on("GET", "/api/messages", {"messages": rows, "cursor": 7, "newer": None})


def ids(out: str) -> list[str]:
    return [line.split("\t")[0] for line in out.splitlines()]


@pytest.mark.usefixtures("page")
def test_messages_and_refused_attempts_are_told_one_a_line(
    run: "Run", api: "Api", row: Row
) -> None:
    attempts: list[Row] = [REFUSED, {**REFUSED, "verdict": "accepted"}]
    told: list[tuple[str, int, Row]] = [
        ("attempt.added", 9, {"seq": 9, "attempt": attempt}) for attempt in attempts
    ]
    others: list[tuple[str, int, Row]] = [("session.opened", 10, {"seq": 10})]
    api.on("GET", "/api/stream", stream(added(row, 8), *told, *others))
    api.on("GET", "/api/stream", b"", status=503)
    ended = run("tail")
    assert ended.out == (
        "m8\t2026-05-04T03:02:01.000000Z\tann@a.test\tbob@b.test,c@c.test,d@d.test\t1234\tGrüße\n"
        "01A\t2026-05-04T03:02:01.000000Z\trefused\tann@a.test → bob@b.test\t550 5.1.1 No such user"
        "\n"
    )
    assert ended.code == 1


@pytest.mark.usefixtures("page")
def test_a_terminal_gets_short_lines(run: "Run", api: "Api", row: Row) -> None:
    refused: Row = {"seq": 9, "attempt": {**REFUSED, "mail_from": "", "recipients": []}}
    api.on("GET", "/api/stream", stream(added(row, 8), ("attempt.added", 9, refused)))
    api.on("GET", "/api/stream", b"", status=503)
    first, second = run("tail", terminal=True).out.splitlines()
    assert first.startswith("03:02:01  ann@a.test → bob@b.test, c@c.test +1  ")
    assert first.endswith("  1.2 kB  m8")
    assert second.startswith("03:02:01  ")
    assert second.endswith("  <> → nobody  550 5.1.1 No such user")


@pytest.mark.usefixtures("page")
def test_with_json_every_change_is_told(run: "Run", api: "Api", row: Row) -> None:
    api.on("GET", "/api/stream", stream(added(row, 8), ("messages.cleared", 9, {"seq": 9})))
    api.on("GET", "/api/stream", b"", status=503)
    first, second = map(json.loads, run("tail", "--json").out.splitlines())
    assert (first["event"], first["message"]["id"]) == ("message.added", "m8")
    assert second == {"event": "messages.cleared", "seq": 9}


@pytest.mark.usefixtures("page")
def test_what_is_already_there_comes_first_oldest_above(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/stream", b"", status=503)
    assert ids(run("tail", "-n", "2").out) == ["m6", "m7"]
    assert ids(run("tail", "-n", "1").out) == ["m7"]
    assert ids(run("tail").out) == []


@pytest.mark.usefixtures("page")
def test_a_stream_that_ends_is_taken_up_after_the_last_event(
    run: "Run", api: "Api", row: Row
) -> None:
    api.answers["GET", "/api/messages"] = []
    api.on("GET", "/api/messages", {"messages": [], "cursor": 7})
    api.on("GET", "/api/messages", {"messages": [], "cursor": 7})
    api.on("GET", "/api/messages", {"messages": [], "cursor": 8})
    api.on("GET", "/api/stream", stream(added(row, 8)))
    api.on("GET", "/api/stream", stream(added(row, 9)))
    api.on("GET", "/api/stream", b"", status=503)
    assert ids(run("tail", "--inbox", "a").out) == ["m8", "m9"]
    streams = [one for one in api.asked if one.path == "/api/stream"]
    assert [one.last_event_id for one in streams] == ["7", "8", "8"]
    assert streams[0].query == {"inbox": "a"}


def test_after_a_restart_of_the_server_it_begins_where_the_server_does(
    run: "Run", api: "Api", row: Row
) -> None:
    for cursor in (7, 7, 0):
        api.on("GET", "/api/messages", {"messages": [], "cursor": cursor})
    api.on("GET", "/api/stream", b"")
    api.on("GET", "/api/stream", stream(added(row, 1)))
    api.on("GET", "/api/stream", b"", status=503)
    assert ids(run("tail").out) == ["m1"]


def test_what_a_gap_left_out_is_caught_up_and_not_told_twice(
    run: "Run", api: "Api", row: Row
) -> None:
    def page(cursor: int, *seqs: int, newer: str | None = None) -> Row:
        rows: list[Json] = [{**row, "id": f"m{seq}", "seq": seq} for seq in seqs]
        return {"messages": rows, "cursor": cursor, "newer": newer}

    for one in (page(7), page(7), page(12), page(12, 9, 8, newer="x"), page(12, 12, 11), page(12)):
        api.on("GET", "/api/messages", one)
    api.on("GET", "/api/stream", stream(("gap", 8, {})))
    api.on("GET", "/api/stream", stream(added(row, 13)))
    api.on("GET", "/api/stream", b"", status=503)
    ended = run("tail")
    assert ids(ended.out) == ["m8", "m9", "m11", "m12", "m13"]
    assert "catching up" in ended.err
    pages = [one.query for one in api.asked if "after" in one.query]
    assert [query["after"] for query in pages] == ["7", "9"]
    assert [one.last_event_id for one in api.asked if one.path == "/api/stream"][1] == "12"


@pytest.mark.usefixtures("page")
def test_an_event_that_is_not_json_is_told(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/stream", b"data: {\n\n")
    ended = run("tail")
    assert ended.code == 1
    assert "an event that is not JSON" in ended.err


class Flaky(Http):
    """A server whose stream breaks each time."""

    def __init__(self) -> None:
        super().__init__("http://flaky.test")
        self.streams = 0

    def json(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int | None] | None = None,
        body: Json = None,
    ) -> Json:
        return {"messages": [], "cursor": 100}

    def events(
        self, path: str, *, since: str, query: Mapping[str, str | int | None] | None = None
    ) -> Iterator[Event]:
        self.streams += 1
        if self.streams < 3:
            yield Event("message.added", "{}", str(int(since) + 1))
        raise UnreachableError("gone")


def test_a_connection_that_breaks_is_made_again_until_patience_ends() -> None:
    http = Flaky()
    following = follow(http, 7, None, patience=0.0)
    assert next(following).kind == "message.added"
    with pytest.raises(UnreachableError):
        next(following)
    http = Flaky()
    following = follow(http, 7, None, patience=60.0)
    assert [next(following).kind, next(following).kind] == ["message.added"] * 2
    assert http.streams == 2
