from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from mailtrap.api.guard import GuardConfig, host_allowed
from mailtrap.api.seal import Seal

if TYPE_CHECKING:
    from tests.api.conftest import Client, Posted, Started

OTHER_HOSTS = (
    "evil.test",
    "localhost.evil.test",
    "127.0.0.1.evil.test",
    "evillocalhost",
    "203.0.113.9",
    "0.0.0.0",
    "127.1",
    "",
    "a b",
    "::1",
    "[::1",
    "localhost:port",
    "localhost/",
    "u@localhost",
)
LOOPBACK = ("localhost", "LOCALHOST.", "mail.localhost", "127.0.0.1", "127.8.9.1", "[::1]")


@pytest.mark.parametrize("port", ["", ":8025"])
@pytest.mark.parametrize("host", [*LOOPBACK, "[::ffff:127.0.0.1]"])
def test_loopback_names_and_addresses_are_answered(host: str, port: str) -> None:
    assert host_allowed(host + port, "127.0.0.1", ())


@pytest.mark.parametrize("host", OTHER_HOSTS)
def test_other_hosts_are_not_answered_on_loopback(host: str) -> None:
    assert not host_allowed(host, "127.0.0.1", ())


@pytest.mark.parametrize(
    ("host", "patterns", "answered"),
    [
        ("mail.example.test", ("mail.example.test",), True),
        ("MAIL.example.test:80", ("mail.Example.test",), True),
        ("a.example.test", ("*.example.test",), True),
        ("example.test", ("*.example.test",), False),
        ("anything.test", ("*",), True),
        ("other.test", ("mail.example.test",), False),
    ],
)
def test_configured_hosts_are_answered(
    host: str, patterns: tuple[str, ...], *, answered: bool
) -> None:
    assert host_allowed(host, "127.0.0.1", patterns) is answered


@pytest.mark.parametrize(
    ("host", "local", "answered"),
    [
        ("192.0.2.1:8025", "192.0.2.1", True),
        ("198.51.100.7", "172.17.0.2", True),
        ("[2001:db8::1]", "2001:db8::1", True),
        ("192.0.2.1", "127.0.0.1", False),
        ("192.0.2.1", None, False),
        ("evil.test", "192.0.2.1", False),
    ],
)
def test_a_literal_address_is_answered_where_the_connection_came_to_one(
    host: str, local: str | None, *, answered: bool
) -> None:
    assert host_allowed(host, local, ()) is answered


async def test_a_rebound_name_gets_421_everywhere(client: Client) -> None:
    for path in ("/", "/api/messages", "/js/main.js", "/livez", "/nowhere"):
        response = await client.get(path, headers={"Host": "evil.test"})
        assert response.status == 421
        assert response.content_type == "application/problem+json"


OWN = "http://localhost:8025"
FOREIGN = {
    "another site": {"Origin": "https://evil.test"},
    "another port": {"Origin": "http://localhost:3000"},
    "an opaque origin": {"Origin": "null"},
    "no scheme": {"Origin": "localhost:8025"},
    "another scheme": {"Origin": "ftp://localhost:8025"},
    "an image of another site": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"},
    "an image of another port": {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Dest": "image"},
    "a frame of another site": {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "iframe",
    },
}


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
async def test_a_foreign_page_may_neither_read_nor_write(
    client: Client, method: str, headers: dict[str, str]
) -> None:
    sent = {"Host": "localhost:8025", **headers}
    response = await client.request(method, "/api/messages", headers=sent)
    assert response.status == 403
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": OWN},
        {"Origin": "https://localhost:8025"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"},
    ],
)
async def test_our_own_page_and_plain_clients_may(client: Client, headers: dict[str, str]) -> None:
    sent = {"Host": "localhost:8025", **headers}
    assert (await client.get("/api/messages", headers=sent)).status == 200


async def test_an_origin_with_the_default_port_left_out_is_ours(client: Client) -> None:
    sent = {"Host": "localhost:80", "Origin": "http://localhost"}
    assert (await client.get("/api/messages", headers=sent)).status == 200


async def test_a_link_from_another_site_shows_the_page_but_no_data(client: Client) -> None:
    visit = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    assert (await client.get("/m/abc", headers=visit)).status == 200
    assert (await client.get("/api/messages", headers=visit)).status == 403


ALLOWED = GuardConfig(allow_origins=("https://app.test",))


async def test_an_allowed_origin_may_read_and_is_told_so(serve: Started) -> None:
    client = await serve(ALLOWED)
    response = await client.get("/api/messages", headers={"Origin": "https://app.test"})
    assert response.status == 200
    assert response.headers["Access-Control-Allow-Origin"] == "https://app.test"
    assert response.headers["Vary"] == "Origin"


async def test_a_file_varies_with_its_encoding_and_the_origin(serve: Started) -> None:
    client = await serve(ALLOWED)
    response = await client.get("/js/main.js", headers={"Origin": "https://app.test"})
    assert sorted(response.headers.getall("Vary")) == ["Accept-Encoding", "Origin"]


async def test_errors_too_are_told_to_an_allowed_origin(serve: Started) -> None:
    client = await serve(ALLOWED)
    response = await client.get("/api/nowhere", headers={"Origin": "https://app.test"})
    assert response.status == 404
    assert response.headers["Access-Control-Allow-Origin"] == "https://app.test"


async def test_a_preflight_of_an_allowed_origin_is_answered_without_login(serve: Started) -> None:
    client = await serve(GuardConfig(allow_origins=("https://app.test",), password="s"))
    headers = {"Origin": "https://app.test", "Access-Control-Request-Method": "DELETE"}
    response = await client.options("/api/messages", headers=headers)
    assert response.status == 204
    assert "DELETE" in response.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in response.headers["Access-Control-Allow-Headers"]


def basic(password: str, user: str = "any") -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


LOCKED = GuardConfig(password="pässword", tokens=("tok-1", "tok-2"))
LOGINS = {
    "password": (basic("pässword"), 200),
    "password of nobody": (basic("pässword", ""), 200),
    "lower-case scheme": (basic("pässword").replace("Basic", "basic"), 200),
    "first token": ("Bearer tok-1", 200),
    "second token": ("bearer tok-2", 200),
    "nothing": ("", 401),
    "wrong password": (basic("password"), 401),
    "token as password": (basic("tok-1"), 401),
    "password as token": ("Bearer pässword", 401),
    "wrong token": ("Bearer tok-3", 401),
    "empty token": ("Bearer ", 401),
    "another scheme": ("Digest tok-1", 401),
    "no base64": ("Basic !!!", 401),
    "no UTF-8": ("Basic " + base64.b64encode(b"a:\xff").decode(), 401),
    "no colon": ("Basic " + base64.b64encode("pässword".encode()).decode(), 401),
}


@pytest.mark.parametrize(("login", "status"), LOGINS.values(), ids=LOGINS)
@pytest.mark.parametrize("path", ["/api/messages", "/", "/metrics", "/js/main.js"])
async def test_a_login_is_asked_for(serve: Started, path: str, login: str, status: int) -> None:
    client = await serve(LOCKED)
    response = await client.get(path, headers={"Authorization": login} if login else {})
    assert response.status == status
    assert ("WWW-Authenticate" in response.headers) == (status == 401)


async def test_a_wrong_login_cannot_delete(serve: Started, post: Posted) -> None:
    await post()
    client = await serve(LOCKED)
    assert (await client.delete("/api/messages")).status == 401
    listing = await client.get("/api/messages", headers={"Authorization": "Bearer tok-1"})
    assert (await listing.json())["total"] == 1


@pytest.mark.parametrize(
    ("config", "challenge"),
    [
        (GuardConfig(password="s"), 'Basic realm="mailtrap", charset="UTF-8"'),
        (GuardConfig(tokens=("t",)), 'Bearer realm="mailtrap"'),
    ],
)
async def test_the_challenge_names_what_can_be_used(
    serve: Started, config: GuardConfig, challenge: str
) -> None:
    client = await serve(config)
    assert (await client.get("/api/info")).headers["WWW-Authenticate"] == challenge


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
async def test_health_needs_no_login(serve: Started, path: str) -> None:
    client = await serve(LOCKED)
    assert (await client.get(path)).status == 200


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize("path", ["/", "/api/messages", "/api/nowhere", "/js/main.js", "/livez"])
async def test_every_response_has_the_security_headers(client: Client, path: str) -> None:
    response = await client.get(path)
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.headers["Server"] == "mailtrap"


def test_a_key_fits_its_own_part_only() -> None:
    seal = Seal()
    key = seal.key("m1", "cid")
    assert seal.fits("m1", "cid", key)
    assert not seal.fits("m2", "cid", key)
    assert not seal.fits("m1", "dic", key)
    assert not seal.fits("m1", "cid", "")
    assert not seal.fits("m1", "cid", "ü\ud800")
    assert not Seal().fits("m1", "cid", key)
