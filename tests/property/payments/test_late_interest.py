"""Laws of late interest."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st

from gse_billing.payments import MARGINS, REFERENCE_RATES, DayCount, late_interest

amounts = st.decimals("0.00", "9999999.99", places=2)
# from the first half of 2022 to the first of 2026 every half-year is known
known = st.dates(dt.date(2022, 1, 1), dt.date(2026, 6, 30))


@given(amount=amounts, days=st.tuples(known, known).map(sorted), contract=st.dates())
def test_it_is_the_sum_over_the_days(amount: Decimal, days: list[dt.date], contract: dt.date) -> None:
    """D.Lgs. 231/2002 art. 5: each day late bears 1/365 of the reference rate of its half-year and the points."""
    due, paid = days
    made = late_interest(amount, due=due, paid=paid, contract=contract, day_count=DayCount.ACTUAL_365)
    late = [due + dt.timedelta(days=count) for count in range(1, (paid - due).days + 1)]
    rates = [REFERENCE_RATES.on(dt.date(day.year, 1 if day.month < 7 else 7, 1)) for day in late]
    with localcontext(prec=60):
        naive = amount * sum((rate + MARGINS.on(contract) for rate in rates), Decimal()) / 36500
        assert made.total == naive.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert sum(period.days for period in made.periods) == len(late)


@given(amount=amounts, days=st.tuples(known, known).map(sorted))
def test_a_longer_delay_never_costs_less(amount: Decimal, days: list[dt.date]) -> None:
    """Interest grows with the days."""
    due, paid = days
    shorter, longer = (
        late_interest(amount, due=due, paid=day, contract=due, day_count=DayCount.ACTUAL_ACTUAL).total
        for day in (due + (paid - due) / 2, paid)
    )
    assert Decimal(0) <= shorter <= longer
