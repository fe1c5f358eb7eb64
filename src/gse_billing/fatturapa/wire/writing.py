"""A document to bytes: canonical namespaces and order, UTF-8, the same bytes every time."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import cast

from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.wire.checking import require_sound
from gse_billing.fatturapa.wire.encoding import TooLongError, attributes_text, encoder_of
from gse_billing.fatturapa.wire.instance import instance_attributes
from gse_billing.fatturapa.wire.leaves import quoted
from gse_billing.fatturapa.wire.pieces import in_pieces
from gse_billing.fatturapa.wire.records import Record
from gse_billing.fatturapa.wire.schema import Schema

__all__ = ["written"]


def written(document: object, schema: Schema, *, stylesheet: str | None = None) -> bytes:
    """The document as the schema has it.

    Args:
        document: a root of the schema.
        schema: to which it belongs.
        stylesheet: the address of an XSL stylesheet for browsers, written as ``xml-stylesheet``.

    Raises:
        InvalidDocumentError: the document breaks the schema; the report says how.
        InvalidValueError: a value is not of the declared class, or the stylesheet is no address.
    """
    tag = require_sound(document, schema)
    record = cast("Record", document)
    opening, closing = _tags(schema, tag)
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{_instruction(stylesheet)}'
        f"{opening}{attributes_text(record)}{_instance(record)}>"
    )
    try:
        inside = encoder_of(type(record))(record)
    except TooLongError:
        return _in_pieces(head, record, closing)
    return f"{head}{inside}{closing}\n".encode()


def _in_pieces(head: str, record: Record, closing: str) -> bytes:
    """The bytes of a long document, of which there is never a second copy."""
    file = BytesIO()

    def put(text: str) -> None:
        file.write(text.encode())

    put(head)
    in_pieces(record, put)
    put(f"{closing}\n")
    return file.getvalue()


@cache
def _tags(schema: Schema, tag: str) -> tuple[str, str]:
    """The tags of a root, the first without its attributes and its end."""
    name = f"{schema.prefix}:{tag}"
    return f"<{name} xmlns:{schema.prefix}={quoted(schema.namespace)}", f"</{name}>"


def _instance(record: Record) -> str:
    """The attributes of XML Schema instance of a root."""
    spelling = record._spelled.get(("", 0)) if record._spelled else None
    return instance_attributes(spelling) if spelling else ""


def _instruction(stylesheet: object) -> str:
    if stylesheet is None:
        return ""
    if not isinstance(stylesheet, str) or "?>" in stylesheet or not stylesheet.isprintable():
        raise InvalidValueError(
            f"{stylesheet!r} is no address of a stylesheet", value=stylesheet, remedy="give a plain URL or path"
        )
    return f'<?xml-stylesheet type="text/xsl" href={quoted(stylesheet)}?>\n'
