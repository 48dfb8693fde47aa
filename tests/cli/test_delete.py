import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Api, Run


def test_ids_are_deleted_once_each(run: "Run", api: "Api") -> None:
    api.on("DELETE", "/api/messages", {"deleted": 2})
    ended = run("delete", "a", "b", "a")
    assert (ended.code, ended.out) == (0, "deleted 2 of 2\n")
    assert json.loads(api.asked[0].body) == {"ids": ["a", "b"]}


def test_an_unknown_id_ends_with_1(run: "Run", api: "Api") -> None:
    api.on("DELETE", "/api/messages", {"deleted": 1})
    ended = run("delete", "a", "b")
    assert (ended.code, ended.out) == (1, "deleted 1 of 2\n")


def test_all_are_deleted_when_asked_for(run: "Run", api: "Api") -> None:
    api.on("DELETE", "/api/messages", {"deleted": 7})
    ended = run("delete", "--all", "--inbox", "a")
    assert (ended.code, ended.out) == (0, "deleted 7\n")
    assert (api.asked[0].body, api.asked[0].query) == (b"", {"inbox": "a"})


def test_json_tells_the_number(run: "Run", api: "Api") -> None:
    api.on("DELETE", "/api/messages", {"deleted": 7})
    assert json.loads(run("delete", "--all", "--json").out) == {"deleted": 7}


@pytest.mark.parametrize("arguments", [(), ("a", "--all"), ("a", "--inbox", "b"), ("--inbox", "b")])
def test_what_is_meant_must_be_plain(run: "Run", api: "Api", arguments: tuple[str, ...]) -> None:
    assert run("delete", *arguments).code == 2
    assert api.asked == []
