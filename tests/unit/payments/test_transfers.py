"""Transfers and the keys that identify them."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal

import pytest

from gse_billing.core.errors import (
    FloatRefusedError,
    InvalidAmountError,
    InvalidIdentifierError,
    InvalidValueError,
    LimitExceededError,
)
from gse_billing.payments import LIMITS, SettlementKey, Transfer

DAY = dt.date(2021, 2, 1)
IBAN = "IT60X0542811101000000123456"


def transfer(**changes: object) -> Transfer:
    fields: dict[str, object] = {
        "debtor_name": "Gestore dei Servizi Energetici - GSE S.p.A.",
        "creditor_name": "Comune di Prova",
        "creditor_iban": IBAN,
        "amount": "170.46",
        "value_date": DAY,
        "remittance": "FATTURA 7 DEL 11/12/2020",
        "end_to_end_id": "SSP00030614-20210201-1",
        **changes,
    }
    return Transfer(**fields)  # type: ignore[arg-type]


@pytest.mark.requirement("PAY-1")
def test_a_transfer_pays_the_account_of_the_contract() -> None:
    made = transfer()
    assert (made.creditor_iban, made.amount, made.value_date) == (IBAN, Decimal("170.46"), DAY)
    assert pickle.loads(pickle.dumps(made)) == made


def test_a_transfer_shows_itself_in_a_notebook() -> None:
    shown = transfer(creditor_name="A & B")._repr_html_()
    assert "<caption>transfer SSP00030614-20210201-1</caption>" in shown
    assert "<td>A &amp; B</td>" in shown


@pytest.mark.parametrize("amount", ["0.01", "999999999.99", 1])
def test_the_amounts_that_one_transfer_carries(amount: str | int) -> None:
    assert transfer(amount=amount).amount == Decimal(amount)


BAD_FIELDS: dict[str, tuple[str, object, type[Exception], str]] = {
    "nothing to pay": ("amount", 0, InvalidAmountError, r"0\.00 EUR cannot be transferred"),
    "less than nothing": ("amount", "-0.01", InvalidAmountError, r"-0\.01 EUR cannot be transferred"),
    "too much": ("amount", "1000000000.00", InvalidAmountError, "one transfer carries from 0.01 to 999,999,999.99"),
    "three decimals": ("amount", "1.005", InvalidAmountError, "more than two decimals"),
    "a float": ("amount", 1.5, FloatRefusedError, "cannot be the amount of a transfer"),
    "an IBAN with a wrong digit": ("creditor_iban", "IT61X0542811101000000123456", InvalidIdentifierError, "IBAN"),
    "no name": ("creditor_name", " ", InvalidValueError, "cannot be the name of a party; it is empty"),
    "a name of two lines": ("debtor_name", "A\nB", InvalidValueError, "a character that does not print"),
    "an empty text": ("remittance", "", InvalidValueError, "'' cannot be the text of a transfer; it is empty"),
    "letters with accents": ("remittance", "società", InvalidValueError, "SEPA texts do not carry à"),
    "a long text": ("remittance", "A" * 141, LimitExceededError, "the limit is 140"),
    "a long identification": ("end_to_end_id", "A" * 36, LimitExceededError, "the limit is 35"),
    "an identification with a line": ("end_to_end_id", "A_1", InvalidValueError, "SEPA texts do not carry _"),
}


@pytest.mark.parametrize(("name", "value", "error", "message"), BAD_FIELDS.values(), ids=BAD_FIELDS.keys())
def test_a_bad_transfer_is_refused(name: str, value: object, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        transfer(**{name: value})


def test_the_limits_lead_back_to_a_source() -> None:
    assert LIMITS.act
    assert LIMITS.source


def test_a_key_and_its_identification_are_derived_from_one_another() -> None:
    key = SettlementKey("PA/2020-7", DAY, 12)
    assert key.end_to_end_id == "PA/2020-7-20210201-12"
    assert SettlementKey.parse(key.end_to_end_id) == key


FOREIGN_IDENTIFICATIONS = {
    "nothing": "",
    "of another program": "NOTPROVIDED",
    "a sequence of zero": "SSP00030614-20210201-0",
    "a day that does not exist": "SSP00030614-20210230-1",
    "a subject of foreign characters": "SSP_1-20210201-1",
    "no subject": "-20210201-1",
    "a blank subject": " -20210201-1",
    "more than 35 characters": f"{'A' * 25}-20210201-1",
}


@pytest.mark.parametrize("text", FOREIGN_IDENTIFICATIONS.values(), ids=FOREIGN_IDENTIFICATIONS.keys())
def test_a_foreign_identification_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="is not an identification of a settlement; it looks like SSP00030614-"):
        SettlementKey.parse(text)


@pytest.mark.parametrize("sequence", [0, -1, True, "1", pytest.param(10**5000, id="endless")])
def test_sequences_count_from_one(sequence: object) -> None:
    with pytest.raises(InvalidValueError, match="is no sequence; count from 1"):
        SettlementKey("A", DAY, sequence)  # type: ignore[arg-type]


def test_an_identification_has_at_most_35_characters() -> None:
    assert len(SettlementKey("A" * 24, DAY).end_to_end_id) == 35
    with pytest.raises(LimitExceededError, match="too long to be an end-to-end identification; the limit is 35"):
        SettlementKey("A" * 25, DAY)
