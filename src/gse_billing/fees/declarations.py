"""What a party declared that it released for consumption in a year.

Declarations go to GSE by 31 January of the following year, in Gcal (DM 10/10/2014 art. 4); there is no way from
tonnes to Gcal here, since the conventional values of the decree's annex were not found.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from gse_billing.core.arguments import require, require_each
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.explain import figure
from gse_billing.core.money import EXACT, decimal_from, exact
from gse_billing.core.showing import shown
from gse_billing.fees.years import require_year

__all__ = ["BiofuelClass", "Declaration"]

_NOTHING = Decimal(0)
_FIGURES = "0123456789."
_SHORT = 12
"""Text of so many characters has at most 10 decimals and 18 digits before them, as a legal figure has."""


class BiofuelClass(Enum):
    """What a lot of biofuel is; the classes exclude one another, since Y would be charged twice otherwise."""

    CONVENTIONAL = "conventional"
    ADVANCED = "advanced"
    DOUBLE_COUNTING = "double counting"


def _gcal(value: Decimal | int | str) -> Decimal:
    if value is _NOTHING:
        return _NOTHING
    if type(value) is Decimal:
        text = f"{value!s}"
        if len(text) <= _SHORT and not text.strip(_FIGURES):
            return value  # by far the most common case: short, without sign and exponent
    quantity = decimal_from(value, meant="a quantity in Gcal")
    if quantity < 0:
        raise InvalidValueError(
            f"{figure(quantity, 'Gcal')} is negative", value=value, remedy="give what was released, zero if nothing"
        )
    return quantity


def _lot(given: tuple[BiofuelClass, Decimal]) -> tuple[BiofuelClass, Decimal]:
    if len(given) != 2:
        raise InvalidValueError(
            f"{shown(given)} cannot be a lot", value=given, remedy="give a pair, its class and its quantity in Gcal"
        )
    return require(given[0], BiofuelClass, meant="the class of a lot"), _gcal(given[1])


@frozen(kw_only=True)
class Declaration:
    """What one party declared that it released for consumption in one year, in Gcal.

    Args:
        year: the year of release.
        total_gcal: all biofuel, the two classes below included.
        advanced_gcal: advanced biofuel.
        double_counting_gcal: double-counting biofuel.
        obligated_party: whether the party is a Soggetto Obbligato. The instructions charge X to whoever releases
            biofuel and Y to obligated parties, so without this Y is not owed.

    Raises:
        FloatRefusedError: a quantity is a float.
        InvalidValueError: a quantity is negative or not a plain decimal, the two classes exceed the total, the year is
            not one, or ``obligated_party`` is neither True nor False.

    >>> Declaration(year=2015, total_gcal=28_996, advanced_gcal=4_490).marked_gcal
    Decimal('4490')
    """

    year: int = field()
    total_gcal: Decimal = field(converter=_gcal)
    advanced_gcal: Decimal = field(default=_NOTHING, converter=_gcal)
    double_counting_gcal: Decimal = field(default=_NOTHING, converter=_gcal)
    obligated_party: bool = True

    def __attrs_post_init__(self) -> None:
        require_year(self.year)
        obligated: object = self.obligated_party
        if type(obligated) is not bool:  # a word would be taken for True
            require(obligated, bool, meant="whether the party is obligated")
        marked, other = self.advanced_gcal, self.double_counting_gcal
        if other:
            marked = self.marked_gcal
        if marked > self.total_gcal:
            raise InvalidValueError(
                f"advanced and double-counting biofuel, {figure(marked, 'Gcal')}, exceed the total,"
                f" {figure(self.total_gcal, 'Gcal')}",
                value=marked,
                why="the total holds every class, and a lot has one class only",
                remedy="check the three quantities of the declaration",
            )

    @classmethod
    def from_lots(
        cls, year: int, lots: Iterable[tuple[BiofuelClass, Decimal]], *, obligated_party: bool = True
    ) -> Declaration:
        """The declaration that adds up lots, each with its one class and its quantity in Gcal.

        Raises:
            InvalidValueError: a lot is no pair of a :class:`BiofuelClass` and a quantity.

        >>> lots = [(BiofuelClass.CONVENTIONAL, Decimal(24_506)), (BiofuelClass.ADVANCED, Decimal(4_490))]
        >>> Declaration.from_lots(2015, lots).total_gcal
        Decimal('28996')
        """
        sums = dict.fromkeys(BiofuelClass, _NOTHING)
        with exact():
            for kind, quantity in map(_lot, require_each(lots, tuple, meant="a lot")):
                sums[kind] += quantity
            total = sum(sums.values(), _NOTHING)
        return cls(
            year=year,
            total_gcal=total,
            advanced_gcal=sums[BiofuelClass.ADVANCED],
            double_counting_gcal=sums[BiofuelClass.DOUBLE_COUNTING],
            obligated_party=obligated_party,
        )

    @property
    def marked_gcal(self) -> Decimal:
        """Advanced and double-counting biofuel together, in Gcal."""
        one, other = self.advanced_gcal, self.double_counting_gcal
        return EXACT.add(one, other) if other else one

    @property
    def charged_gcal(self) -> Decimal:
        """What Y is charged on, in Gcal: nothing for a party that is not obligated."""
        return self.marked_gcal if self.obligated_party else _NOTHING
