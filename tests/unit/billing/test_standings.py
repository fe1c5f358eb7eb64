"""What became of GSE's invoices, attempt by attempt, and what it means for the payments of their recipient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from gse_billing.billing import Settlement, issue, outcomes, settle, standings
from gse_billing.netting import DocumentState, HeldEntry, HoldReason
from gse_billing.parties import BlockPolicy, RestrictionKind
from gse_billing.testing.sdi import sdi_answer as answer
from tests.support.portfolios import DAY, fields, portfolio

SECOND, THIRD, FOURTH = dt.date(2021, 2, 1), dt.date(2021, 3, 1), dt.date(2021, 4, 1)
Fields = dict[str, Any]


class Life:
    """A portfolio run by run; each document is answered once, by the number that it has."""

    def __init__(self, given: Fields) -> None:
        self.given = given
        self.now = settle(portfolio(given), on=DAY)
        self.answers: list[Any] = []

    def run(
        self, on: dt.date, said: Mapping[str, str], *, code: str = "00306", blocks: BlockPolicy | None = None
    ) -> Settlement:
        """The next run, after the last attempt of each of these numbers was answered."""
        for document in self.now.current.values():
            kind = said.get(str(document.number))
            if kind:
                self.answers.append(answer(document, kind, code=code))
        source, books = portfolio(self.given), self.now.books
        self.now = settle(source, on=on, books=books, answers=self.answers, blocks=blocks)
        return self.now


def held(result: Settlement) -> set[HoldReason]:
    return {reason.reason for part in result.open_parts if isinstance(part, HeldEntry) for reason in part.reasons} - {
        HoldReason.REFUSED,
        HoldReason.DISCARDED,
        HoldReason.AWAITING_DELIVERY,
    }


@pytest.mark.requirement("BLK-1")
def test_an_invoice_of_gse_discarded_for_the_tax_code_suspends_the_operator() -> None:
    given = portfolio()
    issuance = issue(given, on=DAY)
    charge = issuance.documents[2]
    for code, suspended in (("00305", True), ("00306", True), ("00324", True), ("00404", False)):
        found, _ = outcomes(issuance.books.sent, [answer(charge, "NS", code=code)], on=SECOND)
        opened = standings(given, issuance, found)["comune"].restrictions
        assert bool(opened) is suspended
        for restriction in opened:
            assert (restriction.kind, restriction.since) == (RestrictionKind.SUSPENSION, dt.date(2020, 12, 15))
            assert f"90001 of 2020-12-14 of GSE with code {code}" in restriction.reason


@pytest.mark.requirement("BLK-4", "PAY-3")
@pytest.mark.parametrize("code", ["00305", "00306", "00324"])
def test_wrong_data_on_the_operators_own_invoice_stop_its_payment_and_no_other(code: str) -> None:
    life = Life(fields())
    own = life.now.documents[1]
    result = life.run(SECOND, {"PA/12": "RC", "PA/13": "NS", "90001": "EC02"}, code=code)
    assert result.outcomes[own.key].error_codes == {code}
    assert held(result) == set()
    assert [str(item.amount) for item in result.ordered] == ["14.24"]


def suspended() -> Life:
    life = Life(fields())
    assert held(life.run(SECOND, {"PA/12": "RC", "PA/13": "RC", "90001": "NS"})) == {HoldReason.OPERATOR_SUSPENDED}
    return life


@pytest.mark.requirement("BLK-1")
def test_the_corrected_codes_end_the_suspension() -> None:
    life = suspended()
    life.given["operators"][0]["codice_fiscale"] = "90012340239"
    corrected = life.run(THIRD, {})
    assert corrected.current["charge/SSP00030614/2020/COSTI AMMINISTRATIVI/2020-12-14"].sent.attempt == 2
    assert held(corrected) == set()
    assert [str(item.amount) for item in corrected.ordered] == ["230.46"]


@pytest.mark.requirement("BLK-1")
def test_issuing_it_again_under_the_same_codes_ends_nothing_until_sdi_takes_it() -> None:
    life = suspended()
    life.given["charges"][0]["number"] = "90009"
    again = life.run(THIRD, {})
    assert held(again) == {HoldReason.OPERATOR_SUSPENDED}
    assert again.ordered == ()
    taken = life.run(FOURTH, {"90009": "RC"})
    assert held(taken) == set()
    assert [str(item.amount) for item in taken.ordered] == ["170.46"]


def test_a_second_discard_goes_on_with_the_suspension() -> None:
    life = suspended()
    life.given["charges"][0]["number"] = "90009"
    life.run(THIRD, {})
    assert held(life.run(FOURTH, {"90009": "NS"})) == {HoldReason.OPERATOR_SUSPENDED}


def two_charges() -> Fields:
    given = fields()
    given["charges"].append({**given["charges"][0], "year": 2019})
    return given


@pytest.mark.requirement("BLK-2")
def test_the_second_refusal_blocks_the_operator() -> None:
    delivered = {"PA/12": "RC", "PA/13": "RC"}
    once = Life(two_charges()).run(SECOND, {**delivered, "90001": "EC02"})
    assert [str(item.amount) for item in once.ordered] == ["230.46"]
    twice = Life(two_charges()).run(SECOND, {**delivered, "90001": "EC02", "90002": "EC02"})
    assert twice.ordered == ()
    assert held(twice) == {HoldReason.OPERATOR_BLOCKED}


@pytest.mark.requirement("BLK-3")
@pytest.mark.parametrize(
    ("reissued", "answers", "blocked"),
    [
        ([], {}, True),
        ([0, 1], {}, True),
        ([0, 1], {"80001": "EC01"}, True),
        ([0, 1], {"80001": "RC", "80002": "RC"}, True),
        ([0, 1], {"80001": "EC01", "80002": "DT"}, True),
        ([0], {"80001": "EC01"}, True),
        ([0, 1], {"80001": "EC01", "80002": "EC01"}, False),
        ([0, 1], {"80001": "EC01", "80002": "EC02"}, True),
    ],
)
def test_a_block_ends_when_every_refused_invoice_was_issued_again_and_accepted(
    reissued: list[int], answers: dict[str, str], blocked: bool
) -> None:
    life = Life(two_charges())
    life.run(SECOND, {"PA/12": "RC", "PA/13": "RC", "90001": "EC02", "90002": "EC02"})
    for place in reissued:
        life.given["charges"][place]["number"] = f"8000{place + 1}"
    assert held(life.run(THIRD, {})) == {HoldReason.OPERATOR_BLOCKED}
    last = life.run(FOURTH, answers)
    assert (HoldReason.OPERATOR_BLOCKED in held(last)) is blocked
    assert (last.transfers == ()) is blocked


@pytest.mark.requirement("BLK-2", "BLK-3")
def test_the_threshold_and_whether_silence_cures_are_the_callers_to_choose() -> None:
    life = Life(fields())
    strict = life.run(SECOND, {"PA/12": "RC", "PA/13": "RC", "90001": "EC02"}, blocks=BlockPolicy(threshold=1))
    assert held(strict) == {HoldReason.OPERATOR_BLOCKED}
    life.given["charges"][0]["number"] = "80001"
    life.run(THIRD, {}, blocks=BlockPolicy(threshold=1))
    lenient = BlockPolicy(threshold=1, lapse_cures=True)
    assert held(life.run(FOURTH, {"80001": "DT"}, blocks=BlockPolicy(threshold=1))) == {HoldReason.OPERATOR_BLOCKED}
    assert held(life.run(FOURTH, {}, blocks=lenient)) == set()


@pytest.mark.requirement("INV-14")
@pytest.mark.parametrize(("kind", "state"), [("NS", DocumentState.DISCARDED), ("EC02", DocumentState.REFUSED)])
def test_a_rejected_proposal_comes_back_under_the_same_number_and_another_file_name(
    kind: str, state: DocumentState
) -> None:
    life = Life(fields())
    first = life.now.documents[1]
    after = life.run(SECOND, {"PA/12": "RC", "PA/13": kind})
    assert after.outcomes[first.key].state is state
    life.given["proposals"][0]["subject"] = "NUOVA PROPOSTA"
    again = life.run(THIRD, {}).current[first.draft.key]
    assert (again.number, again.sent.attempt) == (first.number, 2)
    assert again.file_name != first.file_name
    assert len(life.now.books.numbers) == 3
    assert "216.22" in {str(item.amount) for item in life.run(FOURTH, {"PA/13": "RC"}).ordered}
