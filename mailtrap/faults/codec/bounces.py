"""Reports that are sent later, as rules write them: ``delayed after 2s 451 4.4.1 Text``."""

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from mailtrap.faults.actions import DELAY_LIMIT
from mailtrap.faults.codec.replies import CODE, read_reply, write_reply
from mailtrap.faults.codec.words import read_seconds, show_seconds, unknown
from mailtrap.faults.rules import RuleError
from mailtrap.faults.steps import Bounce

Kind: TypeAlias = Literal["failed", "delayed", "auto-reply", "complaint"]
KINDS: Mapping[str, Kind] = {
    "failed": "failed", "delayed": "delayed", "auto-reply": "auto-reply", "complaint": "complaint"
}  # fmt: skip

SKEW_LIMIT = 10 * 365 * 86_400.0
"""Seconds by which a clock may be wrong."""

_OPTION = re.compile(r"(after|skew) +(\S+) *")
_SIGNS: Mapping[str, int] = {"-": -1, "+": 1}


def read_bounce(text: str) -> Bounce:
    """The report that a text tells: its kind, when, by which clock, and the reply it is about.

    Raises RuleError.
    """
    word, _, rest = text.partition(" ")
    kind: Kind = KINDS.get(word, "failed")
    rest = (rest if word in KINDS else text).strip()
    told, rest = _options(rest)
    after = read_seconds("bounce", told["after"], most=DELAY_LIMIT) if "after" in told else 0.0
    skew = _read_skew(told["skew"]) if "skew" in told else 0.0
    if not rest:
        return Bounce(kind, after=after, skew=skew)
    if not CODE.match(rest):
        raise unknown("word of bounce", rest.split()[0], (*KINDS, "after", "skew", "a reply"))
    reply = read_reply(rest, mismatch=False)
    if reply.positive:
        raise RuleError(f"bounce: {reply.code} is no failure; 400 to 599 are allowed")
    return Bounce(kind, reply, after, skew)


def write_bounce(bounce: Bounce) -> str:
    """The text that tells a report."""
    plain = Bounce()
    sign = "-" if bounce.skew < 0 else "+"
    told = (
        bounce.kind if bounce.kind != plain.kind else "",
        f"after {show_seconds(bounce.after)}" if bounce.after else "",
        f"skew {sign}{show_seconds(abs(bounce.skew))}" if bounce.skew else "",
        write_reply(bounce.reply) if bounce.reply != plain.reply else "",
    )
    return " ".join(filter(None, told))


def _options(text: str) -> tuple[Mapping[str, str], str]:
    """The options that a text begins with, in any order, and the rest of it."""
    told: dict[str, str] = {}
    while (found := _OPTION.match(text)) and found[1] not in told:
        told[found[1]] = found[2]
        text = text[found.end() :]
    return told, text


def _read_skew(text: str) -> float:
    """Seconds ahead, or behind (below 0)."""
    sign = _SIGNS.get(text[:1])
    if sign is None:
        raise RuleError(f"bounce: skew {text!r} has no sign; write it like skew -2h or skew +1d")
    return sign * read_seconds("bounce skew", text[1:], most=SKEW_LIMIT)
