"""PAGAMENTI E FATTURE: one row a fee, with the fourteen columns of the portal, and its eight search filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from attrs import field, frozen

from gse_billing.billing.proposals.states import FeeState
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.html import table
from gse_billing.core.money import euro, format_it
from gse_billing.core.showing import shown
from gse_billing.core.spreadsheets import csv_text

__all__ = ["COLUMNS", "FeeRow", "Search", "rows_to_csv", "rows_to_html"]

COLUMNS = (
    "CONTRATTO",
    "ANNO",
    "CORRISPETTIVO",
    "STATO CORRISPETTIVO",
    "NUMERO DOCUMENTO",
    "DATA EMISSIONE",
    "DATA PAGAMENTO",
    "IMPONIBILE A CREDITO (€)",
    "IMPONIBILE A DEBITO (€)",
    "TOTALE (€)",
    "MOTIVO SCARTO",
    "DETTAGLIO",
    "FATTURA(*)",
    "FASCICOLO ELETTRONICO",
)
"""The columns in the portal's order (INV-5); FATTURA holds the draft, which is not the fiscal invoice (INV-6)."""

Value = str | int | dt.date | Decimal | None
"""What a column holds; ``None`` where the row has nothing to say."""


def _euro_or_none(amount: Decimal | int | str | None) -> Decimal | None:
    return None if amount is None else euro(amount)


@frozen(kw_only=True)
class FeeRow:
    """One fee as the portal lists it.

    Attributes:
        contract: the contract it belongs to.
        year: its reference year.
        fee: its name.
        state: where it stands.
        number: the number of the document, once it was saved.
        issued: the date of the document, once it was saved.
        paid: the day on which the money counts, once the payment was ordered.
        credit: the taxable amount that GSE owes, EUR.
        debit: the taxable amount that GSE is owed, EUR.
        total: taxable amount and tax, EUR.
        discard_reason: SDI's reason, after a discard (INV-21).
        detail: the key of the record, by which everything else is found.
        draft: the name of the draft, which is no fiscal invoice.
        dossier: the name of the file whose dossier holds the signed invoice and SDI's messages.
    """

    contract: str
    year: int
    fee: str
    state: FeeState
    number: str = ""
    issued: dt.date | None = None
    paid: dt.date | None = None
    credit: Decimal | None = field(default=None, converter=_euro_or_none)
    debit: Decimal | None = field(default=None, converter=_euro_or_none)
    total: Decimal = field(converter=euro)
    discard_reason: str = ""
    detail: str = ""
    draft: str = ""
    dossier: str = ""

    def __attrs_post_init__(self) -> None:
        require_fields(self)
        if not dt.MINYEAR <= self.year <= dt.MAXYEAR:
            raise InvalidValueError(
                f"there is no year {shown(self.year)}", value=self.year, remedy="give the reference year of the fee"
            )

    def values(self) -> tuple[Value, ...]:
        """What each of the fourteen columns holds, in the order of :data:`COLUMNS`."""
        return (
            self.contract,
            self.year,
            self.fee,
            self.state.value,
            self.number or None,
            self.issued,
            self.paid,
            self.credit,
            self.debit,
            self.total,
            self.discard_reason or None,
            self.detail or None,
            self.draft or None,
            self.dossier or None,
        )

    def cells(self) -> tuple[str, ...]:
        """The fourteen cells as the portal prints them, in the order of :data:`COLUMNS`."""
        return tuple(map(_printed, self.values()))


def _printed(value: Value) -> str:
    if isinstance(value, Decimal):
        return format_it(value)
    if isinstance(value, dt.date):
        return f"{value:%d/%m}/{value.year:04d}"
    return "" if value is None else str(value)


@frozen(kw_only=True)
class Search:
    """The eight filters; those left out let everything pass, ranges include both ends, and all must hold (INV-3).

    ``Search(state=FeeState.TO_INVOICE)`` lists every proposal still to be invoiced (INV-4).
    """

    contract: str | None = None
    fee: str | None = None
    state: FeeState | None = None
    number: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    issued_from: dt.date | None = None
    issued_to: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        require_fields(self)

    @guarded
    def matches(self, row: FeeRow) -> bool:
        """Whether a row passes every filter; a row without issue date passes no filter on it."""
        wanted = (
            (self.contract, row.contract),
            (self.fee, row.fee),
            (self.state, row.state),
            (self.number, row.number),
        )
        return (
            all(given is None or given == found for given, found in wanted)
            and _within(row.year, self.year_from, self.year_to)
            and _issued_within(row.issued, self.issued_from, self.issued_to)
        )

    @guarded
    def among(self, rows: Iterable[FeeRow]) -> tuple[FeeRow, ...]:
        """The rows that match, in their order."""
        return tuple(row for row in rows if self.matches(row))


def _within(year: int, first: int | None, last: int | None) -> bool:
    return (first is None or first <= year) and (last is None or year <= last)


def _issued_within(day: dt.date | None, first: dt.date | None, last: dt.date | None) -> bool:
    if first is None and last is None:
        return True
    return day is not None and (first is None or first <= day) and (last is None or day <= last)


@guarded
def rows_to_csv(rows: Iterable[FeeRow]) -> str:
    """The rows as CSV with Italian formats, safe to open in a spreadsheet."""
    return csv_text(COLUMNS, (row.cells() for row in rows))


@guarded
def rows_to_html(rows: Iterable[FeeRow]) -> str:
    """The rows as an HTML table, for a notebook."""
    return table(COLUMNS, (row.cells() for row in rows), caption="PAGAMENTI E FATTURE")
