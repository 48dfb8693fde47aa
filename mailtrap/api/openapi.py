"""The OpenAPI 3.1 description, made of the route table and the types of its inputs and answers."""

import inspect
import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final, TypeAlias

import msgspec

from mailtrap.api import shapes
from mailtrap.api.routes import Route
from mailtrap.api.shapes import Shape

Schema: TypeAlias = dict[str, object]

REFERENCE: Final = "#/components/schemas/{name}"

PATH_PARAMETERS: Final = {
    "id": "An id, or `latest` for the newest",
    "tag": "A tag: 1 to 100 characters, none of them a control character",
    "number": "The number of a part, such as `2.1`",
    "name": "The name of a rule",
    "content_id": "A Content-ID, without its angle brackets",
}

EVENTS: Final = (
    shapes.MessageAdded,
    shapes.MessagesUpdated,
    shapes.MessagesDeleted,
    shapes.MessagesCleared,
    shapes.AttemptAdded,
    shapes.SessionOpened,
    shapes.SessionClosed,
    shapes.Gap,
)
"""The data of the stream's events: described, though no response of OpenAPI's own kind has them."""


def description(routes: Sequence[Route], version: str) -> Schema:
    """The whole document."""
    paths: dict[str, Schema] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "mailtrap",
            "version": version,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": _schemas(routes),
            "securitySchemes": {
                "password": {"type": "http", "scheme": "basic"},
                "token": {"type": "http", "scheme": "bearer"},
            },
        },
        "security": [{}, {"password": []}, {"token": []}],
    }


def _operation(route: Route) -> Schema:
    doc = inspect.getdoc(route.handler) or ""
    summary, _, rest = doc.partition("\n")
    operation: Schema = {
        "operationId": getattr(route.handler, "__name__", ""),
        "summary": summary.rstrip("."),
        "parameters": [*_path_parameters(route.path), *_query_parameters(route)],
        "responses": _responses(route),
    }
    if rest.strip():
        operation["description"] = rest.strip()
    if route.body:
        content = {"application/json": {"schema": _reference(route.body)}}
        operation["requestBody"] = {"required": route.body_required, "content": content}
    if route.takes:
        operation["requestBody"] = {"required": True, "content": {route.takes: {}}}
    return operation


def _path_parameters(path: str) -> list[Schema]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": PATH_PARAMETERS[name],
            "schema": {"type": "string"},
        }
        for name in re.findall(r"{(\w+)}", path)
    ]


def _query_parameters(route: Route) -> list[Schema]:
    properties = msgspec.json.schema(route.query)["$defs"][route.query.__name__]["properties"]
    return [
        {"name": name, "in": "query", "required": False, "schema": _without_null(schema)}
        for name, schema in properties.items()
    ]


def _without_null(schema: Schema) -> Schema:
    """``schema`` as a query parameter has it: there is no null in a URL, only leaving it out."""
    match schema:
        case {"anyOf": [dict(first), {"type": "null"}], **_rest}:
            return first
        case _:
            return schema


def _responses(route: Route) -> Schema:
    problem = {"application/problem+json": {"schema": _reference(route.problem)}}
    answer: Schema = {"description": HTTPStatus(route.status).phrase}
    match route.gives:
        case None:
            pass
        case str(media_type):
            answer["content"] = {media_type: {}}
        case shape:
            answer["content"] = {"application/json": {"schema": _reference(shape)}}
    return {
        str(route.status): answer,
        "default": {"description": "What was wrong", "content": problem},
    }


def _reference(kind: type[msgspec.Struct]) -> Schema:
    return {"$ref": REFERENCE.format(name=kind.__name__)}


def _schemas(routes: Sequence[Route]) -> Schema:
    given = [route.gives for route in routes]
    answers = [kind for kind in given if isinstance(kind, type) and issubclass(kind, Shape)]
    taken = [route.body for route in routes if route.body]
    problems = [route.problem for route in routes]
    kinds = dict.fromkeys([*answers, *taken, *problems, *EVENTS])
    _, schemas = msgspec.json.schema_components(kinds, ref_template=REFERENCE)
    return dict(schemas)
