"""Laws of the register over any sequence of calls."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from gse_billing.core.errors import DuplicateNumberError, FrozenNumberError, NumberOutOfOrderError
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.numbering import Entry, EntryState, MemoryRegister, Request, Series

PA = Series(name="pa", format="PA/{n}")
DAYS = st.dates(dt.date(2025, 11, 1), dt.date(2026, 2, 28))
TYPED = st.none() | st.integers(1, 12).map(lambda n: InvoiceNumber(f"PA/{n}")) | st.sampled_from([InvoiceNumber("X1")])
CALLS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["reserve", "accept", "void"]), DAYS, TYPED), max_size=30
)


def play(calls: list[tuple[str, str, dt.date, InvoiceNumber | None]]) -> MemoryRegister:
    register = MemoryRegister()
    for key, call, day, number in calls:
        try:
            if call == "reserve":
                register.reserve(Request(issuer="me", series=PA, day=day, key=key, content=str(day), number=number))
            elif any(entry.key == key for entry in register.entries()):
                register.accept("me", key) if call == "accept" else register.void("me", key, "not used")
        except (DuplicateNumberError, FrozenNumberError, NumberOutOfOrderError):
            continue
    return register


@given(CALLS)
def test_no_number_stands_twice_and_dates_follow_positions(
    calls: list[tuple[str, str, dt.date, InvoiceNumber | None]],
) -> None:
    """DPR 633/72 art. 21 c. 2 lett. b: a progressive number identifies the invoice uniquely."""
    entries = play(calls).entries()
    numbers = [(entry.year, entry.number) for entry in entries]
    assert len(set(numbers)) == len(numbers)
    for year in (2025, 2026):
        line = [entry for entry in entries if entry.year == year and entry.position is not None]
        assert [entry.day for entry in line] == sorted(entry.day for entry in line)


@given(CALLS)
def test_what_is_given_at_the_end_of_a_series_is_never_dated_before_what_was_given_earlier(
    calls: list[tuple[str, str, dt.date, InvoiceNumber | None]],
) -> None:
    """DPR 633/72 art. 21: numbers are progressive; one that the series would not write has its place by its turn."""
    register = play(calls)
    entries = {entry.key: entry for entry in register.entries()}
    given_so_far: dict[int, list[Entry]] = {2025: [], 2026: []}
    for step in register.steps():
        entry = entries[step.key]
        if step.state is EntryState.RESERVED:
            line = given_so_far[entry.year]
            inside = entry.position is not None and any((entry.position <= (one.position or 0)) for one in line)
            assert inside or all(one.day <= entry.day for one in line)
            line.append(entry)


@given(CALLS)
def test_a_refused_call_changes_nothing_and_a_register_can_be_stored(
    calls: list[tuple[str, str, dt.date, InvoiceNumber | None]],
) -> None:
    """INV-12: what was frozen stays as it is, whatever is asked afterwards."""
    register = play(calls)
    again = MemoryRegister(Entry.from_dict(entry.to_dict()) for entry in register.entries())
    assert again.entries() == register.entries()
    frozen = {entry.key: entry.number for entry in register.entries() if entry.state is EntryState.ACCEPTED}
    longer = play([*calls, *((key, call, dt.date(2026, 2, 28), None) for key in "abc" for call in ("void", "reserve"))])
    kept = {entry.key: entry.number for entry in longer.entries() if entry.key in frozen}
    assert kept == frozen
