"""The biofuel fee: the figures of the instructions, who owes what, derivation, refusals."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from decimal import Decimal

import pytest

from gse_billing.core.dated import Basis, Certainty, Row
from gse_billing.core.errors import (
    FloatRefusedError,
    InvalidAmountError,
    InvalidValueError,
    NoValueInForceError,
)
from gse_billing.fees import (
    BiofuelClass,
    BiofuelCoefficients,
    BiofuelFee,
    Declaration,
    biofuel_fee,
    biofuel_taxable,
)
from gse_billing.fees.tariffs import BIOFUEL

DAY = dt.date(2016, 3, 18)
ADDITIONAL = "0.009 EUR/Gcal x (400 + 10.5) Gcal = 3.6945 EUR"
CLASSES = "D.Lgs. 28/2011 art. 33 c. 5; DM 10/10/2014 art. 2"


def declared(total: str = "28996", advanced: str = "4490", double_counting: str = "0") -> Declaration:
    return Declaration(year=2015, total_gcal=total, advanced_gcal=advanced, double_counting_gcal=double_counting)


def fee_of(declaration: Declaration) -> BiofuelFee:
    return biofuel_fee(declaration, invoice_year=2016)


@pytest.mark.requirement("BIO-1", "BIO-2", "BIO-3", "BIO-8")
@pytest.mark.parametrize(("advanced", "double_counting"), [("4490", "0"), ("0", "4490"), ("1490.5", "2999.5")])
def test_the_figures_of_the_instructions(advanced: str, double_counting: str) -> None:
    fee = fee_of(declared(advanced=advanced, double_counting=double_counting))
    assert (fee.base, fee.additional, fee.taxable) == (Decimal("1594.78"), Decimal("40.41"), Decimal("1635.19"))
    amounts = fee.vat(DAY)
    assert (amounts.taxable, amounts.tax, amounts.total) == (
        Decimal("1635.19"),
        Decimal("359.74"),
        Decimal("1994.93"),
    )


@pytest.mark.requirement("BIO-3")
def test_advanced_biofuel_pays_both() -> None:
    assert fee_of(declared(total="1000", advanced="1000")).taxable == Decimal("64.00")


@pytest.mark.requirement("BIO-5")
def test_y_is_owed_by_obligated_parties_only() -> None:
    other = Declaration(year=2015, total_gcal=28_996, advanced_gcal=4_490, obligated_party=False)
    fee = fee_of(other)
    assert (fee.additional, fee.taxable) == (Decimal(0), Decimal("1594.78"))
    assert "additional fee Y x (QbioA + QbioDC): not owed: the instructions charge it to obligated parties" in str(
        fee.explain()
    )


@pytest.mark.requirement("BIO-4")
def test_lots_add_up_by_their_one_class() -> None:
    lots = [
        (BiofuelClass.CONVENTIONAL, Decimal(24_506)),
        (BiofuelClass.ADVANCED, Decimal("1490.5")),
        (BiofuelClass.DOUBLE_COUNTING, Decimal("1999.5")),
        (BiofuelClass.DOUBLE_COUNTING, Decimal(1_000)),
    ]
    assert Declaration.from_lots(2015, lots) == declared(advanced="1490.5", double_counting="2999.5")
    assert Declaration.from_lots(2015, [], obligated_party=False).obligated_party is False


@pytest.mark.requirement("BIO-6", "BIO-9")
def test_no_biofuel_no_invoice() -> None:
    fee = fee_of(Declaration(year=2015, total_gcal=0))
    assert (fee.invoiced, fee.taxable) == (False, Decimal("0.00"))
    assert fee.explain().line == "biofuel fee 2016: no biofuel, no invoice"
    with pytest.raises(InvalidValueError, match="no biofuel was released in 2015: no invoice"):
        fee.vat(DAY)


@pytest.mark.requirement("BIO-1")
def test_the_derivation_shows_the_formula_with_numbers_units_and_act() -> None:
    fee = fee_of(declared(total="20000", advanced="400", double_counting="10.5"))
    assert str(fee.explain()).splitlines() == [
        "biofuel fee 2016: 1,100.00 EUR + 3.6945 EUR = 1,103.69 EUR, rounded half up (DM 24/12/2014, all. 1 p. 7)",
        "  declared: 20,000 Gcal released in 2015 (DM 10/10/2014 art. 4 c. 1)",
        "  base fee X x Qbio: 0.055 EUR/Gcal x 20,000 Gcal = 1,100.00 EUR (DM 24/12/2014, all. 1 p. 7)",
        f"  additional fee Y x (QbioA + QbioDC): {ADDITIONAL} (DM 24/12/2014, all. 1 p. 7)",
        f"    classes: 400 Gcal advanced, 10.5 Gcal double counting ({CLASSES})",
        "  note: no later decree that changes them was found",
    ]


def test_the_derivation_as_json_and_html() -> None:
    fee = fee_of(declared())
    assert json.loads(fee.explain().to_json())["result"] == "1635.19"
    assert "<caption>biofuel fee 2016: 1,635.19 EUR</caption>" in fee._repr_html_()


def test_a_fee_travels_to_another_process() -> None:
    fee = fee_of(declared())
    assert pickle.loads(pickle.dumps(fee)) == fee


@pytest.mark.parametrize(
    ("total", "taxable"), [("0.0909", "0.00"), ("0.091", "0.01"), ("1", "0.06"), ("9", "0.50"), ("11", "0.61")]
)
def test_the_taxable_amount_is_rounded_half_up_once(total: str, taxable: str) -> None:
    # 9 Gcal are 0.495 EUR, 11 Gcal 0.605 EUR: ties, of which half-even would take the second down to 0.60.
    assert fee_of(Declaration(year=2015, total_gcal=total)).taxable == Decimal(taxable)


def test_parts_are_not_rounded_before_their_sum() -> None:
    fee = fee_of(declared(total="0.08", advanced="0.08"))
    assert (fee.base, fee.additional) == (Decimal("0.0044"), Decimal("0.00072"))
    assert fee.taxable == Decimal("0.01")


def test_the_amount_alone() -> None:
    assert biofuel_taxable(Decimal(28_996), Decimal(4_490), BIOFUEL.on(DAY)) == Decimal("1635.19")


def test_the_amount_alone_takes_a_decimal_of_another_library() -> None:
    class Quantity(Decimal):
        """A kind of Decimal, as database drivers and unit libraries have."""

    assert biofuel_taxable(Quantity(28_996), Quantity(4_490), BIOFUEL.on(DAY)) == Decimal("1635.19")


@pytest.mark.requirement("BIO-13")
def test_the_invoice_is_of_the_year_after_the_declared_one() -> None:
    assert biofuel_fee(declared()).invoice_year == 2016
    assert biofuel_fee(declared(), on=DAY).taxable == Decimal("1635.19")
    for wrong in (
        {"invoice_year": 2017},
        {"on": dt.date(2015, 3, 18)},
        {"invoice_year": 2016, "on": dt.date(2017, 1, 1)},
    ):
        with pytest.raises(
            InvalidValueError, match=r"an invoice of 201[57] cannot charge the biofuel of 2015; .*BIO-1"
        ):
            biofuel_fee(declared(), **wrong)
    with pytest.raises(InvalidValueError, match="an invoice of 2017 cannot charge"):
        fee_of(declared()).vat(dt.date(2017, 1, 2))


def test_a_year_without_coefficients_is_refused() -> None:
    with pytest.raises(NoValueInForceError, match="coefficients X and Y has no value in force on 2014-01-01"):
        biofuel_fee(Declaration(year=2013, total_gcal=1))


def test_a_caller_adds_the_coefficients_of_a_later_decree() -> None:
    later = Row(
        value=BiofuelCoefficients(base=Decimal("0.06"), additional=Decimal("0.01")),
        valid_from=dt.date(2016, 3, 1),
        basis=Basis(act="a later decree", source="the caller", certainty=Certainty.SUPPLIED),
    )
    until = Row(value=BIOFUEL.on(DAY), valid_to=later.valid_from, basis=BIOFUEL.row_on(DAY).basis)
    own = type(BIOFUEL)("own", (until, later))
    assert biofuel_fee(declared(), on=DAY, coefficients=own).taxable == Decimal("1784.66")
    assert biofuel_fee(declared(), invoice_year=2016, coefficients=own).taxable == Decimal("1635.19")


BAD_QUANTITIES: dict[str, tuple[dict[str, object], type[Exception], str]] = {
    "negative": ({"total_gcal": -1}, InvalidValueError, "-1 Gcal is negative"),
    "negative class": ({"total_gcal": 1, "advanced_gcal": "-0.5"}, InvalidValueError, r"-0\.5 Gcal is negative"),
    "not a number": ({"total_gcal": Decimal("NaN")}, InvalidAmountError, "'NaN' cannot be a quantity in Gcal"),
    "infinite": ({"total_gcal": Decimal("Infinity")}, InvalidAmountError, "cannot be a quantity in Gcal"),
    "float": ({"total_gcal": 28996.0}, FloatRefusedError, r"28996\.0 is a float and cannot be a quantity in Gcal"),
    "another unit": ({"total_gcal": "120 GJ"}, InvalidAmountError, "'120 GJ' cannot be a quantity in Gcal"),
    "classes above the total": (
        {"total_gcal": 100, "advanced_gcal": 60, "double_counting_gcal": 41},
        InvalidValueError,
        "advanced and double-counting biofuel, 101 Gcal, exceed the total, 100 Gcal; .*one class only",
    ),
    "no year": ({"total_gcal": 1, "year": "2015"}, InvalidValueError, "'2015' is not a year"),
    "year zero": ({"total_gcal": 1, "year": 0}, InvalidValueError, "0 is not a year"),
}


@pytest.mark.parametrize(("fields", "error", "message"), BAD_QUANTITIES.values(), ids=BAD_QUANTITIES.keys())
def test_a_bad_declaration_is_refused(fields: dict[str, object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        Declaration(**{"year": 2015, **fields})  # type: ignore[arg-type]
