"""The folder of a settlement in columns.

::

    out/
      accounts.parquet       one row an operator: credits = set off + transferred + carried + held, in cents
      applications.parquet   which credit extinguished which debit, on which day and why
      payouts.parquet        what is paid to which contract, with the part of each credit
      open.parquet           what is still open, and why: the entries of a later run
      transfers.json         the money that moves
      transfers.csv          the same for a spreadsheet
      totals.json            the sums in EUR
      earlier.json           the identifications of transfers that runs before this one ordered

All of it is written beside its place and moved there at the end: a run cut short leaves nothing new.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
from attrs import field, frozen
from pyarrow import parquet

from gse_billing.billing.frames.files import defect, refused
from gse_billing.billing.frames.settling import ACCOUNTS, Batch
from gse_billing.core.arguments import require_each
from gse_billing.core.errors import InvalidValueError, StorageError
from gse_billing.core.guards import guarded
from gse_billing.core.html import table
from gse_billing.core.money import EXACT
from gse_billing.netting.frames import APPLICATIONS, BALANCES, PAYOUTS
from gse_billing.payments import TRANSFER_COLUMNS, Transfer, transfers_to_csv, transfers_to_json

__all__ = ["Totals", "identifications", "save_batches"]

_TABLES = {"accounts": ACCOUNTS, "applications": APPLICATIONS, "payouts": PAYOUTS, "balances": BALANCES}
_NAMES = {"balances": "open"}
_TRANSFERS = "transfers.json"
_EARLIER = "earlier.json"


@frozen(kw_only=True)
class Totals:
    """The sums of a settlement in columns.

    Attributes:
        on: the day of the run.
        operators: how many had an entry.
        sums: EUR by name: the sums of the accounts.
        transfers: everything that moves, in the order of the operators.
    """

    on: dt.date
    operators: int
    sums: dict[str, Decimal] = field(hash=False)
    transfers: tuple[Transfer, ...] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The totals as JSON-ready values; amounts and days are text."""
        fields: dict[str, Any] = {"on": self.on.isoformat(), "operators": self.operators}
        return fields | {"transfers": len(self.transfers)} | {name: str(sum_) for name, sum_ in self.sums.items()}

    def _repr_html_(self) -> str:
        caption = f"settlement of {self.on.isoformat()}, {self.operators:,} operators"
        return table(("sum", "EUR"), self.sums.items(), caption=caption)


def _silent(_: object) -> None:
    """Progress that nobody watches, and totals that nobody checks."""


@guarded
def save_batches(
    batches: Iterable[Batch],
    folder: Path | str,
    *,
    on: dt.date,
    ordered: Iterable[str] = (),
    progress: Callable[[int], None] = _silent,
    check: Callable[[Totals], None] = _silent,
) -> Totals:
    """Write the batches as they come, and everything into its place at the end.

    Args:
        batches: what ``settle_entries`` yields.
        folder: made where it does not exist; what an earlier run left there is replaced, its identifications are kept.
        on: the day of the run.
        ordered: identifications of transfers ordered earlier that the batches do not know of; the folder keeps all.
        progress: called after each batch with the number of operators so far.
        check: called with the totals before anything is moved to its place; if it raises, the folder stays as it was.

    Raises:
        InvalidInputError: the folder holds files of an earlier run that no run wrote so.
        InvalidValueError: a transfer has the identification of an earlier one, or an argument is of a wrong kind; the
            folder stays as it was.
        StorageError: something cannot be written.
    """
    root = Path(folder)
    taken = set(ordered)
    if (root / _TRANSFERS).exists():
        taken |= identifications(root)
    beside = root / ".settling"
    try:
        if beside.exists():  # a run was cut short
            shutil.rmtree(beside)
        beside.mkdir(parents=True)
        try:
            totals = _written(_noting(batches, taken), beside, on, progress)
            _refuse_again(totals.transfers, taken)
            (beside / _EARLIER).write_text(json.dumps(sorted(taken)), encoding="utf-8")
            check(totals)
            # by name, so that earlier.json stands before the transfers.json of the run before is replaced
            for path in sorted(beside.iterdir()):
                path.replace(root / path.name)
        finally:
            shutil.rmtree(beside)
    except StorageError:  # the check said what it is, and it is an OSError too
        raise
    except OSError as error:
        raise StorageError(
            f"{root} cannot be written", path=str(root), why=error.strerror or str(error), remedy="see that it has room"
        ) from None
    return totals


def _noting(batches: Iterable[Batch], taken: set[str]) -> Iterator[Batch]:
    """The batches; the identifications that they keep clear of are added to those that are taken."""
    known: frozenset[str] = frozenset()
    for batch in batches:
        if batch.ordered is not known:  # all batches of a run share one set, which may be large
            known = batch.ordered
            taken |= known
        yield batch


def _refuse_again(transfers: Iterable[Transfer], taken: Collection[str]) -> None:
    for transfer in transfers:
        if transfer.end_to_end_id in taken:
            raise InvalidValueError(
                f"the identification {transfer.end_to_end_id} was ordered before",
                value=transfer.end_to_end_id,
                why="it leads back to one settlement",
                remedy="settle with ordered=identifications(folder) of every folder that earlier runs wrote",
            )


def _written(batches: Iterable[Batch], folder: Path, on: dt.date, progress: Callable[[int], None]) -> Totals:
    transfers: list[Transfer] = []
    operators, sums = 0, Counter[str]()
    with ExitStack() as opened:
        writers = {
            name: opened.enter_context(parquet.ParquetWriter(folder / f"{_NAMES.get(name, name)}.parquet", schema))
            for name, schema in _TABLES.items()
        }
        for batch in batches:
            for name, writer in writers.items():
                writer.write_table(getattr(batch, name))
            for name in ACCOUNTS.names[1:]:
                sums[name] += pc.sum(batch.accounts[name]).as_py()
            transfers += batch.transfers
            operators += batch.operators
            progress(operators)
    in_euro = {name: Decimal(sums[name]).scaleb(-2, EXACT) for name in ACCOUNTS.names[1:]}
    totals = Totals(on=on, operators=operators, sums=in_euro, transfers=tuple(transfers))
    texts = {
        "totals.json": f"{json.dumps(totals.to_dict(), indent=2)}\n",
        _TRANSFERS: transfers_to_json(transfers),
        "transfers.csv": transfers_to_csv(transfers),
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    return totals


@guarded
def identifications(folder: Path | str) -> frozenset[str]:
    """The end-to-end identifications that a run ordered in a folder, and those of the runs before it.

    Raises:
        InvalidInputError: its ``transfers.json`` or ``earlier.json`` is not one that a run wrote.
        StorageError: it has no ``transfers.json``, or a file cannot be read.
    """
    root = Path(folder)
    own = _names(root / _TRANSFERS, lambda given: [one[TRANSFER_COLUMNS[1]] for one in given["transfers"]])
    # a run over a portfolio leaves none
    earlier = _names(root / _EARLIER, lambda given: given) if (root / _EARLIER).exists() else frozenset()
    return own | earlier


def _names(path: Path, of: Callable[[Any], list[str]]) -> frozenset[str]:
    try:
        return frozenset(require_each(of(json.loads(path.read_bytes())), str, meant="an identification"))
    except OSError as error:
        raise StorageError(f"{path} cannot be read", path=str(path), why=error.strerror or str(error)) from None
    except (ValueError, KeyError, TypeError, RecursionError):  # a value of a wrong kind is a ValueError too
        raise refused(
            defect("malformed", str(path), "it is no file of transfers", "name the folder of a run")
        ) from None
