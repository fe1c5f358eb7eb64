"""Proposals on their whole way, as everybody who has a part in it goes it.

The operator reserves a number in his own register, accepts and saves, or closes; GSE issues and records what it sends;
SDI answers; the run sets off and pays; a rejected proposal comes back. What anybody did or said is kept apart from the
settlement, so that the laws can be judged without asking it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from gse_billing import evolve
from gse_billing.billing import Answer, Direction, IssuedDocument, Portfolio, Proposal, Settlement, fee_rows, settle
from gse_billing.billing.proposals import (
    Declared,
    FeeState,
    Happening,
    Life,
    Search,
    accept_and_save,
    record,
    refuse_own_sending,
)
from gse_billing.core.errors import IllegalTransitionError, NumberOutOfOrderError
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.core.money import total_of
from gse_billing.numbering import Audience, Entry, Request, Series, choose_series, preview
from gse_billing.stores import RecordedDocument, SentOutcome, Store
from gse_billing.testing.sdi import sdi_answer

__all__ = ["PA", "Path"]

PA = Series(name="pa", format="PA/{n}", audience=Audience.PUBLIC_BODIES)
BOOKS = (Series(name="books"), PA)
INVOICED_ABOVE_KW = Decimal(20)
OUTCOMES = {
    "NS": SentOutcome.DISCARDED,
    "RC": SentOutcome.DELIVERED,
    "EC01": SentOutcome.DELIVERED,
    "DT": SentOutcome.DELIVERED,
    "EC02": SentOutcome.REFUSED,
}
DELIVERED = {"RC": (Happening.DELIVERED,), "EC02": (Happening.DELIVERED, Happening.REFUSED)}
TOLD = {"NS": (Happening.DISCARDED,), **DELIVERED, "EC01": DELIVERED["RC"], "DT": DELIVERED["RC"]}


class Path:
    """One portfolio and all that happens to it.

    Attributes:
        lives: each proposal's lives, the last one after a rejection being the new proposal.
        said: what SDI said of each document, by key: the kind of the last message, and the day SDI had the file.
        runs: the settlements, with the portfolio that each was made from.
    """

    def __init__(self, portfolio: Portfolio, store: Store) -> None:
        self.portfolio = evolve(portfolio, numbering=())  # nothing is numbered that nobody saved
        self.store = store
        self.lives = {proposal.key: [Life(proposal=proposal)] for proposal in portfolio.proposals}
        self.said: dict[str, tuple[str, dt.date]] = {}
        self.answers: list[Answer] = []
        self.runs: list[tuple[Portfolio, Settlement]] = []
        self.out_of_order: list[Request] = []

    # --- the operator -----------------------------------------------------------------------------------------------

    def to_invoice(self, on: dt.date) -> list[Proposal]:
        """The proposals that the portal shows as DA FATTURARE and whose number nobody saved yet."""
        settlement = self.runs[-1][1] if self.runs else None
        rows = Search(state=FeeState.TO_INVOICE).among(fee_rows(self.portfolio, on=on, settlement=settlement))
        shown = {row.detail for row in rows}
        return [
            life.proposal
            for key, (*_, life) in self.lives.items()
            if key in shown and life.authorisation is None and self.invoiced(life.proposal)
        ]

    def invoiced(self, proposal: Proposal) -> bool:
        """Whether the source asks for an invoice: SSP and RID above 20 kW (INV-1)."""
        _, contract = self.portfolio.holders[proposal.contract]
        return contract.power_kw > INVOICED_ABOVE_KW

    def reserve(self, proposal: Proposal, suffix: str) -> Entry | None:
        """A number of the operator's own books, as the dry run told it; ``None`` where its date comes too late."""
        operator, _ = self.portfolio.holders[proposal.contract]
        request = Request(
            issuer=str(operator.partita_iva),
            series=choose_series(BOOKS, public_body=True),
            day=proposal.issue_date,
            key=f"{proposal.key}{suffix}",
            content=str(proposal.amount),
        )
        try:
            (told,) = preview(self.store.register, [request])
        except NumberOutOfOrderError:
            self.out_of_order.append(request)
            return None
        taken = self.store.register.reserve(request)
        assert taken.number == told.number
        return taken

    def close(self, proposal: Proposal, on: dt.date, declared: Iterable[Declared], suffix: str) -> None:
        """The operator does not accept everything, so nothing is saved; he closes, and voids the number."""
        entry = self.reserve(proposal, suffix)
        if entry is None:
            return
        life = self.opened(proposal.key, on)
        try:
            accept_and_save(life, number=entry.number, declared=declared, by="R. Bianchi", on=on)
        except IllegalTransitionError:
            self.store.register.void(entry.issuer, entry.key, "closed without saving")
        else:
            raise AssertionError("saved without its declarations")

    def save(self, proposal: Proposal, on: dt.date, suffix: str) -> bool:
        """ACCETTA E SALVA; whether there was a number."""
        entry = self.reserve(proposal, suffix)
        if entry is None:
            return False
        life = self.opened(proposal.key, on)
        saved = accept_and_save(life, number=entry.number, declared=Declared, by="R. Bianchi", on=on)
        self.store.register.accept(entry.issuer, entry.key, by="R. Bianchi")
        self.lives[proposal.key][-1] = saved
        self.type_number(proposal, entry.number)
        try:
            refuse_own_sending(saved)
        except IllegalTransitionError:
            return True
        raise AssertionError("the operator may send it himself")

    def opened(self, key: str, on: dt.date) -> Life:
        life = self.lives[key][-1]
        return record(life, Happening.THRESHOLD_REACHED, on=on) if life.state is FeeState.BELOW_THRESHOLD else life

    def type_number(self, proposal: Proposal, number: InvoiceNumber) -> None:
        self.change(proposal, evolve(proposal, number=number))

    def change(self, old: Proposal, new: Proposal) -> None:
        proposals = [new if one.key == old.key else one for one in self.portfolio.proposals]
        self.portfolio = evolve(self.portfolio, proposals=proposals)

    # --- GSE and SDI ------------------------------------------------------------------------------------------------

    def run(self, on: dt.date) -> Settlement:
        """One run of the main job, and what follows from it for the lives and for the history of what was sent."""
        books = self.runs[-1][1].books if self.runs else None
        self.hear(on)
        result = settle(self.portfolio, on=on, books=books, answers=self.answers)
        self.runs.append((self.portfolio, result))
        for document in self.new():
            self.send(document, on)
        for key, (*_, life) in self.lives.items():
            self.lives[key][-1] = self.paid(life, result, on)
        return result

    def new(self) -> Sequence[IssuedDocument]:
        """The documents of the last run that no run before it had."""
        before = {sent.key for sent in self.runs[-2][1].books.sent} if len(self.runs) > 1 else set()
        return [document for document in self.runs[-1][1].documents if document.key not in before]

    def send(self, document: IssuedDocument, on: dt.date) -> None:
        """The history takes the file before it goes; a duplicate would be refused here (00002, 00404)."""
        draft, sent = document.draft, document.sent
        recorded = RecordedDocument(issuer=draft.numbered_by, number=document.number, day=draft.date)
        self.store.history.record(sent.file_name, [recorded], digest=sent.sha256)
        if draft.direction is Direction.TO_GSE:
            self.happen(draft.key, (Happening.SENT_TO_SDI,), on)

    def unanswered(self) -> list[IssuedDocument]:
        return [document for document in self.runs[-1][1].current.values() if document.key not in self.said]

    def answer(self, document: IssuedDocument, kind: str, *, on: dt.date, code: str) -> None:
        """SDI says something of a document; what a buyer answers comes after the receipt."""
        moment = dt.datetime.combine(on, dt.time(9, 30))
        kinds = ("RC", kind) if kind in ("EC01", "EC02", "DT") else (kind,)
        self.answers.extend(sdi_answer(document, one, code=code, received=moment) for one in kinds)
        self.said[document.key] = kind, on

    def hear(self, on: dt.date) -> None:
        """What SDI said up to a day becomes known; nothing is heard twice."""
        for document in self.runs[-1][1].current.values() if self.runs else ():
            kind, day = self.said.get(document.key, ("", dt.date.max))
            known = self.store.history.documents_of(document.sent.file_name)[0].outcome
            if day <= on and kind in OUTCOMES and known is SentOutcome.PENDING:
                self.store.history.conclude(document.sent.file_name, OUTCOMES[kind])
                if document.draft.direction is Direction.TO_GSE:
                    self.happen(document.draft.key, TOLD[kind], on)

    def happen(self, key: str, happenings: Iterable[Happening], on: dt.date) -> None:
        for what in happenings:
            self.lives[key][-1] = record(self.lives[key][-1], what, on=on)

    def paid(self, life: Life, result: Settlement, on: dt.date) -> Life:
        """The life after the money that a run ordered for an invoiced proposal."""
        parts = [part for part in result.books.parts if part.credit == life.proposal.key]
        whole = total_of(part.amount for part in parts) == life.proposal.amount
        if whole and life.state is FeeState.DELIVERED:
            life = record(life, Happening.PAYMENT_ORDERED, on=on)
        if whole and life.state is FeeState.IN_PAYMENT and max(part.day for part in parts) <= on:
            life = record(life, Happening.PAID, on=on)
        return life

    def rejected(self) -> list[Life]:
        """The proposals whose invoice SDI discarded or GSE refused, as far as it is known."""
        return [lives[-1] for lives in self.lives.values() if lives[-1].state in (FeeState.DISCARDED, FeeState.REFUSED)]

    def propose_again(self, life: Life, on: dt.date, *, renumber: bool) -> None:
        """A new proposal after a rejection: corrected, and saved under the same number or another."""
        lives = self.lives[life.proposal.key]
        corrected = evolve(life.proposal, subject=f"NUOVA PROPOSTA {len(lives)}")
        self.change(life.proposal, corrected)
        lives.append(Life(proposal=corrected))
        assert life.authorisation is not None
        if not (renumber and self.save(corrected, on, f"#{len(lives)}")):
            saved = accept_and_save(
                self.opened(corrected.key, on), number=life.authorisation.number, declared=Declared, by="x", on=on
            )
            lives[-1] = saved
            self.type_number(corrected, life.authorisation.number)

    def issue_charges_again(self) -> None:
        """Every invoice of GSE that was rejected is issued again, under a number of its own."""
        result = self.runs[-1][1]
        rejected = {document.draft.key for document in result.current.values() if self.said_no(document)}
        charges = [
            evolve(charge, number=InvoiceNumber(f"G{len(self.runs)}/{place}")) if charge.key in rejected else charge
            for place, charge in enumerate(self.portfolio.charges)
        ]
        self.portfolio = evolve(self.portfolio, charges=charges)

    def said_no(self, document: IssuedDocument) -> bool:
        return self.said.get(document.key, ("",))[0] in ("NS", "EC02")
