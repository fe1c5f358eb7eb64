"""Offices of public bodies as the Indice PA (IPA) lists them on one day: who receives invoices, and under which code.

They are read only: an operator chooses among them and changes none (CUU-1). ``ipa_files`` reads them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from attrs import field, frozen

from gse_billing.core.arguments import require_each
from gse_billing.core.findings import Report
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.html import table
from gse_billing.core.identifiers import OfficeCode

__all__ = ["CENTRAL_OFFICE_NAME", "ChannelState", "Office", "OfficeSnapshot"]

CENTRAL_OFFICE_NAME = "Uff_eFatturaPA"
"""The name of the office that IPA makes for a body by itself: the central one, a last resort (SDI 00398)."""


class ChannelState(Enum):
    """Whether invoices reach an office, in the letters of the IPA web services."""

    ACTIVE = "A"
    VALIDATING = "V"
    UNSAID = ""

    @property
    def works(self) -> bool:
        """Whether the channel may be used; the open data list no letter, since their offices have one that works."""
        return self is not ChannelState.VALIDATING


@frozen(weakref_slot=False)
class Office:
    """An office.

    Attributes:
        code: the CUU.
        name: as IPA writes it.
        tax_code: for which it receives invoices, a :class:`.CodiceFiscale`, or empty where it receives none; a body may
            have several.
        body: the IPA code of the body.
        verified: the day on which the tax code was verified, ``None`` where it was not.
        start: the first day of e-invoicing, ``None`` where IPA does not say.
        channel: whether invoices reach it.
    """

    code: OfficeCode
    name: str
    tax_code: str
    body: str
    verified: dt.date | None
    start: dt.date | None
    channel: ChannelState

    def __attrs_post_init__(self) -> None:
        require_fields(self)

    @property
    def central(self) -> bool:
        """Whether it is the office that IPA makes for a body by itself."""
        return self.name.casefold() == CENTRAL_OFFICE_NAME.casefold()

    @guarded
    def active_on(self, day: dt.date) -> bool:
        """Whether invoices reach it on that day: its channel works and its service has started."""
        if self.start is None:
            return self.channel is ChannelState.ACTIVE
        return self.channel.works and self.start <= day

    @guarded
    def obstacle(self, tax_code: str, day: dt.date) -> str:
        """Why it cannot receive invoices to that buyer on that day, or an empty text."""
        if not self.channel.works:
            return "its channel is still being validated"
        if not self.active_on(day):
            return f"it receives invoices from {self.start}" if self.start else "IPA gives no start of its service"
        if self.tax_code != tax_code:
            return f"it receives invoices for the tax code {self.tax_code or 'of nobody'}"
        return "" if self.verified else "its tax code was not verified"


def _offices(given: Iterable[Office]) -> tuple[Office, ...]:
    return require_each(given, Office, meant="an office")


@frozen
class OfficeSnapshot:
    """The offices that IPA listed on one day, found by code and by tax code in constant time.

    Args:
        day: the day of the data.
        offices: all of them, in any order; one code may stand for several tax codes.
        report: what could not be read, with its lines.
    """

    day: dt.date
    offices: tuple[Office, ...] = field(default=(), converter=_offices, repr=False)
    report: Report = field(default=Report(), repr=False, eq=False)
    _by_code: Mapping[str, list[Office]] = field(init=False, repr=False, eq=False)
    _by_tax_code: Mapping[str, list[Office]] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        require_fields(self)

    @_by_code.default
    def _index_codes(self) -> Mapping[str, list[Office]]:
        found: dict[str, list[Office]] = {}
        for office in self.offices:
            found.setdefault(office.code, []).append(office)
        return found

    @_by_tax_code.default
    def _index_tax_codes(self) -> Mapping[str, list[Office]]:
        found: dict[str, list[Office]] = {}
        for office in self.offices:
            if office.tax_code:
                found.setdefault(office.tax_code, []).append(office)
        return found

    @guarded
    def office(self, code: str, tax_code: str | None = None) -> Office | None:
        """The office of that code, or ``None``; of several, the one that receives invoices for the tax code."""
        found = self._by_code.get(code, [])
        return next((one for one in found if one.tax_code == tax_code), found[0] if found else None)

    @guarded
    def offices_of(self, tax_code: str) -> tuple[Office, ...]:
        """The offices that receive invoices for that tax code, usable or not."""
        return tuple(self._by_tax_code.get(tax_code, ()))

    @guarded
    def usable(self, tax_code: str, day: dt.date) -> tuple[Office, ...]:
        """Those of them that can receive an invoice on that day: channel active, service started, tax code verified."""
        return tuple(office for office in self.offices_of(tax_code) if not office.obstacle(tax_code, day))

    def __iter__(self) -> Iterator[Office]:
        return iter(self.offices)

    def __len__(self) -> int:
        return len(self.offices)

    def _repr_html_(self) -> str:
        shown = self.offices[:20]
        rows = [(one.code, one.name, one.tax_code, one.start or "", one.channel.value) for one in shown]
        caption = f"{len(self)} offices of IPA on {self.day}, {len(self.report)} findings"
        return table(("code", "name", "tax code", "start", "channel"), rows, caption=caption)
