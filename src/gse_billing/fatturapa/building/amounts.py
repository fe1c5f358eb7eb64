"""What a document amounts to: VAT on the sum of each group, total, stamp duty, withholding, net payable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from attrs import frozen

from gse_billing.core.explain import Derivation, figure
from gse_billing.core.html import table
from gse_billing.core.money import ZERO, exact, round_half_up
from gse_billing.fatturapa.building.contributions import PricedContribution
from gse_billing.fatturapa.building.lines import PricedLine
from gse_billing.fatturapa.codelists import EsigibilitaIVA, Natura
from gse_billing.fatturapa.model import DatiRiepilogo, DatiRitenuta
from gse_billing.tax import AppliedVat, StampDuty, VatAmounts, stamp_duty

__all__ = ["DocumentAmounts", "Group", "amounts_of", "groups_of"]

_Key = tuple[Decimal, str | None, str | None]
_Priced = PricedLine | PricedContribution


@frozen(kw_only=True)
class DocumentAmounts:
    """The amounts of a document, in EUR.

    Attributes:
        taxable: the lines and contributions together, VAT excluded.
        contributions: what of it goes to the fund of the seller's profession.
        tax: the VAT that the document shows.
        change: what discounts and surcharges on the whole document add; they change no VAT.
        total: taxable, tax and change together (ImportoTotaleDocumento).
        stamp: the stamp duty that the seller settles; it is in no other amount.
        withheld: what the buyer keeps back.
        payable: what the buyer pays the seller: the total without the VAT under split payment and what is withheld.
        derivation: how each came about, down to the act.
    """

    taxable: Decimal
    contributions: Decimal
    tax: Decimal
    change: Decimal
    total: Decimal
    stamp: Decimal
    withheld: Decimal
    payable: Decimal
    derivation: Derivation

    def explain(self) -> Derivation:
        """How the amounts came about."""
        return self.derivation

    def _repr_html_(self) -> str:
        names = ("taxable", "contributions", "tax", "change", "total", "stamp", "withheld", "payable")
        return table(names, [[figure(getattr(self, name)) for name in names]], caption="EUR")


@frozen
class Group:
    """The lines and contributions of one rate, natura and esigibilità: what one DatiRiepilogo sums up."""

    vat: AppliedVat
    amounts: VatAmounts
    references: tuple[str, ...]

    @property
    def summary(self) -> DatiRiepilogo:
        """The element."""
        vat = self.vat
        return DatiRiepilogo(
            aliquota_iva=vat.rate,
            natura=Natura(vat.natura) if vat.natura else None,
            imponibile_importo=self.amounts.taxable,
            imposta=self.amounts.tax,
            esigibilita_iva=EsigibilitaIVA(vat.esigibilita) if vat.esigibilita else None,
            riferimento_normativo="; ".join(self.references) or None,
        )


def groups_of(priced: Iterable[_Priced]) -> tuple[Group, ...]:
    """Lines and contributions by rate, natura and esigibilità, in the order of the first; VAT is taken on each sum."""
    found: dict[_Key, list[_Priced]] = {}
    for each in priced:
        found.setdefault((each.vat.rate, each.vat.natura, each.vat.esigibilita), []).append(each)
    return tuple(map(_group, found.values()))


def _group(priced: list[_Priced]) -> Group:
    with exact():
        taxable = round_half_up(sum((each.amount for each in priced), ZERO))
    references = dict.fromkeys(each.vat.legal_reference for each in priced)
    vat = priced[0].vat
    return Group(vat, vat.amounts(taxable), tuple(each for each in references if each))


def amounts_of(
    groups: Sequence[Group],
    *,
    contributions: Sequence[PricedContribution],
    kept: Sequence[DatiRitenuta],
    changed: Callable[[Decimal], Decimal],
    day: dt.date,
) -> DocumentAmounts:
    """The amounts of a document out of its groups.

    Args:
        groups: lines and contributions by their VAT.
        contributions: to the fund of the seller's profession.
        kept: what the buyer keeps back.
        changed: the total of the document after its discounts and surcharges, from the total before.
        day: the date of the document.

    Raises:
        NoValueInForceError: there are amounts outside VAT, and no rule on the stamp duty is known for that day.
    """
    stamp = _stamp(groups, day)
    with exact():
        taxable = sum((group.amounts.taxable for group in groups), ZERO)
        tax = sum((group.amounts.tax for group in groups), ZERO)
        total = changed(taxable + tax)
        change = total - taxable - tax
        withheld = sum((each.importo_ritenuta for each in kept), ZERO)
        payable = sum((group.amounts.payable for group in groups), ZERO) + change - withheld
        funds = sum((each.amount for each in contributions), ZERO)
    steps = [group.amounts.explain() for group in groups]
    derivation = Derivation(
        label="net payable",
        statement=_statement(groups, change, withheld, payable),
        result=payable,
        steps=[*steps, stamp.explain()] if stamp else steps,
    )
    return DocumentAmounts(
        taxable=taxable,
        contributions=funds,
        tax=tax,
        change=change,
        total=total,
        stamp=stamp.amount if stamp else ZERO,
        withheld=withheld,
        payable=payable,
        derivation=derivation,
    )


def _statement(groups: Sequence[Group], change: Decimal, withheld: Decimal, payable: Decimal) -> str:
    parts = " + ".join(figure(group.amounts.payable) for group in groups)
    if change:
        word = "discount" if change < 0 else "surcharge"
        parts += f" {'less' if change < 0 else 'plus'} {figure(abs(change), 'EUR')} {word} on the whole"
    if withheld:
        parts += f" less {figure(withheld, 'EUR')} withheld"
    return f"{parts} = {figure(payable, 'EUR')}"


def _stamp(groups: Sequence[Group], day: dt.date) -> StampDuty | None:
    """The stamp duty, where anything is outside VAT; reverse charge is not (DPR 642/72, tariffa art. 13)."""
    outside = [group.amounts.taxable for group in groups if group.vat.outside_vat]
    if not outside:
        return None
    with exact():
        return stamp_duty(sum(outside, ZERO), day)
