"""Fee kinds: what is owed, by whom, and how it is settled."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from gse_billing.core.dated import Basis
from gse_billing.schemes.sources import (
    ADMINISTRATIVE_COSTS,
    BIOFUEL_INSTRUCTIONS,
    INVESTIGATION_FEES,
    NEGATIVE_BALANCE,
    V_CONTO_ENERGIA_CHARGE,
    WECARE,
)

__all__ = [
    "ADMINISTRATIVE_FEE",
    "BIOFUEL_FEE",
    "INVESTIGATION_FEE",
    "NEGATIVE_ADJUSTMENT",
    "V_CONTO_ENERGIA_FEE",
    "FeeKind",
    "Settlement",
    "Side",
    "credit",
]


class Side(Enum):
    """Who owes: a credit is the operator's, a debit is owed to GSE."""

    CREDIT = "GSE owes the operator"
    DEBIT = "the operator owes GSE"


class Settlement(Enum):
    """How a fee is settled."""

    COMPENSATION = "set off against what GSE pays"
    BANK_TRANSFER = "paid by bank transfer"


@frozen(kw_only=True)
class FeeKind:
    """One kind of fee. The set is open: a caller adds his own with ``Service.with_kinds``.

    Attributes:
        code: the name of the CORRISPETTIVO, in capitals, as the portal prints it where a source shows that.
        name_en: what it is, in English.
        side: who owes it.
        settlement: how it is settled.
        basis: where the way of settling it was read.
    """

    code: str
    name_en: str
    side: Side
    settlement: Settlement
    basis: Basis

    @property
    def iban_on_invoice(self) -> bool:
        """Whether GSE's invoice carries an IBAN: it does where it is to be transferred (BIO-10), else not (PAY-5)."""
        return self.side is Side.DEBIT and self.settlement is Settlement.BANK_TRANSFER


def credit(code: str, name_en: str) -> FeeKind:
    """A fee that GSE pays; it pays by bank transfer only (PAY-1)."""
    return FeeKind(code=code, name_en=name_en, side=Side.CREDIT, settlement=Settlement.BANK_TRANSFER, basis=WECARE)


def _debit(code: str, name_en: str, settlement: Settlement, basis: Basis) -> FeeKind:
    return FeeKind(code=code, name_en=name_en, side=Side.DEBIT, settlement=settlement, basis=basis)


ADMINISTRATIVE_FEE = _debit(
    "COSTI AMMINISTRATIVI", "yearly administrative costs", Settlement.COMPENSATION, ADMINISTRATIVE_COSTS
)
"""Yearly costs of running a contract: set off, so GSE's invoice carries no IBAN (PAY-4, PAY-5)."""
INVESTIGATION_FEE = _debit(
    "COSTI DI ISTRUTTORIA", "fee for a request of the operator", Settlement.BANK_TRANSFER, INVESTIGATION_FEES
)
"""The fee for a request of the operator, such as a transfer of ownership: to be paid by transfer."""
NEGATIVE_ADJUSTMENT = _debit("SALDO NEGATIVO", "negative balance", Settlement.COMPENSATION, NEGATIVE_BALANCE)
"""What is owed back when a settlement comes out below the instalments: set off."""
V_CONTO_ENERGIA_FEE = _debit(
    "CORRISPETTIVO DI GESTIONE", "charge on incentivised energy", Settlement.COMPENSATION, V_CONTO_ENERGIA_CHARGE
)
"""The charge on the energy that the fifth Conto Energia rewards: invoiced and set off."""
BIOFUEL_FEE = _debit(
    "CORRISPETTIVI BIOCARBURANTI", "fee on biofuels released", Settlement.BANK_TRANSFER, BIOFUEL_INSTRUCTIONS
)
"""The fee on biofuels released for consumption: paid by transfer to the IBAN of the invoice (BIO-10)."""
