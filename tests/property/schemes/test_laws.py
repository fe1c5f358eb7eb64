"""Laws of due dates, value dates, thresholds and the duty to invoice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gse_billing.calendars import ROME, T2, add_months
from gse_billing.schemes import (
    SERVICES,
    Anchor,
    DueDateRule,
    DueFacts,
    LastDay,
    must_invoice,
    service,
    value_date,
)

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31))
ONE_DAY = dt.timedelta(days=1)
RULES = st.sampled_from([rule for made in SERVICES.values() for rule in made.due_rules])
EARLY = dt.date(2009, 1, 1)


def facts_on(day: dt.date) -> DueFacts:
    return DueFacts(
        year=day.year,
        contract_accepted=EARLY,
        published=day,
        invoiced=day,
        sent=day,
        accepted=day,
        period_end=day,
    )


@given(DAYS)
def test_the_value_date_is_the_first_open_day_from_the_due_date(due: dt.date) -> None:
    """PAY-7 and GSE on the Conto Energia: value is credited on the working day right after a closed due date."""
    value = value_date(due).day
    assert value >= due
    assert ROME.is_working_day(value)
    assert T2.is_working_day(value)
    passed = [due + ONE_DAY * number for number in range((value - due).days)]
    assert not any(ROME.is_working_day(day) and T2.is_working_day(day) for day in passed)
    assert value_date(value).day == value


@given(DAYS, DAYS)
def test_a_later_due_date_is_never_paid_earlier(one: dt.date, other: dt.date) -> None:
    """PAY-7: the value date follows the due date, so it keeps the order."""
    first, second = sorted((one, other))
    assert value_date(first).day <= value_date(second).day


@given(RULES, DAYS)
def test_a_due_date_lies_in_the_month_of_its_rule(rule: DueDateRule, day: dt.date) -> None:
    """GSE's terms name a month and a day of it; where they name a working day, that day is one in Rome."""
    due = rule.due(facts_on(day)).day
    reckoning = rule.reckonings.on(day)
    start = day.replace(month=1, day=1) if rule.anchor is Anchor.YEAR else day.replace(day=1)
    month = add_months(start, reckoning.months_after)
    assert (due.year, due.month) == (month.year, month.month)
    if isinstance(reckoning.day, LastDay):
        assert (due + ONE_DAY).day == 1
    else:
        assert ROME.is_working_day(due)


@given(RULES, DAYS, DAYS)
def test_a_later_fact_never_makes_an_earlier_due_date(rule: DueDateRule, one: dt.date, other: dt.date) -> None:
    """GSE's terms count forward from one fact."""
    first, second = sorted((one, other))
    assert rule.due(facts_on(first)).day <= rule.due(facts_on(second)).day


@given(st.sampled_from(sorted(SERVICES)), DAYS, DAYS)
def test_a_stated_due_date_is_always_the_answer(code: str, stated: dt.date, day: dt.date) -> None:
    """PAY-7: the due date of the document is the value date; no rule is asked."""
    known = facts_on(day)
    facts = DueFacts(stated=stated, year=known.year, invoiced=known.invoiced)
    assert service(code).due_date(facts).day == stated


@given(st.sampled_from(["SSP", "RID", "PMG"]), DAYS, st.integers(-10_000, 10_000), st.integers(0, 10_000))
def test_more_money_never_falls_below_a_threshold(code: str, day: dt.date, cents: int, more: int) -> None:
    """GSE on PMG: an amount equal to or above the threshold is paid."""
    low, high = Decimal(cents).scaleb(-2), Decimal(cents + more).scaleb(-2)
    for threshold in (service(code).publication_threshold(day), service(code).payment_threshold(day)):
        assert bool(threshold.reached(low)) <= bool(threshold.reached(high))
        assert bool(threshold.reached(low)) == (low >= threshold.amount)


@given(st.sampled_from(["SSP", "RID"]), DAYS, st.integers(1, 100_000))
def test_the_duty_to_invoice_is_a_step_at_20_kw(code: str, day: dt.date, hundredths: int) -> None:
    """INV-1: the operator invoices for plants above 20 kW."""
    assert bool(must_invoice(service(code), Decimal(hundredths).scaleb(-2), day)) == (hundredths > 2000)
