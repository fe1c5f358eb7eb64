"""Gcal, GJ and MWh: exact conversions.

The calorie is the international table calorie, 4.1868 J by definition (Fifth International Conference on the
Properties of Steam, London 1956; ISO 31-4:1992, now ISO 80000-5; NIST SP 811 B.8), as energy statistics understand it
(UN, International Recommendations for Energy Statistics; Eurostat: a tonne of oil equivalent is 41.868 GJ). A watt hour
is 3,600 J, so 1 Gcal = 4.1868 GJ = 1.163 MWh without a remainder.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction

from gse_billing.core.arguments import require
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.money import decimal_from, exact

__all__ = ["EnergyUnit", "convert_energy"]

_PLACES = 10  # what an exact figure of this package may hold
_MOST_PLACES = 30  # with up to 18 digits before the point still exact in 60


class EnergyUnit(Enum):
    """A unit of energy; ``gj`` is what one of it holds in GJ."""

    GCAL = "Gcal"
    GJ = "GJ"
    MWH = "MWh"

    @property
    def gj(self) -> Fraction:
        """GJ in one unit, exact."""
        return _GJ[self]


_GJ = {
    EnergyUnit.GCAL: Fraction("4.1868"),
    EnergyUnit.GJ: Fraction(1),
    EnergyUnit.MWH: Fraction("3.6"),
}


def convert_energy(
    quantity: Decimal | int | str, unit: EnergyUnit, to: EnergyUnit, *, places: int | None = None
) -> Decimal:
    """A quantity in another unit, exact.

    Args:
        quantity: the figure in ``unit``.
        unit: what it is measured in.
        to: what it shall be measured in.
        places: decimals to round to, half up, where the caller wants a rounded figure; ``None`` for the exact one.

    Raises:
        FloatRefusedError: a float.
        InvalidValueError: no decimal figure with at most ten places is exact (GJ to Gcal mostly), and no ``places``;
            no :class:`EnergyUnit`, or ``places`` not from 0 to 30.

    >>> convert_energy(1, EnergyUnit.GCAL, EnergyUnit.MWH)
    Decimal('1.163')
    >>> convert_energy(1, EnergyUnit.GJ, EnergyUnit.GCAL, places=6)
    Decimal('0.238846')
    """
    for one in (unit, to):
        require(one, EnergyUnit, meant="a unit of energy")
    value = Fraction(decimal_from(quantity, meant="a quantity of energy")) * unit.gj / to.gj
    if places is not None:
        return _rounded(value, _checked_places(places))
    found = _rounded(value, _PLACES)
    if Fraction(found) != value:
        raise InvalidValueError(
            f"{quantity} {unit.value} is no exact decimal figure in {to.value}",
            value=quantity,
            remedy="give places= to round it where that is meant",
        )
    return Decimal(f"{found:f}".rstrip("0").rstrip("."))


def _checked_places(places: int) -> int:
    if not 0 <= require(places, int, meant="a number of decimals") <= _MOST_PLACES:
        raise InvalidValueError("no figure is rounded to so many decimals", value=places, remedy="give 0 to 30")
    return places


def _rounded(value: Fraction, places: int) -> Decimal:
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    with exact():
        return Decimal(whole if value >= 0 else -whole).scaleb(-places)
