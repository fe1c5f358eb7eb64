"""The fees by power and by event: published examples, boundaries, gaps and refusals."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal

import pytest

from gse_billing import tax
from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from gse_billing.core.errors import (
    FloatRefusedError,
    InvalidAmountError,
    InvalidValueError,
    MissingFigureError,
    NoValueInForceError,
)
from gse_billing.fees import (
    Bracket,
    EnergySource,
    Reading,
    Schedule,
    administrative_fee,
    connection_point_fee,
    energy_charge,
    modification_fee,
    scheduled_fee,
)
from gse_billing.fees.tariffs import MISSING

SOLAR = EnergySource.SOLAR


@pytest.mark.requirement("PAY-4")
def test_the_costs_taken_off_a_payment_of_a_50_kw_ssp_plant() -> None:
    fee = administrative_fee("SSP", "50.0", year=2020)
    assert fee.amount == Decimal("60.00")
    assert tax.treatment("ordinary").on(dt.date(2020, 12, 11)).amounts(fee.amount).tax == Decimal("13.20")


@pytest.mark.parametrize(
    ("power", "amount"),
    [
        ("0.001", "0.00"),
        ("3", "0.00"),
        ("3.001", "30.00"),
        ("20", "30.00"),
        ("20.5", "30.50"),
        ("21", "31.00"),
        ("500", "510.00"),
    ],
)
def test_ssp(power: str, amount: str) -> None:
    assert administrative_fee("SSP", power, year=2020).amount == Decimal(amount)


def test_ssp_ends_at_500_kw() -> None:
    with pytest.raises(InvalidValueError, match=r"500\.01 kW lies above the last bracket, which ends at 500 kW"):
        administrative_fee("SSP", "500.01", year=2020)


@pytest.mark.parametrize(
    ("power", "amount"), [("3", "0.00"), ("18", "30.60"), ("1200", "1718.60"), ("6", "6.60"), ("200", "358.60")]
)
def test_conto_energia_reproduces_the_published_examples(power: str, amount: str) -> None:
    assert administrative_fee("CE", power, year=2016).amount == Decimal(amount)


@pytest.mark.parametrize(
    ("power", "progressive", "flat"),
    [("20", "14.00", "14.00"), ("200", "131.00", "130.00"), ("1000", "611.00", "600.00"), ("3", "0.00", "0.00")],
)
def test_rid_is_progressive_and_the_flat_reading_is_an_alternative(power: str, progressive: str, flat: str) -> None:
    assert administrative_fee("RID", power, year=2020, source=SOLAR).amount == Decimal(progressive)
    flat_fee = administrative_fee("RID", power, year=2020, source=SOLAR, reading=Reading.FLAT)
    assert flat_fee.amount == Decimal(flat)


def test_rid_ends_at_its_cap() -> None:
    fee = administrative_fee("RID", 20_000, year=2020, source=EnergySource.WIND)
    assert fee.amount == Decimal("10000.00")
    assert "cap: 14,022.00 EUR is cut to 10,000.00 EUR" in str(fee.explain())


@pytest.mark.parametrize(("power", "amount"), [("3", "0.00"), ("20", "15.00"), ("700", "695.00")])
def test_cer(power: str, amount: str) -> None:
    assert administrative_fee("CER", power, year=2025).amount == Decimal(amount)


def test_a_cer_contract_that_starts_within_2024_looks_at_its_start() -> None:
    assert administrative_fee("CER", 20, year=2024, on=dt.date(2024, 5, 2)).amount == Decimal("15.00")
    with pytest.raises(NoValueInForceError, match="CER management fee has no value in force on 2024-01-01"):
        administrative_fee("CER", 20, year=2024)


@pytest.mark.parametrize(
    ("source", "power", "amount"),
    [
        (SOLAR, "3", "0.00"),
        (SOLAR, "20", "90.00"),
        (SOLAR, "100", "170.00"),
        (EnergySource.HYDRO, "50", "50.00"),
        (EnergySource.HYDRO, "50.1", "90.00"),
        (EnergySource.WIND, "1000", "300.00"),
        (EnergySource.OTHER, "5000", "710.00"),
        (EnergySource.OTHER, "5001", "1150.00"),
    ],
)
def test_the_modification_of_a_plant(source: EnergySource, power: str, amount: str) -> None:
    assert modification_fee(power, on=dt.date(2020, 5, 4), source=source).amount == Decimal(amount)


def test_the_charge_of_the_fifth_conto_energia_says_that_its_start_is_not_known() -> None:
    fee = energy_charge("1234.567", year=2013)
    assert fee.amount == Decimal("617.28")  # 617.2835
    assert "the first day of this tariff is not known" in str(fee.explain())
    nothing = energy_charge(0, year=2020)
    assert (nothing.amount, nothing.explain().basis) == (Decimal("0.00"), fee.explain().basis)


def test_connection_points_of_scambio_altrove() -> None:
    assert connection_point_fee(0, year=2020).amount == Decimal("0.00")
    fee = connection_point_fee(3, year=2020)
    assert str(fee.explain()) == ("Scambio Altrove fee 2020: 3 x 4.00 EUR = 12.00 EUR (DM 24/12/2014, all. 1)")
    for wrong in (-1, True, 1.5):
        with pytest.raises(InvalidValueError, match="is not a number of connection points"):
            connection_point_fee(wrong, year=2020)  # type: ignore[arg-type]


def test_the_derivation_names_act_brackets_and_reservations() -> None:
    assert str(administrative_fee("RID", 200, year=2020, source=SOLAR).explain()).splitlines() == [
        "RID management fee 2020: 131.00 EUR (DM 24/12/2014, all. 1)",
        "  bracket: 200 kW lies above 20 up to and including 200 kW",
        "  above 0 up to and including 20 kW: 20 kW x 0.7 EUR/kW = 14.00 EUR",
        "  above 20 up to and including 200 kW: 180 kW x 0.65 EUR/kW = 117.00 EUR",
        "  note: GSE calls the brackets progressive; one adviser (cerdinamo.it) applies one rate to the whole power",
    ]


def test_an_exempt_plant_rests_on_the_law_that_exempts_it() -> None:
    assert str(administrative_fee("SSP", 3, year=2020).explain()).splitlines() == [
        "SSP management fee 2020: 0.00 EUR (DL 91/2014, art. 25)",
        "  bracket: 3 kW lies up to and including 3 kW, which is exempt",
    ]


def test_a_fee_shows_itself_in_a_notebook_and_travels() -> None:
    fee = administrative_fee("SSP", 50, year=2020)
    assert "<caption>SSP management fee 2020: 60.00 EUR</caption>" in fee._repr_html_()
    assert "<td>DM 24/12/2014, all. 1</td>" in fee._repr_html_()
    assert pickle.loads(pickle.dumps(fee)) == fee


@pytest.mark.parametrize("service", sorted(MISSING))
def test_a_figure_that_no_source_gives_is_asked_of_the_caller(service: str) -> None:
    with pytest.raises(
        MissingFigureError, match="is not known to this library; it should stand in DM 24/12/2014"
    ) as caught:
        administrative_fee(service, 50, year=2020)
    assert "call scheduled_fee" in str(caught.value)


def test_the_caller_supplies_such_a_figure_as_a_table_of_his_own() -> None:
    basis = Basis(act="contract 7", source="the operator", certainty=Certainty.SUPPLIED)
    own = DatedTable("own fee", (Row(value=Schedule(brackets=[Bracket(fixed=12)]), basis=basis),))
    fee = scheduled_fee("own fee 2020", 5, tariff=own, on=dt.date(2020, 1, 1))
    assert (fee.amount, fee.explain().basis) == (Decimal("12.00"), basis)


def test_a_year_without_tariff_is_refused() -> None:
    with pytest.raises(NoValueInForceError, match="no value in force on 2014-01-01; rows cover from 2015-01-01"):
        administrative_fee("SSP", 50, year=2014)


def test_the_reference_day_lies_in_the_year() -> None:
    with pytest.raises(InvalidValueError, match="the reference day 2021-01-01 is not in 2020"):
        administrative_fee("SSP", 50, year=2020, on=dt.date(2021, 1, 1))


def test_rid_needs_to_know_what_drives_the_plant() -> None:
    with pytest.raises(InvalidValueError, match="the RID tariff depends on what drives the plant; give source"):
        administrative_fee("RID", 50, year=2020)


def test_an_unknown_service_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidValueError, match="no management tariff 'XYZ'; the tariffs are CE, CER, RID, SSP"):
        administrative_fee("XYZ", 50, year=2020)


def test_the_flat_reading_is_refused_where_no_source_has_it() -> None:
    with pytest.raises(InvalidValueError, match="as flat; leave the reading out"):
        administrative_fee("CE", 50, year=2020, reading=Reading.FLAT)


def test_a_reading_by_its_word_is_refused_not_ignored() -> None:
    with pytest.raises(InvalidValueError, match=r"'flat' is not a reading .*; give Reading\."):
        administrative_fee("RID", 200, year=2020, source=SOLAR, reading="flat")  # type: ignore[arg-type]


def test_a_source_by_its_word_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="'solar' is not what drives a plant; give source=EnergySource"):
        modification_fee(100, on=dt.date(2020, 5, 4), source="solar")  # type: ignore[arg-type]


@pytest.mark.parametrize("day", ["2024-01-01", "", dt.datetime(2024, 1, 1, tzinfo=dt.UTC)])
def test_a_reference_day_that_is_no_plain_day_is_refused(day: object) -> None:
    with pytest.raises(InvalidValueError, match="cannot be the reference day"):
        administrative_fee("SSP", 50, year=2024, on=day)  # type: ignore[arg-type]


BAD_POWERS: dict[str, tuple[object, type[Exception]]] = {
    "a plant has power": (0, InvalidValueError),
    "not less than none": ("-5", InvalidValueError),
    "a float": (50.0, FloatRefusedError),
    "not a number": (Decimal("NaN"), InvalidAmountError),
    "no figure": ("50 kW", InvalidAmountError),
    "infinite": (Decimal("Infinity"), InvalidAmountError),
}


@pytest.mark.parametrize(("power", "error"), BAD_POWERS.values(), ids=BAD_POWERS.keys())
def test_a_bad_power_is_refused(power: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        administrative_fee("SSP", power, year=2020)  # type: ignore[arg-type]
