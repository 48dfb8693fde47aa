from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientError

from mailtrap.api.bodies import with_new_tab
from mailtrap.api.headers import preview_csp
from mailtrap.store.base import RawMessage, StoreError

if TYPE_CHECKING:
    from mailtrap.catcher import Catcher
    from tests.api.conftest import Client, Posted, Problems, Started

PNG = b"\x89PNG\r\n\x1a\n....."


def mail(kind: str, body: bytes, headers: str = "") -> bytes:
    head = f"Subject: s\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n{headers}\r\n"
    return head.encode() + body


def part(kind: str, body: bytes, headers: str = "") -> bytes:
    return f"--b\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + body + b"\r\n"


def related(*parts: bytes) -> bytes:
    return mail("multipart/related; boundary=b", b"".join(parts) + b"--b--\r\n")


async def test_raw_is_byte_for_byte(client: Client, post: Posted) -> None:
    raw = b"Subject: \xff\r\nbare\nlf\r\rcr\r\n\x00.\r\n" + b"x" * 3_000_000
    name = await post(raw)
    response = await client.get(f"/api/messages/{name}/raw")
    assert await response.read() == raw
    assert response.content_length == len(raw)
    assert response.content_type == "message/rfc822"
    assert response.headers["Content-Disposition"].startswith("inline;")
    assert "sandbox" in response.headers["Content-Security-Policy"]


async def test_raw_downloads_under_a_name(client: Client, post: Posted) -> None:
    name = await post()
    response = await client.get("/api/messages/latest/raw?download=1")
    assert response.headers["Content-Disposition"].startswith(f'attachment; filename="{name}.eml"')


async def test_head_gives_the_size_and_nothing_else(client: Client, post: Posted) -> None:
    raw = b"Subject: s\r\n\r\n" + b"x" * 5000
    await post(raw)
    response = await client.head("/api/messages/latest/raw")
    assert response.headers["Content-Length"] == str(len(raw))
    assert await response.read() == b""


async def test_headers_are_told_decoded_and_raw(client: Client, post: Posted) -> None:
    await post(b"Subject: =?utf-8?q?=C3=A4?=\r\nX-Odd: \xff\r\n\r\n")
    told = await (await client.get("/api/messages/latest/headers")).json()
    assert [field["name"] for field in told["headers"]] == ["Subject", "X-Odd"]
    assert told["headers"][0]["value"] == "ä"
    assert "=?utf-8?q?=C3=A4?=" in told["headers"][0]["raw"]
    assert "\\xff" in told["headers"][1]["raw"]


async def test_text_is_plain_utf_8(client: Client, post: Posted) -> None:
    await post(mail("text/plain; charset=iso-8859-1", b"caf\xe9 <b>"))
    response = await client.get("/api/messages/latest/text")
    assert await response.text() == "café <b>"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(("kind", "other"), [("text/plain", "html"), ("text/html", "text")])
async def test_a_body_that_is_not_there_is_404(
    client: Client, post: Posted, problem: Problems, kind: str, other: str
) -> None:
    await post(mail(kind, b"x"))
    await problem(await client.get(f"/api/messages/latest/{other}"), 404)


async def test_html_is_caged(client: Client, post: Posted) -> None:
    await post(mail("text/html", b"<script>alert(1)</script>"))
    response = await client.get("/api/messages/latest/html")
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert response.headers["Content-Security-Policy"] == (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
        "img-src 'self' data:; style-src 'unsafe-inline'; font-src data:; "
        "frame-ancestors 'self'; base-uri 'none'"
    )
    assert "<script>alert(1)</script>" in await response.text()


async def test_remote_content_is_let_in_for_one_response_only(client: Client, post: Posted) -> None:
    await post(mail("text/html", b"<img src=http://x.test/a>"))
    policies = [
        (await client.get(f"/api/messages/latest/html{query}")).headers["Content-Security-Policy"]
        for query in ("?remote=1", "")
    ]
    assert ["img-src 'self' data: http: https:" in policy for policy in policies] == [True, False]
    assert ["default-src 'none'" in policy for policy in policies] == [True, True]
    assert not any("allow-scripts" in p or "allow-same-origin" in p for p in policies)


async def test_the_source_of_html_is_told_as_text(client: Client, post: Posted) -> None:
    await post(mail("text/html", b"<b>x</b>"))
    response = await client.get("/api/messages/latest/html?source=1")
    assert response.content_type == "text/plain"
    assert await response.text() == "<b>x</b>"


BEFORE = "\ufeff <!-- a --> <!-- - -->"


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<p>", '<base target="_blank"><p>'),
        ("<!DOCTYPE html><p>", '<!DOCTYPE html><base target="_blank"><p>'),
        (
            "\ufeff <!-- a --> <!doctype html>x",
            '\ufeff <!-- a --> <!doctype html><base target="_blank">x',
        ),
        (
            "<!-- never ended <!doctype html>",
            '<base target="_blank"><!-- never ended <!doctype html>',
        ),
        ("", '<base target="_blank">'),
    ],
)
def test_links_open_beside_without_a_change_of_mode(html: str, made: str) -> None:
    assert with_new_tab(html) == made


def test_many_comments_before_a_doctype_cost_little() -> None:
    html = "<!-- -->" * 200_000
    assert with_new_tab(html).endswith(html)


PREVIEWED = related(
    part("text/html", b'<img src="cid:a&amp;b@x"><img src="cid:none">'),
    part("image/png", PNG, "Content-ID: <a&b@x>\r\n"),
    part("application/octet-stream", PNG, "Content-ID: <odd>\r\n"),
    part("image/svg+xml", b"<svg/>", "Content-ID: <svg>\r\n"),
    part("text/html", b"<script>", "Content-ID: <page>\r\n"),
)
FRAME = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}


async def sealed_url(client: Client) -> str:
    html = await (await client.get("/api/messages/latest/html")).text()
    match = re.search(r'src="(/api/[^"]+)"', html)
    assert match
    return match[1].replace("&amp;", "&")


async def test_cid_images_of_a_preview_load_in_its_frame(client: Client, post: Posted) -> None:
    await post(PREVIEWED)
    response = await client.get(await sealed_url(client), headers=FRAME)
    assert response.status == 200
    assert await response.read() == PNG
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.content_type == "image/png"


async def test_a_cid_that_is_not_there_stays_as_it_is(client: Client, post: Posted) -> None:
    await post(PREVIEWED)
    assert 'src="cid:none"' in await (await client.get("/api/messages/latest/html")).text()


@pytest.mark.parametrize(
    "headers",
    [{**FRAME, "Sec-Fetch-Dest": "document"}, {**FRAME, "Sec-Fetch-Dest": "script"}],
)
async def test_a_key_opens_an_image_and_nothing_else(
    client: Client, post: Posted, headers: dict[str, str]
) -> None:
    await post(PREVIEWED)
    assert (await client.get(await sealed_url(client), headers=headers)).status == 403


async def test_without_the_key_another_site_gets_nothing(client: Client, post: Posted) -> None:
    name = await post(PREVIEWED)
    url = await sealed_url(client)
    plain = url.partition("?")[0]
    other = url.replace("cid/a%26b%40x", "cid/odd")
    assert other != url
    tries = (plain, f"{plain}?key=", f"{plain}?key=0", other, f"/api/messages/{name}/parts/2")
    assert [(await client.get(url, headers=FRAME)).status for url in tries] == [403] * 5


async def test_the_key_of_another_server_does_not_fit(serve: Started, post: Posted) -> None:
    await post(PREVIEWED)
    one, two = await serve(), await serve()
    assert (await two.get(await sealed_url(one), headers=FRAME)).status == 403


async def test_without_the_frame_a_cid_is_ours_alone(client: Client, post: Posted) -> None:
    await post(PREVIEWED)
    response = await client.get("/api/messages/latest/cid/a%26b%40x")
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("content_id", "kind", "shown"),
    [
        ("odd", "image/png", "inline"),
        ("svg", "image/svg+xml", "attachment"),
        ("page", "text/html", "attachment"),
    ],
)
async def test_an_image_of_a_preview_is_known_by_its_octets(
    client: Client, post: Posted, content_id: str, kind: str, shown: str
) -> None:
    await post(PREVIEWED)
    response = await client.get(f"/api/messages/latest/cid/{content_id}")
    assert response.content_type == kind
    assert response.headers["Content-Disposition"].startswith(shown)


async def test_a_part_is_decoded_and_downloads(client: Client, post: Posted) -> None:
    encoded = (
        "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=a.txt\r\n"
    )
    await post(
        related(part("text/plain", b"x"), part("text/plain; charset=koi8-r", b"aGk=", encoded))
    )
    for url in ("/api/messages/latest/parts/2", "/api/messages/latest/attachments/2"):
        response = await client.get(url)
        assert await response.read() == b"hi"
        assert response.headers["Content-Type"] == "text/plain; charset=koi8-r"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert response.headers["Content-Disposition"] == (
            "attachment; filename=\"a.txt\"; filename*=UTF-8''a.txt"
        )


async def test_a_body_is_no_attachment(client: Client, post: Posted, problem: Problems) -> None:
    await post(related(part("text/plain", b"x")))
    await problem(await client.get("/api/messages/latest/attachments/1"), 404)
    await problem(await client.get("/api/messages/latest/parts/9.9"), 404)


async def test_a_large_part_comes_whole(client: Client, post: Posted) -> None:
    data = b"0123456789abcdef" * 40_000
    await post(related(part("application/octet-stream", data)))
    assert await (await client.get("/api/messages/latest/parts/1")).read() == data


async def test_a_large_html_is_prepared_whole(client: Client, post: Posted) -> None:
    html = b"<p>" + b"x" * 400_000 + b'<img src="http://x.test/a.png">'
    await post(mail("text/html", html))
    assert html.decode() in await (await client.get("/api/messages/latest/html")).text()
    message = await (await client.get("/api/messages/latest")).json()
    assert message["remote"] == ["http://x.test/a.png"]


@pytest.mark.parametrize("remote", [True, False])
def test_a_preview_never_gets_scripts_or_our_origin(*, remote: bool) -> None:
    policy = preview_csp(remote=remote)
    assert policy.startswith("sandbox ")
    assert "script" not in policy
    assert "same-origin" not in policy


async def nothing(*_: object, **__: object) -> None:
    return None


@pytest.mark.parametrize("rest", ["", "/raw", "/headers", "/text", "/html", "/parts/1", "/cid/x"])
async def test_a_message_that_goes_while_it_is_read_is_404(
    client: Client,
    post: Posted,
    catcher: Catcher,
    problem: Problems,
    monkeypatch: pytest.MonkeyPatch,
    rest: str,
) -> None:
    await post()
    monkeypatch.setattr(catcher, "raw", nothing)
    monkeypatch.setattr(catcher, "mail", nothing)
    await problem(await client.get(f"/api/messages/latest{rest}"), 404)


async def test_octets_that_end_too_soon_are_an_error_of_the_connection(
    client: Client, post: Posted, catcher: Catcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"Subject"
        raise StoreError("it was deleted meanwhile")

    async def raw(*_: object, **__: object) -> RawMessage:
        return RawMessage(size=100, pieces=pieces())

    await post()
    monkeypatch.setattr(catcher, "raw", raw)
    with pytest.raises(ClientError):
        await (await client.get("/api/messages/latest/raw")).read()


async def test_a_cid_that_no_part_has_is_404(
    client: Client, post: Posted, problem: Problems
) -> None:
    await post(PREVIEWED)
    await problem(await client.get("/api/messages/latest/cid/none"), 404)
