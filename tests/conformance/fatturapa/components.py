"""A schema file taken apart, so that two of them can be compared component by component."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"
_TYPED = {"type", "base", "ref"}
_DEFAULTS = {
    "element": {"minOccurs": "1", "maxOccurs": "1"},
    "attribute": {"use": "optional"},
    "sequence": {"minOccurs": "1", "maxOccurs": "1"},
    "choice": {"minOccurs": "1", "maxOccurs": "1"},
}

Component = tuple[Any, ...]


def components(data: bytes) -> Mapping[str, Component]:
    """Every component of a schema by kind and name: what it says, without layout, prefixes and annotations.

    The order counts in sequences and choices and does not count among facets and among attributes.
    """
    top = etree.fromstring(data)
    found: dict[str, Component] = {f"schema {name!s}": (text,) for name, text in top.items()}
    for part in top.iterchildren(f"{XS}*"):
        name = str(part.get("name") or part.get("namespace"))
        found[f"{etree.QName(part).localname} {name}"] = _said(part)
    return {key: value for key, value in found.items() if not key.startswith("annotation ")}


def differences(ours: Mapping[str, Component], theirs: Mapping[str, Component]) -> list[str]:
    """The components that are in one only, or differ."""
    return [
        f"{key}: {ours.get(key)} instead of {theirs.get(key)}"
        for key in sorted({*ours, *theirs})
        if ours.get(key) != theirs.get(key)
    ]


def types_declared_and_never_used(data: bytes) -> set[str]:
    """The names of the types that no element, attribute or other type of the file names."""
    top = etree.fromstring(data)
    declared = {str(part.get("name")) for part in top if part.tag in (f"{XS}simpleType", f"{XS}complexType")}
    used = {str(part.get(name)).rpartition(":")[2] for part in top.iter(f"{XS}*") for name in _TYPED if part.get(name)}
    return declared - used


def _said(part: etree._Element) -> Component:
    kind = etree.QName(part).localname
    stated = {str(name): _resolved(part, str(name), str(text)) for name, text in part.items()}
    attributes = tuple(sorted({**_DEFAULTS.get(kind, {}), **stated}.items()))
    children = [_said(child) for child in part.iterchildren(f"{XS}*") if child.tag != f"{XS}annotation"]
    if kind in ("restriction", "complexType"):
        children.sort()
    return (kind, attributes, tuple(children))


def _resolved(part: etree._Element, name: str, text: str) -> str:
    """A name of a type with its namespace instead of its prefix."""
    if name not in _TYPED:
        return text
    prefix, colon, local = text.rpartition(":")
    return f"{{{part.nsmap.get(prefix if colon else None)}}}{local}"
