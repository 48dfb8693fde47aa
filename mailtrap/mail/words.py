"""Text of header values: folding, raw octets above 127, encoded words (RFC 2047)."""

import re
from binascii import a2b_qp
from typing import Final

from mailtrap.mail import charsets, transfer

_FOLD: Final = re.compile(r"(?:\r\r\n|\r\n|\n)(?=[ \t])")
_LINE_END: Final = re.compile(r"(?:\r\r\n|\r\n|\n)")
_WORD: Final = re.compile(
    r"""=\?([\w.:+-]{1,64})(?:\*[^?\s]{0,64})?\?([bBqQ])\?    # charset, language, encoding
        (?:((?:[^?=]++|=(?!\?[^=])|\?(?!=))*+)\?=             # text, never past the next word
          |([^?\s]*+)(?:\?(?=\s|\Z))?)                        # a word that was cut off
    """,
    re.VERBOSE | re.ASCII,
)


def to_text(value: bytes | str) -> str:
    """Octets of a header as text: UTF-8 (RFC 6532), else what old mailers send, windows-1252."""
    if isinstance(value, str):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return charsets.guess(value)[0]


def unfold(value: bytes | str) -> str:
    """The value on one line (RFC 5322 section 2.2.3), without white space around it."""
    text = to_text(value)
    if "\n" in text:
        text = _LINE_END.sub(" ", _FOLD.sub("", text.strip()))
    return text.strip()


def decode_words(value: bytes | str) -> str:
    """The value unfolded, its encoded words decoded; never raises.

    A character that was split between two adjacent words is put together again. What is no
    encoded word stays as it is.
    """
    return expand_words(unfold(value))


def expand_words(text: str) -> str:
    """``text`` with its encoded words decoded and nothing else changed."""
    if "=?" not in text:
        return text
    out: list[str] = []
    octets, charset, at = bytearray(), "", 0
    for word in _WORD.finditer(text):
        between = text[at : word.start()]
        apart = bool(between.strip()) or not charset
        if apart or word[1].lower() != charset:
            out += (_decoded(octets, charset), between if apart else "")
            octets, charset = bytearray(), word[1].lower()
        octets += _octets(word)
        at = word.end()
    out += (_decoded(octets, charset), text[at:])
    return "".join(out)


def _octets(word: re.Match[str]) -> bytes:
    encoded = (word[3] if word[3] is not None else word[4]).encode("utf-8", "replace")
    if word[2] in "bB":
        return transfer.decode(encoded, "base64")
    return a2b_qp(encoded, header=True)


def _decoded(octets: bytearray, charset: str) -> str:
    return charsets.decode(bytes(octets), charset)[0] if octets else ""
