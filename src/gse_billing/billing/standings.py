"""The standing of the operators of a run: what the portfolio declares, and what became of GSE's invoices to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from gse_billing.billing.answers import Outcome
from gse_billing.billing.drafting import Direction
from gse_billing.billing.issuing import Issuance, IssuedDocument
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.fatturapa.flow import Stage
from gse_billing.netting import DocumentState
from gse_billing.parties import BlockPolicy, Restriction, Standing, StandingEvent, StandingEventKind, standing_after

__all__ = ["declared_restrictions", "standings"]

_ANSWERS = {
    Stage.DISCARDED: StandingEventKind.INVOICE_DISCARDED,
    Stage.REFUSED: StandingEventKind.INVOICE_REFUSED,
    Stage.ACCEPTED: StandingEventKind.INVOICE_ACCEPTED,
    Stage.EXPIRED: StandingEventKind.INVOICE_LAPSED,
}
"""What each answer to an invoice of GSE is for the standing of its recipient; the others change nothing."""

_TAKEN_BY_SDI = (DocumentState.DELIVERED, DocumentState.ACCEPTED, DocumentState.REFUSED)


def standings(
    portfolio: Portfolio, issuance: Issuance, found: Mapping[str, Outcome], *, policy: BlockPolicy | None = None
) -> Mapping[str, Standing]:
    """The standing of every operator, by key.

    Args:
        portfolio: the operators, and the restrictions that it declares.
        issuance: every attempt of GSE's invoices.
        found: the outcome of each document, by key.
        policy: how refusals lead to a block and out of it; GSE's by default. SDI does not say the ground of a refusal
            in a form that could be judged, so each one counts.
    """
    declared = declared_restrictions(portfolio)
    events: defaultdict[str, list[StandingEvent]] = defaultdict(list)
    for attempts in _invoices_of_gse(issuance):
        events[attempts[0].draft.operator].extend(_events(attempts, found))
    standing: dict[str, Standing] = {}
    for operator in portfolio.operators:
        happened = sorted(events[operator.key], key=lambda event: event.on)
        standing[operator.key] = standing_after(happened, policy=policy).opened(declared.get(operator.key, ()))
    return standing


def declared_restrictions(portfolio: Portfolio) -> Mapping[str, Sequence[Restriction]]:
    """What the portfolio declares of the operators that have a restriction, by key."""
    declared: defaultdict[str, list[Restriction]] = defaultdict(list)
    for item in portfolio.restrictions:
        declared[item.operator].append(item.restriction)
    return dict(declared)


def _invoices_of_gse(issuance: Issuance) -> Iterable[Sequence[IssuedDocument]]:
    """The attempts of each invoice of GSE, in their order."""
    invoices: defaultdict[str, list[IssuedDocument]] = defaultdict(list)
    for document in issuance.documents:
        if document.draft.direction is Direction.FROM_GSE:
            invoices[document.draft.key].append(document)
    return invoices.values()


def _events(attempts: Sequence[IssuedDocument], found: Mapping[str, Outcome]) -> Iterator[StandingEvent]:
    """What the attempts of one invoice and SDI's answers to them mean for its recipient.

    Issuing it again is the re-issue that was asked for. The correction of the registered data is obtained once the
    invoice names other codes, or once SDI takes it.
    """
    event = partial(StandingEvent, invoice=f"{attempts[0].number} of {attempts[0].draft.date}")
    for place, document in enumerate(attempts):
        named, outcome = document.sent.named_on, found[document.key]
        said = max(outcome.since or named, named)  # SDI cannot have had the file before it was named
        if place:
            yield event(kind=StandingEventKind.REISSUE_REQUESTED, on=named)
            if _codes(attempts[place - 1]) != _codes(document):
                yield event(kind=StandingEventKind.CORRECTION_OBTAINED, on=named)
            elif outcome.state in _TAKEN_BY_SDI:
                yield event(kind=StandingEventKind.CORRECTION_OBTAINED, on=said)
        if outcome.position.stage in _ANSWERS:
            yield event(kind=_ANSWERS[outcome.position.stage], on=said, codes=outcome.error_codes)


def _codes(document: IssuedDocument) -> tuple[str, str | None]:
    return document.draft.buyer.codice_fiscale, document.draft.buyer.partita_iva
