"""VAT treatments: what they refuse, what they compute, and how a caller makes or extends one."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal
from typing import Any

import pytest

from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from gse_billing.core.errors import FloatRefusedError, InvalidAmountError, InvalidValueError, NoValueInForceError
from gse_billing.core.values import evolve
from gse_billing.tax import VatTerms, VatTreatment, treatment

DAY = dt.date(2020, 12, 31)
SUPPLIED = Basis(act="DL 1/2027 art. 1", source="the test", certainty=Certainty.SUPPLIED)

CONTRADICTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "a rate of zero without its reason": ({"rate": 0}, "SDI 00400"),
    "a natura beside a rate": ({"rate": 22, "natura": "N6.8"}, "SDI 00401"),
    "a natura in another spelling": ({"rate": 0, "natura": "n6.8"}, "no code of natura"),
    "a natura that does not exist": ({"rate": 0, "natura": "N8"}, "no code of natura"),
    "a natura with a tail": ({"rate": 0, "natura": "N6.8 "}, "no code of natura"),
    "an unknown esigibilita": ({"rate": 22, "esigibilita": "X"}, "not one of I, D, S"),
    "split payment under reverse charge": ({"rate": 0, "natura": "N6.8", "esigibilita": "S"}, "SDI 00420"),
    "taxed and outside VAT": ({"rate": 22, "outside_vat": True}, "not outside it"),
    "reverse charge and outside VAT": ({"rate": 0, "natura": "N6", "outside_vat": True}, "not outside it"),
}


@pytest.mark.parametrize(("fields", "why"), CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_terms_that_no_document_may_carry_are_refused(fields: dict[str, Any], why: str) -> None:
    with pytest.raises(InvalidValueError, match=why):
        VatTerms(**fields)


@pytest.mark.parametrize("rate", ["-1", "100.01", "22.001", "22,00"])
def test_a_rate_is_a_percentage_with_two_decimals(rate: str) -> None:
    with pytest.raises(InvalidAmountError, match=r"VAT rate"):
        VatTerms(rate=rate)


@pytest.mark.parametrize("rate", ["0.01", "100"])
def test_the_bounds_of_a_rate_are_legal(rate: str) -> None:
    assert VatTerms(rate=rate).rate == Decimal(rate)


def test_floats_are_refused_as_rate_and_as_amount() -> None:
    with pytest.raises(FloatRefusedError, match="a VAT rate in percent"):
        VatTerms(rate=22.0)  # type: ignore[arg-type]
    with pytest.raises(FloatRefusedError, match="a taxable amount"):
        treatment("ordinary").on(DAY).amounts(60.0)  # type: ignore[arg-type]
    with pytest.raises(FloatRefusedError, match="a taxable amount"):
        treatment("ordinary").on(DAY).tax(60.0)  # type: ignore[arg-type]


def test_the_biofuel_sample_of_2016() -> None:
    amounts = treatment("ordinary").on(dt.date(2016, 3, 18)).amounts("1635.19")
    assert (amounts.taxable, amounts.tax, amounts.total, amounts.payable) == (
        Decimal("1635.19"),
        Decimal("359.74"),
        Decimal("1994.93"),
        Decimal("1994.93"),
    )


@pytest.mark.requirement("PAY-4")
def test_under_split_payment_the_office_owes_the_taxable_amount_only() -> None:
    split = treatment("split-payment").on(DAY).amounts("60.00")
    ordinary = treatment("ordinary").on(DAY).amounts("60.00")
    assert (split.tax, split.total, split.payable) == (Decimal("13.20"), Decimal("73.20"), Decimal("60.00"))
    assert (ordinary.tax, ordinary.total, ordinary.payable) == (Decimal("13.20"), Decimal("73.20"), Decimal("73.20"))


@pytest.mark.requirement("INV-10")
def test_under_reverse_charge_the_document_shows_no_tax() -> None:
    amounts = treatment("reverse-charge-energy").on(DAY).amounts("216.22")
    assert (amounts.tax, amounts.total, amounts.payable) == (Decimal("0.00"), Decimal("216.22"), Decimal("216.22"))


@pytest.mark.parametrize(
    ("taxable", "tax"),
    [("5.00", "1.10"), ("0.02", "0.00"), ("0.03", "0.01"), ("0.25", "0.06"), ("-0.25", "-0.06"), ("0.00", "0.00")],
    ids=["100 lines of 0.05", "0.0044 down", "0.0066 up", "0.055 half up", "minus 0.055 away from zero", "nothing"],
)
def test_tax_is_rounded_half_up_on_the_sum(taxable: str, tax: str) -> None:
    assert treatment("ordinary").on(DAY).tax(taxable) == Decimal(tax)


def test_amounts_lead_back_to_the_act() -> None:
    act = "(DPR 633/72 art. 17-ter; decisione UE 2020/1105)"
    owed = "the taxable amount, 60.00 EUR; the buyer pays 13.20 EUR of tax to the State"
    in_force = "22.00 %, split payment; in force from 2020-07-01 until 2023-06-30"
    assert str(treatment("split-payment").on(DAY).amounts("60.00").explain()).splitlines() == [
        f"payable to the seller: {owed} {act}",
        "  tax: 22.00 % of 60.00 EUR = 13.20 EUR, rounded half up",
        f"    VAT treatment split-payment on 2020-12-31: {in_force} {act}",
        "  total: 60.00 EUR + 13.20 EUR = 73.20 EUR",
    ]
    ordinary = treatment("ordinary").on(DAY).amounts("60.00").explain()
    assert ordinary.line == "payable to the seller: the total, 73.20 EUR"


def test_applied_terms_explain_themselves() -> None:
    applied = treatment("reverse-charge-energy").on(DAY)
    assert applied.explain().statement == "no tax, natura N6.8; in force from 2020-10-01 until 2026-12-31"
    assert applied.explain().basis is not None
    assert "art. 17 c. 6 lett. d-quater" in (applied.legal_reference or "")


@pytest.mark.parametrize(
    ("code", "day", "teaches"),
    [
        ("reverse-charge-energy", dt.date(2027, 1, 1), "art. 17 c. 8 DPR 633/72 ends the reverse charge on 2026-12-31"),
        ("reverse-charge-energy", dt.date(2020, 9, 30), "before 2020-10-01 its code was N6"),
        ("reverse-charge-energy-generic", dt.date(2021, 1, 1), "use reverse-charge-energy, N6.8"),
        ("split-payment", dt.date(2026, 7, 1), "the authorisation of the EU Council ends there"),
        ("split-payment", dt.date(2014, 12, 31), "from 2015-01-01 until 2017-06-30"),
        ("outside-scope", dt.date(2020, 9, 30), "use outside-scope-generic"),
        ("outside-scope-generic", dt.date(2021, 1, 1), "use outside-scope, N2.2"),
        ("ordinary", dt.date(2013, 9, 30), "from 2013-10-01"),
    ],
)
def test_a_day_outside_the_validity_is_refused_and_the_message_teaches(code: str, day: dt.date, teaches: str) -> None:
    with pytest.raises(NoValueInForceError) as caught:
        treatment(code).on(day)
    assert str(caught.value).startswith(f"the VAT treatment {code} has no value in force on {day.isoformat()}")
    assert teaches in caught.value.why
    assert "treatment.with_rows" in caught.value.remedy
    assert caught.value.day == day


def test_the_message_names_only_the_neighbours_of_the_day() -> None:
    with pytest.raises(NoValueInForceError) as caught:
        treatment("split-payment").on(dt.date(2026, 7, 1))
    assert "2023-07-01 until 2026-06-30" in caught.value.why
    assert "2015" not in caught.value.why
    with pytest.raises(NoValueInForceError) as caught:
        treatment("split-payment").on(dt.date(2014, 12, 31))
    assert "2015-01-01 until 2017-06-30" in caught.value.why
    assert "2020" not in caught.value.why


def test_a_caller_extends_a_treatment_with_a_sourced_row() -> None:
    last = treatment("reverse-charge-energy")
    later = {"valid_from": dt.date(2027, 1, 1), "valid_to": dt.date(2029, 1, 1), "basis": SUPPLIED, "note": ""}
    row = evolve(last.terms.rows[-1], **later)
    extended = last.with_rows([row])
    assert extended.on(dt.date(2027, 3, 1)).natura == "N6.8"
    assert extended.on(dt.date(2027, 3, 1)).explain().basis == SUPPLIED
    assert extended.on(dt.date(2024, 1, 1)) == last.on(dt.date(2024, 1, 1))
    with pytest.raises(NoValueInForceError, match=r"DL 1/2027 art\. 1"):
        extended.on(dt.date(2029, 1, 1))


def test_an_extension_may_not_contradict_what_is_there() -> None:
    row = Row(value=VatTerms(rate=0, natura="N6.8"), valid_from=dt.date(2026, 6, 1), basis=SUPPLIED)
    with pytest.raises(InvalidValueError, match="cover 2026-06-01"):
        treatment("reverse-charge-energy").with_rows([row])


def test_a_caller_makes_a_treatment_of_his_own() -> None:
    own = VatTreatment(
        code="deferred",
        name_it="IVA a esigibilità differita",
        name_en="deferred VAT",
        terms=DatedTable("deferred VAT", (Row(value=VatTerms(rate="10", esigibilita="D"), basis=SUPPLIED),)),
    )
    amounts = own.on(DAY).amounts("100.00")
    assert (amounts.tax, amounts.payable) == (Decimal("10.00"), Decimal("110.00"))
    assert not own.on(DAY).split_payment


def test_the_legal_reference_can_be_replaced_by_the_words_of_the_contract() -> None:
    applied = evolve(treatment("outside-scope").on(DAY), legal_reference="Contributo fuori campo IVA, art. 2 c. 3")
    assert applied.legal_reference == "Contributo fuori campo IVA, art. 2 c. 3"
    assert applied.amounts("14.24").payable == Decimal("14.24")


def test_values_travel_to_another_process() -> None:
    for value in (treatment("split-payment"), treatment("ordinary").on(DAY), treatment("ordinary").on(DAY).amounts(1)):
        assert pickle.loads(pickle.dumps(value)) == value


def test_notebooks_show_tables() -> None:
    applied = treatment("reverse-charge-energy").on(DAY)
    assert "<td>N6.8</td>" in applied._repr_html_()
    assert "<td>2020-12-31</td>" in applied._repr_html_()
    assert "<td></td>" in treatment("ordinary").on(DAY)._repr_html_()
    assert "DL 73/2022 art. 22" in treatment("reverse-charge-energy")._repr_html_()
    html = treatment("split-payment").on(DAY).amounts("1060.00")._repr_html_()
    assert "<caption>EUR</caption>" in html
    assert "<td>1,060.00</td><td>233.20</td><td>1,293.20</td><td>1,060.00</td>" in html
