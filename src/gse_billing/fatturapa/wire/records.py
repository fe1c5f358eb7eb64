"""The base of every declared class: equality by value, a short representation, and what reading remembered.

A record has two hidden slots. ``_mark`` says whether the record and all below it were checked; a changed copy starts
unchecked. ``_spelled`` holds the odd but legal spellings that were read (``007.00``, a date with a zone): a changed
copy keeps them, and the writer uses one only while the field still has the value it spells.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import frozen

if TYPE_CHECKING:
    from gse_billing.fatturapa.wire.shapes import Shape

__all__ = ["CHECKED", "PLAIN", "UNCHECKED", "Record", "Spelling", "Spellings"]

UNCHECKED = 0
"""Nothing is known of the record."""
CHECKED = 1
"""The record and all below it fulfil the schema; some text of its own needs the careful writer."""
PLAIN = 2
"""Checked, and ``str`` of each value of its own is the text that is written."""


@frozen
class Spelling:
    """How one element was spelled when that is not how it would be written.

    Attributes:
        text: the text as it stood, or ``None`` for the canonical one.
        attributes: attributes of XML Schema instance (``xsi:type``, ``xsi:schemaLocation``), name in Clark form.
    """

    text: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()


Spellings = Mapping[tuple[str, int], Spelling]
"""Spellings by Python name of the field and index among its siblings; the record itself is ``("", 0)``."""


class Record:
    """A value declared with :func:`gse_billing.fatturapa.wire.wire`."""

    __slots__ = ()
    __wire__: ClassVar[Shape]

    if TYPE_CHECKING:
        _mark: int
        _spelled: Spellings | None

        def __init__(self, **fields: object) -> None: ...

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__wire__.names)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self.__wire__.names)))

    def __repr__(self) -> str:
        given = ((name, getattr(self, name)) for name in self.__wire__.names)
        inside = ", ".join(f"{name}={value!r}" for name, value in given if value not in (None, ()))
        return f"{type(self).__name__}({inside})"
