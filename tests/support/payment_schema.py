"""The ISO schema of pain.001.001.09 as judge; it comes with sepaxml, which the extra ``sepa`` installs."""

from __future__ import annotations

import functools
from importlib.resources import files

from lxml import etree

TAG = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"


@functools.cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(files("sepaxml").joinpath("schemas/pain.001.001.09.xsd").read_bytes()))


def defects_of(data: bytes) -> list[str]:
    """What the schema finds wrong with a message; nothing when it is valid."""
    schema = _schema()
    if schema.validate(etree.fromstring(data)):
        return []
    return [f"line {entry.line}: {entry.message}" for entry in schema.error_log]  # type: ignore[attr-defined]


def texts(data: bytes, tag: str) -> list[str]:
    """The texts of the elements of that name, in order."""
    return [element.text or "" for element in etree.fromstring(data).iter(TAG + tag)]
