"""Waits in requests: which parameters there are, and the question that they ask."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Final, Literal, TypeAlias

import msgspec
from aiohttp import web
from msgspec import Meta

from mailtrap.api.inputs import Input, Scope, Search
from mailtrap.api.problems import Place, RequestError, allowed, invalid
from mailtrap.api.queries import searched
from mailtrap.config.kinds import read_duration
from mailtrap.search.attempts import ATTEMPT_CRITERIA, for_attempts
from mailtrap.search.criteria import CRITERIA, CriterionError, criteria
from mailtrap.search.errors import QueryError, near
from mailtrap.search.tree import All, Node
from mailtrap.waits.cursor import START, Cursor, CursorError, read_cursor
from mailtrap.waits.hub import Hub
from mailtrap.waits.question import COUNT_LIMIT, SECONDS_LIMIT, TIMEOUT, Amount, Of, Question

Count: TypeAlias = Annotated[int, Meta(ge=1, le=COUNT_LIMIT)]
Duration: TypeAlias = Annotated[
    str, Meta(max_length=40, description=f"At most {SECONDS_LIMIT:g}s, such as 10, 1.5s, 500ms")
]
After: TypeAlias = Annotated[str, Meta(max_length=12_000, description="A cursor, `now` or `start`")]


class WaitQuery(Scope, frozen=True, kw_only=True):
    """What a wait may say beside its criteria, which may each be given more than once."""

    of: Of = "messages"
    count: Count | None = None
    at_least: Count | None = None
    latest: bool = False
    none: bool = False
    drain: bool | None = None
    within: Duration | None = None
    quiet: Duration | None = None
    timeout: Duration | None = None
    after: After | None = None
    on_timeout: Literal["error", "empty"] = "error"
    detail: bool = False
    q: Search = ""


OPTIONS: Final = WaitQuery.__struct_fields__
AMOUNTS: Final = ("count", "at_least", "latest", "none")

_described = msgspec.defstruct(
    "WaitParameters",
    [
        (
            f"by_{name}",
            Annotated[tuple[str, ...], Meta(description=row.help)],
            msgspec.field(default=(), name=name),
        )
        for name, row in CRITERIA.items()
    ],
    bases=(WaitQuery,),
    frozen=True,
    kw_only=True,
)
assert issubclass(_described, Input)
WaitParameters: Final[type[Input]] = _described
"""All parameters, to be described."""


async def read_question(request: web.Request, hub: Hub) -> tuple[WaitQuery, Question]:
    """What a request asks to wait for.

    Raises:
        RequestError: 400 where a parameter is unknown or cannot be understood.
    """
    query, pairs = _read(request)
    node = All((criteria_of(pairs), searched(query.q))) if query.q else criteria_of(pairs)
    none = query.none
    amount, count = _amount(query)
    within = seconds("within", query.within, 0.0)
    _require_sense(query)
    return query, Question(
        node=attempts_only(node) if query.of == "attempts" else node,
        of=query.of,
        inbox=query.inbox,
        after=await read_after(hub, query.after, query.inbox),
        amount=amount,
        count=count,
        timeout=seconds("timeout", query.timeout, TIMEOUT),
        within=within,
        quiet=seconds("quiet", query.quiet, 0.0),
        drain=(none and not within) if query.drain is None else query.drain,
    )


def criteria_of(pairs: Iterable[tuple[str, str]]) -> Node:
    """The tree of criteria. Raises RequestError."""
    try:
        return criteria(pairs, now=datetime.now(UTC))
    except CriterionError as error:
        place = None if error.place is None else Place(error.place, error.length or 0)
        raise RequestError(
            400, _sentence(error), field=error.name, allowed=error.expected, place=place
        ) from None


def attempts_only(node: Node) -> Node:
    """The tree as it is asked of attempts. Raises RequestError."""
    try:
        return for_attempts(node)
    except QueryError as error:
        raise RequestError(400, f"{error.message}.", allowed=ATTEMPT_CRITERIA) from None


async def read_after(hub: Hub, text: str | None, inbox: str | None) -> Cursor:
    """The cursor that a wait begins after; left out, where the inbox was opened.

    Raises:
        RequestError: 400 where it is none, or one that this server has not come to.
    """
    if text is None:
        opening = hub.catcher.opened(inbox) if inbox is not None else None
        return Cursor(opening.seq) if opening else START
    if text == "start":
        return START
    if text == "now":
        return Cursor(hub.seq)
    ways = ("a cursor", "now", "start")
    try:
        cursor = read_cursor(text)
    except CursorError as error:
        raise RequestError(400, f"after: {error}.", field="after", allowed=ways) from None
    if not await hub.has_reached(cursor.base):
        detail = (
            f"after: this server has only come to {hub.seq}: the cursor is another's, or the"
            " server was started anew. Open the inbox again, or begin at start."
        )
        raise RequestError(400, detail, field="after", allowed=ways)
    return cursor


def seconds(name: str, text: str | float | None, default: float) -> float:
    """A time to wait. Raises RequestError where it is none, or longer than SECONDS_LIMIT."""
    if text is None:
        return default
    read = span(name, text)
    if read > SECONDS_LIMIT:
        detail = f"{name}: at most {SECONDS_LIMIT:g}s in one request; ask again after it."
        raise RequestError(400, detail, field=name, allowed=(f"0 to {SECONDS_LIMIT:g}s",))
    return read


def span(name: str, text: str | float) -> float:
    """A duration in seconds. Raises RequestError where it is none."""
    try:
        return read_duration(text)
    except ValueError as error:
        ways = ("10", "1.5s", "500ms", "2m")
        raise RequestError(400, f"{name}: {error}.", field=name, allowed=ways) from None


def _read(request: web.Request) -> tuple[WaitQuery, list[tuple[str, str]]]:
    options = [(name, value) for name, value in request.query.items() if name in OPTIONS]
    pairs = [(name, value) for name, value in request.query.items() if name not in OPTIONS]
    for name, _ in pairs:
        if name not in CRITERIA:
            raise _unknown(name)
    for name, times in Counter(name for name, _ in options).items():
        if times > 1:
            raise RequestError(
                400, f"{name}: it may be given once.", field=name, allowed=allowed(WaitQuery, name)
            )
    try:
        return msgspec.convert(dict(options), WaitQuery, strict=False), pairs
    except msgspec.ValidationError as error:
        raise invalid(error, WaitQuery) from None


def _unknown(name: str) -> RequestError:
    known = (*CRITERIA, *OPTIONS)
    close = near(name, known)
    if not close:
        try:
            criteria([(name, "")], now=datetime.now(UTC))
        except CriterionError as error:
            close = error.expected if len(error.expected) == 1 else ()
    hint = f"; did you mean {close[0]}?" if close else "."
    return RequestError(
        400, f"There is no parameter {name!r} here{hint}", field=name, allowed=known
    )


def _amount(query: WaitQuery) -> tuple[Amount, int]:
    given = [name for name in AMOUNTS if getattr(query, name)]
    if len(given) > 1:
        detail = f"{given[1]}: it cannot go with {given[0]}; say one of them."
        raise RequestError(400, detail, field=given[1], allowed=AMOUNTS)
    if query.none:
        return "none", 0
    if query.latest:
        return "latest", 1
    if query.at_least is not None:
        return "at least", query.at_least
    return "exactly", query.count or 1


def _require_sense(query: WaitQuery) -> None:
    if query.within is not None and not query.none:
        detail = "within: it tells how long none may come; how long to wait for some is timeout."
        raise RequestError(400, detail, field="within", allowed=("timeout",))
    if query.quiet is not None and query.none:
        detail = "quiet: it goes with a count; how long none may come is within."
        raise RequestError(400, detail, field="quiet", allowed=("within",))


def _sentence(error: CriterionError) -> str:
    return error.message if error.message.endswith("?") else f"{error}."
