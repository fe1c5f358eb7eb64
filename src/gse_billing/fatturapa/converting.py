"""The doors ``fatturapa.to_dict`` and ``fatturapa.from_dict``: documents as what JSON can hold."""

from __future__ import annotations

from typing import Any

from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA, Document
from gse_billing.fatturapa.wire.naming import Names, require_style
from gse_billing.fatturapa.wire.structuring import structured, unstructured
from gse_billing.fatturapa.writing import schema_of

__all__ = ["Names", "from_dict", "to_dict"]


def to_dict(document: Document, *, names: Names = "official") -> dict[str, Any]:
    """The document as nested dicts and lists that ``json.dumps`` takes as they are.

    The one key at the top is the name of the root element, which says the format. Decimals are text with the places
    that the standard asks for, codes are text, days and moments are in ISO form, attached files in base 64, a
    signature is its XML; counts are integers. What is not there has no key. A spelling that was read and is odd but
    legal (``007.00``, a zone behind a day) is not kept: the values are.

    Args:
        document: an ordinary or simplified invoice.
        names: ``official`` keys as the standard writes its elements, or ``python`` keys as the classes name them.

    Raises:
        InvalidDocumentError: the schema refuses the document; ``report`` has every finding.
        InvalidValueError: a value is not of its declared class.
        FloatRefusedError: a float stands where a decimal is declared.
    """
    return unstructured(document, schema_of(document), require_style(names))


def from_dict(fields: object, *, names: Names = "official") -> Document:
    """The document that nested dicts and lists hold: the way back from :func:`to_dict`.

    What the schema refuses is refused, and what JSON alone can have wrong: a key that is not known, ``null``, a float.
    Each finding has the path of the element and, as parameter ``pointer``, the JSON pointer of the place in ``fields``.

    Args:
        fields: what ``json.loads`` gives.
        names: the style of the keys.

    Raises:
        InvalidDocumentError: the dicts hold no document; ``report`` has every finding.
        InvalidValueError: there is no such style.
    """
    document: Document = structured(fields, (ORDINARIA, SEMPLIFICATA), require_style(names))
    return document
