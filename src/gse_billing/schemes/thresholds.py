"""The two thresholds before a payment: publication, on the sum published, and payment, on the net of set-off."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import field, frozen

from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from gse_billing.core.errors import InvalidAmountError, MissingFigureError
from gse_billing.core.explain import Derivation, figure
from gse_billing.core.money import euro
from gse_billing.schemes.results import Decision, reading

__all__ = ["AppliedThreshold", "Threshold", "applied_threshold", "threshold_table"]

_SUPPLIED = Basis(act="supplied by the caller", source="argument of the call", certainty=Certainty.SUPPLIED)


def _not_negative(given: Decimal | int | str) -> Decimal:
    amount = euro(given, meant="a threshold")
    if amount < 0:
        raise InvalidAmountError(f"{amount} cannot be a threshold", value=given, remedy="give zero or more, in EUR")
    return amount


@frozen
class Threshold:
    """A least amount in EUR, and whether the amount itself is enough.

    >>> Threshold("15.00").reached(Decimal("15.00")), Threshold("15.00", inclusive=False).reached(Decimal("15.00"))
    (True, False)
    """

    amount: Decimal = field(converter=_not_negative)
    inclusive: bool = field(default=True, kw_only=True)

    def reached(self, total: Decimal) -> bool:
        """Whether a total in EUR is enough."""
        return total >= self.amount if self.inclusive else total > self.amount

    def __str__(self) -> str:
        return f"{'at least' if self.inclusive else 'more than'} {figure(self.amount, 'EUR')}"


@frozen(kw_only=True)
class AppliedThreshold:
    """A threshold of one service on one day.

    Attributes:
        label: which threshold it is, ``payment threshold of SSP``.
        threshold: the least amount.
        basis: where it was read; supplied by the caller where no source gives it.
        note: how the source was read.
    """

    label: str
    threshold: Threshold
    basis: Basis
    note: str = ""

    @property
    def amount(self) -> Decimal:
        """The least amount in EUR."""
        return self.threshold.amount

    @property
    def inclusive(self) -> bool:
        """Whether the amount itself is enough."""
        return self.threshold.inclusive

    def reached(self, total: Decimal | int | str) -> Decision:
        """Whether a total in EUR reaches it, and why.

        Args:
            total: for publication the sum of what was published and not yet paid; for payment that sum net of the costs
                and the other sums due to GSE.
        """
        sum_ = euro(total, meant="a total")
        answer = self.threshold.reached(sum_)
        statement = f"{figure(sum_, 'EUR')} {'is' if answer else 'is not'} {self.threshold}"
        derivation = Derivation(label=self.label, statement=statement, basis=self.basis, steps=reading(self.note))
        return Decision(answer, derivation)


def threshold_table(label: str, amount: str, basis: Basis, *, note: str = "") -> DatedTable[Threshold]:
    """A table of one inclusive threshold whose start no source gives."""
    return DatedTable(label, (Row(value=Threshold(amount), basis=basis, note=note),))


def applied_threshold(
    label: str, rows: DatedTable[Threshold] | None, on: dt.date, supplied: Threshold | None
) -> AppliedThreshold:
    """The threshold of a table on a day, or the caller's where no source gives one.

    Raises:
        MissingFigureError: no source gives it and the caller supplies none.
        NoValueInForceError: sources give it, but for other days.
    """
    if rows is not None:
        row = rows.row_on(on)
    elif supplied is not None:
        row = Row(value=supplied, basis=_SUPPLIED)
    else:
        raise MissingFigureError(
            f"the {label}", remedy="read it in the contract and give it as supplied=Threshold(...); zero means none"
        )
    return AppliedThreshold(label=label, threshold=row.value, basis=row.basis, note=row.note)
