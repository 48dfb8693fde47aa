from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.search.dates import AGE_FORMS, DATE_FORMS, read_age, read_date
from mailtrap.search.errors import UnusableError

NOW = datetime(2024, 1, 31, 12, 34, 56, tzinfo=UTC)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2024-01-31", "2024-01-31 00:00"), ("2024-1-3", "2024-01-03 00:00"),
        ("2024/01/31", "2024-01-31 00:00"), ("2024.01.31", "2024-01-31 00:00"),
        ("01/31/2024", "2024-01-31 00:00"), ("31.1.2024", "2024-01-31 00:00"),
        ("2024-02", "2024-02-01 00:00"), ("2024", "2024-01-01 00:00"),
        ("2024-01-31T10:30", "2024-01-31 10:30"), ("2024-01-31 10:30:15", "2024-01-31 10:30:15"),
        ("2024-01-31T10:30Z", "2024-01-31 10:30"), ("2024-01-31T10:30+02:00", "2024-01-31 08:30"),
        ("2024-01-31T10:30:00.250Z", "2024-01-31 10:30:00.250000"),
        ("2024-01-31 4:30 pm", "2024-01-31 16:30"), ("2024-01-31 12:05am", "2024-01-31 00:05"),
        ("31 Jan 2024", "2024-01-31 00:00"), ("31st january 2024", "2024-01-31 00:00"),
        ("Jan 31, 2024", "2024-01-31 00:00"), ("January 31 2024 10:30", "2024-01-31 10:30"),
        ("Sept. 2023", "2023-09-01 00:00"), ("31-Jan-2024", "2024-01-31 00:00"),
        ("now", "2024-01-31 12:34:56"), ("today", "2024-01-31 00:00"),
        ("yesterday", "2024-01-30 00:00"), ("Yesterday 10:30", "2024-01-30 10:30"),
        ("tuesday", "2024-01-30 00:00"), ("wed", "2024-01-24 00:00"),
        ("thursday", "2024-01-25 00:00"), ("10:30", "2024-01-31 10:30"),
        ("1706697000", "2024-01-31 10:30"), ("1706697000000", "2024-01-31 10:30"),
        ("Wed, 31 Jan 2024 10:30:00 +0100", "2024-01-31 09:30"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_people_write_it(text: str, at: str) -> None:
    assert read_date(text, NOW, UTC) == datetime.fromisoformat(at).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2024-01-31", "2024-01-30 11:00"), ("today", "2024-01-31 11:00"),
        ("yesterday", "2024-01-30 11:00"), ("2024-01-31T10:30Z", "2024-01-31 10:30"),
        ("2024-07-01", "2024-06-30 12:00"),
    ],
)  # fmt: skip
def test_a_date_that_names_no_zone_is_told_in_that_of_the_caller(text: str, at: str) -> None:
    found = read_date(text, NOW, ZoneInfo("Pacific/Auckland"))
    assert found == datetime.fromisoformat(at).replace(tzinfo=UTC)


@pytest.mark.parametrize("example", DATE_FORMS)
def test_the_forms_that_an_error_shows_are_understood(example: str) -> None:
    read_date(example.strip('"'), NOW, UTC)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2024-13-01", "2024-02-30", "13/32/2024", "25:00", "0000-01-01", "13:00 pm", "mo",
     "2024-01-31T10:30+99:99", "Wed, 99 Foo 2024", "20240131T", "2024-01-31 10"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(UnusableError) as caught:
        read_date(text, NOW, UTC)
    assert caught.value.expected == DATE_FORMS


def test_a_date_before_the_first_or_after_the_last_year_is_refused() -> None:
    for text, hours in (("0001-01-01", 2), ("9999-12-31 23:30", -2)):
        with pytest.raises(UnusableError):
            read_date(text, NOW, timezone(timedelta(hours=hours)))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("30s", "2024-01-31 12:34:26"), ("10m", "2024-01-31 12:24:56"),
        ("2h", "2024-01-31 10:34:56"), ("1h30m", "2024-01-31 11:04:56"),
        ("3d", "2024-01-28 12:34:56"), ("1w", "2024-01-24 12:34:56"),
        ("1mo", "2023-12-31 12:34:56"), ("2mo", "2023-11-30 12:34:56"),
        ("1y", "2023-01-31 12:34:56"), ("2 days", "2024-01-29 12:34:56"),
        ("5min", "2024-01-31 12:29:56"), ("1 month", "2023-12-31 12:34:56"),
    ],
)  # fmt: skip
def test_an_age_is_counted_back_from_now(text: str, at: str) -> None:
    assert read_age(text, NOW) == datetime.fromisoformat(at).replace(tzinfo=UTC)


def test_an_age_beyond_all_time_is_the_first_moment() -> None:
    assert read_age("9999y", NOW) == datetime.min.replace(tzinfo=UTC)


@pytest.mark.parametrize("example", AGE_FORMS)
def test_the_ages_that_an_error_shows_are_understood(example: str) -> None:
    assert read_age(example.split(maxsplit=1)[0], NOW) < NOW


@pytest.mark.parametrize("text", ["", "5", "m", "-5m", "5 parsecs", "soon"])
def test_what_is_no_age_is_refused(text: str) -> None:
    with pytest.raises(UnusableError):
        read_age(text, NOW)


@given(st.text("0123456789-/.:+ TZjanpmofebsunday,", max_size=30) | st.text(max_size=20))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    with suppress(UnusableError):
        assert read_date(text, NOW, UTC).tzinfo is UTC
    with suppress(UnusableError):
        assert read_age(text, NOW) <= NOW
