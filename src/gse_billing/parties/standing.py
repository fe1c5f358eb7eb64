"""Standing: whether GSE may pay an operator on a day, and what would make it possible again (BLK-1 to BLK-3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import Enum

from attrs import field, frozen

from gse_billing.core.dated import Basis, Certainty
from gse_billing.core.errors import InvalidValueError

__all__ = ["SUSPENDING_CODES", "Restriction", "RestrictionKind", "Standing"]

SUSPENDING_CODES = frozenset({"00305", "00306", "00324"})
"""SDI's codes for a wrong tax code or VAT number of the buyer: on GSE's invoice they suspend payments (BLK-1)."""

_SOURCE = Basis(act="GSE, WeCare: Area Clienti, fatturazione, pagamenti", source="GSE", certainty=Certainty.GSE)


class RestrictionKind(Enum):
    """Why payments to an operator stop, and what lets them start again."""

    SUSPENSION = "suspension"
    BLOCK = "block"

    @property
    def remedy(self) -> str:
        """What ends the restriction."""
        return _REMEDIES[self]


_REMEDIES = {
    RestrictionKind.SUSPENSION: "the correction of the operator's registered tax data must be obtained from GSE",
    RestrictionKind.BLOCK: "re-issue of the refused invoices must be requested, and each of them accepted",
}


@frozen(kw_only=True)
class Restriction:
    """Payments stopped from a day on; half-open like every period.

    Attributes:
        kind: suspension or block.
        reason: the event that opened it.
        since: the first day without payments.
        until: the first day with payments again, or ``None`` while it lasts.
    """

    kind: RestrictionKind
    reason: str
    since: dt.date
    until: dt.date | None = None
    basis: Basis = _SOURCE

    def __attrs_post_init__(self) -> None:
        if self.until is not None and self.until <= self.since:
            raise InvalidValueError(
                f"a {self.kind.value} since {self.since} cannot end on {self.until}",
                value=self.until,
                remedy="give the first day on which payments are possible again, after its start",
            )

    def holds_on(self, day: dt.date) -> bool:
        """Whether payments are stopped on that day."""
        return self.since <= day and (self.until is None or day < self.until)

    def __str__(self) -> str:
        return f"{self.kind.value} since {self.since.isoformat()}: {self.reason}; {self.kind.remedy}"


def _in_order(given: Iterable[Restriction]) -> tuple[Restriction, ...]:
    return tuple(sorted(given, key=lambda item: (item.since, item.kind.value, item.reason)))


@frozen
class Standing:
    """The restrictions of one operator, in order of time. They concern all his contracts."""

    restrictions: tuple[Restriction, ...] = field(default=(), converter=_in_order)

    def on(self, day: dt.date) -> tuple[Restriction, ...]:
        """The restrictions in force on that day; empty means that GSE may pay."""
        return tuple(item for item in self.restrictions if item.holds_on(day))

    def opened(self, more: Iterable[Restriction]) -> Standing:
        """The standing with more restrictions."""
        return Standing((*self.restrictions, *more))
