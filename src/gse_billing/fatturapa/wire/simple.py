"""Simple types: how the text of a leaf becomes a Python value and back, and which facets bind it.

A simple type is a value. It is declared once and feeds the typed field, the reader, the writer, the checks and the
schema. A type without a name of its own is a built-in one: ``DateText("xs:date")``.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Generic, TypeVar

from attrs import frozen

from gse_billing.fatturapa.wire.flaws import Flaw

__all__ = ["SimpleType", "collapsed", "shown", "stated"]

Value = TypeVar("Value")

_LONGEST_SHOWN = 60
_BLANKS = re.compile(r"[\t\n\r]")
_RUN = re.compile(" {2,}")


def shown(text: str) -> str:
    """A text as a message shows it: quoted, and cut when it is long."""
    return repr(text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…")


def replaced(text: str) -> str:
    """The text as ``whiteSpace="replace"`` has it: tabs and line ends are blanks."""
    return _BLANKS.sub(" ", text)


def collapsed(text: str) -> str:
    """The text as ``whiteSpace="collapse"`` has it: only the four blanks of XML count."""
    return _RUN.sub(" ", replaced(text)).strip(" ")


def stated(**facets: object) -> Iterator[tuple[str, str]]:
    """The facets that have a value, in the order given."""
    return ((name, str(facet)) for name, facet in facets.items() if facet is not None)


@frozen(eq=False)
class SimpleType(ABC, Generic[Value]):
    """A simple type of a schema.

    Attributes:
        name: the name in the schema, or the built-in type itself (``xs:date``).
    """

    name: str

    @property
    def is_builtin(self) -> bool:
        """Whether the type is one of XML Schema itself, which a schema need not define."""
        return self.name.startswith("xs:")

    @property
    @abstractmethod
    def restricts(self) -> str:
        """The built-in type it restricts, ``xs:decimal``."""

    @property
    @abstractmethod
    def python(self) -> type:
        """The class of the values."""

    @abstractmethod
    def facets(self) -> Iterator[tuple[str, str]]:
        """Name and value of each facet, in the order in which the schema is written."""

    @abstractmethod
    def parse(self, text: str) -> Value | Flaw:
        """The value that the text of an element stands for, or what is wrong with the text."""

    @abstractmethod
    def spell(self, value: Value) -> str:
        """The canonical text of a value."""

    def accepts(self, value: object) -> bool:
        """Whether the value is of the Python class the type asks for."""
        return isinstance(value, self.python)

    def flaw(self, value: Value) -> Flaw | None:
        """What is wrong with a value of the right Python class, or ``None``."""
        found = self.parse(self.spell(value))
        return found if isinstance(found, Flaw) else None
