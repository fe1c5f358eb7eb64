"""The rows of PAGAMENTI E FATTURE in columns: typed, exact, and the same as in the CSV."""

from __future__ import annotations

import csv
import datetime as dt
import importlib
import io
import sys
from decimal import Decimal

import pandas as pd
import polars as pl
import pytest

from gse_billing.billing import fee_rows
from gse_billing.billing.proposals import COLUMNS, FeeRow, FeeState, rows_to_csv
from gse_billing.billing.proposals.frames import FEE_ROWS, rows_to_arrow
from gse_billing.core.errors import FloatRefusedError, InvalidAmountError, MissingExtraError
from tests.support.portfolios import portfolio

DAY = dt.date(2020, 12, 11)
LARGE = Decimal("999999999999999999.99")
FULL = FeeRow(
    contract="SSP00030614",
    year=2020,
    fee="CONTRIBUTO IN CONTO SCAMBIO",
    state=FeeState.PAID,
    number="PA/7",
    issued=DAY,
    paid=dt.date(2021, 2, 1),
    credit=Decimal("216.22"),
    debit=Decimal("0.10"),
    total=LARGE,
    discard_reason="motivo",
    detail="=key",
    draft="preliminare",
    dossier="IT05754381001_00001",
)
BARE = FeeRow(contract="RID1", year=2019, fee="X", state=FeeState.TO_INVOICE, total=Decimal("14.2"))


@pytest.mark.requirement("INV-5", "INV-8")
def test_the_sample_rows_stand_in_fourteen_typed_columns() -> None:
    table = rows_to_arrow(fee_rows(portfolio(), on=DAY))
    assert tuple(table.column_names) == COLUMNS
    assert table.schema == FEE_ROWS
    assert table.select(["ANNO", "IMPONIBILE A CREDITO (€)", "NUMERO DOCUMENTO"]).to_pylist() == [
        {"ANNO": 2019, "IMPONIBILE A CREDITO (€)": Decimal("14.24"), "NUMERO DOCUMENTO": None},
        {"ANNO": 2020, "IMPONIBILE A CREDITO (€)": Decimal("216.22"), "NUMERO DOCUMENTO": None},
    ]


def test_every_column_holds_what_the_row_holds() -> None:
    full, bare = rows_to_arrow(iter([FULL, BARE])).to_pylist()
    assert tuple(full.values()) == FULL.values()
    assert tuple(full.values())[3:10] == ("PAGATO", "PA/7", DAY, dt.date(2021, 2, 1), FULL.credit, FULL.debit, LARGE)
    assert tuple(bare.values()) == ("RID1", 2019, "X", "DA FATTURARE", *[None] * 5, Decimal("14.20"), *[None] * 4)


def test_types_say_what_a_column_is_even_without_rows() -> None:
    assert rows_to_arrow([]).schema == FEE_ROWS
    assert [str(field.type) for field in FEE_ROWS][4:10] == ["string", *["date32[day]"] * 2, *["decimal128(20, 2)"] * 3]


def test_the_csv_prints_the_same_values() -> None:
    _, *printed = csv.reader(io.StringIO(rows_to_csv([FULL, BARE])))
    table = rows_to_arrow([FULL, BARE])
    assert [row[0] for row in printed] == table["CONTRATTO"].to_pylist()
    assert [bool(row[5]) for row in printed] == [day is not None for day in table["DATA EMISSIONE"].to_pylist()]
    assert printed[0][9] == "999.999.999.999.999.999,99"


def test_polars_and_pandas_take_it_without_loss() -> None:
    table = rows_to_arrow([FULL, BARE])
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    assert frame["TOTALE (€)"].dtype == pl.Decimal(20, 2)
    assert frame["DATA EMISSIONE"].dtype == pl.Date
    assert frame["TOTALE (€)"].to_list() == [LARGE, Decimal("14.20")]
    assert table.to_pandas(types_mapper=pd.ArrowDtype)["TOTALE (€)"].tolist() == [LARGE, Decimal("14.20")]


def test_a_row_holds_whole_cents() -> None:
    with pytest.raises(InvalidAmountError, match="more than two decimals"):
        FeeRow(contract="A", year=2019, fee="X", state=FeeState.PAID, total=Decimal("1.005"))
    with pytest.raises(FloatRefusedError):
        FeeRow(contract="A", year=2019, fee="X", state=FeeState.PAID, total=1, credit=1.5)  # type: ignore[arg-type]


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "gse_billing.billing.proposals.frames")
    with pytest.raises(MissingExtraError, match="proposals in columns needs the extra 'frames'"):
        importlib.import_module("gse_billing.billing.proposals.frames")
