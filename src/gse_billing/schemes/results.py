"""What a rule of a service answers: yes or no, or a day, each with its derivation."""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from gse_billing.core.explain import Derivation
from gse_billing.core.html import table

__all__ = ["DatedResult", "Decision", "reading"]


def reading(note: str) -> tuple[Derivation, ...]:
    """The step of a derivation that says how a source was read; none where there is nothing to say."""
    return (Derivation(label="reading", statement=note),) if note else ()


@frozen
class Decision:
    """Yes or no, and why; it can stand where a ``bool`` is asked.

    Attributes:
        answer: the answer.
        derivation: the rule and the comparison.
    """

    answer: bool
    derivation: Derivation

    def __bool__(self) -> bool:
        return self.answer

    def explain(self) -> Derivation:
        """Why the answer is what it is."""
        return self.derivation

    def _repr_html_(self) -> str:
        return table(("answer", "why"), [("yes" if self.answer else "no", self.derivation.line)])


@frozen
class DatedResult:
    """A day, and how it was reckoned.

    Attributes:
        day: the day.
        derivation: the rule, its act, and each step to the day.
    """

    day: dt.date
    derivation: Derivation

    def explain(self) -> Derivation:
        """How the day was reckoned."""
        return self.derivation

    def _repr_html_(self) -> str:
        steps = [
            ("· " * depth + step.label, step.statement, step.basis or "") for depth, step in self.derivation.walk()
        ]
        return table(("step", "statement", "act"), steps, caption=self.day.isoformat())
