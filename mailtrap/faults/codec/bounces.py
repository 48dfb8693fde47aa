"""Reports that are sent later, as rules write them: ``delayed after 2s 451 4.4.1 Text``."""

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


def read_bounce(text: str) -> Bounce:
    """The report that a text tells: its kind, when, and the reply it is about.

    Raises RuleError.
    """
    word, _, rest = text.partition(" ")
    kind: Kind = KINDS.get(word, "failed")
    rest = (rest if word in KINDS else text).strip()
    after = 0.0
    if rest.startswith("after "):
        told, _, rest = rest.removeprefix("after ").strip().partition(" ")
        after = read_seconds("bounce", told, most=DELAY_LIMIT)
    if not rest:
        return Bounce(kind, after=after)
    if not CODE.match(rest):
        raise unknown("word of bounce", rest.split()[0], (*KINDS, "after", "a reply"))
    reply = read_reply(rest, mismatch=False)
    if reply.positive:
        raise RuleError(f"bounce: {reply.code} is no failure; 400 to 599 are allowed")
    return Bounce(kind, reply, after)


def write_bounce(bounce: Bounce) -> str:
    """The text that tells a report."""
    plain = Bounce()
    told = (
        bounce.kind if bounce.kind != plain.kind else "",
        f"after {show_seconds(bounce.after)}" if bounce.after else "",
        write_reply(bounce.reply) if bounce.reply != plain.reply else "",
    )
    return " ".join(filter(None, told))
