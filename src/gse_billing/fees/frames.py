"""The fees in columns: the same rules as narwhals expressions over whole numbers, run by the user's own engine.

Quantities are whole numbers at a known scale (thousandths of a Gcal, hundredths of a kW), amounts are cents. The scalar
functions are the definition; a row that they refuse (negative, above the last bracket, classes above the total) is null
here, and so is one that 64 bits cannot hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING

from attrs import field, frozen

from gse_billing.core.arguments import kind_of, require, require_each
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.frames import (
    LARGEST,
    decimals,
    frame_of,
    half_up,
    integers,
    legal_only,
    require_types,
    scaled,
    with_nullable_types,
)
from gse_billing.fees.brackets import Reading, Schedule, require_reading, tariff_figure
from gse_billing.fees.tariffs import BiofuelCoefficients

# isort: split
import narwhals as nw  # after core.frames, which names the extra to install where narwhals is missing

if TYPE_CHECKING:
    from narwhals.typing import IntoFrameT

__all__ = ["ColumnRule", "add_columns", "biofuel_cents", "schedule_cents", "tax_cents"]

_CENTS = 2
_MOST_PLACES = 10


def _names(given: Iterable[str]) -> tuple[str, ...]:
    return require_each(given, str, meant="the name of a column")


def _places(value: int) -> int:
    """How many decimals whole numbers stand for, as many as an exact figure may have; below zero for tens, hundreds."""
    if abs(require(value, int, meant="the decimals of a column")) > _MOST_PLACES:
        raise InvalidValueError(
            "whole numbers cannot stand for so many decimals",
            value=value,
            remedy="give 3 where the column holds thousandths, at most 10",
        )
    return value


@frozen(kw_only=True)
class ColumnRule:
    """How a column of cents comes out of other columns.

    Attributes:
        expression: the rule; a row that the scalar function refuses is null.
        integers: the columns of whole numbers that it reads.
        booleans: the columns of truth values that it reads.
    """

    expression: nw.Expr = field(validator=kind_of(nw.Expr))
    integers: tuple[str, ...] = field(converter=_names)
    booleans: tuple[str, ...] = field(default=(), converter=_names)


def add_columns(frame: IntoFrameT, **rules: ColumnRule) -> IntoFrameT:
    """The frame with a column for each rule, named as the rule is; a rule may read the columns before it.

    Args:
        frame: any eager or lazy frame that narwhals knows; a lazy one stays lazy.
        rules: the name of each new column with its rule.

    Raises:
        FloatRefusedError: a column of floats where whole numbers are read.
        InvalidValueError: no frame, no :class:`ColumnRule`, or a column that is missing or of another type.
    """
    known = frame_of(frame)
    for name, rule in rules.items():
        require(rule, ColumnRule, meant=f"the rule of column {name!r}")
        require_types(known.collect_schema(), integers=rule.integers, booleans=rule.booleans)
        known = with_nullable_types(known, integers=rule.integers, booleans=rule.booleans)
        known = known.with_columns(rule.expression.alias(name))
    result: IntoFrameT = nw.to_native(known)
    return result


def biofuel_cents(
    coefficients: BiofuelCoefficients,
    *,
    places: int,
    total: str = "total_gcal",
    advanced: str = "advanced_gcal",
    double_counting: str = "double_counting_gcal",
    obligated: str | None = None,
) -> ColumnRule:
    """The taxable amount of the biofuel fee in cents, as :func:`gse_billing.fees.biofuel_fee` computes it.

    Args:
        coefficients: X and Y in force on the day of the invoices, ``tariffs.BIOFUEL.on(day)``.
        places: decimals of the quantities: 3 where the columns hold thousandths of a Gcal.
        total: column of all biofuel.
        advanced: column of advanced biofuel.
        double_counting: column of double-counting biofuel.
        obligated: column that says which parties are obligated and so owe Y; ``None`` where all are.

    Raises:
        InvalidValueError: no coefficients, no name of a column, or more than 10 decimals.
    """
    require(coefficients, BiofuelCoefficients, meant="the coefficients X and Y")
    _places(places)
    _names((total, advanced, double_counting, *(() if obligated is None else (obligated,))))
    scale = max(decimals(coefficients.base), decimals(coefficients.additional), _CENTS - places)
    base, additional = scaled(coefficients.base, scale), scaled(coefficients.additional, scale)
    divisor = 10 ** (scale + places - _CENTS)
    limit = (LARGEST - divisor) // (base + additional + 1)
    whole, first, second = integers(total), integers(advanced), integers(double_counting)
    legal = (whole <= limit) & (first >= 0) & (second >= 0) & (first <= whole)
    if obligated is not None:
        legal = legal & ~nw.col(obligated).is_null()
    whole, first, second = (legal_only(legal, column) for column in (whole, first, second))
    charged = first + second
    if obligated is not None:
        charged = nw.when(nw.col(obligated)).then(charged).otherwise(0)
    cents = half_up(whole * base + charged * additional, divisor)
    return ColumnRule(
        expression=legal_only(second <= whole - first, cents),
        integers=(total, advanced, double_counting),
        booleans=() if obligated is None else (obligated,),
    )


def schedule_cents(
    schedule: Schedule, *, places: int, quantity: str = "power_kw", reading: Reading = Reading.PROGRESSIVE
) -> ColumnRule:
    """What a bracket tariff asks for in cents, as :func:`gse_billing.fees.scheduled_fee` computes it.

    Args:
        schedule: the brackets in force, ``tariffs.MANAGEMENT["SSP", None].on(day)``.
        places: decimals of the quantity: 2 where the column holds hundredths of a kW.
        quantity: column of the quantities.
        reading: how the rates apply.

    Raises:
        InvalidValueError: a boundary of the schedule has more decimals than the quantities, or the reading is no
            :class:`Reading`; no schedule, no name of a column, or more than 10 decimals.
    """
    require(schedule, Schedule, meant="the schedule of a tariff")
    _places(places)
    _names((quantity,))
    lines = _lines(schedule, places=places, reading=reading)
    # Some engines compute every branch for every row, so no line may overflow anywhere.
    largest = min(lines[-1].up_to, *(line.limit for line in lines))
    given = integers(quantity)
    given = legal_only((given >= 0) & (given <= largest), given)
    due = reduce(
        lambda above, line: nw.when(given <= line.up_to).then(line.value(given)).otherwise(above),
        reversed(lines[:-1]),
        lines[-1].value(given),
    )
    if schedule.cap is not None:
        due = due.clip(upper_bound=scaled(schedule.cap, lines[0].scale))
    cents = half_up(due, 10 ** (lines[0].scale - _CENTS))
    return ColumnRule(expression=cents, integers=(quantity,))


def tax_cents(rate: Decimal, *, taxable: str = "taxable_cents") -> ColumnRule:
    """The tax on amounts in cents at a rate in percent, rounded half up; credit notes mirror invoices.

    Args:
        rate: percent, ``tax.ORDINARY_RATE.on(day)``.
        taxable: column of the taxable amounts in cents.

    Raises:
        FloatRefusedError: the rate is a float.
        InvalidValueError: the rate is negative or no plain decimal, or no name of a column.
    """
    rate = tariff_figure(rate)
    _names((taxable,))
    places = decimals(rate)
    factor, divisor = scaled(rate, places), 10 ** (2 + places)
    limit = (LARGEST - divisor) // (factor + 1)
    amount = integers(taxable)
    amount = legal_only((amount >= -limit) & (amount <= limit), amount)
    credited = half_up(amount * -factor, divisor) * -1
    cents = nw.when(amount < 0).then(credited).otherwise(half_up(amount * factor, divisor))
    return ColumnRule(expression=cents, integers=(taxable,))


@frozen(kw_only=True)
class _Line:
    """One bracket as a straight line over scaled quantities: due = rate x quantity + offset."""

    up_to: int
    rate: int
    offset: int
    scale: int

    def value(self, quantity: nw.Expr) -> nw.Expr:
        product = quantity * self.rate
        return product + self.offset if self.offset else product

    @property
    def limit(self) -> int:
        """The largest quantity that 64 bits carry through the line and the rounding."""
        room: int = LARGEST - max(self.offset, 0) - 10**self.scale
        return room // (self.rate + 1)


def _lines(schedule: Schedule, *, places: int, reading: Reading) -> Sequence[_Line]:
    """The schedule as straight lines, the exempt quantities first; amounts have ``scale`` decimals."""
    flat = require_reading(reading) is Reading.FLAT
    figures = [figure for bracket in schedule.brackets for figure in (bracket.fixed, bracket.rate)]
    rate_places = max(_CENTS - places, *(decimals(figure) for figure in (*figures, schedule.cap or Decimal(0))))
    scale = places + rate_places
    lines: list[_Line] = []
    start = below = 0
    if schedule.exempt_up_to:
        lines.append(_Line(up_to=scaled(schedule.exempt_up_to, places), rate=0, offset=0, scale=scale))
    for bracket in schedule.brackets:
        end = LARGEST if bracket.up_to is None else scaled(bracket.up_to, places)
        rate, fixed = scaled(bracket.rate, rate_places), scaled(bracket.fixed, scale)
        offset = fixed if flat else fixed + below - rate * start
        lines.append(_Line(up_to=end, rate=rate, offset=offset, scale=scale))
        below, start = below + rate * (end - start), end
    return lines
