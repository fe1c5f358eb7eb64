"""The tariffs as dated rows: what each act asks for, since when, and where it was read.

Amounts are EUR net of VAT; powers are kW, energy is Gcal or MWh. The decree of 24 December 2014 applies from
1 January 2015 and stays until another decree replaces it, so its rows have no end. A caller who knows a later figure
adds a row with ``with_rows`` and passes the table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

from attrs import field, frozen

from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from gse_billing.fees.brackets import Bracket, Schedule, tariff_figure

__all__ = [
    "BIOFUEL",
    "CONNECTION_POINT",
    "DECREE",
    "ENERGY_CHARGE",
    "EXEMPTION",
    "MANAGEMENT",
    "MISSING",
    "MODIFICATION",
    "TABLES",
    "BiofuelCoefficients",
    "EnergySource",
]

_START = dt.date(2015, 1, 1)
DECREE = "DM 24/12/2014, all. 1"
"""The act that holds most tariffs."""
# Plants of at most 3 kW are left out of the whole decree.
_EXEMPT = Decimal(3)


class EnergySource(Enum):
    """What drives a plant, as far as a tariff depends on it."""

    SOLAR = "solar"
    WIND = "wind"
    HYDRO = "hydro"
    OTHER = "other"


@frozen(kw_only=True)
class BiofuelCoefficients:
    """X and Y in EUR/Gcal: on all biofuel, and on top of it on advanced and double-counting biofuel."""

    base: Decimal = field(converter=tariff_figure)
    additional: Decimal = field(converter=tariff_figure)


EXEMPTION = Basis(act="DL 91/2014, art. 25", source="text of the decree-law", certainty=Certainty.LAW)
"""Why plants of at most 3 kW pay nothing."""

BIOFUEL: DatedTable[BiofuelCoefficients] = DatedTable(
    "biofuel coefficients X and Y",
    (
        Row(
            value=BiofuelCoefficients(base=Decimal("0.055"), additional=Decimal("0.009")),
            valid_from=_START,
            basis=Basis(
                act=f"{DECREE} p. 7",
                source="GSE, instructions on invoicing and paying the biofuel fees, 1.1 and 1.2",
                certainty=Certainty.GSE,
            ),
            note="no later decree that changes them was found",
        ),
    ),
)
"""X and Y."""


def _schedule_table(
    name: str, schedule: Schedule, basis: Basis, *, since: dt.date | None = _START, note: str = ""
) -> DatedTable[Schedule]:
    return DatedTable(name, (Row(value=schedule, valid_from=since, basis=basis, note=note),))


def _rid(source: EnergySource, first: str, second: str, third: str) -> DatedTable[Schedule]:
    return _schedule_table(
        f"RID management fee, {source.value}",
        Schedule(
            brackets=(Bracket(up_to=20, rate=first), Bracket(up_to=200, rate=second), Bracket(rate=third)),
            exempt_up_to=_EXEMPT,
            cap=10_000,
            flat_published=True,
        ),
        Basis(
            act=DECREE,
            source="esiprj.it, table of the decree; reading and cap: GSE, page on the tariffs of the service",
            certainty=Certainty.SECONDARY,
        ),
        note="GSE calls the brackets progressive; one adviser (cerdinamo.it) applies one rate to the whole power",
    )


_SSP = _schedule_table(
    "SSP management fee",
    Schedule(
        brackets=(Bracket(up_to=3), Bracket(up_to=20, fixed=30), Bracket(up_to=500, fixed=30, rate=1)),
        exempt_up_to=_EXEMPT,
    ),
    Basis(act=DECREE, source="GSE support, articles 73b52ff2 and 30d71f02", certainty=Certainty.GSE),
    note="the service ends at 500 kW",
)

_CONTO_ENERGIA = _schedule_table(
    "Conto Energia management fee",
    Schedule(
        brackets=(
            Bracket(up_to=3),
            Bracket(up_to=6, rate="2.2"),
            Bracket(up_to=20, rate="2.0"),
            Bracket(up_to=200, rate="1.8"),
            Bracket(up_to=1000, rate="1.4"),
            Bracket(rate="1.2"),
        ),
        exempt_up_to=_EXEMPT,
    ),
    Basis(act=DECREE, source="GSE support, article 06b5abf2; worked examples of esiprj.it", certainty=Certainty.GSE),
)

_CER = _schedule_table(
    "CER management fee",
    Schedule(
        brackets=(Bracket(up_to=3), Bracket(up_to=20, fixed=15), Bracket(fixed=15, rate=1)),
        exempt_up_to=_EXEMPT,
    ),
    Basis(
        act="DM 15/03/2024 n. 106",
        source="nextville.it, news 54153; cerdinamo.it",
        certainty=Certainty.SECONDARY,
    ),
    since=dt.date(2024, 3, 15),
    note="no source gives the first day; the date of the decree stands for it",
)

MANAGEMENT: Mapping[tuple[str, EnergySource | None], DatedTable[Schedule]] = {
    ("SSP", None): _SSP,
    ("CE", None): _CONTO_ENERGIA,
    ("CER", None): _CER,
    ("RID", EnergySource.SOLAR): _rid(EnergySource.SOLAR, "0.7", "0.65", "0.6"),
    ("RID", EnergySource.WIND): _rid(EnergySource.WIND, "0.9", "0.8", "0.7"),
    ("RID", EnergySource.HYDRO): _rid(EnergySource.HYDRO, "1.1", "0.9", "0.8"),
    ("RID", EnergySource.OTHER): _rid(EnergySource.OTHER, "1.2", "1.0", "0.9"),
}

CONNECTION_POINT: DatedTable[Decimal] = DatedTable(
    "Scambio Altrove, EUR a year for each connection point",
    (
        Row(
            value=Decimal(4),
            valid_from=_START,
            basis=Basis(act=DECREE, source="GSE support, article 73b52ff2", certainty=Certainty.GSE),
        ),
    ),
)
"""What Scambio Altrove adds to the SSP fee."""
"""The yearly fees by power, by service code and, where the tariff depends on it, by what drives the plant."""

ENERGY_CHARGE = _schedule_table(
    "V Conto Energia management charge",
    Schedule(brackets=(Bracket(rate="0.50"),), unit="MWh"),
    Basis(
        act="GSE's charge on the energy of the V Conto Energia, whose page names no act",
        source="GSE support, article 213aab85",
        certainty=Certainty.GSE,
    ),
    since=None,
)
"""The charge of the V Conto Energia, by MWh."""

_MODIFICATION_BASIS = Basis(
    act=f"{DECREE}, as GSE lists it for plant modifications",
    source="GSE, page on storage systems, tariffs and cost coverage",
    certainty=Certainty.GSE,
)

_PV_MODIFICATION = _schedule_table(
    "modification of a photovoltaic plant",
    Schedule(
        brackets=(Bracket(up_to=20, fixed=50, rate=2), Bracket(fixed=50, rate=1)),
        exempt_up_to=_EXEMPT,
    ),
    _MODIFICATION_BASIS,
)

_OTHER_MODIFICATION = _schedule_table(
    "modification of a plant that is not photovoltaic",
    Schedule(
        brackets=(
            Bracket(up_to=50, fixed=50),
            Bracket(up_to=200, fixed=90),
            Bracket(up_to=1000, fixed=300),
            Bracket(up_to=5000, fixed=710),
            Bracket(fixed=1150),
        ),
        exempt_up_to=_EXEMPT,
    ),
    _MODIFICATION_BASIS,
)

MODIFICATION: Mapping[EnergySource, DatedTable[Schedule]] = MappingProxyType(
    {source: _PV_MODIFICATION if source is EnergySource.SOLAR else _OTHER_MODIFICATION for source in EnergySource}
)
"""What GSE asks for examining a modification, by what drives the plant."""

_NON_PV = "the management fee of incentives for renewables other than photovoltaic"
MISSING: Mapping[str, str] = MappingProxyType(
    {
        "ADMIN": "the fee for an administrative change (transfer of ownership, change of regime, mandate, assignment)",
        "BIO-PMG": "the management fee of guaranteed minimum prices for biogas and biomass",
        "CAR": "the fee for high-efficiency cogeneration",
        "CIP6": "the CIP6 fee",
        "CT": "the Conto Termico fee",
        "FER": _NON_PV,
        "GO": "the fee for guarantees of origin",
        "PMG": "the management fee of guaranteed minimum prices",
        "RETEE": "the management fee of RETEE",
        "SEU": "the fee for SEU and SEESEU",
        "TEE": "the fee for white certificates",
        "TFO": _NON_PV,
        "TO": _NON_PV,
    }
)
"""Figures that no source of this library shows, by service code; most have a chapter in the decree's annex."""

TABLES: tuple[DatedTable[BiofuelCoefficients] | DatedTable[Schedule] | DatedTable[Decimal], ...] = (
    BIOFUEL,
    *MANAGEMENT.values(),
    CONNECTION_POINT,
    ENERGY_CHARGE,
    _PV_MODIFICATION,
    _OTHER_MODIFICATION,
)
"""Every dated table of this room, for tests and listings."""
