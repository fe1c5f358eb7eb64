"""The specimens together hold every element and every code, and each is legal."""

from __future__ import annotations

from typing import Literal

import pytest
from lxml import etree

from gse_billing import fatturapa
from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA
from gse_billing.fatturapa.wire import Enumeration, Schema
from gse_billing.testing.specimens import specimens

Kind = Literal["ordinaria", "semplificata"]
SCHEMAS: list[tuple[Kind, Schema]] = [("ordinaria", ORDINARIA), ("semplificata", SEMPLIFICATA)]


def trees(kind: Kind) -> list[etree._Element]:
    return [etree.fromstring(fatturapa.write(document)) for document in specimens(kind)]


@pytest.mark.parametrize(("kind", "schema"), SCHEMAS)
def test_every_element_stands_in_some_specimen(kind: Kind, schema: Schema) -> None:
    declared = {field.tag for shape in schema.shapes for field in shape.elements}
    found = {etree.QName(element).localname for tree in trees(kind) for element in tree.iter()}
    assert declared - found == set()


@pytest.mark.parametrize(("kind", "schema"), SCHEMAS)
def test_every_code_stands_in_some_specimen(kind: Kind, schema: Schema) -> None:
    lists = [simple for simple in schema.simple_types if isinstance(simple, Enumeration)]
    codes = {code for simple in lists for code in simple.by_code}
    found = {text for tree in trees(kind) for element in tree.iter() for text in (element.text, *element.values())}
    assert codes - found == set()


@pytest.mark.parametrize("kind", ["ordinaria", "semplificata"])
def test_specimens_come_back_and_are_the_same_at_every_call(kind: Kind) -> None:
    assert specimens(kind) == specimens(kind)
    for document in specimens(kind):
        assert fatturapa.read(fatturapa.write(document)) == document


def test_the_first_has_as_little_and_the_second_as_much_as_there_may_be() -> None:
    sizes = [len(list(tree.iter())) for tree in trees("ordinaria")]
    assert min(sizes) == sizes[0] < 100
    assert sizes[1] > 300
