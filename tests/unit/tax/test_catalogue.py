"""The shipped treatments: their codes, their days to the day, and a source behind every row."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

import pytest

from gse_billing.core.dated import DatedTable, Row
from gse_billing.core.errors import InvalidIdentifierError, NoValueInForceError
from gse_billing.tax import ORDINARY_RATE, STAMP_DUTY, TREATMENTS, treatment

TABLES: list[DatedTable[object]] = [
    ORDINARY_RATE,  # type: ignore[list-item]
    STAMP_DUTY,  # type: ignore[list-item]
    *(made.terms for made in TREATMENTS.values()),  # type: ignore[list-item]
]
ROWS: list[tuple[str, Row[object]]] = [(rows.name, row) for rows in TABLES for row in rows]


class Golden(NamedTuple):
    """One treatment as typed by hand from its acts; a day of ``None`` is open."""

    code: str
    first: str | None
    last: str | None
    rate: str
    natura: str | None
    esigibilita: str | None
    outside_vat: bool


GOLDEN = [
    Golden("ordinary", "2013-10-01", None, "22.00", None, "I", False),
    Golden("split-payment", "2015-01-01", "2026-06-30", "22.00", None, "S", False),
    Golden("reverse-charge-energy", "2020-10-01", "2026-12-31", "0.00", "N6.8", None, False),
    Golden("reverse-charge-energy-generic", "2015-01-01", "2020-12-31", "0.00", "N6", None, False),
    Golden("outside-scope", "2020-10-01", None, "0.00", "N2.2", None, True),
    Golden("outside-scope-generic", None, "2020-12-31", "0.00", "N2", None, True),
    Golden("exempt", None, None, "0.00", "N4", None, True),
]


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_every_row_has_an_act_and_a_source(name: str, row: Row[object]) -> None:
    assert row.basis.act.strip(), name
    assert row.basis.source.strip(), name


def test_the_golden_table_is_complete() -> None:
    assert [line.code for line in GOLDEN] == list(TREATMENTS)
    assert all(made.code == code and made.name_it and made.name_en for code, made in TREATMENTS.items())


@pytest.mark.parametrize("line", GOLDEN, ids=[line.code for line in GOLDEN])
def test_each_treatment_by_hand(line: Golden) -> None:
    for text in (line.first or "2014-06-06", line.last or "2026-11-22"):
        applied = treatment(line.code).on(dt.date.fromisoformat(text))
        assert (applied.code, applied.day.isoformat(), applied.rate) == (line.code, text, Decimal(line.rate))
        assert (applied.natura, applied.esigibilita, applied.outside_vat) == (
            line.natura,
            line.esigibilita,
            line.outside_vat,
        )


@pytest.mark.parametrize("line", GOLDEN, ids=[line.code for line in GOLDEN])
def test_the_day_before_and_the_day_after_are_refused(line: Golden) -> None:
    before = dt.date.fromisoformat(line.first) - dt.timedelta(days=1) if line.first else None
    after = dt.date.fromisoformat(line.last) + dt.timedelta(days=1) if line.last else None
    for day in filter(None, (before, after)):
        with pytest.raises(NoValueInForceError):
            treatment(line.code).on(day)


@pytest.mark.parametrize("day", [dt.date(2020, 10, 1), dt.date(2020, 11, 15), dt.date(2020, 12, 31)])
def test_in_the_last_quarter_of_2020_both_spellings_are_usable(day: dt.date) -> None:
    spellings = ("reverse-charge-energy", "reverse-charge-energy-generic", "outside-scope", "outside-scope-generic")
    assert [treatment(code).on(day).natura for code in spellings] == ["N6.8", "N6", "N2.2", "N2"]


def test_split_payment_has_no_gap_between_the_authorisations() -> None:
    rows = treatment("split-payment").terms.rows
    assert [row.valid_to for row in rows[:-1]] == [row.valid_from for row in rows[1:]]


def test_every_treatment_without_tax_carries_a_legal_reference() -> None:
    for made in TREATMENTS.values():
        for row in made.terms:
            assert (row.value.natura is None) or row.value.legal_reference
            assert len(row.value.legal_reference or "") <= 100, "RiferimentoNormativo holds 100 characters"


def test_an_unknown_code_lists_the_known_ones() -> None:
    with pytest.raises(InvalidIdentifierError) as caught:
        treatment("Ordinary")
    assert caught.value.kind == "VAT treatment"
    assert caught.value.why == f"the known codes are {', '.join(TREATMENTS)}"
    assert "own VatTreatment" in caught.value.remedy


def test_the_mapping_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        TREATMENTS["ordinary"] = treatment("exempt")  # type: ignore[index]
