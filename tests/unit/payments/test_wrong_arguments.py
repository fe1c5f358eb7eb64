from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest

from gse_billing.payments import (
    REFERENCE_RATES,
    BankColumns,
    Booking,
    DayCount,
    InvoiceReference,
    ObservedPayment,
    OpenItem,
    PayableInvoice,
    SettlementKey,
    Statement,
    Transfer,
    late_interest,
    order_for_invoice,
    pain001,
    pain001_files,
    payment_standing,
    read_bank_csv,
    read_camt053,
    read_remittance,
    reconcile,
    sepa_name,
    transfers_to_csv,
    transfers_to_json,
    write_remittance,
)
from tests.support.wrong_arguments import Door, assert_open, assert_refused, wrong_calls

DAY = dt.date(2016, 3, 18)
IBAN = "IT60X0542811101000000123456"
REFERENCE = InvoiceReference("76256", DAY)
INVOICE: dict[str, object] = {
    "number": "76256",
    "issued": DAY,
    "due": DAY,
    "total": "1994.93",
    "iban": IBAN,
    "creditor_name": "GSE S.p.A.",
}
PAYABLE = PayableInvoice(**INVOICE)  # type: ignore[arg-type]
ORDER = order_for_invoice(PAYABLE, debtor_name="Carburanti S.p.A.")
TRANSFER = {one.name: getattr(ORDER, one.name) for one in attrs.fields(Transfer)}
BOOKING: dict[str, object] = {
    "amount": Decimal("1994.93"),
    "booked": DAY,
    "value_date": DAY,
    "reference": "",
    "end_to_end_id": "",
    "counterparty": "",
    "counterparty_iban": IBAN,
    "remittance": ORDER.remittance,
    "reversal": False,
    "charges": Decimal(0),
    "entry": 1,
    "line": None,
}
BOOKED = Booking(**BOOKING)  # type: ignore[arg-type]
OBSERVED = {"amount": "1.00", "day": DAY, "iban": IBAN, "remittance": "", "charges": "0.00"}
ITEM = {"key": "76256", "amount": "1994.93", "iban": IBAN, "end_to_end_id": "", "invoices": [REFERENCE]}
COLUMNS: dict[str, object] = {
    "booked": "Data",
    "amount": "Importo",
    "credit": "",
    "debit": "",
    "value_date": "",
    "reference": "",
    "end_to_end_id": "",
    "counterparty": "",
    "counterparty_iban": "",
    "remittance": "",
    "delimiter": ";",
    "decimal_mark": ",",
    "encoding": "utf-8",
    "lines_before": 0,
}
STATEMENT: dict[str, object] = {
    "account": IBAN,
    "currency": "EUR",
    "opening": None,
    "closing": Decimal(0),
    "bookings": (),
    "pending": (),
    "identification": "",
}
FILE: dict[str, object] = {
    "transfers": [ORDER],
    "message_id": "M-1",
    "created": dt.datetime(2016, 3, 17, tzinfo=dt.UTC),
    "debtor_iban": IBAN,
    "names": sepa_name,
}
CSV = {
    "data": b"Data;Importo\r\n18/03/2016;1,00\r\n",
    "columns": BankColumns(booked="Data", amount="Importo"),
    "account": IBAN,
    "currency": "EUR",
    "opening": None,
    "closing": None,
}
INTEREST: dict[str, object] = {
    "amount": "100.00",
    "due": DAY,
    "paid": dt.date(2016, 4, 18),
    "contract": DAY,
    "day_count": DayCount.ACTUAL_365,
    "rates": REFERENCE_RATES,
}
EMPTY, NUMBER, YES = ("an empty list", "an empty dict"), ("a whole number",), ("a truth value",)
TEXT, NOTHING = ("text",), ("nothing",)
AMOUNT = {"amount": NUMBER}
DOORS = {
    "Transfer": Door(Transfer, TRANSFER, {**AMOUNT, **dict.fromkeys(("debtor_name", "creditor_name"), TEXT)}),
    "SettlementKey": Door(SettlementKey, {"subject": "SSP1", "day": DAY, "sequence": 1}, {"sequence": NUMBER}),
    "SettlementKey.parse": Door(SettlementKey.parse, {"end_to_end_id": "SSP1-20210201-1"}),
    "InvoiceReference": Door(InvoiceReference, {"number": "7", "issued": DAY}),
    "PayableInvoice": Door(PayableInvoice, INVOICE, {"total": NUMBER, "creditor_name": TEXT}),
    "order_for_invoice": Door(
        order_for_invoice,
        {"invoice": PAYABLE, "debtor_name": "Carburanti", "on": DAY, "late": False},
        {"debtor_name": TEXT, "on": NOTHING, "late": YES},
    ),
    "Booking": Door(
        Booking,
        BOOKING,
        {
            "amount": NUMBER,
            "charges": NUMBER,
            **dict.fromkeys(("booked", "value_date"), NOTHING),
            **dict.fromkeys(("reference", "end_to_end_id", "counterparty", "counterparty_iban", "remittance"), TEXT),
            "reversal": YES,
            "entry": NUMBER,
            "line": (*NOTHING, *NUMBER),
        },
    ),
    "Statement": Door(
        Statement,
        STATEMENT,
        {
            **dict.fromkeys(("account", "currency", "identification"), TEXT),
            **dict.fromkeys(("opening", "closing"), (*NOTHING, *NUMBER)),
            **dict.fromkeys(("bookings", "pending"), EMPTY),
        },
    ),
    "ObservedPayment": Door(
        ObservedPayment, OBSERVED, {**AMOUNT, "charges": NUMBER, **dict.fromkeys(("iban", "remittance"), TEXT)}
    ),
    "ObservedPayment.received": Door(ObservedPayment.received, {"booking": BOOKED, "account": IBAN}, {"account": TEXT}),
    "ObservedPayment.sent": Door(ObservedPayment.sent, {"booking": BOOKED}),
    "OpenItem": Door(
        OpenItem, ITEM, {**AMOUNT, **dict.fromkeys(("key", "iban", "end_to_end_id"), TEXT), "invoices": EMPTY}
    ),
    "OpenItem.of_transfer": Door(OpenItem.of_transfer, {"transfer": ORDER}),
    "reconcile": Door(
        reconcile, {"bookings": [BOOKED], "items": [OpenItem.of_transfer(ORDER)]}, {"bookings": EMPTY, "items": EMPTY}
    ),
    "payment_standing": Door(
        payment_standing,
        {"invoice": PAYABLE, "payments": [ObservedPayment.sent(BOOKED)]},
        {"payments": EMPTY},
    ),
    "BankColumns": Door(
        BankColumns,
        COLUMNS,
        {
            **dict.fromkeys(COLUMNS, TEXT),
            **dict.fromkeys(("decimal_mark", "encoding", "credit", "debit"), ()),
            "delimiter": TEXT,
            "lines_before": NUMBER,
        },
    ),
    "read_bank_csv": Door(
        read_bank_csv,
        CSV,
        {
            "data": ("bytes",),
            **dict.fromkeys(("account", "currency"), TEXT),
            **dict.fromkeys(("opening", "closing"), (*NOTHING, *NUMBER)),
        },
    ),
    "read_camt053": Door(read_camt053, {"data": b"", "limit": 10}, {"data": ("bytes",), "limit": NUMBER}),
    "read_remittance": Door(read_remittance, {"text": ORDER.remittance}),
    "write_remittance": Door(write_remittance, {"references": [REFERENCE]}),
    "sepa_name": Door(sepa_name, {"name": "A"}),
    "transfers_to_csv": Door(transfers_to_csv, {"transfers": [ORDER]}, {"transfers": EMPTY}),
    "transfers_to_json": Door(transfers_to_json, {"transfers": [ORDER]}, {"transfers": EMPTY}),
    "pain001": Door(pain001, {**FILE, "debtor_bic": None}, {"debtor_bic": NOTHING}),
    "pain001_files": Door(pain001_files, {**FILE, "size": 10}, {"transfers": EMPTY, "size": NUMBER}),
    "late_interest": Door(late_interest, INTEREST, {"amount": NUMBER}),
    "year_length": Door(DayCount.ACTUAL_ACTUAL.year_length, {"year": 2024}, {"year": NUMBER}),
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_a_door_lets_in_what_is_right(door: Door) -> None:
    assert_open(door)


@pytest.mark.parametrize(("door", "argument", "value"), wrong_calls(DOORS))
def test_an_argument_of_a_wrong_kind_is_refused(door: Door, argument: str, value: Any) -> None:
    assert_refused(door, argument, value)
