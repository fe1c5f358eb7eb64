"""From what GSE proposes to pay to the drafts of the operators' invoices, or to payables that need none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator
from decimal import Decimal

from gse_billing import schemes, tax
from gse_billing.billing.drafting.drafts import Direction, Draft, Party, amounts_of, terms_of
from gse_billing.billing.drafting.intents import Gap, Intent, Payable, gap_of_error, gap_of_field
from gse_billing.billing.portfolio.model import Portfolio, Proposal
from gse_billing.core.errors import GseBillingError
from gse_billing.core.identifiers import ContractCode
from gse_billing.core.money import ZERO, total_of
from gse_billing.core.values import evolve
from gse_billing.netting import HoldReason
from gse_billing.parties import Contract, Recipient

__all__ = ["draft_proposals"]


def draft_proposals(portfolio: Portfolio, *, on: dt.date, published: Container[str] = frozenset()) -> Iterator[Intent]:
    """For each proposal dated up to a day its draft, the payable that needs no invoice, or the gap.

    Args:
        portfolio: what GSE proposes.
        on: the day of the run.
        published: the contracts that passed the publication threshold before; what was published stays published.
    """
    sums = _sums(portfolio, on)
    for proposal in portfolio.proposals:
        if proposal.issue_date <= on:
            reached = None if proposal.contract in published else sums[proposal.contract]
            intent = _intent(portfolio, proposal, reached, on)
            if isinstance(intent, Gap):
                intent = evolve(intent, payable=_payable(portfolio, proposal, proposal.issue_date))
            yield intent


def _sums(portfolio: Portfolio, on: dt.date) -> dict[ContractCode, Decimal]:
    """What was proposed for each contract up to a day: the sum that the publication threshold is about."""
    sums: dict[ContractCode, Decimal] = {}
    for proposal in portfolio.proposals:
        if proposal.issue_date <= on:
            sums[proposal.contract] = total_of((sums.get(proposal.contract, ZERO), proposal.amount))
    return sums


def _intent(portfolio: Portfolio, proposal: Proposal, reached: Decimal | None, on: dt.date) -> Intent:
    operator, contract = portfolio.holders[proposal.contract]
    try:
        service = schemes.service(contract.service)
        supplied = portfolio.supplied(service.code)
        service.payment_threshold(on, supplied=supplied.payment)
        threshold = service.publication_threshold(on, supplied=supplied.publication)
        if reached is not None and not threshold.reached(reached):
            return _payable(portfolio, proposal, proposal.issue_date, published=False)
        return _published(portfolio, proposal, service)
    except GseBillingError as error:
        return gap_of_error(proposal.key, operator.key, error)


def _published(portfolio: Portfolio, proposal: Proposal, service: schemes.Service) -> Intent:
    operator, contract = portfolio.holders[proposal.contract]
    if contract.iban is None:
        why = f"contract {contract.code} is paid to no other account"
        return gap_of_field(proposal.key, operator.key, HoldReason.NO_IBAN, field="iban", why=why)
    decision = schemes.must_invoice(service, contract.power_kw, proposal.issue_date, contract_says=contract.invoices)
    due = _due_date(service, proposal, contract, invoiced=decision.answer)
    return _invoiced(portfolio, proposal, due) if decision.answer else _payable(portfolio, proposal, due.day)


def _due_date(
    service: schemes.Service, proposal: Proposal, contract: Contract, *, invoiced: bool
) -> schemes.DatedResult:
    facts = schemes.DueFacts(
        year=proposal.year,
        contract_accepted=contract.accepted,
        published=proposal.issue_date,
        invoiced=proposal.issue_date if invoiced else None,
        sent=proposal.issue_date if invoiced else None,
        period_end=proposal.period_end,
        stated=proposal.due_date,
    )
    return service.due_date(facts, proposal.due_rule or _usual_rule(service, invoiced=invoiced))


def _usual_rule(service: schemes.Service, *, invoiced: bool) -> str | None:
    """The rule of a service that distinguishes payments with and without an invoice."""
    usual = "with-invoice" if invoiced else "without-invoice"
    return usual if any(rule.code == usual for rule in service.due_rules) else None


def _payable(portfolio: Portfolio, proposal: Proposal, due: dt.date, *, published: bool = True) -> Payable:
    operator, contract = portfolio.holders[proposal.contract]
    return Payable(
        key=proposal.key,
        direction=Direction.TO_GSE,
        operator=operator.key,
        contract=contract.code,
        service=contract.service,
        description=f"{proposal.fee} {proposal.year}",
        amount=proposal.amount,
        date=proposal.issue_date,
        due=due,
        published=published,
    )


def _invoiced(portfolio: Portfolio, proposal: Proposal, due: schemes.DatedResult) -> Intent:
    operator, contract = portfolio.holders[proposal.contract]
    for field, value in (("partita_iva", operator.partita_iva), ("treatment", proposal.treatment)):
        if value is None:
            why = "an invoice to GSE needs it"
            return gap_of_field(proposal.key, operator.key, HoldReason.OTHER, field=field, why=why)
    service, gse = schemes.service(contract.service), portfolio.gse
    vat = tax.treatment(str(proposal.treatment)).on(proposal.issue_date)
    amounts, reason = amounts_of(vat, proposal.amount)
    return Draft(
        key=proposal.key,
        direction=Direction.TO_GSE,
        operator=operator.key,
        contract=contract.code,
        service=service.code,
        seller=Party.of(operator),
        buyer=Party.of(gse),
        recipient=Recipient(code=gse.office, format="FPA12", reason="GSE's own office"),
        sender=Party.of(gse),
        issuer=portfolio.issuer,
        date=proposal.issue_date,
        due=due.day,
        subject=proposal.subject or (service.invoice_object.value if service.invoice_object else ""),
        description=f"{proposal.fee} {proposal.year}",
        vat=terms_of(vat),
        amounts=amounts,
        iban=contract.iban,
        reasons=(due.explain(), reason),
    )
