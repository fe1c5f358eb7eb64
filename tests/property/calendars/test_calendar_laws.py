"""Laws of business days."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from gse_billing.calendars import BANKS, ITALY, ROME, T2, Calendar, Convention, add_months, end_of_month

CALENDARS = st.sampled_from([ITALY, ROME, T2, BANKS])
DAYS = st.dates(dt.date(2003, 1, 1), dt.date(2099, 12, 31))
ONE = dt.timedelta(days=1)


def span(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + ONE * passed for passed in range((last - first).days)]


@given(CALENDARS, DAYS)
def test_following_gives_the_first_working_day_from_the_day_on(calendar: Calendar, day: dt.date) -> None:
    """Payment on the working day immediately after: open, never before, nothing open skipped, and once is enough."""
    moved = calendar.roll(day)
    assert calendar.is_working_day(moved.day)
    assert moved.day >= day
    assert not any(map(calendar.is_working_day, span(day, moved.day)))
    assert calendar.roll(moved.day).day == moved.day
    assert moved.moved is not calendar.is_working_day(day)


@given(CALENDARS, DAYS)
def test_preceding_is_the_mirror_of_following(calendar: Calendar, day: dt.date) -> None:
    """Open, never after, nothing open skipped."""
    moved = calendar.adjust(day, Convention.PRECEDING)
    assert calendar.is_working_day(moved)
    assert moved <= day
    assert not any(map(calendar.is_working_day, span(moved + ONE, day + ONE)))


@given(CALENDARS, DAYS)
def test_modified_following_never_leaves_the_month(calendar: Calendar, day: dt.date) -> None:
    """Following inside the month, preceding where following would leave it."""
    moved = calendar.adjust(day, Convention.MODIFIED_FOLLOWING)
    following = calendar.adjust(day)
    inside = (following.year, following.month) == (day.year, day.month)
    assert moved == (following if inside else calendar.adjust(day, Convention.PRECEDING))
    assert (moved.year, moved.month) == (day.year, day.month)


@given(CALENDARS, DAYS)
def test_unadjusted_moves_nothing(calendar: Calendar, day: dt.date) -> None:
    """The day stays, open or closed."""
    assert calendar.roll(day, Convention.UNADJUSTED).day == day


@given(CALENDARS, DAYS, st.sampled_from(Convention))
def test_the_derivation_explains_every_day_passed_over(
    calendar: Calendar, day: dt.date, convention: Convention
) -> None:
    """Each closed day between the given one and the result stands in the steps with an act, and no open one does."""
    moved = calendar.roll(day, convention)
    explained = {step.label for step in moved.explain().steps}
    first, last = sorted((day, moved.day))
    passed = {day, *span(first + ONE, last)} - ({moved.day} if moved.moved else set())
    assert explained == {each.isoformat() for each in passed if not calendar.is_working_day(each)}
    assert all(step.basis is not None for step in moved.explain().steps)


@given(CALENDARS, DAYS, DAYS)
def test_moving_keeps_the_order_of_days(calendar: Calendar, one: dt.date, other: dt.date) -> None:
    """An earlier due date is never paid later."""
    first, second = sorted((one, other))
    assert calendar.adjust(first) <= calendar.adjust(second)


@given(CALENDARS, DAYS)
def test_the_next_working_day_is_the_first_one_after(calendar: Calendar, day: dt.date) -> None:
    """Later than the day, open, and nothing open between."""
    following = calendar.next_working_day(day)
    assert following > day
    assert calendar.is_working_day(following)
    assert not any(map(calendar.is_working_day, span(day + ONE, following)))


@given(CALENDARS, st.integers(2003, 2099), st.integers(1, 12))
def test_the_working_days_of_a_month_are_all_of_them_in_order(calendar: Calendar, year: int, month: int) -> None:
    """The n-th grows with n; the last one is the last; none is left out."""
    first = dt.date(year, month, 1)
    expected = [day for day in span(first, end_of_month(first) + ONE) if calendar.is_working_day(day)]
    counted = [calendar.nth_working_day(year, month, n + 1) for n in range(len(expected))]
    assert counted == expected == sorted(set(expected))
    assert calendar.last_working_day(year, month) == expected[-1]


@given(CALENDARS, CALENDARS, DAYS)
def test_a_join_is_open_where_both_are_and_keeps_every_reason(one: Calendar, other: Calendar, day: dt.date) -> None:
    """Open in the join if and only if open in both; in either order; its closures are those of both."""
    joined = one | other
    assert joined.is_working_day(day) is (one.is_working_day(day) and other.is_working_day(day))
    assert set(joined.closures(day)) == set(one.closures(day)) | set(other.closures(day))
    assert set((other | one).closures(day)) == set(joined.closures(day))


@given(CALENDARS, DAYS)
def test_a_day_is_closed_if_and_only_if_there_is_a_reason(calendar: Calendar, day: dt.date) -> None:
    """No closure without its act, no act without a closure."""
    closures = calendar.closures(day)
    assert bool(closures) is not calendar.is_working_day(day)
    assert all(closure.day == day and closure.basis.act for closure in closures)


@given(DAYS, st.integers(-600, 600))
def test_adding_months_lands_in_the_right_month_on_the_day_or_its_end(day: dt.date, months: int) -> None:
    """C.c. art. 2963 c. 4 and 5: the day of the same number, or the last day of the month where it is missing."""
    result = add_months(day, months)
    assert result.year * 12 + result.month == day.year * 12 + day.month + months
    assert result.day == min(day.day, end_of_month(result).day)


@given(DAYS)
def test_the_end_of_a_month_is_its_last_day(day: dt.date) -> None:
    """The day after it is a first."""
    end = end_of_month(day)
    assert (end.year, end.month) == (day.year, day.month)
    assert (end + ONE).day == 1
