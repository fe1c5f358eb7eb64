"""From the draft that the books keep to its document."""

from __future__ import annotations

from gse_billing.billing.drafting.drafts import Direction, Draft
from gse_billing.billing.recipes.bills import Bill, Recipe
from gse_billing.billing.recipes.documents import gse_invoice, operator_invoice
from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.identifiers import InvoiceNumber, OfficeCode
from gse_billing.fatturapa.model import FatturaElettronica
from gse_billing.tax import VatTerms, VatTreatment

__all__ = ["compose"]

_DRAFTED = Basis(
    act="the terms of the draft", source="the portfolio on the day of the draft", certainty=Certainty.SUPPLIED
)


def compose(draft: Draft, number: InvoiceNumber, progressive: str) -> FatturaElettronica:
    """The invoice of a draft.

    Args:
        draft: everything the invoice says but for its number.
        number: the number, reserved for this draft.
        progressive: ProgressivoInvio, up to ten characters.

    Raises:
        InvalidValueError: an operator's invoice has no account.
    """
    return _recipe(draft, _bill(draft, number, progressive)).document


def _bill(draft: Draft, number: InvoiceNumber, progressive: str) -> Bill:
    return Bill(
        number=number,
        progressive=progressive,
        date=draft.date,
        amount=draft.amounts.taxable,
        vat=_as_drafted(draft.vat),
        description=draft.description,
        contract=draft.contract,
        subject=draft.subject,
        due=draft.due,
    )


def _as_drafted(terms: VatTerms) -> VatTreatment:
    """The terms that were in force when the draft was made: a document composed again says what it said."""
    rows = (Row(value=terms, basis=_DRAFTED),)
    return VatTreatment(code="as-drafted", name_it="come da bozza", name_en="as drafted", terms=DatedTable("VAT", rows))


def _recipe(draft: Draft, bill: Bill) -> Recipe:
    if draft.direction is Direction.FROM_GSE:
        return gse_invoice(bill, gse=draft.seller, buyer=draft.buyer, recipient=draft.recipient, iban=draft.iban)
    if draft.iban is None:
        raise InvalidValueError(f"the draft {draft.key} of an operator has no account", value=draft, why="PAY-1")
    return operator_invoice(
        bill,
        operator=draft.seller,
        gse=draft.buyer,
        office=OfficeCode(draft.recipient.code),
        iban=draft.iban,
        issuer=draft.issuer,
    )
