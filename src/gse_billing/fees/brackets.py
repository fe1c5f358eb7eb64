"""Bracket tariffs: boundaries as the law words them, "above a up to and including b".

A schedule has a fixed part by bracket and a rate by bracket. Where the rate is progressive each bracket's rate
applies to the part of the quantity that lies in it; where it is flat the rate of the bracket reached applies to all.
Quantities and rates are exact; nothing is rounded here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum

from attrs import field, frozen
from attrs.converters import optional

from gse_billing.core.arguments import kind_of, require, require_each
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.explain import Derivation, figure
from gse_billing.core.money import decimal_from, exact
from gse_billing.core.showing import shown
from gse_billing.fees.wording import euros, finite

__all__ = ["Bracket", "Charge", "Part", "Reading", "Schedule", "require_reading", "tariff_figure"]

_NOTHING = Decimal(0)


def tariff_figure(value: Decimal | int | str) -> Decimal:
    """A figure of a tariff, exact and not negative.

    Raises:
        FloatRefusedError: a float.
        InvalidValueError: negative, or not a plain decimal.
    """
    exact_value = decimal_from(value, meant="a figure of a tariff")
    if exact_value < 0:
        raise InvalidValueError(
            f"a tariff cannot hold the negative figure {exact_value}", value=value, remedy="check the figure"
        )
    return exact_value


class Reading(Enum):
    """How the rates of the brackets apply to one quantity."""

    PROGRESSIVE = "each rate applies to the part of the quantity inside its bracket"
    FLAT = "the rate of the bracket reached applies to the whole quantity"


def require_reading(value: object) -> Reading:
    """The value if it is a reading: its word alone would be taken for the other one.

    Raises:
        InvalidValueError: it is something else.
    """
    if isinstance(value, Reading):
        return value
    raise InvalidValueError(
        f"{shown(value)} is not a reading of a tariff", value=value, remedy="give Reading.PROGRESSIVE or Reading.FLAT"
    )


@frozen(kw_only=True)
class Bracket:
    """One line of a tariff; it begins just above the end of the line before.

    Args:
        up_to: the last quantity inside, or ``None`` where the bracket has no end.
        fixed: EUR due once when the quantity lies in this bracket.
        rate: EUR for each unit of quantity.
    """

    up_to: Decimal | None = field(default=None, converter=optional(tariff_figure))
    fixed: Decimal = field(default=_NOTHING, converter=tariff_figure)
    rate: Decimal = field(default=_NOTHING, converter=tariff_figure)


@frozen(kw_only=True)
class Part:
    """What one bracket contributes: its limits in words, the quantity inside, the rate and the product in EUR."""

    limits: str = field(validator=kind_of(str))
    quantity: Decimal = field(validator=finite)
    rate: Decimal = field(validator=finite)
    amount: Decimal = field(validator=finite)


def _parts(given: Iterable[Part]) -> tuple[Part, ...]:
    return require_each(given, Part, meant="a part of a charge")


def _total(fixed: Decimal, parts: Iterable[Part]) -> Decimal:
    with exact():
        return sum((part.amount for part in parts), fixed)


@frozen(kw_only=True)
class Charge:
    """What a schedule asks for one quantity, unrounded, with the way there.

    Attributes:
        quantity: the quantity charged.
        amount: EUR, exact, after exemption and cap.
        limits: the bracket reached, in words.
        fixed: the fixed part of that bracket in EUR.
        parts: what each bracket contributes, in order; empty for an exempt quantity.
        exempt: whether the quantity is one that pays nothing.
        schedule: the schedule that was applied.
    """

    quantity: Decimal = field(validator=finite)
    amount: Decimal = field(validator=finite)
    limits: str = field(validator=kind_of(str))
    fixed: Decimal = field(validator=finite)
    parts: tuple[Part, ...] = field(converter=_parts)
    exempt: bool = field(validator=kind_of(bool))
    schedule: Schedule

    def __attrs_post_init__(self) -> None:
        require(self.schedule, Schedule, meant="schedule of Charge")

    @property
    def uncapped(self) -> Decimal:
        """EUR before the cap."""
        return _total(self.fixed, self.parts)

    def steps(self) -> Iterator[Derivation]:
        """The way to the amount, one step a bracket."""
        unit = self.schedule.unit
        if self.exempt or len(self.schedule.brackets) > 1:
            yield Derivation(label="bracket", statement=f"{figure(self.quantity, unit)} lies {self.limits}")
        if self.fixed:
            yield Derivation(label="fixed part", statement=euros(self.fixed), result=self.fixed)
        for part in self.parts:
            product = f"{figure(part.quantity, unit)} x {figure(part.rate, f'EUR/{unit}')}"
            statement = f"{product} = {euros(part.amount)}"
            yield Derivation(label=part.limits, statement=statement, result=part.amount)
        if self.amount < self.uncapped:
            statement = f"{euros(self.uncapped)} is cut to {euros(self.amount)}"
            yield Derivation(label="cap", statement=statement, result=self.amount)


def _in_order(brackets: Iterable[Bracket]) -> tuple[Bracket, ...]:
    ordered = require_each(brackets, Bracket, meant="a bracket")
    ends = [bracket.up_to for bracket in ordered]
    closed = [end for end in ends if end is not None]
    if not ends or None in ends[:-1] or any(a >= b for a, b in zip([_NOTHING, *closed], closed, strict=False)):
        raise InvalidValueError(
            "the brackets of a schedule do not follow one another",
            value=ordered,
            why="each one ends above the one before, and only the last may have no end",
        )
    return ordered


@frozen(kw_only=True)
class Schedule:
    """A tariff by brackets, from zero to the end of the last bracket.

    Args:
        brackets: the lines in rising order; only the last may be without end.
        unit: what the quantity is measured in.
        exempt_up_to: quantities up to and including this one pay nothing; zero where there is no exemption.
        cap: the most that is due, in EUR.
        flat_published: whether a published source also gives the flat reading, so that a caller may choose it.

    Raises:
        InvalidValueError: no bracket, or brackets out of order.
    """

    brackets: tuple[Bracket, ...] = field(converter=_in_order)
    unit: str = field(default="kW", validator=kind_of(str))
    exempt_up_to: Decimal = field(default=_NOTHING, converter=tariff_figure)
    cap: Decimal | None = field(default=None, converter=optional(tariff_figure))
    flat_published: bool = field(default=False, validator=kind_of(bool))

    def charge(self, quantity: Decimal | int | str, *, reading: Reading = Reading.PROGRESSIVE) -> Charge:
        """What is due for a quantity.

        Args:
            quantity: exact, in :attr:`unit`, not negative.
            reading: how the rates apply.

        Raises:
            FloatRefusedError: a float.
            InvalidValueError: not a plain decimal, negative, or above the last bracket: tables are never extrapolated;
                or the reading is no :class:`Reading`.

        >>> ssp = Schedule(brackets=[Bracket(up_to=20, fixed=30), Bracket(up_to=500, fixed=30, rate=1)])
        >>> ssp.charge("50.0").amount
        Decimal('60.0')
        """
        flat = require_reading(reading) is Reading.FLAT
        charged = decimal_from(quantity, meant=f"a quantity in {self.unit}")
        index = self._reached(charged)
        if self.exempt_up_to and charged <= self.exempt_up_to:
            return self._exempt(charged)
        parts = (self._part(index, charged),) if flat else tuple(self._slices(index, charged))
        fixed = self.brackets[index].fixed
        due = _total(fixed, parts)
        return Charge(
            quantity=charged,
            amount=due if self.cap is None else min(due, self.cap),
            limits=self._limits(index),
            fixed=fixed,
            parts=tuple(part for part in parts if part.rate),
            exempt=False,
            schedule=self,
        )

    def _exempt(self, quantity: Decimal) -> Charge:
        limits = f"up to and including {figure(self.exempt_up_to, self.unit)}, which is exempt"
        return Charge(
            quantity=quantity, amount=_NOTHING, limits=limits, fixed=_NOTHING, parts=(), exempt=True, schedule=self
        )

    def _reached(self, quantity: Decimal) -> int:
        if quantity < 0:
            raise InvalidValueError(
                f"{figure(quantity, self.unit)} is negative", value=quantity, remedy="give zero or more"
            )
        for index, bracket in enumerate(self.brackets):
            if bracket.up_to is None or quantity <= bracket.up_to:
                return index
        last = figure(self.brackets[-1].up_to or _NOTHING, self.unit)
        raise InvalidValueError(
            f"{figure(quantity, self.unit)} lies above the last bracket, which ends at {last}",
            value=quantity,
            why="the act gives no figure there and tables are not extrapolated",
            remedy="check the quantity, or supply a schedule that covers it",
        )

    def _start(self, index: int) -> Decimal:
        return (self.brackets[index - 1].up_to or _NOTHING) if index else _NOTHING

    def _limits(self, index: int) -> str:
        end = self.brackets[index].up_to
        above = f"above {figure(self._start(index))}"
        return f"{above} {self.unit}" if end is None else f"{above} up to and including {figure(end, self.unit)}"

    def _slices(self, reached: int, quantity: Decimal) -> Iterator[Part]:
        for index, bracket in enumerate(self.brackets[: reached + 1]):
            end = quantity if index == reached or bracket.up_to is None else bracket.up_to
            with exact():
                inside = end - self._start(index)
            yield self._part(index, inside)

    def _part(self, index: int, quantity: Decimal) -> Part:
        rate = self.brackets[index].rate
        with exact():
            amount = quantity * rate
        return Part(limits=self._limits(index), quantity=quantity, rate=rate, amount=amount)
