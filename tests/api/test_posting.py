"""Messages that come in by HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailtrap.samples import SAMPLES

if TYPE_CHECKING:
    from mailtrap.catcher import Catcher
    from tests.api.conftest import Client, Problems

KIND = {"Content-Type": "message/rfc822"}
MAIL = (
    b"From: Ann <ann@a.test>\nTo: bob@b.test, c@c.test\nBcc: d@d.test\nSubject: again\n\nHi Bob\n"
)


async def test_an_eml_becomes_a_message_with_the_envelope_of_its_header(client: Client) -> None:
    response = await client.post("/api/messages", data=MAIL, headers=KIND)
    row = await response.json()
    assert response.status == 201
    assert response.headers["Location"] == f"/api/messages/{row['id']}"
    assert row["envelope"] == {
        "mail_from": "ann@a.test",
        "rcpt_to": ["bob@b.test", "c@c.test", "d@d.test"],
    }
    assert (row["subject"], row["inboxes"]) == ("again", ["default"])
    raw = await (await client.get(f"/api/messages/{row['id']}/raw")).read()
    assert raw == MAIL.replace(b"\n", b"\r\n")


async def test_it_leaves_an_attempt_and_a_session_as_smtp_does(client: Client) -> None:
    row = await (await client.post("/api/messages", data=MAIL, headers=KIND)).json()
    attempt = await (await client.get("/api/attempts/latest")).json()
    assert (attempt["message"], attempt["verdict"]) == (row["id"], "accepted")
    assert [one["address"] for one in attempt["recipients"]] == row["envelope"]["rcpt_to"]
    session = await (await client.get(f"/api/sessions/{row['session']}")).json()
    assert (session["listener"], session["messages"], session["protocol"]) == ("http", 1, "HTTP")
    assert "handed over by HTTP: " in session["transcript"][0]["text"]
    assert session["peer"].startswith("127.0.0.1:")


async def test_the_envelope_can_be_told(client: Client) -> None:
    query = {"mail_from": "", "rcpt_to": "x@x.test, Y <y@y.test>"}
    row = await (await client.post("/api/messages", params=query, data=MAIL, headers=KIND)).json()
    assert row["envelope"] == {"mail_from": "", "rcpt_to": ["x@x.test", "y@y.test"]}


async def test_an_inbox_is_found_as_by_smtp_or_told(client: Client) -> None:
    routed = await client.post(
        "/api/messages",
        params={"rcpt_to": "gw3@inbox.example.com"},
        data=MAIL,
        headers=KIND,
    )
    assert (await routed.json())["inboxes"] == ["gw3"]
    told = await client.post("/api/messages", params={"inbox": "gw4"}, data=MAIL, headers=KIND)
    assert (await told.json())["inboxes"] == ["gw4"]


async def test_a_message_that_is_too_large_is_refused_and_nothing_is_kept(
    client: Client, catcher: Catcher, problem: Problems
) -> None:
    response = await client.post("/api/messages", data=MAIL + b"x" * 1000, headers=KIND)
    told = await problem(response, 413)
    assert told["detail"] == "The message is too large: at most 1000 octets."
    assert (await catcher.counts()).messages == 0


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/x-www-form-urlencoded", 415),
        ("text/plain", 415),
        ("multipart/form-data; boundary=x", 415),
        ("application/json", 415),
        ("message/global", 201),
    ],
)
async def test_only_a_message_is_taken_and_nothing_that_a_form_can_send(
    client: Client, kind: str, status: int
) -> None:
    response = await client.post("/api/messages", data=MAIL, headers={"Content-Type": kind})
    assert response.status == status


@pytest.mark.parametrize(
    ("query", "body", "field"),
    [
        ({}, b"", None),
        ({}, b"Subject: for nobody\r\n\r\n", "rcpt_to"),
        ({"rcpt_to": "@"}, MAIL, "rcpt_to"),
        ({"rcpt_to": "a" * 2000 + "@b.test"}, MAIL, "rcpt_to"),
        ({"mail_from": "@"}, MAIL, "mail_from"),
        ({"inbox": "a/b\x00"}, MAIL, "inbox"),
        ({"to": "a@b.test"}, MAIL, "to"),
    ],
)
async def test_what_cannot_be_taken_names_the_field(
    client: Client, problem: Problems, query: dict[str, str], body: bytes, field: str | None
) -> None:
    response = await client.post("/api/messages", params=query, data=body, headers=KIND)
    assert (await problem(response, 400)).get("field") == field


async def test_another_site_cannot_post(client: Client) -> None:
    for path in ("/api/messages", "/api/samples"):
        foreign = {**KIND, "Origin": "https://evil.test"}
        assert (await client.post(path, data=MAIL, headers=foreign)).status == 403
        beside = {**KIND, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
        assert (await client.post(path, data=MAIL, headers=beside)).status == 403


@pytest.mark.parametrize("kind", SAMPLES)
async def test_a_sample_comes_in_as_a_message(client: Client, kind: str) -> None:
    response = await client.post("/api/samples", json={"kind": kind, "inbox": "gw1"})
    assert response.status == 201
    row = await response.json()
    assert row["inboxes"] == ["gw1"]
    assert row["envelope"]["rcpt_to"] == ["ada@example.com"]
    assert (await client.get(f"/api/messages/{row['id']}")).status == 200


async def test_without_a_word_the_sample_is_a_confirmation(client: Client) -> None:
    await client.post("/api/samples")
    told = await (await client.get("/api/messages/latest")).json()
    assert told["codes"][0]["value"] == "481516"
    links = {one["href"] for one in told["links"] if one["kind"] == "link"}
    assert links == {"https://shop.example.com/confirm?user=ada&token=c2FtcGxl"}


async def test_an_unknown_sample_is_answered_with_those_there_are(
    client: Client, problem: Problems
) -> None:
    told = await problem(await client.post("/api/samples", json={"kind": "spam"}), 400)
    assert (told["field"], told["allowed"]) == ("kind", sorted(SAMPLES))
