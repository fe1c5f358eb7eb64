"""Laws of reading what a bank sends."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gse_billing.core.money import format_it
from gse_billing.payments import BankColumns, Booking, read_bank_csv, read_camt053
from tests.property.payments.test_payments import ORDINARY
from tests.support.bank_files import camt053, document

ACCOUNT = "IT60X0542811101000000123456"
WHOLE = camt053(
    [Booking(amount=Decimal("-170.46"), booked=dt.date(2021, 2, 1), counterparty_iban=ACCOUNT, remittance="FATTURA 7")],
    account=ACCOUNT,
)

amounts = st.decimals("-99999.99", "99999.99", places=2).filter(bool)
# what banks write for no identification is read as none
words = st.text(ORDINARY, max_size=20).filter(lambda text: text != "NOTPROVIDED")
movements = st.lists(
    st.builds(
        Booking,
        amount=amounts,
        booked=st.dates(dt.date(1000, 1, 1)),
        reference=words,
        end_to_end_id=words,
        counterparty=st.text(ORDINARY, min_size=1, max_size=20),
        remittance=words,
    ),
    max_size=5,
)


@given(booked=movements, version=st.sampled_from(["02", "08"]))
def test_what_a_bank_writes_is_read_and_adds_up(booked: list[Booking], version: str) -> None:
    """Opening balance and bookings give the closing balance, and each booking keeps what it said."""
    file = read_camt053(camt053(booked, account=ACCOUNT, version=version))
    assert file.report.ok
    assert [(one.amount, one.booked, one.reference, one.end_to_end_id, one.remittance) for one in file.bookings] == [
        (one.amount, one.booked, one.reference, one.end_to_end_id, one.remittance) for one in booked
    ]


@given(booked=movements.filter(bool), cents=st.integers(1, 10_000))
def test_a_movement_that_is_lost_or_changed_is_found(booked: list[Booking], cents: int) -> None:
    """A closing balance that is off by any cent is a finding."""
    data = camt053(booked, account=ACCOUNT)
    opening = b'<Amt Ccy="EUR">1000.00</Amt>'
    changed = data.replace(opening, b'<Amt Ccy="EUR">%d.%02d</Amt>' % divmod(100_000 + cents, 100), 1)
    assert read_camt053(changed).report.codes == ("statement:balance",)


@given(
    data=st.binary(max_size=200)
    | st.text("<>/abNtryAmtStmt&;! ", max_size=80).map(document)
    | st.tuples(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE))).map(
        lambda cut: WHOLE[: cut[0]] + WHOLE[cut[1] :]
    )
)
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    """Content never raises; a file without a statement has a finding."""
    file = read_camt053(data)
    assert file.statements or not file.report.ok


@given(data=st.binary(max_size=200) | st.text('Data;Importo\n\r"1/2,03.', max_size=80).map(lambda text: text.encode()))
def test_no_bytes_make_the_table_raise(data: bytes) -> None:
    """The same for CSV, with and without the right header."""
    columns = BankColumns(booked="Data", amount="Importo")
    for given_bytes in (data, b"Data;Importo\n" + data):
        file = read_bank_csv(given_bytes, columns, account=ACCOUNT)
        assert file.statements or not file.report.ok


@given(booked=movements)
def test_a_table_is_read_as_it_was_written(booked: list[Booking]) -> None:
    """Italian amounts and days survive a table of a bank."""
    lines = ["Data;Importo;Causale"]
    for one in booked:
        assert one.booked
        day = f"{one.booked:%d/%m}/{one.booked.year:04d}"
        lines.append(f"{day};{format_it(one.amount)};{one.remittance}")
    columns = BankColumns(booked="Data", amount="Importo", remittance="Causale")
    file = read_bank_csv("\r\n".join(lines).encode(), columns, account=ACCOUNT)
    assert file.report.ok
    assert [(one.amount, one.booked, one.remittance) for one in file.bookings] == [
        (one.amount, one.booked, one.remittance) for one in booked
    ]
