"""Issuing: numbers that freeze, names that are never used twice, gaps that hold one operator and no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from gse_billing.billing import Books, Issuance, issue
from gse_billing.core.errors import DuplicateNumberError, FrozenNumberError, InvalidValueError, NumberOutOfOrderError
from tests.support.portfolios import DAY, fields, portfolio

Change = Callable[[dict[str, Any]], object]


def issued(change: Change = lambda _: None, *, books: Books | None = None, on: dt.date = DAY) -> Issuance:
    given = fields()
    change(given)
    return issue(portfolio(given), on=on, books=books)


@pytest.mark.requirement("INV-12", "INV-13")
def test_numbers_are_frozen_once_given() -> None:
    first = issued()
    assert [str(document.number) for document in first.documents] == ["PA/12", "PA/13", "90001"]
    assert issued(books=first.books) == first
    with pytest.raises(FrozenNumberError, match="its data have changed"):
        issued(lambda p: p["proposals"][0].update(amount=Decimal("217.00")), books=first.books)


def test_later_documents_go_on_from_the_books() -> None:
    first = issued()

    def later(p: dict[str, Any]) -> None:
        p["proposals"].append({**p["proposals"][0], "issue_date": dt.date(2020, 12, 16)})

    second = issued(later, books=first.books, on=dt.date(2020, 12, 16))
    assert [(str(item.number), item.file_name.progressive) for item in second.documents] == [
        ("PA/12", "00001"),
        ("PA/13", "00002"),
        ("90001", "00003"),
        ("PA/14", "00004"),
    ]


def test_what_is_dated_later_than_the_run_is_not_looked_at() -> None:
    early = issued(on=dt.date(2020, 12, 11))
    assert [str(document.number) for document in early.documents] == ["PA/12", "PA/13"]
    assert issued(on=dt.date(2020, 12, 10)).documents == ()


@pytest.mark.requirement("INV-11", "INV-13")
def test_a_number_typed_by_the_operator_is_taken_as_it_is() -> None:
    result = issued(lambda p: p["proposals"][0].update(number="2020/77 bis"))
    assert {str(document.number) for document in result.documents} == {"PA/12", "2020/77 bis", "90001"}


def test_a_typed_number_that_the_books_have_is_refused() -> None:
    first = issued()

    def change(p: dict[str, Any]) -> None:
        p["proposals"].append({**p["proposals"][0], "year": 2018, "number": "PA/12"})

    with pytest.raises(DuplicateNumberError):
        issued(change, books=first.books)


def test_a_number_is_never_dated_before_its_predecessor() -> None:
    first = issued()

    def change(p: dict[str, Any]) -> None:
        p["proposals"].append({**p["proposals"][0], "issue_date": dt.date(2020, 12, 1)})

    with pytest.raises(NumberOutOfOrderError):
        issued(change, books=first.books)


def test_numbers_that_look_alike_are_a_warning() -> None:
    def change(p: dict[str, Any]) -> None:
        p["proposals"][0].update(number="A/7")
        p["proposals"][1].update(number="a/07")

    report = issued(change).report
    assert report.ok
    assert report.codes == ("numbering:near-duplicate",)


def test_books_survive_storing() -> None:
    books = issued().books
    assert Books.from_dict(books.to_dict()) == books


@pytest.mark.parametrize(
    ("fields_", "why"),
    [
        (None, "version"),
        ({"version": 2}, "version"),
        ({"version": 1, "numbers": 3, "files": {}}, "missing"),
        ({"version": 1, "numbers": [], "files": {"a": 1}}, "no text"),
        ({"version": 1, "numbers": [{}], "files": {}}, "cannot be read"),
    ],
)
def test_books_that_no_run_wrote_are_refused(fields_: object, why: str) -> None:
    with pytest.raises(InvalidValueError, match=why):
        Books.from_dict(fields_)


GAPS: dict[str, tuple[Change, str, str]] = {
    "no IBAN": (lambda p: p["operators"][0]["contracts"][0].pop("iban"), "billing:missing-datum", "iban"),
    "no office": (lambda p: p["operators"][0].pop("preferred_office"), "parties:no-office-code", "CUU"),
    "no VAT number": (lambda p: p["operators"][0].pop("partita_iva"), "billing:missing-datum", "partita_iva"),
    "no treatment": (lambda p: p["proposals"][0].pop("treatment"), "billing:missing-datum", "treatment"),
    "no number": (lambda p: p.update(numbering=[]), "billing:missing-datum", "number"),
    "no number of GSE": (lambda p: p["gse"].pop("numbers"), "billing:missing-datum", "number"),
    "a treatment out of force": (
        lambda p: p["proposals"][0].update(treatment="reverse-charge-energy", issue_date=dt.date(2020, 6, 1)),
        "billing:not-possible",
        "reverse-charge-energy",
    ),
    "a service without threshold": (
        lambda p: p["operators"][0]["contracts"][0].update(service="CT"),
        "billing:not-possible",
        "threshold",
    ),
    "a plant beyond the tariff": (
        lambda p: p["operators"][0]["contracts"][0].update(power_kw=Decimal(900)),
        "billing:not-possible",
        "500",
    ),
    "a name that the standard cannot carry": (
        lambda p: p["operators"][0].update(name="Comune € di Montefiore"),
        "sdi:00200",
        "€",
    ),
    "a province that is none": (
        lambda p: p["operators"][0]["address"].update(provincia="Ascoli"),
        "sdi:00200",
        "Provincia",
    ),
}


@pytest.mark.parametrize("name", GAPS)
def test_a_gap_is_named_and_keeps_what_it_concerns(name: str) -> None:
    change, code, said = GAPS[name]
    result = issued(change)
    assert result.gaps
    finding = result.report.errors[0]
    assert finding.code == code
    assert said in f"{finding.path} {finding.message_en} {finding.hint}"
    proposals = [gap for gap in result.gaps if gap.key.startswith("proposal")]
    assert all(gap.payable is not None for gap in proposals)


def test_an_invoice_paid_by_transfer_needs_the_account_of_gse() -> None:
    def change(p: dict[str, Any]) -> None:
        p["gse"].pop("iban")
        p["charges"][0].update(fee="COSTI DI ISTRUTTORIA", amount=50)

    (gap,) = issued(change).gaps
    assert gap.finding.parameters == {"field": "gse.iban"}


def test_a_gap_of_an_invoice_paid_by_transfer_is_never_netted() -> None:
    def change(p: dict[str, Any]) -> None:
        p["gse"].pop("numbers")
        p["charges"][0].update(fee="COSTI DI ISTRUTTORIA", amount=50)

    (gap,) = issued(change).gaps
    assert gap.payable is None


BIOFUEL = {
    "operator": "comune",
    "year": 2015,
    "total": 100,
    "treatment": "ordinary",
    "issue_date": dt.date(2016, 3, 18),
    "due_date": dt.date(2016, 3, 18),
    "number": "76256",
}


@pytest.mark.requirement("BIO-6")
def test_where_nothing_was_released_nothing_is_invoiced() -> None:
    assert len(issued(lambda p: p.update(biofuel=[BIOFUEL])).documents) == 4
    assert len(issued(lambda p: p.update(biofuel=[{**BIOFUEL, "total": 0}])).documents) == 3


@pytest.mark.parametrize(
    ("wrong", "reason"), [({"advanced": 101}, "more than the total"), ({"year": 2013}, "no tariff")]
)
def test_a_release_that_cannot_be_charged_is_a_gap(wrong: dict[str, int], reason: str) -> None:
    (gap,) = issued(lambda p: p.update(biofuel=[{**BIOFUEL, **wrong}])).gaps
    assert gap.payable is None


def test_a_stamp_is_put_on_amounts_outside_vat() -> None:
    def change(p: dict[str, Any]) -> None:
        for proposal in p["proposals"]:
            proposal["treatment"] = "outside-scope"

    first, second, _ = issued(change).documents
    assert b"<ImportoBollo>" not in first.xml
    assert b"<DatiBollo><BolloVirtuale>SI</BolloVirtuale><ImportoBollo>2.00</ImportoBollo></DatiBollo>" in second.xml


def test_a_long_subject_goes_on_in_the_next_causale() -> None:
    result = issued(lambda p: p["proposals"][0].update(subject="x" * 450))
    assert result.documents[1].xml.count(b"<Causale>") == 3


def test_a_private_party_with_certified_mail_receives_there() -> None:
    def change(p: dict[str, Any]) -> None:
        p["operators"][0].update(kind="company", pec="comune@pec.example.it")

    assert b"<PECDestinatario>comune@pec.example.it</PECDestinatario>" in issued(change).documents[2].xml


def test_a_draft_explains_amount_and_due_date() -> None:
    charge = issued().documents[2]
    text = str(charge.draft.explain())
    assert "1 EUR/kW" in text
    assert "60.00 EUR" in text
