"""Laws of the file for the bank."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gse_billing.payments import Transfer, pain001
from tests.property.payments.test_payments import ORDINARY, SEPA
from tests.support.payment_schema import defects_of, texts

IBAN = "IT60X0542811101000000123456"
MOMENT = dt.datetime(2021, 1, 28, tzinfo=dt.UTC)

plain = st.text(SEPA, min_size=1, max_size=70).filter(lambda text: bool(text.strip()))
identifications = st.text(ORDINARY, min_size=1, max_size=35).filter(
    lambda text: text.strip("/") == text and "//" not in text
)
transfers = st.builds(
    Transfer,
    debtor_name=st.just("GSE S.p.A."),
    creditor_name=plain,
    creditor_iban=st.sampled_from((IBAN, "DE89370400440532013000", "FR1420041010050500013M02606")),
    amount=st.decimals("0.01", "999999999.99", places=2),
    value_date=st.dates(dt.date(2000, 1, 1), dt.date(2000, 1, 9)) | st.dates(),
    remittance=st.text(SEPA, min_size=1, max_size=140).filter(lambda text: bool(text.strip())),
    end_to_end_id=identifications,
)
many = st.lists(transfers, min_size=1, max_size=6, unique_by=lambda made: made.end_to_end_id)


@given(made=many, data=st.data())
def test_any_transfers_make_one_valid_file_that_adds_up(made: list[Transfer], data: st.DataObject) -> None:
    """Valid under the ISO schema; count, sums and fields recomputed; the order of the transfers changes no byte."""
    file = pain001(made, message_id="M-1", created=MOMENT, debtor_iban=IBAN)
    shuffled = pain001(data.draw(st.permutations(made)), message_id="M-1", created=MOMENT, debtor_iban=IBAN)
    assert shuffled.data == file.data
    assert defects_of(file.data) == []
    total, *blocks = map(Decimal, texts(file.data, "CtrlSum"))
    assert total == sum(blocks) == sum(one.amount for one in made) == file.total
    whole, *parts = map(int, texts(file.data, "NbOfTxs"))
    assert whole == sum(parts) == len(made) == file.count
    asked = texts(file.data, "Dt")
    counted = Counter(one.value_date.isoformat() for one in made)
    assert [counted[day] for day in asked] == parts
    assert dict(zip(texts(file.data, "EndToEndId"), texts(file.data, "InstdAmt"), strict=True)) == {
        one.end_to_end_id: str(one.amount) for one in made
    }
