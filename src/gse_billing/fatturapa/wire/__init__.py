"""The machinery of declarations: one line per element, from which reader, writer, checks and schema come.

It knows no element of any standard.
"""

from __future__ import annotations

from gse_billing.fatturapa.wire.declarations import attribute, element, opaque, wire
from gse_billing.fatturapa.wire.moments import DateText, DateTimeText
from gse_billing.fatturapa.wire.numbers import DecimalText, IntegerText
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.shapes import Foreign, Opaque
from gse_billing.fatturapa.wire.simple import SimpleType
from gse_billing.fatturapa.wire.texts import Base64Text, Enumeration, Text

__all__ = [
    "Base64Text",
    "DateText",
    "DateTimeText",
    "DecimalText",
    "Enumeration",
    "Foreign",
    "IntegerText",
    "Opaque",
    "Schema",
    "SimpleType",
    "Text",
    "attribute",
    "element",
    "opaque",
    "wire",
]
