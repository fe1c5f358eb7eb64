from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gse_billing.calendars import (
    BANKS,
    ITALY,
    Calendar,
    Closure,
    Convention,
    EasterOffset,
    FixedDay,
    Holiday,
    Weekly,
    add_months,
    easter_sunday,
    end_of_month,
)
from gse_billing.calendars.months import first_of_month
from tests.support.wrong_arguments import Door, assert_open, assert_refused, wrong_calls

DAY = dt.date(2021, 4, 5)
ROW = ITALY.holidays[0]
NUMBER, TEXT, EMPTY = ("a whole number",), ("text",), ("an empty list", "an empty dict")
NAMES = dict.fromkeys(("calendar", "name_it", "name_en"), TEXT)
MONTH = {"year": 2021, "month": 4}
MOVE = {"day": DAY, "convention": Convention.FOLLOWING}
DOORS = {
    "Calendar": Door(
        Calendar,
        {"name": "Town", "holidays": [ROW], "first_year": 2000},
        {"name": TEXT, "holidays": EMPTY, "first_year": NUMBER},
    ),
    "with_holidays": Door(ITALY.with_holidays, {"name": "Town", "holidays": [ROW]}, {"name": TEXT, "holidays": EMPTY}),
    "is_working_day": Door(BANKS.is_working_day, {"day": DAY}),
    "closures": Door(BANKS.closures, {"day": DAY}),
    "next_working_day": Door(BANKS.next_working_day, {"day": DAY}),
    "seek": Door(BANKS.seek, {"day": DAY, "forward": True}, {"forward": ("a truth value",)}),
    "adjust": Door(BANKS.adjust, MOVE),
    "roll": Door(BANKS.roll, MOVE),
    "working_days": Door(BANKS.working_days, MONTH, {"month": NUMBER}),
    "nth_working_day": Door(BANKS.nth_working_day, {**MONTH, "n": 1}, {"month": NUMBER, "n": NUMBER}),
    "last_working_day": Door(BANKS.last_working_day, MONTH, {"month": NUMBER}),
    "Holiday": Door(
        Holiday, {"calendar": "Town", "name_it": "festa", "name_en": "feast", "rule": FixedDay(9, 19)}, NAMES
    ),
    "Closure": Door(
        Closure,
        {"day": DAY, "calendar": "Town", "name_it": "festa", "name_en": "feast", "basis": ROW.basis},
        NAMES,
    ),
    "FixedDay": Door(FixedDay, {"month": 9, "day": 19}, dict.fromkeys(("month", "day"), NUMBER)),
    "FixedDay.days_in": Door(FixedDay(9, 19).days_in, {"year": 2021}, {"year": NUMBER}),
    "EasterOffset": Door(EasterOffset, {"days": 1}, {"days": NUMBER}),
    "EasterOffset.days_in": Door(EasterOffset(1).days_in, {"year": 2021}),
    "Weekly": Door(Weekly, {"weekday": 6}, {"weekday": NUMBER}),
    "Weekly.days_in": Door(Weekly(6).days_in, {"year": 2021}, {"year": NUMBER}),
    "add_months": Door(add_months, {"day": DAY, "months": 1}, {"months": NUMBER}),
    "end_of_month": Door(end_of_month, {"day": DAY}),
    "first_of_month": Door(first_of_month, MONTH, dict.fromkeys(MONTH, NUMBER)),
    "easter_sunday": Door(easter_sunday, {"year": 2021}),
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_a_door_lets_in_what_is_right(door: Door) -> None:
    assert_open(door)


@pytest.mark.parametrize(("door", "argument", "value"), wrong_calls(DOORS))
def test_an_argument_of_a_wrong_kind_is_refused(door: Door, argument: str, value: Any) -> None:
    assert_refused(door, argument, value)
