"""The BIOCAR table: nine columns, Italian formats, the sample of the instructions."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from gse_billing.core.errors import InvalidIdentifierError, InvalidValueError
from gse_billing.fees import BIOCAR_COLUMNS, BiocarRow, Declaration, biocar_row, biofuel_fee

DAY = dt.date(2016, 3, 18)
SAMPLE = biocar_row(
    biofuel_fee(Declaration(year=2015, total_gcal=28_996, advanced_gcal=4_490), on=DAY),
    number="76256",
    issued=DAY,
    due=DAY,
)


@pytest.mark.requirement("BIO-7")
def test_the_columns_of_biocar() -> None:
    assert BIOCAR_COLUMNS == (
        "Anno",
        "Numero Fattura",
        "Imponibile",
        "Imposta",
        "Importo",
        "Data Emissione",
        "Data Scadenza",
        "Stato Fattura",
        "Download Fattura",
    )
    assert len(SAMPLE.cells()) == len(BIOCAR_COLUMNS)


@pytest.mark.requirement("BIO-8", "BIO-17")
def test_the_row_of_the_instructions() -> None:
    assert SAMPLE.cells() == (
        "2016",
        "76256",
        "1.635,19 €",
        "359,74 €",
        "1.994,93 €",
        "18/03/2016",
        "18/03/2016",
        "Non Pagato",
        "",
    )


def row(**changes: object) -> BiocarRow:
    fields: dict[str, object] = {
        "year": 2016,
        "number": "1",
        "taxable": "100",
        "tax": "22",
        "total": "122",
        "issued": DAY,
        "due": DAY,
        **changes,
    }
    return BiocarRow(**fields)  # type: ignore[arg-type]


@pytest.mark.requirement("BIO-17")
def test_the_states_are_an_open_set() -> None:
    assert row(status="Pagato", download="76256.pdf").cells()[-2:] == ("Pagato", "76256.pdf")


def test_amounts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(InvalidValueError, match=r"100\.00 \+ 22\.00 is 122\.00, not 122\.01"):
        row(total="122.01")


def test_an_invoice_is_not_due_before_it_is_issued() -> None:
    with pytest.raises(InvalidValueError, match="due on 2016-03-17, before it is issued on 2016-03-18"):
        row(due=dt.date(2016, 3, 17))


def test_the_number_is_an_invoice_number() -> None:
    with pytest.raises(InvalidIdentifierError):
        row(number="")


def test_amounts_are_kept_in_cents() -> None:
    assert row().total == Decimal("122.00")
