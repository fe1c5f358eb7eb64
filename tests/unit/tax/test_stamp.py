"""The stamp duty."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal

import pytest

from gse_billing.core.errors import FloatRefusedError, NoValueInForceError
from gse_billing.tax import STAMP_DUTY, stamp_duty, treatment

DAY = dt.date(2020, 12, 11)


@pytest.mark.parametrize(
    ("outside", "duty"),
    [("0", "0.00"), ("14.24", "0.00"), ("77.46", "0.00"), ("77.47", "0.00"), ("77.48", "2.00"), ("216.22", "2.00")],
)
def test_two_euro_above_the_sum_and_not_at_it(outside: str, duty: str) -> None:
    found = stamp_duty(outside, DAY)
    assert (found.amount, found.outside_vat, found.due) == (Decimal(duty), Decimal(outside), duty == "2.00")


def test_the_first_day_of_the_rule() -> None:
    assert stamp_duty("100.00", dt.date(2013, 6, 26)).due
    with pytest.raises(NoValueInForceError, match="the stamp duty on invoices"):
        stamp_duty("100.00", dt.date(2013, 6, 25))


def test_it_explains_itself_both_ways() -> None:
    due, free = stamp_duty("216.22", DAY), stamp_duty("77.47", DAY)
    assert due.explain().statement == "216.22 EUR outside VAT is above 77.47 EUR: 2.00 EUR"
    assert free.explain().statement == "77.47 EUR outside VAT is not above 77.47 EUR: 0.00 EUR"
    assert due.explain().basis is not None
    assert "DPR 642/72" in due.explain().line


def test_reverse_charge_never_counts_and_outside_scope_does() -> None:
    assert not treatment("reverse-charge-energy").on(DAY).outside_vat
    assert treatment("outside-scope").on(DAY).outside_vat


def test_floats_are_refused() -> None:
    with pytest.raises(FloatRefusedError, match="a sum outside VAT"):
        stamp_duty(216.22, DAY)  # type: ignore[arg-type]


def test_it_travels_and_shows_itself() -> None:
    found = stamp_duty("216.22", DAY)
    assert pickle.loads(pickle.dumps(found)) == found
    assert "<td>216.22</td><td>2.00</td>" in found._repr_html_()
    assert "<td>2.00 EUR above 77.47 EUR</td><td>from 2013-06-26</td>" in STAMP_DUTY._repr_html_()
