"""Differences planted in a schema file, one of each kind, so that a comparison can be shown to see them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

from lxml import etree

from tests.conformance.fatturapa.components import XS

# an element of any kind; its parent is known to be there
Plant = Callable[[Any], object]

NOT_STATED: Mapping[str, Sequence[str]] = {
    "element": ("minOccurs", "maxOccurs", "default", "fixed", "nillable"),
    "attribute": ("use", "fixed", "default"),
    "sequence": ("minOccurs", "maxOccurs"),
    "choice": ("minOccurs", "maxOccurs"),
    "complexType": ("mixed", "abstract"),
}
_SILENT = (f"{XS}annotation", f"{XS}documentation")


def planted(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The schema with one difference, for each kind of component and each thing that one says, and what it is."""
    top = etree.fromstring(data)
    seen = set[str]()
    for part in top.iter(f"{XS}*"):
        for name, plant in _plants(part) if part.tag not in _SILENT else ():
            if name not in seen:
                seen.add(name)
                yield name, _with_difference(top, part, plant)


def _plants(part: etree._Element) -> Iterator[tuple[str, Plant]]:
    """What can be changed in a component."""
    kind, parent, following = etree.QName(part).localname, part.getparent(), part.getnext()
    above = "" if parent is None else etree.QName(parent).localname
    where = f"{above} {kind}".strip()
    for attribute in map(str, part.keys()):
        yield f"{where} @{attribute} changed", _stating(attribute, f"{part.get(attribute)}0")
    for attribute in NOT_STATED.get(kind, ()):
        if part.get(attribute) is None:
            yield f"{where} @{attribute} added", _stating(attribute, "7")
    if above:
        yield f"{where} removed", lambda it: it.getparent().remove(it)
        yield f"{where} added", _adding
    if above in ("sequence", "choice") and following is not None:
        yield f"{where} behind {etree.QName(following).localname}", lambda it: it.getnext().addnext(it)


def _stating(attribute: str, text: str) -> Plant:
    return lambda it: it.set(attribute, text)


def _adding(part: etree._Element) -> None:
    twin = copy.deepcopy(part)
    for name in ("name", "namespace"):
        if twin.get(name):
            twin.set(name, f"{twin.get(name)}2")
    part.addnext(twin)


def _with_difference(top: etree._Element, part: etree._Element, plant: Plant) -> bytes:
    path = top.getroottree().getpath(part)
    twin = copy.deepcopy(top)
    (found,) = cast("list[etree._Element]", twin.xpath(path, namespaces={"xs": XS[1:-1]}))
    plant(found)
    return etree.tostring(twin)
