"""The explaining reader of dicts: nested dicts to a record, with every defect and its place.

It walks the declarations, goes on after a defect and repairs nothing, like the explaining reader of trees. It never
goes deeper than the schema does, and shows nothing of a value that it has no use for.
"""

# ruff: noqa: ANN401 - JSON holds anything

from __future__ import annotations

from typing import Any

from attrs import Factory, define, frozen

from gse_billing.core.errors import InvalidDocumentError
from gse_billing.core.findings import Finding, Report
from gse_billing.core.values import evolve
from gse_billing.fatturapa.wire.checking import cardinality_flaw, choice_flaw, missing_in_branch
from gse_billing.fatturapa.wire.explaining import MOST_FINDINGS, TooManyFindingsError
from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.foreign import opaque_flaw
from gse_billing.fatturapa.wire.json_values import leaf_from, wrong_type
from gse_billing.fatturapa.wire.naming import Field, Names, has_to_stand, is_tolerated, key_of
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.records import Record
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, Opaque, OpaqueField, Shape, shape_of
from gse_billing.fatturapa.wire.simple import shown

__all__ = ["explained_dict"]

_LONGEST_KEY = 60
_SHOWN_KEYS = 5
_OF_JSON = frozenset({"float", "null", "other-names", "root-key", "unknown-key", "wrong-type"})
"""Flaws that only JSON can have."""


def explained_dict(fields: object, schemas: tuple[Schema, ...], names: Names) -> Record:
    """The document of one of the schemas that nested dicts hold, however slowly.

    Args:
        fields: one key, the name of a root, with everything below it.
        schemas: those whose roots are looked for.
        names: the style of the keys below the root.

    Raises:
        InvalidDocumentError: they hold none; the report has every defect.
    """
    walk = _Walk(names)
    record = None
    try:
        record = _root(fields, schemas, walk)
    except TooManyFindingsError:
        flaw = Flaw("too-many-findings", str(MOST_FINDINGS))
        walk.findings.append(Place.root(schemas[0], next(iter(schemas[0].roots))).finding(flaw))
    if record is None:
        raise InvalidDocumentError(Report(walk.findings))
    return record


def _root(fields: Any, schemas: tuple[Schema, ...], walk: _Walk) -> Record | None:
    nowhere = _Spot(Place(schemas[0], None, "JSON", ""), "")
    flaw = wrong_type(fields, "object")
    if flaw:
        walk.flaw(flaw, nowhere)
        return None
    for schema in schemas:
        for tag, cls in schema.roots.items():
            if len(fields) == 1 and tag in fields:
                return walk.record(fields[tag], cls, _Spot(Place.root(schema, tag), f"/{tag}"))
    expected = ", ".join(tag for schema in schemas for tag in schema.roots)
    found = ", ".join(_text_of(key) for _, key in zip(range(_SHOWN_KEYS), fields, strict=False))
    walk.flaw(Flaw("root-key", expected, shown(found)), nowhere)
    return None


def _text_of(key: object) -> str:
    """A key for people: not every key of a dict is a text, and some are endless."""
    if not isinstance(key, str):
        return f"<{type(key).__name__}>"
    return key if len(key) <= _LONGEST_KEY else f"{key[:_LONGEST_KEY]}…"


@frozen(eq=False)
class _Spot:
    """Where a value stands: in the document, and in the dict as a JSON pointer (RFC 6901)."""

    place: Place
    pointer: str

    def at(self, field: Field, key: str) -> _Spot:
        """The value of a field."""
        place = self.place.attribute(field) if isinstance(field, AttributeField) else self.place.child(field)
        return _Spot(place, f"{self.pointer}/{key}")

    def item(self, above: _Spot, field: ElementField, index: int) -> _Spot:
        """One of the values of a field that has many; ``above`` is the record."""
        return _Spot(above.place.child(field, index), f"{self.pointer}/{index}")

    def stranger(self, key: object) -> _Spot:
        """The value of a key that is not known."""
        text = _text_of(key)
        return _Spot(self.place.stranger(text, 0), f"{self.pointer}/{text.replace('~', '~0').replace('/', '~1')}")


@define(eq=False)
class _Walk:
    """The work on one document."""

    names: Names
    findings: list[Finding] = Factory(list)
    errors: int = 0

    def add(self, finding: Finding, pointer: str) -> None:
        """Note a defect."""
        if len(self.findings) >= MOST_FINDINGS:
            raise TooManyFindingsError
        self.errors += finding.severity.value == "error"
        self.findings.append(evolve(finding, parameters={**finding.parameters, "pointer": pointer}))

    def flaw(self, flaw: Flaw, spot: _Spot) -> None:
        """Note an error."""
        finding = spot.place.finding(flaw)
        self.add(evolve(finding, code=f"json:{flaw.kind}") if flaw.kind in _OF_JSON else finding, spot.pointer)

    def record(self, given: Any, cls: type[Any], spot: _Spot) -> Record | None:
        """The record that a dict holds, or ``None`` when it has an error."""
        before = self.errors
        flaw = wrong_type(given, "object")
        if flaw:
            self.flaw(flaw, spot)
            return None
        shape = shape_of(cls)
        self.strangers(given, shape, spot)
        self.choice(given, shape, spot)
        values: dict[str, Any] = {}
        for field in (*shape.attributes, *shape.elements):
            key = key_of(field, self.names)
            if key in given:
                values[field.name] = self.value(given[key], field, spot, spot.at(field, key))
            elif has_to_stand(field):
                values[field.name] = None
                self.missing(field, spot.at(field, key))
        return None if self.errors > before else cls(**values)

    def strangers(self, given: dict[Any, Any], shape: Shape, spot: _Spot) -> None:
        """Name the keys that are not known."""
        fields = (*shape.attributes, *shape.elements)
        known = [key_of(field, self.names) for field in fields]
        if given.keys() <= set(known):
            return
        other: Names = "python" if self.names == "official" else "official"
        others = {key_of(field, other) for field in fields}
        for key in given:
            if key not in known:
                flaw = Flaw("other-names", other) if key in others else Flaw("unknown-key", ", ".join(known))
                self.flaw(flaw, spot.stranger(key))

    def choice(self, given: dict[Any, Any], shape: Shape, spot: _Spot) -> None:
        """Name what is wrong with the choice between elements."""
        taken = [
            field.name for field in shape.elements if field.branch is not None and key_of(field, self.names) in given
        ]
        flaw = choice_flaw(shape, taken)
        if flaw:
            self.flaw(flaw, spot)
        elif taken:
            for field in missing_in_branch(shape, taken):
                self.missing(field, spot.at(field, key_of(field, self.names)))

    def missing(self, field: Field, spot: _Spot) -> None:
        """Say that a key must be there; a warning where the standard's own files lack the element."""
        self.add(spot.place.missing(tolerated=is_tolerated(field)), spot.pointer)

    def value(self, given: Any, field: Field, above: _Spot, spot: _Spot) -> Any:
        """The value of a field."""
        if not isinstance(field, ElementField) or not field.many:
            return self.item(given, field, spot)
        flaw = wrong_type(given, "array")
        if flaw:
            self.flaw(flaw, spot)
            return None
        flaw = cardinality_flaw(len(given), field)
        if flaw:
            self.flaw(flaw, spot)
        return tuple(self.item(each, field, spot.item(above, field, index)) for index, each in enumerate(given))

    def item(self, given: object, field: Field, spot: _Spot) -> Any:
        """One value."""
        if isinstance(field, ElementField) and field.record is not None:
            return self.record(given, field.record, spot)
        value = _opaque(given, field) if isinstance(field, OpaqueField) else _leaf(given, field)
        if isinstance(value, Flaw):
            self.flaw(value, spot)
        return value


def _opaque(given: object, field: OpaqueField) -> Opaque | Flaw:
    flaw = wrong_type(given, "string") or opaque_flaw(Opaque(str(given)), field.foreign)
    return flaw or Opaque(str(given))


def _leaf(given: object, field: AttributeField | ElementField) -> Any:
    value = leaf_from(given, field.kind)  # type: ignore[arg-type]
    if isinstance(value, Flaw) or not isinstance(field, AttributeField) or field.fixed is None:
        return value
    found = field.kind.spell(value)
    return value if found == field.fixed else Flaw("fixed", field.fixed, shown(found))
