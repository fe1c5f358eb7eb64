"""The rules of a register, apart from where it keeps its entries: every register decides with these functions.

A :class:`Shelf` looks entries up; the functions answer with the entry to keep, or refuse. Nothing is stored here.
"""

from __future__ import annotations

from typing import Protocol

from gse_billing.core.errors import (
    DuplicateNumberError,
    FrozenNumberError,
    InvalidValueError,
    NumberOutOfOrderError,
    SeriesChangedError,
    UnknownNumberError,
)
from gse_billing.core.guards import guarded
from gse_billing.core.values import evolve
from gse_billing.numbering.entries import Entry, EntryState, Request
from gse_billing.numbering.series import Series

__all__ = ["Shelf", "decide_accept", "decide_load", "decide_reserve", "decide_void"]


_INSTEAD = {
    EntryState.RESERVED: "keep the data as they were, or void the number and ask for another under another key",
    EntryState.ACCEPTED: "keep it as it is, and cancel its invoice with a credit note (TD04) that has its own number",
    EntryState.VOID: "ask for a new number under another key",
}
"""What to do about a number that cannot change."""


class Shelf(Protocol):
    """Where a register finds its entries."""

    def by_key(self, issuer: str, key: str) -> Entry | None:
        """The entry of an idempotency key."""

    def by_number(self, issuer: str, year: int, number: str) -> Entry | None:
        """The entry that has a number in a year."""

    def last(self, issuer: str, series: str, period: int) -> Entry | None:
        """The entry with the highest position of a series and period."""

    def latest_period(self, issuer: str, series: str) -> int | None:
        """The latest period in which a series has an entry."""

    def latest_free(self, issuer: str, series: str, period: int) -> Entry | None:
        """The entry without position that has the latest date in a series and period, then the highest number."""

    def around(self, issuer: str, series: str, period: int, position: int) -> tuple[Entry | None, Entry | None]:
        """The entry at that position or the nearest one before it, and the nearest one after it."""


@guarded
def decide_reserve(shelf: Shelf, request: Request) -> tuple[Entry, bool]:
    """The entry for a request, and whether it is new.

    Raises:
        DuplicateNumberError: the number typed is taken in that year.
        FrozenNumberError: the key has a number already, for other data, or one that was voided.
        NumberOutOfOrderError: the number would be dated before its predecessor or after its successor.
        SeriesChangedError: the series wrote its numbers in another way before.
    """
    known = shelf.by_key(request.issuer, request.key)
    if known is not None:
        return _same(known, request), False
    last = shelf.last(request.issuer, request.series.name, request.period)
    _refuse_other_series(shelf, request, last)
    entry = _new(request, last)
    _refuse_used_number(shelf, entry)
    _refuse_disorder(shelf, entry, last)
    return entry, True


@guarded
def decide_load(shelf: Shelf, entry: Entry) -> Entry:
    """The entry of another register or of a user's books, taken over as it is; dates out of order are its own affair.

    Raises:
        DuplicateNumberError: another entry has its key, its number in that year, or its position in that period.
        InvalidValueError: it is void without a reason.
    """
    if entry.state is EntryState.VOID:
        _require_reason(entry.reason)
    known = shelf.by_key(entry.issuer, entry.key)
    if known is not None:
        raise _duplicate(entry, known)
    _refuse_used_number(shelf, entry)
    if entry.position is not None:
        _around(shelf, entry, entry.position)
    return entry


def _refuse_used_number(shelf: Shelf, entry: Entry) -> None:
    taken = shelf.by_number(entry.issuer, entry.year, entry.number)
    if taken is not None:
        raise _duplicate(entry, taken)


def _around(shelf: Shelf, entry: Entry, position: int) -> tuple[Entry | None, Entry | None]:
    """The neighbours of a new entry in its series, once its position is known to be free."""
    before, after = shelf.around(entry.issuer, entry.series, entry.period, position)
    if before is not None and before.position == position:
        raise _duplicate(entry, before)
    return before, after


def _refuse_other_series(shelf: Shelf, request: Request, last: Entry | None) -> None:
    """A series writes and restarts as it did: entries keep no format, but each shows the one that wrote it."""
    series = request.series
    if last is not None:
        if series.position(last.number, last.year) != last.position:
            raise _changed(series, last.number, f"number {last.number} of {last.day} was not written so")
        return
    period = shelf.latest_period(request.issuer, series.name)
    if period is not None and bool(period) is not series.yearly:
        raise _changed(series, "", "it restarted each year before" if period else "it never restarted before")


def _refuse_disorder(shelf: Shelf, entry: Entry, last: Entry | None) -> None:
    """Refuse a date before that of the number before, or after that of the number after.

    A number that its series would not write has no position: it comes after all that the series had when it was given,
    and before all that follow at its end.
    """
    if entry.position is not None and last is not None and entry.position <= (last.position or 0):
        before, after = _around(shelf, entry, entry.position)
        earlier = [before]
    else:
        earlier, after = [last, shelf.latest_free(entry.issuer, entry.series, entry.period)], None
    for other in earlier:
        if other is not None and other.day > entry.day:
            raise _disorder(entry, other)
    if after is not None and after.day < entry.day:
        raise _disorder(entry, after)


@guarded
def decide_accept(shelf: Shelf, issuer: str, key: str) -> tuple[Entry, bool]:
    """The accepted entry, and whether it was only reserved before.

    Raises:
        UnknownNumberError: no number was reserved under that key.
        FrozenNumberError: the number was voided.
    """
    entry = _known(shelf, issuer, key)
    if entry.state is EntryState.VOID:
        raise _voided(entry)
    return evolve(entry, state=EntryState.ACCEPTED), entry.state is not EntryState.ACCEPTED


@guarded
def decide_void(shelf: Shelf, issuer: str, key: str, reason: str) -> tuple[Entry, bool]:
    """The voided entry, and whether it was only reserved before.

    Raises:
        UnknownNumberError: no number was reserved under that key.
        FrozenNumberError: the number was accepted already, or voided for another reason.
        InvalidValueError: no reason was given.
    """
    entry = _known(shelf, issuer, key)
    _require_reason(reason)
    if entry.state is EntryState.ACCEPTED:
        raise _frozen(entry, "it was accepted")
    if entry.state is EntryState.VOID and entry.reason != reason:
        raise _voided(entry)
    return evolve(entry, state=EntryState.VOID, reason=reason), entry.state is not EntryState.VOID


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidValueError("a number is voided with a reason", value=reason, remedy="say why it is not used")


def _known(shelf: Shelf, issuer: str, key: str) -> Entry:
    entry = shelf.by_key(issuer, key)
    if entry is None:
        raise UnknownNumberError(f"no number was reserved for {key!r}", number="", remedy="reserve it first")
    return entry


def _new(request: Request, last: Entry | None) -> Entry:
    series, year = request.series, request.day.year
    if request.number is not None:
        number, position = request.number, series.position(request.number, year)
    else:
        position = series.first if last is None else max(series.first, (last.position or 0) + 1)
        number = series.number(position, year)
    return Entry(
        issuer=request.issuer,
        series=series.name,
        number=number,
        position=position,
        period=request.period,
        day=request.day,
        key=request.key,
        content=request.content,
        owner=request.owner,
        reserved_at=request.at,
    )


def _same(known: Entry, request: Request) -> Entry:
    same_number = request.number in (None, known.number)
    if (known.content, known.day) != (request.content, request.day) or not (same_number and _of_series(known, request)):
        raise _frozen(known, "its data have changed since")
    if known.state is EntryState.VOID:
        raise _voided(known)
    return known


def _of_series(known: Entry, request: Request) -> bool:
    """Whether the series of a request could have given a number; one from a user's books may be of no series."""
    position = request.series.position(known.number, known.year)
    return not known.series or (known.series, known.position) == (request.series.name, position)


def _duplicate(entry: Entry, taken: Entry) -> DuplicateNumberError:
    return DuplicateNumberError(
        f"number {entry.number} of {entry.year} is taken by {taken.key!r}, which has {taken.number} of {taken.day}",
        number=entry.number,
        why="SDI discards a second document with the same issuer, year and number",
        remedy="type the next free number of the books",
    )


def _disorder(entry: Entry, other: Entry) -> NumberOutOfOrderError:
    return NumberOutOfOrderError(
        f"number {entry.number} of {entry.day} would not follow the dates of its series",
        number=entry.number,
        why=f"number {other.number} is dated {other.day}",
        remedy="date it in the order of the numbers, or type another number",
    )


def _changed(series: Series, number: str, why: str) -> SeriesChangedError:
    return SeriesChangedError(
        f"series {series.name!r} cannot go on as {series.format!r}{'' if series.yearly else ', never restarting'}",
        number=number,
        why=why,
        remedy="give the series as it was, or another name; the format of one that restarts may change with the year",
    )


def _voided(entry: Entry) -> FrozenNumberError:
    return FrozenNumberError(
        f"number {entry.number} was voided",
        number=entry.number,
        why=entry.reason,
        remedy=_INSTEAD[entry.state],
    )


def _frozen(entry: Entry, why: str) -> FrozenNumberError:
    return FrozenNumberError(
        f"number {entry.number} of {entry.day} cannot change",
        number=entry.number,
        why=f"it was given to {entry.key!r} and {why}",
        remedy=_INSTEAD[entry.state],
    )
