"""Exact figures that a caller states: prices, quantities, percentages."""

from __future__ import annotations

from decimal import Decimal

from gse_billing.core.errors import InvalidAmountError
from gse_billing.core.money import decimal_from, euro, exact, round_half_up

__all__ = ["PLACES", "WHOLE", "Figure", "exact_figure", "percentage"]

Figure = Decimal | int | str
"""An exact figure: never a float."""

PLACES = 8
"""Decimals that prices, quantities and totals of lines may have (2.2.1.5, 2.2.1.9, 2.2.1.11)."""

WHOLE = Decimal("100.00")
"""All of an amount, in percent."""


def exact_figure(given: Figure, meant: str) -> Decimal:
    """The figure as it was given.

    Raises:
        FloatRefusedError: a float was given.
        InvalidAmountError: it has more than 8 decimals.
    """
    value = decimal_from(given, meant=meant)
    with exact():
        if value != round_half_up(value, PLACES):
            raise InvalidAmountError(
                f"{given!r} cannot be {meant}", value=given, why=f"the standard knows {PLACES} decimals"
            )
    return value


def percentage(given: Figure, meant: str) -> Decimal:
    """A percentage with two decimals, above 0 and at most 100.

    Raises:
        FloatRefusedError: a float was given.
        InvalidAmountError: it is none.
    """
    value = euro(given, meant="a percentage")
    if not 0 < value <= WHOLE:
        raise InvalidAmountError(f"{value} cannot be a percentage {meant}", value=given, remedy="give it as 20")
    return value
