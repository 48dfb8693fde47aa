"""Insights: figures of a span of time."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Final, TypeAlias

from aiohttp import web
from msgspec import Meta

from mailtrap.api import shapes
from mailtrap.api.inputs import Scope, read_query
from mailtrap.api.keys import BUS, CATCHER
from mailtrap.api.messages import as_json
from mailtrap.api.problems import RequestError
from mailtrap.api.shaping import time
from mailtrap.search.dates import AGE_FORMS, DATE_FORMS, read_age, read_date
from mailtrap.search.errors import UnusableError
from mailtrap.store.insights import records

Moment: TypeAlias = Annotated[
    str, Meta(min_length=1, max_length=60, description="A date, or an age such as 10m")
]

FORMS: Final = (*DATE_FORMS, *AGE_FORMS)


class InsightsQuery(Scope, frozen=True, kw_only=True):
    """Which span: dates as in searches, or ages; and how many buckets it may be cut into.

    Left out, ``since`` is the oldest there is; ``until`` is now, or without ``since`` the newest.
    """

    since: Moment | None = None
    until: Moment | None = None
    buckets: Annotated[int, Meta(ge=2, le=500, description="Buckets at most")] = 60


async def get_insights(request: web.Request) -> web.Response:
    """Figures: messages and replies over time, latency, sizes, parties, repeats, findings."""
    query = read_query(request, InsightsQuery)
    cursor = request.app[BUS].seq
    told = await request.app[CATCHER].insights(_question(query, datetime.now(UTC)))
    return as_json(_shape(told, cursor))


def _question(query: InsightsQuery, now: datetime) -> records.Question:
    since = _moment("since", query.since, now)
    until = _moment("until", query.until, now)
    if since is not None and since >= (until or now):
        detail = "since: it must be before until, or now where there is no until."
        raise RequestError(400, detail, field="since", allowed=("a moment before until",))
    return records.Question(since, until, query.inbox, query.buckets)


def _moment(field: str, text: str | None, now: datetime) -> datetime | None:
    if text is None:
        return None
    try:
        return read_age(text, now)
    except UnusableError:
        pass
    try:
        return read_date(text, now, UTC)
    except UnusableError as error:
        raise RequestError(400, f"{field}: {error.message}.", field=field, allowed=FORMS) from None


def _shape(told: records.Insights, cursor: int) -> shapes.Insights:
    return shapes.Insights(
        since=time(told.since),
        until=time(told.until),
        width=told.width,
        messages=told.messages,
        unread=told.unread,
        octets=told.octets,
        sessions=told.sessions,
        replies=_replies(told.replies),
        buckets=tuple(
            shapes.InsightsBucket(
                at=time(bucket.at), messages=bucket.messages, replies=_replies(bucket.replies)
            )
            for bucket in told.buckets
        ),
        transactions=_latency(told.transactions) if told.transactions else None,
        latency=tuple(map(_latency, told.latency)),
        sizes=tuple(
            shapes.SizeStep(least=step.least, below=step.below, messages=step.messages)
            for step in told.sizes
        ),
        senders=tuple(map(_party, told.senders)),
        recipients=tuple(map(_party, told.recipients)),
        repeats=tuple(map(_repeat, told.repeats)),
        findings=tuple(map(_finding, told.findings)),
        looked_at=shapes.LookedAt(
            messages=told.looked_at.messages,
            attempts=told.looked_at.attempts,
            sessions=told.looked_at.sessions,
            transcripts=told.looked_at.transcripts,
        ),
        cursor=cursor,
    )


def _replies(counts: Mapping[records.ReplyClass, int]) -> shapes.ReplyCounts:
    return shapes.ReplyCounts(
        positive=counts.get("2", 0),
        transient=counts.get("4", 0),
        permanent=counts.get("5", 0),
        aborted=counts.get("aborted", 0),
    )


def _latency(one: records.Latency) -> shapes.Latency:
    return shapes.Latency(
        stage=one.stage, count=one.count, median=one.median, p95=one.p95, max=one.most
    )


def _party(party: records.Party) -> shapes.Party:
    return shapes.Party(address=party.address, messages=party.messages)


def _repeat(repeat: records.Repeat) -> shapes.Repeat:
    return shapes.Repeat(
        kind=repeat.kind,
        text=repeat.text,
        recipient=repeat.recipient,
        messages=repeat.messages,
    )


def _finding(kind: records.FindingKind) -> shapes.FindingKind:
    return shapes.FindingKind(
        id=kind.id,
        severity=kind.severity,
        message=kind.message,
        messages=kind.messages,
        sessions=kind.sessions,
    )
