"""What an inbox may be called, and the addresses that name one."""

import re
from typing import Final

from mailtrap.config.inboxes import NAME_LIMIT, is_inbox_name
from mailtrap.store.records import DEFAULT_INBOX

ALLOWED: Final = f"1 to {NAME_LIMIT} letters, digits and . _ @ + -, the first a letter or digit"

_PREFIX: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", re.ASCII)

PREFIX_ALLOWED: Final = "1 to 40 lower-case letters, digits and inner hyphens"


class InboxError(Exception):
    """Something that an inbox cannot be; ``field`` is what was wrong, the text why."""

    def __init__(self, field: str, text: str, allowed: str = "") -> None:
        super().__init__(text)
        self.field = field
        self.allowed = allowed


def checked(text: str) -> str:
    """A name. Raises InboxError."""
    if not is_inbox_name(text):
        raise InboxError("name", f"name: {text[:120]!r} is no name of an inbox", ALLOWED)
    return text


def made_up(prefix: str, token: str) -> str:
    """A name that validators take as the local part of an address. Raises InboxError."""
    if not _PREFIX.fullmatch(prefix):
        text = f"prefix: {prefix[:120]!r} cannot begin the name of an inbox"
        raise InboxError("prefix", text, PREFIX_ALLOWED)
    return f"{prefix}-{token}"


def of_address(address: str, domain: str) -> str | None:
    """The inbox that an address at the domain of inboxes names, None where it names none.

    What is behind the first dot or plus is a label: one inbox has as many addresses as it likes.
    """
    local, at, host = address.rpartition("@")
    if not at or host.casefold() != domain:
        return None
    name = local.casefold().partition("+")[0].partition(".")[0]
    return name if is_inbox_name(name) else None


def of_text(text: str | None) -> str | None:
    """The inbox that a header field, a user or the like names; None where it cannot be one."""
    name = (text or "").strip()
    return name if name and is_inbox_name(name) else None


def address_of(name: str, domain: str) -> str:
    """The address of an inbox. One whose name is no plain word gets what can be told of it."""
    local = re.sub(r"[^a-z0-9-]+", "-", name.casefold()).strip("-")
    return f"{local or DEFAULT_INBOX}@{domain}"
