"""Late interest on a payment made after its due date (D.Lgs. 231/2002).

Nothing in this library charges it by itself: whether it is owed on a payment of GSE or to GSE is a question of the
contract. The instructions on biofuels foresee none, and GSE owes none where the delay comes from SDI.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from attrs import frozen

from gse_billing.core.arguments import require
from gse_billing.core.dated import Basis, DatedTable, Row, require_day
from gse_billing.core.errors import InvalidAmountError
from gse_billing.core.explain import Derivation, figure
from gse_billing.core.html import table
from gse_billing.core.money import EXACT, decimal_from, euro
from gse_billing.payments.reference_rates import MARGINS, REFERENCE_RATES

__all__ = ["DayCount", "InterestPeriod", "LateInterest", "late_interest"]


class DayCount(Enum):
    """How days become a part of a year; the law does not say, so the caller does."""

    ACTUAL_365 = "each day is 1/365 of a year"
    ACTUAL_ACTUAL = "each day is 1/365 of a year, 1/366 in a leap year"
    ACTUAL_360 = "each day is 1/360 of a year"

    def year_length(self, year: int) -> int:
        """Days that make a year of interest, in that year.

        >>> DayCount.ACTUAL_ACTUAL.year_length(2024)
        366
        """
        leap = calendar.isleap(require(year, int, meant="a year"))
        if self is DayCount.ACTUAL_360:
            return 360
        return 366 if leap and self is DayCount.ACTUAL_ACTUAL else 365


@frozen(kw_only=True)
class InterestPeriod:
    """Days late in one half-year.

    Attributes:
        first, last: the days, both late.
        rate: percent a year, reference rate and points together.
        year_length: days that make a year of interest.
        basis: where the reference rate was read.
    """

    first: dt.date
    last: dt.date
    rate: Decimal
    year_length: int
    basis: Basis

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        span = f"{self.first.isoformat()} to {self.last.isoformat()}"
        return f"{span}: {figure(self.days)} days at {figure(self.rate)} % / {self.year_length}"


@frozen(kw_only=True)
class LateInterest:
    """What is owed for a delay.

    Attributes:
        amount: what was paid late, EUR.
        due: the due date.
        paid: the day of payment, the last day of the delay.
        periods: the delay, half-year by half-year; empty when there is none.
        total: the interest in EUR, rounded once, half up.
    """

    amount: Decimal
    due: dt.date
    paid: dt.date
    periods: tuple[InterestPeriod, ...]
    total: Decimal

    def explain(self) -> Derivation:
        """The interest by half-year, each with the source of its rate."""
        steps = tuple(Derivation(label="delay", statement=str(one), basis=one.basis) for one in self.periods)
        days = sum(period.days for period in self.periods)
        return Derivation(
            label="late interest",
            statement=f"{figure(self.amount, 'EUR')} paid {figure(days)} days late: {figure(self.total, 'EUR')}",
            result=self.total,
            steps=steps,
        )

    def _repr_html_(self) -> str:
        rows = [(one.first, one.last, one.days, figure(one.rate), one.basis.source) for one in self.periods]
        return table(
            ("from", "to", "days", "% a year", "source"), rows, caption=f"late interest {figure(self.total, 'EUR')}"
        )


def late_interest(
    amount: Decimal | int | str,
    *,
    due: dt.date,
    paid: dt.date,
    contract: dt.date,
    day_count: DayCount,
    rates: DatedTable[Decimal] = REFERENCE_RATES,
) -> LateInterest:
    """The interest on an amount from the day after its due date up to the day of payment.

    Each day bears the rate of its half-year; the sum is exact and rounded once.

    Args:
        amount: what was paid late, EUR.
        due: the due date.
        paid: the value date of the payment, or the day up to which to compute.
        contract: the day of the contract, which decides between 7 and 8 points.
        day_count: how days become a part of a year.
        rates: reference rates in percent; ``REFERENCE_RATES.with_rows(...)`` where the library lacks a half-year.

    Raises:
        InvalidAmountError: not an amount, or a negative one.
        InvalidValueError: something that is not a day.
        NoValueInForceError: a half-year whose rate is not known.

    >>> owed = late_interest(
    ...     "10000.00",
    ...     due=dt.date(2025, 5, 31),
    ...     paid=dt.date(2025, 7, 31),
    ...     contract=dt.date(2020, 1, 1),
    ...     day_count=DayCount.ACTUAL_365,
    ... )
    >>> print(owed.explain())
    late interest: 10,000.00 EUR paid 61 days late: 177.85 EUR
      delay: 2025-06-01 to 2025-06-30: 30 days at 11.15 % / 365 (D.Lgs. 231/2002 art. 5)
      delay: 2025-07-01 to 2025-07-31: 31 days at 10.15 % / 365 (D.Lgs. 231/2002 art. 2 c. 1 lett. f))
    """
    principal = euro(amount, meant="an amount paid late")
    if principal < 0:
        raise InvalidAmountError(f"no interest on {figure(principal, 'EUR')}", value=amount, why="nothing was owed")
    require(rates, DatedTable, meant="reference rates")
    require_day(due, meant="a due date")
    require_day(paid, meant="a day of payment")
    require(day_count, DayCount, meant="a day count")
    margin = MARGINS.on(contract)
    periods = tuple(_periods(due, paid, margin, day_count, rates))
    parts = (Fraction(principal) * Fraction(one.rate) * one.days / (100 * one.year_length) for one in periods)
    return LateInterest(amount=principal, due=due, paid=paid, periods=periods, total=_in_euro(sum(parts, Fraction())))


def _periods(
    due: dt.date, paid: dt.date, margin: Decimal, day_count: DayCount, rates: DatedTable[Decimal]
) -> Iterator[InterestPeriod]:
    while due < paid:
        first = due + dt.timedelta(days=1)
        row = rates.row_on(first)
        last = min(paid, _end(first), _last_of(row, paid))
        yield InterestPeriod(
            first=first,
            last=last,
            rate=EXACT.add(decimal_from(row.value, meant="a reference rate"), margin),
            year_length=day_count.year_length(first.year),
            basis=row.basis,
        )
        due = last


def _end(day: dt.date) -> dt.date:
    """The last day of the half-year; a row of the caller may cover several, but a year of days is one."""
    return dt.date(day.year, 6, 30) if day.month <= 6 else dt.date(day.year, 12, 31)


def _last_of(row: Row[Decimal], paid: dt.date) -> dt.date:
    return paid if row.valid_to is None else row.valid_to - dt.timedelta(days=1)


def _in_euro(interest: Fraction) -> Decimal:
    """Half up: interest is never negative."""
    return EXACT.multiply(
        Decimal((200 * interest.numerator + interest.denominator) // (2 * interest.denominator)), Decimal("0.01")
    )
