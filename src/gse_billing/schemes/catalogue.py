"""GSE's services, as far as sources tell; what they do not tell is left for the caller to supply."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from gse_billing.core.dated import Basis, DatedTable, Row
from gse_billing.core.errors import InvalidIdentifierError
from gse_billing.schemes import rules, sources
from gse_billing.schemes.fee_kinds import (
    ADMINISTRATIVE_FEE,
    BIOFUEL_FEE,
    INVESTIGATION_FEE,
    NEGATIVE_ADJUSTMENT,
    V_CONTO_ENERGIA_FEE,
    FeeKind,
    credit,
)
from gse_billing.schemes.services import InvoicingDuty, Service
from gse_billing.schemes.thresholds import threshold_table

__all__ = ["SERVICES", "service", "service_of_contract"]

_CHARGES = (ADMINISTRATIVE_FEE, INVESTIGATION_FEE)


def _duty(code: str, above_kw: str | None, basis: Basis) -> DatedTable[InvoicingDuty]:
    above = None if above_kw is None else Decimal(above_kw)
    note = "" if above is None else "the source says typically: a contract may state otherwise"
    return DatedTable(f"the duty to invoice {code}", (Row(value=InvoicingDuty(above), basis=basis, note=note),))


def _plain(code: str, name_it: str, name_en: str, *credited: FeeKind) -> Service:
    return Service(code=code, name_it=name_it, name_en=name_en, kinds=(*credited, *_CHARGES))


_SSP = Service(
    code="SSP",
    name_it="Scambio sul posto",
    name_en="net metering",
    kinds=(
        credit("CONTRIBUTO IN CONTO SCAMBIO", "net-metering contribution"),
        credit("CONGUAGLIO CONTRIBUTO IN CONTO SCAMBIO", "settlement of the net-metering contribution"),
        *_CHARGES,
        NEGATIVE_ADJUSTMENT,
    ),
    contract_prefix=Row(value="SSP", basis=sources.WECARE),
    invoice_object=Row(value="DELIBERA ARERA N.74/08 - FATTURAZIONE SCAMBIO SUL POSTO", basis=sources.WECARE),
    publication=threshold_table(
        "the publication threshold of SSP", "15.00", sources.SSP_LOWEST_PAYMENT, note="on the sum of the instalments"
    ),
    payment=threshold_table(
        "the payment threshold of SSP",
        "1.00",
        sources.SSP_LOWEST_PAYMENT,
        note="the notice says both above 1 EUR and that less than 1 EUR waits: read as at least 1 EUR",
    ),
    due_rules=rules.SSP_RULES,
    invoicing=_duty("SSP", "20", sources.WECARE),
)
_RID = Service(
    code="RID",
    name_it="Ritiro dedicato",
    name_en="dedicated withdrawal of energy",
    kinds=(credit("RITIRO DEDICATO", "price of the energy withdrawn"), *_CHARGES, NEGATIVE_ADJUSTMENT),
    contract_prefix=Row(value="RID", basis=sources.CONVENTION_CODES),
    publication=threshold_table(
        "the publication threshold of RID",
        "15.00",
        sources.RID_THRESHOLDS,
        note="the article says both not above 15 EUR and reaching 15 EUR: read as at least 15 EUR, as for PMG",
    ),
    payment=threshold_table("the payment threshold of RID", "5.00", sources.RID_THRESHOLDS),
    due_rules=rules.RID_RULES,
    invoicing=_duty("RID", "20", sources.WECARE),
)
_PMG = Service(
    code="PMG",
    name_it="Prezzi minimi garantiti",
    name_en="guaranteed minimum prices",
    kinds=(credit("CORRISPETTIVO INTEGRATIVO", "supplement to the minimum price"), *_CHARGES),
    publication=threshold_table("the publication threshold of PMG", "15.00", sources.PMG_TERMS),
    payment=threshold_table("the payment threshold of PMG", "5.00", sources.PMG_TERMS),
    due_rules=rules.PMG_RULES,
)
_BIO_PMG = Service(
    code="BIO-PMG",
    name_it="Prezzi minimi garantiti per biogas e biomasse",
    name_en="guaranteed minimum prices for biogas and biomass",
    kinds=(credit("PREZZI MINIMI GARANTITI", "guaranteed minimum price"), *_CHARGES),
    due_rules=rules.BIO_PMG_RULES,
)
_RETEE = Service(
    code="RETEE",
    name_it="RETEE, corrispettivi di ristoro",
    name_en="RETEE, refund to producers",
    kinds=(
        credit("CORRISPETTIVO DI RISTORO", "monthly refund"),
        credit("CONGUAGLIO", "settlement of the refund"),
        *_CHARGES,
    ),
    payment=threshold_table("the payment threshold of RETEE", "100.00", sources.RETEE_TERMS),
    due_rules=rules.RETEE_RULES,
)
_CONTO_ENERGIA = Service(
    code="CE",
    name_it="Conto Energia",
    name_en="photovoltaic incentive (Conto Energia)",
    kinds=(
        credit("ACCONTO", "instalment of the incentive"),
        credit("CONGUAGLIO", "settlement of the incentive"),
        *_CHARGES,
        V_CONTO_ENERGIA_FEE,
    ),
    payment=threshold_table(
        "the payment threshold of Conto Energia",
        "100.00",
        sources.CONTO_ENERGIA_PAYMENTS,
        note="one page says at least 100 EUR, another above 100 EUR: read as at least",
    ),
    due_rules=rules.CONTO_ENERGIA_RULES,
    rolling=sources.CONTO_ENERGIA_PAYMENTS,
)
_CONTO_TERMICO = Service(
    code="CT",
    name_it="Conto Termico",
    name_en="thermal incentive (Conto Termico)",
    kinds=(credit("RATA INCENTIVO", "instalment of the incentive"), *_CHARGES),
    invoicing=_duty("CT", None, sources.CONTO_TERMICO_PAYMENTS),
)
_TO = Service(
    code="TO",
    name_it="Tariffa onnicomprensiva",
    name_en="all-inclusive tariff",
    kinds=(credit("TARIFFA ONNICOMPRENSIVA", "all-inclusive tariff"), *_CHARGES),
    contract_prefix=Row(value="TO", basis=sources.CONVENTION_CODES),
)
_BIOCAR = Service(
    code="BIOCAR",
    name_it="Obbligo di immissione in consumo di biocarburanti",
    name_en="biofuel obligation",
    kinds=(BIOFUEL_FEE,),
)

SERVICES: Mapping[str, Service] = MappingProxyType(
    {
        made.code: made
        for made in (
            _SSP,
            _RID,
            _PMG,
            _BIO_PMG,
            _RETEE,
            _CONTO_ENERGIA,
            _CONTO_TERMICO,
            _TO,
            _plain(
                "TFO",
                "Tariffa fissa onnicomprensiva",
                "fixed all-inclusive tariff",
                credit("TARIFFA FISSA ONNICOMPRENSIVA", "fixed all-inclusive tariff"),
            ),
            _plain("FER", "Rinnovabili elettriche", "renewable electricity", credit("INCENTIVO", "incentive")),
            _plain("TEE", "Certificati bianchi", "white certificates", credit("CONTRIBUTO", "contribution")),
            _plain(
                "CER",
                "Autoconsumo diffuso e comunità energetiche",
                "shared self-consumption and energy communities",
                credit("CONTRIBUTO", "contribution"),
            ),
            _BIOCAR,
        )
    }
)
"""The services by code."""


def service(code: str) -> Service:
    """The service of that code.

    Raises:
        InvalidIdentifierError: no such service; the message lists the known ones.

    >>> service("SSP").name_it
    'Scambio sul posto'
    """
    if code not in SERVICES:
        raise InvalidIdentifierError(
            f"{code!r} is no service of this library",
            value=code,
            kind="service",
            why=f"the known codes are {', '.join(SERVICES)}",
            remedy="use one of them, or make your own Service",
        )
    return SERVICES[code]


def service_of_contract(contract_code: str) -> Service:
    """The service of a contract, by the letters its code begins with: ``SSP``, ``RID`` or ``TO``, then digits.

    Raises:
        InvalidIdentifierError: the code begins with no letters that a source gives.

    >>> service_of_contract("SSP00030614").code
    'SSP'
    """
    known = {made.contract_prefix.value: made for made in SERVICES.values() if made.contract_prefix is not None}
    for prefix, made in known.items():
        digits = contract_code.removeprefix(prefix)
        if digits != contract_code and digits.isascii() and digits.isdigit():
            return made
    raise InvalidIdentifierError(
        f"the service of contract {contract_code!r} cannot be told from its code",
        value=contract_code,
        kind="contract code",
        why=f"the known beginnings are {', '.join(known)}, followed by digits",
        remedy="name the service of the contract",
    )
