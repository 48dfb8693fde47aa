from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from mailtrap.api.openapi import PATH_PARAMETERS, description
from mailtrap.api.routes import ROUTES

if TYPE_CHECKING:
    from tests.api.conftest import Client, Posted

DOCUMENT: dict[str, Any] = description(ROUTES, "1.2.3")
METHODS = {"get", "put", "post", "patch", "delete"}
VIEWS = r"latest|attempts|sessions|insights|connect|settings|docs|i/\{name\}|[ams]/\{id\}"
OUTSIDE = re.compile(
    rf"^/(|{VIEWS}|faults(/\{{name\}})?|icon\.svg|client(\.d)?\.[jt]s|(css|js|vendor)/.*)$"
)


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, item in DOCUMENT["paths"].items()
        for method, operation in item.items()
    ]


async def test_what_is_served_is_described_and_the_other_way_round(client: Client) -> None:
    assert client.app
    served = {
        (route.resource.canonical, route.method.lower())
        for route in client.app.router.routes()
        if route.resource and route.method not in {"HEAD", "OPTIONS"}
    }
    api = {(path, method) for path, method in served if not OUTSIDE.match(path)}
    assert {(path, method) for path, method, _ in operations()} == api


async def test_the_description_is_served(client: Client) -> None:
    told = await (await client.get("/api/openapi.json")).json()
    assert told["openapi"] == "3.1.0"
    assert told["info"]["version"] == "1.2.3"
    assert told["paths"].keys() == DOCUMENT["paths"].keys()


def test_operations_have_names_of_their_own_and_a_summary() -> None:
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(set(names)) == len(names)
    assert all(operation["summary"] for _, _, operation in operations())


def test_parameters_of_the_path_are_described() -> None:
    for path, _, operation in operations():
        told = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
        assert told == set(re.findall(r"{(\w+)}", path))
        assert told <= PATH_PARAMETERS.keys()


def references(node: object) -> list[str]:
    if isinstance(node, dict):
        here = [str(node["$ref"])] if "$ref" in node else []
        return here + [ref for child in node.values() for ref in references(child)]
    if isinstance(node, list):
        return [ref for child in node for ref in references(child)]
    return []


def test_every_reference_leads_to_a_schema() -> None:
    names = {ref.rsplit("/", 1)[1] for ref in references(DOCUMENT)}
    assert names <= DOCUMENT["components"]["schemas"].keys()
    assert all(ref.startswith("#/components/schemas/") for ref in references(DOCUMENT))


def test_no_schema_is_without_use_but_those_of_events() -> None:
    names = {ref.rsplit("/", 1)[1] for ref in references(DOCUMENT)}
    unused = DOCUMENT["components"]["schemas"].keys() - names
    assert unused == {
        "MessageAdded",
        "MessagesUpdated",
        "MessagesDeleted",
        "MessagesCleared",
        "AttemptAdded",
        "SessionOpened",
        "SessionClosed",
        "Gap",
    }


def test_a_query_parameter_is_told_with_its_bounds() -> None:
    parameters = DOCUMENT["paths"]["/api/messages"]["get"]["parameters"]
    schemas = {p["name"]: p["schema"] for p in parameters}
    assert schemas.keys() == {"inbox", "limit", "before", "after", "q", "count", "offset"}
    assert (schemas["limit"]["minimum"], schemas["limit"]["maximum"]) == (1, 1000)
    assert schemas["inbox"]["type"] == "string"


def test_the_sender_is_called_from() -> None:
    assert "from" in DOCUMENT["components"]["schemas"]["MessageRow"]["properties"]


TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}


def wrong(value: object, schema: dict[str, Any], at: str = "$") -> list[str]:
    """Where ``value`` does not keep ``schema``: as much of JSON Schema as ours uses."""
    if "$ref" in schema:
        return wrong(value, DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], at)
    if "anyOf" in schema:
        found = [wrong(value, choice, at) for choice in schema["anyOf"]]
        return [] if [] in found else found[0]
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{at}: {value!r}"]
    if "type" in schema and not isinstance(value, TYPES[schema["type"]]):
        return [f"{at}: {value!r} is no {schema['type']}"]
    if isinstance(value, dict):
        return wrong_object(value, schema, at)
    if isinstance(value, list):
        items = schema.get("prefixItems") or [schema.get("items", {})] * len(value)
        pairs = zip(value, items, strict=True)
        return [w for n, (v, s) in enumerate(pairs) for w in wrong(v, s, f"{at}[{n}]")]
    return []


def wrong_object(value: dict[str, object], schema: dict[str, Any], at: str) -> list[str]:
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", False)
    missing = [
        f"{at}.{name} is missing" for name in schema.get("required", ()) if name not in value
    ]
    found = []
    for name, member in value.items():
        if name in known:
            found += wrong(member, known[name], f"{at}.{name}")
        elif others is False:
            found.append(f"{at}.{name} is not described")
        elif isinstance(others, dict):
            found += wrong(member, others, f"{at}.{name}")
    return missing + found


ANSWERS = [
    ("/api/messages", "/api/messages"),
    ("/api/messages/{id}", "/api/messages/latest"),
    ("/api/messages/{id}/headers", "/api/messages/latest/headers"),
    ("/api/sessions", "/api/sessions"),
    ("/api/sessions/{id}", "/api/sessions/latest"),
    ("/api/attempts", "/api/attempts"),
    ("/api/attempts/{id}", "/api/attempts/latest"),
    ("/api/tags", "/api/tags"),
    ("/api/glances", "/api/glances?id=x"),
    ("/api/info", "/api/info"),
    ("/api/search/operators", "/api/search/operators"),
]


@pytest.mark.parametrize(("path", "url"), ANSWERS)
async def test_an_answer_keeps_its_description(
    client: Client, post: Posted, connect: Posted, path: str, url: str
) -> None:
    await post(tags=("t",), secret="s")
    await connect()
    content = DOCUMENT["paths"][path]["get"]["responses"]["200"]["content"]
    answer = await (await client.get(url)).json()
    assert wrong(answer, content["application/json"]["schema"]) == []


async def test_a_problem_keeps_its_description(client: Client) -> None:
    schema = DOCUMENT["components"]["schemas"]["ProblemDetail"]
    answer = await (await client.get("/api/messages?x=1")).json(content_type=None)
    assert wrong(answer, schema) == []


def test_the_check_finds_what_is_wrong() -> None:
    schema = DOCUMENT["components"]["schemas"]["Inbox"]
    assert wrong({"name": 1, "messages": 1, "unread": 1, "more": 1}, schema)
