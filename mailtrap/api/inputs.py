"""What requests may say: the query parameters and JSON bodies, checked against their types."""

from collections import Counter
from typing import Annotated, ClassVar, Final, TypeAlias, TypeVar

import msgspec
from aiohttp import web
from msgspec import UNSET, Meta, UnsetType

from mailtrap.api.problems import RequestError, allowed, invalid
from mailtrap.faults.stages import Stage
from mailtrap.store.records import Verdict

MAX_TAGS: Final = 50
"""Tags that one message may have."""

MAX_IDS: Final = 10_000
"""Messages that one request may name."""

MAX_GLANCES: Final = 100
"""Messages that are glanced at in one request."""

NO_CONTROLS: Final = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$(?!\n)"
"""For a whole text: ``$`` alone would let a line end pass at the end."""

Tag: TypeAlias = Annotated[str, Meta(min_length=1, max_length=100, pattern=NO_CONTROLS)]
TagList: TypeAlias = Annotated[tuple[Tag, ...], Meta(max_length=MAX_TAGS)]
Ids: TypeAlias = Annotated[
    tuple[Annotated[str, Meta(max_length=64)], ...], Meta(max_length=MAX_IDS)
]
InboxName: TypeAlias = Annotated[
    str, Meta(min_length=1, max_length=255, description="Only what is in this inbox")
]
Cursor: TypeAlias = Annotated[
    str, Meta(min_length=1, max_length=64, description="The seq or the id of a row; it is left out")
]


Address: TypeAlias = Annotated[str, Meta(min_length=1, max_length=1000)]
RuleName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=300)]


Search: TypeAlias = Annotated[
    str, Meta(max_length=4000, description="Search, as in docs/search.md")
]


class Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that a client says. Members that are not known are refused, not ignored.

    ``repeated`` are the query parameters that may be given more than once.
    """

    repeated: ClassVar[tuple[str, ...]] = ()


class Nothing(Input, frozen=True, kw_only=True):
    """No parameters at all."""


class Scope(Input, frozen=True, kw_only=True):
    """``inbox`` scopes the id ``latest``."""

    inbox: InboxName | None = None


class ListQuery(Scope, frozen=True, kw_only=True):
    """Which rows of a list: ``before`` gives older ones, ``after`` newer ones."""

    limit: Annotated[int, Meta(ge=1, le=1000, description="Rows at most")] = 50
    before: Cursor | None = None
    after: Cursor | None = None


class MessageQuery(ListQuery, frozen=True, kw_only=True):
    """Which messages: ``q`` is a search; ``count`` has all be counted that it finds.

    With ``offset`` a reader who knows how many there are comes to any place of the list at once.
    """

    q: Search = ""
    count: bool = False
    offset: Annotated[int, Meta(ge=0, le=2**31, description="Rows to pass over")] = 0


class GlanceQuery(Input, frozen=True, kw_only=True):
    """Which messages, by their ids; one that is not there any more is left out."""

    repeated = ("id",)

    id: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=64)], ...],
        Meta(min_length=1, max_length=MAX_GLANCES),
    ]


class AttemptQuery(ListQuery, frozen=True, kw_only=True):
    """Which attempts."""

    verdict: Verdict | None = None
    recipient: Address | None = None
    sender: Annotated[str, Meta(max_length=1000)] | None = None
    rule: RuleName | None = None
    session: Annotated[str, Meta(min_length=1, max_length=64)] | None = None


class RawQuery(Scope, frozen=True, kw_only=True):
    """``download`` has the browser save it."""

    download: bool = False


class HtmlQuery(Scope, frozen=True, kw_only=True):
    """``remote`` lets content of other servers load; ``source`` gives the HTML as text.

    ``images=false`` shows no image at all, ``dark`` what a program in dark mode makes of it.
    """

    remote: bool = False
    source: bool = False
    images: bool = True
    dark: bool = False


class CidQuery(Scope, frozen=True, kw_only=True):
    """``key`` is that of a preview."""

    key: Annotated[str, Meta(max_length=64)] | None = None


class StreamQuery(Scope, frozen=True, kw_only=True):
    """``since`` is the seq after which the stream begins."""

    since: Annotated[int, Meta(ge=0, le=2**63 - 1)] | None = None


class MessagePatch(Input, frozen=True, kw_only=True):
    """What is to change of one message; ``tags`` replaces those it has."""

    read: bool | UnsetType = UNSET
    tags: TagList | UnsetType = UNSET


class MessagesPatch(Input, frozen=True, kw_only=True):
    """What is to change of many messages: of ``ids``, of all that ``q`` finds, or of ``all``.

    The last two may be narrowed to an ``inbox``.
    """

    ids: Ids | UnsetType = UNSET
    all: bool = False
    q: Search | UnsetType = UNSET
    inbox: InboxName | None = None
    read: bool | None = None
    add_tags: TagList = ()
    remove_tags: TagList = ()


class DeleteQuery(Scope, frozen=True, kw_only=True):
    """Which messages to delete: all of ``inbox``, all that ``q`` finds, or both at once.

    With ``upto``, the cursor of a list, none that came after it.
    """

    q: Search | UnsetType = UNSET
    upto: Annotated[int, Meta(ge=0, le=2**63 - 1, description="Nothing newer than this seq")] | (
        None
    ) = None


class MessagesDelete(Input, frozen=True, kw_only=True):
    """Which messages to delete."""

    ids: Ids


class SequenceQuery(Scope, frozen=True, kw_only=True):
    """Whose replies, of the newest ``limit`` attempts."""

    recipient: Address | None = None
    sender: Annotated[str, Meta(max_length=1000)] | None = None
    rule: RuleName | None = None
    limit: Annotated[int, Meta(ge=1, le=1000, description="Attempts at most")] = 1000


class HitQuery(Input, frozen=True, kw_only=True):
    """Which hits, newest first."""

    rule: RuleName | None = None
    session: Annotated[str, Meta(min_length=1, max_length=64)] | None = None
    limit: Annotated[int, Meta(ge=1, le=10_000, description="Rows at most")] = 100


class FaultPatch(Input, frozen=True, kw_only=True):
    """What is to change of a rule: whether it is on, its place in the order (from 0).

    ``reset`` has its counters, and its life where it expires, begin anew.
    """

    enabled: bool | UnsetType = UNSET
    reset: bool = False
    place: Annotated[int, Meta(ge=0, le=1000)] | UnsetType = UNSET


class FaultBody(Input, frozen=True, kw_only=True):
    """A rule: its keys, or a ``line``, or a ``preset`` with its parameters.

    It is the codec of rules that reads it and tells what is wrong with it.
    """

    line: str | UnsetType = UNSET
    preset: str | UnsetType = UNSET
    parameters: dict[str, str] | UnsetType = UNSET
    place: int | UnsetType = UNSET
    name: str | UnsetType = UNSET
    on: str | list[str] | UnsetType = UNSET
    when: dict[str, str | int | bool] | UnsetType = UNSET
    do: str | list[str | dict[str, str | int | bool | list[str]]] | UnsetType = UNSET
    times: int | UnsetType = UNSET
    after: int | UnsetType = UNSET
    every: int | UnsetType = UNSET
    chance: float | UnsetType = UNSET
    seed: int | UnsetType = UNSET
    rate: str | UnsetType = UNSET
    wait: str | UnsetType = UNSET
    per: str | UnsetType = UNSET
    expires: str | UnsetType = UNSET
    inbox: str | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    continues: bool | UnsetType = msgspec.field(default=UNSET, name="continue")
    mismatch: bool | UnsetType = UNSET


class FaultsPatch(Input, frozen=True, kw_only=True):
    """What is to change of all rules: whether they pause. Each stays on or off as it is."""

    paused: bool


HeaderText: TypeAlias = Annotated[str, Meta(max_length=1000, pattern=NO_CONTROLS)]
Word: TypeAlias = Annotated[str, Meta(max_length=1000)]


class TrialBody(Input, frozen=True, kw_only=True):
    """A moment of a session that never was, to see what the rules would do.

    What is left out is not known. ``rcpt`` is one recipient or several, the last being the one that
    RCPT names. ``rule`` is a rule that is not there yet, in any of its forms; it takes the place of
    the one that ``replaces`` names, else it is asked last. ``reply`` is what would be answered
    without rules; left out, the usual.
    """

    stage: Stage
    inbox: InboxName = "default"
    listener: Word = "smtp"
    ip: Word = "127.0.0.1"
    tls: bool = False
    helo: Word | None = None
    auth: Word | None = None
    mail_from: Word | None = None
    rcpt: str | Annotated[tuple[Address, ...], Meta(max_length=100)] = ()
    size: Annotated[int, Meta(ge=0, le=2**53)] | None = None
    headers: Annotated[dict[str, HeaderText], Meta(max_length=50)] = {}
    text: Annotated[str, Meta(max_length=100_000)] = ""
    session_nth: Annotated[int, Meta(ge=1, le=2**31)] = 1
    message_nth: Annotated[int, Meta(ge=0, le=2**31)] = 1
    reply: Word | None = None
    rule: FaultBody | None = None
    replaces: RuleName | None = None


Patterns: TypeAlias = str | Annotated[list[str], Meta(max_length=100)]


class InboxMatch(Input, frozen=True, kw_only=True):
    """What belongs in an inbox: globs, ``/regex/``, networks; one that holds is enough."""

    rcpt: Patterns = []
    auth: Patterns = []
    helo: Patterns = []
    ip: Patterns = []
    header: Annotated[dict[str, str], Meta(max_length=20)] = {}


class InboxBody(Input, frozen=True, kw_only=True):
    """What inbox to open. Without ``name`` it gets a fresh one, beginning with ``prefix``.

    ``ttl`` is seconds, or such as ``10m``. With ``listen`` it has a port of its own.
    """

    name: Annotated[str, Meta(min_length=1, max_length=100)] | None = None
    prefix: Annotated[str, Meta(min_length=1, max_length=40)] = "t"
    ttl: str | float | None = None
    match: InboxMatch | None = None
    listen: bool = False
    max_messages: Annotated[int, Meta(ge=0)] = 0
    max_octets: Annotated[int, Meta(ge=0)] = 0


class FaultsBody(Input, frozen=True, kw_only=True):
    """All rules, in order."""

    faults: list[FaultBody]


Q = TypeVar("Q", bound=Input)


def read_query(request: web.Request, kind: type[Q]) -> Q:
    """The query parameters of ``request``.

    Raises:
        RequestError: 400 where one is unknown, there twice, or not of its type.
    """
    known = kind.__struct_fields__
    for name, times in Counter(name for name, _ in request.query.items()).items():
        if name not in known:
            detail = f"There is no parameter {name!r} here."
            raise RequestError(400, detail, field=name, allowed=known)
        if times > 1 and name not in kind.repeated:
            raise RequestError(
                400, f"{name}: it may be given once.", field=name, allowed=allowed(kind, name)
            )
    try:
        return msgspec.convert(_given(request, kind), kind, strict=False)
    except msgspec.ValidationError as error:
        raise invalid(error, kind) from None


def _given(request: web.Request, kind: type[Input]) -> dict[str, object]:
    values: dict[str, object] = dict(request.query)
    repeated = (name for name in kind.repeated if name in values)
    return values | {name: request.query.getall(name) for name in repeated}


async def read_body(request: web.Request, kind: type[Q]) -> Q:
    """The JSON body of ``request``.

    Raises:
        RequestError: 415 where it is said to be something else, 400 where it cannot be read.
        HTTPRequestEntityTooLarge: Where it has more octets than are read.
    """
    body = await _json_octets(request)
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise invalid(error, kind) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _no_json(error, kind) from None


async def read_table(request: web.Request, kind: type[Input]) -> dict[str, object]:
    """The JSON object in the body, as it is; ``kind`` tells what it should be. Raises likewise."""
    body = await _json_octets(request)
    try:
        return msgspec.json.decode(body, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _no_json(error, kind) from None


def checked_table(data: dict[str, object], kind: type[Q]) -> Q:
    """A table as what it should be. Raises RequestError: 400 where it is not."""
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise invalid(error, kind) from None


async def _json_octets(request: web.Request) -> bytes:
    if "Content-Type" in request.headers and request.content_type != "application/json":
        detail = f"The body must be JSON, not {request.content_type}."
        raise RequestError(415, detail, field="Content-Type", allowed=("application/json",))
    return await request.read()


def _no_json(error: Exception, kind: type[Input]) -> RequestError:
    return RequestError(
        400, f"The body is no JSON: {error}.", allowed=kind.__struct_encode_fields__
    )


def checked_tag(text: str) -> str:
    """``text`` where it can be a tag.

    Raises:
        RequestError: 400 where it cannot.
    """
    try:
        return msgspec.convert(text, Tag)
    except msgspec.ValidationError:
        detail = "tag: 1 to 100 characters, none of them a control character."
        raise RequestError(400, detail, field="tag", allowed=("1 to 100 characters",)) from None
