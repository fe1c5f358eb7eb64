"""Derivations."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from decimal import Decimal

import pytest

from gse_billing.core.dated import Basis, Certainty
from gse_billing.core.explain import Derivation, figure

ACT = Basis(act="DM 24/12/2014, all. 1 <p. 7>", source="GSE", certainty=Certainty.GSE)
BASE = Derivation(
    label="base fee",
    statement="0.055 EUR/Gcal x 28,996 Gcal = 1,594.78 EUR",
    result=Decimal("1594.78"),
    basis=ACT,
)
DUE = Derivation(label="due", statement="30 days later", result=dt.date(2016, 3, 18))
FEE = Derivation(label="fee", statement="base fee & term", steps=[BASE, DUE])


def test_a_derivation_as_text_is_indented_by_depth() -> None:
    assert str(Derivation(label="all", statement="the whole", steps=(FEE,))) == (
        "all: the whole\n"
        "  fee: base fee & term\n"
        "    base fee: 0.055 EUR/Gcal x 28,996 Gcal = 1,594.78 EUR (DM 24/12/2014, all. 1 <p. 7>)\n"
        "    due: 30 days later"
    )


def test_walking_gives_each_step_with_its_depth() -> None:
    assert list(FEE.walk()) == [(0, FEE), (1, BASE), (1, DUE)]


def test_a_derivation_as_json_keeps_figures_as_text_and_leaves_out_what_is_empty() -> None:
    assert json.loads(FEE.to_json(indent=1)) == {
        "label": "fee",
        "statement": "base fee & term",
        "steps": [
            {
                "label": "base fee",
                "statement": "0.055 EUR/Gcal x 28,996 Gcal = 1,594.78 EUR",
                "result": "1594.78",
                "act": "DM 24/12/2014, all. 1 <p. 7>",
                "source": "GSE",
            },
            {"label": "due", "statement": "30 days later", "result": "2016-03-18"},
        ],
    }


def test_a_result_of_zero_is_no_missing_result() -> None:
    assert Derivation(label="a", statement="b", result=Decimal("0.00")).to_dict()["result"] == "0.00"


def test_a_derivation_in_a_notebook_is_escaped() -> None:
    assert DUE._repr_html_() == "due: 30 days later"
    assert FEE._repr_html_() == (
        "fee: base fee &amp; term<ul><li>base fee: 0.055 EUR/Gcal x 28,996 Gcal = 1,594.78 EUR "
        "(DM 24/12/2014, all. 1 &lt;p. 7&gt;)</li><li>due: 30 days later</li></ul>"
    )


def test_derivations_are_values() -> None:
    assert pickle.loads(pickle.dumps(FEE)) == FEE
    assert hash(pickle.loads(pickle.dumps(FEE))) == hash(FEE)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Decimal("1594.7800"), "EUR", "1,594.7800 EUR"),
        (Decimal("1E+3"), "kW", "1,000 kW"),
        (Decimal("-0.5"), "", "-0.5"),
        (28996, "Gcal", "28,996 Gcal"),
        (0, "", "0"),
    ],
)
def test_figures(value: Decimal | int, unit: str, text: str) -> None:
    assert figure(value, unit) == text
