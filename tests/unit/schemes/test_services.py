"""The services: codes, fee kinds, thresholds, contract prefixes, and who must invoice."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterator
from decimal import Decimal

import pytest

from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from gse_billing.core.errors import (
    FloatRefusedError,
    InvalidAmountError,
    InvalidIdentifierError,
    InvalidValueError,
    MissingFigureError,
    NoValueInForceError,
)
from gse_billing.core.values import evolve
from gse_billing.schemes import (
    SERVICES,
    FeeKind,
    InvoicingDuty,
    Service,
    Settlement,
    Side,
    Threshold,
    must_invoice,
    service,
    service_of_contract,
)

DAY = dt.date(2020, 12, 11)
OWN = Basis(act="the contract", source="the test", certainty=Certainty.SUPPLIED)


def rows_of(made: Service) -> Iterator[Row[object]]:
    tables: list[DatedTable[object]] = [rule.reckonings for rule in made.due_rules]  # type: ignore[misc]
    tables += [rows for rows in (made.publication, made.payment, made.invoicing) if rows is not None]  # type: ignore[misc]
    yield from (row for rows in tables for row in rows)
    yield from (row for row in (made.contract_prefix, made.invoice_object) if row is not None)  # type: ignore[misc]


@pytest.mark.parametrize("code", SERVICES)
def test_everything_dated_has_an_act_and_a_source(code: str) -> None:
    made = service(code)
    bases = [row.basis for row in rows_of(made)] + [kind.basis for kind in made.kinds]
    bases += [made.rolling] if made.rolling is not None else []
    assert bases
    assert all(basis.act.strip() and basis.source.strip() for basis in bases)
    assert all(basis.certainty is not Certainty.SUPPLIED for basis in bases), "shipped figures are sourced"


def test_the_services_by_hand() -> None:
    codes = "SSP RID PMG BIO-PMG RETEE CE CT TO TFO FER TEE CER BIOCAR"
    assert list(SERVICES) == codes.split()
    assert all(made.code == code and made.name_it and made.name_en for code, made in SERVICES.items())


def test_an_unknown_service_lists_the_known_ones() -> None:
    with pytest.raises(InvalidIdentifierError) as caught:
        service("ssp")
    assert caught.value.why == f"the known codes are {', '.join(SERVICES)}"
    assert "your own Service" in caught.value.remedy


@pytest.mark.parametrize(
    ("contract", "code"),
    [("SSP00030614", "SSP"), ("RID00045127", "RID"), ("TO000123", "TO")],
    ids=str,
)
def test_a_contract_code_tells_its_service(contract: str, code: str) -> None:
    assert service_of_contract(contract).code == code


@pytest.mark.parametrize("contract", ["", "SSP", "ssp00030614", "SSPX1", "SSP٣", "I05F12345607", "00030614"])
def test_a_contract_code_of_no_known_beginning_is_refused(contract: str) -> None:
    with pytest.raises(InvalidIdentifierError, match="cannot be told from its code") as caught:
        service_of_contract(contract)
    assert caught.value.why == "the known beginnings are SSP, RID, TO, followed by digits"


def test_the_object_of_an_ssp_invoice() -> None:
    stated = service("SSP").invoice_object
    assert stated is not None
    assert stated.value == "DELIBERA ARERA N.74/08 - FATTURAZIONE SCAMBIO SUL POSTO"
    assert service("RID").invoice_object is None


@pytest.mark.requirement("INV-7")
@pytest.mark.parametrize("code", ["CONTRIBUTO IN CONTO SCAMBIO", "CONGUAGLIO CONTRIBUTO IN CONTO SCAMBIO"])
def test_the_fee_kinds_of_the_source(code: str) -> None:
    kind = service("SSP").kind(code)
    assert (kind.side, kind.settlement, kind.iban_on_invoice) == (Side.CREDIT, Settlement.BANK_TRANSFER, False)


@pytest.mark.requirement("PAY-4", "PAY-5")
@pytest.mark.parametrize("code", [code for code in SERVICES if code != "BIOCAR"])
def test_administrative_costs_are_set_off_and_carry_no_iban(code: str) -> None:
    kind = service(code).kind("COSTI AMMINISTRATIVI")
    assert (kind.side, kind.settlement, kind.iban_on_invoice) == (Side.DEBIT, Settlement.COMPENSATION, False)


@pytest.mark.requirement("BIO-10")
def test_biofuel_fees_are_transferred_and_carry_an_iban() -> None:
    kind = service("BIOCAR").kind("CORRISPETTIVI BIOCARBURANTI")
    assert (kind.side, kind.settlement, kind.iban_on_invoice) == (Side.DEBIT, Settlement.BANK_TRANSFER, True)
    assert "par. 3.1" in kind.basis.act


@pytest.mark.parametrize(
    ("code", "kind", "settlement"),
    [
        ("SSP", "COSTI DI ISTRUTTORIA", Settlement.BANK_TRANSFER),
        ("SSP", "SALDO NEGATIVO", Settlement.COMPENSATION),
        ("CE", "CORRISPETTIVO DI GESTIONE", Settlement.COMPENSATION),
    ],
)
def test_how_the_other_debits_are_settled(code: str, kind: str, settlement: Settlement) -> None:
    found = service(code).kind(kind)
    assert (found.side, found.settlement) == (Side.DEBIT, settlement)
    assert found.iban_on_invoice is (settlement is Settlement.BANK_TRANSFER)


def test_a_caller_adds_a_fee_kind() -> None:
    own = FeeKind(
        code="LIQUIDAZIONE ECCEDENZE",
        name_en="surplus paid out",
        side=Side.CREDIT,
        settlement=Settlement.BANK_TRANSFER,
        basis=OWN,
    )
    extended = service("SSP").with_kinds([own])
    assert extended.kind("LIQUIDAZIONE ECCEDENZE") == own
    with pytest.raises(InvalidIdentifierError) as caught:
        service("SSP").kind("LIQUIDAZIONE ECCEDENZE")
    assert "CONTRIBUTO IN CONTO SCAMBIO" in caught.value.why
    assert "with_kinds" in caught.value.remedy
    with pytest.raises(InvalidValueError, match="two parts of SSP have one code"):
        extended.with_kinds([own])


def test_a_service_without_kinds_says_so() -> None:
    with pytest.raises(InvalidIdentifierError, match="the known ones are none"):
        Service(code="X", name_it="x", name_en="x").kind("Y")


THRESHOLDS = [
    ("SSP", "15.00", "1.00"),
    ("RID", "15.00", "5.00"),
    ("PMG", "15.00", "5.00"),
    ("RETEE", None, "100.00"),
    ("CE", None, "100.00"),
    ("BIO-PMG", None, None),
    ("CT", None, None),
    ("TO", None, None),
    ("TFO", None, None),
    ("FER", None, None),
    ("TEE", None, None),
    ("CER", None, None),
    ("BIOCAR", None, None),
]


@pytest.mark.parametrize(("code", "publication", "payment"), THRESHOLDS)
def test_each_threshold_by_hand(code: str, publication: str | None, payment: str | None) -> None:
    made = service(code)
    for look_up, amount in ((made.publication_threshold, publication), (made.payment_threshold, payment)):
        if amount is None:
            with pytest.raises(MissingFigureError, match=r"supplied=Threshold\(\.\.\.\)"):
                look_up(DAY)
            continue
        found = look_up(DAY)
        assert (found.amount, found.inclusive) == (Decimal(amount), True)
        assert found.reached(amount)
        assert not found.reached(Decimal(amount) - Decimal("0.01"))


def test_the_threshold_table_is_complete() -> None:
    assert {line[0] for line in THRESHOLDS} == set(SERVICES)


def test_the_threshold_counts_on_the_sum() -> None:
    """14.24 EUR alone is below, and stays to be invoiced beside 216.22 EUR."""
    threshold = service("SSP").publication_threshold(DAY)
    assert not threshold.reached("14.24")
    assert threshold.reached("230.46")


def test_a_caller_supplies_a_threshold_where_no_source_gives_one() -> None:
    supplied = service("CT").payment_threshold(DAY, supplied=Threshold("50.00", inclusive=False))
    assert (supplied.amount, supplied.inclusive) == (Decimal("50.00"), False)
    assert supplied.basis.certainty is Certainty.SUPPLIED
    decision = supplied.reached("50.00")
    assert not decision
    assert decision.explain().line == (
        "payment threshold of CT: 50.00 EUR is not more than 50.00 EUR (supplied by the caller)"
    )
    assert service("SSP").payment_threshold(DAY, supplied=Threshold("50.00")).amount == Decimal("1.00")


def test_a_threshold_explains_how_its_source_was_read() -> None:
    lines = str(service("SSP").payment_threshold(DAY).reached("170.46").explain()).splitlines()
    assert lines[0].startswith("payment threshold of SSP: 170.46 EUR is at least 1.00 EUR (GSE, avviso")
    assert lines[1].strip().startswith("reading: ")
    assert len(str(service("PMG").payment_threshold(DAY).reached(5).explain()).splitlines()) == 1


def test_a_sourced_threshold_with_a_gap_raises() -> None:
    row = Row(value=Threshold("7.00"), valid_from=dt.date(2024, 1, 1), basis=OWN)
    later = evolve(service("RID"), payment=DatedTable("the payment threshold of RID", (row,)))
    assert later.payment_threshold(dt.date(2024, 1, 1)).amount == Decimal("7.00")
    with pytest.raises(NoValueInForceError):
        later.payment_threshold(DAY, supplied=Threshold("5.00"))


def test_a_threshold_is_an_exact_amount() -> None:
    with pytest.raises(InvalidAmountError, match="cannot be a threshold"):
        Threshold("-0.01")
    with pytest.raises(FloatRefusedError, match="a threshold"):
        Threshold(15.0)  # type: ignore[arg-type]
    with pytest.raises(FloatRefusedError, match="a total"):
        service("SSP").payment_threshold(DAY).reached(0.5)  # type: ignore[arg-type]


@pytest.mark.requirement("INV-1")
@pytest.mark.parametrize("code", ["SSP", "RID"])
@pytest.mark.parametrize(
    ("power", "answer"),
    [("3", False), ("19.99", False), ("20.0", False), ("20", False), ("20.01", True), ("50.0", True)],
)
def test_above_20_kw_the_operator_invoices(code: str, power: str, answer: bool) -> None:
    decision = must_invoice(service(code), power, DAY)
    assert decision.answer is answer
    assert bool(decision) is answer
    verdict = "is above" if answer else "is not above"
    assert decision.explain().statement == f"{power} kW {verdict} 20 kW"
    assert "typically" in str(decision.explain())


@pytest.mark.parametrize(("says", "words"), [(True, "must invoice"), (False, "need not invoice")])
def test_what_the_contract_states_beats_the_rule(says: bool, words: str) -> None:
    for code in ("SSP", "TFO"):
        decision = must_invoice(service(code), "5", DAY, contract_says=says)
        assert decision.answer is says
        assert words in decision.explain().statement
        assert decision.explain().line.endswith("(the contract)")


@pytest.mark.parametrize("code", [code for code in SERVICES if code not in {"SSP", "RID", "CT"}])
def test_without_a_rule_the_contract_has_to_say(code: str) -> None:
    with pytest.raises(MissingFigureError, match="contract_says=True") as caught:
        must_invoice(service(code), "500", DAY)
    assert code in caught.value.figure


def test_conto_termico_is_never_invoiced() -> None:
    decision = must_invoice(service("CT"), "500", DAY)
    assert not decision
    assert decision.explain().statement == "the fees of this service are not invoiced"
    assert [str(duty) for duty in (InvoicingDuty(None), InvoicingDuty(Decimal(20)))] == [
        "no invoice",
        "invoice above 20 kW",
    ]


@pytest.mark.parametrize("power", ["0", "-1"])
def test_a_power_is_above_zero(power: str) -> None:
    with pytest.raises(InvalidAmountError, match="give kW above zero"):
        must_invoice(service("SSP"), power, DAY)


def test_a_power_is_exact() -> None:
    with pytest.raises(FloatRefusedError, match="a power in kW"):
        must_invoice(service("SSP"), 20.0, DAY)  # type: ignore[arg-type]


def test_values_travel_to_another_process() -> None:
    for value in (*SERVICES.values(), must_invoice(service("SSP"), 50, DAY), service("SSP").payment_threshold(DAY)):
        assert pickle.loads(pickle.dumps(value)) == value


def test_notebooks_show_tables() -> None:
    html = service("SSP")._repr_html_()
    assert "<caption>SSP: Scambio sul posto</caption>" in html
    assert "<td>set off against what GSE pays</td>" in html
    assert "<td>yes</td>" in must_invoice(service("SSP"), 50, DAY)._repr_html_()
    assert "<td>no</td>" in must_invoice(service("SSP"), 20, DAY)._repr_html_()
