"""What editors and type checkers see of declared classes and of the doors of fatturapa."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, assert_type

from gse_billing import evolve, fatturapa
from gse_billing.core.findings import Report
from gse_billing.fatturapa import model
from gse_billing.fatturapa.codelists import Natura
from gse_billing.fatturapa.wire import DecimalText, Text, attribute, element, wire

Rate = DecimalText("RateType", pattern=r"[0-9]{1,3}\.[0-9]{2}")
Code = Text("Code", length=2)


@wire("LineType")
class Line:
    """A record as an author of declarations writes it."""

    code: str = attribute("code", Code)
    rate: Decimal = element("Rate", Rate)
    note: str | None = element("Note", Code, default=None)
    more: tuple[str, ...] = element("More", Code, many=(0, None), default=())


line = Line(code="ab", rate=Decimal("1.00"))
assert_type(line.rate, Decimal)
assert_type(line.note, str | None)
assert_type(line.more, tuple[str, ...])
assert_type(evolve(line, rate=Decimal("2.00")), Line)


def of_documents(document: model.FatturaElettronica, summary: model.DatiRiepilogo) -> None:
    """Fields have the types they are declared with, through the whole tree."""
    assert_type(summary.imponibile_importo, Decimal)
    assert_type(summary.natura, Natura | None)
    for body in document.fattura_elettronica_body:
        assert_type(body.dati_generali.dati_generali_documento.data, dt.date)
        assert_type(body.dati_beni_servizi.dettaglio_linee, tuple[model.DettaglioLinee, ...])


def of_doors(document: model.FatturaElettronica) -> None:
    """The doors say what they take and give."""
    assert_type(fatturapa.write(document), bytes)
    assert_type(fatturapa.read(b""), model.FatturaElettronica | model.FatturaElettronicaSemplificata)
    assert_type(fatturapa.inspect("a.xml").report, Report)
    assert_type(fatturapa.transliterate(document).document, model.FatturaElettronica)
    assert_type(fatturapa.diff(document, document), tuple[fatturapa.Difference, ...])
    assert_type(fatturapa.xsd("semplificata"), bytes)
    assert_type(fatturapa.to_dict(document, names="python"), dict[str, Any])
    assert_type(fatturapa.from_dict({}), model.FatturaElettronica | model.FatturaElettronicaSemplificata)
    assert_type(fatturapa.json_schema("semplificata", names="python"), dict[str, Any])
    fatturapa.to_dict(document, names="italian")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
