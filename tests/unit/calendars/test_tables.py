"""The calendars against other sources: the ``holidays`` library, hand-typed lists, the text of the acts."""

from __future__ import annotations

import datetime as dt
import itertools

import holidays
import pytest
from dateutil.easter import easter  # type: ignore[import-untyped]

from gse_billing.calendars import BANKS, ITALY, ROME, T2, Calendar, easter_sunday
from gse_billing.core.dated import Certainty
from gse_billing.core.errors import InvalidValueError, NoValueInForceError

YEARS = range(2015, 2036)
WORKDAYS = [
    each
    for number in range(dt.date(2015, 1, 1).toordinal(), dt.date(2036, 1, 1).toordinal())
    if (each := dt.date.fromordinal(number)).weekday() < 5
]
# What the library lists although no bank is closed for it: the day of national unity, kept on a Sunday since 1977.
OBSERVANCES = {"National Unity Day"}

# Typed from the closing days that the ECB publishes; those on a Saturday or Sunday are left out.
T2_CLOSED = {
    2021: "01-01 04-02 04-05",
    2022: "04-15 04-18 12-26",
    2023: "04-07 04-10 05-01 12-25 12-26",
    2024: "01-01 03-29 04-01 05-01 12-25 12-26",
    2025: "01-01 04-18 04-21 05-01 12-25 12-26",
    2026: "01-01 04-03 04-06 05-01 12-25",
    2027: "01-01 03-26 03-29",
}

EASTERS = {
    2015: "04-05",
    2016: "03-27",
    2017: "04-16",
    2018: "04-01",
    2019: "04-21",
    2020: "04-12",
    2021: "04-04",
    2022: "04-17",
    2023: "04-09",
    2024: "03-31",
    2025: "04-20",
    2026: "04-05",
    2027: "03-28",
    2028: "04-16",
    2029: "04-01",
    2030: "04-21",
}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def listed(province: str | None = None) -> dict[dt.date, str]:
    found = holidays.country_holidays("IT", subdiv=province, years=YEARS, language="en_US")
    return {each: name for each, name in found.items() if not set(name.split("; ")) <= OBSERVANCES}


@pytest.mark.parametrize(
    ("calendar", "judge"),
    [
        (ITALY, listed()),
        (ROME, listed("RM")),
        (T2, dict(holidays.financial_holidays("XECB", years=YEARS))),
    ],
    ids=["Italy", "Rome", "T2"],
)
def test_a_calendar_agrees_with_the_library_monday_to_friday(calendar: Calendar, judge: dict[dt.date, str]) -> None:
    ours = [each for each in WORKDAYS if not calendar.is_working_day(each)]
    assert ours == [each for each in WORKDAYS if each in judge]


def test_t2_is_closed_on_the_published_days_and_no_others() -> None:
    closed = [each for each in WORKDAYS if not T2.is_working_day(each)]
    for year, days in T2_CLOSED.items():
        assert " ".join(f"{each:%m-%d}" for each in closed if each.year == year) == days


def test_banks_are_open_where_rome_and_t2_are() -> None:
    assert [BANKS.is_working_day(each) for each in WORKDAYS] == [
        ROME.is_working_day(each) and T2.is_working_day(each) for each in WORKDAYS
    ]


@pytest.mark.parametrize("calendar", [ITALY, ROME, T2, BANKS], ids=lambda calendar: calendar.name)
def test_weekends_are_closed(calendar: Calendar) -> None:
    saturdays = (dt.date.fromordinal(number) for number in range(day("2015-01-03").toordinal(), 740000, 7))
    for saturday in itertools.takewhile(lambda each: each.year < 2036, saturdays):
        assert not calendar.is_working_day(saturday)
        assert not calendar.is_working_day(saturday + dt.timedelta(days=1))


def test_easter_of_the_years_at_hand() -> None:
    assert {year: f"{easter_sunday(year):%m-%d}" for year in range(2015, 2031)} == EASTERS


def test_easter_of_every_year_agrees_with_dateutil() -> None:
    assert [easter_sunday(year) for year in range(1583, 4100)] == [easter(year) for year in range(1583, 4100)]
    assert easter_sunday(9999) == easter(9999)


@pytest.mark.parametrize("year", [1582, 10000, 0])
def test_easter_needs_a_year_of_the_gregorian_calendar(year: int) -> None:
    with pytest.raises(InvalidValueError, match=f"{year} has no Easter in the Gregorian calendar; the calendar begins"):
        easter_sunday(year)


@pytest.mark.parametrize(
    ("text", "calendar", "open_"),
    [
        ("2021-01-31", BANKS, False),  # a Sunday
        ("2021-02-01", BANKS, True),
        ("2021-04-02", T2, False),  # Good Friday closes T2 alone
        ("2021-04-02", ROME, True),
        ("2021-06-29", ROME, False),  # Saints Peter and Paul close Rome alone
        ("2021-06-29", ITALY, True),
        ("2021-06-29", T2, True),
        ("2021-06-29", BANKS, False),
        ("2021-06-02", T2, True),
        ("2021-06-02", BANKS, False),
        ("2025-12-24", BANKS, True),  # half a working day
        ("2000-06-02", ITALY, True),  # the feast was on the first Sunday of June
        ("2003-06-02", ITALY, False),
    ],
)
def test_days_that_differ_between_the_calendars(text: str, calendar: Calendar, open_: bool) -> None:
    assert calendar.is_working_day(day(text)) is open_


@pytest.mark.parametrize(("year", "open_"), [(2021, True), (2024, True), (2027, False), (2028, False)])
def test_saint_francis_is_a_holiday_from_2026(year: int, open_: bool) -> None:
    assert ITALY.is_working_day(dt.date(year, 10, 4)) is open_
    names = {closure.name_en for closure in ITALY.closures(dt.date(2026, 10, 4))}
    assert names == {"Sunday", "Saint Francis"}


def test_every_holiday_has_its_act_and_where_it_was_read() -> None:
    for row in BANKS.holidays:
        assert row.basis.act
        assert row.basis.source
        assert row.valid_from is not None
        assert row.basis.certainty in {Certainty.LAW, Certainty.SPECIFICATION} or row.value.name_en == "Saturday"


@pytest.mark.parametrize(("calendar", "year"), [(ITALY, 1986), (ROME, 1986), (T2, 2001), (BANKS, 2001)])
def test_days_before_the_first_year_are_not_answered(calendar: Calendar, year: int) -> None:
    with pytest.raises(
        NoValueInForceError, match=f"the calendar {calendar.name} has no value in force on {year}-01-01"
    ):
        calendar.is_working_day(dt.date(year, 12, 31))
    assert calendar.is_working_day(dt.date(year + 1, 1, 7)) in {True, False}


def test_each_act_has_its_first_day() -> None:
    assert {row.basis.act: str(row.valid_from) for row in BANKS.holidays} == {
        "L. 27/05/1949 n. 260, art. 2": "1949-06-01",
        "L. 24/01/1962 n. 13, art. 1; CCNL ABI": "1962-02-11",
        "DPR 28/12/1985 n. 792, art. 1": "1986-01-01",
        "L. 20/11/2000 n. 336, art. 1": "2001-01-01",
        "ECB Governing Council, 14/12/2000": "2002-01-01",
        "L. 08/10/2025 n. 151, art. 1": "2026-01-01",
    }


def test_no_row_starts_inside_the_years_that_are_answered_but_the_two_new_feasts() -> None:
    late = {row.value.name_en for row in ITALY.holidays if row.valid_from and row.valid_from.year > ITALY.first_year}
    assert late == {"Republic Day", "Saint Francis"}
    assert {row.valid_from for row in T2.holidays} == {dt.date(T2.first_year, 1, 1)}
