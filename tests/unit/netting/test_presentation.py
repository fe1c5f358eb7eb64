from __future__ import annotations

import datetime as dt
from decimal import Decimal, localcontext

import pytest

from gse_billing.core.errors import InvalidValueError
from gse_billing.netting import CompensationLetter, DocumentRef, Entry, Held, HoldReason, NettingResult, Statement, net
from tests.unit.netting.entries import ISSUED, PAYMENT_DAY, POLICY, RID, credit, debit

ENTRIES: list[Entry] = [
    credit("1216.22", document=DocumentRef("1", ISSUED)),
    credit("14.24", document=DocumentRef("<2>", ISSUED)),
    credit("4.00", **RID),
    credit("7.00", id="later", value_date=dt.date(2021, 3, 1)),
    credit("3.00", id="stopped", held=[Held(HoldReason.NO_IBAN)]),
    debit("60.00", document=DocumentRef("GSE/9", ISSUED)),
]
LETTER = """\
Compensazione documenti emessi dal GSE
Data della comunicazione: 20/01/2021
Operatore: COMUNE
Data di pagamento: 01/02/2021

Compensazioni
  credito           documento GSE         natura                             ambito           importo
  1 del 11/12/2020  GSE/9 del 11/12/2020  fattura per oneri amministrativi   stesso contratto   60,00

Pagamenti
  contratto    valuta      documento            importo
  SSP00030614  01/02/2021  1 del 11/12/2020    1.156,22
  SSP00030614  01/02/2021  <2> del 11/12/2020     14,24

Riportato
  contratto    segno    documento  motivo                             importo
  SSP00030614  credito  later      non ancora pagabile                   7,00
  RID1         credito  C4.00      netto sotto la soglia di pagamento     4,00

Sospeso
  contratto    segno    documento  motivo                       importo
  SSP00030614  credito  stopped    IBAN del contratto mancante     3,00

Riepilogo
  voce        crediti   debiti
  aperto     1.244,46    60,00
  compensato    60,00    60,00
  pagato     1.170,46     0,00
  riportato     11,00     0,00
  sospeso        3,00     0,00
"""
EXPLAINED = """\
statement of COMUNE on 2021-02-01: credits 1,244.46 EUR = set off 60.00 + paid out 1,170.46 + carried 11.00 \
+ held 3.00 (artt. 1193, 1194, 1241, 1249, 1252 c.c.; GSE, compensazione parziale e totale)
  set off: 60.00 EUR of credit 1 del 11/12/2020 against debit GSE/9 del 11/12/2020 (same contract): \
the credits in reach cover every debit in reach (art. 1241 c.c.)
  payout of contract SSP00030614 on 2021-02-01: 1,156.22 + 14.24 = 1,170.46 EUR, SSP pays at least 1.00 EUR
    left of the credit: 1,156.22 EUR of 1 del 11/12/2020
    left of the credit: 14.24 EUR of <2> del 11/12/2020
  carried over: 7.00 EUR of credit later: its value date has not come
  carried over: 4.00 EUR of credit C4.00: the net of the contract is below the threshold of payment \
(RID pays at least 5.00 EUR)
  held: 3.00 EUR of credit stopped: IBAN del contratto mancante"""


@pytest.fixture
def result() -> NettingResult:
    return net(ENTRIES, policy=POLICY, on=PAYMENT_DAY)


@pytest.fixture
def statement(result: NettingResult) -> Statement:
    return result.statement("COMUNE")


def words(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_the_letter_reads(statement: Statement) -> None:
    letter = CompensationLetter(statement, dt.date(2021, 1, 20))
    assert words(letter.text) == words(LETTER)


def test_amounts_stand_to_the_right(statement: Statement) -> None:
    paid = [line for line in statement.text.splitlines() if line.startswith("  SSP00030614  01/02/2021")]
    assert [line[-8:] for line in paid] == ["1.156,22", "   14,24"]


def test_the_letter_is_html_with_every_cell_escaped(statement: Statement) -> None:
    letter = CompensationLetter(statement, PAYMENT_DAY)
    assert letter.html.startswith(
        "<h1>Compensazione documenti emessi dal GSE</h1><p>Data della comunicazione: 01/02/2021"
    )
    assert "<td>&lt;2&gt; del 11/12/2020</td>" in letter.html
    assert letter._repr_html_() == letter.html
    assert "<caption>Riepilogo</caption>" in statement._repr_html_()


def test_a_letter_does_not_come_after_the_payment(statement: Statement) -> None:
    with pytest.raises(InvalidValueError, match="letter of 2021-02-02 comes after the payment day 2021-02-01"):
        CompensationLetter(statement, dt.date(2021, 2, 2))


def test_the_statement_explains_every_euro(statement: Statement) -> None:
    assert str(statement.explain()) == EXPLAINED


def test_the_law_of_each_choice_is_named() -> None:
    entries: list[Entry] = [credit("5.00"), debit("4.00", issue_date=dt.date(2020, 1, 1)), debit("9.00")]
    steps = net(entries, policy=POLICY, on=PAYMENT_DAY).statement("COMUNE").explain().steps
    assert [str(step.basis) for step in steps[:2]] == ["artt. 1193 c. 2, 1249 c.c.", "art. 1241 c.c."]


def test_the_run_sums_up(result: NettingResult) -> None:
    assert result.explain().statement == "operators: 1, paid out 1,170.46 EUR"
    assert [step.label for step in result.explain().steps] == ["statement of COMUNE on 2021-02-01"]
    assert "<td>COMUNE</td><td>1.244,46</td><td>60,00</td><td>1.170,46</td><td>11,00</td>" in result._repr_html_()
    assert [statement.operator for statement in result] == ["COMUNE"]


def test_a_long_run_shows_its_first_operators() -> None:
    entries = [credit("9.00", operator=f"OP{number:03d}") for number in range(60)]
    html = net(entries, policy=POLICY, on=PAYMENT_DAY)._repr_html_()
    assert "60 operators on 2021-02-01, 50 shown" in html
    assert ("OP049" in html, "OP050" in html) == (True, False)


def test_an_operator_without_entries_has_no_statement(result: NettingResult) -> None:
    with pytest.raises(InvalidValueError, match="operator SRL has no statement of 2021-02-01"):
        result.statement("SRL")


def test_sums_do_not_depend_on_the_context_of_the_caller(result: NettingResult) -> None:
    with localcontext() as context:
        context.prec = 3
        assert result.totals["gross"] == Decimal("1244.46")
        assert result.statement("COMUNE").paid_out == Decimal("1170.46")
        assert result.payouts[0].amount == Decimal("1170.46")
