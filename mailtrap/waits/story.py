"""The whole story of a wait that failed, for people: what was expected, and what there was."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeAlias, assert_never

from mailtrap.search.explain import told
from mailtrap.search.tree import InInbox
from mailtrap.store.records import Message
from mailtrap.waits.circumstances import ROWS, STATES, Circumstances, Near, Tried
from mailtrap.waits.documents import Item
from mailtrap.waits.expectation import Verdict
from mailtrap.waits.plain import padded, plain, width
from mailtrap.waits.question import Question
from mailtrap.waits.wait import Outcome

SUBJECT: Final = 40
PERSON: Final = 40
REPLY: Final = 60
"""Columns."""

Row: TypeAlias = tuple[str, ...]
"""The cells of a row, of which all but the last are padded."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server is: the URL of its page, and the ``host:port`` of its mail listeners."""

    url: str = ""
    listeners: tuple[str, ...] = ()


def story(outcome: Outcome, around: Circumstances, place: Place) -> str:
    """The story, several lines without an end of line; every section in the order things came."""
    tell = _Teller(around.since, place)
    here = "Arrived in this inbox" if outcome.question.inbox else "Arrived"
    sections = [[headline(outcome)]]
    if outcome.question.of == "messages":
        sections += [
            _section("Matching", map(tell.matching, _messages(outcome)), len(outcome.found)),
            _section(here, map(tell.near, around.arrived)),
            *_refused(around.tried, tell),
            _section("Matching mail in another inbox", map(tell.elsewhere, around.elsewhere)),
        ]
    else:
        sections += [_section("Attempts", map(tell.tried, around.tried))]
    sections += [[_traffic(outcome, around, place)]]
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def headline(outcome: Outcome) -> str:
    """What was expected and what came instead, in one line."""
    return f"expected {expected(outcome.question)}, {_came(outcome)}"


def _came(outcome: Outcome) -> str:
    found, within = len(outcome.found), f"within {_seconds(outcome.waited)}"
    match outcome.reason:
        case "no-message" | "no-attempt":
            return f"only {found} {within}" if found else f"none {within}"
        case "too-many-messages" | "too-many-attempts":
            return f"but {found} came"
        case "unexpected-message" | "unexpected-attempt":
            return f"but {found} came" if found > 1 else "but one came"
        case "not-quiet":
            return f"but it was not quiet for {_seconds(outcome.question.quiet)}"
        case None:
            return f"{found or 'none'} came {within}"
        case _:
            assert_never(outcome.reason)


def expected(question: Question) -> str:
    """What was asked for, in words: ``1 message to ann@example.com in inbox gw3``."""
    one = question.count == 1 and question.amount in {"exactly", "at least"}
    noun = question.of.removesuffix("s") if one or question.amount == "latest" else question.of
    amount = {
        "exactly": str(question.count),
        "at least": f"at least {question.count}",
        "latest": "at least 1",
        "none": "no",
    }[question.amount]
    words = plain(told(question.node), 400)
    named = question.inbox is not None and InInbox(question.inbox) != question.node
    inbox = f"in inbox {plain(question.inbox or '')}" if named else ""
    return " ".join(filter(None, (amount, noun, words, inbox)))


def seconds_after(item: Item, since: datetime) -> float:
    """Seconds from ``since`` to when it came, negative where it was there before."""
    came = item.received_at if isinstance(item, Message) else item.started_at
    return round((came - since).total_seconds(), 3)


def verdict_story(verdict: Verdict, place: Place) -> str:
    """The story of an expectation; of one that is met its headline alone."""
    outcome, name = verdict.outcome, verdict.expectation.name
    prefix = f"{plain(name, 200)}: " if name else ""
    if verdict.reason is None:
        return f"{prefix}{headline(outcome)}"
    if not verdict.why:
        return f"{prefix}{story(outcome, verdict.around, place)}"
    tell = _Teller(verdict.around.since, place)
    lines = [f"{prefix}expected {expected(outcome.question)}, {plain(verdict.why, 400)}"]
    rows = _table([tell.near(one) for one in verdict.near[:ROWS]])
    tries = _section(
        "Attempts", [tell.tried(one) for one in verdict.around.tried if not one.differs]
    )
    return "\n".join([*lines, *rows, *(["", *tries] if verdict.attempts else [])])


class _Teller:
    """Makes rows: when, what, who, where, why."""

    def __init__(self, since: datetime, place: Place) -> None:
        self._since = since
        self._url = place.url

    def matching(self, message: Message) -> Row:
        return (*self._head(message), _sender(message), self._link(message))

    def near(self, one: Near) -> Row:
        return (*self.matching(one.message), _differs(one.differs))

    def elsewhere(self, one: Near) -> Row:
        inboxes = f"in {plain(', '.join(one.message.inboxes), PERSON)}"
        differs = [name for name in one.differs if name != "inbox"]
        why = _differs(differs) if differs else ""
        to = _recipients(one.message)
        return (*self._head(one.message), to, inboxes, self._link(one.message), why)

    def tried(self, one: Tried) -> Row:
        attempt = one.attempt
        rules = ", ".join(f'"{plain(rule)}"' for rule in attempt.rules)
        reply = plain(one.reply, REPLY) or "(the client left)"
        return (
            self._when(attempt),
            attempt.stage.upper(),
            reply + (f" (rule {rules})" if rules else ""),
            f"to {plain(one.recipient, PERSON)}" if one.recipient else "",
            f"{self._url}/api/sessions/{attempt.session}",
            _differs(one.differs),
        )

    def _head(self, message: Message) -> Row:
        return self._when(message), plain(message.summary.subject, SUBJECT) or "(no subject)"

    def _when(self, item: Item) -> str:
        return f"{seconds_after(item, self._since):+.2f}s"

    def _link(self, message: Message) -> str:
        return f"{self._url}/m/{message.id}"


def _messages(outcome: Outcome) -> list[Message]:
    return [item for item in outcome.found[:ROWS] if isinstance(item, Message)]


def _refused(tried: Sequence[Tried], tell: _Teller) -> Iterator[list[str]]:
    ruled = [one for one in tried if one.attempt.rules]
    plainly = [one for one in tried if not one.attempt.rules]
    yield _section("Refused by a fault rule", map(tell.tried, ruled))
    yield _section("Refused", map(tell.tried, plainly))


def _section(title: str, rows: Iterable[Row], count: int | None = None) -> list[str]:
    """A heading and its table; nothing where there are no rows."""
    table = list(rows)
    heading = f"{title} ({len(table) if count is None else count}):"
    return [heading, *_table(table)] if table else []


def _table(rows: Sequence[Row]) -> Iterator[str]:
    columns = [max(map(width, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = [padded(cell, room) for cell, room in zip(row, columns, strict=True) if room]
        yield f"  {'  '.join(cells)}".rstrip()


def _sender(message: Message) -> str:
    sender = next((one.address for one in message.summary.sender), "")
    return f"from {plain(sender or message.envelope.reverse_path.address or '<>', PERSON)}"


def _recipients(message: Message) -> str:
    first, *others = [one.path.address for one in message.envelope.recipients] or [""]
    more = f" and {len(others)} more" if others else ""
    return f"to {plain(first, PERSON)}{more}"


def _differs(names: Sequence[str]) -> str:
    differing = [plain(name) for name in names if name not in STATES]
    verb = {0: "", 1: " differs"}.get(len(differing), " differ")
    states = [name for name in names if name in STATES]
    return ", ".join([*states, *filter(None, [", ".join(differing) + verb])])


def _traffic(outcome: Outcome, around: Circumstances, place: Place) -> str:
    traffic, base = around.traffic, outcome.question.after.base
    since = "since the inbox opened" if around.opened else "since the cursor" if base else "so far"
    where = " or ".join(place.listeners[:3]) or "this server"
    if not traffic.connections:
        return f"SMTP: no connection {since}: the app is not pointing at {where}."
    count = traffic.connections
    peers = plain(", ".join(traffic.peers[:3])) or "a Unix socket"
    facts = [
        f"{count} connection{'s' if count > 1 else ''} from {peers} {since}",
        f"{traffic.open} still open" if traffic.open else _last(traffic.last_seen),
        f"TLS {'yes' if traffic.tls else 'no'}",
        " ".join(["AUTH", *(f'"{plain(one)}"' for one in traffic.auth[:3])])
        if traffic.auth
        else "",
    ]
    return f"SMTP: {', '.join(filter(None, facts))}"


def _last(seen: datetime | None) -> str:
    return f"last {_seconds((datetime.now(UTC) - seen).total_seconds())} ago" if seen else ""


def _seconds(seconds: float) -> str:
    return f"{max(seconds, 0.0):.1f} s"
