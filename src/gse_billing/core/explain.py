"""Derivations: a result that leads back to its figures and to the article of the law.

Every computed amount and date carries one, and shows it with ``explain()``.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import escape
from typing import Any

from attrs import field, frozen

from gse_billing.core.dated import Basis

__all__ = ["Derivation", "figure"]


def figure(value: Decimal | int, unit: str = "") -> str:
    """A figure as text: English thousands separator, every decimal kept, unit behind.

    >>> figure(Decimal("28996"), "Gcal"), figure(Decimal("0.055"), "EUR/Gcal")
    ('28,996 Gcal', '0.055 EUR/Gcal')
    """
    return f"{value:,f} {unit}".rstrip() if isinstance(value, Decimal) else f"{value:,} {unit}".rstrip()


def _steps(given: Iterable[Derivation]) -> tuple[Derivation, ...]:
    return tuple(given)


@frozen(kw_only=True)
class Derivation:
    """One step of reasoning: a statement, what it rests on, and the steps before it.

    Attributes:
        label: what is derived, ``"base fee"``.
        statement: the step in words or figures, ``"0.055 EUR/Gcal x 28,996 Gcal = 1,594.78 EUR"``.
        result: the outcome, an amount or a day, or ``None`` where the step only states a fact.
        basis: the act with its article, or ``None`` for plain arithmetic.
        steps: the derivations of what this one uses, in order.
    """

    label: str
    statement: str
    result: Decimal | dt.date | None = None
    basis: Basis | None = None
    steps: tuple[Derivation, ...] = field(default=(), converter=_steps)

    def __str__(self) -> str:
        return "\n".join("  " * depth + step.line for depth, step in self.walk())

    @property
    def line(self) -> str:
        """This step alone, on one line, with its act."""
        act = f" ({self.basis.act})" if self.basis else ""
        return f"{self.label}: {self.statement}{act}"

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Derivation]]:
        """This step and all below it, each with its depth."""
        yield depth, self
        for step in self.steps:
            yield from step.walk(depth + 1)

    def to_dict(self) -> dict[str, Any]:
        """The derivation as JSON-ready values; figures are text."""
        fields: dict[str, Any] = {
            "label": self.label,
            "statement": self.statement,
            "result": None if self.result is None else str(self.result),
            "act": self.basis.act if self.basis else None,
            "source": self.basis.source if self.basis else None,
            "steps": [step.to_dict() for step in self.steps],
        }
        return {name: value for name, value in fields.items() if value not in (None, [])}

    def to_json(self, *, indent: int | None = None) -> str:
        """The derivation as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def _repr_html_(self) -> str:
        below = "".join(f"<li>{step._repr_html_()}</li>" for step in self.steps)
        return f"{escape(self.line)}<ul>{below}</ul>" if below else escape(self.line)
