"""Laws of the register in a database while processes are killed: nothing twice, nothing lost, no gap unexplained."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest

from gse_billing.core.findings import Severity
from gse_billing.numbering import EntryState, gaps, report
from gse_billing.stores import open_store
from tests.support.crashing import ISSUER, SERIES
from tests.support.source_tree import ROOT

# What stands before and after each call: the steps of the trail, then the state; events; outcomes of the documents.
STANDS = {
    "reserve": ([], ["reserved", "reserved"]),
    "accept": (["reserved", "reserved"], ["reserved", "accepted", "accepted"]),
    "void": (["reserved", "reserved"], ["reserved", "void", "void"]),
    "append": ([], ["accepted"]),
    "record": ([], ["pending", "pending"]),
    "conclude": (["pending", "pending"], ["discarded", "discarded"]),
}


def crashing(*arguments: object) -> Any:
    command = [sys.executable, "-m", "tests.support.crashing", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.requirement("INV-12", "INV-13")
def test_a_kill_at_any_statement_leaves_all_or_nothing_and_the_same_call_goes_on(place: str) -> None:
    """DPR 633/72 art. 21 c. 2 lett. b: the number identifies the invoice uniquely, whatever happened meanwhile."""
    open_store(place).close()
    seen = crashing("boundaries", place)
    per_call = Counter(one["call"] for one in seen if one["killed"])
    assert min(per_call[name] for name in STANDS) >= 6
    for one in seen:
        before, after = STANDS[one["call"]]
        assert one["then"] in (before, after), one
        assert one["again"] == after, one
    assert len({(one["call"] == "append", one["answer"]) for one in seen}) == len(seen)
    with open_store(place) as store:
        assert list(gaps(store.register.entries(), series=[SERIES])) == []


@pytest.mark.parametrize("_turn", range(3))
def test_a_store_that_many_processes_open_at_once_is_made_once(place: str, _turn: int) -> None:
    """Whoever comes first makes the tables; nobody is turned away."""
    assert crashing("opening", place, 16) == 16


def storm(place: str, *, processes: int, numbers: int) -> None:
    seen = crashing("storm", place, processes, numbers, 20261122)
    assert seen["kills"] >= seen["tries"] / 5
    with open_store(place) as store:
        entries, steps = store.register.entries(), store.register.steps()
    assert {int(entry.key) for entry in entries} == set(range(numbers))
    assert {entry.position for entry in entries} == set(range(1, numbers + 1))
    assert {entry.key: entry.number for entry in entries} | seen["told"] == {
        entry.key: entry.number for entry in entries
    }
    for entry in entries:
        in_vain = int(entry.key) % 7 == 0
        assert entry.state is (EntryState.VOID if in_vain else EntryState.ACCEPTED)
        assert bool(entry.reason) is in_vain
    assert len(steps) == 2 * numbers
    assert len({(step.issuer, step.key, step.state) for step in steps}) == 2 * numbers
    assert {entry.issuer for entry in entries} == {ISSUER}
    found = report(entries, series=[SERIES])
    assert [one for one in found if one.severity is Severity.ERROR or one.code == "numbering:gap"] == []


@pytest.mark.requirement("INV-13")
def test_many_processes_take_numbers_while_a_third_is_killed(place: str) -> None:
    """DPR 633/72 art. 21 c. 2 lett. b, for 8 processes and 1,000 numbers."""
    storm(place, processes=8, numbers=1_000)


@pytest.mark.deep
def test_very_many_processes_take_numbers_while_a_third_is_killed(place: str) -> None:
    """DPR 633/72 art. 21 c. 2 lett. b, for 32 processes and 10,000 numbers."""
    storm(place, processes=32, numbers=10_000)
