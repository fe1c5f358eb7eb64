"""Documents that together hold every element and every code of a format, the same at every call.

They are legal for the schema and make no sense beyond it: amounts do not add up, codes do not fit each other.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Literal, cast

from attrs import Factory, define

from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA, Document
from gse_billing.fatturapa.wire import Enumeration, Opaque, Schema, SimpleType
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, OpaqueField, shape_of

__all__ = ["SIGNATURE", "specimens"]

_SCHEMAS = {"ordinaria": ORDINARIA, "semplificata": SEMPLIFICATA}
_COUNT = 36

SIGNATURE = Opaque(
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="s1"><ds:SignedInfo>'
    '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>'
    '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>'
    '<ds:Reference URI=""><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
    "<ds:DigestValue>AAAA</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    "<ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>"
)
"""An element of the schema of signatures, as short as that admits; it signs nothing."""

# Each type takes those of the candidates that its facets admit.
_CANDIDATES: Sequence[object] = (
    *("IT", "RM", "FR", "DE", "EUR", "USD", "EXW", "00197", "20121", "0000000", "A4707H7", "UF1A2B", "AB12CD"),
    *("00488410010", "RSSMRA80A01H501U", "IT00488410010123", "IT60X0542811101000000123456", "BCITITMM", "BCITITMMXXX"),
    *("fatture@pec.example.it", "a.b+c@[10.0.0.1]", "Dott.", "Prof. Ing.", "92/B", "06 80111", "+390680111", "kWh"),
    *("Città di Forlì & figli <S.r.l.>", 'L\'"Aquila" 100 %', "x", "~!{}|^`", "N° 5 ± ½ µ ÿ"),
    *("y" * 10, "z" * 15, "w" * 20, "à" * 60, "ß" * 80, "þ" * 100, "ö" * 200, "n" * 1000, "€ 10 – “ok” 😀"),
    *(Decimal(text) for text in ("0.00", "22.00", "100.00", "4.5", "-1.00", "99999999999.99", "0.00000010", "7.125")),
    *(1, 2, 10, 999, 9999, 0),
    *(dt.date(1970, 1, 1), dt.date(2024, 2, 29), dt.date(2026, 12, 31), dt.date(9999, 12, 31)),
    *(dt.datetime(2026, 11, 22, 10, 30), dt.datetime(2026, 3, 29, 1, 30, 0, 500_000, dt.UTC)),  # noqa: DTZ001
    *(b"", b"%PDF-1.7\n\x00\xff", bytes(range(256))),
)


def specimens(kind: Literal["ordinaria", "semplificata"] = "ordinaria") -> tuple[Document, ...]:
    """Legal documents that together hold every element, every branch of every choice and every code.

    The first has no optional element at all, the second has every one, the others have more or fewer.

    >>> len(specimens()), specimens()[0] == specimens()[0]
    (36, True)
    """
    return cast("tuple[Document, ...]", _specimens(_SCHEMAS[kind]))


@cache
def _specimens(schema: Schema) -> tuple[object, ...]:
    maker = _Maker()
    (root,) = schema.roots.values()
    return tuple(maker.record(root, _plan(index)) for index in range(_COUNT))


def _plan(index: int) -> Callable[[int], bool]:
    """Which optional elements a document has, by a running number."""
    if index < 2:
        return lambda _: bool(index)
    return lambda running: running % (index // 2 + 1) != 0


@cache
def _pool(kind: SimpleType[Any]) -> tuple[object, ...]:
    """The values that a type takes in turn."""
    if isinstance(kind, Enumeration):
        return tuple(kind.by_code.values())
    return tuple(each for each in _CANDIDATES if kind.accepts(each) and kind.flaw(each) is None)


@define
class _Maker:
    """Hands out the values of each type in turn, over all documents."""

    turns: Counter[object] = Factory(Counter)

    def turn(self, key: object, choices: Sequence[Any]) -> Any:  # noqa: ANN401 - the choices of any type
        """The next of some choices."""
        self.turns[key] += 1
        return choices[self.turns[key] % len(choices)]

    def record(self, cls: type[Any], wanted: Callable[[int], bool]) -> object:
        """A record of that class."""
        shape = shape_of(cls)
        branch = self.turn((cls, "branch"), range(len(shape.branches))) if shape.branches else None
        values: dict[str, object] = {}
        for field in (*shape.attributes, *shape.elements):
            self.turns["running"] += 1
            if self.present(field, branch) or (_optional(field) and wanted(self.turns["running"])):
                values[field.name] = self.value(field, wanted)
        return cls(**values)

    def present(self, field: AttributeField | ElementField | OpaqueField, branch: int | None) -> bool:
        """Whether a field must be there."""
        if isinstance(field, ElementField):
            return field.minimum > 0 if field.branch is None else field.branch == branch
        return field.required

    def value(self, field: AttributeField | ElementField | OpaqueField, wanted: Callable[[int], bool]) -> object:
        """A value for a field."""
        if isinstance(field, OpaqueField):
            return SIGNATURE
        if isinstance(field, AttributeField):
            return self.turn(field.kind, _pool(field.kind))
        if field.many:
            return tuple(self.item(field, wanted) for _ in range(self.turn(field, (1, 2))))
        return self.item(field, wanted)

    def item(self, field: ElementField, wanted: Callable[[int], bool]) -> object:
        """One element."""
        return (
            self.record(field.record, wanted) if field.record else self.turn(field.kind, _pool(cast("Any", field.kind)))
        )


def _optional(field: AttributeField | ElementField | OpaqueField) -> bool:
    if isinstance(field, ElementField):
        return field.minimum == 0 and field.branch is None
    return not field.required
