"""A message as text that does not change from run to run."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

_MASKS: Final[Sequence[tuple[re.Pattern[str], str]]] = (
    (re.compile(r"<[^<>@\s]+@[^<>\s]+>(?=\s*$)"), "<ID>"),
    (
        re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} \w{3} \d{4} [\d:]+ [+-]\d{4}"),
        "DATE",
    ),
    (re.compile(r"\b\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:\d\d)?"), "DATE"),
    (re.compile(r'boundary="?[^";\s]+"?'), "boundary=BOUNDARY"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "UUID"),
    (re.compile(r"\bt-[0-9a-z-]{8,}(?:\.[0-9a-z-]+)?@"), "INBOX@"),
    (re.compile(r"(https?://(?:127\.0\.0\.1|localhost|\[::1\])):\d+"), r"\1:PORT"),
)
"""What changes, and what stands in its place."""

_ID_FIELDS: Final = frozenset({"message-id", "in-reply-to", "references", "content-id"})
_LEFT_OUT: Final = frozenset({"received", "dkim-signature", "x-mailer-version"})


def stable(
    headers: Iterable[tuple[str, str]], text: str, html: str, filenames: Sequence[str]
) -> str:
    """Header fields, text, HTML and the names of files, with all masked that changes."""
    fields = [
        f"{name}: {'<ID>' if name.lower() in _ID_FIELDS else _masked(value)}"
        for name, value in headers
        if name.lower() not in _LEFT_OUT
    ]
    blocks = ["\n".join(fields), _masked(_lines(text)), _masked(_lines(html))]
    if filenames:
        blocks.append("Attachments: " + ", ".join(filenames))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _masked(text: str) -> str:
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text
