"""Dates and ages as people write them in searches."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from typing import Final

from mailtrap.config.kinds import read_duration
from mailtrap.search.errors import UnusableError, shown

DATE_FORMS: Final = (
    "2024-01-31",
    '"2024-01-31 10:30"',
    "2024-01-31T10:30Z",
    "2024/01/31",
    "2024-01",
    "2024",
    '"31 Jan 2024"',
    "today",
    "yesterday",
    "monday",
    "10:30",
)
"""An example of each form, the ones people use most first."""

AGE_FORMS: Final = ("30s", "10m (minutes)", "2h", "3d", "1w", "1mo (month)", "1y")

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FULL_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_MONTH: Final = rf"(?P<word>{'|'.join(_FULL_MONTHS)}|{'|'.join(_MONTHS)}|sept)"
_CLOCK: Final = (
    r"(?:[t ]\s*(?P<hour>\d{1,2}):(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:[.,](?P<part>\d{1,6})\d*)?)?"
    r"\s*(?P<half>[ap]m)?\s*(?P<zone>z|utc|gmt|[+-]\d\d:?(?:\d\d)?)?)?"
)
_DATES: Final = tuple(
    re.compile(rf"{day}{_CLOCK}", re.ASCII)
    for day in (
        r"(?P<year>\d{4})(?:(?P<dash>[-/.])(?P<month>\d{1,2})(?:(?P=dash)(?P<day>\d{1,2}))?)?",
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH}[.,]?[ -](?P<year>\d{{4}})",
        rf"{_MONTH}\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
        rf"{_MONTH}\.? (?P<year>\d{{4}})",
    )
)
_CLOCK_ALONE: Final = re.compile(_CLOCK.removesuffix("?"), re.ASCII)
_NAMED: Final = re.compile(rf"(?P<name>[a-z]+){_CLOCK}", re.ASCII)
_SECONDS: Final = re.compile(r"(?P<seconds>\d{10})(?P<thousandths>\d{3})?", re.ASCII)
_LONG_AGE: Final = re.compile(r"(\d{1,4})\s*(mo|y)", re.ASCII)
_UNIT_WORD: Final = re.compile(
    r"(?<=\d)\s*(?:(s)ec(?:ond)?s?|(m)in(?:ute)?s?|(h)(?:ou)?rs?|(d)ays?|(w)eeks?"
    r"|(mo)nths?|(y)ears?)\b"
)


def read_date(text: str, now: datetime, zone: tzinfo) -> datetime:
    """The moment a date means, in UTC: where there is no time of day, the day's begin.

    What names no zone is told in ``zone``. A month or year is its first day, a weekday its latest
    before today. ``01/31/2024`` has the month first, ``31.01.2024`` the day. Raises UnusableError.
    """
    written = " ".join(text.lower().split())
    try:
        for reading in _READINGS:
            found = reading(written, now, zone)
            if found is not None:
                return found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UnusableError(f"{shown(text)} is no date: {error}", DATE_FORMS) from None
    raise UnusableError(f"{shown(text)} is no date", DATE_FORMS)


def read_age(text: str, now: datetime) -> datetime:
    """The moment so long before now. Raises UnusableError."""
    written = _UNIT_WORD.sub(lambda unit: unit[unit.lastindex or 0], text.lower().strip())
    wrong = UnusableError(f"{shown(text)} is no age", AGE_FORMS)
    try:
        if (long := _LONG_AGE.fullmatch(written)) is not None:
            return _months_before(now, int(long[1]) * (12 if long[2] == "y" else 1))
        if written.isdecimal():
            raise wrong
        return now - timedelta(seconds=read_duration(written))
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)
    except ValueError:
        raise wrong from None


def _calendar(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    for form in _DATES:
        if (found := form.fullmatch(text)) is not None:
            parts = found.groupdict()
            word = parts.get("word")
            month = _MONTHS.index(word[:3]) + 1 if word else int(parts.get("month") or 1)
            day = datetime(int(parts["year"]), month, int(parts.get("day") or 1), tzinfo=zone)
            return _at_clock(day, parts)
    return None


def _clock(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    found = _CLOCK_ALONE.fullmatch(f" {text}")
    return None if found is None else _at_clock(now.astimezone(zone), found.groupdict())


def _named(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    found = _NAMED.fullmatch(text)
    today = now.astimezone(zone)
    if found is None:
        return None
    if text == "now":
        return now
    name = found["name"]
    back = {"today": 0, "yesterday": 1}.get(name)
    if back is None:
        days = [day for day in _DAYS if len(name) >= 3 and day.startswith(name)]
        if not days:
            return None
        back = (today.weekday() - _DAYS.index(days[0]) - 1) % 7 + 1
    return _at_clock(today - timedelta(days=back), found.groupdict())


def _epoch(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    found = _SECONDS.fullmatch(text)
    return None if found is None else datetime.fromtimestamp(int(found["seconds"]), UTC)


def _mail_date(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    if "," not in text:
        return None
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


_READINGS: Final[tuple[Callable[[str, datetime, tzinfo], datetime | None], ...]] = (
    _calendar,
    _clock,
    _named,
    _epoch,
    _mail_date,
)


def _at_clock(day: datetime, parts: Mapping[str, str | None]) -> datetime:
    """The day at the time of day that was given, or at its begin."""
    hour = int(parts["hour"] or 0)
    if half := parts["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("hour must be in 1..12 with am and pm")
        hour = hour % 12 + (12 if half == "pm" else 0)
    part = int((parts["part"] or "").ljust(6, "0"))
    clock = time(hour, int(parts["minute"] or 0), int(parts["second"] or 0), part)
    return datetime.combine(day.date(), clock, _zone(parts["zone"]) or day.tzinfo)


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    offset = text.replace(":", "") if text[0] in "+-" else "+0000"
    return datetime.strptime(offset.ljust(5, "0"), "%z").tzinfo


def _months_before(now: datetime, months: int) -> datetime:
    index = now.year * 12 + now.month - 1 - months
    if index < 12:
        raise OverflowError
    year, month = divmod(index, 12)
    days = (
        datetime(year + (month == 11), (month + 1) % 12 + 1, 1, tzinfo=UTC)
        - datetime(year, month + 1, 1, tzinfo=UTC)
    ).days
    return now.replace(year=year, month=month + 1, day=min(now.day, days))
