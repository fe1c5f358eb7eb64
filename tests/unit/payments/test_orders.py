"""How an operator pays an invoice of GSE: its account, in time, in full, with number and date."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from gse_billing.core.errors import InvalidIdentifierError, InvalidValueError
from gse_billing.payments import PayableInvoice, SettlementKey, order_for_invoice, read_remittance

DAY = dt.date(2016, 3, 18)
DUE = dt.date(2016, 4, 18)


def invoice(**changes: object) -> PayableInvoice:
    fields: dict[str, object] = {
        "number": "76256",
        "issued": DAY,
        "due": DUE,
        "total": "1994.93",
        "iban": "IT60X0542811101000000123456",
        "creditor_name": "GSE S.p.A.",
        **changes,
    }
    return PayableInvoice(**fields)  # type: ignore[arg-type]


@pytest.mark.requirement("BIO-10", "BIO-11", "BIO-12")
def test_the_order_pays_account_amount_and_names_the_invoice() -> None:
    order = order_for_invoice(invoice(), debtor_name="Carburanti S.p.A.")
    assert (order.creditor_iban, order.amount, order.value_date) == (invoice().iban, Decimal("1994.93"), DUE)
    assert (order.debtor_name, order.creditor_name) == ("Carburanti S.p.A.", "GSE S.p.A.")
    (named,) = read_remittance(order.remittance)
    assert (named.number, named.issued) == ("76256", DAY)
    assert SettlementKey.parse(order.end_to_end_id) == SettlementKey("76256", DAY)


@pytest.mark.requirement("BIO-10")
def test_an_order_may_be_early_but_not_late_unless_said() -> None:
    assert order_for_invoice(invoice(), debtor_name="C", on=DAY).value_date == DAY
    after = dt.date(2016, 4, 19)
    with pytest.raises(InvalidValueError, match=r"2016-04-19 is after the due date, 2016-04-18; .*BIO-14.*late=True"):
        order_for_invoice(invoice(), debtor_name="C", on=after)
    assert order_for_invoice(invoice(), debtor_name="C", on=after, late=True).value_date == after


def test_a_value_date_as_text_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="'2016-03-18' cannot be a value date; days are datetime"):
        order_for_invoice(invoice(), debtor_name="Carburanti S.p.A.", on="2016-03-18")  # type: ignore[arg-type]


def test_nothing_is_paid_before_it_is_invoiced() -> None:
    with pytest.raises(InvalidValueError, match="2016-03-17 is before the invoice was issued, on 2016-03-18"):
        order_for_invoice(invoice(), debtor_name="C", on=dt.date(2016, 3, 17), late=True)


@pytest.mark.requirement("BIO-10")
def test_an_invoice_to_be_paid_by_transfer_states_an_account() -> None:
    with pytest.raises(InvalidIdentifierError, match="IBAN"):
        invoice(iban="")


def test_an_invoice_is_not_due_before_it_is_issued() -> None:
    assert invoice(due=DAY).due == DAY
    with pytest.raises(InvalidValueError, match="due on 2016-03-17, before it is issued on 2016-03-18"):
        invoice(due=dt.date(2016, 3, 17))


@pytest.mark.requirement("BIO-12")
def test_a_number_that_the_text_cannot_carry_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="characters that a SEPA text cannot carry: #"):
        order_for_invoice(invoice(number="#1"), debtor_name="C")
