"""The text of one leaf, escaped, with its odd spelling where it has one."""

from __future__ import annotations

from typing import Any

from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.records import Spelling
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField
from gse_billing.fatturapa.wire.simple import SimpleType

__all__ = ["escaped", "leaf_text", "leaf_value", "quoted"]

_PLAIN = Spelling()


def escaped(text: str) -> str:
    """A text between tags; a carriage return would come back as a line feed."""
    # of str itself: a class derived from it, as those of templates are, may replace in its own way
    return str.replace(text, "&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def quoted(text: str) -> str:
    """A text as the value of an attribute, quotation marks included; blanks other than the space are escaped."""
    if text.isalnum():
        return f'"{text}"'
    inside = escaped(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
    return f'"{inside}"'


def leaf_value(field: ElementField | AttributeField, text: str) -> Any:  # noqa: ANN401 - any leaf, or its Flaw
    """The value that a text stands for in that place, or what is wrong with it."""
    kind: SimpleType[Any] = field.kind  # type: ignore[assignment]
    if not text and isinstance(field, ElementField) and field.schema_default is not None:
        return field.schema_default
    return kind.parse(text)


def leaf_text(field: ElementField | AttributeField, value: object, spelling: Spelling = _PLAIN) -> str:
    """The text for a value: as it was spelled while that still says the same value, else the canonical one."""
    kind: SimpleType[Any] = field.kind  # type: ignore[assignment]
    canonical = kind.spell(value)
    if spelling.text is None:
        return canonical
    meant = leaf_value(field, spelling.text)
    same = not isinstance(meant, Flaw) and kind.spell(meant) == canonical
    return spelling.text if same else canonical
