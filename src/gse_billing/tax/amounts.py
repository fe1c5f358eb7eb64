"""What a taxable amount becomes under a VAT treatment: tax, total, and what the buyer pays the seller."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from gse_billing.core.explain import Derivation, figure
from gse_billing.core.html import table
from gse_billing.core.money import exact, round_half_up

__all__ = ["VatAmounts", "amounts_of", "tax_of"]

_HUNDREDTH = Decimal("0.01")


@frozen(kw_only=True)
class VatAmounts:
    """The four amounts of a document or of one of its summaries, in EUR; taxable + tax = total.

    Attributes:
        taxable: the amount before tax (imponibile).
        tax: the tax shown in the document (imposta).
        total: taxable and tax together (totale).
        payable: what the buyer pays the seller: the total, or the taxable amount under split payment.
        derivation: how each came about.
    """

    taxable: Decimal
    tax: Decimal
    total: Decimal
    payable: Decimal
    derivation: Derivation

    def explain(self) -> Derivation:
        """How the amounts came about, down to the act."""
        return self.derivation

    def _repr_html_(self) -> str:
        cells = [figure(amount) for amount in (self.taxable, self.tax, self.total, self.payable)]
        return table(("taxable", "tax", "total", "payable"), [cells], caption="EUR")


def tax_of(taxable: Decimal, rate: Decimal) -> Decimal:
    """The tax on an amount of whole cents at a rate in percent, rounded half up once.

    >>> tax_of(Decimal("1635.19"), Decimal("22.00"))
    Decimal('359.74')
    """
    with exact():
        return round_half_up(taxable * rate * _HUNDREDTH)


def amounts_of(taxable: Decimal, *, rate: Decimal, split_payment: bool, applied: Derivation) -> VatAmounts:
    """The four amounts; ``applied`` is the derivation of the treatment they rest on."""
    tax = tax_of(taxable, rate)
    with exact():
        total = taxable + tax
    payable = taxable if split_payment else total
    steps = (
        Derivation(
            label="tax",
            statement=f"{figure(rate)} % of {figure(taxable, 'EUR')} = {figure(tax, 'EUR')}, rounded half up",
            result=tax,
            steps=(applied,),
        ),
        Derivation(
            label="total",
            statement=f"{figure(taxable, 'EUR')} + {figure(tax, 'EUR')} = {figure(total, 'EUR')}",
            result=total,
        ),
    )
    derivation = Derivation(
        label="payable to the seller",
        statement=_payable(payable, tax, split_payment=split_payment),
        result=payable,
        basis=applied.basis if split_payment else None,
        steps=steps,
    )
    return VatAmounts(taxable=taxable, tax=tax, total=total, payable=payable, derivation=derivation)


def _payable(payable: Decimal, tax: Decimal, *, split_payment: bool) -> str:
    if split_payment:
        return f"the taxable amount, {figure(payable, 'EUR')}; the buyer pays {figure(tax, 'EUR')} of tax to the State"
    return f"the total, {figure(payable, 'EUR')}"
