from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from gse_billing.core.errors import FloatRefusedError, GseBillingError, InvalidAmountError, InvalidValueError
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.netting import DebitKind, DocumentRef, Held, HoldReason
from tests.unit.netting.entries import ISSUED, PAYMENT_DAY, credit, debit

MOMENT = dt.datetime(2021, 2, 1, 12, 0, tzinfo=dt.UTC)
# what is wrong: the field, its value, the error, a part of its message
REFUSED = {
    "a float": ("amount", 216.22, FloatRefusedError, "is a float"),
    "three decimals": ("amount", "1.001", InvalidAmountError, "more than two decimals"),
    "zero": ("amount", "0.00", InvalidAmountError, "more than zero"),
    "a negative credit": ("amount", "-1.00", InvalidAmountError, "debit of kind ADJUSTMENT"),
    "no id": ("id", "", InvalidValueError, "id of an entry is empty"),
    "no operator": ("operator", "", InvalidValueError, "operator of an entry is empty"),
    "no contract": ("contract", "", InvalidValueError, "contract of an entry is empty"),
    "no service": ("service", "", InvalidValueError, "service of an entry is empty"),
    "a moment of issue": ("issue_date", MOMENT, InvalidValueError, "issue_date of an entry is not a day"),
    "a moment of value": ("value_date", MOMENT, InvalidValueError, "value_date of an entry is not a day"),
    "a text as due date": ("due_date", "2021-01-31", InvalidValueError, "due_date of an entry is not a day"),
    "no day of issue": ("issue_date", None, InvalidValueError, "issue_date of an entry is not a day"),
}


@pytest.mark.parametrize(("name", "value", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_entry_is_refused(name: str, value: Any, error: type[GseBillingError], message: str) -> None:
    with pytest.raises(error, match=message):
        credit(**{"amount": "1.00", name: value})


def test_an_entry_holds_its_cents() -> None:
    assert credit("216.22").cents == 21622
    assert credit("216.22") == credit("216.22")
    assert credit("216.22") != credit("216.22", issue_date=PAYMENT_DAY)


def test_a_label_is_the_document_or_the_id() -> None:
    assert credit("1.00").label == "C1.00"
    assert credit("1.00", document=DocumentRef("7/A", ISSUED)).label == "7/A del 11/12/2020"


def test_a_debit_without_a_term_is_due_at_once() -> None:
    """Art. 1183 c.c."""
    assert debit("1.00").due_from == ISSUED
    assert debit("1.00", due_date=PAYMENT_DAY).due_from == PAYMENT_DAY
    assert debit("1.00", due_date=ISSUED, issue_date=PAYMENT_DAY).due_from == PAYMENT_DAY


def test_the_onerousness_is_exact() -> None:
    assert debit("1.00", onerousness="10.15").onerousness == Decimal("10.15")
    with pytest.raises(FloatRefusedError, match="onerousness"):
        debit("1.00", onerousness=10.15)


def test_the_burden_orders_debits() -> None:
    light, heavy = debit("1.00", kind=DebitKind.RECOVERY), debit("1.00", onerousness="8")
    assert heavy.burden < light.burden < debit("1.00", guarantee=1).burden


def test_a_held_reason_reads_with_its_note() -> None:
    assert str(Held(HoldReason.NO_IBAN)) == "IBAN del contratto mancante"
    assert str(Held(HoldReason.OTHER, "pignoramento")) == "altro motivo (pignoramento)"


def test_checked_text_is_text_too() -> None:
    assert credit("1.00", contract=InvoiceNumber("SSP00030614")) == credit("1.00")
