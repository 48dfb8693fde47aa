"""Mailboxes: local part and domain (RFC 5321 sections 4.1.2, 4.1.3; RFC 6531 section 3.3)."""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address

LOCAL_LIMIT = 64
DOMAIN_LIMIT = 255
HARD_LIMIT = 1024
"""Octets of a local part or domain that are taken leniently: VERP makes long ones."""

# Written as what is left out: a class of all the rest of Unicode takes ten milliseconds to compile.
_ATOM = re.compile(r'[^\x00-\x20"(),.:;<>@\[\\\]\x7f]+')
_LABEL = re.compile(r"[^\x00-/:-@\[-`{-\x7f](?:[^\x00-,./:-@\[-`{-\x7f]*[^\x00-/:-@\[-`{-\x7f])?")
_NEEDS_QUOTES = frozenset('()<>[]:;@\\," \t')
_GENERAL_LITERAL = re.compile(r"[A-Za-z0-9-]*[A-Za-z0-9]:[\x21-\x5a\x5e-\x7e]+")
_DOTTED_QUAD = re.compile(r"\d+(?:\.\d+){3}")


@dataclass(frozen=True, slots=True)
class Note:
    """A finding in the making: its id in the catalogue and the details of its text."""

    id: str
    details: tuple[object, ...] = ()


class BadMailboxError(Exception):
    """There is nothing here that could be a mailbox."""


def parse_mailbox(text: str) -> tuple[str, str, str, tuple[Note, ...]]:
    """Local part (unquoted), domain, canonical address, and what was wrong.

    A missing domain is a note but for ``postmaster`` (RFC 5321 section 4.5.1). Raises
    BadMailboxError where a part is over 1024 octets or there is no local part at all.
    """
    raw_local, domain, has_at = _split(text)
    local, notes = _local_part(raw_local, text)
    if not raw_local:
        raise BadMailboxError("no local part")
    notes.extend(_domain_notes(domain, text, has_at=has_at, local=local))
    notes.extend(_length_notes(local, domain))
    address = _canonical(raw_local, local) + (f"@{domain}" if has_at else "")
    return local, domain, address, tuple(notes)


def _split(text: str) -> tuple[str, str, bool]:
    """At the ``@`` behind a quoted local part, else at the last one."""
    if text[:1] == '"':
        end = _end_of_quotes(text)
        if end is not None and text[end : end + 1] in {"", "@"}:
            return text[:end], text[end + 1 :], text[end : end + 1] == "@"
    local, at, domain = text.rpartition("@")
    return (local, domain, True) if at else (text, "", False)


def _end_of_quotes(text: str) -> int | None:
    index = 1
    while index < len(text):
        if text[index] == "\\":
            index += 1
        elif text[index] == '"':
            return index + 1
        index += 1
    return None


def _local_part(raw: str, whole: str) -> tuple[str, list[Note]]:
    if len(raw) >= 2 and raw[0] == '"' and _end_of_quotes(raw) == len(raw):
        return re.sub(r"\\(.)", r"\1", raw[1:-1], flags=re.DOTALL), []
    reason = _dot_atom_fault(raw)
    return raw, [Note("F-ADDR-SYNTAX", (whole, reason))] if reason else []


def _dot_atom_fault(local: str) -> str:
    """Why this is no Dot-string, or nothing."""
    if local.startswith(".") or local.endswith(".") or ".." in local:
        return "a dot at an end, or two dots, in the local part"
    if not all(_ATOM.fullmatch(atom) for atom in local.split(".")):
        return "the local part has characters that need quotes"
    return ""


def _canonical(raw: str, local: str) -> str:
    """As ``quote_local``; but stray dots came without quotes, and stay so."""
    if raw == local and not any(char in _NEEDS_QUOTES for char in local):
        return local
    return quote_local(local)


def quote_local(local: str) -> str:
    """A local part in canonical form: quoted only where it must be (RFC 5321 section 4.1.2)."""
    if not _dot_atom_fault(local):
        return local
    escaped = local.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _domain_notes(domain: str, whole: str, *, has_at: bool, local: str) -> list[Note]:
    if not has_at:
        return [] if local.lower() == "postmaster" else [Note("F-ADDR-NODOMAIN")]
    if domain.startswith("["):
        return [] if valid_literal(domain) else [Note("F-ADDR-LITERAL")]
    if _DOTTED_QUAD.fullmatch(domain):
        return [Note("F-ADDR-LITERAL")]
    reason = domain_fault(domain)
    return [Note("F-ADDR-SYNTAX", (whole, reason))] if reason else []


def domain_fault(domain: str) -> str:
    """Why this is no Domain (RFC 5321 section 4.1.2), or nothing."""
    if not domain:
        return "the domain is empty"
    labels = domain.split(".")
    if not all(labels):
        return "the domain has an empty label"
    if not all(_LABEL.fullmatch(label) for label in labels):
        return "a domain label has a character or hyphen that is not allowed there"
    return ""


def valid_literal(text: str) -> bool:
    """Whether this is an address literal (RFC 5321 section 4.1.3), brackets included."""
    if not (text.startswith("[") and text.endswith("]")):
        return False
    inside = text[1:-1]
    try:
        if inside[:5].lower() == "ipv6:":
            IPv6Address(inside[5:])
            return "%" not in inside
        if ":" not in inside:
            IPv4Address(inside)
            return True
    except AddressValueError:
        return False
    return bool(_GENERAL_LITERAL.fullmatch(inside)) and not _is_ipv6(inside)


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return True


def _length_notes(local: str, domain: str) -> list[Note]:
    notes = []
    for what, text, limit in (
        ("Local part", local, LOCAL_LIMIT),
        ("Domain", domain, DOMAIN_LIMIT),
    ):
        octets = len(text.encode("utf-8", "surrogateescape"))
        if octets > HARD_LIMIT:
            raise BadMailboxError(f"{what} is {octets} octets, limit {HARD_LIMIT}")
        if octets > limit:
            notes.append(Note("F-ADDR-LEN", (what, octets, limit)))
    return notes
