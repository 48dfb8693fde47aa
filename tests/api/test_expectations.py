from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mailtrap.store.records import RecipientOutcome

if TYPE_CHECKING:
    from tests.api.conftest import Client, Posted, Problems

JSON = {"Content-Type": "application/json"}
FILED = (
    b"Subject: Your invoice\r\nFrom: shop@x.test\r\nX-Kind: bill\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: application/pdf; name=invoice.pdf\r\n"
    b"Content-Disposition: attachment; filename=invoice.pdf\r\n\r\n%PDF\r\n"
)


async def expect(client: Client, *expectations: dict[str, Any], **more: object) -> dict[str, Any]:
    body = {"expectations": expectations, **more}
    response = await client.post("/api/expect", json=body)
    told: dict[str, Any] = await response.json(content_type=None)
    assert response.status == 200, told
    return told


async def test_each_is_answered_with_a_pass_or_the_reason(client: Client, post: Posted) -> None:
    name = await post(FILED)
    told = await expect(
        client,
        {"name": "invoice", "match": {"rcpt": "bob@b.test"}, "subject": "invoice",
         "attachments": ["*.pdf"], "header": {"X-Kind": "bill", "From": ""}},
        {"name": "nobody else", "match": {"rcpt": ["eve@b.test"]}, "none": True},
        {"name": "welcome", "match": {"subject": "welcome"}},
        {"name": "word", "match": {"rcpt": "bob@b.test"}, "attachments": ["*.doc"]},
    )  # fmt: skip
    results = told["results"]
    assert [(one["name"], one["ok"], one["reason"]) for one in results] == [
        ("invoice", True, None),
        ("nobody else", True, None),
        ("welcome", False, "no-message"),
        ("word", False, "differs"),
    ]
    assert not told["ok"]
    assert [one["id"] for one in results[0]["messages"]] == [name]
    assert results[2]["story"].startswith("welcome: expected 1 message")
    assert "filename differs" in results[3]["story"]


async def test_what_was_met_is_used_up(client: Client, post: Posted) -> None:
    await post()
    await post(FILED)
    told = await expect(client, {"match": {"subject": "hello"}})
    assert told["ok"]
    again = await expect(
        client, {"match": {"subject": "hello"}}, {"match": {"subject": "invoice"}},
        after=told["cursor"],
    )  # fmt: skip
    assert [one["ok"] for one in again["results"]] == [False, True]


async def test_an_inbox_is_looked_at_alone(client: Client, post: Posted) -> None:
    await post(inboxes=("gw3",))
    told = await expect(client, {"name": "ours"}, inbox="gw3")
    assert told["ok"]
    assert not (await expect(client, {"name": "ours"}, inbox="gw4"))["ok"]


async def test_retries_are_held_against_a_schedule(
    client: Client, refuse: Posted, post: Posted
) -> None:
    await refuse(reply="451 4.7.1 Later")
    await post()
    schedule = {"codes": [451, 250], "gaps": {"max": "1s"}, "nothing_after_5xx": True}
    told = await expect(client, {"match": {"rcpt": "bob@b.test"}, "attempts": schedule})
    assert told["ok"]
    assert [one["verdict"] for one in told["results"][0]["attempts"]] == ["refused", "accepted"]
    told = await expect(client, {"attempts": {"gaps": {"min": 0.5}}})
    assert told["results"][0]["reason"] == "attempts-differ"


async def test_duplicates_are_told(client: Client, post: Posted) -> None:
    await post()
    await post()
    told = await expect(client, {"unique": "content"}, {"count": 2})
    assert [one["reason"] for one in told["results"]] == ["duplicate", None]


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"match": {"subjct": "x"}}, "expectations[0].subjct", "did you mean subject?"),
    ({"match": {"subject": "/(/"}}, "expectations[0].subject", "expectations[0]: subject"),
    ({"count": 1001}, "expectations[0].count", "1000"),
    ({"count": 1, "none": True}, "expectations[0].none", "cannot go with count"),
    ({"none": True, "subject": "x"}, "expectations[0].subject", "cannot go with none"),
    ({"within": "61s"}, "expectations[0].within", "at most 60s"),
    ({"within": True}, "expectations[0].within", "expectations"),
    ({"attempts": {"codes": [99]}}, "expectations[0].attempts.codes[0]", ">= 200"),
    ({"attempts": {}, "match": {"subject": "x"}}, "expectations[0]", "an attempt cannot"),
    ({"unique": "colour"}, "expectations[0].unique", "colour"),
    ({"colour": 1}, "expectations[0].colour", "colour"),
    ({"header": {"bad name": "x"}}, "expectations[0].header", "header"),
]


@pytest.mark.parametrize(("wrong", "field", "words"), BAD)
async def test_a_mistake_is_told_with_its_place(
    client: Client, problem: Problems, wrong: dict[str, Any], field: str, words: str
) -> None:
    body = await problem(await client.post("/api/expect", json={"expectations": [wrong]}), 400)
    assert body["field"] == field
    assert words in str(body["detail"])


@pytest.mark.parametrize(
    "body",
    [{}, {"expectations": []}, {"expectations": [{}] * 101}, {"expectations": [{}], "after": "x"}],
)
async def test_a_body_without_sense_is_refused(
    client: Client, problem: Problems, body: dict[str, Any]
) -> None:
    await problem(await client.post("/api/expect", json=body), 400)


GUIDE = Path(__file__).resolve().parents[2] / "docs" / "waiting.md"
RECEIPT = (
    b"Subject: Your receipt\r\nReply-To: help@example.com\r\n"
    b"Content-Type: application/pdf; name=r.pdf\r\n"
    b"Content-Disposition: attachment; filename=r.pdf\r\n\r\n%PDF\r\n"
)


async def test_the_example_of_the_guide_is_met(
    client: Client, post: Posted, refuse: Posted
) -> None:
    [example] = [text for text in code_blocks(GUIDE.read_text("utf-8")) if "expectations" in text]
    ann = ("ann@example.com",)
    for raw, to in (
        (RECEIPT, ann),
        (b"Subject: How was it?\r\n\r\n", ann),
        (b"Subject: News 1\r\n\r\n", ("carl@x.test",)),
        (b"Subject: News 2\r\n\r\n", ("carl@x.test",)),
    ):
        await post(raw, rcpt_to=to)
    for reply in ("451 4.7.1 Later", "250 2.0.0 Ok"):
        tried = RecipientOutcome("bob@example.com", {}, reply, accepted=reply.startswith("2"))
        await refuse(reply=reply, recipients=(tried,))
    response = await client.post("/api/expect", data=example, headers=JSON)
    told = await response.json(content_type=None)
    assert response.status == 200, told
    assert {one["name"]: one["story"] for one in told["results"] if not one["ok"]} == {}
    assert len(told["results"]) == 5


def code_blocks(text: str) -> list[str]:
    return re.findall(r"^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
