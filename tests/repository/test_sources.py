"""Every row of every dated table says the act it comes from and where it was read."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping

import attrs

from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from tests.support.source_tree import module_name, source_files

ROWS_AT_LEAST = 40
"""Fewer would mean that the walk misses tables, not that the library lost them."""


def rows_in(value: object) -> Iterator[Row[object]]:
    """Rows in a value of a module: alone, in a table, in a collection, in a value that holds a table."""
    if isinstance(value, Row):
        yield value
    elif isinstance(value, Mapping):
        yield from rows_in(tuple(value.values()))
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from rows_in(one)
    elif attrs.has(kind := type(value)):
        for field in attrs.fields(kind):
            yield from rows_in(getattr(value, field.name, None))


def rows_of_the_package() -> dict[int, tuple[str, Row[object]]]:
    """Each row once, with the first place it is found at."""
    found: dict[int, tuple[str, Row[object]]] = {}
    for path in source_files():
        if path.stem == "__main__":
            continue  # importing it runs the program
        module = importlib.import_module(module_name(path))
        for name, value in vars(module).items():
            for row in rows_in(value):
                found.setdefault(id(row), (f"{module.__name__}.{name} {row.validity}", row))
    return found


def without_source(rows: Mapping[int, tuple[str, Row[object]]]) -> list[str]:
    return [where for where, row in rows.values() if not row.basis.act.strip() or not row.basis.source.strip()]


def test_every_row_of_every_table_has_a_source() -> None:
    rows = rows_of_the_package()
    assert len(rows) >= ROWS_AT_LEAST
    assert without_source(rows) == []


def test_no_row_of_the_library_is_a_figure_of_the_caller() -> None:
    supplied = [where for where, row in rows_of_the_package().values() if row.basis.certainty is Certainty.SUPPLIED]
    assert supplied == []


def test_a_row_without_a_source_would_be_listed() -> None:
    basis = Basis(act="DM 24/12/2014", source="text", certainty=Certainty.LAW)
    object.__setattr__(basis, "source", " ")
    table = DatedTable("a table", (Row(value=1, basis=basis),))
    ((row,),) = [tuple(rows_in({"here": [table]}))]
    assert without_source({0: ("here", row)}) == ["here"]
