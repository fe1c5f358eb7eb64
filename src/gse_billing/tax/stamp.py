"""The stamp duty (imposta di bollo) on documents with amounts outside VAT."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import frozen

from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from gse_billing.core.explain import Derivation, figure
from gse_billing.core.html import table
from gse_billing.core.money import ZERO, euro

__all__ = ["STAMP_DUTY", "StampDuty", "StampRule", "stamp_duty"]


@frozen
class StampRule:
    """The duty in EUR, and the sum in EUR above which (not at which) it is due."""

    duty: Decimal
    above: Decimal

    def __str__(self) -> str:
        return f"{figure(self.duty, 'EUR')} above {figure(self.above, 'EUR')}"


STAMP_DUTY: DatedTable[StampRule] = DatedTable(
    "the stamp duty on invoices",
    (
        Row(
            value=StampRule(Decimal("2.00"), Decimal("77.47")),
            valid_from=dt.date(2013, 6, 26),
            basis=Basis(
                act="DPR 642/72, tariffa parte I art. 13; DL 43/2013 art. 7-bis c. 3 (L. 71/2013)",
                source="studioelpac.it/?p=3790; fiscosport.it (text of art. 7-bis c. 3); studiocom.it circ. 5/2026",
                certainty=Certainty.SECONDARY,
            ),
        ),
    ),
)
"""The duty and the sum above which it is due, by validity."""


@frozen(kw_only=True)
class StampDuty:
    """Whether the stamp duty is due on a document, and how much.

    Attributes:
        amount: the duty in EUR, zero where none is due.
        outside_vat: the sum of the amounts outside VAT it was judged on, in EUR.
        derivation: the rule and the comparison.
    """

    amount: Decimal
    outside_vat: Decimal
    derivation: Derivation

    @property
    def due(self) -> bool:
        """Whether the document carries the duty."""
        return self.amount > 0

    def explain(self) -> Derivation:
        """Why it is due or not."""
        return self.derivation

    def _repr_html_(self) -> str:
        cells = (figure(self.outside_vat), figure(self.amount), self.derivation.line)
        return table(("outside VAT", "stamp duty", "why"), [cells], caption="EUR")


def stamp_duty(amount_outside_vat: Decimal | int | str, on: dt.date) -> StampDuty:
    """The stamp duty on a document of that day.

    Stamp duty and VAT exclude one another, so only amounts not subject to VAT count. Under reverse charge the amount is
    subject to VAT, which the buyer pays: it never counts. ``AppliedVat.outside_vat`` says which amounts do.

    Args:
        amount_outside_vat: the sum in EUR of the amounts of the document that are outside VAT or exempt.
        on: the date of the document.

    Raises:
        NoValueInForceError: no rule is known for that day.

    >>> stamp_duty("77.47", dt.date(2020, 12, 11)).amount, stamp_duty("77.48", dt.date(2020, 12, 11)).amount
    (Decimal('0.00'), Decimal('2.00'))
    """
    outside = euro(amount_outside_vat, meant="a sum outside VAT")
    row = STAMP_DUTY.row_on(on)
    rule = row.value
    due = outside > rule.above
    verdict = f"above {figure(rule.above, 'EUR')}" if due else f"not above {figure(rule.above, 'EUR')}"
    amount = rule.duty if due else ZERO
    derivation = Derivation(
        label="stamp duty",
        statement=f"{figure(outside, 'EUR')} outside VAT is {verdict}: {figure(amount, 'EUR')}",
        result=amount,
        basis=row.basis,
    )
    return StampDuty(amount=amount, outside_vat=outside, derivation=derivation)
