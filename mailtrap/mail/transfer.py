"""Content-Transfer-Encodings (RFC 2045 section 6): decoding, and the decoded size without it."""

import re
from binascii import Error, a2b_base64, a2b_qp, a2b_uu
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Final

IDENTITY: Final = frozenset({"7bit", "8bit", "binary"})
UUENCODE: Final = frozenset({"x-uuencode", "uuencode", "x-uue", "uue"})
KNOWN: Final = IDENTITY | UUENCODE | {"base64", "quoted-printable"}

_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_ALPHABET: Final = bytes(set(range(256)) - set(_ALPHABET))
_EXPECTED: Final = _ALPHABET + b"=\r\n\t "
_REMAINDER: Final = (0, 0, 1, 2)
_CHUNK: Final = 1 << 20
_MAX_RUNS: Final = 1000
_MAX_UU_LINES: Final = 1_000_000

_TRAILING: Final = re.compile(rb"(?<![ \t])[ \t]++(?=\r*+(?:\n|\Z))")
_NOT_QUOTED: Final = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*+\r*+(?:\n|\Z))")


def decode(raw: bytes, encoding: str, begin: int = 0, end: int | None = None) -> bytes:
    """The decoded octets of ``raw[begin:end]``; of broken input, what can be read. Never raises.

    ``encoding`` is in lower case; one that is not known leaves the octets as they are.
    """
    end = len(raw) if end is None else end
    if encoding == "base64":
        return b"".join(_base64(raw, begin, end))
    if encoding == "quoted-printable":
        return b"".join(_quoted_printable(raw, begin, end))
    if encoding in UUENCODE:
        return b"".join(_uuencoded(raw[begin:end]))
    return raw[begin:end]


def measure(raw: bytes, encoding: str, begin: int, end: int) -> tuple[int, str | None]:
    """The length of ``decode(…)`` in octets, and in words what is broken; memory stays small."""
    if encoding == "base64":
        return _measure_base64(raw, begin, end)
    if encoding == "quoted-printable":
        size = sum(len(piece) for piece in _quoted_printable(raw, begin, end))
        broken = _NOT_QUOTED.search(raw, begin, end) is not None
        return size, "quoted-printable with = before something else" if broken else None
    if encoding in UUENCODE:
        size = len(decode(raw, encoding, begin, end))
        return size, None if size or begin == end else "nothing uuencoded here"
    return end - begin, None


def _runs(raw: bytes, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between padding: some mailers join several encoded pieces."""
    for _ in range(_MAX_RUNS):
        stop = raw.find(b"=", begin, end)
        yield begin, end if stop < 0 else stop
        if stop < 0:
            return
        begin = stop + 1


def _digits(raw: bytes, begin: int, end: int) -> Iterator[bytes]:
    for at in range(begin, end, _CHUNK):
        yield raw[at : min(at + _CHUNK, end)].translate(None, _NOT_ALPHABET)


def _base64(raw: bytes, begin: int, end: int) -> Iterator[bytes]:
    for first, last in _runs(raw, begin, end):
        rest = b""
        for more in _digits(raw, first, last):
            digits = rest + more
            whole = len(digits) & ~3
            yield a2b_base64(digits[:whole])
            rest = digits[whole:]
        if len(rest) > 1:
            yield a2b_base64(rest + b"=="[len(rest) - 2 :])


def _measure_base64(raw: bytes, begin: int, end: int) -> tuple[int, str | None]:
    counts = [sum(map(len, _digits(raw, *run))) for run in _runs(raw, begin, end)]
    size = sum(count // 4 * 3 + _REMAINDER[count % 4] for count in counts)
    if any(
        raw[at : min(at + _CHUNK, end)].translate(None, _EXPECTED)
        for at in range(begin, end, _CHUNK)
    ):
        return size, "base64 with characters outside its alphabet"
    if any(count % 4 == 1 for count in counts):
        return size, "base64 that ends inside a group"
    if any(counts[1:]):
        return size, "base64 that goes on after its padding"
    return size, None


def _quoted_printable(raw: bytes, begin: int, end: int) -> Iterator[bytes]:
    while begin < end:
        stop = raw.find(b"\n", min(begin + _CHUNK, end), end) + 1 or end
        # White space at the end of a line was added on the way (RFC 2045 section 6.7, rule 3).
        yield a2b_qp(_TRAILING.sub(b"", raw[begin:stop]))
        begin = stop


def _uuencoded(octets: bytes) -> Iterator[bytes]:
    lines = islice(BytesIO(octets), _MAX_UU_LINES)
    if not any(line.startswith(b"begin ") for line in lines):
        return
    for line in lines:
        if line.rstrip() == b"end":
            return
        yield _uu_line(line)


def _uu_line(line: bytes) -> bytes:
    """One line; some encoders write more characters than its length says."""
    if not line.strip():
        return b""
    wanted = ((line[0] - 32 & 63) * 4 + 5) // 3
    for candidate in (line, line[:wanted]):
        try:
            return a2b_uu(candidate)
        except Error:
            continue
    return b""
