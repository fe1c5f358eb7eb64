"""The table of invoices in BIOCAR, GSE's portal of the biofuel obligation: nine columns, Italian formats."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import field, frozen

from gse_billing.core.arguments import kind_of, require
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.core.money import euro, exact, format_it
from gse_billing.fees.biofuel import BiofuelFee
from gse_billing.fees.years import require_year

__all__ = ["BIOCAR_COLUMNS", "NON_PAGATO", "BiocarRow", "biocar_row"]

BIOCAR_COLUMNS = (
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
"""The columns of the table of invoices, as BIOCAR heads them."""

NON_PAGATO = "Non Pagato"
"""The one state of an invoice that the instructions show; the set of states is open."""


@frozen(kw_only=True)
class BiocarRow:
    """One invoice as BIOCAR lists it.

    Args:
        year: the year of the invoice.
        number: GSE's number of the invoice.
        taxable: EUR net of VAT.
        tax: VAT in EUR.
        total: what the operator pays, taxable + tax.
        issued: date of the invoice.
        due: last day to pay; it may be the day of issue.
        status: state as BIOCAR words it.
        download: what the last column links to; empty where there is no link.

    Raises:
        InvalidValueError: the amounts do not add up, the invoice is due before it is issued, or a field is of another
            kind than it says.
        InvalidIdentifierError: not an invoice number.
    """

    year: int
    number: InvoiceNumber = field(converter=InvoiceNumber)
    taxable: Decimal = field(converter=euro)
    tax: Decimal = field(converter=euro)
    total: Decimal = field(converter=euro)
    issued: dt.date = field(validator=kind_of(dt.date))
    due: dt.date = field(validator=kind_of(dt.date))
    status: str = field(default=NON_PAGATO, validator=kind_of(str))
    download: str = field(default="", validator=kind_of(str))

    def __attrs_post_init__(self) -> None:
        require_year(self.year)
        with exact():
            added = self.taxable + self.tax
        if added != self.total:
            raise InvalidValueError(
                f"{self.taxable} + {self.tax} is {added}, not {self.total}",
                value=self.total,
                remedy="check the invoice",
            )
        if self.due < self.issued:
            raise InvalidValueError(
                f"due on {self.due}, before it is issued on {self.issued}",
                value=self.due,
                remedy="give the day of issue or a later one",
            )

    def cells(self) -> tuple[str, ...]:
        """The nine cells as BIOCAR prints them, in the order of :data:`BIOCAR_COLUMNS`."""
        amounts = (f"{format_it(amount)} €" for amount in (self.taxable, self.tax, self.total))
        days = (f"{day:%d/%m}/{day.year:04d}" for day in (self.issued, self.due))
        return (str(self.year), self.number, *amounts, *days, self.status, self.download)


def biocar_row(fee: BiofuelFee, *, number: str, issued: dt.date, due: dt.date) -> BiocarRow:
    """The row of a new invoice for a fee, not paid yet.

    Raises:
        InvalidValueError: nothing to invoice, issued in another year than the fee is invoiced in, or no fee.

    >>> from gse_billing.fees import Declaration, biofuel_fee
    >>> day = dt.date(2016, 3, 18)
    >>> fee = biofuel_fee(Declaration(year=2015, total_gcal=28_996, advanced_gcal=4_490), on=day)
    >>> biocar_row(fee, number="76256", issued=day, due=day).cells()[2:6]
    ('1.635,19 €', '359,74 €', '1.994,93 €', '18/03/2016')
    """
    amounts = require(fee, BiofuelFee, meant="the fee of an invoice").vat(issued)
    return BiocarRow(
        year=fee.invoice_year,
        number=InvoiceNumber(number),
        taxable=amounts.taxable,
        tax=amounts.tax,
        total=amounts.total,
        issued=issued,
        due=due,
    )
