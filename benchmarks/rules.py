"""What the checks of SDI cost beside the schema validation of libxml2, for invoices of 1, 100 and 5,000 lines."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any

from lxml import etree

from benchmarks.paired import Measurement, paired, report
from gse_billing import fatturapa
from gse_billing.fatturapa.codelists import StatoLiquidazione
from gse_billing.fatturapa.model import CodiceArticolo, Contatti, DatiDocumentiCorrelati, IscrizioneREA
from tests.support.invoices import DAY, having, invoice, line, payment, summary
from tests.support.official_schema import official_schema_path

LINES = (1, 100, 5000)
WHOLE = {1: 1.5, 100: 1.2, 5000: 1.35}
PRICE = Decimal("16.35190000")


class Offline(etree.Resolver):
    """Answers the import of the official schema."""

    def resolve(self, system_url: str | None, public_id: str | None, context: object) -> object:  # type: ignore[override]  # noqa: ARG002
        wanted = system_url is not None and system_url.endswith("xmldsig-core-schema.xsd")
        return self.resolve_filename(str(official_schema_path("xmldsig")), context) if wanted else None  # type: ignore[attr-defined]


def official() -> etree.XMLSchema:
    parser = etree.XMLParser(load_dtd=False)
    parser.resolvers.add(Offline())
    return etree.XMLSchema(etree.parse(str(official_schema_path("ordinaria")), parser))


def document(lines: int, number: int) -> bytes:
    """An invoice as software writes them: every line with code, quantity, unit, period and reference."""
    amount = (PRICE * 3).quantize(Decimal("0.01"))
    line_fields: dict[str, Any] = {
        "codice_articolo": (CodiceArticolo(codice_tipo="POD", codice_valore="IT001E12345678"),),
        "quantita": Decimal("3.000"),
        "unita_misura": "MWh",
        "data_inizio_periodo": dt.date(2026, 1, 1),
        "data_fine_periodo": dt.date(2026, 1, 31),
        "prezzo_unitario": PRICE,
        "prezzo_totale": amount,
        "riferimento_amministrazione": "RID012345",
    }
    rows = tuple(line(index + 1, **line_fields) for index in range(lines))
    taxable = amount * lines
    tax = (taxable * 22 / 100).quantize(Decimal("0.01"))
    made = having(
        invoice(),
        lines=rows,
        summaries=(summary(str(taxable), str(tax)),),
        G__numero=f"{number}/2026",
        G__importo_totale_documento=taxable + tax,
        G__causale=("Ritiro dedicato, energia immessa nel mese di gennaio 2026",),
        D__dati_contratto=(DatiDocumentiCorrelati(id_documento="RID012345", data=DAY),),
        P=(payment(str(taxable + tax), data_scadenza_pagamento=DAY, iban="IT60X0542811101000000123456"),),
        seller__contatti=Contatti(telefono="0612345678", email="fatture@example.it"),
        seller__iscrizione_rea=IscrizioneREA(
            ufficio="RM", numero_rea="123456", stato_liquidazione=StatoLiquidazione.LN
        ),
    )
    return fatturapa.write(made)


def seconds(work: Callable[[Any], object], subjects: Iterable[object]) -> float:
    """How long it takes to do the work on each subject once."""
    start = time.perf_counter()
    for subject in subjects:
        work(subject)
    return time.perf_counter() - start


def measure() -> Iterator[Measurement]:
    """Each document is met once in a pass, as in a folder of files, and not again and again in the cache."""
    schema = official()

    def parse_and_validate(data: bytes) -> bool:
        return schema.validate(etree.fromstring(data))

    for lines in LINES:
        files = [document(lines, number) for number in range(max(2, 400 // lines))]
        trees, read = [etree.fromstring(data) for data in files], [fatturapa.read(data) for data in files]
        assert all(map(schema.validate, trees))
        assert {fatturapa.check(each).codes for each in (*read, *files)} == {()}
        rules, judge = partial(seconds, fatturapa.check, read), partial(seconds, schema.validate, trees)
        yield paired(f"rules / libxml2 XSD, {lines} lines", rules, judge, bar=0.15, pairs=41)
        whole, peer = partial(seconds, fatturapa.check, files), partial(seconds, parse_and_validate, files)
        yield paired(f"check(bytes) / fromstring + XSD, {lines} lines", whole, peer, bar=WHOLE[lines], pairs=41)


if __name__ == "__main__":
    sys.exit(report(measure()))
