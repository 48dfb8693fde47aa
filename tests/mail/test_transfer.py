"""Transfer encodings: whole, broken, and measured without decoding."""

import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.mail import transfer

ENCODINGS = sorted(transfer.KNOWN)


@pytest.mark.parametrize(
    ("encoding", "encoded", "decoded"),
    [
        ("7bit", b"as it is\r\n", b"as it is\r\n"),
        ("8bit", b"\xff", b"\xff"),
        ("binary", b"\x00\n", b"\x00\n"),
        ("x-made-up", b"QUJD", b"QUJD"),
        ("base64", b"QUJD\r\nREVG\r\n", b"ABCDEF"),
        ("base64", b"QQ==", b"A"),
        ("base64", b"QUI=", b"AB"),
        ("base64", b"QUI", b"AB"),
        ("base64", b"QQ", b"A"),
        ("base64", b"QUJDR", b"ABC"),
        ("base64", b"Q*U-J\x00D", b"ABC"),
        ("base64", b"QUI=REU=", b"ABDE"),
        ("base64", b"====", b""),
        ("base64", b"", b""),
        ("quoted-printable", b"a=3Db=E4=e4\r\n", b"a=b\xe4\xe4\r\n"),
        ("quoted-printable", b"soft=\r\nbreak=\nend=\r\r\n.", b"softbreakend."),
        ("quoted-printable", b"trail \t \r\nx =20\r\nlast  ", b"trail\r\nx  \r\nlast"),
        ("quoted-printable", b"soft= \t\r\nbreak", b"softbreak"),
        ("quoted-printable", b"100=% =G1", b"100=% =G1"),
        ("quoted-printable", b"under_score", b"under_score"),
        ("x-uuencode", b"begin 644 a.txt\r\n#86)C\r\n`\r\nend\r\n", b"abc"),
        ("uuencode", b"text\nbegin 644 a\n#86)C\n \nend\nmore", b"abc"),
        ("x-uuencode", b"begin 644 a\n#86)C!!!extra\nend", b"abc"),
        ("x-uuencode", b"begin 644 a\n#86)C\n\xff\xff\n\n", b"abc"),
        ("x-uuencode", b"no begin here", b""),
    ],
)
def test_it_decodes_what_can_be_read(encoding: str, encoded: bytes, decoded: bytes) -> None:
    assert transfer.decode(encoded, encoding) == decoded


def test_it_decodes_a_range_of_the_raw() -> None:
    assert transfer.decode(b"xxQUJDxx", "base64", 2, 6) == b"ABC"


@pytest.mark.parametrize(
    ("encoding", "encoded", "problem"),
    [
        ("base64", b"QUJD\r\n", None),
        ("base64", b"QQ==\r\n", None),
        ("base64", b"QU!D", "outside its alphabet"),
        ("base64", b"QUJDR", "ends inside a group"),
        ("base64", b"QQ==QQ==", "goes on after its padding"),
        ("quoted-printable", b"=E4= \r\n=", None),
        ("quoted-printable", b"50=% off", "with = before something else"),
        ("x-uuencode", b"begin 644 a\n#86)C\nend", None),
        ("x-uuencode", b"nothing", "nothing uuencoded"),
        ("7bit", b"=", None),
    ],
)
def test_what_is_broken_is_told(encoding: str, encoded: bytes, problem: str | None) -> None:
    _, told = transfer.measure(encoded, encoding, 0, len(encoded))
    assert told is None if problem is None else problem in (told or "")


@given(st.binary(), st.sampled_from(ENCODINGS), st.integers(0, 20), st.integers(0, 20))
def test_any_octets_measure_as_long_as_they_decode(
    raw: bytes, encoding: str, skip: int, drop: int
) -> None:
    begin = min(skip, len(raw))
    end = max(begin, len(raw) - drop)
    size, _ = transfer.measure(raw, encoding, begin, end)
    assert size == len(transfer.decode(raw, encoding, begin, end))


@given(st.text(alphabet="QUJD=\r\n *", max_size=80))
def test_broken_base64_measures_as_long_as_it_decodes(text: str) -> None:
    raw = text.encode()
    assert transfer.measure(raw, "base64", 0, len(raw))[0] == len(transfer.decode(raw, "base64"))


@given(st.binary(max_size=300))
def test_what_python_encodes_comes_back(octets: bytes) -> None:
    assert transfer.decode(base64.encodebytes(octets), "base64") == octets
    encoded = quopri.encodestring(octets, quotetabs=True)
    assert transfer.decode(encoded, "quoted-printable") == octets


def test_base64_longer_than_a_chunk_comes_back() -> None:
    octets = bytes(range(256)) * 5000
    raw = base64.encodebytes(octets)
    assert transfer.decode(raw, "base64") == octets
    assert transfer.measure(raw, "base64", 0, len(raw)) == (len(octets), None)


def test_quoted_printable_longer_than_a_chunk_comes_back() -> None:
    raw = b"=C3=A4 soft =\r\nline\r\n" * 60_000
    assert transfer.decode(raw, "quoted-printable") == b"\xc3\xa4 soft line\r\n" * 60_000


def test_padding_without_end_is_cut_off() -> None:
    raw = b"QQ=" * 5000
    assert transfer.decode(raw, "base64") == b"A" * 1000
    assert transfer.measure(raw, "base64", 0, len(raw))[0] == 1000
