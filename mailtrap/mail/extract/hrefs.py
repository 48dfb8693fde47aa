"""One address: cleaned as browsers do, resolved, its kind and its parameters."""

import re
from typing import Final
from urllib.parse import parse_qsl, urljoin, urlsplit

from mailtrap.mail.extract.records import LinkKind

MAX_LENGTH: Final = 16 * 1024
MAX_FIELDS: Final = 200
"""Parameters of one address that are read."""

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]{0,40}):", re.IGNORECASE)
_BREAKS: Final = re.compile(r"[\t\n\r]+")
_NEVER: Final = frozenset({"javascript", "vbscript", "data", "cid", "mid", "about", "blob", "file"})
_NO_PAGE: Final = frozenset({"mailto", "tel", "sms", "callto", "geo", "xmpp", "sip", "webcal"})


def cleaned(href: str, base: str = "") -> str | None:
    """The address to follow; None where there is none, or one that a mail never opens.

    Line ends within and spaces around it are dropped. With a base (RFC 3986 section 5) it is
    resolved; ``//host`` is taken for https.
    """
    address = _BREAKS.sub("", href).strip()
    if not address or address.startswith("#") or len(address) > MAX_LENGTH:
        return None
    if base and not _SCHEME.match(address):
        address = _resolved(address, base)
    if address.startswith("//"):
        address = f"https:{address}"
    scheme = _SCHEME.match(address)
    return None if scheme is not None and scheme[1].lower() in _NEVER else address


def kind(address: str) -> LinkKind:
    """``link`` where a reader of mail comes somewhere by it, else ``other``."""
    scheme = _SCHEME.match(address)
    return "other" if scheme is None or scheme[1].lower() in _NO_PAGE else "link"


def query(address: str) -> tuple[tuple[str, str], ...]:
    """The parameters in order, percent-decoded; then those behind the ``#…?`` of an application."""
    try:
        parts = urlsplit(address)
        inner = parts.fragment.partition("?")[2]
        return tuple(
            pair
            for text in (parts.query, inner)
            if text
            for pair in parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS)
        )
    except ValueError:  # brackets that are no IPv6 address, or too many parameters
        return ()


def _resolved(address: str, base: str) -> str:
    try:
        return urljoin(base.strip(), address)
    except ValueError:
        return address
