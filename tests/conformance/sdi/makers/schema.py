"""Cases of the schema, told by the reader: 00200 and 00201. Most are files that no value of the model could say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gse_billing.fatturapa.writing import write
from tests.conformance.sdi.makers.case import Case, fails, passes
from tests.support.invoices import having, invoice, line, simplified, summary

__all__ = ["cases"]

PA, SIMPLE = write(invoice()), write(simplified())
MOST_LISTED = 50
"""Format errors that SDI lists at most (SdI 1.8.4, p. 29)."""


def cases() -> Iterator[Case]:
    yield from _refused()
    yield from _taken()
    yield fails("00200", "fifty-errors", _errors(MOST_LISTED))
    yield passes("00201", "fifty-errors", _errors(MOST_LISTED), "00200")
    yield fails("00201", "fifty-one-errors", _errors(MOST_LISTED + 1), "00200")
    yield passes("00201", "no-error", PA)


def _refused() -> Iterator[Case]:
    for name, old, new in (
        ("missing-element", "<Divisa>EUR</Divisa>", ""),
        ("missing-attribute", ' versione="FPA12"', ""),
        ("order", "<Divisa>EUR</Divisa><Data>2026-03-10</Data>", "<Data>2026-03-10</Data><Divisa>EUR</Divisa>"),
        ("unknown-element", "<Divisa>EUR</Divisa>", "<Divisa>EUR</Divisa><Valuta>EUR</Valuta>"),
        ("empty-element", "<Numero>1</Numero>", "<Numero></Numero>"),
        ("code-not-in-list", "TD01", "TD99"),
        ("decimal-comma", "<Imposta>22.00</Imposta>", "<Imposta>22,00</Imposta>"),
        ("one-decimal", "<Imposta>22.00</Imposta>", "<Imposta>22.0</Imposta>"),
        ("no-such-day", "2026-03-10", "2026-02-29"),
        ("euro-sign", "<Descrizione>Energia</Descrizione>", "<Descrizione>100 €</Descrizione>"),
        ("too-long", "<Numero>1</Numero>", f"<Numero>{'1' * 21}</Numero>"),
        ("not-well-formed", "</Numero>", "</Numro>"),
    ):
        yield fails("00200", name, _changed(PA, old, new))
    yield fails("00200", "simplified", _changed(SIMPLE, "<Importo>122.00</Importo>", ""))
    yield fails("00200", "nothing", b"")


def _taken() -> Iterator[Case]:
    for name, old, new in (
        ("comment", "<Numero>", "<!-- il numero --><Numero>"),
        ("blanks-between-elements", "<Numero>", "\n  <Numero>"),
        ("day-with-a-zone", "2026-03-10", "2026-03-10+01:00"),
        ("leading-zeros", "<AliquotaIVA>22.00</AliquotaIVA>", "<AliquotaIVA>022.00</AliquotaIVA>"),
        ("longest", "<Numero>1</Numero>", f"<Numero>{'1' * 20}</Numero>"),
    ):
        yield passes("00200", name, _changed(PA, old, new))
    prefixed = _changed(_changed(PA, "p:FatturaElettronica", "ns0:FatturaElettronica"), "xmlns:p=", "xmlns:ns0=")
    yield passes("00200", "other-prefix", prefixed)
    yield passes("00200", "simplified", SIMPLE)


def _changed(data: bytes, old: str, new: str) -> bytes:
    assert old.encode() in data, old
    return data.replace(old.encode(), new.encode())


def _errors(count: int) -> bytes:
    """An invoice of that many lines, each with a number that no line may have."""
    taxable = f"{100 * count}.00"
    many: Any = having(invoice(), lines=(line(),) * count, summaries=(summary(taxable, f"{22 * count}.00"),))
    return _changed(write(many), "<NumeroLinea>1</NumeroLinea>", "<NumeroLinea>0</NumeroLinea>")
