from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from gse_billing.fatturapa.codelists import Flow
from gse_billing.fatturapa.flow import History, Stage, position, sent
from gse_billing.fatturapa.notifications import Submission, write_notification
from tests.unit.fatturapa.notifications.samples import PRIVATE, PRIVATE_MESSAGES, PUBLIC, PUBLIC_MESSAGES

SENT_ON = dt.date(2020, 12, 11)
BYTES = {
    Flow.PA: [write_notification(message) for message in PUBLIC_MESSAGES.values()],
    Flow.PRIVATE: [write_notification(message) for message in PRIVATE_MESSAGES.values()],
}
FILES = st.sampled_from([PUBLIC, PRIVATE])
DAYS = st.integers(0, 40).map(lambda days: SENT_ON + dt.timedelta(days=days))


def _arrivals(flow: Flow) -> st.SearchStrategy[list[tuple[bytes, dt.date]]]:
    return st.lists(st.tuples(st.sampled_from(BYTES[flow]), DAYS), max_size=8)


def _history(file: Submission, arrivals: list[tuple[bytes, dt.date]]) -> History:
    history = sent(file.flow, file.file_name, on=SENT_ON)
    for data, day in arrivals:
        history = history.receive(data, on=day)
    return history


@given(file=FILES, data=st.data(), on=DAYS)
def test_order_and_repetition_change_nothing(file: Submission, data: st.DataObject, on: dt.date) -> None:
    """Messages may come twice, late and in any order: the same set ends in the same position."""
    arrivals = data.draw(_arrivals(file.flow))
    shuffled = data.draw(st.permutations(arrivals)) + data.draw(st.permutations(arrivals))
    history = _history(file, arrivals)
    assert _history(file, shuffled) == history
    assert position(_history(file, shuffled), on=on) == position(history, on=on)


@given(file=FILES, data=st.data(), on=DAYS)
def test_a_history_survives_its_storage(file: Submission, data: st.DataObject, on: dt.date) -> None:
    """The history is a value that can be stored and replayed."""
    history = _history(file, data.draw(_arrivals(file.flow)))
    again = History.from_json(history.to_json())
    assert again == history
    assert position(again, on=on) == position(history, on=on)


@given(file=FILES, data=st.data())
def test_a_contradiction_never_goes_away(file: Submission, data: st.DataObject) -> None:
    """An impossible pair is reported, never overwritten, whatever comes later."""
    history = _history(file, data.draw(_arrivals(file.flow)))
    longer = _history(file, [(each.data, each.on) for each in history.arrivals] + data.draw(_arrivals(file.flow)))
    on = SENT_ON + dt.timedelta(days=99)
    if position(history, on=on).stage is Stage.CONTRADICTED:
        assert position(longer, on=on).stage is Stage.CONTRADICTED


@given(file=FILES, data=st.data())
def test_what_is_closed_expects_nothing(file: Submission, data: st.DataObject) -> None:
    """A closed document has no message to wait for; an open one has, unless its messages contradict one another."""
    where = position(_history(file, data.draw(_arrivals(file.flow))), on=SENT_ON + dt.timedelta(days=99))
    if where.stage is not Stage.CONTRADICTED:
        assert bool(where.expected) is not where.closed
