"""Built objects against the schema: every finding, with its place.

The walk remembers on each record that it and all below it are in order, so that a changed copy costs only what is new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any, cast

from gse_billing.core.errors import FloatRefusedError, InvalidDocumentError, InvalidValueError
from gse_billing.core.findings import Finding, Report
from gse_billing.fatturapa.wire.checkers import is_sound
from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.foreign import opaque_flaw
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.records import CHECKED, PLAIN, Record
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, Opaque, OpaqueField, Shape
from gse_billing.fatturapa.wire.simple import SimpleType

__all__ = ["cardinality_flaw", "choice_flaw", "findings_of", "is_plain", "missing_in_branch", "require_sound"]


def findings_of(document: object, schema: Schema) -> Iterator[Finding]:
    """Every way in which a document built in Python breaks its schema, in document order.

    Raises:
        FloatRefusedError: a float stands where a decimal is declared.
        InvalidValueError: a value is not of the declared class, or the object is no document of the schema.
    """
    tag = schema.root_of(document)
    return iter(()) if is_sound(document) else _record(cast("Record", document), Place.root(schema, tag))


def require_sound(document: object, schema: Schema) -> str:
    """The local name of the root of a document that its schema does not refuse.

    Raises:
        InvalidDocumentError: the document breaks the schema; the report says how.
        FloatRefusedError: a float stands where a decimal is declared.
        InvalidValueError: a value is not of the declared class, or the object is no document of the schema.
    """
    tag = schema.root_of(document)
    if not is_sound(document):
        report = Report(findings_of(document, schema))
        if not report.ok:
            raise InvalidDocumentError(report)
    return tag


def _record(record: Record, place: Place) -> Iterator[Finding]:
    if record._mark:
        return
    sound = True
    for finding in _inside(record, record.__wire__, place):
        sound = False
        yield finding
    if sound:
        object.__setattr__(record, "_mark", PLAIN if is_plain(record) else CHECKED)


def _inside(record: Record, shape: Shape, place: Place) -> Iterator[Finding]:
    for attribute in shape.attributes:
        yield from _attribute(getattr(record, attribute.name), attribute, place.attribute(attribute))
    yield from _choice(record, shape, place)
    for field in shape.elements:
        value = getattr(record, field.name)
        if isinstance(field, OpaqueField):
            yield from _opaque(value, field, place.child(field))
        elif field.branch is None or value is not None:
            yield from _element(value, field, place)


def _attribute(value: object, field: AttributeField, place: Place) -> Iterator[Finding]:
    if value is None:
        if field.required:
            yield place.missing(tolerated=field.tolerated)
        return
    flaw = _leaf_flaw(value, field.kind, place)
    if flaw is None and field.fixed not in (None, field.kind.spell(value)):
        flaw = Flaw("fixed", str(field.fixed), field.kind.spell(value))
    if flaw:
        yield place.finding(flaw)


def _opaque(value: object, field: OpaqueField, place: Place) -> Iterator[Finding]:
    if value is None:
        if field.required:
            yield place.missing(tolerated=field.tolerated)
        return
    if not isinstance(value, Opaque):
        raise _wrong_class(value, place, "Opaque")
    flaw = opaque_flaw(value, field.foreign)
    if flaw:
        yield place.finding(flaw)


def _choice(record: Record, shape: Shape, place: Place) -> Iterator[Finding]:
    given = [name for branch in shape.branches for name in branch if getattr(record, name) is not None]
    flaw = choice_flaw(shape, given)
    if flaw:
        yield place.finding(flaw)
    elif given:
        yield from (place.child(field).finding(Flaw("missing")) for field in missing_in_branch(shape, given))


def choice_flaw(shape: Shape, given: Collection[str]) -> Flaw | None:
    """What is wrong with a choice as a whole: no branch or more than one."""
    tags = {field.name: field.tag for field in shape.elements}
    expected = " | ".join(", ".join(tags[name] for name in branch) for branch in shape.branches)
    taken = [branch for branch in shape.branches if not set(branch).isdisjoint(given)]
    if len(taken) > 1:
        return Flaw("choice-both", expected, ", ".join(tags[name] for name in given))
    return Flaw("choice-none", expected) if shape.branches and not taken else None


def missing_in_branch(shape: Shape, given: Collection[str]) -> Iterator[ElementField]:
    """The elements that the branch taken still needs."""
    taken = next(branch for branch in shape.branches if not set(branch).isdisjoint(given))
    for field in shape.elements:
        if isinstance(field, ElementField) and field.name in taken and field.name not in given:
            yield field


def _element(value: object, field: ElementField, place: Place) -> Iterator[Finding]:
    items = _items(value, field, place.child(field))
    flaw = cardinality_flaw(len(items), field)
    if flaw:
        yield place.child(field).finding(flaw)
    for index, item in enumerate(items):
        yield from _item(item, field, place.child(field, index))


def cardinality_flaw(found: int, field: ElementField | OpaqueField) -> Flaw | None:
    """What is wrong with the number of times an element stands."""
    if found < field.minimum:
        return Flaw("missing")
    if field.maximum is not None and found > field.maximum:
        return Flaw("too-many", str(field.maximum), str(found))
    return None


def _items(value: object, field: ElementField, place: Place) -> tuple[object, ...]:
    if not field.many:
        return () if value is None else (value,)
    if not isinstance(value, tuple):
        raise _wrong_class(value, place, "tuple")
    return cast("tuple[object, ...]", value)


def _item(item: object, field: ElementField, place: Place) -> Iterator[Finding]:
    if field.simple is not None:
        flaw = _leaf_flaw(item, field.simple, place)
        if flaw:
            yield place.finding(flaw)
    elif field.record is not None and type(item) is field.record:
        yield from _record(item, place)
    else:
        raise _wrong_class(item, place, getattr(field.kind, "__name__", ""))


def _leaf_flaw(value: Any, kind: SimpleType[Any], place: Place) -> Flaw | None:  # noqa: ANN401 - any leaf
    if not kind.accepts(value):
        raise _wrong_class(value, place, kind.python.__name__)
    return kind.flaw(value)


def _wrong_class(value: object, place: Place, expected: str) -> FloatRefusedError | InvalidValueError:
    if isinstance(value, float):
        return FloatRefusedError(value, meant=place.path)
    return InvalidValueError(
        f"{place.path} is a {type(value).__name__}",
        value=value,
        why=f"the field is declared as {expected}",
        remedy=f"give a {expected}",
    )


def is_plain(record: Record) -> bool:
    """Whether ``str`` of each value of the record itself is the text that is written."""
    if record._spelled:
        return False
    for field in record.__wire__.elements:
        if isinstance(field, ElementField) and field.simple is not None and field.simple.python is Decimal:
            value = getattr(record, field.name)
            figures = value if field.many else (value,)
            if any(figure is not None and str(figure) != field.simple.spell(figure) for figure in figures):
                return False
    return True
