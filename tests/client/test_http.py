import socket
from base64 import b64decode
from collections.abc import Callable
from typing import Protocol

import pytest

from mailtrap.client import ClientError, Http, NotFoundError, UnreachableError


class Server(Protocol):
    """What the fixture gives."""

    url: str
    requests: list[bytes]


Start = Callable[..., Server]


def answer(body: bytes = b"", *, status: str = "200 OK", kind: str = "application/json") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def problem(status: str, detail: str) -> bytes:
    body = f'{{"title": "x", "detail": "{detail}"}}'.encode()
    return answer(body, status=status, kind="application/problem+json")


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("http://127.0.0.1:8025", "http://127.0.0.1:8025"),
        ("127.0.0.1:8025", "http://127.0.0.1:8025"),
        ("http://[::1]:8025/", "http://[::1]:8025"),
        ("https://mail.test/base/", "https://mail.test/base"),
        ("http://ann:s3cret@host:1", "http://host:1"),
    ],
)
def test_a_url_is_read_and_shown_without_its_secrets(written: str, url: str) -> None:
    assert Http(written).url == url


@pytest.mark.parametrize("url", ["", "ftp://host", "http://", "http://host:port", "http://h:99999"])
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"is not the address of a server|Port|port"):
        Http(url)


def test_json_comes_back_as_objects(canned: Start) -> None:
    server = canned(answer(b'{"a": [1, null]}'))
    assert Http(server.url).json("GET", "/api/info") == {"a": [1, None]}
    assert server.requests[0].startswith(b"GET /api/info HTTP/1.1\r\n")


def test_an_answer_without_content_is_none(canned: Start) -> None:
    server = canned(b"HTTP/1.1 204 No Content\r\n\r\n")
    assert Http(server.url).json("DELETE", "/api/messages/1") is None


def test_the_query_leaves_out_what_is_none(canned: Start) -> None:
    server = canned(answer(b"{}"))
    Http(f"{server.url}/base").json("GET", "/a", query={"x": "ä b", "y": None, "z": 0})
    assert server.requests[0].startswith(b"GET /base/a?x=%C3%A4+b&z=0 HTTP/1.1\r\n")


def test_a_body_is_sent_as_json(canned: Start) -> None:
    server = canned(answer(b"{}"))
    Http(server.url).json("PATCH", "/a", body={"ids": ["1"]})
    assert b"Content-Type: application/json\r\n" in server.requests[0]
    assert server.requests[0].endswith(b'\r\n\r\n{"ids": ["1"]}')


@pytest.mark.parametrize("in_url", [True, False])
def test_a_password_is_sent_as_basic(canned: Start, in_url: bool) -> None:
    server = canned(answer(b"{}"))
    if in_url:
        http = Http(server.url.replace("//", "//ann:s3cret@"))
    else:
        http = Http(server.url, password="s3cret")
    http.json("GET", "/")
    line = next(x for x in server.requests[0].split(b"\r\n") if x.startswith(b"Authorization"))
    assert b64decode(line.split()[-1]) == b":s3cret"


def test_a_token_goes_before_a_password(canned: Start) -> None:
    server = canned(answer(b"{}"))
    Http(server.url, token="t0ken", password="s3cret").json("GET", "/")
    assert b"Authorization: Bearer t0ken\r\n" in server.requests[0]


def test_a_problem_is_an_exception_with_its_detail_and_status(canned: Start) -> None:
    server = canned(problem("400 Bad Request", "limit: 1 to 1000 is allowed"))
    with pytest.raises(ClientError, match="limit: 1 to 1000 is allowed") as caught:
        Http(server.url).json("GET", "/")
    assert caught.value.status == 400
    assert not isinstance(caught.value, NotFoundError | UnreachableError)


def test_what_is_not_there_is_its_own_exception(canned: Start) -> None:
    server = canned(problem("404 Not Found", "There is no message x."))
    with pytest.raises(NotFoundError, match="There is no message x"):
        Http(server.url).json("GET", "/api/messages/x")


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"3", b"\xff"])
def test_an_error_of_another_kind_of_server_tells_the_status(canned: Start, body: bytes) -> None:
    server = canned(answer(body, status="502 Bad Gateway", kind="text/html"))
    with pytest.raises(ClientError, match="the server answers 502 Bad Gateway") as caught:
        Http(server.url).json("GET", "/")
    assert caught.value.status == 502


def test_an_answer_that_is_not_json_is_told(canned: Start) -> None:
    server = canned(answer(b"<html>"))
    with pytest.raises(ClientError, match="answers, but not as mailtrap does"):
        Http(server.url).json("GET", "/")


def test_where_nothing_listens_the_address_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(UnreachableError, match=rf"nothing answers at http://127.0.0.1:{port} \("):
        Http(f"http://127.0.0.1:{port}").json("GET", "/")


def test_a_server_that_says_nothing_is_unreachable_after_the_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        http = Http(f"http://127.0.0.1:{silent.getsockname()[1]}", timeout=0.05)
        with pytest.raises(UnreachableError, match="timed out"):
            http.json("GET", "/")


@pytest.mark.parametrize("octets", [b"", b"220 mail.test ESMTP\r\n"])
def test_an_answer_that_is_not_http_is_unreachable(canned: Start, octets: bytes) -> None:
    server = canned(octets)
    with pytest.raises(UnreachableError):
        Http(server.url).json("GET", "/")


def test_an_answer_that_is_cut_off_is_unreachable(canned: Start) -> None:
    server = canned(answer(b'{"a": 1}')[:-2])
    with pytest.raises(UnreachableError):
        Http(server.url).json("GET", "/")


def test_octets_that_are_cut_off_are_told(canned: Start) -> None:
    server = canned(answer(b"x" * 100_000)[:-2])
    with pytest.raises(UnreachableError):
        list(Http(server.url).pieces("/raw"))


def test_an_answer_has_an_end(canned: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailtrap.client.http.JSON_LIMIT", 10)
    server = canned(answer(b'"01234567"'), answer(b'"012345678"'))
    assert Http(server.url).json("GET", "/") == "01234567"
    with pytest.raises(ClientError, match="more than 10 octets"):
        Http(server.url).json("GET", "/")


def test_https_is_not_spoken_in_clear(canned: Start) -> None:
    server = canned()
    with pytest.raises(UnreachableError):
        Http(server.url.replace("http:", "https:")).json("GET", "/")


def test_octets_come_in_pieces_as_they_are(canned: Start) -> None:
    content = bytes(range(256)) * 1_000
    server = canned(answer(content, kind="message/rfc822"))
    pieces = list(Http(server.url).pieces("/raw"))
    assert b"".join(pieces) == content
    assert len(pieces) > 1


def test_a_stream_says_where_to_go_on_and_gives_events(canned: Start) -> None:
    body = b": hello\n\nid: 8\nevent: message.added\ndata: {}\n\nid: 9\nevent: cut"
    server = canned(answer(body, kind="text/event-stream"))
    (event,) = Http(server.url).events("/api/stream", since="7", query={"inbox": "a"})
    assert (event.kind, event.data, event.id) == ("message.added", "{}", "8")
    assert server.requests[0].startswith(b"GET /api/stream?inbox=a HTTP/1.1\r\n")
    assert b"Last-Event-ID: 7\r\n" in server.requests[0]
