"""Simple types whose values are days and moments."""

# ruff: noqa: D102 - the methods are explained at SimpleType

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from attrs import field, frozen

from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.simple import SimpleType, collapsed, shown, stated

__all__ = ["DateText", "DateTimeText"]

_ZONE = r"(?P<zone>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_DAY = r"(?P<day>(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2})"
_DATE = re.compile(_DAY + _ZONE)
_MOMENT = re.compile(
    _DAY + r"T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?" + _ZONE
)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


@frozen(eq=False)
class DateText(SimpleType[dt.date]):
    """A day. A zone is legal in the text and is kept as an odd spelling; the value is the day that is written.

    Attributes:
        min_inclusive: the first day, as the schema writes it.
    """

    min_inclusive: str | None = field(default=None, kw_only=True)

    @property
    def restricts(self) -> str:
        return "xs:date"

    @property
    def python(self) -> type:
        return dt.date

    def accepts(self, value: object) -> bool:
        return isinstance(value, dt.date) and not isinstance(value, dt.datetime)

    def facets(self) -> Iterator[tuple[str, str]]:
        return stated(minInclusive=self.min_inclusive)

    def parse(self, text: str) -> dt.date | Flaw:
        found = _DATE.fullmatch(collapsed(text))
        value = _day(found["day"]) if found else None
        if value is None:
            return Flaw("not-a-date", "", shown(text))
        if self.min_inclusive is not None and value < dt.date.fromisoformat(self.min_inclusive):
            return Flaw("too-early", self.min_inclusive, shown(text))
        return value

    def spell(self, value: dt.date) -> str:
        return value.isoformat()


@frozen(eq=False)
class DateTimeText(SimpleType[dt.datetime]):
    """A moment, with a zone when the text has one; 24:00:00 is the midnight that follows.

    Python keeps microseconds: more decimals stay in the odd spelling.
    """

    @property
    def restricts(self) -> str:
        return "xs:dateTime"

    @property
    def python(self) -> type:
        return dt.datetime

    def facets(self) -> Iterator[tuple[str, str]]:
        return iter(())

    def parse(self, text: str) -> dt.datetime | Flaw:
        found = _MOMENT.fullmatch(collapsed(text))
        value = _moment(found) if found else None
        return Flaw("not-a-moment", "", shown(text)) if value is None else value

    def spell(self, value: dt.datetime) -> str:
        return value.isoformat()


def _moment(found: re.Match[str]) -> dt.datetime | None:
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"])
    fraction = found["fraction"] or ""
    midnight = hour == 24 and not (minute or second or fraction.strip("0"))
    try:
        value = dt.datetime.fromisoformat(f"{found['day']}T{'00' if midnight else found['hour']}:00")
        value = value.replace(minute=minute, second=second, microsecond=int(fraction[:6].ljust(6, "0")))
        return value.replace(tzinfo=_zone(found["zone"])) + dt.timedelta(days=midnight)
    except (ValueError, OverflowError):
        return None


def _zone(text: str | None) -> dt.timezone | None:
    if text is None:
        return None
    if text == "Z":
        return dt.UTC
    sign = -1 if text.startswith("-") else 1
    return dt.timezone(sign * dt.timedelta(hours=int(text[1:3]), minutes=int(text[4:])))
