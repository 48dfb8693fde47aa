"""How a candidate stands to the words that may mark it as a code."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from mailtrap.mail.extract.around import Around
from mailtrap.mail.extract.labels import Label

Relation: TypeAlias = Literal["direct", "near", "below", "after", "above", "subject", "far"]
Mark: TypeAlias = Literal["otp", "code", "about"]

_SENTENCE_END: Final = re.compile(
    r"(?:[^\W\d_]{4}|[^\w.\s]|\d)\.(?:\s|$)|[!?](?:\s|$)|[\u3002\uff01\uff1f\u0964]"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = re.compile(r"\d{3}|[a-z]\d|\d[a-z]")
_CODE_LINE: Final = re.compile(
    r"\n[ \t*•-]{0,4}(?=[a-z-]*\d)[a-z\d]{3,}+(?:[- ][a-z\d]{3,}+){0,4}(?=\n)"
)
"""A code alone in its line: one of a list."""

_COPULAS: Final = (
    frozenset({"is", "are", "ist", "lautet", "est", "es", "e", "este", "jest", "to", "je", "ar"})
    | frozenset({"er", "on", "la", "adalah", "ialah", "ειναι", "\u0435", "это", "це", "use"})
    | frozenset({"هو", "هی", "است", "הוא", "है", "হল", "হলো", "是", "为", "為", "は", "คือ"})
)
"""What says that the code follows: forms of "to be", folded."""

_MARKS: Final[tuple[Mark, ...]] = ("otp", "code")
_OWN_NUMBER: Final = re.compile(
    r"[^\w\n]{0,4}(?:no\.?|nr\.?|number|is)?[^\w\n]{0,3}[^\W\d]{0,8}\d", re.ASCII
)
_LOOKED: Final = 4
"""So many labels on each side are looked at, from the nearest."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands between a label and a candidate."""

    words: int
    lines: int
    length: int
    ends: bool
    colon: bool
    copula: bool
    wide: bool
    number: bool


def relations(around: Around, topic: Collection[str]) -> Iterator[tuple[Relation, Mark]]:
    """Every relation to a word for codes; none where another kind of number is named nearer.

    ``topic`` are the kinds of labels in the subject, where the text is a body.
    """
    if _is_named_by_cell(around):
        return
    before = list(_before(around))
    if any(found is None for found in before):
        return
    direct = any(found is not None and found[0] == "direct" for found in before)
    after = [] if direct else list(_after(around))
    if any(found is None for found in after):
        return
    yield from (found for found in (*before, *after) if found is not None)
    if around.alone or around.marked:
        for mark in _MARKS:
            if mark in topic:
                yield "subject", mark
    if around.alone and around.candidate.shape == "digits" and _is_asked_for(around):
        yield "below", "about"


def _before(around: Around) -> Iterator[tuple[Relation, Mark] | None]:
    """Relations to labels before it, from the nearest; None where one names another number."""
    start = around.candidate.start
    nearest = [label for label in reversed(around.labels) if label.end <= start]
    for label in _telling(nearest):
        gap = _gap(around.text[label.end : start])
        if label.kind == "other":
            if _names(gap, alone=around.alone):
                yield None
                return
            continue
        mark: Mark = "otp" if label.kind == "otp" else "code"
        relation = _relation_before(gap, around, mark, rival=label.end <= around.previous)
        if relation is not None:
            yield relation, mark


def _after(around: Around) -> Iterator[tuple[Relation, Mark] | None]:
    """Relations to labels behind it, from the nearest; None where one names another number."""
    end = around.candidate.end
    nearest = [label for label in around.labels if label.start >= end]
    for place, label in enumerate(_telling(nearest)):
        gap = _gap(around.text[end : label.start])
        if label.kind == "other":
            if not place and gap.words <= 1 and not gap.lines and not gap.ends and not gap.number:
                if not _followed(around.text, label):
                    yield None
                return
            continue
        relation = _relation_after(gap, around, rival=label.start >= around.following)
        if relation is not None:
            yield relation, "otp" if label.kind == "otp" else "code"


def _is_named_by_cell(around: Around) -> bool:
    """Whether the cell before it in its row has words, and none of them means a code."""
    start = around.candidate.start
    row = around.text[:start].rpartition("\n")[2] if around.alone else ""
    if not row.endswith("\t") or not _WORD.search(row):
        return False
    first = start - len(row)
    return not any(
        first <= label.start < start and label.kind in {"otp", "code"} for label in around.labels
    )


def _is_asked_for(around: Around) -> bool:
    """Whether the line above it is about signing in or confirming and leads to it."""
    above = around.text[: around.candidate.start].rstrip()
    if above[-1:] not in {":", "\uff1a"} and not around.marked:
        return False
    first = above.rfind("\n") + 1
    return any(
        first <= label.start < len(above) and label.kind == "about" for label in around.labels
    )


def _telling(labels: list[Label]) -> list[Label]:
    return [label for label in labels if label.kind in {"otp", "code", "other"}][:_LOOKED]


def _gap(between: str) -> _Gap:
    words = _WORD.findall(between)
    wide = sum(char >= "\u0e00" for char in between)  # words without blanks between them
    return _Gap(
        words=max(len(words), wide // 3),
        lines=between.count("\n") - len(_CODE_LINE.findall(between)),
        length=len(between),
        ends=_SENTENCE_END.search(between) is not None,
        colon=between.rstrip(" \n\t*_\"'«„“`([>-")[-1:] in {":", "=", "\uff1a"},
        copula=bool(words) and words[-1] in _COPULAS,
        wide=wide > 0,
        number=_NUMBER.search(between) is not None,
    )


def _names(gap: _Gap, *, alone: bool) -> bool:
    """Whether a label of another number is that of the candidate behind the gap."""
    if gap.number or gap.ends:
        return False
    if gap.lines:
        return alone and gap.lines == 1 and gap.words <= 1
    return gap.words <= 2


def _relation_before(gap: _Gap, around: Around, mark: Mark, *, rival: bool) -> Relation | None:
    if gap.lines and (around.alone or around.marked):
        return "below" if gap.lines <= 4 else None
    if gap.lines > 1 or (rival and not (mark == "otp" and (gap.colon or gap.copula))):
        return None
    if gap.ends:
        return "far"
    if gap.words <= 12 and (gap.colon or gap.copula):
        return "direct"
    if gap.words <= (3 if mark == "otp" else 0) or (gap.wide and gap.length <= 4):
        return "direct"
    return "near" if gap.words <= 10 else "far"


def _relation_after(gap: _Gap, around: Around, *, rival: bool) -> Relation | None:
    if rival or gap.lines > 2:
        return None
    if gap.lines:
        return "above" if around.alone and gap.words <= 8 else None
    return "after" if gap.words <= 5 and not gap.ends else None


def _followed(text: str, label: Label) -> bool:
    """Whether the label has a number of its own behind it."""
    return _OWN_NUMBER.match(text, label.end, label.end + 24) is not None
