from typing import TYPE_CHECKING

import pytest

from mailtrap.cli.match import CRITERIA
from mailtrap.search.criteria import CRITERIA as KNOWN

if TYPE_CHECKING:
    from tests.cli.conftest import Api, Run

WON: dict[str, object] = {"ok": True, "reason": None, "cursor": "9", "messages": [], "attempts": []}


def test_the_flags_are_the_criteria_of_the_server() -> None:
    assert [row.name for row in CRITERIA] == list(KNOWN)


@pytest.mark.parametrize("name", [row.name for row in CRITERIA])
def test_each_criterion_is_asked_as_often_as_it_is_given(run: "Run", api: "Api", name: str) -> None:
    api.on("GET", "/api/wait", WON)
    flag = f"--{name.replace('_', '-')}"
    assert run("wait", flag, "a & b", flag, "/ü+/").code == 0
    assert api.asked[0].pairs[:2] == [(name, "a & b"), (name, "/ü+/")]


def test_inbox_and_cursor_are_asked_for_where_they_are_given(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/wait", WON)
    run("wait", "--inbox", "gw 1", "--after", "12~14", "--subject", "Hi")
    run("wait")
    assert api.asked[0].query == {
        "subject": "Hi",
        "inbox": "gw 1",
        "after": "12~14",
        "timeout": "10s",
        "on_timeout": "empty",
    }
    assert api.asked[1].query == {"timeout": "10s", "on_timeout": "empty"}


def test_the_help_has_the_criteria_apart(run: "Run") -> None:
    options, match = run("wait", "--help").out.split("\nMatch")
    assert "--timeout" in options
    assert "--subject" not in options
    assert "--subject" in match
    assert "--timeout" not in match
