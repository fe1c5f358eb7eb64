"""What holds between the parts of a portfolio: names that refer to one another, and nothing stated twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from gse_billing import schemes, tax
from gse_billing.billing.portfolio.model import (
    BiofuelRelease,
    Charge,
    DeclaredRestriction,
    GseProfile,
    Numbering,
    Portfolio,
    Proposal,
)
from gse_billing.core.errors import GseBillingError
from gse_billing.core.findings import Finding
from gse_billing.fatturapa.codelists import RegimeFiscale
from gse_billing.fees import EnergySource
from gse_billing.parties import Operator

__all__ = ["broken_links"]


def broken_links(portfolio: Portfolio) -> Iterator[Finding]:
    """A finding for each reference to nothing and for each thing that is stated twice."""
    yield from _unknown_operators(portfolio)
    yield from _unknown_contracts(portfolio)
    yield from _unknown_codes(portfolio)
    yield from _unknown_regimes(portfolio)
    yield from _unknown_sources(portfolio)
    yield from _impossible_charges(portfolio)
    yield from _impossible_declarations(portfolio)
    yield from _due_before_issue(portfolio)
    yield from _twice(portfolio)
    yield from _same_numbers(portfolio)


def _unknown_operators(portfolio: Portfolio) -> Iterator[Finding]:
    lists: dict[str, Sequence[Numbering | BiofuelRelease | DeclaredRestriction]] = {
        "numbering": portfolio.numbering,
        "biofuel": portfolio.biofuel,
        "restrictions": portfolio.restrictions,
    }
    for name, records in lists.items():
        for record in records:
            if record.operator not in portfolio.operator_by_key:
                yield _finding("unknown-operator", f"{name}.{record.operator}", record.operator, "operators")


def _unknown_contracts(portfolio: Portfolio) -> Iterator[Finding]:
    lists: dict[str, Sequence[Proposal | Charge]] = {"proposals": portfolio.proposals, "charges": portfolio.charges}
    for name, records in lists.items():
        for record in records:
            if record.contract not in portfolio.holders:
                yield _finding("unknown-contract", f"{name}.{record.key}", record.contract, "operators.contracts")


def _unknown_codes(portfolio: Portfolio) -> Iterator[Finding]:
    for operator in portfolio.operators:
        for contract in operator.contracts:
            yield from _tried(schemes.service, contract.service, f"operators.{operator.key}.contracts.{contract.code}")
    for threshold in portfolio.thresholds:
        yield from _tried(schemes.service, threshold.service, f"thresholds.{threshold.service}")
    for record in portfolio.records:
        if record.treatment is not None:
            yield from _tried(tax.treatment, record.treatment, f"{record.key}.treatment")


def _tried(look_up: Callable[[str], object], code: str, path: str) -> Iterator[Finding]:
    try:
        look_up(code)
    except GseBillingError as error:
        yield _unknown_code(path, error.what, error.remedy or error.why)


def _unknown_regimes(portfolio: Portfolio) -> Iterator[Finding]:
    known = [regime.value for regime in RegimeFiscale]
    parties: Sequence[GseProfile | Operator] = (portfolio.gse, *portfolio.operators)
    for party in parties:
        if party.tax_regime not in known:
            what = f"{party.tax_regime} is no RegimeFiscale"
            yield _unknown_code(f"{party.name}.tax_regime", what, f"use one of {', '.join(known)}")


def _unknown_sources(portfolio: Portfolio) -> Iterator[Finding]:
    known = [source.value for source in EnergySource]
    for operator in portfolio.operators:
        for contract in operator.contracts:
            if contract.source is not None and contract.source not in known:
                path = f"operators.{operator.key}.contracts.{contract.code}.source"
                yield _unknown_code(
                    path, f"{contract.source} drives no plant of the tariffs", f"use {', '.join(known)}"
                )


def _unknown_code(path: str, what: str, hint: str) -> Finding:
    return _defect("unknown-code", path, "codice non conosciuto", what, hint)


def _impossible_charges(portfolio: Portfolio) -> Iterator[Finding]:
    """Charges need a fee kind that the operator owes, a treatment where there is an invoice, an amount or a tariff."""
    for charge in portfolio.charges:
        holder = portfolio.holders.get(charge.contract)
        if holder is None or holder[1].service not in schemes.SERVICES:
            continue
        service = schemes.service(holder[1].service)
        known = {kind.code: kind for kind in service.kinds if kind.side is schemes.Side.DEBIT}
        balance = schemes.NEGATIVE_ADJUSTMENT.code
        if charge.fee not in known:
            yield _wrong(charge, "fee", f"{charge.fee} is no fee owed under {service.code}", f"use {', '.join(known)}")
        elif charge.fee == balance and charge.treatment is not None:
            yield _wrong(charge, "treatment", "a negative balance is not invoiced", "leave the treatment out")
        elif charge.fee != balance and charge.treatment is None:
            yield _wrong(charge, "treatment", "an invoice needs a VAT treatment", f"use {', '.join(tax.TREATMENTS)}")
        elif charge.fee != schemes.ADMINISTRATIVE_FEE.code and charge.amount is None:
            yield _wrong(charge, "amount", f"no tariff gives the amount of {charge.fee}", "state the amount")


def _wrong(charge: Charge, field: str, why: str, hint: str) -> Finding:
    return _defect("impossible-charge", f"{charge.key}.{field}", "addebito non possibile", why, hint)


def _impossible_declarations(portfolio: Portfolio) -> Iterator[Finding]:
    """The days of a declaration follow one another, and no invoice is dated before the check (BIO-6)."""
    for release in portfolio.biofuel:
        path = f"{release.key}.declared_on"
        try:
            _ = release.cycle
        except GseBillingError as error:
            yield _impossible_declaration(path, error.what, error.remedy or error.why)
            continue
        if release.checked_on is not None and release.issue_date < release.checked_on:
            why = f"it is invoiced on {release.issue_date}, before GSE checked it on {release.checked_on}"
            yield _impossible_declaration(path, why, "date the invoice on or after the day of the check")


def _impossible_declaration(path: str, why: str, hint: str) -> Finding:
    return _defect("impossible-declaration", path, "dichiarazione non possibile", why, hint)


def _defect(code: str, path: str, italian: str, what: str, hint: str) -> Finding:
    """What is wrong in one place; the Italian message says of what kind it is."""
    return Finding(code=f"portfolio:{code}", path=path, message_it=f"{italian}: {what}", message_en=what, hint=hint)


def _due_before_issue(portfolio: Portfolio) -> Iterator[Finding]:
    for record in portfolio.records:
        if record.due_date is not None and record.due_date < record.issue_date:
            yield Finding(
                code="portfolio:due-before-issue",
                path=f"{record.key}.due_date",
                message_it=f"scade il {record.due_date}, prima della data del documento",
                message_en=f"it is due on {record.due_date}, before the date of the document",
                hint="give a due date on or after the issue date",
            )


def _twice(portfolio: Portfolio) -> Iterator[Finding]:
    contracts = (held.code for operator in portfolio.operators for held in operator.contracts)
    stated: dict[str, Iterable[str]] = {
        # on many disks Comune and comune would be one file
        "operators": (operator.key.casefold() for operator in portfolio.operators),
        "operators.codice_fiscale": (operator.codice_fiscale for operator in portfolio.operators),
        "operators.partita_iva": (item.partita_iva for item in portfolio.operators if item.partita_iva is not None),
        "contracts": contracts,
        "numbering": (item.operator for item in portfolio.numbering),
        "proposals": (item.key for item in portfolio.proposals),
        "charges": (item.key for item in portfolio.charges),
        "biofuel": (item.key for item in portfolio.biofuel),
        "thresholds": (item.service for item in portfolio.thresholds),
    }
    for name, keys in stated.items():
        for key, times in Counter(keys).items():
            if times > 1:
                yield Finding(
                    code="portfolio:stated-twice",
                    path=f"{name}.{key}",
                    message_it=f"{key} compare {times} volte",
                    message_en=f"{key} is stated {times} times",
                    hint="state it once, or tell the two apart with a reference",
                )


def _same_numbers(portfolio: Portfolio) -> Iterator[Finding]:
    typed: Counter[tuple[str, int, str]] = Counter()
    for proposal in portfolio.proposals:
        holder = portfolio.holders.get(proposal.contract)
        if proposal.number is not None and holder is not None:
            issuer = "gse" if portfolio.issuer == "CC" else holder[0].key
            typed[issuer, proposal.issue_date.year, proposal.number] += 1
    of_gse: Sequence[Charge | BiofuelRelease] = (*portfolio.charges, *portfolio.biofuel)
    for document in of_gse:
        if document.number is not None:
            typed["gse", document.issue_date.year, document.number] += 1
    for (issuer, year, number), times in typed.items():
        if times > 1:
            yield Finding(
                code="portfolio:duplicate-number",
                path=f"{issuer}.{year}.{number}",
                message_it=f"il numero {number} del {year} è usato {times} volte",
                message_en=f"number {number} of {year} is used {times} times",
                hint="SDI discards the second document: give each its own number",
            )


def _finding(code: str, path: str, name: str, list_name: str) -> Finding:
    return Finding(
        code=f"portfolio:{code}",
        path=path,
        message_it=f"{name} non compare in {list_name}",
        message_en=f"{name} does not stand in {list_name}",
        hint=f"add it to {list_name}, or correct the name",
    )
