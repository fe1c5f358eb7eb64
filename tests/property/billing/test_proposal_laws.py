"""Laws of the whole way of a proposal: saved, numbered, issued, answered, released, set off, paid, or coming back.

Operators, contracts, proposals, decisions of people and answers of SDI are generated; what the laws say is judged from
what was done and said, not from what the settlement thinks of it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gse_billing import fatturapa
from gse_billing.billing import (
    Direction,
    IssuedDocument,
    Portfolio,
    Proposal,
    SettledPart,
    Settlement,
    dossier_from_zip,
    dossier_of,
    fee_rows,
    verify_dossier,
)
from gse_billing.billing.proposals import Declared, FeeState
from gse_billing.core.findings import Severity
from gse_billing.core.money import total_of
from gse_billing.fatturapa.codelists import SoggettoEmittente
from gse_billing.fatturapa.model import FatturaElettronica
from gse_billing.numbering import EntryState, report
from gse_billing.payments import SettlementKey
from gse_billing.stores import open_store
from gse_billing.testing.portfolios import portfolios
from tests.support.proposal_path import PA, Path

PORTFOLIOS = portfolios().filter(lambda portfolio: bool(portfolio.proposals))
DAYS = (dt.date(2020, 12, 31), dt.date(2021, 1, 20), dt.date(2021, 2, 10), dt.date(2021, 3, 3), dt.date(2021, 4, 30))
DECISIONS = (*["save"] * 6, "close", "wait")
PUBLIC = ("RC", "NS", "EC01", "EC02", "DT", "NS", "RC", "EC02", "MC", None)
PRIVATE = ("RC", "NS", "RC", "MC", None)
CODES = ("00306", "00404", "00404")
RECEIVED = {"RC", "EC01", "DT"}
"""Answers after which an invoice was delivered and nobody said no to it."""


def walk(path: Path, data: st.DataObject) -> Iterator[Settlement]:
    """Go the whole way, run by run: before each run people decide, after it SDI answers."""
    for turn, on in enumerate(DAYS):
        for proposal in path.to_invoice(on):
            decide(path, proposal, data, turn)
        for life in path.rejected():
            if data.draw(st.integers(0, 3)):
                path.propose_again(life, on, renumber=data.draw(st.booleans()))
        asked_again = data.draw(st.booleans())
        if asked_again and path.runs:
            path.issue_charges_again()
        yield path.run(on)
        for document in path.unanswered():
            answer(path, document, data, on)


def decide(path: Path, proposal: Proposal, data: st.DataObject, turn: int) -> None:
    """The operator saves a number, closes without all declarations, or comes back another day."""
    decision = data.draw(st.sampled_from(DECISIONS))
    if decision == "save":
        path.save(proposal, DAYS[turn], f" {turn}")
    elif decision == "close":
        declared = data.draw(st.sets(st.sampled_from(Declared), max_size=2))
        path.close(proposal, DAYS[turn], declared, f" {turn}")


def answer(path: Path, document: IssuedDocument, data: st.DataObject, on: dt.date) -> None:
    """SDI answers within days, or too late for the next run, or not at all."""
    kind = data.draw(st.sampled_from(PUBLIC if document.draft.recipient.format == "FPA12" else PRIVATE))
    if kind is not None:
        late = kind in ("RC", "NS") and data.draw(st.integers(0, 4)) == 0
        day = on + dt.timedelta(days=60 if late else 5)
        path.answer(document, kind, on=day, code=data.draw(st.sampled_from(CODES)))


def made_by(path: Path) -> Iterator[tuple[Portfolio, Settlement, list[SettledPart]]]:
    """Each run with the parts that it settled itself."""
    earlier = Counter[SettledPart]()
    for portfolio, result in path.runs:
        parts = Counter(result.books.parts)
        yield portfolio, result, list((parts - earlier).elements())
        earlier = parts


def has_receipt(path: Path, document: IssuedDocument, on: dt.date) -> bool:
    """Whether SDI's receipt for the document came by that day and nothing took it back."""
    kind, day = path.said.get(document.key, ("", dt.date.max))
    in_reserved_area = kind == "MC" and document.draft.recipient.format == "FPR12"
    return day <= on and (kind in RECEIVED or in_reserved_area)


def refused_by_sdi(path: Path, operator: str, result: Settlement) -> bool:
    """Whether an invoice of GSE that counts today came back for the codes of the operator."""
    return any(
        "00306" in result.outcomes[document.key].error_codes and path.said[document.key][1] <= result.on
        for document in result.current.values()
        if document.draft.operator == operator and document.draft.direction is Direction.FROM_GSE
    )


def no_money_without_a_receipt(path: Path) -> None:
    for portfolio, result, parts in made_by(path):
        proposals = {proposal.key: proposal for proposal in portfolio.proposals}
        for part in parts:
            proposal = proposals[part.credit]
            assert part.operator == portfolio.holders[proposal.contract][0].key
            if path.invoiced(proposal):
                assert has_receipt(path, result.current[part.credit], result.on)
            if part.debit is not None:
                assert has_receipt(path, result.current[part.debit], result.on)


def no_money_for_whom_it_is_stopped(path: Path) -> None:
    for portfolio, result, parts in made_by(path):
        stopped = {item.operator for item in portfolio.restrictions}
        stopped |= {one.key for one in portfolio.operators if refused_by_sdi(path, one.key, result)}
        assert stopped & {part.operator for part in parts if part.debit is None} == set()
        for item in result.ordered:
            operator, contract = portfolio.holders[SettlementKey.parse(item.end_to_end_id).subject]
            assert (item.creditor_iban, item.creditor_name) == (contract.iban, operator.name)
            assert item.value_date >= result.on


def sums_are_conserved(path: Path) -> None:
    proposed = total_of(lives[-1].proposal.amount for lives in path.lives.values())
    for _, result, parts in made_by(path):
        accounts = result.accounts
        assert total_of(account.gross for account in accounts) == proposed
        for account in accounts:
            assert account.gross == account.set_off + account.transferred + account.carried + account.held
        sent_out = total_of(item.amount for item in result.ordered)
        assert sent_out == total_of(part.amount for part in parts if part.debit is None)
    settled = Counter[str]()
    for part in path.runs[-1][1].books.parts:
        settled[part.credit] += int(part.amount * 100)
    for key, lives in path.lives.items():
        assert settled[key] <= int(lives[-1].proposal.amount * 100)


@pytest.mark.requirement("INV-15", "PAY-1", "PAY-4", "PAY-7", "PAY-8", "PAY-9", "BLK-1")
@given(PORTFOLIOS, st.data())
def test_no_money_is_released_without_a_delivery_receipt_and_none_is_lost(
    portfolio: Portfolio, data: st.DataObject
) -> None:
    """INV-15 c: paid only against that invoice and after SDI's delivery notice; PAY-9: the gross is conserved."""
    with open_store("sqlite://") as store:
        path = Path(portfolio, store)
        for _ in walk(path, data):
            pass
    no_money_without_a_receipt(path)
    no_money_for_whom_it_is_stopped(path)
    sums_are_conserved(path)


def every_number_is_explained(path: Path) -> None:
    entries = path.store.register.entries()
    found = report(entries, series=[PA])
    assert [one for one in found if one.severity is Severity.ERROR or one.code == "numbering:gap"] == []
    assert {entry.state for entry in entries} <= {EntryState.ACCEPTED, EntryState.VOID}
    assert all(bool(entry.reason) is (entry.state is EntryState.VOID) for entry in entries)
    saved = {
        (life.authorisation.number, str(path.portfolio.holders[life.proposal.contract][0].partita_iva))
        for lives in path.lives.values()
        for life in lives
        if life.authorisation is not None
    }
    assert saved == {(entry.number, entry.issuer) for entry in entries if entry.state is EntryState.ACCEPTED}


def only_what_was_saved_is_issued(path: Path) -> None:
    for document in path.runs[-1][1].documents:
        if document.draft.direction is Direction.TO_GSE:
            lives = path.lives[document.draft.key]
            numbers = [life.authorisation.number for life in lives if life.authorisation is not None]
            assert document.number == numbers[document.sent.attempt - 1]
            read = fatturapa.read(document.xml)
            assert isinstance(read, FatturaElettronica)
            header, (body,) = read.fattura_elettronica_header, read.fattura_elettronica_body
            assert body.dati_generali.dati_generali_documento.numero == document.number
            assert header.soggetto_emittente is SoggettoEmittente(path.portfolio.issuer)
            assert fatturapa.write(read) == document.xml


@pytest.mark.requirement("INV-11", "INV-12", "INV-13", "INV-14", "INV-17")
@given(PORTFOLIOS, st.data())
def test_every_number_is_explained_and_a_rejected_proposal_keeps_its_own(
    portfolio: Portfolio, data: st.DataObject
) -> None:
    """INV-12, INV-13: a number is saved once, agrees with the books and has no gap; SDI 00404: it may come back."""
    with open_store("sqlite://") as store:
        path = Path(portfolio, store)
        for _ in walk(path, data):
            every_number_is_explained(path)
        only_what_was_saved_is_issued(path)
    for request in path.out_of_order:
        assert request.day < max(life.proposal.issue_date for lives in path.lives.values() for life in lives)


REJECTED = (FeeState.DISCARDED, FeeState.REFUSED)
WITHOUT_DOCUMENT = (FeeState.BELOW_THRESHOLD, FeeState.TO_INVOICE)
NEVER_INVOICED = (*WITHOUT_DOCUMENT, FeeState.IN_PAYMENT, FeeState.PAID)


def states_are_the_fold(path: Path, result: Settlement) -> None:
    for row in fee_rows(path.portfolio, on=result.on, settlement=result):
        if row.detail not in path.lives:
            continue
        *earlier, life = path.lives[row.detail]
        document = result.current.get(row.detail)
        if document is None:
            assert row.state in (WITHOUT_DOCUMENT if path.invoiced(life.proposal) else NEVER_INVOICED)
        elif document.sent.attempt > len(earlier):
            assert (row.state, row.number) == (life.state, str(document.number))
            assert bool(row.discard_reason) is (life.state is FeeState.DISCARDED)
        else:  # the new proposal could not be issued, and the report says why
            assert (row.state, life.state) in {(state, FeeState.SAVED) for state in REJECTED}
            assert not result.report.ok


def dossiers_are_whole(path: Path) -> None:
    result = path.runs[-1][1]
    for document in result.documents:
        dossier = dossier_of(document, path.answers)
        assert verify_dossier(dossier).ok
        again, found = dossier_from_zip(dossier.to_zip())
        assert (again, found.ok) == (dossier, True)
        receipts = [name for name in dossier.files if "_RC_" in name]
        kind, _ = path.said.get(document.key, ("", None))
        assert bool(receipts) is (kind in ("RC", "EC01", "EC02", "DT"))


@pytest.mark.requirement("INV-6", "INV-19", "INV-21")
@given(PORTFOLIOS, st.data())
def test_the_states_of_the_portal_are_the_fold_of_what_happened(portfolio: Portfolio, data: st.DataObject) -> None:
    """INV-19, INV-21: the portal shows the receipt in the dossier, and the reason of a discard in MOTIVO SCARTO."""
    with open_store("sqlite://") as store:
        path = Path(portfolio, store)
        for result in walk(path, data):
            states_are_the_fold(path, result)
    dossiers_are_whole(path)
