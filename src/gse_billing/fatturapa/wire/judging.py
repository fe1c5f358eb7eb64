"""The schema as an object of the library xmlschema: its own decoding, its own explanations, a second judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gse_billing.fatturapa.wire.emission import emitted
from gse_billing.fatturapa.wire.schema import Schema

if TYPE_CHECKING:
    # named again, so that others can name it without importing xmlschema themselves
    from xmlschema import XMLSchema as XMLSchema  # noqa: PLC0414 - how a name is given on

__all__ = ["judge_of"]


def judge_of(schema: Schema) -> XMLSchema:
    """The emitted schema, built by xmlschema.

    Nothing is fetched: xmlschema carries the schema of signatures, and looks for others on this machine only.
    """
    import xmlschema  # noqa: PLC0415 - it takes half a second to load

    text = emitted(schema).decode()
    return xmlschema.XMLSchema(text[text.index("?>") + 2 :], allow="local")
