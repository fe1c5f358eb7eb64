"""How the results of this room show their figures and their way there."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from attrs import Attribute

from gse_billing.core.arguments import require
from gse_billing.core.dated import Row
from gse_billing.core.errors import InvalidAmountError
from gse_billing.core.explain import Derivation, figure
from gse_billing.core.html import table
from gse_billing.core.money import exact

__all__ = ["euros", "finite", "reservations", "steps_table"]

_CENTS = -2
_MOST_DIGITS = 40  # the product of two legal figures has no more


def euros(amount: Decimal) -> str:
    """An exact amount in EUR: two decimals at least, more only where they are not zero.

    >>> euros(Decimal("1594.780")), euros(Decimal(30)), euros(Decimal("0.06787"))
    ('1,594.78 EUR', '30.00 EUR', '0.06787 EUR')
    """
    with exact():
        shown = amount.normalize()
        if int(shown.as_tuple().exponent) > _CENTS:
            shown = shown.quantize(Decimal(1).scaleb(_CENTS))
    return figure(shown, "EUR")


def finite(holder: object, attribute: Attribute[Decimal], value: object) -> None:
    """A validator of attrs: an exact figure that can be shown and added.

    Raises:
        InvalidAmountError: infinite or not a number.
        InvalidValueError: no Decimal.
    """
    meant = f"{attribute.name} of {type(holder).__name__}"
    amount = require(value, Decimal, meant=meant)
    if not amount.is_finite() or abs(amount.adjusted()) > _MOST_DIGITS:
        raise InvalidAmountError(f"{amount} cannot be {meant}", value=value, remedy="give a finite Decimal")


def reservations(row: Row[Any]) -> tuple[Derivation, ...]:
    """What a reader should know of a tariff row before he relies on an amount."""
    unknown = "" if row.valid_from else "the first day of this tariff is not known"
    return tuple(Derivation(label="note", statement=text) for text in (row.note, unknown) if text)


def steps_table(derivation: Derivation, caption: str) -> str:
    """A derivation as an HTML table, one step a row."""
    rows = [(step.label, step.statement, step.basis or "") for _, step in derivation.walk()]
    return table(("step", "statement", "act"), rows, caption=caption)
