"""Laws of the yearly cycle: what has happened stays, the invoice comes last, and days change no amount."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gse_billing.fees import Declaration, DeclarationCycle, DeclarationState, biofuel_fee

ORDER = (
    DeclarationState.TO_BE_DECLARED,
    DeclarationState.LATE,
    DeclarationState.DECLARED,
    DeclarationState.CHECKED,
)


@st.composite
def cycles(draw: st.DrawFn) -> DeclarationCycle:
    """Any cycle that can be: declared after the release, checked after that, or not yet."""
    year = draw(st.integers(2014, 2030))
    ceased = draw(st.none() | st.dates(dt.date(year, 1, 1), dt.date(year + 2, 1, 1)))
    until = DeclarationCycle(year=year, ceased_on=ceased).released_until
    declared = draw(st.none() | st.dates(until, dt.date(year + 2, 12, 31)))
    checked = None if declared is None else draw(st.none() | st.dates(declared, dt.date(year + 3, 12, 31)))
    return DeclarationCycle(year=year, declared_on=declared, checked_on=checked, ceased_on=ceased)


days = st.dates(dt.date(2014, 1, 1), dt.date(2035, 1, 1))


@given(cycle=cycles(), one=days, other=days)
def test_a_later_day_is_never_a_step_back(cycle: DeclarationCycle, one: dt.date, other: dt.date) -> None:
    """DM 10/10/2014 art. 4 and the instructions, 2: to be declared, late where it is, declared, checked."""
    earlier, later = sorted((one, other))
    assert ORDER.index(cycle.state(earlier)) <= ORDER.index(cycle.state(later))


@given(cycle=cycles(), on=days)
def test_no_invoice_before_the_check(cycle: DeclarationCycle, on: dt.date) -> None:
    """BIO-6: GSE invoices after the documentary check of the declaration, and says why where it does not."""
    assert cycle.may_be_invoiced(on) == (cycle.checked_on is not None and cycle.checked_on <= on)
    assert bool(cycle.obstacle(on)) is not cycle.may_be_invoiced(on)


@given(cycle=cycles(), total=st.integers(0, 10**9))
def test_the_days_change_no_amount(cycle: DeclarationCycle, total: int) -> None:
    """BIO-1: the fee is on the quantity released, whenever it was declared."""
    declaration = Declaration(year=cycle.year, total_gcal=total)
    fee = biofuel_fee(declaration, cycle=cycle)
    assert fee.taxable == biofuel_fee(declaration).taxable
    assert fee.explain().result == fee.taxable
    assert fee.row.value.base == Decimal("0.055")
