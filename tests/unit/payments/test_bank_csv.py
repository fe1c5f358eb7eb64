"""Movements out of a bank's CSV, through a map of its columns."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from gse_billing.core.errors import InvalidValueError
from gse_billing.payments import BankColumns, StatementFile, read_bank_csv

ACCOUNT = "IT60X0542811101000000123456"
ONE = BankColumns(booked="Data", amount="Importo")
TWO = BankColumns(booked="Data", credit="Avere", debit="Dare")


def read(text: str, columns: BankColumns = ONE, **changes: object) -> StatementFile:
    return read_bank_csv(text.encode(columns.encoding), columns, account=ACCOUNT, **changes)  # type: ignore[arg-type]


def test_every_column_finds_its_place() -> None:
    columns = BankColumns(
        booked="Data contabile",
        amount="Importo",
        value_date="Valuta",
        reference="CRO",
        end_to_end_id="E2E",
        counterparty="Controparte",
        counterparty_iban="IBAN",
        remittance="Causale",
        lines_before=2,
    )
    text = (
        "Conto;X\r\n\r\nData contabile ; Valuta;Importo;CRO;E2E;Controparte;IBAN;Causale;Altro\r\n"
        '18/03/2016;2016-03-19;"-1.994,93";C1;76256-1;"GSE; S.p.A.";'
        'IT60 X054 2811 1010 0000 0123 456;"FATTURA\n76256";x\r\n'
        "; ;;\r\n"
    )
    file = read(text, columns)
    assert file.report.ok
    (booking,) = file.bookings
    assert (booking.amount, booking.booked, booking.value_date) == (
        Decimal("-1994.93"),
        dt.date(2016, 3, 18),
        dt.date(2016, 3, 19),
    )
    assert (booking.reference, booking.end_to_end_id, booking.counterparty) == ("C1", "76256-1", "GSE; S.p.A.")
    assert (booking.counterparty_iban, booking.remittance, booking.entry) == (ACCOUNT, "FATTURA\n76256", 1)


AMOUNTS = {"1.234,50": "1234.50", "-7": "-7.00", "+0,5": "0.50", "1234,50": "1234.50", "1.234.567": "1234567.00"}


@pytest.mark.parametrize(("written", "amount"), AMOUNTS.items())
def test_amounts_with_a_comma(written: str, amount: str) -> None:
    assert str(read(f"Data;Importo\n18/03/2016;{written}").bookings[0].amount) == amount


def test_amounts_with_a_point() -> None:
    columns = BankColumns(booked="Data", amount="Importo", delimiter=",", decimal_mark=".")
    assert read('Data,Importo\n18/03/2016,"1,234.50"', columns).bookings[0].amount == Decimal("1234.50")


COLUMNS = {"5,00;": "5.00", ";5,00": "-5.00", ";-5,00": "-5.00", "5,00;0,00": "5.00", "0;5": "-5.00"}


@pytest.mark.parametrize(("cells", "amount"), COLUMNS.items())
def test_what_came_in_and_what_went_out(cells: str, amount: str) -> None:
    assert str(read(f"Data;Avere;Dare\n18.03.2016;{cells}", TWO).bookings[0].amount) == amount


BAD_ROWS = {
    "no amount": ("18/03/2016;", ONE, "'' cannot be an amount"),
    "three decimals": ("18/03/2016;1,005", ONE, "'1,005' cannot be an amount"),
    "an English amount": ("18/03/2016;1,234.50", ONE, "'1,234.50' cannot be an amount"),
    "a thousand of two digits": ("18/03/2016;1.23", ONE, "'1.23' cannot be an amount"),
    "digits of another script": ("18/03/2016;١", ONE, "'١' cannot be an amount"),
    "both at once": ("18/03/2016;1;2", TWO, "'1' + '2' cannot be the amount of one movement"),
    "more digits than money has": (f"18/03/2016;{'9' * 19}", ONE, "'9999999999999999999' cannot be an amount"),
    "thousands of digits": (f"18/03/2016;{'9' * 5000}", ONE, f"...{'9' * 28}' cannot be an amount"),
    "no such day": ("31/02/2016;1", ONE, "'31/02/2016' cannot be a day"),
    "a day of two digits a year": ("18/03/16;1", ONE, "'18/03/16' cannot be a day"),
    "two signs in a day": ("18/03-2016;1", ONE, "'18/03-2016' cannot be a day"),
    "a short row": ("18/03/2016", ONE, "'' cannot be an amount"),
}


@pytest.mark.parametrize(("row", "columns", "message"), BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_a_row_that_cannot_be_read_is_left_out_and_said(row: str, columns: BankColumns, message: str) -> None:
    header = ";".join(columns.named)
    good = "2016-03-18;1;" if columns is TWO else "2016-03-18;1"
    file = read(f"{header}\n{good}\n{row}\n", columns)
    (found,) = file.report
    assert (found.code, found.path) == ("statement:value", "row 2")
    assert message in found.message_en
    assert len(file.bookings) == 1


def test_a_file_that_cannot_be_read_is_a_finding() -> None:
    for data, message in (
        (b"Data;Importo\n\xff;1", "can't decode byte 0xff"),
        (b'Data;Importo\n"18;1', "unexpected end of data"),
    ):
        (found,) = read_bank_csv(data, ONE, account=ACCOUNT).report
        assert found.code == "statement:unreadable"
        assert message in found.message_en


@pytest.mark.parametrize("text", ["", "Data;Saldo\n18/03/2016;1"])
def test_a_missing_column_is_a_finding(text: str) -> None:
    file = read(text)
    (found,) = file.report
    assert found.code == "statement:missing"
    assert found.message_en.endswith("Importo is missing")
    assert file.statements == ()


def test_text_that_holds_the_delimiter_is_not_cut() -> None:
    columns = BankColumns(booked="Data", amount="Importo", remittance="Causale")
    rows = "18/03/2016;1;FATTURA 7; DEL 18/03/2016\n18/03/2016;1;FATTURA 7 DEL 18/03/2016;;\n"
    file = read(f"Data;Importo;Causale\n{rows}", columns)
    (found,) = file.report
    assert (found.code, found.path) == ("statement:cells", "row 1")
    assert found.message_en == "the row has 4 cells, the header has 3"
    assert found.hint == "put text that holds the delimiter between quotation marks"
    assert [booking.remittance for booking in file.bookings] == ["FATTURA 7 DEL 18/03/2016"]


def test_a_column_that_stands_twice_is_a_finding_where_it_is_read() -> None:
    file = read("Data;Importo;Importo\n18/03/2016;1;2")
    (found,) = file.report
    assert (found.code, found.message_en) == ("statement:twice", "Importo stands more than once")
    assert file.statements == ()
    assert read("Data;Importo;Note;Note\n18/03/2016;1;a;b").report.ok


def test_eighteen_digits_are_read() -> None:
    assert read(f"Data;Importo\n18/03/2016;{'9' * 18},99").bookings[0].amount == Decimal(f"{'9' * 18}.99")


def test_balances_are_checked_where_they_are_given() -> None:
    text = "Data;Importo\n18/03/2016;-1,00\n"
    assert read(text, opening=Decimal("3.00"), closing=Decimal("2.00")).report.ok
    assert read(text, opening=Decimal("3.00"), closing=Decimal("2.01")).report.codes == ("statement:balance",)
    assert [skip.code for skip in read(text).report.skipped] == ["statement:balance"]


BAD_MAPS: dict[str, tuple[dict[str, object], str]] = {
    "no amount": ({}, "do not say where the amount is"),
    "one of two": ({"credit": "A"}, "name either amount, or both credit and debit"),
    "three": ({"amount": "A", "credit": "B", "debit": "C"}, "do not say where the amount is"),
    "one too many": ({"amount": "A", "credit": "B"}, "do not say where the amount is"),
    "a decimal mark": ({"amount": "A", "decimal_mark": ";"}, "';' is no decimal mark"),
    "a delimiter": ({"amount": "A", "delimiter": ";;"}, "';;' cannot part cells"),
    "a quotation mark": ({"amount": "A", "delimiter": '"'}, "cannot part cells"),
    "an encoding": ({"amount": "A", "encoding": "utf-9"}, "'utf-9' is no encoding"),
    "a codec of bytes": ({"amount": "A", "encoding": "base64"}, "'base64' is no encoding; use a name such as utf-8"),
    "less than no lines": ({"amount": "A", "lines_before": -1}, "-1 lines cannot stand before the header"),
}


@pytest.mark.parametrize(("changes", "message"), BAD_MAPS.values(), ids=BAD_MAPS.keys())
def test_a_map_that_makes_no_sense_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        BankColumns(booked="Data", **changes)  # type: ignore[arg-type]
