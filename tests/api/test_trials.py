from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailtrap.faults.codec import parse_line, parse_rule
from mailtrap.faults.codec.vocabulary import vocabulary
from tests.api.test_faults import DATA, ask

if TYPE_CHECKING:
    from mailtrap.faults.rules import RuleBook
    from tests.api.conftest import Client, Problems

TRY = "/api/faults/try"


async def test_the_vocabulary_is_told(client: Client) -> None:
    told = await (await client.get("/api/faults/vocabulary")).json()
    known = vocabulary()
    for kind in ("conditions", "actions", "amounts"):
        assert [row["name"] for row in told[kind]] == [one.name for one in getattr(known, kind)]
    garble = next(row for row in told["actions"] if row["name"] == "garble")
    assert (garble["takes"], "bare-lf" in garble["values"]) == ("choice", True)
    assert "connect" not in garble["stages"]
    assert told["stages"][0]["name"] == "connect"
    assert "rcpt_domain" in told["fills"]


async def test_a_dry_run_tells_which_rule_would_act_and_counts_nothing(
    client: Client, book: RuleBook
) -> None:
    book.add(parse_line("rcpt *@y.test 550 name=y"), 0)
    book.add(parse_line("rcpt *@x.test 451 4.7.1 Later times=1 name=x"), 0)
    for _ in range(2):
        response = await client.post(TRY, json={"stage": "rcpt", "rcpt": "a@x.test"})
        told = await response.json()
        assert (told["before"], told["after"]) == ("250 2.1.5 Recipient ok", "451 4.7.1 Later")
        assert told["verdicts"] == [
            {"rule": "y", "acts": False, "reason": "rcpt is a@x.test, and it wants *@y.test"},
            {"rule": "x", "acts": True, "reason": None},
        ]
    assert [entry.counters.matched for entry in book.entries] == [0, 0]
    assert not book.hits


async def test_a_rule_that_is_not_there_yet_can_be_tried(client: Client, book: RuleBook) -> None:
    book.add(parse_line("rcpt 550 No name=no"), 0)
    moment = {"stage": "rcpt", "rcpt": "a@x.test", "rule": DATA}
    told = await (await client.post(TRY, json=moment)).json()
    assert [(v["rule"], v["acts"]) for v in told["verdicts"]] == [("no", True), ("no-2", False)]
    told = await (await client.post(TRY, json=moment | {"replaces": "no"})).json()
    assert [(v["rule"], v["acts"]) for v in told["verdicts"]] == [("no", True)]
    assert told["after"] == "550 5.1.1 No"
    assert [entry.rule.name for entry in book.entries] == ["no"]


async def test_a_message_can_be_tried_by_its_header_and_text(
    client: Client, book: RuleBook
) -> None:
    book.add(parse_line("message 550 subject=*invoice* query=overdue name=a"), 0)
    moment = {"stage": "message", "headers": {"Subject": "An invoice"}, "text": "It is overdue."}
    told = await (await client.post(TRY, json=moment)).json()
    assert told["verdicts"][0]["acts"], told


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "stage"),
        ({"stage": "rcp"}, "stage"),
        ({"stage": "rcpt", "rule": {"on": "rcpt", "do": "clsoe"}}, "do"),
        ({"stage": "rcpt", "reply": "999 x"}, "reply"),
        ({"stage": "rcpt", "who": "a"}, "who"),
        ({"stage": "message", "headers": {"Sub ject": "a"}}, "headers"),
        ({"stage": "message", "headers": {"Subject": "a\r\nb"}}, "headers"),
    ],
)
async def test_a_moment_that_makes_no_sense_is_told_with_its_field(
    client: Client, problem: Problems, body: dict[str, object], field: str
) -> None:
    told = await problem(await client.post(TRY, json=body), 400)
    assert str(told.get("field", "")).startswith(field), told


async def test_rules_that_pause_do_nothing_and_go_on_as_they_were(
    client: Client, book: RuleBook
) -> None:
    await client.post("/api/faults", json=DATA)
    assert ask(book) == "550 5.1.1 No"
    told = await (await client.patch("/api/faults", json={"paused": True})).json()
    assert (told["paused"], told["active"], told["hits"]) == (True, 0, 1)
    assert told["faults"][0]["enabled"]
    assert ask(book) == "250 Ok"
    told = await (await client.patch("/api/faults", json={"paused": False})).json()
    assert (told["paused"], told["active"], told["hits"]) == (False, 1, 1)
    assert ask(book) == "550 5.1.1 No"


async def test_counters_can_begin_anew(client: Client, book: RuleBook) -> None:
    await client.post("/api/faults", json=DATA | {"times": 1})
    assert [ask(book), ask(book)] == ["550 5.1.1 No", "250 Ok"]
    row = await (await client.patch("/api/faults/no", json={"reset": True})).json()
    assert (row["acted"], row["active"]) == (0, True)
    assert ask(book) == "550 5.1.1 No"


async def test_a_preset_tells_what_it_tests_and_its_rules(client: Client) -> None:
    told = await (await client.get("/api/faults/presets")).json()
    assert {row["name"] for row in told["profiles"]} > {"gmail", "exim"}
    for row in told["presets"]:
        assert row["tests"]
        assert len(row["rules"]) == max(len(row["providers"]), 1)
        for rule in row["rules"]:
            assert parse_rule(rule).name == row["name"]
