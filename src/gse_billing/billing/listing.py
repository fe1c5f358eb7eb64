"""From a portfolio, and from a settlement of it once there is one, to the rows of PAGAMENTI E FATTURE."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from attrs import frozen

from gse_billing.billing.drafting import Draft, Gap, Intent, Payable, draft_charge, draft_proposals
from gse_billing.billing.issuing import IssuedDocument
from gse_billing.billing.portfolio.model import Charge, Portfolio, Proposal
from gse_billing.billing.proposals.rows import FeeRow
from gse_billing.billing.proposals.states import Event, FeeState, Happening, state_of
from gse_billing.billing.settlement import Settlement
from gse_billing.netting import DocumentState

__all__ = ["fee_rows"]

_AFTER_SENDING = {
    DocumentState.DISCARDED: (Happening.DISCARDED,),
    DocumentState.DELIVERED: (Happening.DELIVERED,),
    DocumentState.ACCEPTED: (Happening.DELIVERED,),
    DocumentState.REFUSED: (Happening.DELIVERED, Happening.REFUSED),
}


@frozen(kw_only=True)
class _Known:
    """What a settlement tells of each record, by key; empty before there is one."""

    on: dt.date
    documents: Mapping[str, IssuedDocument]
    states: Mapping[str, DocumentState]
    notes: Mapping[str, str]
    settled: Mapping[str, dt.date]


def fee_rows(portfolio: Portfolio, *, on: dt.date, settlement: Settlement | None = None) -> tuple[FeeRow, ...]:
    """One row for each proposal and each charge dated up to a day, proposals first.

    Args:
        portfolio: what GSE owes and is owed.
        on: the day of the question; that of the settlement where there is one.
        settlement: what was issued, answered and paid; without it every proposal is as it was published.
    """
    known = _known(settlement, on)
    published = {record.contract for record in portfolio.proposals if record.key in known.documents}
    drafted = draft_proposals(portfolio, on=on, published=published)
    intents = {intent.key: intent for intent in drafted}
    rows = [
        _proposal_row(proposal, intents[proposal.key], known)
        for proposal in portfolio.proposals
        if proposal.key in intents
    ]
    for charge in portfolio.charges:
        intent = draft_charge(portfolio, charge) if charge.issue_date <= on else None
        if isinstance(intent, Draft | Payable):
            rows.append(_charge_row(charge, intent, known))
    return tuple(rows)


def _known(settlement: Settlement | None, on: dt.date) -> _Known:
    if settlement is None:
        return _Known(on=on, documents={}, states={}, notes={}, settled={})
    found = settlement.outcomes
    return _Known(
        on=settlement.on,
        documents=settlement.current,
        states={key: found[document.key].state for key, document in settlement.current.items()},
        notes=settlement.notes,
        settled=dict(_settled(settlement)),
    )


def _settled(settlement: Settlement) -> Iterator[tuple[str, dt.date]]:
    """The day on which the last part of an entry was paid or set off, for each that nothing is open of."""
    open_keys = {part.entry.id for part in settlement.open_parts}
    for part in settlement.books.parts:
        yield from ((key, part.day) for key in (part.credit, part.debit) if key is not None and key not in open_keys)


def _happenings(key: str, intent: Intent, known: _Known) -> Iterator[Happening]:
    if isinstance(intent, Payable):
        if intent.published:
            yield Happening.PAYMENT_ORDERED
    else:
        yield Happening.THRESHOLD_REACHED
        if key in known.documents:
            yield from (Happening.ACCEPTED_AND_SAVED, Happening.SENT_TO_SDI)
            yield from _AFTER_SENDING.get(known.states[key], ())
        if key in known.settled:
            yield Happening.PAYMENT_ORDERED
    if key in known.settled and known.settled[key] <= known.on:
        yield Happening.PAID


def _state(key: str, intent: Intent, known: _Known) -> FeeState:
    return state_of(Event(what, known.on) for what in _happenings(key, intent, known))


def _proposal_row(proposal: Proposal, intent: Intent, known: _Known) -> FeeRow:
    total = intent.amounts.total if isinstance(intent, Draft) else proposal.amount
    return _row(proposal, intent, known, total=total, credit=proposal.amount, debit=None)


def _charge_row(charge: Charge, intent: Draft | Payable, known: _Known) -> FeeRow:
    if isinstance(intent, Draft):
        return _row(charge, intent, known, total=intent.amounts.total, credit=None, debit=intent.amounts.taxable)
    return _row(charge, intent, known, total=intent.amount, credit=None, debit=intent.amount)


def _row(
    record: Proposal | Charge,
    intent: Draft | Payable | Gap,
    known: _Known,
    *,
    total: Decimal,
    credit: Decimal | None,
    debit: Decimal | None,
) -> FeeRow:
    document = known.documents.get(record.key)
    answered = known.states.get(record.key) not in (None, DocumentState.AWAITING_DELIVERY)
    return FeeRow(
        contract=record.contract,
        year=record.year,
        fee=record.fee,
        state=_state(record.key, intent, known),
        number=str(document.number) if document else "",
        issued=document.draft.date if document else None,
        paid=known.settled.get(record.key),
        credit=credit,
        debit=debit,
        total=total,
        discard_reason=known.notes[record.key] if known.states.get(record.key) is DocumentState.DISCARDED else "",
        detail=record.key,
        draft=f"preliminare {document.file_name.stem}" if document else "",
        dossier=document.file_name.stem if document and answered else "",
    )
