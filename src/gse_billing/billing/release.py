"""The release gate: what was delivered and may be paid, what waits, and what would let it go (PAY-8).

Everything that was issued becomes an entry of the netting, held or not; nothing is left out, so that the sums of a
statement are those of the portfolio.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from gse_billing import schemes
from gse_billing.billing.answers import Outcome
from gse_billing.billing.drafting.drafts import Direction
from gse_billing.billing.drafting.intents import Payable
from gse_billing.billing.issuing import Issuance, IssuedDocument
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.values import evolve
from gse_billing.netting import Credit, Debit, DebitKind, DocumentRef, DocumentState, Entry, Held, HoldReason
from gse_billing.parties import SUSPENDING_CODES, Restriction, RestrictionKind, Standing
from gse_billing.payments import InvoiceReference, write_remittance

__all__ = ["REFUSALS_TO_BLOCK", "Release", "release", "standings"]

REFUSALS_TO_BLOCK = 2
"""GSE sends a refused invoice again unchanged; the second refusal stops the payments (GSE, article 6f94a103)."""

_RESTRICTED = {
    RestrictionKind.SUSPENSION: HoldReason.OPERATOR_SUSPENDED,
    RestrictionKind.BLOCK: HoldReason.OPERATOR_BLOCKED,
}


@frozen(kw_only=True)
class Release:
    """What goes into the netting of one run, and what never does.

    Attributes:
        entries: credits and debits, held or not.
        receivables: the invoices of GSE that are paid by transfer.
        labels: how people call each entry: number and date of its document, else its description; by key.
    """

    entries: tuple[Entry, ...]
    receivables: tuple[IssuedDocument, ...]
    labels: Mapping[str, str]


def standings(portfolio: Portfolio, issuance: Issuance, found: Mapping[str, Outcome]) -> Mapping[str, Standing]:
    """The standing of every operator: what the portfolio declares, and what SDI's answers to GSE's invoices open."""
    opened: dict[str, list[Restriction]] = {operator.key: [] for operator in portfolio.operators}
    for declared in portfolio.restrictions:
        opened[declared.operator].append(
            Restriction(kind=declared.kind, reason=declared.reason, since=declared.since, until=declared.until)
        )
    refused: dict[str, list[IssuedDocument]] = {operator.key: [] for operator in portfolio.operators}
    for document in issuance.documents:
        if document.draft.direction is Direction.FROM_GSE:
            outcome = found[document.key]
            opened[document.draft.operator].extend(_suspension(document, outcome))
            if outcome.state is DocumentState.REFUSED:
                refused[document.draft.operator].append(document)
    for operator, documents in refused.items():
        opened[operator].extend(_block(documents))
    return {operator: Standing(tuple(restrictions)) for operator, restrictions in opened.items()}


def _suspension(document: IssuedDocument, outcome: Outcome) -> Iterator[Restriction]:
    wrong = sorted(outcome.error_codes & SUSPENDING_CODES)
    if outcome.state is DocumentState.DISCARDED and wrong:
        reason = f"SDI discarded invoice {document.number} of GSE with code {', '.join(wrong)}"
        yield Restriction(kind=RestrictionKind.SUSPENSION, reason=reason, since=outcome.since or document.draft.date)


def _block(documents: list[IssuedDocument]) -> Iterator[Restriction]:
    if len(documents) >= REFUSALS_TO_BLOCK:
        numbers = ", ".join(str(document.number) for document in documents)
        since = max(document.draft.date for document in documents)
        yield Restriction(kind=RestrictionKind.BLOCK, reason=f"invoices {numbers} of GSE were refused", since=since)


def release(portfolio: Portfolio, issuance: Issuance, found: Mapping[str, Outcome], *, on: dt.date) -> Release:
    """The entries of a run: each with its state, and with every reason that holds it.

    Args:
        portfolio: the parties.
        issuance: what was issued.
        found: the outcome of each document, by key.
        on: the day of the run; restrictions in force on it hold the operator, and no value date is before it.
    """
    holds = _holds(portfolio, issuance, standings(portfolio, issuance, found), on)
    entries: list[Entry] = []
    receivables: list[IssuedDocument] = []
    for document in issuance.documents:
        if document.draft.direction is Direction.FROM_GSE and document.draft.iban is not None:
            receivables.append(document)
        else:
            entries.append(_of_document(document, found[document.key], holds[document.draft.operator], on))
    payables = (*issuance.payables, *(gap.payable for gap in issuance.gaps if gap.payable is not None))
    entries.extend(_of_payable(item, holds[item.operator], on) for item in payables)
    labels = {document.key: str(document.reference) for document in issuance.documents}
    labels |= {item.key: item.description for item in payables}
    return Release(entries=tuple(_undecided(entries, on)), receivables=tuple(receivables), labels=labels)


def _holds(
    portfolio: Portfolio, issuance: Issuance, standing: Mapping[str, Standing], on: dt.date
) -> Mapping[str, tuple[Held, ...]]:
    """What holds each operator as a whole: restrictions in force, and gaps in his data."""
    holds = {
        operator.key: [Held(_RESTRICTED[item.kind], item.reason) for item in standing[operator.key].on(on)]
        for operator in portfolio.operators
    }
    for gap in issuance.gaps:
        if gap.held not in holds[gap.operator]:
            holds[gap.operator].append(gap.held)
    return {operator: tuple(held) for operator, held in holds.items()}


def _of_document(document: IssuedDocument, outcome: Outcome, holds: tuple[Held, ...], on: dt.date) -> Entry:
    draft = document.draft
    held = (*holds, *_unnameable(document))
    common: dict[str, Any] = {
        "id": document.key,
        "operator": draft.operator,
        "contract": draft.contract,
        "service": draft.service,
        "amount": draft.amounts.payable,
        "issue_date": draft.date,
        "due_date": draft.due,
        "document": document.reference,
        "state": outcome.state,
        "held": held,
    }
    if draft.direction is Direction.FROM_GSE:
        return Debit(**common)
    return Credit(value_date=_value_date(draft.due, draft.service, on), **common)


def _undecided(entries: list[Entry], on: dt.date) -> Iterator[Entry]:
    """The entries, those to be paid later held while an invoice of GSE that would reduce them awaits its receipt.

    There is time to wait until the value date; from then on the payment goes without the invoice that is still out.
    """
    awaited: dict[str, DocumentRef | None] = {}
    for entry in entries:
        if isinstance(entry, Debit) and entry.state is DocumentState.AWAITING_DELIVERY:
            awaited.setdefault(entry.operator, entry.document)
    for entry in entries:
        if isinstance(entry, Credit) and entry.operator in awaited and _can_wait(entry, on):
            note = f"fattura del GSE {awaited[entry.operator]}"
            yield evolve(entry, held=(Held(HoldReason.AWAITING_DELIVERY, note),))
        else:
            yield entry


def _can_wait(credit: Credit, on: dt.date) -> bool:
    return credit.value_date > on and not credit.held and credit.state is not DocumentState.AWAITING_DELIVERY


def _unnameable(document: IssuedDocument) -> Iterator[Held]:
    """A number that no SEPA text can carry: the payment could not be matched to the invoice, so it is not made."""
    if document.draft.direction is Direction.TO_GSE:
        try:
            write_remittance([InvoiceReference(document.number, document.draft.date)])
        except InvalidValueError as error:
            yield Held(HoldReason.OTHER, error.what)


def _of_payable(item: Payable, holds: tuple[Held, ...], on: dt.date) -> Entry:
    common: dict[str, Any] = {
        "id": item.key,
        "operator": item.operator,
        "contract": item.contract,
        "service": item.service,
        "amount": item.amount,
        "issue_date": item.date,
        "due_date": item.due,
        "state": DocumentState.NOT_NEEDED,
        "held": holds,
    }
    if item.direction is Direction.FROM_GSE:
        return Debit(kind=DebitKind.ADJUSTMENT, **common)
    return Credit(value_date=_value_date(item.due, item.service, on), published=item.published, **common)


def _value_date(due: dt.date, service: str, on: dt.date) -> dt.date:
    """The due date on an open day (PAY-7), or the first open day of the run when the due date has passed."""
    return schemes.value_date(max(due, on), service=schemes.service(service)).day
