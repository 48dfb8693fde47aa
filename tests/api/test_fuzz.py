"""Whatever is asked, in whatever form, the server does not fail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailtrap.api.routes import ROUTES

if TYPE_CHECKING:
    from tests.api.conftest import Client, Posted

# One server for all examples: what one of them leaves there is one more thing for the next.
many = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

SEGMENTS = st.sampled_from(
    ["latest", "1", "1.1", "", "%00", "%ff", "%ed%a0%80", "..", "\\", "x" * 300]
)
TEXTS = st.one_of(SEGMENTS, st.text(max_size=8).map(lambda text: quote(text, errors="replace")))
PATHS = sorted({route.path for route in ROUTES if route.path != "/api/stream"})
NAMES = st.sampled_from(
    [
        "inbox",
        "limit",
        "before",
        "after",
        "verdict",
        "session",
        "remote",
        "source",
        "key",
        "download",
        "%ff",
        "a",
    ]
)
QUERIES = st.lists(st.tuples(NAMES, TEXTS), max_size=3).map(
    lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
)
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5)
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                ["ids", "all", "inbox", "read", "tags", "add_tags", "remove_tags", "x", "on", "do"]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=10,
)
BODIES = st.one_of(JSON.map(lambda value: json.dumps(value).encode()), st.binary(max_size=20))

MULTIPART = b"Content-Type: multipart/x; boundary=b\r\n\r\n--b\r\n"


@st.composite
def targets(draw: st.DrawFn) -> str:
    path = draw(st.sampled_from(PATHS))
    while "{" in path:
        begin, end = path.index("{"), path.index("}")
        path = path[:begin] + draw(TEXTS) + path[end + 1 :]
    return f"{path}?{draw(QUERIES)}"


@many
@given(url=targets(), method=st.sampled_from(["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]))
async def test_any_path_and_query_is_answered(
    client: Client, post: Posted, url: str, method: str
) -> None:
    await post()
    response = await client.request(method, url, allow_redirects=False)
    await response.read()
    assert response.status < 500, (method, url)


@many
@given(path=st.text(max_size=20), query=st.text(max_size=20))
async def test_any_target_at_all_is_answered(client: Client, path: str, query: str) -> None:
    # Two slashes at the beginning would name another host.
    path, query = (quote(text, errors="replace", safe="/%=&") for text in (path, query))
    url = f"/{path.lstrip('/')}?{query}"
    assert (await client.get(url)).status < 500


@many
@given(
    method=st.sampled_from(["POST", "PUT", "PATCH", "DELETE"]),
    path=st.sampled_from(["/api/messages", "/api/messages/latest", "/api/faults"]),
    body=BODIES,
)
async def test_any_body_is_answered(
    client: Client, post: Posted, method: str, path: str, body: bytes
) -> None:
    await post()
    headers = {"Content-Type": "application/json"}
    response = await client.request(method, path, data=body, headers=headers)
    assert response.status < 500, body


@many
@given(
    raw=st.binary(max_size=300),
    head=st.sampled_from([b"", b"Content-Type: multipart/x; boundary=b\r\n\r\n--b\r\n"]),
)
async def test_any_message_can_be_read(
    client: Client, post: Posted, raw: bytes, head: bytes
) -> None:
    name = await post(head + raw)
    for rest in ("", "/raw", "/headers", "/text", "/html", "/parts/1", "/attachments/1"):
        assert (await client.get(f"/api/messages/{name}{rest}")).status < 500, rest


@many
@given(
    name=st.sampled_from(["Host", "Origin", "Authorization", "Sec-Fetch-Site", "Last-Event-ID"]),
    value=st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
)
async def test_any_header_is_answered(client: Client, name: str, value: str) -> None:
    assert (await client.get("/api/info", headers={name: value})).status < 500
