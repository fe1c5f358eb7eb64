"""The release gate: what was delivered and may be paid, what waits, and what would let it go (PAY-8).

Everything that was issued becomes an entry of the netting, less what earlier runs settled of it; held or not, nothing
is left out, so that the sums of a statement are those of the portfolio.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from attrs import frozen

from gse_billing import schemes
from gse_billing.billing.answers import Outcome
from gse_billing.billing.books import SettledPart
from gse_billing.billing.drafting import Direction, Payable
from gse_billing.billing.holding import restricted, undecided, unnameable
from gse_billing.billing.issuing import Issuance, IssuedDocument
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.billing.standings import standings
from gse_billing.core.findings import Finding
from gse_billing.core.money import ZERO, exact, total_of
from gse_billing.core.values import evolve
from gse_billing.netting import Credit, Debit, DebitKind, DocumentState, Entry, Held
from gse_billing.parties import BlockPolicy, Standing

__all__ = ["Release", "release"]


@frozen(kw_only=True)
class Release:
    """What goes into the netting of one run, and what never does.

    Attributes:
        entries: credits and debits with what is open of them, held or not.
        receivables: the invoices of GSE that are paid by transfer.
        labels: how people call each entry: number and date of its document, else its description; by key.
        findings: invoices of GSE to be paid by transfer that SDI discarded, and money that should not have moved.
    """

    entries: tuple[Entry, ...]
    receivables: tuple[IssuedDocument, ...]
    labels: Mapping[str, str]
    findings: tuple[Finding, ...]


def release(
    portfolio: Portfolio,
    issuance: Issuance,
    found: Mapping[str, Outcome],
    *,
    on: dt.date,
    parts: Iterable[SettledPart] = (),
    blocks: BlockPolicy | None = None,
) -> Release:
    """The entries of a run: each with its state, with what is open of it, and with every reason that holds it.

    Args:
        portfolio: the parties.
        issuance: what was issued.
        found: the outcome of each document, by key.
        on: the day of the run; no value date is before it.
        parts: what earlier runs set off and paid.
        blocks: how refusals block an operator; GSE's policy by default.
    """
    settled = _settled(parts)
    gate = _Gate(holds=_holds(issuance), standing=standings(portfolio, issuance, found, policy=blocks), on=on)
    current = issuance.current
    netted = [document for document in current if document.draft.netted]
    payables = (*issuance.payables, *(gap.payable for gap in issuance.gaps if gap.payable is not None))
    entries = [gate.of_document(document, found[document.key]) for document in netted]
    entries += [gate.of_payable(item) for item in payables]
    labels = {document.draft.key: str(document.reference) for document in current}
    labels |= {item.key: item.description for item in payables}
    receivables = tuple(document for document in current if not document.draft.netted)
    return Release(
        entries=tuple(undecided(list(_open(entries, settled)), on)),
        receivables=receivables,
        labels=labels,
        findings=(*_undone(entries, settled, labels), *_unpayable(receivables, found)),
    )


def _settled(parts: Iterable[SettledPart]) -> Mapping[str, Decimal]:
    """How much of each entry earlier runs settled, by key."""
    settled: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for part in parts:
        for key in (part.credit, part.debit):
            if key is not None:
                settled[key] = total_of((settled[key], part.amount))
    return settled


def _open(entries: Iterable[Entry], settled: Mapping[str, Decimal]) -> Iterator[Entry]:
    """The entries with what is open of them; those that earlier runs settled are gone."""
    for entry in entries:
        with exact():
            left = entry.amount - settled.get(entry.id, ZERO)
        if left > 0:
            started = {"published": True} if entry.id in settled and isinstance(entry, Credit) else {}
            yield evolve(entry, amount=left, **started)


def _undone(entries: Iterable[Entry], settled: Mapping[str, Decimal], labels: Mapping[str, str]) -> Iterator[Finding]:
    """A finding for each entry of which more was settled than today's facts allow."""
    for entry in entries:
        paid = settled.get(entry.id, ZERO)
        fallen = entry.state in (DocumentState.DISCARDED, DocumentState.REFUSED)
        if paid > entry.amount or (paid and fallen):
            why = entry.state.value if fallen else f"only {entry.amount} EUR are owed"
            yield Finding(
                code="billing:settled-in-error",
                path=entry.id,
                message_it=f"{labels[entry.id]}: già regolati {paid} EUR, ma {why}",
                message_en=f"{labels[entry.id]}: {paid} EUR were settled, but {why}",
                hint="stop the transfer while there is time, or recover the amount",
            )


def _unpayable(receivables: Iterable[IssuedDocument], found: Mapping[str, Outcome]) -> Iterator[Finding]:
    for document in receivables:
        outcome = found[document.key]
        if outcome.state in (DocumentState.DISCARDED, DocumentState.REFUSED):
            yield Finding(
                code="billing:receivable-not-issued",
                path=document.key,
                message_it=f"la fattura {document.number} non vale come emessa o è rifiutata: {outcome.note}",
                message_en=f"invoice {document.number} was {outcome.state.value}: {outcome.note}",
                hint="mend its data and run again: it is issued under a new file name",
            )


def _holds(issuance: Issuance) -> Mapping[str, tuple[Held, ...]]:
    """What holds an operator as a whole for the gaps in his data, each reason once."""
    holds: defaultdict[str, dict[Held, None]] = defaultdict(dict)
    for gap in issuance.gaps:
        holds[gap.operator][gap.held] = None
    return {operator: tuple(held) for operator, held in holds.items()}


@frozen(kw_only=True)
class _Gate:
    """What decides whether an entry may move."""

    holds: Mapping[str, tuple[Held, ...]]
    standing: Mapping[str, Standing]
    on: dt.date

    def of_document(self, document: IssuedDocument, outcome: Outcome) -> Entry:
        """The entry of an invoice that is netted."""
        draft = document.draft
        value_date = self.value_date(draft.due, draft.service)
        common: dict[str, Any] = {
            "id": draft.key,
            "operator": draft.operator,
            "contract": draft.contract,
            "service": draft.service,
            "amount": draft.amounts.payable,
            "issue_date": draft.date,
            "due_date": draft.due,
            "document": document.reference,
            "state": outcome.state,
            "held": (*self.held(draft.operator, value_date), *_unnameable_number(document)),
        }
        if draft.direction is Direction.FROM_GSE:
            return Debit(**common)
        return Credit(value_date=value_date, **common)

    def of_payable(self, item: Payable) -> Entry:
        """The entry of what moves without an invoice."""
        value_date = self.value_date(item.due, item.service)
        common: dict[str, Any] = {
            "id": item.key,
            "operator": item.operator,
            "contract": item.contract,
            "service": item.service,
            "amount": item.amount,
            "issue_date": item.date,
            "due_date": item.due,
            "description": item.description,
            "state": DocumentState.NOT_NEEDED,
            "held": self.held(item.operator, value_date),
        }
        if item.direction is Direction.FROM_GSE:
            return Debit(kind=DebitKind.ADJUSTMENT, **common)
        return Credit(value_date=value_date, published=item.published, **common)

    def value_date(self, due: dt.date, service: str) -> dt.date:
        """The due date on an open day (PAY-7), or the first open day of the run when the due date has passed."""
        return schemes.value_date(max(due, self.on), service=schemes.service(service)).day

    def held(self, operator: str, value_date: dt.date) -> tuple[Held, ...]:
        """What holds an operator: restrictions in force today or when the money would count, and gaps in his data."""
        holds = restricted(self.standing.get(operator, Standing()), (self.on, value_date))
        return (*holds, *self.holds.get(operator, ()))


def _unnameable_number(document: IssuedDocument) -> Iterator[Held]:
    if document.draft.direction is Direction.TO_GSE:
        yield from unnameable(document.number, document.draft.date)
