"""Every requirement of the source documents has a test, a reason to have none, or an owner who still owes it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest

from tests.support.requirements import marked, marked_in
from tests.support.source_tree import ROOT

Entry = Mapping[str, object]

TABLE: dict[str, Entry] = tomllib.loads(Path(__file__).with_name("requirements.toml").read_text(encoding="utf-8"))[
    "requirements"
]
COUNTS = {"ACC": 19, "INV": 22, "CUU": 4, "BLK": 4, "PAY": 9, "BIO": 17}
OUTSIDE = {"ACC-1", "ACC-2", "ACC-14", "ACC-15", "ACC-19"}
OWNERS = {4, 5, 6, 7, 8}


def complaints(table: Mapping[str, Entry], named: Collection[str]) -> list[str]:
    """What does not hold between the table and the ids that tests name."""
    wrong = [f"{name}: named by a test, not in the table" for name in sorted(set(named) - set(table))]
    for name, entry in table.items():
        if "pending" in entry and name in named:
            wrong.append(f"{name}: a test names it, so it is pending no more")
        if "outside" in entry and name in named:
            wrong.append(f"{name}: a test names it, so it is not outside")
        if not {"pending", "outside"} & set(entry) and name not in named:
            wrong.append(f"{name}: no test names it")
    return wrong


def test_the_table_holds_every_id_once_and_in_order() -> None:
    assert list(TABLE) == [f"{kind}-{number}" for kind, count in COUNTS.items() for number in range(1, count + 1)]


@pytest.mark.parametrize("name", TABLE)
def test_an_entry_says_what_it_is_and_has_one_state(name: str) -> None:
    entry = TABLE[name]
    assert set(entry) in ({"says"}, {"says", "outside"}, {"says", "pending"})
    assert len(str(entry["says"])) > 10
    assert entry.get("pending", 4) in OWNERS


def test_only_log_in_and_screens_are_outside() -> None:
    assert {name for name, entry in TABLE.items() if "outside" in entry} == OUTSIDE


def test_tests_and_table_agree() -> None:
    assert complaints(TABLE, marked(ROOT / "tests")) == []


@pytest.mark.parametrize(
    ("entry", "named", "complaint"),
    [
        ({"says": "it"}, [], "X-1: no test names it"),
        ({"says": "it", "pending": 6}, ["X-1"], "X-1: a test names it, so it is pending no more"),
        ({"says": "it", "outside": "a screen"}, ["X-1"], "X-1: a test names it, so it is not outside"),
        ({"says": "it"}, ["X-1", "X-2"], "X-2: named by a test, not in the table"),
    ],
)
def test_each_disagreement_is_found(entry: Entry, named: list[str], complaint: str) -> None:
    assert complaints({"X-1": entry}, named) == [complaint]


def test_markers_are_found_wherever_they_stand() -> None:
    text = (
        "pytestmark = pytest.mark.requirement('A-1', 'A-2')\n"
        "@pytest.mark.requirement('B-1')\ndef test(): pass\n"
        "CASES = [pytest.param(1, marks=[mark.requirement('C-1')])]\n"
    )
    assert set(marked_in(text)) == {"A-1", "A-2", "B-1", "C-1"}
    with pytest.raises(TypeError, match="line 1: a requirement id is a literal text"):
        list(marked_in("pytest.mark.requirement(IDS[0])"))
