"""What a register holds: requests, entries, and the steps of its audit trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import Enum
from typing import Any

from attrs import field, frozen

from gse_billing.core.dated import require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.core.showing import shown
from gse_billing.numbering.series import MOST, Series

__all__ = ["Entry", "EntryState", "Request", "Step", "in_order", "require_moment"]


class EntryState(Enum):
    """The life of a number."""

    RESERVED = "reserved"
    ACCEPTED = "accepted"
    VOID = "void"


def require_moment(value: dt.datetime | None) -> dt.datetime | None:
    """The moment in UTC, or ``None``.

    Raises:
        InvalidValueError: it is no moment, or has no zone, so that two of them could not be put in order.
    """
    if value is None:
        return None
    given: object = value
    if isinstance(given, dt.datetime) and given.utcoffset() is not None:
        return given.astimezone(dt.UTC)
    raise InvalidValueError(
        f"{shown(value)} cannot be the time of a reservation",
        value=value,
        why="moments carry a zone",
        remedy="give datetime.datetime.now(datetime.UTC), or None",
    )


def _day(given: dt.date) -> dt.date:
    return require_day(given, meant="the date of a document")


@frozen(kw_only=True)
class Request:
    """What a number is asked for.

    Attributes:
        issuer: who the number must be unique for: the seller, or the buyer where the buyer issues (``CC``).
        series: the series it comes from.
        day: the date of the document.
        key: the idempotency key: the same key always gets the same number.
        content: a digest of the document's data; the same key with other data is an error.
        number: the number typed by the operator, or ``None`` for the next one of the series.
        owner: who asks (a person, a host, a run), so that a reservation left by a crash finds somebody to end it.
        at: when it is asked, with a zone, or ``None`` where nobody needs to know.
    """

    issuer: str
    series: Series
    day: dt.date = field(converter=_day)
    key: str
    content: str
    number: InvoiceNumber | None = None
    owner: str = ""
    at: dt.datetime | None = field(default=None, converter=require_moment)

    def __attrs_post_init__(self) -> None:
        require_fields(self)

    @property
    def period(self) -> int:
        """The year within which positions are counted, or 0 in a series that never restarts."""
        return self.day.year if self.series.yearly else 0


@frozen(kw_only=True)
class Entry:
    """One number of the register.

    ``position`` is ``None`` for a typed number that its series would not write; ``period`` is the year within which
    positions are counted, or 0 in a series that never restarts. ``reserved_at`` is in UTC.
    """

    issuer: str
    series: str
    number: InvoiceNumber
    position: int | None
    period: int
    day: dt.date = field(converter=_day)
    key: str
    content: str
    state: EntryState = EntryState.RESERVED
    reason: str = ""
    owner: str = ""
    reserved_at: dt.datetime | None = field(default=None, converter=require_moment)

    def __attrs_post_init__(self) -> None:
        require_fields(self)
        if self.position is not None and not 0 <= self.position < MOST:
            raise InvalidValueError(
                f"a number cannot have position {shown(self.position)}",
                value=self.position,
                remedy="give the count that its series shows, or None",
            )
        if self.period not in (0, self.day.year):
            raise InvalidValueError(
                f"positions of {self.day} are not counted within {shown(self.period)}",
                value=self.period,
                remedy="give the year of the day, or 0 for a series that never restarts",
            )

    @property
    def year(self) -> int:
        """The year within which the number is unique: that of the document's date."""
        return self.day.year

    def to_dict(self) -> dict[str, Any]:
        """The entry as JSON-ready values; owner and time only where they are known."""
        fields: dict[str, Any] = {
            "issuer": self.issuer,
            "series": self.series,
            "number": str(self.number),
            "position": self.position,
            "period": self.period,
            "day": self.day.isoformat(),
            "key": self.key,
            "content": self.content,
            "state": self.state.value,
            "reason": self.reason,
        }
        if self.owner:
            fields["owner"] = self.owner
        if self.reserved_at is not None:
            fields["reserved_at"] = self.reserved_at.isoformat()
        return fields

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Entry:
        """The inverse of :meth:`to_dict`.

        Raises:
            InvalidValueError: a field is missing or not legal.
        """
        try:
            at = fields.get("reserved_at")
            given = {
                **fields,
                "number": InvoiceNumber(fields["number"]),
                "day": dt.date.fromisoformat(fields["day"]),
                "state": EntryState(fields["state"]),
                "reserved_at": None if at is None else dt.datetime.fromisoformat(at),
            }
            return cls(**given)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise InvalidValueError(
                "an entry of the number register cannot be read", value=fields, why=str(error)
            ) from None


@guarded
def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries by issuer, year, series, position and number."""
    return tuple(
        sorted(
            entries, key=lambda entry: (entry.issuer, entry.year, entry.series, entry.position or 0, str(entry.number))
        )
    )


@frozen(kw_only=True)
class Step:
    """One line of the audit trail: what happened to a number, in the order in which it happened.

    Attributes:
        sequence: grows with every step, whatever the clock does; in a database some of the counts may be left out.
        state: the state that the number had after the step.
        by: who did it, where it was said.
        at: when, in UTC, where it was said.
    """

    sequence: int
    issuer: str
    key: str
    number: InvoiceNumber
    state: EntryState
    reason: str = ""
    by: str = ""
    at: dt.datetime | None = None

    def __attrs_post_init__(self) -> None:
        require_fields(self)
