"""The main job on the figures of the two source documents."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from gse_billing.billing import (
    Account,
    Settlement,
    biocar_rows,
    letter_text,
    load_portfolio,
    open_items,
    read_answers,
    settle,
)
from gse_billing.core.money import ZERO
from gse_billing.netting import Credit, HeldEntry, HoldReason
from gse_billing.testing.sdi import sdi_receipts as receipts
from tests.support.demo_answers import DEMO, demo_answers
from tests.support.official_schema import Judge
from tests.support.portfolios import DAY, fields, portfolio

SECOND = dt.date(2021, 1, 20)


def settled(given: dict[str, Any]) -> Settlement:
    first = settle(portfolio(given), on=DAY)
    return settle(portfolio(given), on=SECOND, books=first.books, answers=receipts(first.documents))


def demo() -> Settlement:
    source = load_portfolio(DEMO / "portfolio.toml")
    first = settle(source, on=dt.date(2020, 12, 14))
    answers, unread = read_answers(DEMO / "answers")
    assert unread.ok
    return settle(source, on=SECOND, books=first.books, answers=answers)


@pytest.mark.requirement("INV-8", "INV-9", "PAY-4", "PAY-5", "PAY-7", "PAY-9")
def test_the_municipality_is_paid_170_46_on_the_first_of_february() -> None:
    """216.22 + 14.24 less 60.00: under split payment the office owes the taxable amount alone."""
    result = settled(fields())
    assert [(item.amount, item.value_date) for item in result.transfers] == [(Decimal("170.46"), dt.date(2021, 2, 1))]
    (account,) = result.accounts
    assert (account.gross, account.set_off, account.transferred) == (
        Decimal("230.46"),
        Decimal("60.00"),
        Decimal("170.46"),
    )
    charge = next(document for document in result.documents if document.draft.iban is None)
    assert (charge.draft.amounts.taxable, charge.draft.amounts.tax) == (Decimal("60.00"), Decimal("13.20"))
    assert b"<IBAN>" not in charge.xml
    assert b"<DatiPagamento>" not in charge.xml
    assert b"<EsigibilitaIVA>S</EsigibilitaIVA>" in charge.xml


def test_without_split_payment_it_is_paid_157_26() -> None:
    given = fields()
    given["charges"][0]["treatment"] = "ordinary"
    assert [item.amount for item in settled(given).transfers] == [Decimal("157.26")]


@pytest.mark.requirement("INV-10", "INV-11", "INV-17")
def test_the_operators_invoice_says_what_the_screen_shows() -> None:
    document = next(item for item in settled(fields()).documents if item.number == "PA/13")
    text = document.xml.decode()
    for said in (
        "<Numero>PA/13</Numero>",
        "<Data>2020-12-11</Data>",
        "<Causale>DELIBERA ARERA N.74/08 - FATTURAZIONE SCAMBIO SUL POSTO</Causale>",
        "<DatiContratto><IdDocumento>SSP00030614</IdDocumento></DatiContratto>",
        "<ImportoTotaleDocumento>216.22</ImportoTotaleDocumento>",
        "<Imposta>0.00</Imposta>",
        "<Natura>N6.8</Natura>",
        "<SoggettoEmittente>TZ</SoggettoEmittente>",
        "<CodiceDestinatario>GSE001</CodiceDestinatario>",
        "<IBAN>IT09A0103003200000000123456</IBAN>",
        "<DataScadenzaPagamento>2021-01-31</DataScadenzaPagamento>",
    ):
        assert said in text
    third_party = text.partition("<TerzoIntermediarioOSoggettoEmittente>")[2]
    assert "<IdCodice>05754381001</IdCodice>" in third_party


def test_before_the_receipt_everything_waits() -> None:
    first = settle(portfolio(), on=DAY)
    assert first.transfers == ()
    held = [part for part in first.open_parts if isinstance(part, HeldEntry)]
    assert len(held) == len(first.open_parts) == 3
    assert {reason.reason for part in held for reason in part.reasons} == {HoldReason.AWAITING_DELIVERY}


def test_the_company_is_paid_under_the_rules_of_its_service() -> None:
    """RID above 20 kW: reverse charge, due at the end of the month after the invoice, costs set off with their VAT."""
    result = demo()
    paid = {str(item.creditor_iban): (item.amount, item.value_date) for item in result.transfers}
    assert paid["IT61U0306905000100000012345"] == (Decimal("1080.73"), dt.date(2021, 2, 1))
    invoice = next(document for document in result.documents if document.number == "7/PA")
    assert invoice.draft.due == dt.date(2021, 1, 31)


@pytest.mark.requirement("INV-1")
def test_the_plant_of_20_kw_invoices_nothing_and_is_paid() -> None:
    result = demo()
    assert not any(document.draft.contract == "RID00045128" for document in result.documents)
    paid = [item for item in result.transfers if item.creditor_iban == "IT48H0200805120000040123456"]
    assert [(item.amount, item.remittance) for item in paid] == [
        (Decimal("88.40"), "CONTRATTO RID00045128 COMPETENZE PUBBLICATE AL 14/12/2020")
    ]


@pytest.mark.requirement("BIO-7", "BIO-8", "BIO-10")
def test_the_biofuel_invoice_is_that_of_the_instructions() -> None:
    result = demo()
    ((row, fee),) = biocar_rows(result, load_portfolio(DEMO / "portfolio.toml"))
    assert row.cells()[:8] == (
        "2016",
        "76256",
        "1.635,19 €",
        "359,74 €",
        "1.994,93 €",
        "18/03/2016",
        "18/03/2016",
        "Non Pagato",
    )
    assert "0.055 EUR/Gcal x 28,996 Gcal = 1,594.78 EUR" in str(fee.explain())
    (document,) = result.receivables
    assert b"<IBAN>IT58P0100503200000000654321</IBAN>" in document.xml


@pytest.mark.requirement("BLK-1", "INV-14", "INV-21", "PAY-3")
def test_a_discard_stops_its_payment_and_a_wrong_tax_code_stops_them_all() -> None:
    result = demo()
    held = {part.entry.operator: part for part in result.open_parts if isinstance(part.entry, Credit)}
    assert set(held) == {"consorzio", "istituto"}
    reasons = {operator: {reason.reason for reason in part.reasons} for operator, part in held.items()}  # type: ignore[union-attr]
    assert reasons == {"consorzio": {HoldReason.DISCARDED}, "istituto": {HoldReason.OPERATOR_SUSPENDED}}
    assert result.outcomes[held["consorzio"].entry.id].note == "Fattura duplicata"
    assert result.report.ok


@pytest.mark.requirement("PAY-9")
def test_before_its_day_the_biofuel_fee_is_in_no_table() -> None:
    source = load_portfolio(DEMO / "portfolio.toml")
    assert list(biocar_rows(settle(source, on=dt.date(2016, 3, 17)), source)) == []


def test_each_operator_reads_of_his_own_money_alone() -> None:
    result = demo()
    letters = {
        account.operator: letter_text(result, account, "x", open_items(result, account)) for account in result.accounts
    }
    assert "Fattura duplicata" in letters["consorzio"]
    assert all("duplicata" not in text for operator, text in letters.items() if operator != "consorzio")


def test_every_account_adds_up_to_the_cent() -> None:
    for account in demo().accounts:
        parts = (account.set_off, account.transferred, account.carried, account.held)
        assert account.gross == sum(parts, ZERO)


def figures(account: Account) -> tuple[object, ...]:
    return account.operator, account.set_off, account.transferred, account.carried, account.held


def test_running_again_changes_nothing() -> None:
    source = load_portfolio(DEMO / "portfolio.toml")
    answers, _ = read_answers(DEMO / "answers")
    once = demo()
    for day in (SECOND, dt.date(2021, 2, 1), dt.date(2021, 3, 20)):
        again = settle(source, on=day, books=once.books, answers=answers)
        assert again.ordered == ()
        assert again.transfers == once.transfers
        assert [figures(account) for account in again.accounts] == [figures(account) for account in once.accounts]
        assert again.books == once.books
        assert [document.xml for document in again.documents] == [document.xml for document in once.documents]


def test_the_first_run_takes_no_answers() -> None:
    """Files get their names in it: what claims to answer them was meant for another run."""
    source = load_portfolio(DEMO / "portfolio.toml")
    answers, _ = read_answers(DEMO / "answers")
    first = settle(source, on=SECOND, answers=answers)
    assert first.transfers == ()
    assert set(first.report.codes) == {"answers:unmatched"}


def test_the_bundled_answers_are_those_of_the_bundled_portfolio() -> None:
    bundled = {path.name: path.read_bytes() for path in (DEMO / "answers").iterdir()}
    assert bundled == dict(demo_answers())


@pytest.mark.parametrize("issuer", ["TZ", "CC"])
def test_every_document_is_valid_by_the_official_schema(official_ordinary: Judge, issuer: str) -> None:
    given = fields()
    given["issuer"] = issuer
    for result in (demo(), settled(given)):
        for document in result.documents:
            assert official_ordinary(document.xml) == [], document.file_name


def test_cc_changes_block_1_5_and_the_uniqueness_key() -> None:
    """The buyer who issues is no third party, and the number must be unique for him."""
    given = fields()
    given["issuer"] = "CC"
    result = settle(portfolio(given), on=DAY)
    document = next(item for item in result.documents if item.number == "PA/13")
    assert b"<SoggettoEmittente>CC</SoggettoEmittente>" in document.xml
    assert b"TerzoIntermediario" not in document.xml
    assert {entry.issuer for entry in result.books.numbers} == {"05754381001"}
    plain = settle(portfolio(), on=DAY)
    assert {entry.issuer for entry in plain.books.numbers} == {"05754381001", "01234560447"}
