from __future__ import annotations

import importlib
import sys
from typing import Any

import pyarrow as pa
import pytest

from gse_billing.core.errors import FloatRefusedError, InvalidValueError, MissingExtraError
from gse_billing.netting import DebitKind, DocumentRef, Entry, Held, HoldReason
from gse_billing.netting.frames import ENTRIES, entries_from, net_table, parts_by_operator, table_of
from tests.unit.netting.entries import ISSUED, PAYMENT_DAY, POLICY, RID, credit, debit

PORTFOLIO: list[Entry] = [
    credit("216.22", document=DocumentRef("1", ISSUED)),
    credit("14.24", operator="SRL", held=[Held(HoldReason.NO_IBAN, "x"), Held(HoldReason.DISPUTED)]),
    credit("3.00", **RID),
    debit("60.00", kind=DebitKind.RECOVERY, onerousness="10.15", guarantee=2, on_capital="Z", due_date=PAYMENT_DAY),
]


def test_a_run_in_columns() -> None:
    tables = net_table(table_of(PORTFOLIO), policy=POLICY, on=PAYMENT_DAY)
    assert tables.applications.to_pylist() == [
        {
            "operator": "COMUNE",
            "order": 1,
            "credit_id": "C216.22",
            "debit_id": "D60.00",
            "cents": 6000,
            "scope": "CONTRACT",
            "criterion": "SUFFICIENT",
            "value_date": PAYMENT_DAY,
        }
    ]
    assert tables.payouts.to_pylist() == [
        {
            "operator": "COMUNE",
            "contract": "SSP00030614",
            "service": "SSP",
            "value_date": PAYMENT_DAY,
            "cents": 15622,
            "documents": [{"credit_id": "C216.22", "cents": 15622}],
        }
    ]
    assert tables.balances.select(["id", "cents", "status", "reason"]).to_pylist() == [
        {"id": "C3.00", "cents": 300, "status": "CARRIED", "reason": "BELOW_PAYMENT"},
        {"id": "C14.24", "cents": 1424, "status": "HELD", "reason": "NO_IBAN, DISPUTED"},
    ]


def test_entries_come_back_as_they_were() -> None:
    assert entries_from(table_of(PORTFOLIO)) == PORTFOLIO
    assert table_of([]).schema == ENTRIES


def test_columns_that_are_missing_or_null_have_their_defaults() -> None:
    plain: list[Entry] = [credit("1.00"), debit("2.00")]
    names = ["side", "id", "operator", "contract", "service", "cents", "issue_date", "state"]
    table = table_of(plain)
    assert entries_from(table.select([*names, "value_date"])) == plain
    for name in ("published", "kind", "guarantee", "onerousness", "on_capital", "held"):
        table = table.set_column(table.column_names.index(name), name, pa.nulls(2))
    assert entries_from(table) == plain


def test_the_types_of_an_engine_are_taken_where_nothing_is_lost() -> None:
    table = table_of(PORTFOLIO)
    table = table.set_column(table.column_names.index("cents"), "cents", table["cents"].cast(pa.int32()))
    table = table.set_column(
        table.column_names.index("operator"), "operator", table["operator"].cast(pa.large_string())
    )
    assert entries_from(table.append_column("note", pa.nulls(4))) == PORTFOLIO


# what is wrong: the column, its values, the error, a part of the message
REFUSED: dict[str, tuple[str, Any, type[Exception], str]] = {
    "cents as floats": ("cents", pa.array([216.22]), FloatRefusedError, "column cents.* float"),
    "a null where a value has to be": ("state", pa.nulls(1, pa.string()), InvalidValueError, "column state has nulls"),
    "cents as text": ("cents", pa.array(["a"]), InvalidValueError, "column cents is string, not int64"),
    "a day as a list": ("issue_date", pa.array([[1]]), InvalidValueError, "column issue_date is list"),
    "an unknown state": ("state", pa.array(["LOST"]), InvalidValueError, "'LOST' is no DocumentState.*DELIVERED"),
    "an unknown side": ("side", pa.array(["left"]), InvalidValueError, "'left' is no side"),
    "no cents": ("cents", pa.array([0]), InvalidValueError, "more than zero"),
    "a document without a date": (
        "document_date",
        pa.nulls(1, pa.date32()),
        InvalidValueError,
        "document 1 has no date",
    ),
    "a credit without a value date": ("value_date", pa.nulls(1, pa.date32()), InvalidValueError, "value_date"),
}


@pytest.mark.parametrize(("name", "column", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_table_is_refused(name: str, column: Any, error: type[Exception], message: str) -> None:
    table = table_of(PORTFOLIO[:1])
    with pytest.raises(error, match=message):
        entries_from(table.set_column(table.column_names.index(name), name, column))


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InvalidValueError, match="no column cents"):
        entries_from(table_of(PORTFOLIO).drop_columns(["cents"]))


def test_parts_hold_whole_operators() -> None:
    table = table_of([credit("1.00", operator=f"OP{number % 7}", id=str(number)) for number in range(40)])
    parts = parts_by_operator(table, 3)
    homes = [set(part["operator"].to_pylist()) for part in parts]
    assert sum(part.num_rows for part in parts) == 40
    assert sum(map(len, homes)) == len(set.union(*homes)) == 7
    with pytest.raises(InvalidValueError, match="fewer than one part"):
        parts_by_operator(table, 0)


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for name in [name for name in sys.modules if name.startswith("gse_billing.netting.frames")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(MissingExtraError, match="netting in columns needs the extra 'frames'"):
        importlib.import_module("gse_billing.netting.frames")
