"""HTTP/1.1 as the async client reads it."""

from collections.abc import Callable

import pytest

from mailtrap.client.awaiting import Transport
from mailtrap.client.calls import Call
from mailtrap.client.errors import ClientError, MailtrapUnavailable, NotFoundError
from tests.client.conftest import Canned

Start = Callable[..., Canned]
CHUNKED = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked"
CALL = Call("GET", "/api/info", [("a", "1 2"), ("a", "ü")])


def _answer(head: str, body: bytes = b"") -> bytes:
    return head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body


@pytest.mark.parametrize(
    "answer",
    [
        _answer("HTTP/1.1 200 OK\nContent-Length: 8", b'{"a": 1}'),
        _answer(CHUNKED, b'3\r\n{"a\r\n5;x=y\r\n": 1}\r\n0\r\n\r\n'),
        _answer("HTTP/1.0 200 OK", b'{"a": 1}'),
    ],
    ids=["length", "chunks", "until the end"],
)  # fmt: skip
async def test_content_is_read_however_it_is_delimited(canned: Start, answer: bytes) -> None:
    server = canned(answer)
    assert await Transport(server.url).perform(CALL) == {"a": 1}


async def test_a_request_names_host_token_and_every_parameter(canned: Start) -> None:
    server = canned(_answer("HTTP/1.1 204 No Content\nContent-Length: 0"))
    call = Call("POST", "/api/inboxes", CALL.query, {"name": "ü"})
    assert await Transport(server.url + "/base", token="t0").perform(call) is None
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /base/api/inboxes?a=1+2&a=%C3%BC HTTP/1.1"
    assert {f"Host: {server.url[7:]}", "Authorization: Bearer t0"} <= set(lines)
    assert body == b'{"name": "\\u00fc"}'


@pytest.mark.parametrize(
    ("answer", "kind", "text"),
    [
        (_answer("HTTP/1.1 404 Not Found", b'{"detail": "no such"}'), NotFoundError, "no such"),
        (_answer("HTTP/1.1 400 Bad Request", b'{"title": "bad"}'), ClientError, "bad"),
        (_answer("HTTP/1.1 502 Bad Gateway", b"<html>"), ClientError, "answers 502 Bad Gateway"),
        (_answer("HTTP/1.1 200 OK", b"<html>"), ClientError, "no JSON"),
        (b"220 mail.example.com ESMTP\r\n", ClientError, "no HTTP server"),
        (_answer("HTTP/1.1 200 OK\nContent-Length: 9", b"{"), MailtrapUnavailable, "cannot reach"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000, ClientError, "no HTTP server"),
        (_answer(CHUNKED, b"zz\r\n"), ClientError, "no HTTP server"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", ClientError, "no HTTP server"),
    ],
)
async def test_what_is_wrong_is_said(
    canned: Start, answer: bytes, kind: type[Exception], text: str
) -> None:
    with pytest.raises(kind, match=text):
        await Transport(canned(answer).url).perform(CALL)
