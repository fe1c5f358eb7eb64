"""Standing: whether GSE may pay an operator on a day, and what would make it possible again (BLK-1 to BLK-3).

A restriction says which event opened it, who must be told, and what ends it. ``standing_events`` makes the restrictions
from what happened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import Enum

from attrs import field, frozen

from gse_billing.core.arguments import require_each
from gse_billing.core.dated import Basis, Certainty
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.html import table
from gse_billing.core.identifiers import ContractCode
from gse_billing.parties.contracts import Contract

__all__ = ["SUSPENDING_CODES", "Notice", "Restriction", "RestrictionKind", "Standing", "notices"]

SUSPENDING_CODES = frozenset({"00305", "00306", "00324"})
"""SDI's codes for a wrong tax code or VAT number of the buyer: on GSE's invoice they suspend payments (BLK-1)."""

_SOURCE = Basis(act="GSE, WeCare: Area Clienti, fatturazione, pagamenti", source="GSE", certainty=Certainty.GSE)


class RestrictionKind(Enum):
    """What an operator cannot have for the time being, and what lets it start again."""

    SUSPENSION = "suspension"
    BLOCK = "block"
    INHIBITION = "inhibition"
    MISSING_IBAN = "missing-iban"

    @property
    def remedy(self) -> str:
        """What ends the restriction."""
        return _REMEDIES[self]

    @property
    def stops_payments(self) -> bool:
        """Whether GSE pays nothing meanwhile; an inhibition stops certificates and not payments (BIO-14)."""
        return self is not RestrictionKind.INHIBITION


_REMEDIES = {
    RestrictionKind.SUSPENSION: "the correction of the operator's registered tax data must be obtained from GSE",
    RestrictionKind.BLOCK: "re-issue of the refused invoices must be requested, and each of them accepted",
    RestrictionKind.INHIBITION: "the biofuel invoices must be paid as foreseen, and GSE must lift it",
    RestrictionKind.MISSING_IBAN: "the operator must give the IBAN of the contract",
}


@frozen(kw_only=True)
class Restriction:
    """Something stopped from a day on; half-open like every period.

    Attributes:
        kind: what is stopped.
        reason: the event that opened it.
        since: the first day without.
        until: the first day with it again, or ``None`` while it lasts.
        contract: the one contract that a missing IBAN concerns; the other kinds concern all of the operator's.
    """

    kind: RestrictionKind
    reason: str
    since: dt.date
    until: dt.date | None = None
    basis: Basis = _SOURCE
    contract: ContractCode | None = None

    def __attrs_post_init__(self) -> None:
        require_fields(self)
        if self.until is not None and self.until <= self.since:
            raise InvalidValueError(
                f"a {self.kind.value} since {self.since} cannot end on {self.until}",
                value=self.until,
                remedy="give the first day on which payments are possible again, after its start",
            )
        if (self.kind is RestrictionKind.MISSING_IBAN) != (self.contract is not None):
            raise InvalidValueError(
                f"a {self.kind.value} cannot concern {self.contract or 'every contract'}",
                value=self.contract,
                why="an IBAN belongs to one contract, and everything else to the operator",
                remedy="name the contract of a missing IBAN, and of nothing else",
            )

    @guarded
    def holds_on(self, day: dt.date) -> bool:
        """Whether it is in force on that day."""
        return self.since <= day and (self.until is None or day < self.until)

    @guarded
    def concerns(self, contract: ContractCode | None) -> bool:
        """Whether it stops the payments of that contract, or of every one where none is named."""
        return self.kind.stops_payments and self.contract in (None, contract)

    def __str__(self) -> str:
        where = f" of contract {self.contract}" if self.contract else ""
        return f"{self.kind.value}{where} since {self.since.isoformat()}: {self.reason}; {self.kind.remedy}"


def _in_order(given: Iterable[Restriction]) -> tuple[Restriction, ...]:
    return tuple(
        sorted(
            require_each(given, Restriction, meant="a restriction"),
            key=lambda item: (item.since, item.kind.value, item.reason, item.contract or ""),
        )
    )


@frozen
class Standing:
    """The restrictions of one operator, in order of time."""

    restrictions: tuple[Restriction, ...] = field(default=(), converter=_in_order)

    def __attrs_post_init__(self) -> None:
        require_fields(self)

    @guarded
    def on(self, day: dt.date, *, contract: ContractCode | None = None) -> tuple[Restriction, ...]:
        """What stops the payments on that day; empty means that GSE may pay.

        Args:
            day: the day of the payment.
            contract: the contract that is to be paid, for a missing IBAN of its own; else only what concerns them all.
        """
        return tuple(item for item in self.all_on(day) if item.concerns(contract))

    @guarded
    def all_on(self, day: dt.date) -> tuple[Restriction, ...]:
        """Every restriction in force on that day, those of single contracts and of certificates included."""
        return tuple(item for item in self.restrictions if item.holds_on(day))

    @guarded
    def opened(self, more: Iterable[Restriction]) -> Standing:
        """The standing with more restrictions."""
        return Standing((*self.restrictions, *more))

    def _repr_html_(self) -> str:
        rows = [
            (item.kind.value, item.contract or "", item.since, item.until or "", item.reason, item.kind.remedy)
            for item in self.restrictions
        ]
        return table(("kind", "contract", "since", "until", "opened by", "ended by"), rows)


@frozen(kw_only=True)
class Notice:
    """What must be told to whom: the *Referente Amministrativo* of a contract, about a restriction (BLK-2).

    ``contact`` is empty where the contract names nobody: then the notice is still due, to whoever GSE knows.
    """

    contract: ContractCode
    contact: str
    restriction: Restriction

    def __attrs_post_init__(self) -> None:
        require_fields(self)

    def __str__(self) -> str:
        return f"to {self.contact or 'the administrative contact'} of contract {self.contract}: {self.restriction}"


@guarded
def notices(restriction: Restriction, contracts: Iterable[Contract]) -> tuple[Notice, ...]:
    """The notices that a restriction makes due: one for each contract that it concerns.

    Args:
        restriction: what was opened.
        contracts: those of the operator.
    """
    return tuple(
        Notice(contract=contract.code, contact=contract.administrative_contact, restriction=restriction)
        for contract in contracts
        if restriction.contract in (None, contract.code)
    )
