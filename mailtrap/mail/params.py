"""Values with parameters (RFC 2045 section 5.1, RFC 2183), in all their spellings (RFC 2231)."""

import re
from typing import Final
from urllib.parse import unquote_to_bytes

from mailtrap.mail import charsets
from mailtrap.mail.words import decode_words, unfold

_PARAM: Final = re.compile(
    r';?\s*+([^\s=;"]++)\s*+=\s*+(?:"((?:[^"\\]|\\.)*+)"?|([^;]*+))|[^;]*+;?'
)
_SECTION: Final = re.compile(r"([^*]+)(?:\*(\d{1,4}))?(\*)?", re.ASCII)
_ESCAPED: Final = re.compile(r'\\(["\\])')
_COMMENT: Final = re.compile(r"\s\([^()]*\)\s*\Z")
_RESTRICTED: Final = r"[!#$%&'*+.^_`|~\w-]{1,127}"
_MEDIA_TYPE: Final = re.compile(rf"{_RESTRICTED}/{_RESTRICTED}", re.ASCII)
_FILE: Final = frozenset({"name", "filename"})


def media_type(value: bytes | str) -> tuple[str, dict[str, str]]:
    """``type/subtype`` in lower case and the parameters by lower-case name. Never raises.

    What is no media type counts as ``text/plain`` (RFC 2045 section 5.2).
    """
    head, params = parameters(value)
    first, _, forgotten = head.partition(" ")
    if not is_media_type(first):
        return "text/plain", params
    if forgotten:  # text/html charset=utf-8: a semicolon is missing
        params = parameters(f";{unfold(value)[len(first) :]}")[1]
    return first, params


def is_media_type(head: str) -> bool:
    """Whether it has the shape of ``type/subtype`` (RFC 6838 section 4.2: 127 octets each)."""
    return _MEDIA_TYPE.fullmatch(head) is not None


def parameters(value: bytes | str) -> tuple[str, dict[str, str]]:
    """What stands before the first ``;``, in lower case, and the parameters, decoded.

    Read are continuations, charsets and languages of RFC 2231, and what is sent against the rules:
    encoded words in quotes, raw octets above 127, values with blanks and no quotes. The form of
    RFC 2231 wins over a plain one of the same name; of two equal ones the first.
    """
    head, _, rest = unfold(value).partition(";")
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    plain: dict[str, str] = {}
    for match in _PARAM.finditer(rest):
        if match[1] is None:
            continue
        name, number, extended = _section(match[1].lower())
        text = _value(match, name)
        if number is None and not extended:
            plain.setdefault(name, _plain(text, name))
        else:
            sections.setdefault(name, {}).setdefault(number or 0, (text, extended))
    joined = {name: _joined(parts) for name, parts in sections.items()}
    return _COMMENT.sub("", head).strip().lower(), plain | joined


def _section(written: str) -> tuple[str, int | None, bool]:
    """``title*1*`` is section 1 of title, percent-encoded."""
    match = _SECTION.fullmatch(written)
    if match is None:
        return written, None, False
    return match[1], None if match[2] is None else int(match[2]), match[3] is not None


def _value(match: re.Match[str], name: str) -> str:
    if match[2] is not None:
        # Only these two: filename="C:\temp\a.txt" is sent with single backslashes.
        return _ESCAPED.sub(r"\1", match[2])
    text = match[3].strip()
    return text if name in _FILE else _COMMENT.sub("", text).strip()


def _plain(text: str, name: str) -> str:
    return text if name == "boundary" else decode_words(text)


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    """Sections in the order of their numbers; decoded together, for a character may span two."""
    charset: str | None = None
    octets = b""
    pieces = []
    for index, number in enumerate(sorted(parts)):
        text, extended = parts[number]
        if index == 0 and extended and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        encoded = text.encode("utf-8", "replace")
        pieces.append(unquote_to_bytes(encoded) if extended else encoded)
    octets = b"".join(pieces)
    return charsets.decode(octets, charset)[0] if charset else charsets.guess(octets)[0]
