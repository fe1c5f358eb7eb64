"""The door ``fatturapa.write``."""

from __future__ import annotations

from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA, Document
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.writing import written

__all__ = ["schema_of", "write"]


def schema_of(document: object) -> Schema:
    """The schema of a document.

    Raises:
        InvalidValueError: the object is no document of the standard.
    """
    for schema in (ORDINARIA, SEMPLIFICATA):
        if type(document) in schema.tags:
            return schema
    raise InvalidValueError(
        f"a {type(document).__name__} is no document of the standard",
        value=document,
        remedy="give a FatturaElettronica or a FatturaElettronicaSemplificata",
    )


def write(document: Document, *, stylesheet: str | None = None) -> bytes:
    """The document as a file: UTF-8, canonical namespaces and order, the same bytes every time.

    Decimals get the places that the standard asks for; nothing else of a value changes.

    Args:
        document: an ordinary or simplified invoice.
        stylesheet: the address of an XSL stylesheet that browsers show the file with.

    Raises:
        InvalidDocumentError: the schema refuses the document; ``report`` has every finding.
        InvalidValueError: a value is not of its declared class.
        FloatRefusedError: a float stands where a decimal is declared.
    """
    return written(document, schema_of(document), stylesheet=stylesheet)
