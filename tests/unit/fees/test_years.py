"""The reference day of a year's fee: one day of validity is enough."""

from __future__ import annotations

import datetime as dt

import pytest

from gse_billing.core.errors import InvalidValueError
from gse_billing.fees import reference_day

JANUARY = dt.date(2020, 1, 1)
JUNE = dt.date(2020, 6, 15)


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [
        (None, None, JANUARY),
        (dt.date(2015, 5, 1), None, JANUARY),
        (JUNE, None, JUNE),
        (None, dt.date(2020, 1, 2), JANUARY),
        (None, JANUARY, None),
        (dt.date(2020, 12, 31), None, dt.date(2020, 12, 31)),
        (dt.date(2021, 1, 1), None, None),
        (JUNE, dt.date(2020, 6, 16), JUNE),
    ],
)
def test_reference_day(start: dt.date | None, end: dt.date | None, day: dt.date | None) -> None:
    assert reference_day(2020, start=start, end=end) == day


def test_a_contract_ends_after_it_starts() -> None:
    with pytest.raises(InvalidValueError, match="a contract from 2020-06-15 ends on 2020-06-15, before it starts"):
        reference_day(2020, start=JUNE, end=JUNE)


@pytest.mark.parametrize("year", [0, 10_000, True, "2020", 2020.0])
def test_a_year_is_four_digits(year: object) -> None:
    with pytest.raises(InvalidValueError, match="is not a year; give four digits"):
        reference_day(year)  # type: ignore[arg-type]
