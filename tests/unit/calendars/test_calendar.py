"""Calendars as values: closures, moves with their reasons, counting, joining, and what they refuse."""

from __future__ import annotations

import copy
import datetime as dt
import pickle

import pytest

from gse_billing.calendars import (
    BANKS,
    ITALY,
    ROME,
    T2,
    Calendar,
    Convention,
    EasterOffset,
    FixedDay,
    Holiday,
    Rule,
    Weekly,
)
from gse_billing.core.dated import Basis, Certainty, Row
from gse_billing.core.errors import InvalidValueError, NoValueInForceError

ACT = Basis(act="town statute", source="town", certainty=Certainty.SUPPLIED)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def holiday(rule: Rule, *, start: str | None = None, end: str | None = None) -> Row[Holiday]:
    return Row(
        value=Holiday(calendar="Town", name_it="festa", name_en="feast", rule=rule),
        valid_from=day(start) if start else None,
        valid_to=day(end) if end else None,
        basis=ACT,
    )


TOWN = Calendar(name="Town", first_year=2000, holidays=[holiday(FixedDay(9, 19), start="2010-01-01", end="2020-01-01")])
NEVER_OPEN = Calendar(name="Never", first_year=2000, holidays=[holiday(Weekly(weekday)) for weekday in range(7)])


def test_a_holiday_counts_inside_its_validity_only() -> None:
    closed = [year for year in range(2005, 2025) if not TOWN.is_working_day(dt.date(year, 9, 19))]
    assert closed == list(range(2010, 2020))


def test_closures_name_day_calendar_feast_and_act() -> None:
    (italy, t2) = (each for each in BANKS.closures(day("2021-04-05")) if each.name_en == "Easter Monday")
    assert (italy.calendar, italy.name_it, italy.basis.act) == (
        "Italy",
        "Lunedì dell'Angelo",
        "L. 27/05/1949 n. 260, art. 2",
    )
    assert str(t2) == "2021-04-05 is closed in T2: Easter Monday (ECB Governing Council, 14/12/2000)"
    assert BANKS.closures(day("2021-04-06")) == ()
    assert [each.calendar for each in BANKS.closures(day("2021-06-29"))] == ["Rome"]


@pytest.mark.parametrize(
    ("given", "convention", "result"),
    [
        ("2021-01-31", Convention.FOLLOWING, "2021-02-01"),
        ("2021-01-31", Convention.MODIFIED_FOLLOWING, "2021-01-29"),
        ("2021-01-31", Convention.PRECEDING, "2021-01-29"),
        ("2021-01-31", Convention.UNADJUSTED, "2021-01-31"),
        ("2021-01-30", Convention.FOLLOWING, "2021-02-01"),
        ("2021-01-16", Convention.MODIFIED_FOLLOWING, "2021-01-18"),
        ("2021-04-02", Convention.FOLLOWING, "2021-04-06"),
        ("2021-04-05", Convention.PRECEDING, "2021-04-01"),
        ("2021-02-01", Convention.FOLLOWING, "2021-02-01"),
        ("2021-02-01", Convention.PRECEDING, "2021-02-01"),
    ],
)
def test_moves(given: str, convention: Convention, result: str) -> None:
    moved = BANKS.roll(day(given), convention)
    assert (moved.given, moved.day, moved.convention) == (day(given), day(result), convention)
    assert moved.moved is (given != result)
    assert BANKS.adjust(day(given), convention) == moved.day
    assert moved.explain().result == moved.day


@pytest.mark.requirement("PAY-7")
def test_the_due_date_of_the_source_falls_on_a_sunday_and_moves_to_monday_with_its_reasons() -> None:
    moved = BANKS.roll(day("2021-01-31"))
    assert moved.day == day("2021-02-01")
    assert str(moved.explain()) == (
        "working day of Rome and T2: 2021-01-31 is closed and moves to the working day 2021-02-01 (following)\n"
        "  2021-01-31: closed in Italy, Sunday (L. 27/05/1949 n. 260, art. 2)\n"
        "  2021-01-31: closed in T2, Sunday (ECB Governing Council, 14/12/2000)"
    )
    assert "Sunday" in moved._repr_html_()


def test_each_day_passed_over_is_explained_in_the_order_of_the_move() -> None:
    forward = ITALY.roll(day("2021-04-03")).explain()
    assert [step.line for step in forward.steps] == [
        "2021-04-03: closed in Italy, Saturday (L. 24/01/1962 n. 13, art. 1; CCNL ABI)",
        "2021-04-04: closed in Italy, Sunday (L. 27/05/1949 n. 260, art. 2)",
        "2021-04-04: closed in Italy, Easter Sunday (L. 27/05/1949 n. 260, art. 2)",
        "2021-04-05: closed in Italy, Easter Monday (L. 27/05/1949 n. 260, art. 2)",
    ]
    back = T2.roll(day("2021-01-31"), Convention.MODIFIED_FOLLOWING).explain()
    assert [step.label for step in back.steps] == ["2021-01-31", "2021-01-30"]
    assert back.statement.endswith("2021-01-29 (modified following, since the next one lies in another month)")


def test_a_date_that_stays_says_why() -> None:
    assert BANKS.roll(day("2021-02-01")).explain().statement == "2021-02-01 is a working day"
    assert BANKS.roll(day("2021-02-01")).explain().steps == ()
    left = BANKS.roll(day("2021-01-31"), Convention.UNADJUSTED).explain()
    assert left.statement == "2021-01-31 is closed and stays, as dates are not moved"
    assert [step.label for step in left.steps] == ["2021-01-31", "2021-01-31"]


def test_counting_in_a_month() -> None:
    assert ROME.nth_working_day(2021, 6, 1) == day("2021-06-01")
    assert ROME.nth_working_day(2021, 6, 15) == day("2021-06-22")  # the 2 June is left out
    assert ROME.nth_working_day(2021, 11, 15) == day("2021-11-22")
    assert ROME.last_working_day(2021, 1) == day("2021-01-29")
    assert ROME.last_working_day(2019, 6) == day("2019-06-28")
    assert len(BANKS.working_days(2021, 4)) == 20
    assert BANKS.next_working_day(day("2021-04-01")) == day("2021-04-06")
    assert BANKS.next_working_day(day("2021-04-06")) == day("2021-04-07")


@pytest.mark.parametrize("number", [0, -1, 22, 23])
def test_a_working_day_that_the_month_does_not_have_is_refused(number: int) -> None:
    with pytest.raises(InvalidValueError) as caught:
        ROME.nth_working_day(2026, 4, number)
    assert str(caught.value) == (
        f"Rome has no working day number {number!r} in month 4 of 2026; "
        "the month has 21 of them, the first one is number 1"
    )


@pytest.mark.parametrize(("year", "month"), [(2026, 13), (2026, 0), (0, 1), (10_000, 1), (2026.5, 1), (10**30, 1)])
def test_a_month_that_does_not_exist_is_refused(year: int, month: int) -> None:
    with pytest.raises(InvalidValueError, match=r"there is no month .* give whole numbers"):
        ITALY.working_days(year, month)


def test_a_calendar_that_never_opens_says_so() -> None:
    with pytest.raises(InvalidValueError, match="Never has no working day within 366 days of 2021-01-31"):
        NEVER_OPEN.roll(day("2021-01-31"))
    with pytest.raises(InvalidValueError, match="Never has no working day in month 1 of 2021"):
        NEVER_OPEN.last_working_day(2021, 1)


def test_time_ends() -> None:
    with pytest.raises(InvalidValueError, match="there is no day beyond 9999-12-31"):
        BANKS.next_working_day(dt.date.max)
    assert BANKS.roll(dt.date.max).day == dt.date.max
    with pytest.raises(NoValueInForceError):
        BANKS.roll(day("2002-01-01"), Convention.PRECEDING)


@pytest.mark.parametrize("value", [dt.datetime(2021, 1, 31, tzinfo=dt.UTC), "2021-01-31", None])
def test_only_plain_days_are_answered(value: dt.date) -> None:
    for call in (BANKS.is_working_day, BANKS.closures, BANKS.next_working_day, BANKS.adjust, BANKS.roll):
        with pytest.raises(InvalidValueError, match="without time and zone"):
            call(value)
    with pytest.raises(InvalidValueError, match="without time and zone"):
        BANKS.roll(value, Convention.UNADJUSTED)


def test_a_subclass_of_date_is_a_day() -> None:
    class Day(dt.date):
        """What libraries that freeze time make."""

    assert not BANKS.is_working_day(Day(2021, 1, 31))


def test_joining_calendars() -> None:
    assert (T2 | ROME).name == "T2 and Rome"
    assert (T2 | ROME).first_year == (ROME | T2).first_year == 2002
    assert len((ITALY | ROME).holidays) == len(ROME.holidays)
    with pytest.raises(TypeError):
        ITALY | "T2"  # type: ignore[operator]


def test_a_caller_adds_the_patron_of_his_town() -> None:
    naples = ITALY.with_holidays("Naples", [holiday(FixedDay(9, 19))])
    assert naples.name == "Naples"
    assert not naples.is_working_day(day("2022-09-19"))
    assert ITALY.is_working_day(day("2022-09-19"))


def test_a_calendar_is_a_value() -> None:
    warm = BANKS
    warm.is_working_day(day("2021-01-31"))
    for twin in (pickle.loads(pickle.dumps(warm)), copy.deepcopy(warm)):
        assert twin == warm
        assert hash(twin) == hash(warm)
        assert twin.closures(day("2021-06-29")) == warm.closures(day("2021-06-29"))
    assert ROME != ITALY
    assert repr(BANKS) == "Calendar(name='Rome and T2', first_year=2002)"
    assert len(pickle.dumps(warm)) < 6000  # what was computed stays at home


def test_asking_for_many_years_keeps_a_bounded_memory() -> None:
    calendar = ITALY.with_holidays("Italy again", [])
    for year in range(2000, 2400):
        assert not calendar.is_working_day(dt.date(year, 1, 1))
    assert len(calendar._years) <= 128


def test_a_calendar_in_a_notebook() -> None:
    page = ROME._repr_html_()
    assert "<caption>Rome, from 1987</caption>" in page
    assert "<td>Rome</td><td>Santi Pietro e Paolo</td><td>Saints Peter and Paul</td><td>from 1986-01-01</td>" in page


@pytest.mark.parametrize(("month", "number"), [(2, 29), (2, 30), (13, 1), (4, 31), (1, 10**30)])
def test_a_feast_that_does_not_come_every_year_is_refused(month: int, number: int) -> None:
    with pytest.raises(InvalidValueError, match=f"day {number} of month {month} does not come every year"):
        FixedDay(month, number)


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_day_that_is_none_of_the_week_is_refused(weekday: int) -> None:
    with pytest.raises(InvalidValueError, match="names no day of the week; 0 is Monday, 6 is Sunday"):
        Weekly(weekday)


@pytest.mark.parametrize("year", [2020, 2021, 2023])
def test_weekly_days_of_a_year(year: int) -> None:
    found = sorted(each for weekday in range(7) for each in Weekly(weekday).days_in(year))
    start = dt.date(year, 1, 1)
    assert found == [start + dt.timedelta(days=passed) for passed in range((dt.date(year + 1, 1, 1) - start).days)]
    assert {each.weekday() for each in Weekly(3).days_in(year)} == {3}


def test_days_counted_from_easter() -> None:
    assert EasterOffset(-2).days_in(2021) == (day("2021-04-02"),)
    assert EasterOffset(60).days_in(2021) == (day("2021-06-03"),)


@pytest.mark.parametrize("days", [3_000_000, -(10**30)])
def test_a_feast_beyond_all_days_is_refused(days: int) -> None:
    with pytest.raises(InvalidValueError, match=f"there is no day {days} days from Easter of 2026; days end in 9999"):
        EasterOffset(days).days_in(2026)
