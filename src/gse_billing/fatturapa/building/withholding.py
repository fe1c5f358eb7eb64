"""Withholding: tax or contributions that the buyer keeps back and pays for the seller, as dated terms.

No rate is shipped: what is withheld depends on who sells and what, and the caller states it with its act.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from attrs import field, frozen

from gse_billing.core.dated import DatedTable
from gse_billing.core.errors import NoValueInForceError
from gse_billing.core.money import ZERO, exact, round_half_up
from gse_billing.fatturapa.building.contributions import PricedContribution
from gse_billing.fatturapa.building.figures import WHOLE, Figure, percentage
from gse_billing.fatturapa.building.lines import PricedLine
from gse_billing.fatturapa.codelists import CausalePagamento, Ritenuta, TipoRitenuta
from gse_billing.fatturapa.model import DatiRitenuta

__all__ = ["Withholding", "WithholdingTerms", "withheld"]


def _percent(given: Figure) -> Decimal:
    return percentage(given, "withheld")


@frozen(kw_only=True)
class WithholdingTerms:
    """How much is withheld, and on what ground.

    Args:
        kind: tax or which contribution.
        rate: in percent.
        reason: letter of the Certificazione Unica.
        share: percentage of the amount on which the rate is taken; less than all of it for some commissions.

    Raises:
        InvalidAmountError: a percentage is not above 0 and at most 100.
    """

    kind: TipoRitenuta
    rate: Decimal = field(converter=_percent)
    reason: CausalePagamento
    share: Decimal = field(default=WHOLE, converter=_percent)


@frozen
class Withholding:
    """A way of withholding, with the days it may be used.

    Attributes:
        terms: the terms by validity, each row with its act and source.
    """

    terms: DatedTable[WithholdingTerms]

    def on(self, day: dt.date) -> WithholdingTerms:
        """The terms in force on that day, the date of the document.

        Raises:
            NoValueInForceError: it may not be used on that day, or SDI does not know its code then.
        """
        terms = self.terms.on(day)
        if not terms.kind.in_force(day):
            raise NoValueInForceError(f"the code {terms.kind}", day, known=terms.kind.validity.validity)
        return terms


def withheld(priced: Iterable[PricedLine | PricedContribution], terms: WithholdingTerms) -> DatiRitenuta:
    """What is withheld on the lines and contributions that bear it, rounded half up once."""
    with exact():
        base = sum((each.amount for each in priced if each.detail.ritenuta is Ritenuta.SI), ZERO)
        amount = round_half_up(base * terms.share * terms.rate / (WHOLE * WHOLE))
    return DatiRitenuta(
        tipo_ritenuta=terms.kind,
        importo_ritenuta=amount,
        aliquota_ritenuta=terms.rate,
        causale_pagamento=terms.reason,
    )
