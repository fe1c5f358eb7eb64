"""What an operator owes GSE for running a contract: the yearly fees by power, and the fees that follow an event.

Every amount is net of VAT. How a fee is settled, by compensation or by transfer, is a rule of the service and stands
with the service (``schemes``), not here.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import field, frozen

from gse_billing.core.arguments import kind_of, require
from gse_billing.core.dated import DatedTable, Row, require_day
from gse_billing.core.errors import InvalidValueError, MissingFigureError
from gse_billing.core.explain import Derivation, figure
from gse_billing.core.money import decimal_from, exact, round_half_up
from gse_billing.core.showing import shown
from gse_billing.fees import tariffs
from gse_billing.fees.brackets import Reading, Schedule
from gse_billing.fees.tariffs import EnergySource
from gse_billing.fees.wording import euros, finite, reservations, steps_table
from gse_billing.fees.years import first_day, require_year

__all__ = [
    "Fee",
    "administrative_fee",
    "connection_point_fee",
    "energy_charge",
    "modification_fee",
    "scheduled_fee",
]


@frozen(kw_only=True)
class Fee:
    """What is due, net of VAT.

    Attributes:
        name: what the fee is for.
        amount: EUR with two decimals, rounded once, half up.
        derivation: how it came about, down to the brackets and the act.
    """

    name: str = field(validator=kind_of(str))
    amount: Decimal = field(validator=finite)
    derivation: Derivation = field(validator=kind_of(Derivation))

    def explain(self) -> Derivation:
        """The way from the tariff to the amount."""
        return self.derivation

    def _repr_html_(self) -> str:
        return steps_table(self.derivation, f"{self.name}: {euros(self.amount)}")


def administrative_fee(
    service: str,
    power_kw: Decimal | int | str,
    *,
    year: int,
    source: EnergySource | None = None,
    reading: Reading = Reading.PROGRESSIVE,
    on: dt.date | None = None,
) -> Fee:
    """The yearly management fee of a contract, by the power of the plant.

    One day of validity in the year is enough to owe the whole fee; :func:`reference_day` tells whether there is one.

    Args:
        service: service code, ``"SSP"``, ``"RID"``, ``"CE"`` or ``"CER"``.
        power_kw: power in kW on the reference day, above zero.
        year: the year the fee is for.
        source: what drives the plant; needed where the tariff depends on it (RID), not used elsewhere.
        reading: progressive, as GSE says; the flat one only where a published source gives it (RID).
        on: the reference day; 1 January unless the contract starts later in the year.

    Raises:
        InvalidValueError: an unknown service, a power that is not above zero or outside the table, a missing source,
            a reading that is no :class:`Reading`, a reference day of another year.
        MissingFigureError: the act has a figure for the service, but no source shows it.
        NoValueInForceError: no tariff was in force on the reference day.

    >>> administrative_fee("SSP", "50.0", year=2020).amount
    Decimal('60.00')
    >>> print(administrative_fee("CE", 18, year=2020).explain())
    CE management fee 2020: 30.60 EUR (DM 24/12/2014, all. 1)
      bracket: 18 kW lies above 6 up to and including 20 kW
      above 3 up to and including 6 kW: 3 kW x 2.2 EUR/kW = 6.60 EUR
      above 6 up to and including 20 kW: 12 kW x 2.0 EUR/kW = 24.00 EUR
    """
    day = first_day(year) if on is None else require_day(on, meant="the reference day")
    if day.year != require_year(year):
        raise InvalidValueError(f"the reference day {day} is not in {year}", value=on, remedy="see reference_day")
    tariff = _management_table(service, source)
    _check_reading(tariff.row_on(day), reading)
    return scheduled_fee(f"{service} management fee {year}", _power(power_kw), tariff=tariff, on=day, reading=reading)


def scheduled_fee(
    name: str,
    quantity: Decimal | int | str,
    *,
    tariff: DatedTable[Schedule],
    on: dt.date,
    reading: Reading = Reading.PROGRESSIVE,
) -> Fee:
    """A fee by any table of brackets: the library's, or the caller's where no source gives the figure.

    Args:
        name: what the fee is for.
        quantity: in the unit of the schedule, not negative.
        tariff: the dated schedules.
        on: the day whose schedule counts.
        reading: how the rates apply.

    Raises:
        InvalidValueError: the quantity is negative or outside the schedule, the reading is no :class:`Reading`, or the
            tariff no table of schedules.
        NoValueInForceError: the table has no row on that day.
    """
    row = require(tariff, DatedTable, meant="a tariff").row_on(on)
    require(row.value, Schedule, meant="the schedule of a tariff")
    charge = row.value.charge(quantity, reading=reading)
    amount = round_half_up(charge.amount)
    derivation = Derivation(
        label=name,
        statement=euros(amount),
        result=amount,
        basis=tariffs.EXEMPTION if charge.exempt else row.basis,
        steps=(*charge.steps(), *(() if charge.exempt else reservations(row))),
    )
    return Fee(name=name, amount=amount, derivation=derivation)


def connection_point_fee(points: int, *, year: int) -> Fee:
    """What Scambio Altrove adds to the SSP fee: a sum a year for each connection point.

    >>> connection_point_fee(3, year=2020).amount
    Decimal('12.00')
    """
    if type(points) is not int or points < 0:
        raise InvalidValueError(
            f"{shown(points)} is not a number of connection points",
            value=points,
            remedy="give a whole number, 0 or more",
        )
    row = tariffs.CONNECTION_POINT.row_on(first_day(year))
    with exact():
        amount = round_half_up(row.value * points)
    name = f"Scambio Altrove fee {year}"
    statement = f"{points} x {euros(row.value)} = {euros(amount)}"
    return Fee(
        name=name,
        amount=amount,
        derivation=Derivation(label=name, statement=statement, result=amount, basis=row.basis),
    )


def energy_charge(energy_mwh: Decimal | int | str, *, year: int) -> Fee:
    """The charge of the V Conto Energia on the incentivised energy of a year.

    Args:
        energy_mwh: incentivised energy in MWh, not negative.
        year: the year of the energy.

    >>> energy_charge("1234.567", year=2020).amount
    Decimal('617.28')
    """
    day = first_day(year)
    return scheduled_fee(f"V Conto Energia charge {year}", energy_mwh, tariff=tariffs.ENERGY_CHARGE, on=day)


def modification_fee(power_kw: Decimal | int | str, *, on: dt.date, source: EnergySource) -> Fee:
    """What GSE asks for examining the modification of a plant.

    Args:
        power_kw: power of the plant in kW, above zero.
        on: the day of the request.
        source: photovoltaic plants have a table of their own.

    Raises:
        InvalidValueError: a power that is not above zero, or a source that is no :class:`EnergySource`.
        NoValueInForceError: no tariff was in force on that day.

    >>> modification_fee(100, on=dt.date(2020, 5, 4), source=EnergySource.SOLAR).amount
    Decimal('170.00')
    """
    _check_source(source)
    return scheduled_fee("plant modification fee", _power(power_kw), tariff=tariffs.MODIFICATION[source], on=on)


def _power(power_kw: Decimal | int | str) -> Decimal:
    power = decimal_from(power_kw, meant="a power in kW")
    if power <= 0:
        raise InvalidValueError(
            f"a plant cannot have {figure(power, 'kW')}", value=power_kw, remedy="give a power above zero"
        )
    return power


def _check_source(source: EnergySource) -> None:
    if not isinstance(source, EnergySource):
        raise InvalidValueError(
            f"{shown(source)} is not what drives a plant", value=source, remedy="give source=EnergySource..."
        )


def _management_table(service: str, source: EnergySource | None) -> DatedTable[Schedule]:
    require(service, str, meant="the code of a service")
    if source is not None:
        _check_source(source)
    if service in tariffs.MISSING:
        raise MissingFigureError(
            tariffs.MISSING[service],
            act=f"{tariffs.DECREE} (the chapter of that service)",
            remedy="write the table with its basis and call scheduled_fee",
        )
    found = tariffs.MANAGEMENT.get((service, source)) or tariffs.MANAGEMENT.get((service, None))
    if found is None:
        raise _no_table(service)
    return found


def _no_table(service: str) -> InvalidValueError:
    known = sorted({code for code, _ in tariffs.MANAGEMENT})
    if service in known:
        return InvalidValueError(
            f"the {service} tariff depends on what drives the plant",
            value=service,
            remedy="give source=EnergySource...",
        )
    return InvalidValueError(
        f"there is no management tariff {shown(service)}", value=service, remedy=f"the tariffs are {', '.join(known)}"
    )


def _check_reading(row: Row[Schedule], reading: Reading) -> None:
    if reading is Reading.FLAT and not row.value.flat_published:
        raise InvalidValueError(
            f"no source reads the tariff of {row.basis.act} for this service as flat",
            value=reading,
            remedy="leave the reading out",
        )
