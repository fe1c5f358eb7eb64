"""Importing the package, and each room, loads no heavy library: those load when they are used."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.support.source_tree import rooms

HEAVY = {
    "cattrs",
    "hypothesis",
    "lxml",
    "narwhals",
    "pyarrow",
    "rich",
    "schwifty",
    "sqlalchemy",
    "stdnum",
    "typer",
    "xmlschema",
}
NEEDED_BY = {"gse_billing.testing": {"hypothesis"}}


def loaded_by(statement: str) -> set[str]:
    """The top-level modules that a fresh process has after that statement and had not before."""
    code = f"import json, sys; before = set(sys.modules); {statement}; print(json.dumps([*set(sys.modules) - before]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {module.split(".")[0] for module in json.loads(done.stdout)}


def test_the_front_door_loads_no_dependency_at_all() -> None:
    assert loaded_by("import gse_billing") & (HEAVY | {"attr", "attrs", "decimal", "datetime"}) == set()


@pytest.mark.parametrize("room", [room.name for room in rooms() if room.name != "gse_billing.cli"])
def test_a_room_loads_no_heavy_library(room: str) -> None:
    assert loaded_by(f"import gse_billing, {room}") & HEAVY <= NEEDED_BY.get(room, set())


def test_the_probe_sees_what_is_loaded() -> None:
    assert "lxml" in loaded_by("import lxml.etree")
