"""Transfers as JSON and CSV: the same bytes for the same transfers, exact figures, no formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest

from gse_billing.core.errors import InvalidValueError
from gse_billing.payments import TRANSFER_COLUMNS, Transfer, transfers_to_csv, transfers_to_json
from tests.unit.payments.test_transfers import transfer

FIRST = transfer()
SECOND = transfer(amount="0.54", end_to_end_id="SSP00030614-20210201-2")
LATER = transfer(value_date=dt.date(2021, 3, 1), end_to_end_id="A-20210301-1")


def test_json_holds_number_sum_and_every_transfer_in_order_of_time() -> None:
    content = json.loads(transfers_to_json([LATER, SECOND, FIRST]))
    assert (content["count"], content["currency"], content["total"]) == (3, "EUR", "341.46")
    assert [one["end_to_end_id"] for one in content["transfers"]] == [
        FIRST.end_to_end_id,
        SECOND.end_to_end_id,
        LATER.end_to_end_id,
    ]
    assert content["transfers"][0] == {
        "value_date": "2021-02-01",
        "end_to_end_id": "SSP00030614-20210201-1",
        "debtor_name": "Gestore dei Servizi Energetici - GSE S.p.A.",
        "creditor_name": "Comune di Prova",
        "creditor_iban": "IT60X0542811101000000123456",
        "amount": "170.46",
        "currency": "EUR",
        "remittance": "FATTURA 7 DEL 11/12/2020",
    }


def test_no_transfer_is_a_file_too() -> None:
    assert json.loads(transfers_to_json([])) == {"count": 0, "currency": "EUR", "total": "0.00", "transfers": []}
    assert list(csv.reader(io.StringIO(transfers_to_csv([])))) == [list(TRANSFER_COLUMNS)]


def test_the_order_given_changes_nothing() -> None:
    assert transfers_to_json([FIRST, LATER, SECOND]) == transfers_to_json([SECOND, FIRST, LATER])
    assert transfers_to_csv([FIRST, LATER, SECOND]) == transfers_to_csv([SECOND, FIRST, LATER])


def test_json_keeps_letters_as_they_are() -> None:
    assert "Società" in transfers_to_json([transfer(creditor_name="Società Prova")])


@pytest.mark.parametrize("write", [transfers_to_json, transfers_to_csv])
def test_one_identification_twice_is_refused(write: object) -> None:
    assert callable(write)
    with pytest.raises(InvalidValueError, match="more than one transfer is identified as 'SSP00030614-20210201-1'"):
        write([FIRST, LATER, FIRST])


def cells_of(made: Transfer) -> dict[str, str]:
    header, row = csv.reader(io.StringIO(transfers_to_csv([made])))
    return dict(zip(header, row, strict=True))


@pytest.mark.parametrize("name", ['=HYPERLINK("http://evil")', "+39", "-1", "@SUM(A1)", " =1+1", "＝1", "＠a"])
def test_a_cell_that_a_spreadsheet_would_compute_is_made_text(name: str) -> None:
    assert cells_of(transfer(creditor_name=name))["creditor_name"] == f"'{name}"


def test_every_column_of_text_is_guarded() -> None:
    cells = cells_of(transfer(debtor_name="=a", remittance="+1", end_to_end_id="-1"))
    assert (cells["debtor_name"], cells["remittance"], cells["end_to_end_id"]) == ("'=a", "'+1", "'-1")


def test_what_is_harmless_is_left_alone() -> None:
    cells = cells_of(transfer(creditor_name='A "B", C; D'))
    assert (cells["creditor_name"], cells["amount"]) == ('A "B", C; D', "170.46")
    assert transfers_to_csv([FIRST]).endswith('"FATTURA 7 DEL 11/12/2020"\r\n')
