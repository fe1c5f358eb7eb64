"""Late interest: sourced rates or an error, days counted as asked, one rounding."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest

from gse_billing.core.dated import Basis, Certainty, Row
from gse_billing.core.errors import FloatRefusedError, InvalidAmountError, InvalidValueError, NoValueInForceError
from gse_billing.payments import MARGINS, REFERENCE_RATES, DayCount, LateInterest, late_interest

NEW, OLD = dt.date(2013, 1, 1), dt.date(2012, 12, 31)


def owed(amount: object = "36500.00", **changes: object) -> LateInterest:
    fields: dict[str, object] = {
        "due": dt.date(2025, 1, 1),
        "paid": dt.date(2025, 1, 2),
        "contract": NEW,
        "day_count": DayCount.ACTUAL_365,
        **changes,
    }
    return late_interest(amount, **fields)  # type: ignore[arg-type]


def test_one_day_at_the_rate_of_its_half_year() -> None:
    assert owed().total == Decimal("11.15")
    assert owed(due=dt.date(2026, 1, 30), paid=dt.date(2026, 1, 31)).total == Decimal("10.15")


def test_contracts_before_2013_bear_seven_points() -> None:
    assert owed(contract=OLD).total == Decimal("10.15")
    assert (MARGINS.on(OLD), MARGINS.on(NEW)) == (Decimal(7), Decimal(8))


@pytest.mark.parametrize("paid", [dt.date(2025, 1, 1), dt.date(2024, 12, 31)])
def test_a_payment_in_time_bears_nothing(paid: dt.date) -> None:
    made = owed(paid=paid)
    assert (made.total, made.periods) == (Decimal("0.00"), ())


def test_a_delay_is_cut_where_the_rate_changes() -> None:
    made = owed(due=dt.date(2023, 6, 29), paid=dt.date(2024, 1, 1))
    assert [(one.first, one.last, one.days, one.rate) for one in made.periods] == [
        (dt.date(2023, 6, 30), dt.date(2023, 6, 30), 1, Decimal("10.50")),
        (dt.date(2023, 7, 1), dt.date(2023, 12, 31), 184, Decimal("12.00")),
        (dt.date(2024, 1, 1), dt.date(2024, 1, 1), 1, Decimal("12.50")),
    ]
    assert made.total == Decimal("10.50") + 184 * Decimal("12.00") + Decimal("12.50")


def test_the_sum_is_rounded_once_and_half_up() -> None:
    # 0.005 EUR exactly, and two halves that would each round to nothing.
    assert owed("36.50", due=dt.date(2014, 8, 1), paid=dt.date(2014, 8, 2), rates=supplied("-3.00", 2014)).total == (
        Decimal("0.01")
    )
    two = owed("14.60", due=dt.date(2023, 6, 29), paid=dt.date(2023, 7, 1))
    assert two.total == Decimal("0.01")


def supplied(rate: str, year: int) -> object:
    basis = Basis(act="notice", source="the caller", certainty=Certainty.SUPPLIED)
    row = Row(value=Decimal(rate), valid_from=dt.date(year, 1, 1), basis=basis)
    return type(REFERENCE_RATES)("supplied", (row,))


@pytest.mark.parametrize(
    ("day_count", "year", "total"),
    [
        (DayCount.ACTUAL_365, 2024, "10.00"),
        (DayCount.ACTUAL_360, 2024, "10.14"),
        (DayCount.ACTUAL_ACTUAL, 2024, "9.97"),
        (DayCount.ACTUAL_ACTUAL, 2023, "10.00"),
    ],
)
def test_the_day_count_is_the_callers(day_count: DayCount, year: int, total: str) -> None:
    day = dt.date(year, 3, 1)
    rates = supplied("2.00", 2020)
    made = owed(due=day, paid=day + dt.timedelta(days=1), day_count=day_count, rates=rates)
    assert made.total == Decimal(total)


@pytest.mark.parametrize("day", ["2026-07-01", "2002-06-30"])
def test_a_half_year_without_a_source_raises(day: str) -> None:
    late = dt.date.fromisoformat(day)
    with pytest.raises(NoValueInForceError, match=f"reference rate of late interest, % a year has no value .* {day}"):
        owed(due=late - dt.timedelta(days=1), paid=late)


def test_the_caller_closes_a_gap_with_a_row_of_his_own() -> None:
    basis = Basis(act="GU", source="the caller", certainty=Certainty.SUPPLIED)
    rates = REFERENCE_RATES.with_rows([Row(value=Decimal(2), valid_from=dt.date(2026, 7, 1), basis=basis)])
    made = owed(due=dt.date(2026, 6, 30), paid=dt.date(2027, 1, 2), rates=rates)
    assert [period.days for period in made.periods] == [184, 2]
    assert made.periods[-1].basis is basis


def test_a_rate_of_the_caller_is_exact() -> None:
    basis = Basis(act="GU", source="the caller", certainty=Certainty.SUPPLIED)
    rates = type(REFERENCE_RATES)("supplied", [Row(value=2.15, valid_from=dt.date(2020, 1, 1), basis=basis)])  # type: ignore[arg-type]
    with pytest.raises(FloatRefusedError, match="cannot be a reference rate"):
        owed(rates=rates)


def test_a_row_of_the_caller_that_ends_early_is_kept_to() -> None:
    basis = Basis(act="GU", source="the caller", certainty=Certainty.SUPPLIED)
    row = Row(value=Decimal(2), valid_from=dt.date(2026, 7, 1), valid_to=dt.date(2026, 7, 5), basis=basis)
    with pytest.raises(NoValueInForceError, match="2026-07-05"):
        owed(due=dt.date(2026, 6, 30), paid=dt.date(2026, 7, 6), rates=REFERENCE_RATES.with_rows([row]))


KNOWN = {
    "2002-07-01": "3.35",
    "2008-01-01": "4.20",
    "2011-12-31": "1.25",
    "2013-06-30": "0.75",
    "2014-06-30": "0.25",
    "2015-01-01": "0.05",
    "2015-12-31": "0.05",
    "2016-06-30": "0.05",
    "2017-06-30": "0.00",
    "2019-01-01": "0.00",
    "2020-12-31": "0.00",
    "2021-07-01": "0.00",
}


@pytest.mark.parametrize(("day", "rate"), KNOWN.items())
def test_published_rates(day: str, rate: str) -> None:
    row = REFERENCE_RATES.row_on(dt.date.fromisoformat(day))
    assert row.value == Decimal(rate)
    assert row.basis.source


# when the rate of the main refinancing operations changed, and to what: the table of the ECB, Bank of Slovenia for 2025
ECB = {
    "2012-07-11": "0.75",
    "2013-05-08": "0.50",
    "2013-11-13": "0.25",
    "2014-06-11": "0.15",
    "2014-09-10": "0.05",
    "2016-03-16": "0.00",
    "2022-07-27": "0.50",
    "2022-09-14": "1.25",
    "2022-11-02": "2.00",
    "2022-12-21": "2.50",
    "2023-02-08": "3.00",
    "2023-03-22": "3.50",
    "2023-05-10": "3.75",
    "2023-06-21": "4.00",
    "2023-08-02": "4.25",
    "2023-09-20": "4.50",
    "2024-06-12": "4.25",
    "2024-09-18": "3.65",
    "2024-10-23": "3.40",
    "2024-12-18": "3.15",
    "2025-02-05": "2.90",
    "2025-03-12": "2.65",
    "2025-04-23": "2.40",
    "2025-06-11": "2.15",
}


@pytest.mark.parametrize("year", range(2013, 2027))
@pytest.mark.parametrize("start", ["01-01", "07-01"])
def test_every_rate_is_that_of_the_ecb_on_the_first_day(year: int, start: str) -> None:
    """D.Lgs. 231/2002 art. 2 c. 1 lett. f): notices of the ministry and rates of the bank agree."""
    day = f"{year}-{start}"
    if day != "2026-07-01":  # no source yet
        in_force = max(change for change in ECB if change <= day)
        assert REFERENCE_RATES.on(dt.date.fromisoformat(day)) == Decimal(ECB[in_force])


def test_every_rate_names_a_document() -> None:
    """A notice with its number in the Gazzetta Ufficiale, or the rate of the ECB with its first day."""
    for row in REFERENCE_RATES:
        assert re.search(
            r"GU [0-9]+ of [0-9]+ [A-Z][a-z]+ 20[0-9]{2}|[0-9.]+ (?:from|by the decision of) ", row.basis.source
        )
        assert (row.basis.certainty is Certainty.COMPUTED) == ("ECB" in row.basis.source)


def test_a_half_year_that_is_missing_is_said_in_one_line() -> None:
    with pytest.raises(NoValueInForceError) as caught:
        REFERENCE_RATES.on(dt.date(2026, 7, 1))
    assert caught.value.why == "rows cover from 2002-07-01 until 2026-06-30"


BAD_CALLS: dict[str, tuple[dict[str, object], type[Exception], str]] = {
    "a float": ({"amount": 1.5}, FloatRefusedError, "cannot be an amount paid late"),
    "less than nothing": ({"amount": "-1.00"}, InvalidAmountError, r"no interest on -1\.00 EUR"),
    "a moment for the due date": (
        {"due": dt.datetime(2025, 1, 1, tzinfo=dt.UTC)},
        InvalidValueError,
        "cannot be a due date",
    ),
    "a text for the payment": ({"paid": "2025-01-02"}, InvalidValueError, "cannot be a day of payment"),
    "a text for the day count": (
        {"day_count": "365"},
        InvalidValueError,
        "'365' cannot be a day count",
    ),
}


@pytest.mark.parametrize(("changes", "error", "message"), BAD_CALLS.values(), ids=BAD_CALLS.keys())
def test_a_bad_call_is_refused(changes: dict[str, object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        owed(**changes)


def test_interest_shows_its_periods_and_their_sources() -> None:
    shown = owed()._repr_html_()
    assert "<caption>late interest 11.15 EUR</caption>" in shown
    assert "GU 63 of 17 March 2025" in shown
    assert owed().explain().result == Decimal("11.15")


def test_every_whole_number_of_a_year_has_a_length() -> None:
    assert [DayCount.ACTUAL_ACTUAL.year_length(year) for year in (0, 1900, 10_000)] == [366, 365, 366]
