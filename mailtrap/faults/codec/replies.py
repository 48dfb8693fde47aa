"""Replies as rules write them: ``451 4.7.1 Try later``, its lines parted by a line end."""

import re

from mailtrap.faults.codec.words import TEXT_LIMIT, quote_if_needed, unquote
from mailtrap.faults.rules import RuleError
from mailtrap.smtp.reply import Reply

CODE = re.compile(r"\d+(?=[ -]|$)", re.ASCII)

_STATUS = re.compile(r"(\d{1,3}\.\d{1,3}\.\d{1,3})(?: |$)", re.ASCII)


def read_reply(text: str, *, mismatch: bool) -> Reply:
    """The reply that a text tells. With ``mismatch`` its two codes may be of different classes.

    Raises RuleError.
    """
    found = CODE.match(text)
    code = found[0] if found else text.partition(" ")[0]
    if not found or len(code) != 3 or not 200 <= int(code) <= 599:
        raise RuleError(f"{code[:40]!r} is not a reply code; 200 to 599 are allowed")
    rest = text[len(code) + 1 :]
    status = _STATUS.match(rest)
    words = rest[status.end() :] if status else rest
    reply = Reply(int(code), _lines(words.strip()), status[1] if status else "")
    if status and not mismatch and mismatched(reply):
        raise RuleError(
            f"{status[1]} does not go with {code}: its first digit must be {code[0]}; "
            "write mismatch = true if that is meant"
        )
    return reply


def write_reply(reply: Reply) -> str:
    """The text that tells a reply."""
    head = f"{reply.code} {reply.status}" if reply.status else f"{reply.code}"
    if not reply.text:
        return head
    text = quote_if_needed(reply.text)
    # A text that begins like an enhanced status code would be read as one.
    return f"{head} {text if text != reply.text or reply.status else _guarded(text)}"


def mismatched(reply: Reply) -> bool:
    """Whether its two codes contradict each other (RFC 3463 section 2)."""
    return bool(reply.status) and not reply.status.startswith(f"{reply.code // 100}.")


def _guarded(text: str) -> str:
    return f'"{text}"' if _STATUS.match(text) else text


def _lines(text: str) -> str:
    lines = unquote("reply", text)
    if len(lines) > TEXT_LIMIT:
        raise RuleError(f"a reply of {len(lines)} characters; at most {TEXT_LIMIT} are allowed")
    if not all(line.isprintable() for line in lines.split("\n")):
        raise RuleError("a reply has printable characters and line ends only; for others use raw")
    return lines
