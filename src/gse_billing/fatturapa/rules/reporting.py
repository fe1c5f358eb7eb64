"""From what a rule found to a finding with its place and its words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import cast

from gse_billing.core.findings import Finding, Severity
from gse_billing.fatturapa.catalogue import advice_codes, sdi_code
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.shapes import ElementField, shape_of

__all__ = ["Step", "advised", "place_of", "reported"]

Step = str | int
"""A step from a record down: the Python name of a field, or the index (from 0) in the tuple before it."""


@cache
def _root(schema: Schema) -> tuple[Place, type]:
    ((tag, cls),) = schema.roots.items()
    return Place.root(schema, tag), cls


def place_of(schema: Schema, *steps: Step) -> Place:
    """The place in a document that the steps lead to; a tuple without an index means its first element."""
    place, cls = _root(schema)
    fields = {each.name: each for each in shape_of(cls).elements}
    for position, step in enumerate(steps):
        if isinstance(step, int):
            continue
        field = cast("ElementField", fields[step])
        following = steps[position + 1] if position + 1 < len(steps) else 0
        place = place.child(field, following if isinstance(following, int) else 0)
        fields = {each.name: each for each in shape_of(field.record).elements} if field.record else {}
    return place


def reported(
    code: str,
    place: Place | None = None,
    *,
    expected: object = "",
    actual: object = "",
    hint: str = "",
    severity: Severity = Severity.ERROR,
) -> Finding:
    """The finding of a code of SDI.

    Args:
        code: five digits.
        place: where; ``None`` for the file as a whole.
        expected: what the rule asks for.
        actual: what was found.
        hint: in place of that of the catalogue.
        severity: a warning where the official texts disagree.
    """
    entry = sdi_code(code)
    texts = (entry.italian, entry.english, hint or entry.hint)
    return _finding(f"sdi:{code}", severity, texts, place, expected=str(expected), actual=str(actual))


def advised(
    code: str, place: Place | None = None, *, expected: object = "", actual: object = "", hint: str = ""
) -> Finding:
    """The finding of a piece of advice; arguments as in :func:`reported`."""
    entry = advice_codes()[code]
    texts = (entry.italian, entry.english, hint or entry.hint)
    return _finding(f"advice:{code}", entry.severity, texts, place, expected=str(expected), actual=str(actual))


def _finding(code: str, severity: Severity, texts: tuple[str, str, str], place: Place | None, **facts: str) -> Finding:
    italian, english, hint = (_filled(text, facts) for text in texts)
    return Finding(
        code=code,
        message_it=italian,
        message_en=english,
        severity=severity,
        path=place.path if place else "",
        element=place.number if place else "",
        hint=hint,
        parameters={name: text for name, text in facts.items() if text},
    )


def _filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with its facts; a hint made by a rule may hold braces of its own."""
    for name, fact in facts.items():
        text = text.replace(f"{{{name}}}", fact)
    return text
