"""Every route of the API, in one table: what aiohttp serves, and what openapi.json describes."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

import msgspec
from aiohttp import web

from mailtrap.api import (
    bodies,
    expectations,
    extracts,
    faults,
    glances,
    inboxes,
    insights,
    messages,
    posting,
    search,
    sessions,
    shapes,
    status,
    stream,
    trials,
    waits,
)
from mailtrap.api.inputs import (
    AttemptQuery,
    CidQuery,
    FaultBody,
    FaultPatch,
    FaultsBody,
    FaultsPatch,
    GlanceQuery,
    HitQuery,
    HtmlQuery,
    InboxBody,
    Input,
    ListQuery,
    MessagePatch,
    MessageQuery,
    MessagesDelete,
    MessagesPatch,
    Nothing,
    RawQuery,
    Scope,
    SequenceQuery,
    StreamQuery,
    TrialBody,
)
from mailtrap.api.questions import WaitParameters
from mailtrap.api.shapes import ProblemDetail, Shape, WaitFailure

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

BINARY: Final = "application/octet-stream"
TEXT: Final = "text/plain"


class Route(msgspec.Struct, frozen=True):
    """One operation. The first line of the handler's docstring is its summary.

    ``gives`` is the JSON object of its answer, or the media type of another kind of body, or None
    where there is no body. ``body`` is what it takes, or ``takes`` the media type of another kind
    of body, ``body_required`` whether it must;
    ``problem`` is what it tells where it fails.
    """

    method: str
    path: str
    handler: Handler
    gives: type[Shape] | str | None
    query: type[Input] = Nothing
    body: type[Input] | None = None
    body_required: bool = True
    takes: str | None = None
    status: int = 200
    problem: type[ProblemDetail] = ProblemDetail


def _get(
    path: str, handler: Handler, gives: type[Shape] | str, query: type[Input] = Nothing
) -> Route:
    return Route("GET", path, handler, gives, query)


FAULTS: Final = "/api/faults"
ONE: Final = "/api/messages/{id}"

ROUTES: Final[tuple[Route, ...]] = (
    _get("/api/messages", messages.list_messages, shapes.MessageList, MessageQuery),
    Route(
        "POST",
        "/api/messages",
        posting.post_message,
        shapes.MessageRow,
        posting.PostQuery,
        status=201,
        takes=posting.MESSAGE,
    ),
    Route(
        "POST",
        "/api/samples",
        posting.post_sample,
        shapes.MessageRow,
        body=posting.SampleBody,
        body_required=False,
        status=201,
    ),
    Route("PATCH", "/api/messages", messages.patch_messages, shapes.Updated, body=MessagesPatch),
    Route(
        "DELETE",
        "/api/messages",
        messages.delete_messages,
        shapes.Deleted,
        query=Scope,
        body=MessagesDelete,
        body_required=False,
    ),
    _get(ONE, messages.get_message, shapes.MessageDetail, Scope),
    Route("PATCH", ONE, messages.patch_message, shapes.MessageDetail, Scope, MessagePatch),
    Route("DELETE", ONE, messages.delete_message, None, Scope, status=204),
    Route("PUT", f"{ONE}/tags/{{tag}}", messages.put_tag, shapes.MessageDetail, Scope),
    Route("DELETE", f"{ONE}/tags/{{tag}}", messages.delete_tag, shapes.MessageDetail, Scope),
    _get(f"{ONE}/raw", bodies.get_raw, "message/rfc822", RawQuery),
    _get(f"{ONE}/headers", bodies.get_headers, shapes.HeaderList, Scope),
    _get(f"{ONE}/text", bodies.get_text, TEXT, Scope),
    _get(f"{ONE}/html", bodies.get_html, "text/html", HtmlQuery),
    _get(f"{ONE}/links", extracts.get_links, shapes.FoundLinks, Scope),
    _get(f"{ONE}/codes", extracts.get_codes, shapes.FoundCodes, Scope),
    _get(f"{ONE}/parts/{{number}}", bodies.get_part, BINARY, Scope),
    _get(f"{ONE}/attachments/{{number}}", bodies.get_attachment, BINARY, Scope),
    _get(f"{ONE}/cid/{{content_id}}", bodies.get_cid, BINARY, CidQuery),
    _get("/api/glances", glances.get_glances, shapes.GlanceList, GlanceQuery),
    _get("/api/sessions", sessions.list_sessions, shapes.SessionList, ListQuery),
    _get("/api/sessions/{id}", sessions.get_session, shapes.SessionDetail, Scope),
    _get("/api/attempts", sessions.list_attempts, shapes.AttemptList, AttemptQuery),
    _get(
        "/api/attempts/recipients", sessions.list_recipients, shapes.ReplySequences, SequenceQuery
    ),
    _get("/api/attempts/{id}", sessions.get_attempt, shapes.Attempt, Scope),
    _get(FAULTS, faults.list_faults, shapes.FaultList, Scope),
    Route("POST", FAULTS, faults.add_fault, shapes.Fault, body=FaultBody, status=201),
    Route("PUT", FAULTS, faults.replace_faults, shapes.FaultList, body=FaultsBody),
    Route("PATCH", FAULTS, faults.pause_faults, shapes.FaultList, body=FaultsPatch),
    Route("DELETE", FAULTS, faults.clear_faults, shapes.Deleted, Scope),
    _get(f"{FAULTS}/hits", faults.list_hits, shapes.FaultHits, HitQuery),
    _get(f"{FAULTS}/presets", faults.list_presets, shapes.FaultPresets),
    _get(f"{FAULTS}/vocabulary", trials.get_vocabulary, shapes.FaultVocabulary),
    Route("POST", f"{FAULTS}/try", trials.try_faults, shapes.FaultTrial, body=TrialBody),
    _get(f"{FAULTS}/{{name}}", faults.get_fault, shapes.Fault),
    Route("PUT", f"{FAULTS}/{{name}}", faults.put_fault, shapes.Fault, body=FaultBody),
    Route("PATCH", f"{FAULTS}/{{name}}", faults.patch_fault, shapes.Fault, body=FaultPatch),
    Route("DELETE", f"{FAULTS}/{{name}}", faults.delete_fault, None, status=204),
    Route(
        "GET", "/api/wait", waits.get_wait, shapes.WaitResult, WaitParameters, problem=WaitFailure
    ),
    Route(
        "POST",
        "/api/expect",
        expectations.post_expect,
        shapes.ExpectResult,
        body=expectations.ExpectBody,
    ),
    _get("/api/inboxes", inboxes.list_inboxes, shapes.InboxList),
    Route(
        "POST",
        "/api/inboxes",
        inboxes.open_inbox,
        shapes.InboxDetail,
        body=InboxBody,
        body_required=False,
        status=201,
    ),
    _get("/api/inboxes/{name}", inboxes.get_inbox, shapes.InboxDetail),
    Route("DELETE", "/api/inboxes/{name}", inboxes.close_inbox, None, status=204),
    _get("/api/insights", insights.get_insights, shapes.Insights, insights.InsightsQuery),
    _get("/api/tags", messages.get_tags, shapes.Tags),
    _get("/api/search/operators", search.list_operators, shapes.SearchOperators),
    _get("/api/info", status.get_info, shapes.Info),
    _get("/api/stream", stream.get_stream, "text/event-stream", StreamQuery),
    _get("/api/openapi.json", status.get_openapi, "application/json"),
    _get("/livez", status.get_livez, TEXT),
    _get("/readyz", status.get_readyz, TEXT),
    _get("/metrics", status.get_metrics, TEXT),
)

PAGES: Final = (
    *("/", "/latest", "/m/{id}", "/i/{name}", "/a/{id}", "/s/{id}", "/faults", "/faults/{name}"),
    *("/attempts", "/sessions", "/insights", "/connect", "/settings", "/docs"),
)
"""Addresses of the page: one document serves them all, its script reads the rest."""


def aiohttp_routes() -> list[web.RouteDef]:
    """The table as aiohttp takes it. Whatever can be got can be asked for with HEAD."""
    return [
        web.get(route.path, route.handler)
        if route.method == "GET"
        else web.route(route.method, route.path, route.handler)
        for route in ROUTES
    ]
