"""Where a date goes when its day is closed, and the derivation that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import Enum
from typing import Protocol

from attrs import frozen

from gse_billing.calendars.holidays import Closure
from gse_billing.core.arguments import require
from gse_billing.core.dated import require_day
from gse_billing.core.explain import Derivation

__all__ = ["Convention", "OpenDays", "Rolled", "adjusted", "rolled"]


class Convention(Enum):
    """How a date that falls on a closed day is moved."""

    FOLLOWING = "following"
    MODIFIED_FOLLOWING = "modified following"
    PRECEDING = "preceding"
    UNADJUSTED = "unadjusted"


class OpenDays(Protocol):
    """What a convention asks of a calendar."""

    @property
    def name(self) -> str:
        """What the calendar is of."""
        ...

    def closures(self, day: dt.date) -> tuple[Closure, ...]:
        """Why the day is closed."""
        ...

    def seek(self, day: dt.date, *, forward: bool) -> dt.date:
        """The day itself or the nearest working day in the direction."""
        ...


@frozen(kw_only=True)
class Rolled:
    """A date after its move.

    Attributes:
        given: the date before.
        day: the date after; the same where nothing had to move.
        convention: the rule of the move.
        derivation: each closed day that was passed over, with the act that closes it.
    """

    given: dt.date
    day: dt.date
    convention: Convention
    derivation: Derivation

    @property
    def moved(self) -> bool:
        """Whether the date changed."""
        return self.day != self.given

    def explain(self) -> Derivation:
        """Why the date is what it is; ``print`` shows it step by step."""
        return self.derivation

    def _repr_html_(self) -> str:
        return self.derivation._repr_html_()


def adjusted(calendar: OpenDays, day: dt.date, convention: Convention) -> dt.date:
    """The day that the convention gives."""
    require(convention, Convention, meant="a convention")
    if convention is Convention.UNADJUSTED:
        return require_day(day)
    found = calendar.seek(day, forward=convention is not Convention.PRECEDING)
    if convention is Convention.MODIFIED_FOLLOWING and found.month != day.month:
        return calendar.seek(day, forward=False)
    return found


def rolled(calendar: OpenDays, day: dt.date, convention: Convention) -> Rolled:
    """The same with its derivation."""
    result = adjusted(calendar, day, convention)
    derivation = Derivation(
        label=f"working day of {calendar.name}",
        statement=_statement(calendar, day, result, convention),
        result=result,
        steps=tuple(_step(closure) for passed in _passed(day, result) for closure in calendar.closures(passed)),
    )
    return Rolled(given=day, day=result, convention=convention, derivation=derivation)


def _statement(calendar: OpenDays, day: dt.date, result: dt.date, convention: Convention) -> str:
    if not calendar.closures(day):
        return f"{day.isoformat()} is a working day"
    if convention is Convention.UNADJUSTED:
        return f"{day.isoformat()} is closed and stays, as dates are not moved"
    turned_back = convention is Convention.MODIFIED_FOLLOWING and result < day
    reason = ", since the next one lies in another month" if turned_back else ""
    return f"{day.isoformat()} is closed and moves to the working day {result.isoformat()} ({convention.value}{reason})"


def _passed(day: dt.date, result: dt.date) -> Iterator[dt.date]:
    """The day given and those between it and the result, in the order of the move; never the result of a move."""
    distance = (result - day).days
    step = -1 if distance < 0 else 1
    for passed in range(0, distance or step, step):
        yield day + dt.timedelta(days=passed)


def _step(closure: Closure) -> Derivation:
    return Derivation(
        label=closure.day.isoformat(),
        statement=f"closed in {closure.calendar}, {closure.name_en}",
        basis=closure.basis,
    )
