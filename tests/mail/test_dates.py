"""Dates of the RFC, of old mailers, and no dates."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.mail.headers import date

MOMENT = datetime(2026, 11, 24, 4, 54, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        b" Tue, 24 Nov 2026 05:54:07 +0100\r\n",
        "Tue, 24 Nov 2026 04:54:07 GMT",
        "24 Nov 2026 04:54:07 -0000",
        "24 Nov 2026 04:54:07",
        "24 Nov 26 04:54:07 UT",
        "24 Nov 126 04:54:07 Z",
        "Mon, 23 Nov 2026 23:54:07 EST",
        "Mon, 23 Nov 2026 20:54:07 PST",
        "Tue, 24 Nov 2026 05:54:07 CET",
        "Tue, 24 Nov 2026 04:54:07 XYZ",
        "Tue, 24 Nov 2026 05:54:07 +0100 (Mitteleuropäische Zeit)",
        "Tue, 24 Nov 2026 05:54:07 GMT+0100",
        "Tue, 24 Nov 2026 05:54:07 +01:00",
        "Tue, 24 Nov 2026 05:54:07 +1",
        "Tue, 24 Nov 2026 05:54:07.123 +0100",
        "Tue,24 Nov 2026 05.54.07 +0100",
        "Tuesday, 24-Nov-26 04:54:07 GMT",
        "Tue, 24\r\n Nov 2026 05:54:07\r\n +0100",
        "Tue 24 November 2026 04:54:07",
        "Tue Nov 24 04:54:07 2026",
        "Tue Nov 24 04:54:07 UTC 2026",
        "2026-11-24T04:54:07Z",
        "2026-11-24 05:54:07+01:00",
        "2026-11-24T04:54:07",
    ],
)
def test_a_date_is_a_moment_in_utc(value: bytes | str) -> None:
    found = date(value)
    assert found is not None
    assert found == MOMENT
    assert found.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("1 Jan 49 00:00 +0000", datetime(2049, 1, 1, tzinfo=UTC)),
        ("1 Jan 50 00:00 +0000", datetime(1950, 1, 1, tzinfo=UTC)),
        ("1 Jan 099 00:00 +0000", datetime(1999, 1, 1, tzinfo=UTC)),
        ("31 Dec 2016 23:59:60 +0000", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("1 Jan 2026 00:00 +0530", datetime(2025, 12, 31, 18, 30, tzinfo=UTC)),
        ("1 Jan 2026 00:00 -0330", datetime(2026, 1, 1, 3, 30, tzinfo=UTC)),
    ],
)
def test_the_edges_of_the_calendar(value: str, moment: datetime) -> None:
    assert date(value) == moment


@pytest.mark.parametrize(
    "value",
    [
        "",
        "garbage",
        "30 Feb 2026 00:00:00 +0000",
        "24 Nuv 2026 00:00:00 +0000",
        "24 Nov 2026 25:00:00 +0000",
        "31 Dec 9999 23:59:59 -0800",
        "1 Jan 0001 00:00:00 +0100",
        "0001-01-01T00:00:00+05:00",
        "24 Nov 2026",
        "9" * 10_000,
    ],
)
def test_what_is_no_date_is_none(value: str) -> None:
    assert date(value) is None


@given(st.binary() | st.text(alphabet=st.characters()))
def test_any_value_gives_a_date_or_none(value: bytes | str) -> None:
    found = date(value)
    assert found is None or found.tzinfo is UTC


@given(st.from_regex(r"\A\d{1,2} [A-Z][a-z]{2} \d{2,4} \d\d:\d\d:\d\d [+-]\d{4}\Z"))
def test_anything_of_the_shape_gives_a_date_or_none(value: str) -> None:
    found = date(value)
    assert found is None or found.tzinfo is UTC
