"""The documents of the demonstration and a credit note, byte for byte."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from gse_billing import fatturapa
from gse_billing.billing import load_portfolio, settle
from gse_billing.billing.recipes import credit_note
from tests.support.demo_answers import DEMO
from tests.unit.billing.recipes.test_documents import set_off

KEPT = Path(__file__).parent / "documents"


def test_the_documents_of_the_demonstration_never_change() -> None:
    """SSP, RID, costs of an office and of a company, biofuel fee: what was sent is what is made again."""
    made = settle(load_portfolio(DEMO / "portfolio.toml"), on=dt.date(2020, 12, 14)).documents
    assert {str(one.file_name): one.xml for one in made} == {
        path.name: path.read_bytes() for path in KEPT.glob("IT*.xml")
    }


@pytest.mark.parametrize(("name", "amount"), [("credit-note.xml", None), ("credit-note-in-part.xml", "10.01")])
def test_credit_notes_never_change(name: str, amount: str | None) -> None:
    note = credit_note(set_off(), number="NC/1", progressive="00002", date=dt.date(2026, 3, 20), amount=amount)
    assert fatturapa.write(note.document) == (KEPT / name).read_bytes()
