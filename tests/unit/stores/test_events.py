"""The log of events: appended, never changed, recorded once however often it is tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from types import MappingProxyType

import pytest

from gse_billing.core.errors import IllegalTransitionError, InvalidValueError
from gse_billing.stores import EventLog, open_store

NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


@pytest.fixture
def log(place: str) -> Iterator[EventLog]:
    with open_store(place) as store:
        yield store.events


def test_events_come_back_in_order_by_stream_and_from_where_one_stopped(log: EventLog) -> None:
    first = log.append("p/1", "published", {"amount": "216.22"}, key="a", by="GSE", at=NOON)
    other = log.append("p/2", "published", {}, key="a")
    second = log.append("p/1", "accepted", {"number": "PA/1"}, key="b", at=NOON - dt.timedelta(days=1))
    assert (first.version, other.version, second.version) == (1, 1, 2)
    assert log.events() == (first, other, second)
    assert log.events("p/1") == (first, second)
    assert log.events("p/1", after=first.sequence) == (second,)
    assert log.events("nobody") == ()
    assert (first.by, first.at, dict(first.payload)) == ("GSE", NOON, {"amount": "216.22"})
    assert len({first, second}) == 2


def test_recording_twice_does_nothing_and_another_event_under_the_key_is_refused(log: EventLog) -> None:
    first = log.append("p/1", "accepted", {"a": 1, "b": 2}, key="k")
    assert log.append("p/1", "accepted", {"b": 2, "a": 1}, key="k", expected=0) == first
    for kind, payload in (("refused", {"a": 1, "b": 2}), ("accepted", {"a": 1})):
        with pytest.raises(InvalidValueError, match="has another event"):
            log.append("p/1", kind, payload, key="k")
    assert log.events() == (first,)


def test_a_decision_made_on_an_older_state_is_refused(log: EventLog) -> None:
    log.append("p/1", "published", {}, key="a", expected=0)
    with pytest.raises(IllegalTransitionError, match="at version 1, not 0"):
        log.append("p/1", "accepted", {}, key="b", expected=0)
    assert log.append("p/1", "accepted", {}, key="b", expected=1).version == 2


@pytest.mark.parametrize(
    ("payload", "reason"),
    [({"amount": Decimal("1.00")}, "a Decimal"), ({"amount": float("nan")}, "not a number"), ({1: {2}}, "a set")],
)
def test_data_that_json_cannot_hold_are_refused(log: EventLog, payload: dict[str, object], reason: str) -> None:
    with pytest.raises(InvalidValueError, match="cannot be kept"):
        log.append("p/1", "published", payload, key="a")


def test_any_mapping_is_kept(log: EventLog) -> None:
    kept = log.append("p/1", "published", MappingProxyType({"fee": "SSP"}), key="a")
    assert kept.payload == {"fee": "SSP"}
    assert log.events("p/1") == (kept,)


def test_the_streams_of_the_register_are_its_own(log: EventLog) -> None:
    with pytest.raises(InvalidValueError, match="only the register writes"):
        log.append("numbers/me", "reserved", {}, key="a")


def test_a_moment_needs_its_zone(log: EventLog) -> None:
    with pytest.raises(InvalidValueError, match="moments carry a zone"):
        log.append("p/1", "published", {}, key="a", at=NOON.replace(tzinfo=None))
    assert log.events() == ()
