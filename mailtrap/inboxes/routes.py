"""Ways by which a fact names an inbox that nobody opened: it is created on first use."""

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, get_args

Kind: TypeAlias = Literal["auth", "helo", "ip", "plus", "domain", "recipient"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

WORDS: Final = (*KINDS, "header:NAME")

OWN_HEADER: Final = "X-Inbox"
"""The header field that always names an inbox."""


@dataclass(frozen=True, slots=True)
class Routes:
    """Which facts name inboxes. ``headers`` are names of fields beside ``X-Inbox``.

    ``domain`` is that of the addresses ``NAME@domain``, in lower case.
    """

    kinds: frozenset[Kind] = frozenset()
    headers: tuple[str, ...] = (OWN_HEADER,)
    domain: str = field(default="inbox.example.com")


def by_recipient(address: str, kinds: frozenset[Kind]) -> str | None:
    """What of an address names an inbox: its plus tag, its domain, or all of it."""
    local, _, domain = address.rpartition("@")
    tag = local.partition("+")[2]
    if "plus" in kinds and tag:
        return tag
    if "domain" in kinds and domain:
        return domain.casefold()
    return address.casefold() if "recipient" in kinds else None
