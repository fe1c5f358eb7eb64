"""Declared classes: frozen values, equality, and declarations that contradict themselves."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import attrs
import pytest

from gse_billing import evolve
from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.wire import Foreign, Schema, attribute, element, opaque, wire
from tests.unit.fatturapa.wire import samples as s


def test_records_are_values() -> None:
    assert s.full_order() == s.full_order()
    assert hash(s.full_order()) == hash(s.full_order())
    assert s.order() != s.order(issued=s.full_order().issued.replace(year=2025))
    stranger: object = s.Name(firm="x")
    assert s.Extra() != stranger


def test_records_are_frozen_and_slotted() -> None:
    line: Any = s.line()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        line.number = 2
    with pytest.raises(AttributeError):
        line.stranger = 2
    assert not hasattr(line, "__dict__")


def test_records_pickle_and_copy() -> None:
    order = s.full_order()
    assert pickle.loads(pickle.dumps(order)) == order
    assert copy.deepcopy(order) == order


def test_evolve_gives_a_changed_copy() -> None:
    assert evolve(s.line(), number=3) == s.line(number=3)


def test_the_representation_leaves_out_what_is_not_given() -> None:
    assert repr(s.line()) == "Line(number=1, text='Energia', price=Decimal('0.10'))"


def test_the_class_keeps_its_name_docstring_and_module() -> None:
    assert (s.Line.__name__, s.Line.__doc__, s.Line.__module__) == ("Line", "A line.", s.__name__)


@pytest.mark.parametrize(
    "declare",
    [
        pytest.param(lambda: element("2x", s.LATIN), id="not a name of XML"),
        pytest.param(lambda: element("x", int), id="neither a simple type nor a record"),
        pytest.param(lambda: attribute("x", s.LATIN, default="a"), id="a default that is not fixed"),
        pytest.param(
            lambda: wire("T")(type("T", (), {"a": element("A", s.LATIN), "b": element("A", s.LATIN)})),
            id="a tag twice",
        ),
        pytest.param(lambda: wire("T")(type("T", (), {"a b": element("A", s.LATIN)})), id="no name of Python"),
        pytest.param(
            lambda: wire("T")(type("T", (), {"_a": element("A", s.LATIN)})), id="an underscore before the name"
        ),
        pytest.param(lambda: wire("T")(type("T", (), {"class": element("A", s.LATIN)})), id="a keyword"),
        pytest.param(lambda: wire("T", choice=(("b",),))(type("T", (), {})), id="a choice of nothing"),
        pytest.param(
            lambda: wire("T", choice=(("a",),))(type("T", (), {"a": element("A", s.LATIN)})),
            id="a required element in a choice",
        ),
    ],
)
def test_contradictions_are_refused(declare: Any) -> None:
    with pytest.raises(InvalidValueError):
        declare()


def test_a_schema_knows_its_types_each_once() -> None:
    assert [shape.name for shape in s.SCHEMA.shapes] == ["OrderType", "NameType", "LineType", "ExtraType"]
    names = [kind.name for kind in s.SCHEMA.simple_types]
    assert names[:3] == ["Code", "Basic", "NewDay"]
    assert names[-1] == "Never"
    assert len(names) == len(set(names))
    assert s.SCHEMA.foreigners == (s.SEAL,)


def test_a_schema_knows_its_documents() -> None:
    assert s.SCHEMA.root_of(s.order()) == "Order"
    with pytest.raises(InvalidValueError, match=r"a Line is no document of Orders 1\.0; give one of Order"):
        s.SCHEMA.root_of(s.line())


def test_required_foreign_elements() -> None:
    foreign = Foreign(namespace="n", tag="T", prefix="t", location="l")

    @wire("WithSeal")
    class WithSeal:
        seal: Any = opaque(foreign)

    schema = Schema(name="n", namespace="n", prefix="p", version="1", roots={"R": WithSeal})
    assert [field.required for field in schema.shapes[0].elements] == [True]  # type: ignore[union-attr]
