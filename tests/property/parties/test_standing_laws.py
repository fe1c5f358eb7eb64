"""Laws of the standing over any sequence of events."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gse_billing.core.identifiers import ContractCode
from gse_billing.parties import (
    BlockPolicy,
    RefusalGround,
    RestrictionKind,
    StandingEvent,
    StandingEventKind,
    standing_after,
)

Kind = StandingEventKind
START = dt.date(2021, 1, 1)
CONTRACTS = [ContractCode("SSP00030614"), ContractCode("RID00000001")]
EVENTS = st.lists(
    st.builds(
        lambda kind, later, invoice, code, ground, contract: (later, kind, invoice, code, ground, contract),
        st.sampled_from(StandingEventKind),
        st.integers(0, 3),
        st.sampled_from(["90001", "90002", "90003"]),
        st.sampled_from(["00305", "00404"]),
        st.sampled_from([RefusalGround.NOT_FOR_US, RefusalGround.CIG_OR_CUP]),
        st.sampled_from(CONTRACTS),
    ),
    max_size=25,
)
Drawn = list[tuple[int, StandingEventKind, str, str, RefusalGround, ContractCode]]


def events_of(drawn: Drawn) -> list[StandingEvent]:
    day, events = START, []
    for later, kind, invoice, code, ground, contract in drawn:
        day += dt.timedelta(days=later)
        named = contract if kind in (Kind.IBAN_MISSING, Kind.IBAN_GIVEN) else None
        events.append(StandingEvent(kind=kind, on=day, invoice=invoice, codes={code}, ground=ground, contract=named))
    return events


def kinds(events: list[StandingEvent], *, policy: BlockPolicy | None = None) -> set[RestrictionKind]:
    """What still holds long after the events."""
    return {item.kind for item in standing_after(events, policy=policy).all_on(dt.date(2030, 1, 1))}


@given(EVENTS)
def test_a_suspension_holds_from_the_discard_until_the_correction_is_obtained(drawn: Drawn) -> None:
    """BLK-1: whatever else happens, only the correction obtained after the last such discard ends it."""
    events = events_of(drawn)
    suspended = False
    for event in events:
        if event.kind is Kind.INVOICE_DISCARDED and "00305" in event.codes:
            suspended = True
        suspended &= event.kind is not Kind.CORRECTION_OBTAINED
    assert (RestrictionKind.SUSPENSION in kinds(events)) is suspended


@given(EVENTS)
def test_a_block_that_ended_left_no_refused_invoice_uncured(drawn: Drawn) -> None:
    """BLK-2, BLK-3: where nothing blocks, fewer than two refusals stand that were not asked for again and accepted."""
    events = events_of(drawn)
    if RestrictionKind.BLOCK in kinds(events):
        return
    standing: list[tuple[str, int]] = []
    for place, event in enumerate(events):
        if event.kind is Kind.INVOICE_REFUSED and event.ground is RefusalGround.CIG_OR_CUP:
            standing.append((event.invoice, place))
    uncured = [
        (invoice, place)
        for invoice, place in standing
        if not any(later.kind is Kind.INVOICE_ACCEPTED and later.invoice == invoice for later in events[place:])
        or not any(later.kind is Kind.REISSUE_REQUESTED for later in events[place:])
    ]
    assert len(uncured) < BlockPolicy().threshold


@given(EVENTS)
def test_a_looser_policy_never_blocks_more(drawn: Drawn) -> None:
    """BLK-2: a higher threshold blocks later or not at all."""
    events = events_of(drawn)
    strict = standing_after(events, policy=BlockPolicy(threshold=2)).restrictions
    loose = standing_after(events, policy=BlockPolicy(threshold=3)).restrictions
    first = [
        min((item.since for item in found if item.kind is RestrictionKind.BLOCK), default=dt.date.max)
        for found in (strict, loose)
    ]
    assert first[0] <= first[1]


@given(EVENTS, st.integers(0, 80))
def test_a_missing_iban_and_an_inhibition_stop_nothing_else(drawn: Drawn, later: int) -> None:
    """PAY-1, BIO-14: one stops its contract, the other certificates; only the rest stops every payment."""
    standing = standing_after(events_of(drawn))
    day = START + dt.timedelta(days=later)
    whole = {RestrictionKind.SUSPENSION, RestrictionKind.BLOCK}
    assert {item.kind for item in standing.on(day)} <= whole
    for contract in CONTRACTS:
        more = set(standing.on(day, contract=contract)) - set(standing.on(day))
        assert {(item.kind, item.contract) for item in more} <= {(RestrictionKind.MISSING_IBAN, contract)}


@given(EVENTS)
def test_restrictions_of_one_kind_never_overlap(drawn: Drawn) -> None:
    """A restriction that is open is not opened again; a period is half-open."""
    restrictions = standing_after(events_of(drawn)).restrictions
    for kind in RestrictionKind:
        for contract in (None, *CONTRACTS):
            line = [item for item in restrictions if (item.kind, item.contract) == (kind, contract)]
            for before, after in pairwise(line):
                assert before.until is not None
                assert before.until <= after.since or before.until == before.since + dt.timedelta(days=1)
