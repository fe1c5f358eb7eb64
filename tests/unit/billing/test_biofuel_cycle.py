"""The biofuel fee in a portfolio: invoiced once GSE has checked the declaration, and never before (BIO-6)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gse_billing import evolve
from gse_billing.billing import Issuance, biocar_rows, issue, portfolio_from, settle
from gse_billing.core.errors import InvalidInputError
from gse_billing.core.findings import Finding, Severity
from tests.support.portfolios import DAY, fields, portfolio

DECLARED, CHECKED, ISSUED = dt.date(2016, 1, 25), dt.date(2016, 3, 1), dt.date(2016, 3, 18)
RELEASE: dict[str, Any] = {
    "operator": "comune",
    "year": 2015,
    "total": 28_996,
    "advanced": 4_490,
    "treatment": "ordinary",
    "issue_date": ISSUED,
    "due_date": ISSUED,
    "number": "76256",
}
OTHERS = 3
"""The invoices of the portfolio that have nothing to do with biofuel."""


def with_release(**days: Any) -> dict[str, Any]:
    return {**fields(), "biofuel": [{**RELEASE, **days}]}


def issued(**days: Any) -> Issuance:
    return issue(portfolio(with_release(**days)), on=DAY)


def awaited(issuance: Issuance) -> list[Finding]:
    return [finding for finding in issuance.report if finding.code == "billing:declaration-not-checked"]


@pytest.mark.requirement("BIO-6")
def test_a_declaration_that_is_not_checked_is_not_invoiced_and_the_report_says_why() -> None:
    result = issued(declared_on=DECLARED)
    (finding,) = awaited(result)
    assert len(result.documents) == OTHERS
    assert finding.severity is Severity.INFO
    assert finding.message_en == (
        "not invoiced yet: the declaration of 2015, made on 2016-01-25, has not passed the documentary check of GSE"
    )
    assert finding.path == "biofuel/comune/2015/2016-03-18"
    assert "give checked_on" in finding.hint


@pytest.mark.requirement("BIO-6")
def test_waiting_for_the_check_holds_no_payment() -> None:
    # the fee is paid by transfer and never set off, so what GSE owes the supplier goes its own way
    waiting, without = issued(declared_on=DECLARED), issue(portfolio(fields()), on=DAY)
    assert waiting.gaps == without.gaps == ()
    assert waiting.documents == without.documents


@pytest.mark.requirement("BIO-6", "BIO-13")
def test_a_checked_declaration_is_invoiced_with_its_days_in_the_derivation() -> None:
    result = issued(declared_on=DECLARED, checked_on=CHECKED)
    assert awaited(result) == []
    (document,) = [one for one in result.documents if str(one.number) == "76256"]
    reasons = str(document.draft.explain())
    assert "declared on: 2016-01-25, in time (DM 10/10/2014 art. 4)" in reasons
    assert "checked on: 2016-03-01" in reasons


def test_a_portfolio_that_tells_no_day_is_invoiced_the_same_bytes() -> None:
    told, untold = issued(declared_on=DECLARED, checked_on=CHECKED), issued()
    assert [one.xml for one in told.documents] == [one.xml for one in untold.documents]
    assert len(untold.documents) == OTHERS + 1


@pytest.mark.requirement("BIO-6")
def test_the_check_of_a_later_run_brings_the_invoice() -> None:
    waiting = issued(declared_on=DECLARED)
    again = issue(portfolio(with_release(declared_on=DECLARED, checked_on=ISSUED)), on=DAY, books=waiting.books)
    assert [str(one.number) for one in again.documents if one.key in again.new] == ["76256"]


@pytest.mark.requirement("BIO-6", "INV-12")
@pytest.mark.parametrize(
    "days",
    [{"declared_on": DECLARED}, {"ceased_on": dt.date(2015, 5, 31)}],
    ids=["the check is not told", "only the last day is told"],
)
def test_what_an_earlier_run_invoiced_waits_for_no_check_and_holds_nobody(days: dict[str, Any]) -> None:
    first = issued()
    again = issue(portfolio(with_release(**days)), on=DAY, books=first.books)
    assert (again.gaps, awaited(again)) == ((), [])
    assert [one.xml for one in again.documents] == [one.xml for one in first.documents]


def test_an_invoice_of_an_earlier_run_and_a_party_that_had_ceased_contradict_one_another() -> None:
    ceased = portfolio(with_release(ceased_on=dt.date(2014, 12, 31)))
    again = settle(ceased, on=DAY, books=issued().books)
    assert "billing:frozen-invoice-contradicted" in again.report.codes
    assert list(biocar_rows(again, ceased)) == []  # no fee comes from such a declaration; the report says so


@pytest.mark.requirement("BIO-6")
def test_a_party_that_ceased_is_invoiced_for_its_last_year() -> None:
    last = dt.date(2015, 5, 31)
    assert len(issued(declared_on=DECLARED, checked_on=CHECKED, ceased_on=last).documents) == OTHERS + 1
    (finding,) = awaited(issued(ceased_on=last))
    assert "was to be declared by 2016-01-31" in finding.message_en


@pytest.mark.requirement("BIO-6")
def test_without_biofuel_nothing_is_awaited() -> None:
    result = issued(total=0, advanced=0, declared_on=DECLARED)
    assert (awaited(result), len(result.documents)) == ([], OTHERS)


def test_what_is_dated_after_the_run_is_not_looked_at() -> None:
    given = portfolio(with_release(declared_on=DECLARED))
    assert awaited(issue(given, on=dt.date(2016, 3, 17))) == []


@pytest.mark.requirement("BIO-6", "BIO-9")
def test_a_settlement_shows_no_row_of_biocar_before_the_check() -> None:
    waiting, checked = (
        portfolio(with_release(declared_on=DECLARED)),
        portfolio(with_release(declared_on=DECLARED, checked_on=CHECKED)),
    )
    assert list(biocar_rows(settle(waiting, on=DAY), waiting)) == []
    ((row, fee),) = biocar_rows(settle(checked, on=DAY), checked)
    assert (row.number, fee.cycle) == ("76256", checked.biofuel[0].cycle)


def test_the_release_of_a_party_that_had_ceased_is_a_gap() -> None:
    (gap,) = issued(ceased_on=dt.date(2014, 12, 31)).gaps
    assert "28,996 Gcal released in 2015 by a party that ceased on 2014-12-31" in gap.finding.message_en


def test_days_that_contradict_one_another_are_a_gap_where_no_file_was_read() -> None:
    good = portfolio(with_release(declared_on=DECLARED))
    (release,) = good.biofuel
    bad = evolve(good, biofuel=(evolve(release, declared_on=None, checked_on=CHECKED),))
    result = issue(bad, on=DAY)
    assert [gap.finding.code for gap in result.gaps] == ["billing:not-possible"]
    assert awaited(result) == []


IMPOSSIBLE: dict[str, tuple[dict[str, Any], str, str]] = {
    "checked but not declared": ({"checked_on": CHECKED}, "of a declaration made never", "give declared_on"),
    "declared within the year": ({"declared_on": dt.date(2015, 3, 1)}, "cannot have been declared", "ceased_on"),
    "checked before it was declared": (
        {"declared_on": CHECKED, "checked_on": DECLARED},
        "a check on 2016-01-25 of a declaration made on 2016-03-01",
        "not later than checked_on",
    ),
    "invoiced before the check": (
        {"declared_on": DECLARED, "checked_on": dt.date(2016, 3, 19)},
        "it is invoiced on 2016-03-18, before GSE checked it on 2016-03-19",
        "date the invoice on or after",
    ),
    "a year without a last day": ({"year": 2012, "declared_on": DECLARED}, "no value in force on 2013-01-01", ""),
}


@pytest.mark.requirement("BIO-6")
@pytest.mark.parametrize(("days", "message", "hint"), IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_days_that_cannot_be_are_defects_of_the_file(days: dict[str, Any], message: str, hint: str) -> None:
    with pytest.raises(InvalidInputError) as raised:
        portfolio_from(with_release(**days))
    (finding,) = raised.value.report
    assert finding.code == "portfolio:impossible-declaration"
    assert finding.path.endswith("/2016-03-18.declared_on")
    assert message in finding.message_en
    assert hint in finding.hint


def test_a_day_that_is_none_is_a_defect_of_the_file() -> None:
    with pytest.raises(InvalidInputError) as raised:
        portfolio_from(with_release(declared_on="yesterday"))
    assert [finding.path for finding in raised.value.report] == ["biofuel[0].declared_on"]
