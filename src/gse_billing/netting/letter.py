"""The letter by which GSE tells an operator what will be set off: *Compensazione documenti emessi dal GSE*."""

from __future__ import annotations

import datetime as dt
from html import escape

from attrs import field, frozen

from gse_billing.core.arguments import kind_of
from gse_billing.core.dated import require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.netting.presentation import day_it, html_of, sections, text_of
from gse_billing.netting.statement import Statement

__all__ = ["CompensationLetter"]

_TITLE = "Compensazione documenti emessi dal GSE"


def _not_after_the_payment(letter: CompensationLetter, _: object, dated: dt.date) -> None:
    require_day(dated, meant="the day of a letter")
    if dated > letter.statement.on:
        raise InvalidValueError(
            f"a letter of {dated.isoformat()} comes after the payment day {letter.statement.on.isoformat()}",
            value=dated,
            why="its date is the day on which GSE tells that the compensation will happen",
            remedy="date it on the payment day or before",
        )


@frozen
class CompensationLetter:
    """A statement with the day on which the operator is told of it.

    Attributes:
        statement: what will be set off, paid, carried over and held.
        dated: the day of the letter, not after the payment day.

    Raises:
        InvalidValueError: the letter is dated after the payment day.
    """

    statement: Statement = field(validator=kind_of(Statement))
    dated: dt.date = field(validator=_not_after_the_payment)

    @property
    def heading(self) -> tuple[str, ...]:
        """Title, day of the letter, operator and payment day."""
        return (
            _TITLE,
            f"Data della comunicazione: {day_it(self.dated)}",
            f"Operatore: {self.statement.operator}",
            f"Data di pagamento: {day_it(self.statement.on)}",
        )

    @property
    def text(self) -> str:
        """The letter as plain text."""
        return text_of(self.heading, sections(self.statement))

    @property
    def html(self) -> str:
        """The letter as HTML without styles of its own."""
        title, *lines = self.heading
        paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
        return f"<h1>{escape(title)}</h1>{paragraphs}{html_of(sections(self.statement))}"

    def _repr_html_(self) -> str:
        return self.html
