"""The text of a payment: written and read by one grammar, number and date kept or refused."""

from __future__ import annotations

import datetime as dt

import pytest

from gse_billing.core.errors import InvalidIdentifierError, InvalidValueError, LimitExceededError
from gse_billing.payments import REMITTANCE_LIMIT, InvoiceReference, read_remittance, write_remittance

DAY = dt.date(2016, 3, 18)


def named(*numbers: str) -> tuple[InvoiceReference, ...]:
    return tuple(InvoiceReference(number, DAY) for number in numbers)


@pytest.mark.requirement("BIO-12")
def test_the_text_of_the_sample_invoice() -> None:
    assert write_remittance(named("76256")) == "FATTURA 76256 DEL 18/03/2016"


def test_several_invoices_in_one_text() -> None:
    text = write_remittance(named("76256", "PA/2016/7", "12 bis"))
    assert text == "FATTURE 76256 DEL 18/03/2016, PA/2016/7 DEL 18/03/2016, 12 bis DEL 18/03/2016"
    assert read_remittance(text) == named("76256", "PA/2016/7", "12 bis")


@pytest.mark.parametrize(
    "text",
    [
        "FATTURA 76256 DEL 18/03/2016",
        "FATTURA 76256 DEL 18.03.2016",
        "FATTURA 76256 DEL 2016-03-18",
        "fattura 76256 del 18/03/2016",
        "  Fattura  76256\n Del   18/03/2016 ",
        "FATTURE 76256 DEL 18/03/2016",
    ],
)
def test_reading_takes_any_case_blanks_and_three_forms_of_date(text: str) -> None:
    assert read_remittance(text) == named("76256")


def test_a_number_keeps_its_case_and_its_blanks() -> None:
    assert read_remittance("fattura Aa 1  b del 18/03/2016")[0].number == "Aa 1  b"


@pytest.mark.parametrize("number", ["1 DEL 2", "FATTURA 1", "1 DEL 01/01/2016", "1, 2", "1,", ",1", "DEL 1", "1 DEL"])
def test_a_number_that_looks_like_the_grammar_survives_alone(number: str) -> None:
    assert read_remittance(write_remittance(named(number))) == named(number)


def test_a_number_that_hides_another_reference_is_refused() -> None:
    # It would be read as two invoices.
    with pytest.raises(InvalidValueError, match="would not be read back as the same invoices; a number reads like"):
        write_remittance(named("1 DEL 01/01/2016, 2"))


NOT_OF_THE_GRAMMAR = {
    "nothing": "",
    "no number and date": "FATTURA",
    "no date": "FATTURA 76256",
    "no number": "FATTURA DEL 18/03/2016",
    "no word": "76256 DEL 18/03/2016",
    "text before": "PAGAMENTO FATTURA 76256 DEL 18/03/2016",
    "text behind": "FATTURA 76256 DEL 18/03/2016 GRAZIE",
    "two signs in one date": "FATTURA 76256 DEL 18/03.2016",
    "a date of two digits a year": "FATTURA 76256 DEL 18/03/16",
    "an American separator": "FATTURA 76256 DEL 18-03-2016",
    "a comma without a reference": "FATTURE 76256 DEL 18/03/2016, ",
    "digits of another script": "FATTURA 76256 DEL 1٨/03/2016",
    "a number of 21 characters": f"FATTURA {'1' * 21} DEL 18/03/2016",
}


@pytest.mark.parametrize("text", NOT_OF_THE_GRAMMAR.values(), ids=NOT_OF_THE_GRAMMAR.keys())
def test_a_text_that_does_not_name_number_and_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match=r"does not name invoices by number and date; .*BIO-12.*write it as"):
        read_remittance(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("FATTURA 76256 DEL 31/02/2016", "day is out of range for month"),
        ("FATTURA 76256 DEL 0000-01-01", "year 0 is out of range"),
        ("FATTURA SENZA DEL 18/03/2016", "it has no digit"),
        ("FATTURA 1° DEL 18/03/2016", "not one of the printable Basic Latin characters"),
    ],
)
def test_a_text_of_the_right_form_with_an_impossible_invoice_is_refused(text: str, why: str) -> None:
    with pytest.raises(InvalidValueError, match=f"holds no invoice; .*{why}"):
        read_remittance(text)


@pytest.mark.parametrize("number", ["76256_A", "76256&1", "#76256", "1;2", '"1"'])
def test_a_number_that_sepa_cannot_carry_is_refused_and_never_changed(number: str) -> None:
    with pytest.raises(InvalidValueError, match=r"characters that a SEPA text cannot carry: [_&#;\"]; a bank would"):
        write_remittance(named(number))


def test_a_text_that_does_not_fit_is_an_error() -> None:
    fitting = named(*(f"7625{last}" for last in range(6)))
    assert len(write_remittance(fitting)) == 138 <= REMITTANCE_LIMIT
    with pytest.raises(
        LimitExceededError, match=r"7 invoices need 160 characters of text; the limit is 140; .*more than one"
    ):
        write_remittance((*fitting, *named("76256")))


def test_a_payment_names_an_invoice() -> None:
    with pytest.raises(InvalidValueError, match="names at least one invoice"):
        write_remittance([])


def test_a_reference_holds_an_invoice_number() -> None:
    with pytest.raises(InvalidIdentifierError):
        InvoiceReference("", DAY)


def test_years_have_four_digits() -> None:
    assert str(InvoiceReference("1", dt.date(987, 6, 5))) == "1 DEL 05/06/0987"
