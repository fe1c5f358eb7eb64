"""The public strategies and specimens reach every element, every branch of a choice and every code."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from gse_billing import evolve
from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA
from gse_billing.fatturapa.wire import Enumeration, Schema
from gse_billing.fatturapa.wire.shapes import ElementField
from gse_billing.testing.documents import documents, records, values
from gse_billing.testing.specimens import specimens
from tests.support.reach import Mark, borne, declared

Kind = Literal["ordinaria", "semplificata"]
SCHEMAS: dict[Kind, Schema] = {"ordinaria": ORDINARIA, "semplificata": SEMPLIFICATA}


def classes(schema: Schema) -> dict[str, type[Any]]:
    """The declared classes by the names of their types."""
    found: dict[str, type[Any]] = {}
    left = list(schema.roots.values())
    while left:
        cls = left.pop()
        found[cls.__wire__.name] = cls
        left += [field.record for field in cls.__wire__.elements if isinstance(field, ElementField) and field.record]
    return found


CLASSES = [pytest.param(cls, id=f"{kind}-{name}") for kind in SCHEMAS for name, cls in classes(SCHEMAS[kind]).items()]
LISTS = {
    kind: kind.name for schema in SCHEMAS.values() for kind in schema.simple_types if isinstance(kind, Enumeration)
}


def drawn(strategy: SearchStrategy[Any], count: int) -> list[Any]:
    """Some examples, the same at every run."""
    found: list[Any] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(strategy)
    def draw(value: Any) -> None:
        found.append(value)

    draw()
    return found


def unreached(wanted: set[Mark], examples: list[Any]) -> set[Mark]:
    return wanted - {mark for example in examples for mark in borne(example)}


def without_codes(marks: set[Mark]) -> set[Mark]:
    return {mark for mark in marks if mark[2] in ("there", "not there")}


@pytest.mark.parametrize("kind", LISTS, ids=LISTS.get)
def test_the_values_of_a_code_list_are_all_its_codes(kind: Enumeration[Any]) -> None:
    assert set(drawn(values(kind), 40 * len(kind.by_code))) == set(kind.by_code.values())


@pytest.mark.parametrize("cls", CLASSES)
def test_records_have_every_element_and_lack_every_optional_one(cls: Any) -> None:
    wanted = {mark for mark in without_codes(declared(cls.__wire__)) if mark[0] == cls.__wire__.name}
    assert unreached(wanted, drawn(records(cls), 40)) == set()


def test_an_element_that_is_never_drawn_is_noticed() -> None:
    root: Any = SEMPLIFICATA.roots["FatturaElettronicaSemplificata"]
    lame = records(root).map(lambda document: evolve(document, signature=None))
    assert unreached(without_codes(declared(root.__wire__)), drawn(lame, 40)) == {
        ("FatturaElettronicaType", "Signature", "there")
    }


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_specimens_reach_all_of_it(kind: Kind) -> None:
    """Elements there and not there; a test of the specimens themselves says that they hold every code."""
    wanted = {mark for shape in SCHEMAS[kind].shapes for mark in without_codes(declared(shape))}
    assert unreached(wanted, list(specimens(kind))) == set()


@pytest.mark.deep
@pytest.mark.parametrize("kind", SCHEMAS)
def test_two_thousand_documents_reach_all_of_it(kind: Kind) -> None:
    wanted = {mark for shape in SCHEMAS[kind].shapes for mark in declared(shape)}
    assert unreached(wanted, drawn(documents(kind), 2_000)) == set()
