"""Issuing: numbers that freeze, names that are never used twice, gaps that hold one operator and no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container
from decimal import Decimal
from typing import Any

import pytest

from gse_billing import evolve
from gse_billing.billing import Books, Issuance, issue
from gse_billing.core.errors import InvalidValueError
from tests.support.portfolios import DAY, fields, portfolio

Change = Callable[[dict[str, Any]], object]


def issued(
    change: Change = lambda _: None,
    *,
    books: Books | None = None,
    on: dt.date = DAY,
    freed: Container[str] = frozenset(),
) -> Issuance:
    given = fields()
    change(given)
    return issue(portfolio(given), on=on, books=books, freed=freed)


@pytest.mark.requirement("INV-12", "INV-13")
def test_numbers_are_frozen_once_given() -> None:
    first = issued()
    assert [str(document.number) for document in first.documents] == ["PA/12", "PA/13", "90001"]
    again = issued(books=first.books)
    assert (again.documents, again.books, again.new) == (first.documents, first.books, frozenset())


FROZEN: dict[str, tuple[Change, str]] = {
    "another amount": (lambda p: p["proposals"][0].update(amount=Decimal("217.00")), "has changed since"),
    "another due date": (lambda p: p["proposals"][0].update(due_date=dt.date(2021, 3, 1)), "has changed since"),
    "another treatment": (lambda p: p["proposals"][0].update(treatment="outside-scope"), "has changed since"),
    "another number": (lambda p: p["proposals"][0].update(number="77"), "another number is typed now, 77"),
    "another issuer": (lambda p: p.update(issuer="CC"), "has changed since"),
    "a plant that invoices nothing": (
        lambda p: (p["operators"][0]["contracts"][0].update(power_kw=Decimal(20)), p.update(charges=[])),
        "cannot be invoiced",
    ),
    "a record that is gone": (lambda p: p["proposals"].pop(0), "no longer has the record"),
    "a record under another name": (lambda p: p["proposals"][0].update(fee="Contributo"), "no longer has the record"),
}


@pytest.mark.requirement("INV-12")
@pytest.mark.parametrize("name", FROZEN)
def test_an_invoice_that_the_portfolio_contradicts_stays_and_holds_its_operator(name: str) -> None:
    change, said = FROZEN[name]
    first = issued()
    again = issued(change, books=first.books)
    assert {document.xml for document in first.documents} <= {document.xml for document in again.documents}
    findings = [found for found in again.report.errors if found.code == "billing:frozen-invoice-contradicted"]
    assert any(said in found.message_en for found in findings)
    assert {gap.operator for gap in again.gaps} == {"comune"}


PARTIES: dict[str, Change] = {
    "an account": lambda p: p["operators"][0]["contracts"][0].update(iban="IT61U0306905000100000012345"),
    "a seat": lambda p: p["operators"][0]["address"].update(indirizzo="Via Nuova"),
    "a tax code": lambda p: p["operators"][0].update(codice_fiscale="90012340239"),
    "a name": lambda p: p["operators"][0].update(name="Comune Nuovo"),
    "GSE's seat": lambda p: p["gse"]["address"].update(indirizzo="Via Nuova"),
}


@pytest.mark.parametrize("name", PARTIES)
def test_an_invoice_keeps_the_parties_it_was_issued_with(name: str) -> None:
    first = issued()
    again = issued(PARTIES[name], books=first.books)
    assert again.gaps == ()
    assert [document.xml for document in again.documents] == [document.xml for document in first.documents]
    assert set(again.report.codes) == {"billing:frozen-invoice-kept"}


def test_a_discarded_invoice_is_issued_again_once_its_record_is_mended() -> None:
    first = issued()
    key = first.documents[1].key
    same = issued(books=first.books, freed={key})
    assert same.new == frozenset()
    mended = issued(PARTIES["a tax code"], books=first.books, freed={key})
    assert mended.new == {f"{key}#2"}
    again = mended.documents[2]
    assert (str(again.number), again.file_name.progressive, again.sent.attempt) == ("PA/13", "00004", 2)
    assert b"90012340239" in again.xml
    assert {document.key for document in mended.current} == {first.documents[0].key, f"{key}#2", first.documents[2].key}
    renumbered = issued(lambda p: p["proposals"][0].update(number="77"), books=first.books, freed={key})
    assert [str(item.number) for item in renumbered.documents if item.key in renumbered.new] == ["77"]
    third = issued(PARTIES["a name"], books=mended.books, freed={key, f"{key}#2"})
    assert third.new == {f"{key}#3"}


def test_a_file_name_is_never_used_again() -> None:
    first = issued()

    def change(p: dict[str, Any]) -> None:
        p["proposals"][1] = {**p["proposals"][1], "year": 2018}

    names = [str(document.file_name) for document in issued(change, books=first.books).documents]
    assert len(set(names)) == len(names) == 4


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

    (gap,) = issued(change, books=first.books).gaps
    assert "is taken by" in gap.finding.message_en
    assert gap.payable is not None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda p: p["proposals"][0].update(number="PA/12"), "is taken by"),
        (lambda p: p["operators"][0].update(name="Comune €"), "€"),
    ],
)
def test_a_discarded_invoice_that_cannot_be_issued_again_stands_for_its_money_alone(change: Change, said: str) -> None:
    first = issued()
    key = first.documents[1].key
    again = issued(change, books=first.books, freed={key})
    assert again.new == frozenset()
    (gap,) = again.gaps
    assert (gap.key, gap.payable) == (key, None)
    assert said in gap.finding.message_en


def test_a_number_is_never_dated_before_its_predecessor() -> None:
    first = issued()

    def change(p: dict[str, Any]) -> None:
        p["proposals"].append({**p["proposals"][0], "issue_date": dt.date(2020, 12, 1)})

    (gap,) = issued(change, books=first.books).gaps
    assert "would not follow the dates" in gap.finding.message_en


@pytest.mark.requirement("INV-13")
@pytest.mark.parametrize(
    ("first", "second", "series", "taken"),
    [
        ("FPA 7/2020", "FPA 6/2020", False, False),  # the second is dated later: its number comes before
        ("FPA 6/2020", "FPA 7/2020", False, True),
        ("FPA 6/2020", "FVE 7/2020", False, True),
        ("6/2020", "2-7", False, True),
        ("6/1", "6/2", False, True),  # which of the two figures counts nobody knows
        ("X2", "X1", True, True),
        ("X1", "X2", True, True),
    ],
)
def test_typed_numbers_are_in_order_as_far_as_they_tell_it(first: str, second: str, series: bool, taken: bool) -> None:
    def change(p: dict[str, Any]) -> None:
        p["proposals"][0].update(number=first, issue_date=dt.date(2020, 12, 11))
        p["proposals"][1].update(number=second, issue_date=dt.date(2020, 12, 12))
        if not series:
            p["numbering"] = []

    found = issued(change)
    typed = [str(item.number) for item in found.documents[:2]]
    assert (typed == [first, second]) is taken
    assert len(found.gaps) == (not taken)
    assert all("would not follow the dates of its series" in gap.finding.message_en for gap in found.gaps)


def test_a_number_that_the_series_would_not_write_comes_by_its_date() -> None:
    def change(p: dict[str, Any]) -> None:
        p["proposals"][0].update(number="X1", issue_date=dt.date(2020, 12, 12))

    found = issued(change)
    assert found.gaps == ()
    assert [str(item.number) for item in found.documents] == ["PA/12", "X1", "90001"]

    def late(p: dict[str, Any]) -> None:
        change(p)
        p["proposals"].append({**p["proposals"][1], "year": 2018})

    (gap,) = issued(late, books=found.books).gaps
    assert "number X1 is dated 2020-12-12" in gap.finding.message_en


def test_a_format_that_changes_within_the_year_is_refused_and_a_new_year_takes_it() -> None:
    def change(p: dict[str, Any]) -> None:
        p["numbering"][0].update(format="SSP/{n}", first=1)
        p["proposals"].append({**p["proposals"][0], "issue_date": dt.date(2020, 12, 20), "year": 2018})

    first = issued()
    (gap,) = issued(change, books=first.books, on=dt.date(2020, 12, 31)).gaps
    assert "series 'comune' cannot go on as 'SSP/{n}'" in gap.finding.message_en

    def next_year(p: dict[str, Any]) -> None:
        change(p)
        p["proposals"][-1].update(issue_date=dt.date(2021, 1, 4))

    again = issued(next_year, books=first.books, on=dt.date(2021, 1, 4))
    assert [str(item.number) for item in again.documents if item.key in again.new] == ["SSP/1"]


def test_a_series_goes_on_behind_what_was_typed() -> None:
    def change(p: dict[str, Any]) -> None:
        p["charges"].append({**p["charges"][0], "year": 2019, "number": "90001"})

    assert {str(item.number) for item in issued(change).documents} == {"PA/12", "PA/13", "90001", "90002"}


def test_a_plant_that_owes_nothing_is_not_charged() -> None:
    result = issued(lambda p: p["operators"][0]["contracts"][0].update(power_kw=3, invoices=True))
    assert [str(item.number) for item in result.documents] == ["PA/12", "PA/13"]


def test_records_of_later_days_are_said() -> None:
    report = issued(on=dt.date(2020, 12, 11)).report
    assert report.codes == ("billing:later-records",)
    assert report.ok


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


EMPTY: dict[str, object] = {"version": 1, "numbers": [], "sent": [], "parts": [], "transfers": []}


def test_books_that_use_a_name_twice_are_refused() -> None:
    books = issued().books
    with pytest.raises(InvalidValueError, match="stands in them twice"):
        evolve(books, sent=(*books.sent, evolve(books.sent[0], attempt=2)))


@pytest.mark.parametrize(
    ("fields_", "why"),
    [
        (None, "version"),
        ({"version": 2}, "version"),
        ({"version": 1, "numbers": 3}, "the list numbers is missing"),
        ({**EMPTY, "numbers": [{}]}, "cannot be read"),
        ({**EMPTY, "sent": [{}]}, "error"),
        ({**EMPTY, "parts": [3]}, "error"),
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
