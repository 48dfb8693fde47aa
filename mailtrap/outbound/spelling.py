"""Text of strangers made fit for a header field or a status field: one line, bounded, encoded."""

import re
from email.header import Header
from typing import Final

ADDRESS_LIMIT: Final = 800
"""Octets of one address that are shown; a line may have 998 (RFC 5322 section 2.1.1)."""

LINE_LIMIT: Final = 700
SUBJECT_LIMIT: Final = 500

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_TO_ENCODE: Final = re.compile(r"[^\x21-\x2a\x2c-\x3c\x3e-\x5b\x5d-\x7e]")
_SUBJECT_ENCODE: Final = 76


def address(text: str, *, utf8: bool = False) -> str:
    r"""An address on one line: as it is, or (not ``utf8``, and not ASCII) as utf-8-addr-xtext.

    That writes U+4F60 as ``\x{4F60}`` (RFC 6533 section 3). One that is too long is cut.
    """
    shown = _harmless(text)
    if not utf8 and not shown.isascii():
        shown = _TO_ENCODE.sub(lambda found: f"\\x{{{ord(found[0]):X}}}", shown)
    return _cut(shown, ADDRESS_LIMIT)


def line(text: str, *, utf8: bool = False) -> str:
    """Words on one line; what is not ASCII becomes ``?`` unless ``utf8``."""
    shown = _harmless(text)
    return _cut(shown if utf8 else shown.encode("ascii", "replace").decode("ascii"), LINE_LIMIT)


def subject(text: str) -> str:
    """The value of a Subject field: folded, and in encoded words (RFC 2047) where it must be."""
    shown = " ".join(_harmless(text)[:SUBJECT_LIMIT].split())
    charset = "us-ascii" if shown.isascii() else "utf-8"
    header = Header(shown, charset, maxlinelen=_SUBJECT_ENCODE, header_name="Subject")
    return header.encode(linesep="\r\n")


def unsafe(text: str) -> bool:
    """Whether it has control characters: in a command they would end the line."""
    return _CONTROL.search(text) is not None


def _harmless(text: str) -> str:
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("?", text))


def _cut(text: str, limit: int) -> str:
    octets = text.encode()
    if len(octets) <= limit:
        return text
    return octets[:limit].decode("utf-8", "ignore") + "..."
