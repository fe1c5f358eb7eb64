"""What was sent: file names are used once, numbers again only after a discard or a refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from gse_billing import evolve
from gse_billing.core.errors import (
    DuplicateNumberError,
    IllegalTransitionError,
    InvalidValueError,
    UnknownNumberError,
)
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.fatturapa.context import DocumentHistory, SentDocument
from gse_billing.stores import RecordedDocument, SentOutcome, SqlHistory, open_store

INVOICE = RecordedDocument(issuer="IT01234560440", number=InvoiceNumber("PA/7"), day=dt.date(2026, 3, 10))
FIRST, SECOND = "IT05754381001_00001.xml", "IT05754381001_00002.xml"


@pytest.fixture
def history(place: str) -> Iterator[SqlHistory]:
    with open_store(place) as store:
        yield store.history


def test_a_file_name_is_used_once(history: SqlHistory) -> None:
    assert not history.sent_file(FIRST)
    for _ in range(2):
        history.record(FIRST, [INVOICE], digest="aa", at=dt.datetime(2026, 3, 10, tzinfo=dt.UTC))
    assert history.sent_file(FIRST)
    assert history.sent_file("it05754381001_00001.xml.p7m")
    assert history.documents_of(FIRST) == (INVOICE,)
    history.conclude(FIRST, SentOutcome.DISCARDED)
    for name, digest in ((FIRST, "bb"), (f"{FIRST}.p7m", "aa")):
        with pytest.raises(InvalidValueError, match="whatever became of the file"):
            history.record(name, [INVOICE], digest=digest)


@pytest.mark.requirement("INV-14")
@pytest.mark.parametrize("outcome", [None, SentOutcome.DELIVERED])
def test_a_document_that_stands_makes_the_next_one_a_duplicate(
    history: SqlHistory, outcome: SentOutcome | None
) -> None:
    history.record(FIRST, [INVOICE], digest="aa")
    if outcome:
        history.conclude(FIRST, outcome)
    with pytest.raises(DuplicateNumberError, match="00404"):
        history.record(SECOND, [evolve(INVOICE, day=dt.date(2026, 9, 1))], digest="bb")
    assert not history.sent_file(SECOND)


@pytest.mark.parametrize("outcome", [SentOutcome.DISCARDED, SentOutcome.REFUSED])
def test_after_a_discard_or_a_refusal_the_number_may_go_again_under_a_new_name(
    history: SqlHistory, outcome: SentOutcome
) -> None:
    history.record(FIRST, [INVOICE], digest="aa")
    history.conclude(FIRST, outcome)
    history.record(SECOND, [INVOICE], digest="bb")
    first, second = history.documents("IT01234560440", "PA/7", 2026)
    assert (first.counts, first.file_name) == (False, FIRST)
    assert (second.counts, second.file_name) == (True, SECOND)


def test_what_is_compared_is_issuer_number_year_and_kind(history: SqlHistory) -> None:
    history.record(FIRST, [INVOICE], digest="aa")
    different = [
        evolve(INVOICE, issuer="IT02345670723"),
        evolve(INVOICE, number=InvoiceNumber("PA/07")),
        evolve(INVOICE, day=dt.date(2027, 3, 10)),
        evolve(INVOICE, credit_note=True),
    ]
    history.record(SECOND, different, digest="bb")
    assert history.documents_of(SECOND) == tuple(different)
    asked: DocumentHistory = history
    assert list(asked.documents("IT01234560440", "PA/7", 2026)) == [
        SentDocument(issuer="IT01234560440", number="PA/7", day=INVOICE.day, file_name=FIRST),
        SentDocument(issuer="IT01234560440", number="PA/7", day=INVOICE.day, credit_note=True, file_name=SECOND),
    ]
    assert history.documents("IT01234560440", "PA/9", 2026) == ()


def test_the_same_number_twice_in_one_file_is_refused_and_leaves_nothing(history: SqlHistory) -> None:
    with pytest.raises(DuplicateNumberError):
        history.record(FIRST, [INVOICE, INVOICE], digest="aa")
    assert not history.sent_file(FIRST)


def test_the_documents_of_a_lot_have_outcomes_of_their_own(history: SqlHistory) -> None:
    lot = [INVOICE, evolve(INVOICE, number=InvoiceNumber("PA/8"))]
    history.record(FIRST, lot, digest="aa")
    history.conclude(FIRST, SentOutcome.DELIVERED)
    for _ in range(2):
        history.conclude(FIRST, SentOutcome.REFUSED, place=2)
    assert [document.outcome for document in history.documents_of(FIRST)] == [
        SentOutcome.DELIVERED,
        SentOutcome.REFUSED,
    ]


@pytest.mark.parametrize(
    ("said", "then"),
    [
        (SentOutcome.DISCARDED, SentOutcome.DELIVERED),
        (SentOutcome.REFUSED, SentOutcome.DELIVERED),
        (SentOutcome.DELIVERED, SentOutcome.DISCARDED),
        (SentOutcome.DELIVERED, SentOutcome.PENDING),
    ],
)
def test_an_outcome_that_cannot_follow_is_refused(history: SqlHistory, said: SentOutcome, then: SentOutcome) -> None:
    history.record(FIRST, [INVOICE], digest="aa")
    history.conclude(FIRST, said)
    with pytest.raises(IllegalTransitionError, match="cannot become"):
        history.conclude(FIRST, then)


@pytest.mark.parametrize(("file", "which"), [(SECOND, None), (FIRST, 2)])
def test_an_outcome_needs_its_document(history: SqlHistory, file: str, which: int | None) -> None:
    history.record(FIRST, [INVOICE], digest="aa")
    with pytest.raises(UnknownNumberError, match="record the file first"):
        history.conclude(file, SentOutcome.DELIVERED, place=which)


def test_a_day_is_a_day() -> None:
    with pytest.raises(InvalidValueError, match="the date of a document"):
        evolve(INVOICE, day=dt.datetime(2026, 3, 10, tzinfo=dt.UTC))
