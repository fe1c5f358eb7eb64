"""Strategies for portfolios and for SDI's answers to them: the whole main job on invented data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from hypothesis import strategies as st

from gse_billing.billing import (
    Answer,
    Charge,
    DeclaredRestriction,
    GseProfile,
    IssuedDocument,
    Numbering,
    Portfolio,
    Proposal,
)
from gse_billing.core.identifiers import CodiceFiscale, ContractCode, Iban, OfficeCode, PartitaIva
from gse_billing.parties import Address, Contract, Operator, OperatorKind, RestrictionKind
from gse_billing.testing.sdi import sdi_answer

__all__ = ["answers", "portfolios"]

_SEAT = Address(indirizzo="Via Roma", numero_civico="1", cap="00100", comune="Roma", provincia="RM")
_GSE = GseProfile(
    name="Gestore dei Servizi Energetici - GSE S.p.A.",
    partita_iva=PartitaIva("05754381001"),
    codice_fiscale=CodiceFiscale("05754381001"),
    address=_SEAT,
    office=OfficeCode("GSE001"),
    numbers="{n}",
)
_TAX_CODES = ("01234560447", "02345670729", "03456780422", "04567890233")
_IBANS = (
    "IT09A0103003200000000123456",
    "IT61U0306905000100000012345",
    "IT48H0200805120000040123456",
    "IT40U0503401600000000987654",
    "IT83T0623012700000030123456",
    "IT37Y0538712900000001234567",
    "IT58P0100503200000000654321",
    "IT75G0542404000000000012340",
    "IT64I0542404001000000012341",
    "IT53K0542404002000000012342",
    "IT60X0542811101000000123456",
    "IT51A0301503200000000777777",
)
_DAYS = st.dates(dt.date(2020, 11, 1), dt.date(2020, 12, 31))
_AMOUNTS = st.integers(1, 500_000).map(lambda cents: Decimal(cents).scaleb(-2))
_FEES = {"SSP": "CONTRIBUTO IN CONTO SCAMBIO", "RID": "RITIRO DEDICATO"}
_PRIVATE_KINDS = ("RC", "NS", "MC")
_PUBLIC_KINDS = ("RC", "NS", "MC", "EC01", "EC02", "DT")


@st.composite
def portfolios(draw: st.DrawFn) -> Portfolio:
    """Portfolios of up to four operators with SSP and RID contracts; some have gaps, some restrictions."""
    operators = [draw(_operators(place)) for place in range(draw(st.integers(1, 4)))]
    contracts = [(operator, contract) for operator in operators for contract in operator.contracts]
    chosen = st.sampled_from(contracts)
    proposals = [
        _proposal(*draw(chosen), place, draw(_AMOUNTS), draw(_DAYS)) for place in range(draw(st.integers(0, 6)))
    ]
    charges = [_charge(draw(chosen)[1], place, draw(_AMOUNTS), draw(_DAYS)) for place in range(draw(st.integers(0, 4)))]
    return Portfolio(
        issuer=draw(st.sampled_from(["TZ", "CC"])),
        gse=_GSE,
        operators=operators,
        numbering=tuple(Numbering(operator=one.key, format=f"{one.key}/{{n}}") for one in operators),
        proposals=proposals,
        charges=charges,
        restrictions=tuple(_restriction(operator) for operator in operators if draw(st.integers(0, 5)) == 0),
    )


@st.composite
def _operators(draw: st.DrawFn, place: int) -> Operator:
    public = draw(st.booleans())
    contracts = tuple(draw(_contracts(place, which)) for which in range(draw(st.integers(1, 3))))
    return Operator(
        key=f"op{place}",
        name=f"Operatore {place}",
        kind=OperatorKind.PUBLIC_BODY if public else OperatorKind.COMPANY,
        codice_fiscale=CodiceFiscale(_TAX_CODES[place]),
        partita_iva=PartitaIva(_TAX_CODES[place]),
        address=_SEAT,
        preferred_office=OfficeCode("UFABC1") if draw(st.integers(0, 7)) else None,
        contracts=contracts,
    )


@st.composite
def _contracts(draw: st.DrawFn, operator: int, which: int) -> Contract:
    service = draw(st.sampled_from(sorted(_FEES)))
    return Contract(
        code=ContractCode(f"{service}{operator:04}{which:04}"),
        service=service,
        power_kw=Decimal(draw(st.integers(10, 5000))) / 10,
        source="solar",
        iban=Iban(_IBANS[3 * operator + which]) if draw(st.integers(0, 9)) else None,
    )


def _proposal(operator: Operator, contract: Contract, place: int, amount: Decimal, day: dt.date) -> Proposal:
    return Proposal(
        contract=contract.code,
        year=2020,
        fee=_FEES[contract.service],
        amount=amount,
        treatment="reverse-charge-energy",
        issue_date=day,
        due_date=day + dt.timedelta(days=len(operator.key) + 40 + place),
        reference=str(place),
    )


def _charge(contract: Contract, place: int, amount: Decimal, day: dt.date) -> Charge:
    return Charge(
        contract=contract.code,
        year=2020,
        fee="COSTI AMMINISTRATIVI",
        amount=amount,
        treatment="ordinary" if place % 2 else "split-payment",
        issue_date=day,
        reference=str(place),
    )


def _restriction(operator: Operator) -> DeclaredRestriction:
    return DeclaredRestriction(
        operator=operator.key, kind=RestrictionKind.SUSPENSION, reason="rehearsal", since=dt.date(2020, 1, 1)
    )


@st.composite
def answers(draw: st.DrawFn, documents: Iterable[IssuedDocument]) -> tuple[Answer, ...]:
    """What SDI may answer to some documents: nothing, one message, or a receipt and what follows it; in any order."""
    played: list[Answer] = []
    for document in documents:
        public = document.draft.recipient.format == "FPA12"
        kind = draw(st.none() | st.sampled_from(_PUBLIC_KINDS if public else _PRIVATE_KINDS))
        if kind in ("EC01", "EC02", "DT"):
            played.append(sdi_answer(document, "RC"))
        if kind is not None:
            played.append(sdi_answer(document, kind, code=draw(st.sampled_from(["00306", "00404"]))))
    return tuple(draw(st.permutations(played)))
