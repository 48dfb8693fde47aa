from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailtrap.api.inputs import FaultBody
from mailtrap.faults.codec import parse_line
from mailtrap.faults.codec.rule import KEYS
from mailtrap.faults.moment import Moment
from mailtrap.faults.steps import proposed
from mailtrap.smtp.reply import Reply

if TYPE_CHECKING:
    from mailtrap.faults.rules import RuleBook
    from tests.api.conftest import Client, Problems

LINE = "rcpt *@x.test 451 4.7.1 Try later times=2"
DATA = {"name": "no", "on": "rcpt", "when": {"rcpt": "*@x.test"}, "do": "550 5.1.1 No"}


def ask(book: RuleBook, rcpt: str = "a@x.test", at: float = 100.0) -> str:
    """What a recipient is answered now."""
    moment = Moment(stage="rcpt", at=at, session="s1", rcpt=rcpt)
    answer, _ = book.answer(moment, proposed((Reply(250, "Ok"),)))
    return str(answer.replies[0])


async def names(client: Client) -> list[str]:
    body = await (await client.get("/api/faults")).json()
    return [row["name"] for row in body["faults"]]


async def test_a_rule_that_is_added_acts_and_is_counted(client: Client, book: RuleBook) -> None:
    response = await client.post("/api/faults", json=DATA)
    assert response.status == 201
    assert response.headers["Location"] == "/api/faults/no"
    assert ask(book) == "550 5.1.1 No"
    assert ask(book, "a@y.test") == "250 Ok"
    body = await (await client.get("/api/faults")).json()
    assert (body["active"], body["hits"]) == (1, 1)
    (row,) = body["faults"]
    assert row["rule"] == DATA
    assert row["line"] == "rcpt *@x.test 550 5.1.1 No name=no"
    assert (row["matched"], row["acted"], row["active"], row["expires_at"]) == (1, 1, True, None)


async def test_a_rule_may_come_as_a_line_and_gets_a_name_of_its_own(client: Client) -> None:
    for _ in range(2):
        assert (await client.post("/api/faults", json={"line": LINE})).status == 201
    assert await names(client) == ["rcpt-451", "rcpt-451-2"]


async def test_a_rule_may_come_as_a_preset(client: Client, book: RuleBook) -> None:
    presets = (await (await client.get("/api/faults/presets")).json())["presets"]
    assert "greylist" in {row["name"] for row in presets}
    body = {"preset": "greylist", "parameters": {"name": "grey"}}
    response = await client.post("/api/faults", json=body)
    assert response.status == 201, await response.text()
    assert book.find("grey").rule.schedule.per == "triplet"


async def test_a_rule_that_is_spent_or_over_is_not_active(client: Client, book: RuleBook) -> None:
    book.add(parse_line(f"{LINE} name=spent times=1".replace(" times=2", "")), 0)
    book.add(parse_line("rcpt 450 name=over expires=50s"), 0)
    ask(book)
    rows = (await (await client.get("/api/faults")).json())["faults"]
    assert [row["active"] for row in rows] == [False, False]
    assert rows[1]["expires_at"] is not None


async def test_rules_keep_the_order_they_are_given(client: Client) -> None:
    for name in "abc":
        await client.post("/api/faults", json=DATA | {"name": name})
    await client.post("/api/faults", json=DATA | {"name": "first", "place": 0})
    assert await names(client) == ["first", "a", "b", "c"]
    response = await client.patch("/api/faults/c", json={"place": 1})
    assert (await response.json())["place"] == 1
    assert await names(client) == ["first", "c", "a", "b"]


async def test_a_rule_can_be_switched_off_and_keeps_its_counters(
    client: Client, book: RuleBook
) -> None:
    await client.post("/api/faults", json=DATA)
    ask(book)
    row = await (await client.patch("/api/faults/no", json={"enabled": False})).json()
    assert (row["enabled"], row["active"], row["acted"]) == (False, False, 1)
    assert ask(book) == "250 Ok"


async def test_a_rule_is_replaced_in_its_place_and_counts_anew(
    client: Client, book: RuleBook
) -> None:
    await client.post("/api/faults", json=DATA)
    ask(book)
    row = await (await client.put("/api/faults/no", json={"line": LINE})).json()
    assert (row["name"], row["acted"], row["rule"]["times"]) == ("no", 0, 2)
    assert ask(book) == "451 4.7.1 Try later"


async def test_a_rule_is_read_and_deleted_by_its_name(client: Client, problem: Problems) -> None:
    await client.post("/api/faults", json=DATA)
    assert (await (await client.get("/api/faults/no")).json())["rule"] == DATA
    assert (await client.delete("/api/faults/no")).status == 204
    body = await problem(await client.get("/api/faults/no"), 404)
    assert body["detail"] == "there is no rule 'no'; known: none."


async def test_clearing_an_inbox_leaves_the_others(client: Client) -> None:
    for inbox in "ab":
        await client.post("/api/faults", json=DATA | {"name": inbox, "inbox": inbox})
    listed = await (await client.get("/api/faults?inbox=a")).json()
    assert [row["name"] for row in listed["faults"]] == ["a"]
    assert await (await client.delete("/api/faults?inbox=a")).json() == {"deleted": 1}
    assert await names(client) == ["b"]
    await client.delete("/api/faults")
    assert await names(client) == []


async def test_all_rules_are_replaced_or_none(client: Client, problem: Problems) -> None:
    await client.post("/api/faults", json=DATA)
    bad = {"faults": [{"line": LINE}, {"line": "rcpt clsoe"}]}
    body = await problem(await client.put("/api/faults", json=bad), 400)
    assert str(body["detail"]).startswith("rule 2: do: there is no action 'clsoe'")
    assert await names(client) == ["no"]
    good = {"faults": [{"line": LINE}, {"line": LINE}]}
    assert (await client.put("/api/faults", json=good)).status == 200
    assert await names(client) == ["rcpt-451", "rcpt-451-2"]


async def test_hits_tell_what_was_replaced(client: Client, book: RuleBook) -> None:
    book.add(parse_line("rcpt 450 name=a times=1"), 0)
    book.add(parse_line("rcpt 550 5.1.1 No name=b"), 0)
    ask(book, at=99.0)
    ask(book, at=100.0)
    hits = (await (await client.get("/api/faults/hits")).json())["hits"]
    assert [hit["rule"] for hit in hits] == ["b", "a"]
    assert (hits[0]["stage"], hits[0]["session"]) == ("rcpt", "s1")
    assert (hits[0]["before"], hits[0]["after"]) == ("250 Ok", "550 5.1.1 No")
    for query in ("rule=a", "session=s2", "limit=1"):
        few = (await (await client.get(f"/api/faults/hits?{query}")).json())["hits"]
        assert [hit["rule"] for hit in few] == {"rule=a": ["a"], "limit=1": ["b"]}.get(query, [])


@pytest.mark.parametrize(
    ("body", "field", "detail"),
    [
        ({"on": "rcpt"}, "do", "do: a rule does something; known: "),
        ({"do": "451"}, "on", "on: a rule needs a stage; known: connect, "),
        (DATA | {"times": 0}, "times", "times: 0 is out of range; 1 to "),
        (DATA | {"tims": 1}, "tims", "there is no key 'tims'; did you mean 'times'? Known: "),
        (DATA | {"do": "999 x"}, "do", "do: '999' is not a reply code; 200 to 599 are allowed."),
        (DATA | {"place": -1}, "place", "place: it is a whole number from 0."),
        ({"line": LINE, "times": 3}, "times", "times: it cannot stand beside line."),
        ({"line": 1}, "line", "line: it is a string."),
        ({"preset": "greylist", "parameters": {"a": 1}}, "parameters", "parameters: it is an"),
        ({"preset": "greylst"}, None, "there is no preset 'greylst'; did you mean 'greylist'?"),
    ],
)
async def test_a_mistake_is_told_with_its_key(
    client: Client, problem: Problems, body: dict[str, object], field: str | None, detail: str
) -> None:
    told = await problem(await client.post("/api/faults", json=body), 400)
    assert str(told["detail"]).startswith(detail)
    assert told.get("field") == field
    assert await names(client) == []


async def test_a_name_that_is_taken_is_a_conflict(client: Client, problem: Problems) -> None:
    await client.post("/api/faults", json=DATA)
    told = await problem(await client.post("/api/faults", json=DATA), 409)
    assert told["detail"] == "there is a rule 'no' already."


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"faults": 3}', b'{"faults": [3]}', b"\xff"])
async def test_a_body_that_is_no_list_of_rules_is_refused(
    client: Client, problem: Problems, body: bytes
) -> None:
    headers = {"Content-Type": "application/json"}
    await problem(await client.put("/api/faults", data=body, headers=headers), 400)


def test_the_description_names_every_key_of_a_rule() -> None:
    described = set(FaultBody.__struct_encode_fields__)
    assert described == {*KEYS, "line", "preset", "parameters", "place"}
