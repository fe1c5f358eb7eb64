"""Who must invoice GSE."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from gse_billing.core.dated import Basis, Certainty
from gse_billing.core.errors import InvalidAmountError, MissingFigureError
from gse_billing.core.explain import Derivation, figure
from gse_billing.core.money import decimal_from
from gse_billing.schemes.results import Decision, reading
from gse_billing.schemes.services import InvoicingDuty, Service

__all__ = ["must_invoice"]

_CONTRACT = Basis(act="the contract", source="argument of the call", certainty=Certainty.SUPPLIED)


def must_invoice(
    service: Service, power_kw: Decimal | int | str, on: dt.date, *, contract_says: bool | None = None
) -> Decision:
    """Whether the operator must invoice GSE for the fees of a contract (INV-1).

    Args:
        service: the service of the contract.
        power_kw: the nominal power of the plant in kW; each plant counts alone.
        on: the day of the fee.
        contract_says: what the contract states, which beats the rule: a business may have to invoice below the limit.

    Raises:
        MissingFigureError: no source gives a rule for the service, and the contract states nothing.

    >>> from gse_billing.schemes import service
    >>> [bool(must_invoice(service("SSP"), kw, dt.date(2020, 12, 11))) for kw in ("20.0", "20.01")]
    [False, True]
    """
    power = decimal_from(power_kw, meant="a power in kW")
    if power <= 0:
        raise InvalidAmountError(f"a power of {power} kW is not possible", value=power_kw, remedy="give kW above zero")
    label = f"invoice toward GSE for {service.code}"
    if contract_says is not None:
        verdict = "must" if contract_says else "need not"
        return Decision(
            contract_says, Derivation(label=label, statement=f"the operator {verdict} invoice", basis=_CONTRACT)
        )
    if service.invoicing is None:
        raise MissingFigureError(
            f"whether the operator must invoice under {service.code}",
            remedy="read it in the contract and give contract_says=True or contract_says=False",
        )
    row = service.invoicing.row_on(on)
    answer, statement = _judged(row.value, power)
    return Decision(answer, Derivation(label=label, statement=statement, basis=row.basis, steps=reading(row.note)))


def _judged(duty: InvoicingDuty, power: Decimal) -> tuple[bool, str]:
    if duty.above_kw is None:
        return False, "the fees of this service are not invoiced"
    answer = power > duty.above_kw
    verdict = "is above" if answer else "is not above"
    return answer, f"{figure(power, 'kW')} {verdict} {figure(duty.above_kw, 'kW')}"
