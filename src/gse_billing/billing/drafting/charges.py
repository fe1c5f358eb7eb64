"""From what operators owe GSE to the drafts of GSE's invoices: costs of a contract, and the yearly biofuel fee."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import frozen

from gse_billing import fees, schemes, tax
from gse_billing.billing.drafting.drafts import Direction, Draft, Party, amounts_of, terms_of
from gse_billing.billing.drafting.intents import Gap, Intent, Payable, gap_of_error, gap_of_field
from gse_billing.billing.portfolio.model import BiofuelRelease, Charge, Portfolio
from gse_billing.core.errors import GseBillingError
from gse_billing.core.explain import Derivation
from gse_billing.core.findings import Finding, Severity
from gse_billing.netting import Held, HoldReason
from gse_billing.parties import Contract, Operator, choose_recipient

__all__ = ["awaited_check", "biofuel_fee_of", "draft_biofuel", "draft_charge", "known_fee_of"]

SET_OFF_TEXT = "Importo regolato per compensazione con i corrispettivi dovuti dal GSE"


@frozen(kw_only=True)
class _Bill:
    """What GSE's invoices have in common."""

    key: str
    operator: Operator
    contract: Contract | None
    kind: schemes.FeeKind
    service: str
    year: int
    amount: Decimal
    treatment: str
    date: dt.date
    due: dt.date
    reasons: tuple[Derivation, ...] = ()


def draft_charge(portfolio: Portfolio, charge: Charge) -> Intent | None:
    """The draft of GSE's invoice for a charge, the payable of a negative balance, or the gap.

    ``None`` where the tariff asks for nothing, as for the smallest plants: nothing is invoiced.
    """
    operator, contract = portfolio.holders[charge.contract]
    try:
        kind = schemes.service(contract.service).kind(charge.fee)
        amount, reasons = _amount(charge, contract)
        if not amount:
            return None
        if charge.treatment is None:
            return _balance(charge, operator, contract, amount)
        bill = _Bill(
            key=charge.key,
            operator=operator,
            contract=contract,
            kind=kind,
            service=contract.service,
            year=charge.year,
            amount=amount,
            treatment=charge.treatment,
            date=charge.issue_date,
            due=charge.due_date or charge.issue_date,
            reasons=reasons,
        )
        return _draft(portfolio, bill)
    except GseBillingError as error:
        return gap_of_error(charge.key, operator.key, error)


def _amount(charge: Charge, contract: Contract) -> tuple[Decimal, tuple[Derivation, ...]]:
    """The amount that the portfolio states, or the one that the tariff of the service gives, with its derivation."""
    if charge.amount is not None:
        return charge.amount, ()
    source = fees.EnergySource(contract.source) if contract.source else None
    fee = fees.administrative_fee(contract.service, contract.power_kw, year=charge.year, source=source)
    return fee.amount, (fee.explain(),)


def _balance(charge: Charge, operator: Operator, contract: Contract, amount: Decimal) -> Payable:
    return Payable(
        key=charge.key,
        direction=Direction.FROM_GSE,
        operator=operator.key,
        contract=contract.code,
        service=contract.service,
        description=f"{charge.fee} {charge.year}",
        amount=amount,
        date=charge.issue_date,
        due=charge.due_date or charge.issue_date,
    )


def biofuel_fee_of(release: BiofuelRelease) -> fees.BiofuelFee:
    """The fee on a release, with its derivation.

    Raises:
        InvalidValueError: quantities or days contradict one another, or the invoice is not of the year after.
        NoValueInForceError: no tariff was in force.
    """
    declaration = fees.Declaration(
        year=release.year,
        total_gcal=release.total,
        advanced_gcal=release.advanced,
        double_counting_gcal=release.double_counting,
        obligated_party=release.obligated,
    )
    return fees.biofuel_fee(declaration, on=release.issue_date, cycle=release.cycle)


def known_fee_of(release: BiofuelRelease) -> fees.BiofuelFee | None:
    """The same, or ``None`` where there is none: the gap of the release tells why."""
    try:
        return biofuel_fee_of(release)
    except GseBillingError:
        return None


def awaited_check(release: BiofuelRelease) -> Finding | None:
    """Why a release is not invoiced yet: its declaration has not passed GSE's check (BIO-6); ``None`` where it is."""
    fee = known_fee_of(release)
    obstacle = fee.obstacle(release.issue_date) if fee is not None and fee.invoiced else ""
    if not obstacle:
        return None
    return Finding(
        code="billing:declaration-not-checked",
        severity=Severity.INFO,
        path=release.key,
        message_it=f"il GSE non fattura il corrispettivo prima dell'istruttoria sulla dichiarazione: {obstacle}",
        message_en=f"not invoiced yet: {obstacle}",
        hint="give checked_on once GSE has checked the declaration, and date the invoice on or after that day",
    )


def draft_biofuel(portfolio: Portfolio, release: BiofuelRelease, *, invoiced: bool = False) -> Intent | None:
    """The draft of the invoice for a release, or the gap.

    ``None`` where nothing is invoiced: nothing was released, or GSE has not checked the declaration.

    Args:
        portfolio: where the release stands.
        release: what was declared.
        invoiced: whether an earlier run invoiced it; then it waits for no check, which the invoice itself shows.
    """
    operator = portfolio.operator_by_key[release.operator]
    try:
        fee = biofuel_fee_of(release)
        if not fee.invoiced or (fee.obstacle(release.issue_date) and not invoiced):
            return None
        service = schemes.service("BIOCAR")
        bill = _Bill(
            key=release.key,
            operator=operator,
            contract=None,
            kind=schemes.BIOFUEL_FEE,
            service=service.code,
            year=release.year,
            amount=fee.taxable,
            treatment=release.treatment,
            date=release.issue_date,
            due=release.due_date,
            reasons=(fee.explain(),),
        )
        return _draft(portfolio, bill)
    except GseBillingError as error:
        return gap_of_error(release.key, operator.key, error)


def _draft(portfolio: Portfolio, bill: _Bill) -> Draft | Gap:
    recipient = choose_recipient(bill.operator, bill.contract)
    if isinstance(recipient, Finding):
        return Gap(key=bill.key, operator=bill.operator.key, held=Held(HoldReason.NO_OFFICE_CODE), finding=recipient)
    gse, by_transfer = portfolio.gse, bill.kind.iban_on_invoice
    if by_transfer and gse.iban is None:
        why = "an invoice paid by transfer states the account"
        return gap_of_field(bill.key, bill.operator.key, HoldReason.OTHER, field="gse.iban", why=why)
    vat = tax.treatment(bill.treatment).on(bill.date)
    amounts, reason = amounts_of(vat, bill.amount)
    return Draft(
        key=bill.key,
        direction=Direction.FROM_GSE,
        operator=bill.operator.key,
        contract=bill.contract.code if bill.contract else None,
        service=bill.service,
        seller=Party.of(gse),
        buyer=Party.of(bill.operator),
        recipient=recipient,
        sender=Party.of(gse),
        issuer=None,
        date=bill.date,
        due=bill.due,
        subject="" if by_transfer else SET_OFF_TEXT,
        description=f"{bill.kind.code} {bill.year}",
        vat=terms_of(vat),
        amounts=amounts,
        iban=gse.iban if by_transfer else None,
        reasons=(*bill.reasons, reason),
    )
