"""Arithmetic of months."""

from __future__ import annotations

import datetime as dt

import pytest

from gse_billing.calendars import add_months, easter_sunday, end_of_month
from gse_billing.core.errors import InvalidValueError


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "months", "result"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-01-15", -1, "2023-12-15"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-05-31", 0, "2024-05-31"),
        ("2024-01-31", 25, "2026-02-28"),
        ("0001-12-31", -11, "0001-01-31"),
        ("9999-01-31", 11, "9999-12-31"),
    ],
)
def test_adding_months_keeps_the_day_or_ends_with_the_month(start: str, months: int, result: str) -> None:
    assert add_months(day(start), months) == day(result)


@pytest.mark.parametrize(
    ("start", "end"), [("2024-02-10", "2024-02-29"), ("2023-02-28", "2023-02-28"), ("9999-12-01", "9999-12-31")]
)
def test_end_of_month(start: str, end: str) -> None:
    assert end_of_month(day(start)) == day(end)


@pytest.mark.parametrize(("start", "months"), [("9999-12-01", 1), ("0001-01-31", -1), ("2024-01-01", 10**30)])
def test_a_month_outside_time_is_refused(start: str, months: int) -> None:
    with pytest.raises(InvalidValueError, match=r"there is no month .* a year up to 9999, a month from 1 to 12"):
        add_months(day(start), months)


@pytest.mark.parametrize("months", [1.0, "1", None])
def test_months_are_whole_numbers(months: int) -> None:
    with pytest.raises(InvalidValueError, match=r"cannot be a number of months; .* give a whole number"):
        add_months(day("2024-01-31"), months)


def test_only_plain_days_are_counted_from() -> None:
    moment = dt.datetime(2024, 1, 31, tzinfo=dt.UTC)
    with pytest.raises(InvalidValueError, match="without time and zone"):
        add_months(moment, 1)
    with pytest.raises(InvalidValueError, match="without time and zone"):
        end_of_month(moment)


def test_a_number_too_long_to_be_written_is_refused_too() -> None:
    with pytest.raises(InvalidValueError, match="there is no month"):
        add_months(day("2024-01-31"), 10**5000)
    with pytest.raises(InvalidValueError, match="has no Easter in the Gregorian calendar"):
        easter_sunday(10**5000)
