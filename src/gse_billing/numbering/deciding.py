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
    UnknownNumberError,
)
from gse_billing.core.values import evolve
from gse_billing.numbering.entries import Entry, EntryState, Request

__all__ = ["Shelf", "decide_accept", "decide_load", "decide_reserve", "decide_void"]


class Shelf(Protocol):
    """Where a register finds its entries."""

    def by_key(self, issuer: str, key: str) -> Entry | None:
        """The entry of an idempotency key."""

    def by_number(self, issuer: str, year: int, number: str) -> Entry | None:
        """The entry that has a number in a year."""

    def last(self, issuer: str, series: str, period: int) -> Entry | None:
        """The entry with the highest position of a series and period."""

    def around(self, issuer: str, series: str, period: int, position: int) -> tuple[Entry | None, Entry | None]:
        """The entry at that position or the nearest one before it, and the nearest one after it."""


def decide_reserve(shelf: Shelf, request: Request) -> tuple[Entry, bool]:
    """The entry for a request, and whether it is new.

    Raises:
        DuplicateNumberError: the number typed is taken in that year.
        FrozenNumberError: the key has a number already, for other data, or one that was voided.
        NumberOutOfOrderError: the number would be dated before its predecessor or after its successor.
    """
    known = shelf.by_key(request.issuer, request.key)
    if known is not None:
        return _same(known, request), False
    entry = _new(shelf, request)
    before, after = _refuse_duplicate(shelf, entry)
    _refuse_disorder(entry, before, after)
    return entry, True


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
    _refuse_duplicate(shelf, entry)
    return entry


def _refuse_duplicate(shelf: Shelf, entry: Entry) -> tuple[Entry | None, Entry | None]:
    """The neighbours of a new entry in its series, once its number is known to be free."""
    taken = shelf.by_number(entry.issuer, entry.year, entry.number)
    if taken is not None:
        raise _duplicate(entry, taken)
    if entry.position is None:
        return None, None
    before, after = shelf.around(entry.issuer, entry.series, entry.period, entry.position)
    if before is not None and before.position == entry.position:
        raise _duplicate(entry, before)
    return before, after


def _refuse_disorder(entry: Entry, before: Entry | None, after: Entry | None) -> None:
    if before is not None and before.day > entry.day:
        raise _disorder(entry, before)
    if after is not None and after.day < entry.day:
        raise _disorder(entry, after)


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


def _new(shelf: Shelf, request: Request) -> Entry:
    series, year = request.series, request.day.year
    period = year if series.yearly else 0
    if request.number is not None:
        number, position = request.number, series.position(request.number, year)
    else:
        last = shelf.last(request.issuer, series.name, period)
        position = max((last.position or 0) + 1 if last else 0, series.first)
        number = series.number(position, year)
    return Entry(
        issuer=request.issuer,
        series=series.name,
        number=number,
        position=position,
        period=period,
        day=request.day,
        key=request.key,
        content=request.content,
        owner=request.owner,
        reserved_at=request.at,
    )


def _same(known: Entry, request: Request) -> Entry:
    same_number = request.number in (None, known.number)
    same_series = known.series in ("", request.series.name)  # a number from a user's books may be of no series
    if (known.content, known.day) != (request.content, request.day) or not (same_number and same_series):
        raise _frozen(known, "its data have changed since")
    if known.state is EntryState.VOID:
        raise _voided(known)
    return known


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


def _voided(entry: Entry) -> FrozenNumberError:
    return FrozenNumberError(
        f"number {entry.number} was voided",
        number=entry.number,
        why=entry.reason,
        remedy="ask for a new number under another key",
    )


def _frozen(entry: Entry, why: str) -> FrozenNumberError:
    return FrozenNumberError(
        f"number {entry.number} of {entry.day} cannot change",
        number=entry.number,
        why=f"it was given to {entry.key!r} and {why}",
        remedy="keep the data as they were, or void the number while it is only reserved",
    )
