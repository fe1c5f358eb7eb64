"""What SDI's answers make of a document, in whatever order they come."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest

from gse_billing import evolve
from gse_billing.billing import Answer, IssuedDocument, outcomes, settle
from gse_billing.core.findings import Severity
from gse_billing.netting import DocumentState
from gse_billing.testing.sdi import sdi_answer as answer
from tests.support.portfolios import DAY, fields, portfolio

LATER = dt.date(2020, 12, 20)
_GIVEN = fields()
_GIVEN["operators"][0] |= {"kind": "company"}
DOCUMENTS = settle(portfolio(_GIVEN), on=DAY).documents
PA = next(document for document in DOCUMENTS if document.draft.recipient.format == "FPA12")
PRIVATE = next(document for document in DOCUMENTS if document.draft.recipient.format == "FPR12")


def outcome_of(document: IssuedDocument, kinds: str) -> tuple[DocumentState, list[str]]:
    answers = [answer(document, kind, number=number) for number, kind in enumerate(kinds.split(), start=1)]
    results = set()
    for order in permutations(answers):
        found, findings = outcomes([document.sent], order, on=LATER)
        results.add((found[document.key].state, tuple(finding.code for finding in findings)))
    ((state, codes),) = results
    return state, list(codes)


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ("", DocumentState.AWAITING_DELIVERY),
        ("MT", DocumentState.DELIVERED),
        ("MC", DocumentState.AWAITING_DELIVERY),
        ("MC AT", DocumentState.AWAITING_DELIVERY),
        ("RC", DocumentState.DELIVERED),
        ("MC RC", DocumentState.DELIVERED),
        ("RC RC", DocumentState.DELIVERED),
        ("NS", DocumentState.DISCARDED),
        ("RC DT", DocumentState.ACCEPTED),
        ("RC EC01", DocumentState.ACCEPTED),
        ("RC EC02", DocumentState.REFUSED),
        ("MC RC EC02", DocumentState.REFUSED),
    ],
)
def test_the_state_follows_from_the_answers_together(kinds: str, state: DocumentState) -> None:
    assert outcome_of(PA, kinds) == (state, [])


@pytest.mark.parametrize("kinds", ["NS RC", "NS MC", "RC DT EC01", "RC EC01 EC02", "RC AT"])
def test_answers_that_cannot_all_be_true_are_reported_and_hold_the_document(kinds: str) -> None:
    state, codes = outcome_of(PA, kinds)
    assert state is DocumentState.AWAITING_DELIVERY
    assert "flow:contradiction" in codes


@pytest.mark.parametrize(
    ("kinds", "state"),
    [("RC", DocumentState.DELIVERED), ("MC", DocumentState.DELIVERED), ("NS", DocumentState.DISCARDED)],
)
def test_a_private_invoice_that_waits_in_the_reserved_area_counts_as_issued(kinds: str, state: DocumentState) -> None:
    assert outcome_of(PRIVATE, kinds) == (state, [])


def test_an_attestation_says_what_to_do() -> None:
    found, _ = outcomes([PA.sent], [answer(PA, "AT")], on=LATER)
    assert "could not deliver it" in found[PA.key].note


def test_a_discard_says_its_reason_its_codes_and_its_day() -> None:
    found, _ = outcomes([PA.sent], [answer(PA, "NS", code="00306")], on=LATER)
    outcome = found[PA.key]
    assert (outcome.note, outcome.error_codes, outcome.since) == (
        "motivo",
        frozenset({"00306"}),
        dt.date(2020, 12, 15),
    )
    assert outcomes([PA.sent], [], on=LATER)[0][PA.key].since is None


def test_an_answer_to_nothing_is_a_finding() -> None:
    _, findings = outcomes([PRIVATE.sent], [answer(PA, "RC")], on=LATER)
    (finding,) = findings
    assert (finding.code, finding.path) == ("answers:unmatched", f"{PA.file_name.stem}_RC_001.xml")
    assert str(PA.file_name) in finding.message_en


def test_an_answer_of_the_other_flow_is_a_finding() -> None:
    other = evolve(PRIVATE, draft=evolve(PRIVATE.draft, recipient=PA.draft.recipient))
    found, findings = outcomes([PRIVATE.sent], [answer(other, "RC")], on=LATER)
    assert [finding.code for finding in findings] == ["answers:unmatched"]
    assert "belongs to the flow" in findings[0].message_en
    assert found[PRIVATE.key].state is DocumentState.AWAITING_DELIVERY


def test_what_sdi_received_later_is_left_for_a_later_run() -> None:
    found, findings = outcomes([PA.sent], [answer(PA, "RC")], on=DAY)
    assert found[PA.key].state is DocumentState.AWAITING_DELIVERY
    assert [(finding.code, finding.severity) for finding in findings] == [("answers:later", Severity.INFO)]


def test_an_answer_to_a_file_that_this_run_names_does_not_count() -> None:
    found, findings = outcomes([PA.sent], [answer(PA, "RC")], on=LATER, new={PA.key})
    assert found[PA.key].state is DocumentState.AWAITING_DELIVERY
    assert [finding.code for finding in findings] == ["answers:unmatched"]
    assert "in this very run" in findings[0].message_en


def test_a_receipt_with_the_hash_of_another_file_does_not_count() -> None:
    other = evolve(PRIVATE, sent=evolve(PRIVATE.sent, sha256="0" * 64))
    found, findings = outcomes([PRIVATE.sent], [answer(other, "RC")], on=LATER)
    assert found[PRIVATE.key].state is DocumentState.AWAITING_DELIVERY
    assert "its hash is that of another file" in findings[0].message_en


def test_an_answer_to_the_signed_file_is_an_answer() -> None:
    for document in (PA, PRIVATE):
        signed = evolve(document, sent=evolve(document.sent, file_name=f"{document.file_name}.p7m", sha256="0" * 64))
        found, findings = outcomes([document.sent], [answer(signed, "RC")], on=LATER)
        assert (found[document.key].state, findings) == (DocumentState.DELIVERED, ())


def test_an_answer_that_names_no_file_is_a_finding() -> None:
    given = answer(PA, "RC")
    nameless = evolve(given.notification, file_name=None)
    _, findings = outcomes([PA.sent], [Answer("x.xml", given.data, nameless)], on=LATER)
    assert "it names none" in findings[0].message_en
