"""Due-date rules: in which month a payment is due, on which day of it, and from which fact that is counted."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import Protocol

from attrs import field, frozen
from attrs.validators import optional

from gse_billing.calendars import ROME, Calendar, add_months, end_of_month
from gse_billing.calendars.months import first_of_month
from gse_billing.core.dated import DatedTable, require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.explain import Derivation
from gse_billing.schemes.results import DatedResult, reading

__all__ = ["Anchor", "DayOfMonth", "DueDateRule", "DueFacts", "LastDay", "LastWorkingDay", "NthWorkingDay", "Reckoning"]


def _day(_: object, __: object, value: dt.date) -> None:
    require_day(value)


def _year(_: object, __: object, value: int) -> None:
    first_of_month(value, 1)


@frozen(kw_only=True)
class DueFacts:
    """What a due-date rule may ask for; give what you know, each rule says what it misses.

    Attributes:
        year: the reference year of the fee.
        contract_accepted: the day GSE accepted the contract.
        published: the day GSE published the fee.
        invoiced: the date of the operator's invoice.
        sent: the day the invoice was sent.
        accepted: the day the invoice was accepted.
        period_end: the last day of the period that is paid.
        stated: the due date that the document or the contract states; it beats every rule (PAY-7).
    """

    year: int | None = field(default=None, validator=optional(_year))
    contract_accepted: dt.date | None = field(default=None, validator=optional(_day))
    published: dt.date | None = field(default=None, validator=optional(_day))
    invoiced: dt.date | None = field(default=None, validator=optional(_day))
    sent: dt.date | None = field(default=None, validator=optional(_day))
    accepted: dt.date | None = field(default=None, validator=optional(_day))
    period_end: dt.date | None = field(default=None, validator=optional(_day))
    stated: dt.date | None = field(default=None, validator=optional(_day))


class Anchor(Enum):
    """The fact from which a rule counts: the value names the field of :class:`DueFacts`."""

    YEAR = "year"
    PUBLISHED = "published"
    INVOICED = "invoiced"
    SENT = "sent"
    ACCEPTED = "accepted"
    PERIOD_END = "period_end"

    def day_in(self, facts: DueFacts) -> dt.date | None:
        """The day of that fact, the first day of a year; ``None`` where it was not given."""
        if self is Anchor.YEAR:
            return None if facts.year is None else first_of_month(facts.year, 1)
        found: dt.date | None = getattr(facts, self.value)
        return found


class DayOfMonth(Protocol):
    """Which day of the month it is; its text reads in front of "of June 2021"."""

    def of(self, month: dt.date, calendar: Calendar) -> dt.date:
        """The day in the month of the day given."""
        ...


@frozen
class NthWorkingDay:
    """The working day of the month with that number, the first being 1; in a month with fewer, its last one."""

    number: int

    def of(self, month: dt.date, calendar: Calendar) -> dt.date:
        """The day in the month of the day given."""
        days = calendar.working_days(month.year, month.month)
        if len(days) < self.number:  # January 2016 and April 2022 have 19 in Rome
            return calendar.last_working_day(month.year, month.month)
        return days[self.number - 1]

    def __str__(self) -> str:
        return f"working day number {self.number}"


@frozen
class LastWorkingDay:
    """The last working day of the month."""

    def of(self, month: dt.date, calendar: Calendar) -> dt.date:
        """The day in the month of the day given."""
        return calendar.last_working_day(month.year, month.month)

    def __str__(self) -> str:
        return "last working day"


@frozen
class LastDay:
    """The last day of the month, open or closed."""

    def of(self, month: dt.date, calendar: Calendar) -> dt.date:  # noqa: ARG002  the calendar is not asked
        """The day in the month of the day given."""
        return end_of_month(month)

    def __str__(self) -> str:
        return "last day"


@frozen
class Reckoning:
    """How a rule counts: so many months after the month of the anchor, then the day of that month."""

    months_after: int
    day: DayOfMonth

    def __str__(self) -> str:
        return f"{self.day} of the month {self.months_after} after"


@frozen(kw_only=True)
class DueDateRule:
    """One rule of a service that gives a due date.

    Attributes:
        code: its name within the service, ``with-invoice``.
        name: what is paid under it.
        anchor: the fact it counts from.
        reckonings: how it counts, by validity; looked up on the day of the anchor. Notes say how a source was read.
        accepted_by: month and day of the reference year by which the contract must have been accepted, where it counts.
    """

    code: str
    name: str
    anchor: Anchor
    reckonings: DatedTable[Reckoning]
    accepted_by: tuple[int, int] | None = None

    def due(self, facts: DueFacts, *, calendar: Calendar = ROME) -> DatedResult:
        """The due date that follows from the facts; it may fall on a closed day, see ``value_date``.

        Args:
            facts: what the rule asks for; a stated due date is not looked at here.
            calendar: the working days that count; GSE counts those of Rome.

        Raises:
            InvalidValueError: a fact is missing, or the contract was accepted too late for this payment.
            NoValueInForceError: no reckoning is known for that day.
        """
        start = self._start(facts)
        accepted = self._accepted_in_time(start.year, facts)
        row = self.reckonings.row_on(start)
        month = add_months(start.replace(day=1), row.value.months_after)
        day = row.value.day.of(month, calendar)
        counted = f"{row.value.day} of {month.isoformat()[:7]}, counted from {self._anchor_words(facts)}"
        derivation = Derivation(
            label=f"due date of {self.name}",
            statement=f"{counted}: {day.isoformat()}",
            result=day,
            basis=row.basis,
            steps=accepted + reading(row.note),
        )
        return DatedResult(day, derivation)

    def _start(self, facts: DueFacts) -> dt.date:
        start = self.anchor.day_in(facts)
        if start is None:
            raise self._missing(self.anchor.value, facts)
        return start

    def _anchor_words(self, facts: DueFacts) -> str:
        return f"{self.anchor.value} {getattr(facts, self.anchor.value)}".replace("_", " ")

    def _accepted_in_time(self, year: int, facts: DueFacts) -> tuple[Derivation, ...]:
        if self.accepted_by is None:
            return ()
        if facts.contract_accepted is None:
            raise self._missing("contract_accepted", facts)
        last = dt.date(year, *self.accepted_by)
        if facts.contract_accepted > last:
            raise InvalidValueError(
                f"a contract accepted on {facts.contract_accepted.isoformat()} gets no {self.name} for {year}",
                value=facts.contract_accepted,
                why=f"it is paid for contracts accepted by {last.isoformat()}",
                remedy="ask the rule of a later payment of the service",
            )
        statement = f"contract accepted on {facts.contract_accepted.isoformat()}, by {last.isoformat()}"
        return (Derivation(label="condition", statement=statement),)

    def _missing(self, fact: str, facts: DueFacts) -> InvalidValueError:
        return InvalidValueError(
            f"the due date of {self.name} needs {fact}",
            value=facts,
            why="the rule counts from it",
            remedy=f"give DueFacts({fact}=...), or DueFacts(stated=...) where the document states its due date",
        )
