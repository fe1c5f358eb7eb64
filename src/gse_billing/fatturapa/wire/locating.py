"""From the path of a finding back to the file: on which line, and before or behind which other finding."""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable
from functools import cache
from xml.parsers import expat

from lxml import etree

from gse_billing.fatturapa.wire.parsing import Unreadable, line_of, parsed
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.shapes import ElementField, shape_of

__all__ = ["lines_in", "lines_of", "order_of"]

_STEP = re.compile(r"([^\[]+)(?:\[([0-9]+)\])?")


@cache
def _step(text: str) -> tuple[str, int]:
    """Name and index (from 0) of one step of a path."""
    name, index = _STEP.fullmatch(text).groups()  # type: ignore[union-attr]  # any text without a slash matches
    return name, int(index or 1) - 1


def _steps(path: str) -> list[tuple[str, int]]:
    """The steps below the root."""
    return [_step(each) for each in path.split("/")[2:]]


def lines_of(data: bytes, paths: Iterable[str]) -> dict[str, int | None]:
    """The line on which the element of each path begins; of what is missing, that of the element around it.

    Args:
        data: a document that was read before.
        paths: as findings carry them.
    """
    tree = parsed(data)
    return {} if isinstance(tree, Unreadable) else lines_in(tree, data, paths)


def lines_in(tree: etree._Element, data: bytes, paths: Iterable[str]) -> dict[str, int | None]:
    """The same when the tree is there already."""
    known: dict[tuple[etree._Element, str], list[etree._Element]] = {}

    def element(path: str) -> etree._Element:
        found = tree
        for name, index in _steps(path):
            below = known.get((found, name))
            if below is None:
                below = known[found, name] = found.findall(f"{{*}}{name}") if name[0] != "@" else []
            if index >= len(below):
                break
            found = below[index]
        return found

    elements = {path: element(path) for path in paths}
    lines = {found: line_of(found) for found in elements.values()}
    late = [found for found, line in lines.items() if line is None]
    if late:
        lines.update(_counted(tree, data, late))
    return {path: lines[found] for path, found in elements.items()}


def _counted(tree: etree._Element, data: bytes, wanted: Collection[etree._Element]) -> dict[etree._Element, int]:
    """The lines that libxml2 does not count, by another parser: the n-th element of the one is that of the other."""
    starts = array("L")
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda *_: starts.append(parser.CurrentLineNumber)
    try:
        parser.Parse(data, True)  # noqa: FBT003 - the whole of it
    except (expat.ExpatError, LookupError, ValueError):  # an encoding that only libxml2 knows
        return {}
    asked = set(wanted)
    return {each: line for each, line in zip(tree.iter(), starts, strict=False) if each in asked}


def order_of(schema: Schema, path: str) -> tuple[int, ...]:
    """What paths sort by, so that findings stand in the order of the document."""
    found: list[int] = []
    fields = shape_of(next(iter(schema.roots.values()))).by_tag
    for name, index in _steps(path):
        position, field = fields.get(name, (len(fields) if name[0] != "@" else -1, None))
        found += (position, index)
        below = field.record if isinstance(field, ElementField) else None
        fields = shape_of(below).by_tag if below else {}
    return tuple(found)
