"""Contributions to the welfare fund of the seller's profession, which the buyer pays on top (2.1.1.7), as dated terms.

No rate is shipped: each fund sets its own, and the caller states it with its act.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from attrs import field, frozen

from gse_billing.core.dated import DatedTable
from gse_billing.core.money import ZERO, exact, round_half_up
from gse_billing.fatturapa.building.figures import WHOLE, Figure, percentage
from gse_billing.fatturapa.building.lines import PricedLine
from gse_billing.fatturapa.codelists import Natura, Ritenuta, TipoCassa
from gse_billing.fatturapa.model import DatiCassaPrevidenziale
from gse_billing.tax import AppliedVat, VatTreatment

__all__ = ["Contribution", "ContributionTerms", "PricedContribution", "contributed"]


def _rate(given: Figure) -> Decimal:
    return percentage(given, "contributed")


@frozen(kw_only=True)
class ContributionTerms:
    """How much goes to which fund.

    Args:
        fund: of the profession.
        rate: in percent of the lines that bear it.

    Raises:
        InvalidAmountError: the rate is not above 0 and at most 100.
    """

    fund: TipoCassa
    rate: Decimal = field(converter=_rate)


@frozen(kw_only=True)
class Contribution:
    """A contribution to a fund, with the days it may be asked for.

    Attributes:
        terms: the terms by validity, each row with its act and source.
        vat: how the contribution is treated for VAT; it is summed up with the lines of the same treatment.
        withheld: whether tax or contributions are withheld on it (SDI 00415).
        reference: text that helps the buyer's books (RiferimentoAmministrazione).
    """

    terms: DatedTable[ContributionTerms]
    vat: VatTreatment
    withheld: bool = False
    reference: str | None = None


@frozen
class PricedContribution:
    """A contribution as the document states it, with the VAT terms of its day."""

    detail: DatiCassaPrevidenziale
    vat: AppliedVat

    @property
    def amount(self) -> Decimal:
        """What it adds to the taxable amount."""
        return self.detail.importo_contributo_cassa


def contributed(lines: Sequence[PricedLine], contribution: Contribution, day: dt.date) -> PricedContribution:
    """The contribution on the lines that bear it: the rate on their sum, each rounded half up once.

    Raises:
        NoValueInForceError: it, or its VAT treatment, may not be used on that day.
    """
    terms, vat = contribution.terms.on(day), contribution.vat.on(day)
    with exact():
        base = round_half_up(sum((line.amount for line in lines if line.contributory), ZERO))
        amount = round_half_up(base * terms.rate / WHOLE)
    detail = DatiCassaPrevidenziale(
        tipo_cassa=terms.fund,
        al_cassa=terms.rate,
        importo_contributo_cassa=amount,
        imponibile_cassa=base,
        aliquota_iva=vat.rate,
        ritenuta=Ritenuta.SI if contribution.withheld else None,
        natura=Natura(vat.natura) if vat.natura else None,
        riferimento_amministrazione=contribution.reference,
    )
    return PricedContribution(detail, vat)
