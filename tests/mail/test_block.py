"""Where a header block ends, whatever its line ends and its mistakes."""

import pytest

from mailtrap.mail.block import after_mbox_line, read_block

Fields = list[tuple[bytes, bytes]]


def read(raw: bytes, keep: int = 2000) -> tuple[Fields, bytes, tuple[str, ...]]:
    block = read_block(raw, 0, len(raw), keep)
    return [(f[1], f[2].rstrip(b"\r")) for f in block.fields], raw[block.body :], block.problems


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n", b"\r\r\n"])
def test_any_line_end_ends_a_line(line_end: bytes) -> None:
    raw = line_end.join([b"A: b", b"C : d", b" e", b"", b"body", b""])
    fields, body, problems = read(raw)
    assert fields == [(b"A", b" b"), (b"C", b" d" + line_end + b" e")]
    assert body == b"body" + line_end
    assert problems == ()


@pytest.mark.parametrize(
    ("raw", "fields", "body", "problem"),
    [
        (b"", [], b"", None),
        (b"\r\nbody", [], b"body", None),
        (b"A: b", [(b"A", b" b")], b"", None),
        (b"A: b\r\n", [(b"A", b" b")], b"", None),
        (b"A: b\r\n\r\n", [(b"A", b" b")], b"", None),
        (b"A:\n\n", [(b"A", b"")], b"", None),
        (b"Hello\nworld: x\n\ny", [], b"Hello\nworld: x\n\ny", "without an empty line"),
        (b"http://x.org\n", [], b"http://x.org\n", "without an empty line"),
        (b"A: b\nbody here\nmore", [(b"A", b" b")], b"body here\nmore", "without an empty line"),
        (b"A: b\nstray\nC: d\n\nx", [(b"A", b" b"), (b"C", b" d")], b"x", "no field"),
        (b"A: b\n \nC: d\n\nx", [(b"A", b" b\n "), (b"C", b" d")], b"x", None),
        (b"A: b\n\x00\x01\n\nx", [(b"A", b" b")], b"\x00\x01\n\nx", "without an empty line"),
        (b"A: \x00\xff\n\nx", [(b"A", b" \x00\xff")], b"x", None),
        (b"A b: c\n\nx", [], b"A b: c\n\nx", "without an empty line"),
    ],
)
def test_a_block_is_read(raw: bytes, fields: Fields, body: bytes, problem: str | None) -> None:
    found, rest, problems = read(raw)
    assert (found, rest) == (fields, body)
    assert (problem or "") in " ".join(problems)
    assert bool(problem) == bool(problems)


def test_fields_beyond_the_bound_are_passed_over() -> None:
    fields, body, problems = read(b"A: b\n" * 10 + b"\nbody", keep=3)
    assert len(fields) == 3
    assert body == b"body"
    assert problems == ("more than 3 header fields: the others are not shown",)


def test_stray_lines_are_bounded() -> None:
    fields, body, _ = read(b"A: b\nstray\n" * 200)
    assert len(fields) == 101
    assert body.count(b"stray") == 100


def test_a_range_bounds_the_block() -> None:
    block = read_block(b"xxA: bcd\n\n", 2, 6)
    assert [f[2] for f in block.fields] == [b" b"]
    assert block.body == 6


@pytest.mark.parametrize(
    ("raw", "offset"),
    [(b"From a@b Tue\r\nA: b", 14), (b">From a\nA: b", 8), (b"From: a", 0), (b"", 0)],
)
def test_a_line_of_an_mbox_is_stepped_over(raw: bytes, offset: int) -> None:
    assert after_mbox_line(raw) == offset
