"""Laws of the certificates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gse_billing.fees import Declaration, InvoicePayment, PaymentOutcome, certificates, cic_standing

ISSUING = dt.date(2016, 3, 31)
quantities = st.decimals("0", "1e9", places=4)
payments = st.lists(
    st.builds(
        InvoicePayment,
        number=st.integers(1, 10**6).map(str),
        due=st.dates(dt.date(2016, 1, 1), dt.date(2016, 12, 31)),
        outcome=st.sampled_from(PaymentOutcome),
    ),
    max_size=5,
)


@given(conventional=quantities, advanced=quantities, double_counting=quantities)
def test_the_count_is_the_nearest_and_ties_go_up(
    conventional: Decimal, advanced: Decimal, double_counting: Decimal
) -> None:
    """DM 10/10/2014 art. 6: 10 Gcal or 5 Gcal a certificate, each class with commercial rounding; in whole numbers."""
    declaration = Declaration(
        year=2015,
        total_gcal=conventional + advanced + double_counting,
        advanced_gcal=advanced,
        double_counting_gcal=double_counting,
    )
    made = certificates(declaration, standing=cic_standing([], on=ISSUING))
    sized = ((conventional, 10), (advanced, 5), (double_counting, 5))
    expected = [(int(quantity * 10**4) + size * 5000) // (size * 10**4) for quantity, size in sized]
    assert [count for _, count in made.earned] == expected


@given(known=payments, on=st.dates(dt.date(2016, 1, 1), dt.date(2017, 1, 1)), cures=st.booleans())
def test_both_ways_close_together_and_only_with_a_reason(known: list[InvoicePayment], on: dt.date, cures: bool) -> None:
    """BIO-14: issuing and exchange are inhibited together; what may be recovered is among the reasons."""
    standing = cic_standing(known, on=on, late_payment_cures=cures)
    assert standing.issuance_inhibited == standing.exchange_inhibited == bool(standing.reasons)
    assert not standing.recovery_may_follow or standing.reasons
    cleared = cic_standing([one for one in known if one.outcome is PaymentOutcome.PAID], on=on)
    assert not cleared.issuance_inhibited
