"""Fault rules: which there are, in which order, and what they did."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from aiohttp import web
from msgspec import UNSET

from mailtrap.api.inputs import (
    FaultBody,
    FaultPatch,
    FaultsBody,
    FaultsPatch,
    HitQuery,
    Nothing,
    Scope,
    read_body,
    read_query,
    read_table,
)
from mailtrap.api.keys import CLOCK, FAULTS
from mailtrap.api.messages import as_json
from mailtrap.api.problems import RequestError
from mailtrap.api.shapes import (
    Deleted,
    Fault,
    FaultHit,
    FaultHits,
    FaultList,
    FaultPreset,
    FaultPresets,
    FaultProfile,
)
from mailtrap.api.shaping import time, url
from mailtrap.faults.codec import (
    MistakeError,
    named_apart,
    names_itself,
    parse_line,
    parse_rule,
    rule_to_data,
    rule_to_line,
    with_free_name,
)
from mailtrap.faults.presets import PRESETS, preset, rules_of
from mailtrap.faults.rules import RULES_LIMIT, Entry, Rule, RuleError
from mailtrap.smtp.personas import PERSONAS

T = TypeVar("T")

FORMS: Final = ("line", "preset")
"""Keys of which one says in another form what the keys of a rule would."""


async def list_faults(request: web.Request) -> web.Response:
    """All rules, in the order in which they are asked."""
    scope = read_query(request, Scope)
    return as_json(_list(request, scope.inbox))


async def add_fault(request: web.Request) -> web.Response:
    """Put a rule at the end, or at a place in the order."""
    read_query(request, Nothing)
    data = await read_table(request, FaultBody)
    book, now = request.app[FAULTS], request.app[CLOCK]()
    place = _place(data.pop("place", None))
    rule = checked(lambda: rule_of(data))
    if not _has_name(data):
        rule = with_free_name(rule, {entry.rule.name for entry in book.entries})
    _changed(lambda: book.add(rule, now, place=place))
    response = as_json(_fault(request, book.find(rule.name)))
    response.set_status(201)
    response.headers["Location"] = url("faults", rule.name)
    return response


async def replace_faults(request: web.Request) -> web.Response:
    """Have these rules and no others; where one is wrong all stays as it was."""
    read_query(request, Nothing)
    data = await read_table(request, FaultsBody)
    listed = data.get("faults")
    if not isinstance(listed, list) or data.keys() != {"faults"}:
        detail = "The body is an object with one member, faults: a list of rules."
        raise RequestError(400, detail, field="faults", allowed=("faults",))
    if len(listed) > RULES_LIMIT:
        detail = f"{len(listed)} rules; at most {RULES_LIMIT} are allowed."
        raise RequestError(400, detail, field="faults", allowed=(f"0 to {RULES_LIMIT} rules",))
    rules = checked(lambda: [_listed(one, i) for i, one in enumerate(listed, 1)])
    own = [_has_name(one) for one in listed]
    named = checked(lambda: named_apart(rules, own, "faults"))
    _changed(lambda: request.app[FAULTS].replace_all(named, request.app[CLOCK]()))
    return as_json(_list(request, None))


async def pause_faults(request: web.Request) -> web.Response:
    """Have no rule act for now, or have them act again; their counters stay."""
    read_query(request, Nothing)
    patch = await read_body(request, FaultsPatch)
    request.app[FAULTS].paused = patch.paused
    return as_json(_list(request, None))


async def clear_faults(request: web.Request) -> web.Response:
    """Forget all rules, or those of one inbox."""
    scope = read_query(request, Scope)
    return as_json(Deleted(deleted=request.app[FAULTS].clear(scope.inbox)))


async def list_hits(request: web.Request) -> web.Response:
    """What rules did, newest first."""
    query = read_query(request, HitQuery)
    now, clock = datetime.now(UTC), request.app[CLOCK]()
    found = [
        hit
        for hit in reversed(request.app[FAULTS].hits)
        if query.rule in {None, hit.rule} and query.session in {None, hit.session}
    ]
    return as_json(
        FaultHits(
            hits=tuple(
                FaultHit(
                    rule=hit.rule,
                    at=time(now - timedelta(seconds=clock - hit.at)),
                    session=hit.session,
                    stage=hit.stage,
                    before=hit.before,
                    after=hit.after,
                )
                for hit in found[: query.limit]
            )
        )
    )


async def list_presets(request: web.Request) -> web.Response:
    """Rules that have names of their own."""
    read_query(request, Nothing)
    return as_json(
        FaultPresets(
            presets=tuple(
                FaultPreset(
                    name=row.name,
                    on=tuple(row.on),
                    providers=tuple(row.replies),
                    parameters=dict(row.parameters),
                    tests=row.tests,
                    rules=tuple(map(rule_to_data, rules_of(row))),
                )
                for row in PRESETS.values()
            ),
            profiles=tuple(
                FaultProfile(
                    name=persona.name,
                    banner=str(persona.banner),
                    size=persona.size,
                    recipients=persona.recipients,
                )
                for persona in PERSONAS.values()
            ),
        )
    )


async def get_fault(request: web.Request) -> web.Response:
    """One rule."""
    read_query(request, Nothing)
    return as_json(_fault(request, _found(request)))


async def put_fault(request: web.Request) -> web.Response:
    """Have another rule in its place; the counters begin anew."""
    read_query(request, Nothing)
    old = _found(request).rule.name
    data = await read_table(request, FaultBody)
    if "place" in data:
        raise RequestError(400, "place: PATCH moves a rule.", field="place", allowed=())
    rule = checked(lambda: rule_of(data))
    rule = rule if _has_name(data) else replace(rule, name=old)
    book = request.app[FAULTS]
    _changed(lambda: book.put(old, rule, request.app[CLOCK]()))
    return as_json(_fault(request, book.find(rule.name)))


async def patch_fault(request: web.Request) -> web.Response:
    """Switch a rule on or off, or move it; its counters stay, unless they are to begin anew."""
    read_query(request, Nothing)
    name, book = _found(request).rule.name, request.app[FAULTS]
    patch = await read_body(request, FaultPatch)
    if patch.place is not UNSET:
        book.move(name, patch.place)
    if patch.enabled is not UNSET:
        book.enable(name, enabled=patch.enabled)
    if patch.reset:
        book.reset(name, request.app[CLOCK]())
    return as_json(_fault(request, book.find(name)))


async def delete_fault(request: web.Request) -> web.Response:
    """Forget a rule."""
    read_query(request, Nothing)
    request.app[FAULTS].remove(_found(request).rule.name)
    return web.Response(status=204)


def _found(request: web.Request) -> Entry:
    try:
        return request.app[FAULTS].find(request.match_info["name"])
    except RuleError as error:
        raise RequestError(404, f"{error}.") from None


def _list(request: web.Request, inbox: str | None) -> FaultList:
    book, now = request.app[FAULTS], request.app[CLOCK]()
    entries = [one for one in book.entries if inbox is None or one.rule.inbox in {None, inbox}]
    return FaultList(
        faults=tuple(_fault(request, entry) for entry in entries),
        active=0 if book.paused else sum(1 for entry in entries if entry.active(now)),
        hits=sum(entry.counters.acted for entry in entries),
        paused=book.paused,
    )


def _fault(request: web.Request, entry: Entry) -> Fault:
    rule, now = entry.rule, request.app[CLOCK]()
    left = None if rule.expires is None else entry.added_at + rule.expires - now
    return Fault(
        name=rule.name,
        place=request.app[FAULTS].entries.index(entry),
        rule=rule_to_data(rule),
        line=rule_to_line(rule),
        enabled=rule.enabled,
        active=entry.active(now),
        matched=entry.counters.matched,
        acted=entry.counters.acted,
        expires_at=None if left is None else time(datetime.now(UTC) + timedelta(seconds=left)),
    )


def _listed(one: object, number: int) -> Rule:
    if not isinstance(one, Mapping):
        raise RuleError(f"rule {number}: it is an object with the keys of a rule")
    return rule_of(one, f"rule {number}")


def rule_of(data: Mapping[str, object], where: str = "") -> Rule:
    """The rule that a body tells, in any of the three forms. Raises RuleError."""
    form = _other_form(data)
    if form is None:
        return parse_rule(data, where=where)
    allowed = {form, "parameters"} if form == "preset" else {form}
    if more := sorted(set(data) - allowed):
        raise MistakeError(more[0], f"{more[0]}: it cannot stand beside {form}")
    text = data[form]
    if not isinstance(text, str):
        raise MistakeError(form, f"{form}: it is a string")
    if form == "line":
        return parse_line(text, where=where)
    return preset(text, _parameters(data.get("parameters", {})))


def _parameters(value: object) -> Mapping[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(one, str) for one in value.values()):
        raise MistakeError("parameters", "parameters: it is an object of strings")
    return value


def _other_form(data: Mapping[str, object]) -> str | None:
    return next((form for form in FORMS if form in data), None)


def _has_name(data: Mapping[str, object]) -> bool:
    line = data.get("line")
    if isinstance(line, str):
        return names_itself(line)
    parameters = data.get("parameters")
    given = isinstance(parameters, Mapping) and "name" in parameters
    return given or names_itself(data)


def _place(value: object) -> int | None:
    if value is None or (isinstance(value, int) and value >= 0 and not isinstance(value, bool)):
        return value
    detail = "place: it is a whole number from 0."
    raise RequestError(400, detail, field="place", allowed=("a number from 0",))


def checked(read: Callable[[], T]) -> T:
    """What ``read`` gives; a rule that makes no sense is a 400 that says why."""
    try:
        return read()
    except MistakeError as error:
        raise RequestError(400, f"{error}.", field=error.key) from None
    except RuleError as error:
        raise RequestError(400, f"{error}.") from None


def _changed(change: Callable[[], None]) -> None:
    """Do it; a change that the book refuses is a conflict."""
    try:
        change()
    except RuleError as error:
        raise RequestError(409, f"{error}.") from None
