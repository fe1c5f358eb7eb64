"""The standing of an operator: what opens a restriction, who is told, and what alone ends it."""

from __future__ import annotations

import datetime as dt

import pytest

from gse_billing.core.errors import IllegalTransitionError, InvalidValueError
from gse_billing.core.identifiers import ContractCode
from gse_billing.parties import (
    BlockPolicy,
    Contract,
    RefusalGround,
    Restriction,
    RestrictionKind,
    Standing,
    StandingEvent,
    StandingEventKind,
    notices,
    standing_after,
)

Kind = StandingEventKind
ONE, TWO = ContractCode("SSP00030614"), ContractCode("RID00000001")
CONTRACTS = [
    Contract(code=ONE, service="SSP", power_kw="50", administrative_contact="ragioneria@comune.it"),
    Contract(code=TWO, service="RID", power_kw="50"),
]


def day(number: int) -> dt.date:
    return dt.date(2021, 1, number)


def happened(*given: tuple[StandingEventKind, int, str]) -> list[StandingEvent]:
    return [StandingEvent(kind=kind, on=day(number), invoice=invoice) for kind, number, invoice in given]


def discard(code: str, number: int = 10) -> StandingEvent:
    return StandingEvent(kind=Kind.INVOICE_DISCARDED, on=day(number), invoice="90003", codes={code})


@pytest.mark.requirement("BLK-1")
@pytest.mark.parametrize(("code", "suspends"), [("00305", True), ("00306", True), ("00324", True), ("00404", False)])
def test_a_discard_for_wrong_identifiers_suspends(code: str, suspends: bool) -> None:
    standing = standing_after([discard(code)])
    assert bool(standing.on(day(10))) is suspends
    assert standing.on(day(9)) == ()
    if suspends:
        assert f"with code {code}" in str(standing.on(day(10))[0])


@pytest.mark.requirement("BLK-1")
def test_only_the_correction_obtained_ends_a_suspension() -> None:
    asked = [discard("00306"), *happened((Kind.CORRECTION_REQUESTED, 11, ""))]
    assert standing_after(asked).on(day(31))
    standing = standing_after([*asked, *happened((Kind.CORRECTION_OBTAINED, 20, ""))])
    assert [bool(standing.on(day(number))) for number in (10, 19, 20)] == [True, True, False]


REFUSED = happened((Kind.INVOICE_REFUSED, 5, "90001"), (Kind.INVOICE_REFUSED, 9, "90002"))


@pytest.mark.requirement("BLK-2")
def test_the_second_refusal_blocks_and_the_administrative_contact_is_told() -> None:
    standing = standing_after(REFUSED)
    assert standing.on(day(8)) == ()
    (block,) = standing.on(day(9))
    assert (block.kind, block.reason) == (
        RestrictionKind.BLOCK,
        "invoices 90001, 90002 of GSE were refused, 2 refusals in all",
    )
    assert [(notice.contract, notice.contact) for notice in notices(block, CONTRACTS)] == [
        (ONE, "ragioneria@comune.it"),
        (TWO, ""),
    ]
    first, second = map(str, notices(block, CONTRACTS))
    assert first.startswith("to ragioneria@comune.it of contract SSP00030614: block since 2021-01-09")
    assert second.startswith("to the administrative contact of contract RID00000001")


def test_an_invoice_sent_again_unchanged_and_refused_again_blocks() -> None:
    standing = standing_after(happened((Kind.INVOICE_REFUSED, 5, "90001"), (Kind.INVOICE_REFUSED, 9, "90001")))
    assert standing.on(day(9))[0].reason == "invoices 90001 of GSE were refused, 2 refusals in all"


@pytest.mark.requirement("BLK-2")
@pytest.mark.parametrize(
    ("ground", "on", "counts"),
    [
        (RefusalGround.NOT_FOR_US, dt.date(2021, 1, 5), False),
        (RefusalGround.NOT_FOR_US, dt.date(2020, 11, 5), True),
        (RefusalGround.NOT_FOR_US, dt.date(2020, 11, 6), False),
        (RefusalGround.CIG_OR_CUP, dt.date(2021, 1, 5), True),
        (RefusalGround.COMMITMENT, dt.date(2021, 1, 5), True),
        (RefusalGround.OTHER, dt.date(2021, 1, 5), True),
    ],
)
def test_a_refusal_counts_unless_law_and_gse_recognise_its_ground(
    ground: RefusalGround, on: dt.date, counts: bool
) -> None:
    assert BlockPolicy().counts(ground, on) is counts
    refusal = StandingEvent(kind=Kind.INVOICE_REFUSED, on=on, invoice="90001", ground=ground)
    assert bool(standing_after([refusal], policy=BlockPolicy(threshold=1)).on(on)) is counts


def test_a_threshold_of_none_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="blocks everybody"):
        BlockPolicy(threshold=0)


CURES = [
    (Kind.REISSUE_REQUESTED, 11, ""),
    (Kind.INVOICE_ACCEPTED, 12, "90001"),
    (Kind.INVOICE_ACCEPTED, 13, "90002"),
]


@pytest.mark.requirement("BLK-3")
@pytest.mark.parametrize("missing", [None, 0, 1, 2])
def test_a_block_ends_when_reissue_was_asked_and_every_refused_invoice_accepted(missing: int | None) -> None:
    cures = [cure for place, cure in enumerate(CURES) if place != missing]
    standing = standing_after([*REFUSED, *happened(*cures)])
    assert bool(standing.on(day(31))) is (missing is not None)
    if missing is None:
        assert [bool(standing.on(day(number))) for number in (12, 13)] == [True, False]


@pytest.mark.requirement("BLK-3")
def test_reissue_may_be_asked_invoice_by_invoice_and_a_new_refusal_starts_over() -> None:
    halfway = happened(
        (Kind.REISSUE_REQUESTED, 11, "90001"),
        (Kind.INVOICE_ACCEPTED, 12, "90001"),
        (Kind.INVOICE_ACCEPTED, 12, "90002"),
    )
    assert standing_after([*REFUSED, *halfway]).on(day(31))
    assert not standing_after([*REFUSED, *halfway, *happened((Kind.REISSUE_REQUESTED, 14, "90002"))]).on(day(14))
    again = happened((Kind.INVOICE_REFUSED, 13, "90001"), (Kind.REISSUE_REQUESTED, 14, "90002"))
    assert standing_after([*REFUSED, *halfway, *again]).on(day(31))


def test_a_refusal_that_was_cured_counts_no_more() -> None:
    cured = happened(
        (Kind.INVOICE_REFUSED, 5, "90001"),
        (Kind.REISSUE_REQUESTED, 6, ""),
        (Kind.INVOICE_ACCEPTED, 7, "90001"),
        (Kind.INVOICE_ACCEPTED, 7, "70000"),
        (Kind.INVOICE_REFUSED, 9, "90002"),
    )
    assert standing_after(cured).on(day(31)) == ()
    assert standing_after([*cured, *happened((Kind.INVOICE_REFUSED, 10, "90003"))]).on(day(10))


@pytest.mark.requirement("BLK-3")
@pytest.mark.parametrize(("cures", "blocked"), [(False, True), (True, False)])
def test_whether_silence_cures_is_a_switch_and_by_default_it_does_not(cures: bool, blocked: bool) -> None:
    lapsed = happened(CURES[0], (Kind.INVOICE_LAPSED, 28, "90001"), (Kind.INVOICE_LAPSED, 28, "90002"))
    standing = standing_after([*REFUSED, *lapsed], policy=BlockPolicy(lapse_cures=cures))
    assert bool(standing.on(day(31))) is blocked
    assert BlockPolicy().lapse_cures is False


def test_an_inhibition_stops_certificates_and_not_payments() -> None:
    unpaid = happened((Kind.BIOFUEL_UNPAID, 5, "76256"))
    standing = standing_after(unpaid)
    assert standing.on(day(5)) == ()
    assert [item.kind for item in standing.all_on(day(5))] == [RestrictionKind.INHIBITION]
    assert "GSE must lift it" in str(standing.all_on(day(5))[0])
    assert standing_after([*unpaid, *happened((Kind.INHIBITION_LIFTED, 6, ""))]).all_on(day(6)) == ()


@pytest.mark.requirement("PAY-1")
def test_a_missing_iban_stops_the_payments_of_its_contract_alone() -> None:
    missing = StandingEvent(kind=Kind.IBAN_MISSING, on=day(5), contract=ONE)
    standing = standing_after([missing])
    assert [bool(standing.on(day(5), contract=contract)) for contract in (ONE, TWO, None)] == [True, False, False]
    (restriction,) = standing.all_on(day(5))
    assert str(restriction).startswith("missing-iban of contract SSP00030614 since 2021-01-05")
    assert [notice.contract for notice in notices(restriction, CONTRACTS)] == [ONE]
    given = StandingEvent(kind=Kind.IBAN_GIVEN, on=day(8), contract=ONE)
    assert standing_after([missing, given]).on(day(8), contract=ONE) == ()


def test_what_ends_without_having_begun_changes_nothing_and_what_lasts_a_moment_lasts_a_day() -> None:
    assert standing_after(happened((Kind.CORRECTION_OBTAINED, 5, ""))) == Standing()
    brief = standing_after([discard("00305", 5), *happened((Kind.CORRECTION_OBTAINED, 5, ""))])
    assert [bool(brief.on(day(number))) for number in (5, 6)] == [True, False]


def test_a_restriction_that_is_open_is_not_opened_again() -> None:
    standing = standing_after([discard("00305", 5), discard("00306", 7)])
    assert [item.since for item in standing.restrictions] == [day(5)]


def test_events_come_in_the_order_of_time() -> None:
    with pytest.raises(IllegalTransitionError, match="in the order in which they happened"):
        standing_after([discard("00305", 7), discard("00305", 5)])


@pytest.mark.parametrize(
    ("kind", "what"), [(Kind.INVOICE_REFUSED, "the invoice is not named"), (Kind.IBAN_GIVEN, "the contract is not")]
)
def test_an_event_names_what_it_concerns(kind: StandingEventKind, what: str) -> None:
    with pytest.raises(InvalidValueError, match=what):
        StandingEvent(kind=kind, on=day(5))


@pytest.mark.parametrize(("kind", "contract"), [(RestrictionKind.MISSING_IBAN, None), (RestrictionKind.BLOCK, ONE)])
def test_only_a_missing_iban_concerns_one_contract(kind: RestrictionKind, contract: ContractCode | None) -> None:
    with pytest.raises(InvalidValueError, match="an IBAN belongs to one contract"):
        Restriction(kind=kind, reason="x", since=day(5), contract=contract)


def test_a_standing_shows_itself_in_a_notebook() -> None:
    assert "<td>block</td><td></td><td>2021-01-09</td><td></td>" in standing_after(REFUSED)._repr_html_()
    ended = standing_after([*REFUSED, *happened(*CURES)])
    assert "<td>block</td><td></td><td>2021-01-09</td><td>2021-01-13</td>" in ended._repr_html_()
