"""Values of status fields, made of an envelope (RFC 3461 section 6.3, RFC 3464, RFC 6533)."""

import re
from typing import Final

from mailtrap.outbound import spelling
from mailtrap.outbound.mime import Field
from mailtrap.smtp.envelope import Envelope, Recipient
from mailtrap.smtp.reply import Reply

DOMAIN_LIMIT: Final = 255
"""Octets of a domain (RFC 5321 section 4.5.3.1.2). Encoding a longer one would take long."""

_ATOM: Final = re.compile(r"[A-Za-z0-9-]{1,64}", re.ASCII)
_ENVELOPE_ID: Final = re.compile(r"[ -~]{1,100}", re.ASCII)
_STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}", re.ASCII)
_HOST: Final = re.compile(r"[A-Za-z0-9.\[\]:_-]{1,255}", re.ASCII)


def envelope_id(envelope: Envelope) -> list[Field]:
    """Original-Envelope-Id of ENVID, decoded; none where it was not given or is not printable."""
    given = envelope.params.get("ENVID")
    if not given or not _ENVELOPE_ID.fullmatch(given):
        return []
    return [("Original-Envelope-Id", given)]


def original_recipient(recipient: Recipient, *, utf8: bool) -> list[Field]:
    """Original-Recipient of ORCPT; none where it was not given or has no type."""
    kind, semicolon, text = (recipient.params.get("ORCPT") or "").partition(";")
    if not semicolon or not text or not _ATOM.fullmatch(kind):
        return []
    return [("Original-Recipient", f"{kind}; {spelling.address(text, utf8=utf8)}")]


def final_recipient(recipient: Recipient, *, utf8: bool) -> str:
    """The address with its type: ``utf-8`` where it is not ASCII (RFC 6533 section 3)."""
    address = recipient.path.address
    kind = "rfc822" if address.isascii() else "utf-8"
    return f"{kind}; {spelling.address(address, utf8=utf8)}"


def remote_mta(recipient: Recipient) -> list[Field]:
    """The server that would have said it: that of the recipient's domain, as A-labels."""
    if len(recipient.path.domain) > DOMAIN_LIMIT:
        return []
    try:
        host = recipient.path.domain.encode("idna").decode("ascii")
    except UnicodeError:
        return []
    return [("Remote-MTA", f"dns; {host}")] if _HOST.fullmatch(host) else []


def status_code(reply: Reply) -> str:
    """The enhanced code of a reply, or the one without detail that its class has (RFC 3463)."""
    return reply.status if _STATUS.fullmatch(reply.status) else f"{reply.code // 100}.0.0"
