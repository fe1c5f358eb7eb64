"""How an operator pays an invoice of GSE that is settled by transfer, a biofuel invoice for one (BIO-10 to BIO-12)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import field, frozen

from gse_billing.core.arguments import kind_of, require
from gse_billing.core.dated import require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.identifiers import Iban, InvoiceNumber
from gse_billing.core.money import euro
from gse_billing.payments.remittance import InvoiceReference, write_remittance
from gse_billing.payments.transfers import SettlementKey, Transfer

__all__ = ["PayableInvoice", "order_for_invoice"]


@frozen(kw_only=True)
class PayableInvoice:
    """What an invoice says about its payment.

    Args:
        number: number of the invoice.
        issued: date of the invoice.
        due: last day to pay; it may be the day of issue.
        total: what is to be paid, VAT included, in EUR.
        iban: the account stated in the invoice.
        creditor_name: who issued it.
    """

    number: InvoiceNumber = field(converter=InvoiceNumber)
    issued: dt.date = field(validator=kind_of(dt.date))
    due: dt.date = field(validator=kind_of(dt.date))
    total: Decimal = field(converter=euro)
    iban: Iban = field(converter=Iban)
    creditor_name: str = field(validator=kind_of(str))

    def __attrs_post_init__(self) -> None:
        if self.due < self.issued:
            raise InvalidValueError(
                f"due on {self.due}, before it is issued on {self.issued}",
                value=self.due,
                remedy="give the day of issue where the invoice says no other",
            )


def order_for_invoice(
    invoice: PayableInvoice, *, debtor_name: str, on: dt.date | None = None, late: bool = False
) -> Transfer:
    """The transfer that pays one invoice in time and in the manner asked for.

    It goes to the account of the invoice, carries the full amount (charges of the bank are the payer's and never taken
    off it), and its text states number and date of the invoice.

    Args:
        invoice: what to pay.
        debtor_name: the operator who pays.
        on: the value date; the due date when left out. Whether banks are open that day is the caller's calendar.
        late: allow a day after the due date. The payment is then late, and GSE may withhold certificates (BIO-14).

    Raises:
        InvalidValueError: a day before the issue or after the due date, or a number that the text cannot carry.

    >>> day, account = dt.date(2016, 3, 18), "IT60X0542811101000000123456"
    >>> invoice = PayableInvoice(
    ...     number="76256", issued=day, due=day, total="1994.93", iban=account, creditor_name="GSE S.p.A."
    ... )
    >>> order_for_invoice(invoice, debtor_name="Carburanti S.p.A.").remittance
    'FATTURA 76256 DEL 18/03/2016'
    """
    require(invoice, PayableInvoice, meant="the invoice to pay")
    require(late, bool, meant="whether to pay late")
    day = invoice.due if on is None else require_day(on, meant="a value date")
    if day < invoice.issued:
        raise InvalidValueError(
            f"{day} is before the invoice was issued, on {invoice.issued}",
            value=day,
            remedy=f"pay it on {invoice.issued} or later, by {invoice.due}",
        )
    if day > invoice.due and not late:
        raise InvalidValueError(
            f"{day} is after the due date, {invoice.due}",
            value=day,
            why="a payment after it counts as not made in time (BIO-10, BIO-14)",
            remedy="pay by the due date, or say late=True",
        )
    return Transfer(
        debtor_name=debtor_name,
        creditor_name=invoice.creditor_name,
        creditor_iban=invoice.iban,
        amount=invoice.total,
        value_date=day,
        remittance=write_remittance([InvoiceReference(invoice.number, invoice.issued)]),
        end_to_end_id=SettlementKey(invoice.number, invoice.issued).end_to_end_id,
    )
