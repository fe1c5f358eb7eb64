"""The tariff rows: each has its act and source, and the figures are those the sources print."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from gse_billing.core.dated import Certainty, DatedTable, Row
from gse_billing.fees import EnergySource
from gse_billing.fees.tariffs import BIOFUEL, DECREE, EXEMPTION, MANAGEMENT, MISSING, MODIFICATION, TABLES
from gse_billing.schemes import SERVICES

ROWS: list[tuple[DatedTable[Any], Row[Any]]] = [(table, row) for table in TABLES for row in table]


@pytest.mark.parametrize(("table", "row"), ROWS, ids=[table.name for table, _ in ROWS])
def test_every_row_leads_back_to_an_act_and_a_source(table: DatedTable[Any], row: Row[Any]) -> None:
    assert row.basis.act
    assert row.basis.source
    assert row.basis.certainty is not Certainty.SUPPLIED


def test_every_table_in_use_is_listed() -> None:
    in_use = {id(table) for table in (*MANAGEMENT.values(), *MODIFICATION.values(), BIOFUEL)}
    assert in_use < {id(table) for table in TABLES}


def test_the_decree_applies_from_2015_until_another_replaces_it() -> None:
    decree = [row for _, row in ROWS if row.basis.act.startswith(DECREE)]
    assert len(decree) == 10
    assert {(row.valid_from, row.valid_to) for row in decree} == {(dt.date(2015, 1, 1), None)}


@pytest.mark.requirement("BIO-1", "BIO-2")
def test_x_and_y_are_those_of_the_instructions() -> None:
    row = BIOFUEL.row_on(dt.date(2016, 3, 18))
    assert (row.value.base, row.value.additional) == (Decimal("0.055"), Decimal("0.009"))
    assert row.basis.act == "DM 24/12/2014, all. 1 p. 7"


@pytest.mark.parametrize(
    ("source", "rates"),
    [
        (EnergySource.SOLAR, ("0.7", "0.65", "0.6")),
        (EnergySource.WIND, ("0.9", "0.8", "0.7")),
        (EnergySource.HYDRO, ("1.1", "0.9", "0.8")),
        (EnergySource.OTHER, ("1.2", "1.0", "0.9")),
    ],
)
def test_the_rates_of_rid(source: EnergySource, rates: tuple[str, ...]) -> None:
    schedule = MANAGEMENT["RID", source].on(dt.date(2020, 1, 1))
    assert tuple(bracket.rate for bracket in schedule.brackets) == tuple(map(Decimal, rates))
    assert [bracket.up_to for bracket in schedule.brackets] == [20, 200, None]
    assert schedule.cap == 10_000


def test_what_no_source_gives_is_named_and_never_a_figure() -> None:
    assert not set(MISSING) & {service for service, _ in MANAGEMENT}
    assert all(text.startswith("the ") for text in MISSING.values())


def test_every_service_has_a_tariff_or_a_figure_that_is_missing() -> None:
    answered = {service for service, _ in MANAGEMENT} | set(MISSING) | {"BIOCAR"}  # biofuel has a formula of its own
    assert set(SERVICES) <= answered


def test_the_exemption_is_the_law_itself() -> None:
    assert (EXEMPTION.act, EXEMPTION.certainty) == ("DL 91/2014, art. 25", Certainty.LAW)
