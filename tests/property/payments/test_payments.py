"""Laws of remittance texts, settlement keys and exports."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import string
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gse_billing.core.errors import InvalidValueError, LimitExceededError
from gse_billing.payments import (
    InvoiceReference,
    SettlementKey,
    Transfer,
    read_remittance,
    transfers_to_csv,
    transfers_to_json,
    write_remittance,
)
from gse_billing.payments.sepa import foreign_characters

SEPA = string.ascii_letters + string.digits + "/-?:().,'+ "
ORDINARY = string.ascii_letters + string.digits + "/-"

days = st.dates(dt.date(1000, 1, 1))


def numbers(alphabet: str, longest: int) -> st.SearchStrategy[str]:
    texts = st.text(alphabet, min_size=1, max_size=longest)
    return texts.filter(lambda text: text == text.strip() and any(sign in string.digits for sign in text))


references = st.builds(InvoiceReference, numbers(ORDINARY, 8), days)
hostile = st.builds(InvoiceReference, numbers("1 DELFATUR,/.-0", 20), days)


@pytest.mark.requirement("BIO-12")
@given(named=st.lists(references, min_size=1, max_size=4))
def test_number_and_date_of_each_invoice_survive(named: list[InvoiceReference]) -> None:
    """What is written is read back the same, within 140 characters of the SEPA set."""
    text = write_remittance(named)
    assert read_remittance(text) == tuple(named)
    assert read_remittance(text.replace("FATTUR", "fattur").replace(" DEL ", " del ")) == tuple(named)
    assert len(text) <= 140
    assert not foreign_characters(text)


@given(named=st.lists(hostile, min_size=1, max_size=4))
def test_what_would_not_survive_is_an_error(named: list[InvoiceReference]) -> None:
    """Numbers made of the words of the grammar: either they come back the same, or nothing is written."""
    try:
        text = write_remittance(named)
    except (InvalidValueError, LimitExceededError):
        return
    assert read_remittance(text) == tuple(named)


@given(text=st.text(max_size=60) | st.text("FATURELD 0123456789/,-.", max_size=60).map("FATTURA ".__add__))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No exception but the documented one leaves the reader."""
    with suppress(InvalidValueError):
        assert read_remittance(text)


@given(subject=st.text(SEPA, min_size=1, max_size=22), day=st.dates(), sequence=st.integers(1, 999))
def test_an_identification_leads_back_to_its_settlement(subject: str, day: dt.date, sequence: int) -> None:
    """The end-to-end identification is reversible, so no two settlements share one."""
    assume(subject.strip())
    key = SettlementKey(subject, day, sequence)
    assert len(key.end_to_end_id) <= 35
    assert SettlementKey.parse(key.end_to_end_id) == key


names = st.text(min_size=1, max_size=20).filter(lambda text: bool(text.strip()) and text.isprintable())
transfers = st.builds(
    Transfer,
    debtor_name=names,
    creditor_name=names,
    creditor_iban=st.just("IT60X0542811101000000123456"),
    amount=st.decimals("0.01", "999999999.99", places=2),
    value_date=st.dates(),
    remittance=st.text(SEPA, min_size=1, max_size=140).filter(lambda text: bool(text.strip())),
    end_to_end_id=st.text(ORDINARY, min_size=1, max_size=35),
)
many = st.lists(transfers, max_size=5, unique_by=lambda made: made.end_to_end_id)


@given(made=many, data=st.data())
def test_the_order_of_transfers_changes_no_byte(made: list[Transfer], data: st.DataObject) -> None:
    """Same transfers, same files."""
    shuffled = data.draw(st.permutations(made))
    assert transfers_to_json(shuffled) == transfers_to_json(made)
    assert transfers_to_csv(shuffled) == transfers_to_csv(made)


@given(made=many)
def test_the_json_adds_up_and_loses_nothing(made: list[Transfer]) -> None:
    """Count and sum agree with the transfers, each of which can be built again from its record."""
    content = json.loads(transfers_to_json(made))
    assert content["count"] == len(made)
    assert Decimal(content["total"]) == sum(one.amount for one in made)
    rebuilt = [
        Transfer(
            **{name: value for name, value in record.items() if name not in {"currency", "value_date"}},
            value_date=dt.date.fromisoformat(record["value_date"]),
        )
        for record in content["transfers"]
    ]
    assert sorted(rebuilt, key=lambda one: one.end_to_end_id) == sorted(made, key=lambda one: one.end_to_end_id)


@given(made=many)
def test_no_cell_of_the_csv_is_a_formula(made: list[Transfer]) -> None:
    """CWE-1236: no cell begins with a sign that a spreadsheet computes."""
    for row in csv.reader(io.StringIO(transfers_to_csv(made))):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))
