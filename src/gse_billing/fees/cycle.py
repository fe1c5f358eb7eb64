"""The year of a biofuel declaration: by when it is made, and from when on GSE invoices it.

What was released in a year is declared in the January after it; GSE checks the documents, and only then invoices the
fee (BIO-6, BIO-13). A party that ceases declares its last year like every other, and nothing afterwards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import Enum

from attrs import field, frozen

from gse_billing.core.arguments import require
from gse_billing.core.dated import Basis, Certainty, DatedTable, Row, require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.explain import Derivation
from gse_billing.core.showing import shown
from gse_billing.fees.wording import reservations, steps_table
from gse_billing.fees.years import first_day, require_year

__all__ = ["DECLARATION_DEADLINES", "DayOfYear", "DeclarationCycle", "DeclarationState"]

_DECLARING = Basis(
    act="DM 10/10/2014 art. 4",
    source="text of the decree, Gazzetta Ufficiale 250 of 27/10/2014, 14A08212",
    certainty=Certainty.LAW,
)
_CHECKING = Basis(
    act="GSE, instructions on invoicing and paying the biofuel fees, 2",
    source="the instructions",
    certainty=Certainty.GSE,
)


@frozen
class DayOfYear:
    """A day that comes back every year.

    Raises:
        InvalidValueError: not a day of every year.

    >>> DayOfYear(1, 31).in_year(2016)
    datetime.date(2016, 1, 31)
    """

    month: int
    day: int

    def __attrs_post_init__(self) -> None:
        for part in (self.month, self.day):
            require(part, int, meant="a month or a day")
        try:
            self.in_year(2015)
        except (ValueError, OverflowError):
            raise InvalidValueError(
                f"there is no day {shown(self.day)} of month {shown(self.month)} in every year",
                value=(self.month, self.day),
                remedy="give 1 and 31 for the 31st of January",
            ) from None

    def in_year(self, year: int) -> dt.date:
        """The day in that year.

        Raises:
            InvalidValueError: not a year of the calendar.
        """
        return dt.date(require_year(year), self.month, self.day)


DECLARATION_DEADLINES: DatedTable[DayOfYear] = DatedTable(
    "last day of the biofuel declarations, by the year in which they are made",
    (
        Row(
            value=DayOfYear(1, 31),
            valid_from=dt.date(2015, 1, 1),
            valid_to=dt.date(2023, 4, 14),
            basis=_DECLARING,
        ),
        Row(
            value=DayOfYear(1, 31),
            valid_from=dt.date(2023, 4, 14),
            basis=Basis(
                act="DM 16/03/2023 n. 107",
                source="GSE, support article KB0013047 on the phases of the biofuel obligation, updated 04/03/2025",
                certainty=Certainty.GSE,
            ),
            note="who chose the transition of art. 9 declared what he released until 13 April 2023 by 28 February 2024"
            " (GSE, news of 13/06/2023); that a party which ceased declares its last year is read as in DM 10/10/2014",
        ),
    ),
)
"""Until when what was released in the year before is declared; DM 107/2023 itself was not read, so GSE is quoted."""


class DeclarationState(Enum):
    """Where the declaration of a year stands on a day."""

    NOT_REQUIRED = "nothing to declare"
    TO_BE_DECLARED = "to be declared"
    LATE = "late: the last day passed without a declaration"
    DECLARED = "declared, not checked yet"
    CHECKED = "declared and checked"


@frozen(kw_only=True)
class DeclarationCycle:
    """What happened to one party's declaration of one year, as far as it is known.

    Args:
        year: the year of release.
        declared_on: the day of the declaration, or ``None`` where there is none.
        checked_on: the day on which it passed GSE's documentary check, or ``None`` where it has not.
        ceased_on: the party's last day, where it ceased; the year of that day is the last one it declares.
        deadlines: the caller's own table in place of the library's.

    Attributes:
        row: the last day of the declarations that applies, with its act; derived.

    Raises:
        InvalidValueError: not a year, not a plain day, or days in an order that cannot be.
        NoValueInForceError: no last day is known for that year.

    >>> cycle = DeclarationCycle(year=2015, declared_on=dt.date(2016, 1, 25), checked_on=dt.date(2016, 3, 1))
    >>> cycle.deadline, cycle.may_be_invoiced(dt.date(2016, 2, 29)), cycle.may_be_invoiced(dt.date(2016, 3, 18))
    (datetime.date(2016, 1, 31), False, True)
    """

    year: int
    declared_on: dt.date | None = None
    checked_on: dt.date | None = None
    ceased_on: dt.date | None = None
    deadlines: DatedTable[DayOfYear] = field(default=DECLARATION_DEADLINES, repr=False)
    row: Row[DayOfYear] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        require_year(self.year)
        for name, day in (("declared", self.declared_on), ("checked", self.checked_on), ("last", self.ceased_on)):
            if day is not None:
                require_day(day, meant=f"the {name} day of a declaration")
        _require_order(self)
        row = require(self.deadlines, DatedTable, meant="the table of last days").row_on(first_day(self.year + 1))
        require(row.value, DayOfYear, meant="a last day of the declarations")
        object.__setattr__(self, "row", row)

    @property
    def deadline(self) -> dt.date:
        """The last day to declare what was released in the year."""
        return self.row.value.in_year(self.year + 1)

    @property
    def required(self) -> bool:
        """Whether there is anything to declare: not for a party that had ceased before the year."""
        return self.ceased_on is None or self.ceased_on.year >= self.year

    @property
    def released_until(self) -> dt.date:
        """The last day that the declaration covers: the end of the year, or the party's last day within it."""
        end = dt.date(self.year, 12, 31)
        return end if self.ceased_on is None else min(end, self.ceased_on)

    @property
    def declared_late(self) -> bool:
        """Whether it was declared after the last day; no source says that this keeps it from being invoiced."""
        return self.declared_on is not None and self.declared_on > self.deadline

    def state(self, on: dt.date) -> DeclarationState:
        """Where the declaration stands at the end of a day."""
        require_day(on)
        if not self.required:
            return DeclarationState.NOT_REQUIRED
        if self.checked_on is not None and self.checked_on <= on:
            return DeclarationState.CHECKED
        if self.declared_on is not None and self.declared_on <= on:
            return DeclarationState.DECLARED
        return DeclarationState.LATE if on > self.deadline else DeclarationState.TO_BE_DECLARED

    def may_be_invoiced(self, on: dt.date) -> bool:
        """Whether GSE may date an invoice on that day: the declaration has passed its documentary check (BIO-6)."""
        return self.state(on) is DeclarationState.CHECKED

    def obstacle(self, on: dt.date) -> str:
        """Why no invoice can be dated on that day, in words; empty where one can."""
        state = self.state(on)
        if state is DeclarationState.CHECKED:
            return ""
        if state is DeclarationState.NOT_REQUIRED:
            return f"the party ceased on {self.ceased_on}, before {self.year}"
        if state is DeclarationState.DECLARED:
            passed = "has not passed" if self.checked_on is None else f"passed only on {self.checked_on}"
            return f"the declaration of {self.year}, made on {self.declared_on}, {passed} the documentary check of GSE"
        verb = "is" if state is DeclarationState.TO_BE_DECLARED else "was"
        return f"the biofuel released in {self.year} {verb} to be declared by {self.deadline}, and is not on {on}"

    def explain(self, on: dt.date) -> Derivation:
        """The state on a day and what it means for the invoice, with what happened and the acts."""
        obstacle = self.obstacle(on)
        meaning = f"not invoiced: {obstacle}" if obstacle else "it may be invoiced"
        return Derivation(
            label=f"declaration of {self.year} on {on}",
            statement=f"{self.state(on).value}; {meaning}",
            basis=_CHECKING,
            steps=self.steps(),
        )

    def steps(self) -> tuple[Derivation, ...]:
        """What happened, one step each, without regard to a day."""
        return (*_steps(self), *reservations(self.row))

    def _repr_html_(self) -> str:
        known = Derivation(label="year of release", statement=str(self.year), steps=self.steps())
        return steps_table(known, f"declaration of {self.year}")


def _require_order(cycle: DeclarationCycle) -> None:
    declared, checked = cycle.declared_on, cycle.checked_on
    if declared is not None and declared < cycle.released_until:
        raise InvalidValueError(
            f"the release of {cycle.year} cannot have been declared on {declared}",
            value=declared,
            why=f"the party released biofuel until {cycle.released_until}, and declares all of the year (art. 4)",
            remedy="check the day and the year of release; a party that ceased has a last day, ceased_on",
        )
    if checked is not None and (declared is None or checked < declared):
        raise InvalidValueError(
            f"a check on {checked} of a declaration made {f'on {declared}' if declared else 'never'}",
            value=checked,
            why="GSE checks what was declared (BIO-6)",
            remedy="give declared_on, not later than checked_on",
        )


def _steps(cycle: DeclarationCycle) -> Iterator[Derivation]:
    if cycle.ceased_on is not None:
        kept = "the obligation stays for its last year" if cycle.required else "nothing is left to declare"
        yield Derivation(label="last day of the party", statement=f"{cycle.ceased_on}; {kept}", basis=_DECLARING)
    yield Derivation(
        label="last day to declare", statement=str(cycle.deadline), result=cycle.deadline, basis=cycle.row.basis
    )
    if cycle.declared_on is not None:
        punctual = "late" if cycle.declared_late else "in time"
        yield Derivation(label="declared on", statement=f"{cycle.declared_on}, {punctual}", basis=cycle.row.basis)
    if cycle.checked_on is not None:
        yield Derivation(label="checked on", statement=str(cycle.checked_on), basis=_CHECKING)
