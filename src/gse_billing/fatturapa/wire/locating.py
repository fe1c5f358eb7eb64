"""From the path of a finding back to the file: on which line, and before or behind which other finding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from lxml import etree

from gse_billing.fatturapa.wire.parsing import Unreadable, line_of, parsed
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.shapes import ElementField, shape_of

__all__ = ["lines_of", "order_of"]

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
    if isinstance(tree, Unreadable):
        return {}
    known: dict[tuple[etree._Element, str], list[etree._Element]] = {}

    def line(path: str) -> int | None:
        element = tree
        for name, index in _steps(path):
            below = known.get((element, name))
            if below is None:
                below = known[element, name] = element.findall(name) if name[0] != "@" else []
            if index >= len(below):
                break
            element = below[index]
        return line_of(element)

    return {path: line(path) for path in paths}


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
