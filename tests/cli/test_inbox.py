import json
import shlex
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Api, Run

Row = dict[str, object]

INBOX: Row = {
    "name": "t-3f9a2c7b1e4d",
    "address": "t-3f9a2c7b1e4d@inbox.example.com",
    "cursor": "1234",
    "created_at": "2026-05-04T03:02:01.000000Z",
    "expires_at": None,
    "smtp": {
        "host": "127.0.0.1",
        "port": 1025,
        "username": "t-3f9a2c7b1e4d",
        "password": "any",
        "url": "smtp://127.0.0.1:1025",
        "security": "none",
    },
    "url": "http://127.0.0.1:8025/i/t-3f9a2c7b1e4d",
    "messages": 3,
    "unread": 2,
}


def test_a_new_inbox_is_described(run: "Run", api: "Api") -> None:
    api.on("POST", "/api/inboxes", INBOX, status=201)
    ended = run("inbox", "new")
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "name      t-3f9a2c7b1e4d",
        "address   t-3f9a2c7b1e4d@inbox.example.com",
        "smtp      smtp://127.0.0.1:1025",
        "user      t-3f9a2c7b1e4d",
        "password  any",
        "cursor    1234",
        "page      http://127.0.0.1:8025/i/t-3f9a2c7b1e4d",
    ]
    assert api.asked[0].json == {}


def test_what_it_is_to_be_like_is_asked_for(run: "Run", api: "Api") -> None:
    api.on("POST", "/api/inboxes", INBOX, status=201)
    run("inbox", "new", "gw1", "--listen", "--ttl", "10m", "--prefix", "shop")
    told = {"name": "gw1", "listen": True, "ttl": "10m", "prefix": "shop"}
    assert api.asked[0].json == told


def test_shell_gives_what_a_script_needs(run: "Run", api: "Api") -> None:
    smtp = {
        "host": "127.0.0.1",
        "port": 1,
        "username": "a b",
        "password": "$x",
        "url": "smtp://h:1",
    }
    api.on("POST", "/api/inboxes", {**INBOX, "smtp": smtp}, status=201)
    lines = run("inbox", "new", "--shell").out.splitlines()
    assert dict(shlex.split(line)[0].split("=", 1) for line in lines) == {
        "INBOX": "t-3f9a2c7b1e4d",
        "ADDRESS": "t-3f9a2c7b1e4d@inbox.example.com",
        "CURSOR": "1234",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": "1",
        "SMTP_USERNAME": "a b",
        "SMTP_PASSWORD": "$x",
        "SMTP_URL": "smtp://h:1",
    }


def test_where_no_listener_speaks_smtp_there_is_nothing_to_send_to(run: "Run", api: "Api") -> None:
    api.on("POST", "/api/inboxes", {**INBOX, "smtp": None}, status=201)
    assert "smtp" not in run("inbox", "new").out
    assert "SMTP_PORT=''\n" in run("inbox", "new", "--shell").out


def test_json_is_what_the_server_said(run: "Run", api: "Api") -> None:
    api.on("POST", "/api/inboxes", INBOX, status=201)
    api.on("GET", "/api/inboxes", {"inboxes": [INBOX]})
    assert json.loads(run("inbox", "new", "--json").out) == INBOX
    assert json.loads(run("inbox", "list", "--json").out) == {"inboxes": [INBOX]}


def test_shell_and_json_do_not_go_together(run: "Run", api: "Api") -> None:
    assert run("inbox", "new", "--json", "--shell").code == 2
    assert api.asked == []


@pytest.mark.parametrize("terminal", [False, True])
def test_inboxes_are_listed(run: "Run", api: "Api", *, terminal: bool) -> None:
    api.on("GET", "/api/inboxes", {"inboxes": [INBOX]})
    (line,) = run("inbox", "list", terminal=terminal).out.splitlines()
    cells = line.split() if terminal else line.split("\t")
    assert cells[:4] == ["t-3f9a2c7b1e4d", "t-3f9a2c7b1e4d@inbox.example.com", "3", "2"]


def test_inboxes_are_removed(run: "Run", api: "Api") -> None:
    for path in ("/api/inboxes/gw1", "/api/inboxes/a%2Fb"):
        api.on("DELETE", path, status=204)
    assert run("inbox", "rm", "gw1", "a/b").code == 0
    assert [(one.method, one.path) for one in api.asked] == [
        ("DELETE", "/api/inboxes/gw1"),
        ("DELETE", "/api/inboxes/a%2Fb"),
    ]


def test_a_name_that_cannot_be_is_wrong_usage(run: "Run", api: "Api") -> None:
    api.on("POST", "/api/inboxes", {"detail": "name: '!' is no name of an inbox"}, status=400)
    ended = run("inbox", "new", "!")
    assert (ended.code, ended.err) == (2, "Error: name: '!' is no name of an inbox\n")
