"""The invoices that a free text names."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from gse_billing.payments.references import KnownInvoices, days_in, strict_references
from gse_billing.payments.remittance import InvoiceReference

DAY, NEXT = dt.date(2016, 3, 18), dt.date(2016, 3, 19)
KNOWN = KnownInvoices(
    [
        InvoiceReference("76256", DAY),
        InvoiceReference("PA/7", DAY),
        InvoiceReference("7", DAY),
        InvoiceReference("7", NEXT),
        InvoiceReference("12 bis", DAY),
        InvoiceReference("12", DAY),
    ]
)

TEXTS = {
    "the grammar": ("FATTURE 76256 DEL 18/03/2016, 7 DEL 19/03/2016", [("76256", DAY), ("7", NEXT)]),
    "the grammar, one unknown": ("FATTURE 1 DEL 18/03/2016, 7 DEL 19/03/2016", [("7", NEXT)]),
    "words around": ("BONIFICO A VS FAVORE PAG. FATT. N. 76256 DEL 18/03/2016 GRAZIE", [("76256", DAY)]),
    "an abbreviation without a blank": ("SALDO FT.76256 DEL 18.3.2016", [("76256", DAY)]),
    "an ISO date": ("invoice 76256 2016-03-18", [("76256", DAY)]),
    "hyphens in the date": ("76256 del 18-03-2016.", [("76256", DAY)]),
    "the date in front": ("18/03/2016 fattura n°76256.", [("76256", DAY)]),
    "a number with a slash": ("saldo pa/7 (18/03/2016)", [("pa/7", DAY)]),
    "a number of two words": ("saldo 12 BIS del 18/03/2016", [("12 bis", DAY)]),
    "a short number": ("saldo 12 del 18/03/2016", [("12", DAY)]),
    "each with its own date": ("ft 7 del 18/03/2016 e ft 7 del 19/03/2016", [("7", DAY), ("7", NEXT)]),
    "twice": ("ft 7 del 18/03/2016 e ancora ft 7 del 18/03/2016", [("7", DAY)]),
    "a part of another number": ("saldo 76256/A e A7 del 18/03/2016", []),
    "another date": ("saldo 76256 del 20/03/2016", []),
    "no date": ("saldo 76256", []),
    "a day that is none": ("saldo 76256 del 31/02/2016", []),
    "digits around the date": ("saldo 76256 del 118/03/20169", []),
    "a dot alone": ("saldo . 76256 . 18/03/2016", [("76256", DAY)]),
    "nothing": ("", []),
}


@pytest.mark.requirement("BIO-12")
@pytest.mark.parametrize(("text", "named"), TEXTS.values(), ids=TEXTS.keys())
def test_number_and_date_are_found_in_any_wording(text: str, named: list[tuple[str, dt.date]]) -> None:
    assert list(KNOWN.named_in(text)) == named


def test_a_text_of_another_form_is_not_of_the_grammar() -> None:
    assert strict_references("saldo 76256 del 18/03/2016") == ()
    assert strict_references("FATTURA 76256 DEL 31/02/2016") == ()


def test_days_are_found_with_their_places() -> None:
    assert list(days_in("1.1.2016 2016-01-02")) == [(0, dt.date(2016, 1, 1)), (9, dt.date(2016, 1, 2))]


def test_a_long_text_takes_time_in_proportion() -> None:
    start = time.process_time()
    assert len(KNOWN.named_in("x 76256 18/03/2016 " * 20_000)) == 1
    assert time.process_time() - start < 20
