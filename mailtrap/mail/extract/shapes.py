"""What has the form of a code: digits, digits in groups or boxes, letters with digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Shape: TypeAlias = Literal["digits", "mixed", "spaced", "letters"]

MAX_CANDIDATES: Final = 200
"""That many are looked at in one text."""

_POSSIBLE: Final = re.compile(r"\d|[A-Z]{3}")
"""What every form has in it; most texts have neither."""

_ROUGH: Final = bytes(
    ord("0") if 0x30 <= at <= 0x39 else ord("A") if 0x41 <= at <= 0x5A else ord("-")
    for at in range(256)
)
"""Digits as 0, capitals as A: a KB takes 2 µs to be looked at so, 27 by _POSSIBLE, 90 by _FIND."""

_FIND: Final = re.compile(
    r"""(?<![A-Za-z0-9])(?=[A-Z\d]|[a-z][A-Za-z-]{0,10}\d)(?:
          (?P<boxes>[0-9A-Z](?:[ \t\n|·-]{1,3}[0-9A-Z]){3,9})
        | (?P<grouped>\d{2,5}(?:[ -]\d{2,5}){1,5})
        | (?P<digits>\d{4,10})
        | (?P<spaced>(?=[A-Z]{0,3}\d)[A-Z\d]{2,4}(?:[ ](?=[A-Z]{0,3}\d)[A-Z\d]{2,4}){1,3})
        | (?P<mixed>(?=[A-Za-z-]{0,11}\d)
            (?:[A-Za-z]{1,3}-)?
            [A-Za-z\d]{2,12}(?:-[A-Za-z\d]{1,12}){0,4})
        | (?P<letters>[A-Z]{3,5}(?:-[A-Z]{3,5}){1,2}|[A-Z]{6,8})
        )(?![A-Za-z0-9])""",
    re.VERBOSE,
)
_ADDRESS: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}+://|www\.)[^\s<>\"]++|[^\s@<>]{1,64}+@[^\s@<>]++", re.IGNORECASE
)
_MARKS: Final = (("://", 21), ("www.", 0), ("@", 64))
"""What an address has in it, and how many characters of it may stand before that at most."""

_HOLE: Final = "\ufffc"
_GAPS: Final = re.compile(r"[ \t\n|·-]+")
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_OTHER_IDS: Final = re.compile(
    r"""(?:ORD|ORDER|INV|PO|RMA|SKU|REF|TKT|CASE|CVE|RFC|ISO|IMG|DSC|UTF|SHA|DIN)-?\d+(?:-\d+)*
      | [xX]{3,}-?\d+
      | \d+[xX]\d+
      | \d{1,4}(?:st|nd|rd|th|px|pt|ms|kb|mb|gb|tb|am|pm|h|min|km|kg|cm|mm|kwh|mah)
      | \d{1,4}(?:KB|MB|GB|TB|AM|PM)
      | [A-Z]?[a-z]{3,}\d{1,4}
      | (?:\d{1,2}-?)?[A-Za-z]{3,9}-?(?:19|20)\d\d
      | \d{4}-\d\d-\d\dT\d\d
    """,
    re.VERBOSE,
)
"""Ids that say what they are, masked numbers, sizes, times, words with a number, months."""

_POSTAL: Final = re.compile(
    r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]\d[A-Z] \d[A-Z]\d|\d{4} [A-Z]{2}|[A-Z]\d\d [A-Z\d]{4}"
)
_VOWELS: Final = frozenset("AEIOUY")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in a text that has the form of a code, and what one would type.

    It is ``boxed`` where each character stands by itself.
    """

    start: int
    end: int
    value: str
    shape: Shape
    boxed: bool = False


def without_addresses(text: str) -> str:
    """The text, of the same length, with nothing legible where URLs and mail addresses stand."""
    if "@" not in text and "://" not in text and "www." not in text:
        return text
    low = text.lower()
    if len(low) != len(text):  # some letter has no small one of its size
        return _ADDRESS.sub(lambda match: _HOLE * len(match[0]), text)
    pieces: list[str] = []
    at = 0
    while (match := _next_address(text, low, at)) is not None:
        pieces += (text[at : match.start()], _HOLE * len(match[0]))
        at = match.end()
    return "".join((*pieces, text[at:]))


def _next_address(text: str, low: str, at: int) -> re.Match[str] | None:
    """The next one, looked for only from where one can begin: the expression takes 60 µs a KB."""
    places = [(low.find(mark, at), before) for mark, before in _MARKS]
    begins = [max(at, place - before) for place, before in places if place >= 0]
    return _ADDRESS.search(text, min(begins)) if begins else None


def may_have_some(text: str) -> bool:
    """Whether it is worth the time to look for candidates."""
    plain = text.replace(_HOLE, "-")
    if not plain.isascii():
        return _POSSIBLE.search(plain) is not None
    rough = plain.encode().translate(_ROUGH)
    return b"0" in rough or b"AAA" in rough


def candidates(text: str) -> Iterator[Candidate]:
    """What has the form of a code, in order."""
    count = 0
    for match in _FIND.finditer(text):
        found = _FORMS[match.lastgroup or "digits"](match)
        for value, shape in found:
            count += 1
            boxed = match.lastgroup == "boxes"
            yield Candidate(match.start(), match.end(), value, shape, boxed)
        if count >= MAX_CANDIDATES:
            return


def _boxes(match: re.Match[str]) -> list[tuple[str, Shape]]:
    value = _GAPS.sub("", match[0])
    if value.isdigit():
        return [(value, "digits")]
    return [(value, "mixed")] if sum(map(str.isdigit, value)) >= 2 else []


def _grouped(match: re.Match[str]) -> list[tuple[str, Shape]]:
    """Groups of equal size are one code; others are dates, telephones, cards."""
    groups = re.split("[ -]", match[0])
    value = "".join(groups)
    equal = len({len(group) for group in groups}) == 1
    enough = 6 <= len(value) <= 10 or (len(value) == 4 and "-" in match[0])
    return [(value, "digits")] if equal and enough and len(groups) <= 4 else []


def _digits(match: re.Match[str]) -> list[tuple[str, Shape]]:
    return [(match[0], "digits")]


def _mixed(match: re.Match[str]) -> list[tuple[str, Shape]]:
    value = match[0]
    plain = value.replace("-", "")
    if not 5 <= len(plain) <= 24 or _UUID.fullmatch(value) or _OTHER_IDS.fullmatch(value):
        return []
    if plain.isdigit() or sum(map(str.isdigit, plain)) == 0:
        return []
    return [(value, "mixed")]


def _letters(match: re.Match[str]) -> list[tuple[str, Shape]]:
    """Capitals that are no word: hardly a vowel among them."""
    plain = match[0].replace("-", "")
    vowels = sum(char in _VOWELS for char in plain)
    return [(match[0], "letters")] if 4 * vowels <= len(plain) else []


def _spaced(match: re.Match[str]) -> list[tuple[str, Shape]]:
    """Groups of letters and digits that are no postal code."""
    value = match[0].replace(" ", "")
    equal = len({len(group) for group in match[0].split(" ")}) == 1
    mixed = equal and not value.isdigit() and 6 <= len(value) <= 12
    return [(value, "spaced")] if mixed and not _POSTAL.fullmatch(match[0]) else []


_FORMS: Final = {
    "spaced": _spaced,
    "boxes": _boxes,
    "grouped": _grouped,
    "digits": _digits,
    "mixed": _mixed,
    "letters": _letters,
}
