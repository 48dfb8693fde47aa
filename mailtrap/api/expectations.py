"""POST /api/expect: a list of expectations, each answered with a pass or the reason."""

from collections.abc import Iterator
from typing import Annotated, Final, TypeAlias

import msgspec
from aiohttp import web
from msgspec import Meta

from mailtrap.api import shaping
from mailtrap.api.inputs import InboxName, Input, Nothing, read_body, read_query
from mailtrap.api.keys import WAITS
from mailtrap.api.messages import as_json
from mailtrap.api.problems import RequestError
from mailtrap.api.questions import (
    After,
    Count,
    attempts_only,
    criteria_of,
    read_after,
    seconds,
    span,
)
from mailtrap.api.shapes import Expected, ExpectResult
from mailtrap.api.waits import bounded, place_of
from mailtrap.waits.cursor import Cursor
from mailtrap.waits.expectation import EXPECTATIONS, Expectation, Unique, Verdict, judge
from mailtrap.waits.question import Amount, Question
from mailtrap.waits.schedule import Schedule
from mailtrap.waits.story import Place, verdict_story

Values: TypeAlias = str | list[str]
Span: TypeAlias = str | int | float
Texts: TypeAlias = Annotated[list[str], Meta(max_length=100)]
Code: TypeAlias = Annotated[int, Meta(ge=200, le=599)]


class GapsBody(Input, frozen=True, kw_only=True):
    """Seconds, or durations such as ``1.5s``, between one try and the next."""

    min: Span | None = None
    max: Span | None = None


class ScheduleBody(Input, frozen=True, kw_only=True):
    """How a client tried: the codes it was given in order, the gaps, and whether it gave up."""

    codes: Annotated[list[Code], Meta(min_length=1, max_length=1000)] | None = None
    gaps: GapsBody | None = None
    nothing_after_5xx: bool = False


class ExpectationBody(Input, frozen=True, kw_only=True):
    """One expectation: ``match`` names criteria as GET /api/wait has them.

    ``subject``, ``links``, ``attachments`` and ``header`` must be true of each message that
    matched. ``order``: it came after those of the expectation before.
    """

    name: Annotated[str, Meta(max_length=200)] = ""
    match: dict[str, Values] = msgspec.field(default_factory=dict)
    count: Count | None = None
    at_least: Count | None = None
    none: bool = False
    within: Span | None = None
    quiet: Span | None = None
    drain: bool | None = None
    subject: str | None = None
    links: Texts = msgspec.field(default_factory=list)
    attachments: Texts = msgspec.field(default_factory=list)
    header: dict[str, Values] = msgspec.field(default_factory=dict)
    order: bool = False
    unique: Unique | None = None
    attempts: ScheduleBody | None = None


class ExpectBody(Input, frozen=True, kw_only=True):
    """Expectations about what came after a cursor, or comes ``within`` so long."""

    expectations: Annotated[list[ExpectationBody], Meta(min_length=1, max_length=EXPECTATIONS)]
    inbox: InboxName | None = None
    after: After | int | None = None
    within: Span | None = None


AMOUNTS: Final = ("count", "at_least", "none", "attempts")


async def post_expect(request: web.Request) -> web.Response:
    """Hold what came against a list of expectations.

    All are waited for at the same time. A client that goes away ends its waits.
    """
    read_query(request, Nothing)
    body = await read_body(request, ExpectBody)
    hub = request.app[WAITS]
    after = await read_after(hub, None if body.after is None else str(body.after), body.inbox)
    asked = [_expectation(body, at, after) for at in range(len(body.expectations))]
    verdicts = await bounded(judge(hub, asked))
    place = place_of(request)
    given = (item.seq for one in verdicts if not one.reason for item in one.outcome.found)
    return as_json(
        ExpectResult(
            ok=not any(one.reason for one in verdicts),
            cursor=str(after.plus(given)),
            results=tuple(_told(one, place) for one in verdicts),
        )
    )


def _told(verdict: Verdict, place: Place) -> Expected:
    return Expected(
        name=verdict.expectation.name,
        ok=verdict.reason is None,
        reason=verdict.reason,
        story=verdict_story(verdict, place),
        messages=tuple(map(shaping.message_row, verdict.messages)),
        attempts=tuple(map(shaping.attempt, verdict.attempts)),
    )


def _expectation(body: ExpectBody, at: int, after: Cursor) -> Expectation:
    """One expectation. Raises RequestError, which tells which one is wrong."""
    one = body.expectations[at]
    try:
        return Expectation(
            name=one.name,
            question=_question(body, one, after),
            must=criteria_of(_must(one)),
            ordered=one.order,
            unique=one.unique,
            schedule=_schedule(one.attempts) if one.attempts else None,
        )
    except RequestError as error:
        where = f"expectations[{at}]"
        field = f"{where}.{error.field}" if error.field else where
        raise RequestError(
            400, f"{where}: {error.detail}", field=field, allowed=error.allowed, place=error.place
        ) from None


def _question(body: ExpectBody, one: ExpectationBody, after: Cursor) -> Question:
    node = criteria_of(_pairs(one.match))
    within = seconds("within", body.within if one.within is None else one.within, 0.0)
    amount, count = _amount(one)
    none = amount == "none"
    return Question(
        node=attempts_only(node) if one.attempts else node,
        of="attempts" if one.attempts else "messages",
        inbox=body.inbox,
        after=after,
        amount=amount,
        count=count,
        timeout=within,
        within=within if none else 0.0,
        quiet=seconds("quiet", one.quiet, 0.0),
        drain=(none and not within) if one.drain is None else one.drain,
        # Whether somebody gave up is seen only after all the time.
        lingers=one.attempts is not None and one.attempts.nothing_after_5xx,
    )


def _amount(one: ExpectationBody) -> tuple[Amount, int]:
    given = [name for name in AMOUNTS if getattr(one, name)]
    if len(given) > 1:
        detail = f"{given[1]}: it cannot go with {given[0]}; say one of them."
        raise RequestError(400, detail, field=given[1], allowed=AMOUNTS)
    if one.none and (wrong := _about_some(one)):
        detail = f"{wrong}: it cannot go with none: there would be nothing to hold it against."
        raise RequestError(400, detail, field=wrong, allowed=())
    if one.none:
        return "none", 0
    if one.attempts:
        return "at least", len(one.attempts.codes) if one.attempts.codes else 1
    if one.at_least or (one.unique and not one.count):
        return "at least", one.at_least or 1
    return "exactly", one.count or 1


def _about_some(one: ExpectationBody) -> str | None:
    """What says something about messages that came."""
    names = ("subject", "links", "attachments", "header", "order", "unique", "quiet")
    return next((name for name in names if getattr(one, name)), None)


def _must(one: ExpectationBody) -> Iterator[tuple[str, str]]:
    if one.subject is not None:
        yield "subject", one.subject
    yield from (("link", link) for link in one.links)
    yield from (("filename", name) for name in one.attachments)
    for name, value in _pairs(one.header):
        yield "header", f"{name}: {value}" if value else name


def _pairs(values: dict[str, Values]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        yield from ((name, each) for each in ([value] if isinstance(value, str) else value))


def _schedule(body: ScheduleBody) -> Schedule:
    gaps = body.gaps or GapsBody()
    return Schedule(
        codes=tuple(body.codes) if body.codes else None,
        least=None if gaps.min is None else span("attempts.gaps.min", gaps.min),
        most=None if gaps.max is None else span("attempts.gaps.max", gaps.max),
        final_5xx=body.nothing_after_5xx,
    )
