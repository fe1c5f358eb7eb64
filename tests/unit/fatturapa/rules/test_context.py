from __future__ import annotations

import datetime as dt
import pickle

import pytest

from gse_billing.fatturapa.catalogue import Regime
from gse_billing.fatturapa.context import (
    Context,
    DocumentHistory,
    OfficeDirectory,
    OfficeEntry,
    OfficeList,
    SentDocument,
    SentDocuments,
    SignatureFacts,
    SignatureState,
)

DAY = dt.date(2026, 1, 31)


def as_history(history: DocumentHistory) -> DocumentHistory:
    return history


def as_directory(offices: OfficeDirectory) -> OfficeDirectory:
    return offices


def as_state(state: SignatureState) -> SignatureState:
    return state


def test_the_forms_in_memory_fulfil_the_protocols() -> None:
    assert not list(as_history(SentDocuments()).documents("IT1", "1", 2026))
    assert as_directory(OfficeList([])).office("UFABCD") is None
    assert as_state(SignatureFacts(intact=True)).intact


def test_documents_are_found_by_issuer_number_and_year() -> None:
    first = SentDocument(issuer="IT1", number="7", day=DAY)
    twin = SentDocument(issuer="IT1", number="7", day=DAY, credit_note=True, counts=False)
    history = SentDocuments([first, twin, SentDocument(issuer="IT1", number="7", day=dt.date(2025, 1, 31))])
    assert history.documents("IT1", "7", 2026) == (first, twin)
    assert history.documents("IT2", "7", 2026) == ()


@pytest.mark.parametrize(
    ("name", "sent"),
    [("IT1_A.xml", True), ("it1_a.xml.p7m", True), ("IT1_B.zip", True), ("IT1_C.xml", False), ("", False)],
)
def test_a_file_is_known_by_the_stem_of_its_name(name: str, sent: bool) -> None:
    history = SentDocuments(
        [
            SentDocument(issuer="IT1", number="7", day=DAY, file_name="IT1_A.xml"),
            SentDocument(issuer="IT1", number="8", day=DAY),
        ],
        files=["IT1_B.xml"],
    )
    assert history.sent_file(name) is sent


@pytest.mark.parametrize(
    ("start", "end", "active"),
    [
        (None, None, False),
        (DAY, None, True),
        (DAY + dt.timedelta(1), None, False),
        (dt.date(2015, 3, 31), DAY, False),
        (dt.date(2015, 3, 31), DAY + dt.timedelta(1), True),
    ],
)
def test_an_office_is_active_from_its_start_to_its_end(
    start: dt.date | None, end: dt.date | None, active: bool
) -> None:
    assert OfficeEntry(code="UFABCD", tax_code="1", start=start, end=end).active_on(DAY) is active


def test_offices_are_found_by_code_and_by_tax_code() -> None:
    one = OfficeEntry(code="AAAAAA", tax_code="1", start=DAY)
    two = OfficeEntry(code="BBBBBB", tax_code="1", start=None)
    offices = OfficeList([one, two])
    assert offices.office("BBBBBB") is two
    assert offices.offices_of("1") == (one, two)
    assert offices.offices_of("2") == ()
    assert list(offices) == [one, two]


def test_a_context_with_its_histories_can_be_sent_to_another_process() -> None:
    history = SentDocuments([SentDocument(issuer="IT1", number="7", day=DAY)])
    context = Context(regime=Regime.PA, on=DAY, history=history, offices=OfficeList([]))
    assert pickle.loads(pickle.dumps(context)) == context
