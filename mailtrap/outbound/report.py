"""Which reports a message gets: pure, the clock and the ids are arguments."""

from collections.abc import Iterator
from typing import Final

from mailtrap.faults.steps import Bounce
from mailtrap.outbound import spelling
from mailtrap.outbound.autoreply import answers
from mailtrap.outbound.complaint import complaint
from mailtrap.outbound.records import Report, Stamp
from mailtrap.outbound.status import notification
from mailtrap.store.records import NewMessage

LISTENER: Final = "bounce"
"""The listener that messages of ours name as the one they came through."""


def reports(bounce: Bounce, message: NewMessage, stamp: Stamp) -> Iterator[Report]:
    """The reports to its reverse-path, none where it may not have one or wants none."""
    if silence(message) is not None:
        return
    match bounce.kind:
        case "failed" | "delayed":
            report = notification(bounce.kind, bounce.reply, message, stamp)
            if report is not None:
                yield report
        case "auto-reply":
            yield from answers(message, stamp)
        case "complaint":
            yield complaint(message, stamp)


def silence(message: NewMessage) -> str | None:
    """Why there must be no report on this message, in words; None where there may be.

    No loop can arise: all reports have a null reverse-path (RFC 5321 section 4.5.5).
    """
    reverse_path = message.envelope.reverse_path.address
    if not reverse_path:
        return "its reverse-path is null"
    if message.trace.listener == LISTENER:
        return "it is a report itself"
    if spelling.unsafe(reverse_path):
        return "its reverse-path has control characters"
    return None
