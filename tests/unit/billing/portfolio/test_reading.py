"""Portfolio files: exact figures, and every defect with its place and its remedy."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gse_billing.billing import load_portfolio, portfolio_from
from gse_billing.billing.defects import defects
from gse_billing.billing.portfolio import reading
from gse_billing.core.errors import InvalidInputError, LimitExceededError, StorageError
from tests.support.portfolios import fields

Change = Callable[[dict[str, Any]], object]


def as_json(value: object) -> str:
    return json.dumps(value, default=lambda item: item.isoformat() if isinstance(item, dt.date) else float(item))


def refused(change: Change) -> InvalidInputError:
    given = fields()
    change(given)
    with pytest.raises(InvalidInputError) as raised:
        portfolio_from(given)
    return raised.value


def test_a_file_in_toml_or_json_gives_the_same_portfolio(tmp_path: Path) -> None:
    plain = tmp_path / "p.json"
    plain.write_text(as_json(fields()))
    portfolio = load_portfolio(plain)
    assert portfolio == portfolio_from(fields())
    assert [proposal.amount for proposal in portfolio.proposals] == [Decimal("14.24"), Decimal("216.22")]


@pytest.mark.parametrize("text", ["216.22", '"216.22"', "216.220", "2_16.22"])
def test_amounts_are_read_exactly(tmp_path: Path, text: str) -> None:
    path = tmp_path / "p.toml"
    path.write_text(f"proposals = [{{ contract = 'SSP00030614', amount = {text} }}]")
    with pytest.raises(InvalidInputError) as raised:
        load_portfolio(path)
    assert "proposals[0].amount" not in {finding.path for finding in raised.value.report}


SEEDED: dict[str, tuple[Change, str, str]] = {
    "an IBAN with a wrong check": (
        lambda p: p["operators"][0]["contracts"][0].update(iban="IT10A0103003200000000123456"),
        "operators[0].contracts[0].iban",
        "IBAN",
    ),
    "the tax code printed in the first source": (
        lambda p: p["operators"][0].update(codice_fiscale="CGNNMOS1A01H501H"),
        "operators[0].codice_fiscale",
        "codice fiscale",
    ),
    "three decimals": (lambda p: p["proposals"][0].update(amount=Decimal("1.234")), "proposals[0].amount", "decimals"),
    "a float": (lambda p: p["proposals"][0].update(amount=216.22), "proposals[0].amount", "float"),
    "a negative amount": (lambda p: p["proposals"][0].update(amount=-3), "proposals[0].amount", "cannot be invoiced"),
    "not a number": (lambda p: p["proposals"][0].update(amount=Decimal("NaN")), "proposals[0].amount", "NaN"),
    "a date in the Italian form": (
        lambda p: p["proposals"][0].update(issue_date="11/12/2020"),
        "proposals[0].issue_date",
        "2021-01-31",
    ),
    "a date that is none": (
        lambda p: p["proposals"][0].update(issue_date="2021-02-30"),
        "proposals[0].issue_date",
        "2021-01-31",
    ),
    "a moment": (
        lambda p: p["proposals"][0].update(issue_date=dt.datetime(2020, 12, 11, tzinfo=dt.UTC)),
        "proposals[0].issue_date",
        "2021-01-31",
    ),
    "a missing field": (lambda p: p["proposals"][0].pop("fee"), "proposals[0].fee", "missing"),
    "an unknown field": (lambda p: p["gse"].update(ofice="X"), "gse.ofice", "did you mean office"),
    "an unknown field unlike any": (lambda p: p["gse"].update(zzz="X"), "gse.zzz", "the fields are name"),
    "a table where a list is meant": (lambda p: p.update(charges={}), "charges", "a list"),
    "a list where a table is meant": (lambda p: p.update(gse=[]), "gse", "a table"),
    "a number where a text is meant": (lambda p: p["gse"].update(name=3), "gse.name", "a text"),
    "a truth where a year is meant": (lambda p: p["proposals"][0].update(year=True), "proposals[0].year", "a whole"),
    "an unknown kind": (lambda p: p["operators"][0].update(kind="z"), "operators[0].kind", "public-body"),
    "an unknown issuer": (lambda p: p.update(issuer="XX"), "issuer", "TZ, CC"),
    "a key that could leave the folder": (
        lambda p: p["operators"][0].update(key="../up"),
        "operators[0]",
        "names files too",
    ),
    "a threshold below zero": (
        lambda p: p.update(thresholds=[{"service": "CT", "payment": Decimal(-1)}]),
        "thresholds[0].payment",
        "threshold",
    ),
    "an unknown service": (
        lambda p: p["operators"][0]["contracts"][0].update(service="XYZ"),
        "operators.comune.contracts.SSP00030614",
        "XYZ",
    ),
    "a threshold of an unknown service": (
        lambda p: p.update(thresholds=[{"service": "XYZ"}]),
        "thresholds.XYZ",
        "XYZ",
    ),
    "an unknown treatment": (
        lambda p: p["proposals"][0].update(treatment="none"),
        "proposal/SSP00030614/2020/CONTRIBUTO IN CONTO SCAMBIO/2020-12-11.treatment",
        "none",
    ),
    "a plant driven by nothing known": (
        lambda p: p["operators"][0]["contracts"][0].update(source="sole"),
        "operators.comune.contracts.SSP00030614.source",
        "solar",
    ),
    "one person under two keys": (
        lambda p: p["operators"].append({**p["operators"][0], "key": "altro", "contracts": []}),
        "operators.codice_fiscale.80012340446",
        "2 times",
    ),
    "keys that differ in letter case alone": (
        lambda p: p["operators"].append({**p["operators"][0], "key": "COMUNE", "contracts": []}),
        "operators.comune",
        "2 times",
    ),
    "a key that is a device": (lambda p: p["operators"][0].update(key="con.txt"), "operators[0]", "names files too"),
    "an amount beyond a transfer": (
        lambda p: p["proposals"][0].update(amount=10**10),
        "proposals[0].amount",
        "999999999.99",
    ),
    "a format that cannot number": (
        lambda p: p["numbering"][0].update(format="PA"),
        "numbering[0]",
        "{n} exactly once",
    ),
    "a format of GSE that cannot number": (lambda p: p["gse"].update(numbers="{m}"), "gse", "{m} is not known"),
    "a restriction that ends before it starts": (
        lambda p: p.update(
            restrictions=[
                {"operator": "comune", "kind": "block", "reason": "x", "since": "2021-01-02", "until": "2021-01-01"}
            ]
        ),
        "restrictions[0]",
        "cannot end on",
    ),
    "a blank text": (lambda p: p["proposals"][0].update(fee=" "), "proposals[0].fee", "a text that can be read"),
    "half a character": (
        lambda p: p["proposals"][0].update(fee="\ud800"),
        "proposals[0].fee",
        "a text that can be read",
    ),
    "a control character": (lambda p: p["operators"][0].update(name="a\x07b"), "operators[0].name", "control"),
    "an unknown tax regime": (
        lambda p: p["operators"][0].update(tax_regime="RF99"),
        "Comune di Montefiore al Sole.tax_regime",
        "RF99",
    ),
    "a proposal for no contract": (
        lambda p: p["proposals"][0].update(contract="SSP00000001"),
        "proposals.proposal/SSP00000001/2020/CONTRIBUTO IN CONTO SCAMBIO/2020-12-11",
        "SSP00000001",
    ),
    "a charge for no contract": (
        lambda p: p["charges"][0].update(contract="SSP00000001"),
        "charges.charge/SSP00000001/2020/COSTI AMMINISTRATIVI/2020-12-14",
        "SSP00000001",
    ),
    "numbers for nobody": (
        lambda p: p["numbering"].append({"operator": "nobody", "format": "{n}"}),
        "numbering.nobody",
        "nobody",
    ),
    "a proposal stated twice": (
        lambda p: p["proposals"].append(dict(p["proposals"][0])),
        "proposals.proposal/SSP00030614/2020/CONTRIBUTO IN CONTO SCAMBIO/2020-12-11",
        "2 times",
    ),
    "a number used twice": (
        lambda p: [proposal.update(number="7") for proposal in p["proposals"]],
        "comune.2020.7",
        "2 times",
    ),
    "a due date before the issue": (
        lambda p: p["proposals"][0].update(due_date=dt.date(2020, 1, 1)),
        "proposal/SSP00030614/2020/CONTRIBUTO IN CONTO SCAMBIO/2020-12-11.due_date",
        "before the date",
    ),
    "a charge of a fee that GSE owes": (
        lambda p: p["charges"][0].update(fee="CONTRIBUTO IN CONTO SCAMBIO"),
        "charge/SSP00030614/2020/CONTRIBUTO IN CONTO SCAMBIO/2020-12-14.fee",
        "no fee owed",
    ),
    "a charge without treatment": (
        lambda p: p["charges"][0].pop("treatment"),
        "charge/SSP00030614/2020/COSTI AMMINISTRATIVI/2020-12-14.treatment",
        "VAT treatment",
    ),
    "a charge without tariff or amount": (
        lambda p: p["charges"][0].update(fee="COSTI DI ISTRUTTORIA"),
        "charge/SSP00030614/2020/COSTI DI ISTRUTTORIA/2020-12-14.amount",
        "no tariff",
    ),
    "an invoiced negative balance": (
        lambda p: p["charges"][0].update(fee="SALDO NEGATIVO", amount=5),
        "charge/SSP00030614/2020/SALDO NEGATIVO/2020-12-14.treatment",
        "not invoiced",
    ),
}


@pytest.mark.requirement("ACC-6")
@pytest.mark.parametrize("name", SEEDED)
def test_a_defect_is_named_with_its_place_and_its_remedy(name: str) -> None:
    change, path, said = SEEDED[name]
    error = refused(change)
    found = [finding for finding in error.report if finding.path == path]
    assert found, str(error.report)
    assert any(said in f"{finding.message_en} {finding.hint}" for finding in found)
    assert all(finding.message_it and finding.hint for finding in error.report)


def test_all_defects_are_reported_at_once() -> None:
    def change(p: dict[str, Any]) -> None:
        p["issuer"] = "XX"
        p["proposals"][1].pop("year")

    assert [finding.path for finding in refused(change).report] == ["issuer", "proposals[1].year"]


def test_a_long_value_is_shown_short() -> None:
    error = refused(lambda p: p["proposals"][0].update(issue_date="x" * 500))
    assert "x" * 50 in str(error)
    assert "x" * 60 not in str(error)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("p.yaml", b"", ".yaml is not a known ending"),
        ("p", b"", "no is not a known ending"),
        ("p.toml", b"\xff", "byte 0 is not UTF-8"),
        ("p.toml", b"= 3", "Invalid"),
        ("p.json", b"{", "Expecting"),
        ("p.json", b'{"a": NaN}', "NaN is not a figure"),
        ("p.json", b'{"a": 1, "b": 2, "a": 3}', "a key stands twice: a"),
        ("p.json", b'{"a": 1e999999999999999999999}', "portfolio"),
        ("p.json", b"[" * 200_000, "nested too deeply"),
        ("p.toml", b"a = " + b"[" * 200_000, "nested too deeply"),
    ],
)
def test_a_file_that_is_no_portfolio_is_refused(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InvalidInputError) as raised:
        load_portfolio(path)
    assert said in str(raised.value)


def test_an_error_that_is_not_about_the_input_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        list(defects(ZeroDivisionError(), "", "portfolio"))


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StorageError, match="No such file"):
        load_portfolio(tmp_path / "none.toml")
    path = tmp_path / "p.toml"
    path.write_text("on = 2020-12-14")
    monkeypatch.setattr(reading, "MAXIMUM_BYTES", 3)
    with pytest.raises(LimitExceededError, match="the limit is 3"):
        load_portfolio(path)


def test_the_order_of_the_lists_does_not_matter() -> None:
    given = fields()
    given["proposals"].reverse()
    assert portfolio_from(given) == portfolio_from(fields())


def test_supplied_thresholds_are_found_by_service() -> None:
    given = fields()
    given["thresholds"] = [{"service": "CT", "payment": Decimal("2.50")}]
    portfolio = portfolio_from(given)
    payment = portfolio.supplied("CT").payment
    assert payment is not None
    assert payment.amount == Decimal("2.50")
    assert portfolio.supplied("SSP").payment is None
