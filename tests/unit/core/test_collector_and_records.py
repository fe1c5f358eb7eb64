"""Two helps for making a million values: the collector out of the way, and drafts of frozen classes."""

from __future__ import annotations

import gc
import pickle

import attrs
import pytest

from gse_billing.core.collector import collector_paused
from gse_billing.core.records import draft_of


@attrs.frozen(weakref_slot=False)
class Part:
    name: str
    cents: int


@pytest.fixture
def collecting() -> None:
    assert gc.isenabled()


@pytest.mark.usefixtures("collecting")
def test_the_collector_rests_inside_and_works_afterwards_even_after_an_error() -> None:
    with pytest.raises(AssertionError, match="still on"), collector_paused():
        assert gc.isenabled(), "no longer still on"
    assert gc.isenabled()


@pytest.mark.usefixtures("collecting")
def test_a_collector_that_was_off_stays_off() -> None:
    with collector_paused():
        with collector_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


@pytest.mark.usefixtures("collecting")
def test_what_was_made_meanwhile_is_old_afterwards() -> None:
    with collector_paused():
        made = [[] for _ in range(50_000)]  # type: ignore[var-annotated]
    assert gc.get_count()[0] < len(made)


@pytest.mark.usefixtures("collecting")
def test_what_the_caller_froze_stays_so() -> None:
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        with collector_paused():
            pass
        assert gc.get_freeze_count() == frozen > 0
    finally:
        gc.unfreeze()


def test_a_draft_becomes_an_ordinary_frozen_value() -> None:
    part = draft_of(Part)("a", 7)
    part.__class__ = Part
    assert part == Part("a", 7)
    assert hash(part) == hash(Part("a", 7))
    assert pickle.loads(pickle.dumps(part)) == part
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        part.cents = 8  # type: ignore[misc]
