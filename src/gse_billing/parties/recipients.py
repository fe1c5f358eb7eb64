"""To which code GSE's invoices to an operator go, and in which format (CUU-2, CUU-3).

A pure choice: what the contract says, then the star, then the only usable office; never a guess.
The other direction, operators' invoices to GSE, goes to GSE's own office and is not chosen here (CUU-4).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from attrs import frozen

from gse_billing.core.findings import Finding
from gse_billing.core.identifiers import OfficeCode
from gse_billing.parties.contracts import Contract
from gse_billing.parties.operators import Operator

__all__ = ["FOREIGN_CODE", "NO_CODE", "Recipient", "choose_recipient"]

NO_CODE = "0000000"
"""The code for a private party that has none: SDI uses the PEC or the reserved area."""
FOREIGN_CODE = "XXXXXXX"
"""The code for a buyer abroad."""

Format = Literal["FPA12", "FPR12"]


@frozen(kw_only=True)
class Recipient:
    """Where an invoice goes: the code, the format that follows from it, the PEC if any, and why."""

    code: str
    format: Format
    pec: str | None = None
    reason: str


def choose_recipient(
    operator: Operator, contract: Contract | None = None, *, usable: Sequence[OfficeCode] = ()
) -> Recipient | Finding:
    """The recipient of an invoice that GSE sends to an operator, or the finding that says what is missing.

    Args:
        operator: the buyer.
        contract: the contract that the invoice concerns, if it concerns one.
        usable: the offices of the body that can receive e-invoices on that day.

    Returns:
        The recipient, or a finding ``parties:no-office-code`` with the candidates.
    """
    if not operator.is_public_body:
        return _private(operator)
    if contract is not None and contract.office is not None:
        return Recipient(code=contract.office, format="FPA12", reason=f"chosen for contract {contract.code}")
    if operator.preferred_office is not None:
        return Recipient(code=operator.preferred_office, format="FPA12", reason="the operator's preferred office")
    if len(usable) == 1:
        return Recipient(code=usable[0], format="FPA12", reason="the only usable office of the body")
    return _no_office(operator, usable)


def _private(operator: Operator) -> Recipient:
    if operator.address.nazione != "IT":
        return Recipient(code=FOREIGN_CODE, format="FPR12", reason="the buyer is abroad")
    if operator.recipient_code:
        return Recipient(code=operator.recipient_code, format="FPR12", reason="the operator's recipient code")
    if operator.pec:
        return Recipient(code=NO_CODE, format="FPR12", pec=operator.pec, reason="the operator's PEC")
    return Recipient(code=NO_CODE, format="FPR12", reason="no code and no PEC: the reserved area")


def _no_office(operator: Operator, usable: Sequence[OfficeCode]) -> Finding:
    candidates = ", ".join(usable) or "none"
    return Finding(
        code="parties:no-office-code",
        path=f"operators.{operator.key}.office_code",
        message_it=f"per {operator.name} non è scelto il codice univoco ufficio; candidati: {candidates}",
        message_en=f"no office code (CUU) is chosen for {operator.name}; candidates: {candidates}",
        hint="choose the preferred office (the star) or one for the contract",
        parameters={"operator": operator.key, "candidates": candidates},
    )
