"""Contracts with GSE: the service, the plant's power, and the IBAN to which that contract alone is paid."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import field, frozen

from gse_billing.core.errors import InvalidAmountError
from gse_billing.core.guards import require_fields
from gse_billing.core.identifiers import ContractCode, Iban, OfficeCode
from gse_billing.core.money import decimal_from

__all__ = ["Contract"]


def _power(given: Decimal | int | str) -> Decimal:
    power = decimal_from(given, meant="a power in kW")
    if power <= 0:
        raise InvalidAmountError(f"a power of {power} kW is not possible", value=given, remedy="give kW above zero")
    return power


@frozen(kw_only=True)
class Contract:
    """One contract.

    Attributes:
        code: GSE's code, ``SSP00030614``.
        service: the code of the service in ``schemes``.
        power_kw: nominal power of the plant in kW, above zero.
        source: ``solar``, ``wind``, ``hydro`` or ``other``, where a tariff depends on it.
        iban: where this contract is paid (PAY-1); ``None`` while the operator has not given it.
        office: the CUU chosen for this contract, which beats the starred one (CUU-3).
        invoices: whether the operator invoices GSE, where the contract says it; else the rule of the service counts.
        accepted: the day GSE accepted the contract, where a due date depends on it.
        administrative_contact: the *Referente Amministrativo* of the contract, who is told when payments stop (BLK-2).
    """

    code: ContractCode
    service: str
    power_kw: Decimal = field(converter=_power)
    source: str | None = None
    iban: Iban | None = None
    office: OfficeCode | None = None
    invoices: bool | None = None
    accepted: dt.date | None = None
    administrative_contact: str = ""

    def __attrs_post_init__(self) -> None:
        require_fields(self)
