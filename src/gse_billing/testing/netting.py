"""Strategies for netting: portfolios in which dates, ranks and amounts coincide often, so that every rule is met.

They need hypothesis.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from gse_billing.netting import (
    Collection,
    Credit,
    Debit,
    DebitKind,
    DocumentRef,
    DocumentState,
    Entry,
    Held,
    HoldReason,
    InterestPriority,
    Policy,
    Scope,
)
from gse_billing.schemes import Threshold

__all__ = ["credit_entries", "days", "debit_entries", "policies", "portfolios"]

_START = dt.date(2026, 1, 1)
_ISSUES = (_START, _START, _START + dt.timedelta(days=1), _START + dt.timedelta(days=6))
_OPERATORS = ("COMUNE", "SRL")
_CONTRACTS = (("RID1", "RID"), ("RID2", "RID"), ("SSP1", "SSP"))
_SERVICES = ("RID", "SSP")
_MOVING = (DocumentState.DELIVERED, DocumentState.ACCEPTED, DocumentState.NOT_NEEDED)


def days() -> st.SearchStrategy[dt.date]:
    """Days of one short fortnight, so that entries fall due together."""
    return st.integers(0, 9).map(lambda number: _START + dt.timedelta(days=number))


def _amounts() -> st.SearchStrategy[Decimal]:
    units = st.one_of(st.integers(1, 12), st.integers(1, 2_000), st.integers(1, 10**12))
    return units.map(lambda cents: Decimal(cents).scaleb(-2))


def _held() -> st.SearchStrategy[tuple[Held, ...]]:
    reasons = st.lists(st.builds(Held, st.sampled_from(HoldReason)), min_size=1, max_size=2)
    return st.one_of(st.just(()), st.just(()), st.just(()), reasons.map(tuple))


def _states() -> st.SearchStrategy[DocumentState]:
    return st.one_of(st.sampled_from(_MOVING), st.sampled_from(_MOVING), st.sampled_from(DocumentState))


@st.composite
def _common(draw: st.DrawFn, *, operator: str | None) -> dict[str, object]:
    contract, service = draw(st.sampled_from(_CONTRACTS))
    issued = draw(st.sampled_from(_ISSUES))
    return {
        "id": draw(st.text("abc", min_size=1, max_size=4)),
        "operator": operator or draw(st.sampled_from(_OPERATORS)),
        "contract": contract,
        "service": service,
        "amount": draw(_amounts()),
        "issue_date": issued,
        "due_date": draw(st.none() | days()),
        "document": draw(st.none() | st.just(DocumentRef("7", issued))),
        "state": draw(_states()),
        "held": draw(_held()),
    }


@st.composite
def credit_entries(draw: st.DrawFn, *, operator: str | None = None) -> Credit:
    """A credit, of that operator where one is named; one in four is held or not delivered."""
    return Credit(
        value_date=draw(days()),
        published=draw(st.sampled_from((True, True, False))),
        **draw(_common(operator=operator)),  # type: ignore[arg-type]
    )


@st.composite
def debit_entries(draw: st.DrawFn, *, operator: str | None = None) -> Debit:
    """A debit, of that operator where one is named; guarantee and onerousness often coincide."""
    return Debit(
        kind=draw(st.sampled_from(DebitKind)),
        guarantee=draw(st.sampled_from((0, 0, 1))),
        onerousness=draw(st.sampled_from((Decimal(0), Decimal(0), Decimal("10.15")))),
        on_capital=draw(st.none() | st.text("abc", min_size=1, max_size=4)),
        **draw(_common(operator=operator)),  # type: ignore[arg-type]
    )


def _place(entry: Entry) -> tuple[str, str]:
    return entry.operator, entry.id


def portfolios(*, max_size: int = 14) -> st.SearchStrategy[list[Entry]]:
    """Entries of two operators with three contracts of two services each; ids are unique within an operator."""
    entries = st.one_of(credit_entries(), debit_entries())
    return st.lists(entries, max_size=max_size, unique_by=_place)


@st.composite
def policies(draw: st.DrawFn, *, scopes: tuple[Scope, ...] | None = None, publication: bool = True) -> Policy:
    """A policy; thresholds are low enough to be reached and high enough to be missed.

    Args:
        draw: given by hypothesis.
        scopes: the scopes, or ``None`` to draw them.
        publication: whether thresholds of publication are drawn.
    """
    thresholds = st.builds(Threshold, _small(), inclusive=st.booleans())
    services = st.sampled_from(_SERVICES)
    drawn = draw(st.sets(st.sampled_from(Scope)))
    return Policy(
        payment_thresholds={service: draw(st.none() | thresholds) for service in _SERVICES},
        publication_thresholds=draw(st.dictionaries(services, thresholds)) if publication else {},
        collection=draw(st.sampled_from(Collection)),
        scopes=tuple(scope for scope in Scope if scope in drawn) if scopes is None else scopes,
        interest=draw(st.sampled_from(InterestPriority)),
        require_acceptance=draw(st.booleans()),
    )


def _small() -> st.SearchStrategy[Decimal]:
    return st.integers(0, 1_500).map(lambda cents: Decimal(cents).scaleb(-2))
