"""The yearly cycle: declared by 31 January, checked, invoiced; parties that ceased; what contradicts itself."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from typing import Any

import pytest

from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from gse_billing.core.errors import InvalidValueError, NoValueInForceError
from gse_billing.fees import (
    DECLARATION_DEADLINES,
    BiofuelFee,
    DayOfYear,
    Declaration,
    DeclarationCycle,
    DeclarationState,
    biocar_row,
    biofuel_fee,
)

DECLARED, CHECKED, ISSUED = dt.date(2016, 1, 25), dt.date(2016, 3, 1), dt.date(2016, 3, 18)
NOTHING = DeclarationCycle(year=2015)
MADE = DeclarationCycle(year=2015, declared_on=DECLARED)
PASSED = DeclarationCycle(year=2015, declared_on=DECLARED, checked_on=CHECKED)
CEASED = DeclarationCycle(year=2015, ceased_on=dt.date(2014, 5, 31))
QUANTITIES = Declaration(year=2015, total_gcal=28_996, advanced_gcal=4_490)


def fee_with(cycle: DeclarationCycle | None) -> BiofuelFee:
    return biofuel_fee(QUANTITIES, on=ISSUED, cycle=cycle)


@pytest.mark.requirement("BIO-13")
@pytest.mark.parametrize("year", range(2014, 2027))
def test_what_was_released_in_a_year_is_declared_by_31_january_of_the_next(year: int) -> None:
    assert DeclarationCycle(year=year).deadline == dt.date(year + 1, 1, 31)


def test_each_act_answers_for_its_years_only() -> None:
    acts = {year: DECLARATION_DEADLINES.row_on(dt.date(year, 1, 1)).basis for year in (2015, 2023, 2024)}
    assert acts[2015] is acts[2023]
    assert acts[2015].act == "DM 10/10/2014 art. 4"
    assert (acts[2024].act, acts[2024].certainty) == ("DM 16/03/2023 n. 107", Certainty.GSE)
    with pytest.raises(NoValueInForceError, match=r"last day of the biofuel declarations.* on 2014-01-01"):
        DeclarationCycle(year=2013)


def test_a_caller_adds_the_last_day_of_another_act() -> None:
    basis = Basis(act="an extension", source="the caller", certainty=Certainty.SUPPLIED)
    own = DatedTable("own", (Row(value=DayOfYear(2, 28), basis=basis),))
    assert DeclarationCycle(year=2013, deadlines=own).deadline == dt.date(2014, 2, 28)


STATES: dict[str, tuple[DeclarationCycle, dt.date, DeclarationState]] = {
    "the last day is still in time": (NOTHING, dt.date(2016, 1, 31), DeclarationState.TO_BE_DECLARED),
    "the day after is late": (NOTHING, dt.date(2016, 2, 1), DeclarationState.LATE),
    "the day before the declaration": (MADE, dt.date(2016, 1, 24), DeclarationState.TO_BE_DECLARED),
    "the day of the declaration": (MADE, DECLARED, DeclarationState.DECLARED),
    "never checked": (MADE, dt.date(2020, 1, 1), DeclarationState.DECLARED),
    "the day before the check": (PASSED, dt.date(2016, 2, 29), DeclarationState.DECLARED),
    "the day of the check": (PASSED, CHECKED, DeclarationState.CHECKED),
    "ceased before the year": (CEASED, ISSUED, DeclarationState.NOT_REQUIRED),
    "ceased within the year": (
        DeclarationCycle(year=2015, ceased_on=dt.date(2015, 1, 1)),
        ISSUED,
        DeclarationState.LATE,
    ),
    "ceased after the year": (
        DeclarationCycle(year=2015, ceased_on=dt.date(2016, 1, 1)),
        ISSUED,
        DeclarationState.LATE,
    ),
}


@pytest.mark.parametrize(("cycle", "on", "state"), STATES.values(), ids=STATES.keys())
def test_the_state_of_a_declaration(cycle: DeclarationCycle, on: dt.date, state: DeclarationState) -> None:
    assert cycle.state(on) is state
    assert cycle.may_be_invoiced(on) is (state is DeclarationState.CHECKED)
    assert (cycle.obstacle(on) == "") is cycle.may_be_invoiced(on)


REASONS: dict[str, tuple[DeclarationCycle, dt.date, str]] = {
    "early": (NOTHING, dt.date(2016, 1, 31), "is to be declared by 2016-01-31, and is not on 2016-01-31"),
    "late": (NOTHING, ISSUED, "was to be declared by 2016-01-31, and is not on 2016-03-18"),
    "unchecked": (MADE, ISSUED, "made on 2016-01-25, has not passed the documentary check of GSE"),
    "checked later": (PASSED, dt.date(2016, 2, 1), "passed only on 2016-03-01 the documentary check of GSE"),
    "ceased": (CEASED, ISSUED, "the party ceased on 2014-05-31, before 2015"),
}


@pytest.mark.requirement("BIO-6")
@pytest.mark.parametrize(("cycle", "on", "reason"), REASONS.values(), ids=REASONS.keys())
def test_no_checked_declaration_no_invoice(cycle: DeclarationCycle, on: dt.date, reason: str) -> None:
    assert reason in cycle.obstacle(on)
    assert f"not invoiced: {cycle.obstacle(on)}" in cycle.explain(on).statement
    if cycle is CEASED:
        return  # such a party has no fee at all
    fee = biofuel_fee(QUANTITIES, cycle=cycle)
    assert fee.obstacle(on) == cycle.obstacle(on)
    with pytest.raises(InvalidValueError, match=f"{reason}: no invoice; GSE invoices what it has checked"):
        fee.vat(on)
    with pytest.raises(InvalidValueError, match="no invoice"):
        biocar_row(fee, number="76256", issued=on, due=on)


@pytest.mark.requirement("BIO-6", "BIO-8")
def test_a_checked_declaration_is_invoiced_for_the_same_amount_as_one_without_days() -> None:
    fee = fee_with(PASSED)
    assert fee.obstacle(ISSUED) == ""
    assert fee.vat(ISSUED) == fee_with(None).vat(ISSUED)
    assert biocar_row(fee, number="76256", issued=ISSUED, due=ISSUED).cells()[4] == "1.994,93 €"


@pytest.mark.requirement("BIO-6")
def test_a_checked_declaration_without_biofuel_is_not_invoiced() -> None:
    fee = biofuel_fee(Declaration(year=2015, total_gcal=0), on=ISSUED, cycle=PASSED)
    assert fee.obstacle(ISSUED) == "no biofuel was released in 2015"
    with pytest.raises(InvalidValueError, match="no biofuel was released in 2015: no invoice"):
        fee.vat(ISSUED)


def test_a_party_that_ceased_keeps_the_obligation_for_its_last_year() -> None:
    last = dt.date(2015, 5, 31)
    cycle = DeclarationCycle(year=2015, declared_on=dt.date(2015, 6, 15), checked_on=CHECKED, ceased_on=last)
    assert (cycle.required, cycle.released_until, cycle.deadline) == (True, last, dt.date(2016, 1, 31))
    assert fee_with(cycle).vat(ISSUED) == fee_with(None).vat(ISSUED)
    assert "last day of the party: 2015-05-31; the obligation stays for its last year" in str(cycle.explain(ISSUED))


def test_a_party_that_ceased_before_the_year_has_nothing_to_declare_and_released_nothing() -> None:
    assert "2014-05-31; nothing is left to declare" in str(CEASED.explain(ISSUED))
    assert not biofuel_fee(Declaration(year=2015, total_gcal=0), cycle=CEASED).invoiced
    with pytest.raises(InvalidValueError, match="28,996 Gcal released in 2015 by a party that ceased on 2014-05-31"):
        fee_with(CEASED)


def test_a_late_declaration_is_invoiced_all_the_same() -> None:
    late = DeclarationCycle(year=2015, declared_on=dt.date(2016, 2, 10), checked_on=CHECKED)
    assert (late.declared_late, PASSED.declared_late, NOTHING.declared_late) == (True, False, False)
    assert late.may_be_invoiced(ISSUED)
    assert "declared on: 2016-02-10, late" in str(late.explain(ISSUED))


def test_the_fee_shows_when_it_was_declared_and_checked() -> None:
    lines = str(fee_with(PASSED).explain()).splitlines()
    assert lines[1:5] == [
        "  declared: 28,996 Gcal released in 2015 (DM 10/10/2014 art. 4 c. 1)",
        "    last day to declare: 2016-01-31 (DM 10/10/2014 art. 4)",
        "    declared on: 2016-01-25, in time (DM 10/10/2014 art. 4)",
        "    checked on: 2016-03-01 (GSE, instructions on invoicing and paying the biofuel fees, 2)",
    ]


def test_the_explanation_as_text_json_and_html() -> None:
    derivation = PASSED.explain(ISSUED)
    assert derivation.line.startswith(
        "declaration of 2015 on 2016-03-18: declared and checked; it may be invoiced (GSE"
    )
    assert json.loads(derivation.to_json())["steps"][0]["result"] == "2016-01-31"
    assert "<caption>declaration of 2015</caption>" in PASSED._repr_html_()
    later = str(DeclarationCycle(year=2023).explain(ISSUED.replace(year=2024)))
    assert "by 28 February 2024 (GSE, news of 13/06/2023)" in later


def test_a_cycle_travels_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(fee_with(PASSED))) == fee_with(PASSED)


IMPOSSIBLE: dict[str, tuple[dict[str, Any], str]] = {
    "declared within the year": ({"declared_on": dt.date(2015, 12, 30)}, "cannot have been declared on 2015-12-30"),
    "declared before the last day": (
        {"declared_on": dt.date(2015, 5, 30), "ceased_on": dt.date(2015, 5, 31)},
        "released biofuel until 2015-05-31",
    ),
    "checked before the declaration": (
        {"declared_on": DECLARED, "checked_on": dt.date(2016, 1, 24)},
        "a check on 2016-01-24 of a declaration made on 2016-01-25",
    ),
    "checked without declaration": ({"checked_on": CHECKED}, "of a declaration made never; .*give declared_on"),
    "no year": ({"year": "2015"}, "'2015' is not a year"),
    "the year True": ({"year": True}, "True is not a year"),
    "the last year": ({"year": 9999}, "10000 is not a year"),
    "a moment": (
        {"declared_on": dt.datetime(2016, 1, 25, 9, 0, tzinfo=dt.UTC)},
        "cannot be the declared day of a declaration",
    ),
    "a day as text": ({"declared_on": DECLARED, "checked_on": "2016-03-01"}, "cannot be the checked day"),
    "a number": ({"ceased_on": 20150531}, "cannot be the last day"),
    "no table": ({"deadlines": None}, "None cannot be the table of last days"),
}


@pytest.mark.parametrize(("fields", "message"), IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_days_that_cannot_be_are_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        DeclarationCycle(**{"year": 2015, **fields})


@pytest.mark.parametrize("on", [None, "2016-03-18", 2016, dt.datetime(2016, 3, 18, tzinfo=dt.UTC)])
def test_a_day_that_is_none_is_refused(on: Any) -> None:
    for ask in (PASSED.state, PASSED.may_be_invoiced, PASSED.obstacle, PASSED.explain, fee_with(None).vat):
        with pytest.raises(InvalidValueError, match=r"days are datetime\.date"):
            ask(on)


def test_the_days_of_another_year_do_not_go_with_a_declaration() -> None:
    with pytest.raises(InvalidValueError, match="of the declaration of 2014 cannot go with the quantities of 2015"):
        fee_with(DeclarationCycle(year=2014))


@pytest.mark.parametrize(("month", "day"), [(2, 29), (13, 1), (0, 1), (10**400, 1)])
def test_what_is_no_day_of_every_year_is_refused(month: int, day: int) -> None:
    with pytest.raises(InvalidValueError, match=r"there is no day .* of month .* in every year"):
        DayOfYear(month, day)
