from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailtrap.smtp.findings import Finding

if TYPE_CHECKING:
    from mailtrap.catcher import Catcher
    from tests.api.conftest import Client, Posted, Problems, Started

MIME = (
    b"Subject: =?utf-8?q?caf=C3=A9?=\r\nFrom: =?utf-8?q?J=C3=B6?= <jo@a.test>\r\n"
    b"Date: Mon, 23 Nov 2026 10:00:00 +0100\r\nMessage-ID: <1@a.test>\r\n"
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/html\r\n\r\n<img src='http://x.test/a.png'>\r\n"
    b'--b\r\nContent-Type: text/plain; name="a.txt"\r\n'
    b"Content-Disposition: attachment; filename=a.txt\r\n\r\nfile\r\n--b--\r\n"
)


async def test_a_row_tells_the_message_without_reading_it(client: Client, post: Posted) -> None:
    finding = Finding("bare-lf", "warning", "content", "A bare LF.", "RFC 5321")
    name = await post(MIME, rcpt_to=("b@b.test", "c@c.test"), tags=("t",), findings=(finding,))
    (row,) = (await (await client.get("/api/messages")).json())["messages"]
    seq = row.pop("seq")
    assert seq > 0
    assert row == {
        "id": name,
        "received_at": "2026-05-04T03:02:01.000987Z",
        "size": len(MIME),
        "subject": "café",
        "from": [{"name": "Jö", "address": "jo@a.test"}],
        "to": [],
        "cc": [],
        "date": "2026-11-23T09:00:00.000000Z",
        "message_id": row["message_id"],
        "has_attachment": True,
        "read": False,
        "tags": ["t"],
        "inboxes": ["default"],
        "session": "0000000session",
        "envelope": {"mail_from": "ann@a.test", "rcpt_to": ["b@b.test", "c@c.test"]},
        "findings": {"error": 0, "warning": 1, "notice": 0, "info": 0},
        "tls": None,
    }


async def test_an_empty_list_has_no_neighbours(client: Client) -> None:
    assert await (await client.get("/api/messages")).json() == {
        "messages": [],
        "total": 0,
        "unread": 0,
        "newer": None,
        "older": None,
        "cursor": 0,
    }


async def ids(client: Client, url: str) -> list[str]:
    return [row["id"] for row in (await (await client.get(url)).json())["messages"]]


async def test_pages_lead_to_each_other_in_both_directions(client: Client, post: Posted) -> None:
    posted = [await post() for _ in range(5)]
    newest_first = posted[::-1]
    first = await (await client.get("/api/messages?limit=2")).json()
    assert first["newer"] is None
    second = await (await client.get(first["older"])).json()
    assert [row["id"] for row in second["messages"]] == newest_first[2:4]
    third = await (await client.get(second["older"])).json()
    assert [row["id"] for row in third["messages"]] == newest_first[4:]
    assert third["older"] is None
    assert await ids(client, third["newer"]) == newest_first[2:4]
    assert await ids(client, second["newer"]) == newest_first[:2]


async def test_a_cursor_is_a_seq_or_an_id(client: Client, post: Posted) -> None:
    old, middle, new = [await post() for _ in range(3)]
    seq = (await (await client.get(f"/api/messages/{middle}")).json())["seq"]
    assert await ids(client, f"/api/messages?before={middle}") == [old]
    assert await ids(client, f"/api/messages?before={seq}") == [old]
    assert await ids(client, f"/api/messages?after={middle}") == [new]
    assert await ids(client, f"/api/messages?after={old}&before={new}") == [middle]
    assert await ids(client, "/api/messages?before=latest") == [middle, old]


async def test_a_page_keeps_the_inbox_and_limit_of_the_list(client: Client, post: Posted) -> None:
    for _ in range(3):
        await post(inboxes=("a b&c",))
        await post(inboxes=("other",))
    params = {"inbox": "a b&c", "limit": "2"}
    first = await (await client.get("/api/messages", params=params)).json()
    assert (first["total"], first["unread"]) == (3, 3)
    second = await (await client.get(first["older"])).json()
    assert [row["inboxes"] for row in second["messages"]] == [["a b&c"]]


async def test_a_search_finds_words_and_its_pages_keep_it(client: Client, post: Posted) -> None:
    found = [await post(b"Subject: red apple\r\n\r\n") for _ in range(2)]
    await post(b"Subject: green pear\r\n\r\n")
    first = await (await client.get("/api/messages?q=apple&limit=1")).json()
    second = await (await client.get(first["older"])).json()
    pages = [[row["id"] for row in page["messages"]] for page in (first, second)]
    assert pages == [[found[1]], [found[0]]]
    assert second["older"] is None


async def test_an_unknown_inbox_is_empty(client: Client, post: Posted) -> None:
    await post()
    listing = await (await client.get("/api/messages?inbox=nobody")).json()
    assert (listing["total"], listing["unread"], listing["messages"]) == (0, 0, [])


QUERIES = {
    "limit too small": ("limit=0", "limit", ["1 to 1000"]),
    "limit too large": ("limit=1001", "limit", ["1 to 1000"]),
    "limit no number": ("limit=x", "limit", ["1 to 1000"]),
    "limit twice": ("limit=1&limit=2", "limit", ["1 to 1000"]),
    "unknown": ("frob=1", "frob", ["inbox", "limit", "before", "after", "q", "count", "offset"]),
    "empty inbox": ("inbox=", "inbox", ["1 to 255 characters"]),
    "no such id": ("before=nothing", "before", ["a seq", "an id"]),
    "digits as long as an id": ("after=1234567890123", "after", ["a seq", "an id"]),
}


@pytest.mark.parametrize(("query", "field", "allowed"), QUERIES.values(), ids=QUERIES)
async def test_a_wrong_query_names_the_field_and_what_is_allowed(
    client: Client, problem: Problems, query: str, field: str, allowed: list[str]
) -> None:
    told = await problem(await client.get(f"/api/messages?{query}"), 400)
    assert (told["field"], told["allowed"]) == (field, allowed)


async def test_one_message_is_told_in_full_and_stays_unread(client: Client, post: Posted) -> None:
    name = await post(MIME, secret="hunter2")
    await client.get(f"/api/messages/{name}")
    message = await (await client.get(f"/api/messages/{name}")).json()
    assert message["read"] is False
    assert message["envelope"]["params"] == {"SIZE": "99"}
    assert message["envelope"]["recipients"] == [
        {"address": "bob@b.test", "params": {}, "route": []}
    ]
    assert message["headers"][0] == {"name": "Subject", "value": "café"}
    assert message["html"] == "<img src='http://x.test/a.png'>"
    assert message["remote"] == ["http://x.test/a.png"]
    assert message["trace"]["helo"] == "a.test"
    assert message["attempt"]
    assert [part["number"] for part in message["parts"]["children"]] == ["1", "2"]
    assert message["attachments"] == [
        {
            "number": "2",
            "filename": "a.txt",
            "content_type": "text/plain",
            "size": 4,
            "url": f"/api/messages/{name}/attachments/2",
        }
    ]


async def test_every_link_of_a_message_leads_somewhere(
    client: Client, post: Posted, connect: Posted
) -> None:
    await post(MIME)
    message = await (await client.get("/api/messages/latest")).json()
    links = [url for name, url in message["urls"].items() if url and name != "session"]
    urls = [*links, *(part["url"] for part in message["parts"]["children"])]
    assert [(await client.get(url)).status for url in urls] == [200] * len(urls)


async def test_a_password_is_masked(client: Client, post: Posted) -> None:
    await post(secret="hunter2")
    text = await (await client.get("/api/messages/latest")).text()
    assert "hunter2" not in text
    assert '"secret":"********"' in text


async def test_a_password_is_told_where_the_server_was_told_to(
    serve: Started, post: Posted, open_handed: object
) -> None:
    await post(secret="hunter2")
    client = await serve(facts=open_handed)
    message = await (await client.get("/api/messages/latest")).json()
    assert message["trace"]["auth"]["secret"] == "hunter2"


async def test_latest_is_scoped_by_the_inbox(client: Client, post: Posted) -> None:
    mine = await post(inboxes=("mine",))
    newest = await post()
    assert (await (await client.get("/api/messages/latest")).json())["id"] == newest
    assert (await (await client.get("/api/messages/latest?inbox=mine")).json())["id"] == mine


async def test_octets_that_are_no_text_are_told_escaped(client: Client, post: Posted) -> None:
    await post(mail_from="a\udcff@b.test")
    listing = await (await client.get("/api/messages")).json()
    assert listing["messages"][0]["envelope"]["mail_from"] == "a\\xff@b.test"


ONE = "/api/messages/nothing"
UNKNOWN = [
    ("GET", ONE),
    ("PATCH", ONE),
    ("DELETE", ONE),
    ("PUT", f"{ONE}/tags/t"),
    ("DELETE", f"{ONE}/tags/t"),
    *[("GET", f"{ONE}/{rest}") for rest in ("raw", "headers", "text", "html")],
    *[("GET", f"{ONE}/{rest}/1") for rest in ("parts", "cid", "attachments")],
    ("GET", "/api/messages/latest"),
    ("GET", "/api/sessions/nothing"),
    ("GET", "/api/sessions/latest"),
    ("GET", "/api/attempts/nothing"),
    ("GET", "/api/attempts/latest"),
]


@pytest.mark.parametrize(("method", "path"), UNKNOWN)
async def test_what_is_not_there_is_404(
    client: Client, problem: Problems, method: str, path: str
) -> None:
    told = await problem(await client.request(method, path, json={}), 404)
    assert path.split("/")[3] in str(told["detail"])


async def test_reading_in_every_way_leaves_a_message_unread(
    client: Client, post: Posted, catcher: Catcher
) -> None:
    name = await post(MIME)
    for rest in ("", "/raw", "/headers", "/html", "/parts/1", "/attachments/2"):
        assert (await client.get(f"/api/messages/{name}{rest}")).status == 200
    assert (await catcher.counts()).unread == 1
