"""The gate for entries in columns: their value dates, and every reason for which one may not move (PAY-7, PAY-8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache

import pyarrow as pa
from attrs import field, frozen

from gse_billing import schemes
from gse_billing.billing.holding import restricted, undecided, unnameable
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.billing.standings import declared_restrictions
from gse_billing.core.values import evolve
from gse_billing.netting import Credit, Entry, Held, HoldReason
from gse_billing.netting.frames import ENTRIES, entries_from
from gse_billing.parties import Standing

__all__ = ["Gate"]

_NO_IBAN = Held(HoldReason.NO_IBAN)


@cache
def _value_date(due: dt.date, service: str) -> dt.date:
    return schemes.value_date(due, service=schemes.service(service)).day


@frozen
class Gate:
    """What lets entries through on a day.

    Attributes:
        portfolio: the parties, with IBANs and restrictions.
        on: the day of the run; no value date is before it.
    """

    portfolio: Portfolio
    on: dt.date
    _standings: Mapping[str, Standing] = field(init=False)
    _unpayable: frozenset[str] = field(init=False)

    @_standings.default
    def _(self) -> Mapping[str, Standing]:
        declared = declared_restrictions(self.portfolio)
        return {operator: Standing(restrictions) for operator, restrictions in declared.items()}

    @_unpayable.default
    def _(self) -> frozenset[str]:
        return frozenset(code for code, (_, contract) in self.portfolio.holders.items() if contract.iban is None)

    def entries(self, table: pa.Table) -> list[Entry]:
        """The entries of whole operators, each with its value date and with what holds it."""
        place = ENTRIES.get_field_index("value_date")
        dated = table.set_column(place, ENTRIES.field(place), pa.array(self._value_dates(table), pa.date32()))
        return list(undecided([self._released(entry) for entry in entries_from(dated)], self.on))

    def _value_dates(self, table: pa.Table) -> Iterator[dt.date | None]:
        """The due dates on open days (PAY-7), never before the day of the run; debits have none."""
        columns = (table[name].to_pylist() for name in ("side", "service", "due_date", "value_date"))
        for side, service, due, given in zip(*columns, strict=True):
            yield _value_date(max(given or due, self.on), service) if side == "credit" else None

    def _released(self, entry: Entry) -> Entry:
        added = tuple(self._holds(entry))
        return evolve(entry, held=(*entry.held, *added)) if added else entry

    def _holds(self, entry: Entry) -> Iterator[Held]:
        if entry.operator in self._standings:
            day = entry.value_date if isinstance(entry, Credit) else self.on
            yield from restricted(self._standings[entry.operator], (self.on, day))
        if isinstance(entry, Credit):
            if entry.contract in self._unpayable:
                yield _NO_IBAN
            if entry.document is not None:
                yield from unnameable(entry.document.number, entry.document.date)
