"""The release gate: delivered, clear, with an account and above the thresholds; else the reason (PAY-8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal, localcontext
from typing import Any

import pytest

from gse_billing import evolve
from gse_billing.billing import Settlement, letter_text, open_items, settle
from gse_billing.billing.remedies import REMEDIES
from gse_billing.core.errors import InvalidValueError
from gse_billing.netting import Carried, CarryReason, Credit, HeldEntry, HoldReason
from gse_billing.testing.sdi import sdi_answer as answer
from tests.support.portfolios import DAY, fields, portfolio

SECOND = dt.date(2021, 1, 20)
RESTRICTION = {"operator": "comune", "kind": "block", "reason": "ticket 5", "since": DAY}
Change = Callable[[dict[str, Any]], object]


def settled(
    change: Change = lambda _: None, *, kinds: dict[str, str] | None = None, on: dt.date = SECOND
) -> Settlement:
    """The second run, with a receipt for each document unless another answer is given for its number."""
    given = fields()
    change(given)
    source = portfolio(given)
    first = settle(source, on=DAY)
    said = {str(document.number): "RC" for document in first.documents} | (kinds or {})
    answers = [answer(item, said[str(item.number)]) for item in first.documents if said[str(item.number)]]
    return settle(source, on=on, books=first.books, answers=answers)


def reasons(result: Settlement) -> set[HoldReason]:
    held = (part for part in result.open_parts if isinstance(part, HeldEntry) and isinstance(part.entry, Credit))
    return {reason.reason for part in held for reason in part.reasons}


@pytest.mark.requirement("PAY-8")
@pytest.mark.parametrize(
    ("kinds", "reason"),
    [
        ({"PA/12": "", "PA/13": ""}, HoldReason.AWAITING_DELIVERY),
        ({"PA/12": "MC", "PA/13": "MC"}, HoldReason.AWAITING_DELIVERY),
        ({"PA/12": "NS", "PA/13": "NS"}, HoldReason.DISCARDED),
        ({"PA/12": "EC02", "PA/13": "EC02"}, HoldReason.REFUSED),
    ],
)
def test_what_was_not_delivered_is_not_paid(kinds: dict[str, str], reason: HoldReason) -> None:
    result = settled(kinds=kinds)
    assert result.transfers == ()
    assert reason in reasons(result)


def test_the_delivered_one_goes_and_the_other_waits() -> None:
    result = settled(kinds={"PA/12": ""})
    assert [item.amount for item in result.transfers] == [Decimal("156.22")]


def test_a_later_answer_only_adds() -> None:
    assert [item.amount for item in settled(kinds={"PA/12": "EC01"}).transfers] == [Decimal("170.46")]
    assert [item.amount for item in settled(kinds={"PA/12": "DT"}).transfers] == [Decimal("170.46")]


@pytest.mark.parametrize(("until", "paid"), [(None, False), (dt.date(2021, 1, 21), False), (SECOND, True)])
def test_a_declared_restriction_holds_until_it_ends(until: dt.date | None, paid: bool) -> None:
    def change(p: dict[str, Any]) -> None:
        p["restrictions"] = [
            {"operator": "comune", "kind": "suspension", "reason": "ticket 5", "since": DAY}
            | ({} if until is None else {"until": until})
        ]

    assert bool(settled(change).transfers) is paid


def test_a_gap_holds_its_operator_and_no_other() -> None:
    def change(p: dict[str, Any]) -> None:
        codes = {"codice_fiscale": "04567890233", "partita_iva": "04567890233"}
        twin = {**p["operators"][0], **codes, "key": "altro", "contracts": [{**p["operators"][0]["contracts"][0]}]}
        twin["contracts"][0]["code"] = "SSP00099999"
        twin.pop("preferred_office")
        p["operators"].append(twin)
        p["numbering"].append({"operator": "altro", "format": "AL/{n}"})
        p["proposals"].append({**p["proposals"][0], "contract": "SSP00099999"})
        p["charges"].append({**p["charges"][0], "contract": "SSP00099999"})

    result = settled(change)
    assert [item.amount for item in result.transfers] == [Decimal("170.46")]
    assert not result.report.ok
    (held,) = (part for part in result.open_parts if isinstance(part, HeldEntry))
    assert held.entry.operator == "altro"
    assert [reason.reason for reason in held.reasons] == [HoldReason.NO_OFFICE_CODE]


def test_the_same_gap_in_many_records_is_said_once() -> None:
    result = settled(lambda p: p["operators"][0].pop("partita_iva"))
    (part, *_) = result.open_parts
    assert isinstance(part, HeldEntry)
    assert len(part.reasons) == 1


@pytest.mark.requirement("PAY-6")
def test_below_the_publication_threshold_nothing_is_invoiced() -> None:
    def small(p: dict[str, Any]) -> None:
        p["proposals"] = [p["proposals"][1]]

    result = settled(small)
    assert [str(document.number) for document in result.documents] == ["90001"]
    carried = next(part for part in result.open_parts if isinstance(part.entry, Credit))
    assert isinstance(carried, Carried)
    assert carried.reason is CarryReason.BELOW_PUBLICATION
    assert carried.amount == Decimal("14.24")


def test_below_the_payment_threshold_the_net_is_carried() -> None:
    def change(p: dict[str, Any]) -> None:
        p["charges"][0]["amount"] = Decimal("229.50")

    result = settled(change)
    assert result.transfers == ()
    (account,) = result.accounts
    assert (account.set_off, account.carried) == (Decimal("229.50"), Decimal("0.96"))


@pytest.mark.parametrize("kind", ["RC", "NS", ""])
def test_an_invoice_of_gse_is_set_off_only_with_its_receipt(kind: str) -> None:
    late = dt.date(2021, 2, 1)
    result = settled(kinds={"90001": kind}, on=late)
    expected = Decimal("170.46") if kind == "RC" else Decimal("230.46")
    assert [item.amount for item in result.transfers] == [expected]


def test_before_the_value_date_the_payment_waits_for_the_receipt_of_what_reduces_it() -> None:
    result = settled(kinds={"90001": ""})
    assert result.transfers == ()
    assert reasons(result) == {HoldReason.AWAITING_DELIVERY}
    note = next(item for item in open_items(result) if item.owed_by_gse).reasons[0]
    assert "fattura del GSE 90001 del 14/12/2020" in note


def test_after_the_due_date_the_value_date_is_that_of_the_run() -> None:
    result = settled(on=dt.date(2021, 3, 6))
    assert [item.value_date for item in result.transfers] == [dt.date(2021, 3, 8)]


def test_a_number_that_no_bank_text_carries_holds_its_payment() -> None:
    result = settled(lambda p: p["proposals"][0].update(number="A_7"))
    assert [item.amount for item in result.transfers] == []
    assert reasons(result) == {HoldReason.OTHER}


def test_a_negative_balance_is_set_off_without_a_document() -> None:
    def change(p: dict[str, Any]) -> None:
        p["charges"] = [
            {"contract": "SSP00030614", "year": 2018, "fee": "SALDO NEGATIVO", "amount": 30, "issue_date": DAY}
        ]

    assert [item.amount for item in settled(change).transfers] == [Decimal("200.46")]


@pytest.mark.requirement("BIO-10", "PAY-5")
def test_an_invoice_paid_by_transfer_is_never_set_off() -> None:
    def change(p: dict[str, Any]) -> None:
        p["charges"][0].update(fee="COSTI DI ISTRUTTORIA", amount=50, treatment="ordinary")

    result = settled(change)
    assert [item.amount for item in result.transfers] == [Decimal("230.46")]
    (invoice,) = result.receivables
    assert b"<IBAN>" in invoice.xml


def test_thresholds_of_the_portfolio_stand_in_where_no_source_has_any() -> None:
    def change(p: dict[str, Any]) -> None:
        p["operators"][0]["contracts"][0].update(service="CT", invoices=False)
        p["thresholds"] = [{"service": "CT", "publication": 0, "payment": Decimal("300.00")}]
        p["charges"] = []

    result = settled(change)
    (account,) = result.accounts
    assert (account.transferred, account.carried) == (Decimal("0.00"), Decimal("230.46"))


def test_a_restriction_that_begins_before_the_value_date_holds() -> None:
    def change(p: dict[str, Any]) -> None:
        since = dt.date(2021, 1, 25)
        p["restrictions"] = [{"operator": "comune", "kind": "block", "reason": "ticket 5", "since": since}]

    assert settled(change).transfers == ()


def test_an_answer_after_the_payment_that_takes_it_back_is_an_error() -> None:
    source = portfolio()
    first = settle(source, on=DAY)
    paid = settle(source, on=SECOND, books=first.books, answers=[answer(item, "RC") for item in first.documents])
    refused = [answer(item, "EC02") for item in first.documents]
    later = settle(source, on=dt.date(2021, 2, 3), books=paid.books, answers=refused)
    assert "billing:settled-in-error" in later.report.codes
    assert later.ordered == ()


def test_a_proposal_that_shrinks_below_what_was_paid_is_an_error() -> None:
    given = fields()
    given["operators"][0]["contracts"][0]["power_kw"] = 20
    given["charges"] = []
    first = settle(portfolio(given), on=DAY)
    assert len(first.transfers) == 1
    given["proposals"][0]["amount"] = Decimal("200.00")
    later = settle(portfolio(given), on=SECOND, books=first.books)
    assert later.report.codes == ("billing:settled-in-error",)
    given["proposals"][0]["amount"] = Decimal("300.00")
    more = settle(portfolio(given), on=SECOND, books=first.books)
    assert [item.amount for item in more.ordered] == [Decimal("83.78")]


def test_a_receivable_that_sdi_discarded_is_said() -> None:
    def change(p: dict[str, Any]) -> None:
        p["charges"][0].update(fee="COSTI DI ISTRUTTORIA", amount=50, treatment="ordinary")

    result = settled(change, kinds={"90001": "NS"})
    assert result.report.codes == ("billing:receivable-not-issued",)
    assert "motivo" in result.report.errors[0].message_en


def test_an_operator_who_is_gone_is_held_and_still_named() -> None:
    first = settle(portfolio(), on=DAY)
    given = fields()
    later = settle(portfolio({"gse": given["gse"]}), on=SECOND, books=first.books)
    assert {part.entry.operator for part in later.open_parts} == {"comune"}
    assert portfolio({"gse": given["gse"]}).name_of("comune") == "comune"


def test_a_document_that_another_version_made_is_said() -> None:
    first = settle(portfolio(), on=DAY)
    altered = [evolve(first.books.sent[0], sha256="0" * 64), *first.books.sent[1:]]
    later = settle(portfolio(), on=DAY, books=evolve(first.books, sent=altered))
    assert later.report.codes == ("billing:document-differs",)


def test_a_day_is_a_day() -> None:
    with pytest.raises(InvalidValueError):
        settle(portfolio(), on=dt.datetime(2021, 1, 1, tzinfo=dt.UTC))


def test_a_charge_with_a_term_is_set_off_once_it_is_due() -> None:
    given = fields()
    given["charges"][0]["due_date"] = dt.date(2023, 1, 1)
    first = settle(portfolio(given), on=DAY)
    answers = [answer(item, "RC") for item in first.documents]
    later = settle(portfolio(given), on=SECOND, books=first.books, answers=answers)
    assert [item.amount for item in later.transfers] == [Decimal("230.46")]


def test_sums_do_not_depend_on_the_decimal_context() -> None:
    with localcontext() as context:
        context.prec = 3
        (account,) = settled().accounts
        assert (account.gross, account.transferred) == (Decimal("230.46"), Decimal("170.46"))


def test_a_service_of_which_nothing_is_proposed_needs_no_thresholds() -> None:
    def change(p: dict[str, Any]) -> None:
        p["operators"][0]["contracts"].append({"code": "CT00000001", "service": "CT", "power_kw": 24})

    assert [item.amount for item in settled(change).transfers] == [Decimal("170.46")]


def unpaid(parts: Iterable[HeldEntry | Carried]) -> Decimal:
    return sum((part.amount for part in parts), Decimal(0))


def test_nothing_is_forgotten() -> None:
    result = settled(kinds={"PA/12": "NS"})
    assert unpaid(result.open_parts) == Decimal("14.24")


@pytest.mark.requirement("PAY-8")
def test_a_closed_gate_says_the_condition_and_what_opens_it() -> None:
    assert set(REMEDIES) == {*HoldReason, *CarryReason}
    result = settled(kinds={"PA/12": "NS", "PA/13": "", "90001": "NS"})
    discarded, awaited, owed = open_items(result)
    assert discarded.reasons == ("documento scartato da SDI", "motivo")
    assert discarded.remedies == ("un nuovo documento corretto, anche con lo stesso numero",)
    assert awaited.remedies == ("la consegna da parte di SDI",)
    assert owed.remedies == discarded.remedies
    carried = open_items(settled(lambda p: p.update(proposals=[p["proposals"][1]])))[0]
    assert carried.reasons == ("sotto la soglia di pubblicazione",)
    assert carried.remedies == ("altri importi, fino alla soglia di pubblicazione",)


def test_the_letter_names_what_is_needed() -> None:
    result = settled(lambda p: p.update(restrictions=[RESTRICTION]))
    (account,) = result.accounts
    text = letter_text(result, account, "Comune", open_items(result, account))
    assert "pagamenti bloccati per rifiuti ripetuti (dal 14/12/2020)" in text
    assert "la riemissione chiesta e l'accettazione di ogni fattura rifiutata" in text
