"""The date-time of RFC 5322 section 3.3, with its obsolete forms and those that are just seen."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from mailtrap.mail.words import unfold

_MAX_LENGTH: Final = 200
_COMMENT: Final = re.compile(r"\([^()]*\)")
_TIME: Final = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{1,2})(?:[:.](?P<second>\d{1,2}))?(?:[.,]\d+)?"
_FORMS: Final = (
    re.compile(
        r"(?:[A-Za-z]{2,9}\.?,?\s*)?(?P<day>\d{1,2})[\s-]+(?P<month>[A-Za-z]{3})[A-Za-z]*\.?"
        r"[\s,-]+(?P<year>\d{2,4})[\s,]+" + _TIME + r"\s*(?P<zone>.*)",
        re.ASCII,
    ),
    re.compile(  # asctime: Tue Nov 24 05:54:00 2026
        r"(?:[A-Za-z]{3},?\s+)?(?P<month>[A-Za-z]{3})[A-Za-z]*\s+(?P<day>\d{1,2}),?\s+"
        + _TIME
        + r"\s+(?P<zone>[A-Za-z]*)\s*(?P<year>\d{4})",
        re.ASCII,
    ),
)
_PIECES: Final = ("month", "day", "year", "hour", "minute", "second", "zone")
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_OFFSET: Final = re.compile(r"[A-Za-z]*\s*([+-])(\d{1,2}):?(\d{2})?", re.ASCII)
_HOURS_EAST: Final = {
    -8: ("PST",),
    -7: ("PDT", "MST"),
    -6: ("MDT", "CST"),
    -5: ("CDT", "EST"),
    -4: ("EDT",),
    1: ("CET", "MET", "BST"),
    2: ("CEST", "MEST", "EET"),
    3: ("EEST", "MSK"),
    9: ("JST", "KST"),
}
_ZONES: Final = {zone: hours for hours, zones in _HOURS_EAST.items() for zone in zones}
"""Hours east of UTC. What is not here counts as -0000 (RFC 5322 section 4.3)."""


def date(value: bytes | str) -> datetime | None:
    """The moment in UTC, or None where no date can be read. Never raises."""
    text = unfold(value)[:_MAX_LENGTH]
    if "(" in text:
        text = _COMMENT.sub(" ", text).strip()
    found = _FORMS[0].match(text) or _FORMS[1].match(text)
    try:
        return _moment(found) if found else _iso(text)
    except (ValueError, OverflowError):
        return None


def _moment(found: re.Match[str]) -> datetime | None:
    name, day, year, hour, minute, second, zone = found.group(*_PIECES)
    month = _MONTHS.get(name.lower())
    if month is None:
        return None
    seconds = min(int(second or 0), 59)  # 60 is a leap second, which datetime cannot hold
    local = datetime(_year(year), month, int(day), int(hour), int(minute), seconds, tzinfo=UTC)
    return local - timedelta(minutes=_minutes_east(zone))


def _year(digits: str) -> int:
    """RFC 5322 section 4.3: 00 to 49 is 20xx, 50 to 999 counts from 1900."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 50 and len(digits) == 2 else 1900)


def _minutes_east(zone: str) -> int:
    offset = _OFFSET.match(zone)
    if offset is None:
        return 60 * _ZONES.get(zone.strip().upper(), 0)
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    return -minutes if offset[1] == "-" else minutes


def _iso(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
