"""How a client retried: the replies it was given, try after try, and when it came again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mailtrap.search.describe import laid_out
from mailtrap.search.matching import line_holds
from mailtrap.search.tree import Node, Text
from mailtrap.store.records import Attempt, RecipientOutcome
from mailtrap.waits.documents import parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What attempts should look like.

    ``codes`` are the replies in order, and no others; the gaps between two tries are at least and
    at most so many seconds; ``final_5xx`` tells that nobody may try again after a 5xx. None does
    not matter.
    """

    codes: tuple[int, ...] | None = None
    least: float | None = None
    most: float | None = None
    final_5xx: bool = False


def fault_of(schedule: Schedule, attempts: Sequence[Attempt], node: Node) -> str | None:
    """What is wrong with these attempts, that ``node`` asked for, in words; None if nothing is."""
    tries = sorted(attempts, key=lambda one: (one.started_at, one.seq))
    codes = tuple(code_of(attempt, node) for attempt in tries)
    if schedule.codes is not None and codes != schedule.codes:
        return f"but the replies were {_listed(codes)} and not {_listed(schedule.codes)}"
    if schedule.final_5xx and (wrong := _after_5xx(tries, node)):
        return wrong
    return _gap(schedule, tries)


def code_of(attempt: Attempt, node: Node) -> int:
    """The code of the reply that decided; 0 where the client left before it.

    Of several recipients those count that ``node`` asks for, the refused ones first.
    """
    reply = _reply(attempt, _concerned(attempt, node))
    return int(reply[:3]) if reply[:3].isdigit() else 0


def _reply(attempt: Attempt, recipients: Iterable[RecipientOutcome]) -> str:
    refused = next((one for one in recipients if not one.accepted), None)
    if refused:
        return refused.reply
    final = next((one.final for one in recipients if one.final), None)
    return final or attempt.reply or ""


def _concerned(attempt: Attempt, node: Node) -> list[RecipientOutcome]:
    asked = [one for one in parts(node) if isinstance(one, Text) and one.fields == ("rcpt",)]
    return [
        one
        for one in attempt.recipients
        if all(line_holds(laid_out([one.address]), text.mode, text.value) for text in asked)
    ]


def _after_5xx(tries: Sequence[Attempt], node: Node) -> str | None:
    ended: dict[tuple[str, str], str] = {}
    for attempt in tries:
        for one in _concerned(attempt, node):
            way = attempt.reverse_path.casefold(), one.address.casefold()
            if way in ended:
                return f"but {one.address} was tried again after {ended[way][:60]!r}"
            reply = _reply(attempt, [one])
            if reply.startswith("5"):
                ended[way] = reply
    return None


def _gap(schedule: Schedule, tries: Sequence[Attempt]) -> str | None:
    for number, (before, after) in enumerate(pairwise(tries), 1):
        gap = (after.started_at - before.started_at).total_seconds()
        between = f"between tries {number} and {number + 1} were {gap:.2f} s"
        if schedule.least is not None and gap < schedule.least:
            return f"but {between}, less than {schedule.least:g} s"
        if schedule.most is not None and gap > schedule.most:
            return f"but {between}, more than {schedule.most:g} s"
    return None


def _listed(codes: Sequence[int]) -> str:
    return ", ".join(str(code) if code else "none" for code in codes) or "none"
