"""Entries in columns, settled: what the gate adds, what a later run finds, what is written."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from gse_billing.billing import Portfolio, settle
from gse_billing.billing.frames import Batch, Totals, entries_for, identifications, save_batches, settle_entries
from gse_billing.core.errors import InvalidInputError, InvalidValueError, StorageError
from gse_billing.netting.frames import table_of
from tests.support.portfolios import fields, portfolio
from tests.unit.netting.entries import credit, debit

DAY = dt.date(2021, 1, 20)
DUE = {"issue_date": dt.date(2020, 12, 11), "due_date": dt.date(2021, 1, 31)}


def parties(**changes: Any) -> Portfolio:
    """The municipality and a company with a second contract and none of the records that are issued."""
    given = {**fields(), "proposals": [], "charges": [], "numbering": [], **changes}
    other = {"code": "RID00045128", "service": "RID", "power_kw": 20, "iban": "IT61U0306905000100000012345"}
    company = given["operators"][0] | {"key": "srl", "kind": "company", "codice_fiscale": "02345670729"}
    company = company | {"partita_iva": "02345670729", "contracts": [other]}
    return portfolio(given | {"operators": [*given["operators"], company]})


def row(**changes: Any) -> dict[str, Any]:
    plain = {"side": "credit", "id": "1", "contract": "SSP00030614", "cents": 21622, "state": "DELIVERED", **DUE}
    return plain | changes


def batches(*rows: dict[str, Any], given: Portfolio | None = None, on: dt.date = DAY, **more: Any) -> list[Batch]:
    known = given or parties()
    names = {name for each in rows for name in each}
    table = pa.Table.from_pylist([dict.fromkeys(names) | each for each in rows])
    return list(settle_entries(known, entries_for(known, table), on=on, **more))


@pytest.mark.requirement("PAY-7")
def test_money_moves_on_the_due_date_or_the_next_open_day() -> None:
    [batch] = batches(row(document_number="7", document_date=DUE["issue_date"]))
    [transfer] = batch.transfers
    assert (transfer.value_date, str(transfer.amount)) == (dt.date(2021, 2, 1), "216.22")
    assert transfer.remittance == "FATTURA 7 DEL 11/12/2020"
    assert batch.payouts["cents"].to_pylist() == [21622]


def test_a_due_date_that_has_passed_is_paid_at_once() -> None:
    [batch] = batches(row(), on=dt.date(2021, 3, 20))
    assert [transfer.value_date for transfer in batch.transfers] == [dt.date(2021, 3, 22)]


@pytest.mark.requirement("PAY-4", "PAY-9")
def test_debits_are_set_off_once_due_and_sums_add_up() -> None:
    later = {"due_date": dt.date(2021, 2, 28)}
    [batch] = batches(
        row(),
        row(id="2", cents=10000, **later),
        row(id="3", side="debit", cents=6000, due_date=None),
        row(id="4", side="debit", cents=2000, **later),
        row(id="5", side="debit", cents=700, due_date=dt.date(2021, 9, 1)),
    )
    assert batch.applications.select(["credit_id", "debit_id", "cents", "value_date"]).to_pylist() == [
        {"credit_id": "1", "debit_id": "3", "cents": 6000, "value_date": dt.date(2021, 2, 1)},
        {"credit_id": "2", "debit_id": "4", "cents": 2000, "value_date": dt.date(2021, 3, 1)},
    ]
    assert batch.accounts.to_pylist() == [
        {
            "operator": "comune",
            "credits": 31622,
            "set_off": 8000,
            "transferred": 23622,
            "carried": 0,
            "held": 0,
            "debits": 8700,
            "debits_carried": 700,
            "debits_held": 0,
        }
    ]


def test_operators_are_settled_alike_in_batches_of_any_size() -> None:
    rows = (row(), row(contract="RID00045128"), row(id="2", cents=50))
    [both], apart = batches(*rows), batches(*rows, size=1)
    assert [batch.operators for batch in apart] == [1, 1]
    for name in ("accounts", "applications", "payouts", "balances"):
        assert pa.concat_tables([getattr(batch, name) for batch in apart]).equals(getattr(both, name))
    assert both.transfers == tuple(transfer for batch in apart for transfer in batch.transfers)


# Each line: how the portfolio or the entry differs, and why the credit then waits.
HOLDS = {
    "suspended": (
        {"restrictions": [{"operator": "comune", "kind": "suspension", "reason": "x", "since": "2020-12-01"}]},
        {},
        "OPERATOR_SUSPENDED",
    ),
    "blocked by then": (
        {"restrictions": [{"operator": "comune", "kind": "block", "reason": "x", "since": "2021-01-25"}]},
        {},
        "OPERATOR_BLOCKED",
    ),
    "a number that no bank takes": ({}, {"document_number": "7_8", "document_date": DUE["issue_date"]}, "OTHER"),
    "its own reason": ({}, {"held": [{"reason": "DISPUTED", "note": ""}]}, "DISPUTED"),
    "not delivered": ({}, {"state": "AWAITING_DELIVERY"}, "AWAITING_DELIVERY"),
}


@pytest.mark.requirement("PAY-8")
@pytest.mark.parametrize(("changes", "entry", "reason"), HOLDS.values(), ids=HOLDS.keys())
def test_what_may_not_move_is_held(changes: dict[str, Any], entry: dict[str, Any], reason: str) -> None:
    [batch] = batches(row(**entry), given=parties(**changes))
    assert batch.transfers == ()
    [left] = batch.balances.to_pylist()
    assert (left["status"], left["reason"]) == ("HELD", reason)
    # what the gate found is found again: only the reason that the entry came with stays with it
    assert left["held"] == entry.get("held")


def test_a_contract_without_iban_is_not_paid() -> None:
    given = fields()
    del given["operators"][0]["contracts"][0]["iban"]
    [batch] = batches(row(), given=portfolio({**given, "proposals": [], "charges": []}))
    assert batch.balances["reason"].to_pylist() == ["NO_IBAN"]


def test_a_payment_waits_for_the_invoice_of_gse_that_would_reduce_it() -> None:
    waiting = row(id="2", side="debit", state="AWAITING_DELIVERY")
    [before], [after] = batches(row(), waiting), batches(row(), waiting, on=dt.date(2021, 2, 1))
    assert before.transfers == ()
    assert [str(transfer.amount) for transfer in after.transfers] == ["216.22"]


def test_what_is_open_is_the_input_of_a_later_run() -> None:
    [first] = batches(row(cents=80), row(id="2", cents=30, due_date=dt.date(2021, 3, 31)))
    assert [transfer.value_date for transfer in first.transfers] == [dt.date(2021, 3, 31)]
    held = {"restrictions": [{"operator": "comune", "kind": "suspension", "reason": "x", "since": "2020-12-01"}]}
    [stopped] = batches(row(), given=parties(**held))
    known = parties()
    [freed] = settle_entries(known, entries_for(known, stopped.balances), on=DAY)
    assert [str(transfer.amount) for transfer in freed.transfers] == ["216.22"]


def test_an_identification_is_used_once_whoever_used_it() -> None:
    [first] = batches(row())
    used = {transfer.end_to_end_id for transfer in first.transfers}
    [second] = batches(row(id="2"), ordered=used)
    assert [transfer.end_to_end_id for transfer in second.transfers] == ["SSP00030614-20210201-2"]


def test_it_is_what_the_settlement_of_a_portfolio_nets() -> None:
    """The same credits and debits, as a portfolio without invoices and as columns."""
    given = fields()
    for proposal in given["proposals"]:
        proposal["treatment"] = None
    for operator in given["operators"]:
        operator["contracts"][0]["invoices"] = False
    given["charges"] = []
    whole = settle(portfolio(given), on=DAY)
    rows = [row(id=str(number), cents=cents, state="NOT_NEEDED") for number, cents in enumerate((21622, 1424))]
    [batch] = batches(*rows)
    assert [(one.value_date, one.amount) for one in batch.transfers] == [
        (one.value_date, one.amount) for one in whole.transfers
    ]


def test_records_that_are_still_to_be_issued_are_refused() -> None:
    known = portfolio()
    with pytest.raises(InvalidValueError, match="3 records that are still to be issued"):
        list(settle_entries(known, entries_for(known, pa.Table.from_pylist([row()])), on=DAY))


def test_the_folder_of_a_run(tmp_path: Path) -> None:
    seen: list[int] = []
    parts = batches(row(), row(contract="RID00045128"), size=1)
    totals = save_batches(parts, tmp_path / "out", on=DAY, progress=seen.append)
    assert seen == [1, 2]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "accounts.parquet",
        "applications.parquet",
        "earlier.json",
        "open.parquet",
        "payouts.parquet",
        "totals.json",
        "transfers.csv",
        "transfers.json",
    ]
    assert parquet.read_table(tmp_path / "out/accounts.parquet")["transferred"].to_pylist() == [21622, 21622]
    assert json.loads((tmp_path / "out/totals.json").read_text()) == totals.to_dict()
    assert totals.to_dict()["transferred"] == "432.44"
    assert "432.44" in totals._repr_html_()
    assert identifications(tmp_path / "out") == {transfer.end_to_end_id for transfer in totals.transfers}


def test_a_run_without_entries(tmp_path: Path) -> None:
    totals = save_batches((), tmp_path, on=DAY)
    assert (totals.operators, totals.to_dict()["credits"]) == (0, "0.00")


def test_a_run_cut_short_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    save_batches(batches(row()), tmp_path, on=DAY)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save_batches(batches(row(id="2", cents=9)), tmp_path, on=DAY, progress=stop)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(StorageError, match="cannot be written"):
        save_batches((), tmp_path / "out", on=DAY)


def test_the_transfers_of_an_earlier_run_have_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be read"):
        identifications(tmp_path)
    (tmp_path / "transfers.json").write_text("[]")
    with pytest.raises(InvalidInputError, match="no file of transfers"):
        identifications(tmp_path)


def test_the_folder_keeps_what_earlier_runs_ordered_even_where_nobody_says_so(tmp_path: Path) -> None:
    save_batches(batches(row()), tmp_path, on=DAY)
    [first] = identifications(tmp_path)
    save_batches(batches(row(id="2"), ordered=[first, "OTHER-1"]), tmp_path, on=DAY)
    assert identifications(tmp_path) == {first, "OTHER-1", first.removesuffix("1") + "2"}
    save_batches((), tmp_path, on=DAY)
    assert len(identifications(tmp_path)) == 3


def test_an_identification_is_not_ordered_twice(tmp_path: Path) -> None:
    save_batches(batches(row()), tmp_path, on=DAY)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(
        InvalidValueError, match=r"SSP00030614-20210201-1 was ordered before; .* ordered=identifications"
    ):
        save_batches(batches(row(id="2", cents=9_000)), tmp_path, on=DAY)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    with pytest.raises(InvalidValueError, match="was ordered before"):
        save_batches(batches(row()), tmp_path / "another", on=DAY, ordered=["SSP00030614-20210201-1"])


def test_a_folder_keeps_the_identifications_of_the_runs_before(tmp_path: Path) -> None:
    save_batches((), tmp_path, on=DAY, ordered=["B-1", "A-1"])
    assert identifications(tmp_path) == {"A-1", "B-1"}
    (tmp_path / "earlier.json").write_text("7")
    with pytest.raises(InvalidInputError, match=r"earlier\.json: it is no file of transfers"):
        identifications(tmp_path)


def test_what_a_check_refuses_is_said_in_its_own_words(tmp_path: Path) -> None:
    def refuse(_: Totals) -> None:
        raise StorageError("M-1.xml was written by an earlier run", path="M-1.xml", remedy="name another")

    with pytest.raises(StorageError, match=r"^M-1\.xml was written by an earlier run; name another$"):
        save_batches((), tmp_path, on=DAY, check=refuse)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("earlier", ["[1]", '"A-1"', "null", "[[]]"])
def test_a_file_of_identifications_holds_texts(earlier: str, tmp_path: Path) -> None:
    save_batches((), tmp_path, on=DAY)
    (tmp_path / "earlier.json").write_text(earlier)
    with pytest.raises(InvalidInputError, match=r"earlier\.json: it is no file of transfers"):
        identifications(tmp_path)


def test_what_a_run_that_was_cut_short_left_behind_is_not_moved_into_the_folder(tmp_path: Path) -> None:
    (tmp_path / ".settling").mkdir()
    (tmp_path / ".settling" / "old.parquet").write_text("half a file")
    save_batches((), tmp_path, on=DAY)
    assert not {path.name for path in tmp_path.iterdir()} & {".settling", "old.parquet"}


def test_one_identification_is_no_list_of_them(tmp_path: Path) -> None:
    with pytest.raises(InvalidValueError, match="'SSP-1' cannot be the argument ordered"):
        batches(row(), ordered="SSP-1")
    with pytest.raises(InvalidValueError, match="'SSP-1' cannot be the argument ordered"):
        save_batches((), tmp_path / "out", on=DAY, ordered="SSP-1")
    assert not (tmp_path / "out").exists()


ODD: tuple[dict[str, Any], ...] = ({"batches": [1]}, {"on": "2021-01-20"}, {"progress": 1}, {"ordered": [1, "A"]})


@pytest.mark.parametrize("changes", ODD, ids=lambda changes: next(iter(changes)))
def test_a_wrong_argument_is_refused_before_anything_is_written(changes: dict[str, Any], tmp_path: Path) -> None:
    given: dict[str, Any] = {"batches": (), "folder": tmp_path / "out", "on": DAY, **changes}
    with pytest.raises(InvalidValueError, match=f"the argument {next(iter(changes))}"):
        save_batches(**given)
    assert not (tmp_path / "out").exists()


def test_a_batch_has_an_operator() -> None:
    with pytest.raises(InvalidValueError, match="a batch has at least one operator"):
        batches(row(), size=0)


def test_entries_of_the_netting_are_columns_too() -> None:
    known = parties()
    table = table_of([credit("216.22", operator="comune"), debit("60.00", operator="comune")])
    [batch] = settle_entries(known, entries_for(known, table), on=DAY)
    assert [str(transfer.amount) for transfer in batch.transfers] == ["156.22"]
