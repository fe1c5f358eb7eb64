"""General data of a document: date, number, withholding, discounts, uniqueness (00403, 00404, 00409, 00411 ...)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from gse_billing.fatturapa.catalogue import Regime
from gse_billing.fatturapa.codelists import SoggettoEmittente
from gse_billing.fatturapa.context import SentDocument
from gse_billing.fatturapa.model import IdFiscale
from gse_billing.fatturapa.rules.facts import AnyBody, Body, Outcome, SimplifiedBody

__all__ = [
    "sdi_00403",
    "sdi_00404",
    "sdi_00409",
    "sdi_00411",
    "sdi_00415",
    "sdi_00418",
    "sdi_00425",
    "sdi_00437",
    "sdi_00438",
]

CREDIT_NOTE = "TD04"
"""Numbers of credit notes are apart from all others (SdI 1.8.4, p. 34)."""

ISSUED_BY_BUYER = frozenset({"TD16", "TD17", "TD18", "TD19", "TD20", "TD22", "TD23", "TD28", "TD29"})
"""Kinds that the buyer issues, who then stands for the supplier in the private flow (Allegato A 1.9.1, as quoted)."""

DIGITS = frozenset("0123456789")
"""Those that a number holds at least one of (Elenco controlli 2.0, p. 32)."""

_GENERAL = ("dati_generali", "dati_generali_documento")


def sdi_00403(body: AnyBody) -> Iterator[Outcome]:
    """Data del documento successiva al giorno in cui SDI riceve il file.

    A document is not dated after the day of sending. Elenco controlli 2.0, p. 11.
    """
    on = body.head.context.on
    if on is not None and body.general.data > on:
        yield body.finding("00403", *_GENERAL, "data", expected=on, actual=body.general.data)


def sdi_00404(body: AnyBody) -> Iterator[Outcome]:
    """Fattura già trasmessa: stesso emittente, numero e anno.

    Issuer, number and year of date are new, full date where Art73 says so; credit notes are compared among themselves;
    what SDI discarded or the buyer refused does not count. Elenco controlli 2.0, p. 12 to 14.
    """
    history, general = body.head.context.history, body.general
    if history is None:
        return
    for sent in history.documents(_issuer(body), general.numero, general.data.year):
        same_day = not _art73(body) or sent.day == general.data
        if sent.counts and same_day and sent.credit_note is (body.kind == CREDIT_NOTE):
            hint = f"{_sent(sent)}: give the document another number"
            yield body.finding("00404", *_GENERAL, "numero", actual=general.numero, hint=hint)
            return


def _sent(sent: SentDocument) -> str:
    return f"it was sent with date {sent.day}{f' in {sent.file_name}' if sent.file_name else ''}"


def _issuer(body: AnyBody) -> str:
    """Country and tax id of who counts as issuer."""
    head = body.head
    by_buyer = head.header.soggetto_emittente is SoggettoEmittente.CC or (
        head.context.regime is Regime.PRIVATE and body.kind in ISSUED_BY_BUYER
    )
    vat: IdFiscale | None = head.buyer.id_fiscale_iva if by_buyer else head.seller.id_fiscale_iva
    return f"{vat.id_paese}{vat.id_codice}" if vat else f"IT{head.buyer.codice_fiscale or ''}"


def _art73(body: AnyBody) -> bool:
    return isinstance(body, Body) and body.general.art73 is not None


def sdi_00409(bodies: Sequence[AnyBody]) -> Iterator[Outcome]:
    """Due documenti del lotto con lo stesso numero nello stesso anno.

    As 00404, between the documents of one file. Elenco controlli 2.0, p. 15 and 16.
    """
    years: set[tuple[str, bool, int]] = set()
    days: set[tuple[str, bool, dt.date]] = set()
    for body in bodies:
        number, day, note = body.general.numero, body.general.data, body.kind == CREDIT_NOTE
        if (number, note, day) in days if _art73(body) else (number, note, day.year) in years:
            yield body.finding("00409", *_GENERAL, "numero", actual=number)
        years.add((number, note, day.year))
        days.add((number, note, day))


def sdi_00411(body: Body) -> Iterator[Outcome]:
    """Linea soggetta a ritenuta senza dati della ritenuta.

    Where a line is subject to withholding, the document has its data. Elenco controlli 2.0, p. 17.
    """
    if not body.general.dati_ritenuta and any(line.ritenuta is not None for line in body.lines.records):
        yield body.finding("00411", *_GENERAL, "dati_ritenuta")


def sdi_00415(body: Body) -> Iterator[Outcome]:
    """Contributo di cassa soggetto a ritenuta senza dati della ritenuta.

    Where a fund contribution is subject to withholding, the document has its data. Elenco controlli 2.0, p. 19.
    """
    if not body.general.dati_ritenuta and any(fund.ritenuta is not None for fund in body.funds.records):
        yield body.finding("00415", *_GENERAL, "dati_ritenuta")


def sdi_00418(body: AnyBody) -> Iterator[Outcome]:
    """Data del documento anteriore a quella di una fattura collegata o rettificata.

    A document is not dated before an invoice that it refers to: a credit note in the PA flow, any document in the
    private flow and in the simplified format. Elenco controlli 2.0, p. 21; Allegato A 1.9.1 as quoted; simplified
    table, p. 3.
    """
    if isinstance(body, SimplifiedBody):
        corrected = body.record.dati_generali.dati_fattura_rettificata
        latest = None if corrected is None else corrected.data_fr
    elif body.kind == CREDIT_NOTE or body.head.context.regime is Regime.PRIVATE:
        linked = body.record.dati_generali.dati_fatture_collegate
        latest = max([each.data for each in linked if each.data is not None], default=None)
    else:
        return
    if latest is not None and body.general.data < latest:
        yield body.finding("00418", *_GENERAL, "data", expected=latest, actual=body.general.data)


def sdi_00425(body: AnyBody) -> Iterator[Outcome]:
    """Numero senza cifre.

    A number holds at least one of the digits 0 to 9. Elenco controlli 2.0, p. 32.
    """
    if DIGITS.isdisjoint(body.general.numero):
        yield body.finding("00425", *_GENERAL, "numero", actual=body.general.numero)


def sdi_00437(body: Body) -> Iterator[Outcome]:
    """Sconto o maggiorazione del documento senza percentuale né importo.

    A discount or surcharge of the document has a percentage or an amount. Elenco controlli 2.0, p. 36.
    """
    for index, each in enumerate(body.general.sconto_maggiorazione):
        if each.percentuale is None and each.importo is None:
            yield body.finding("00437", *_GENERAL, "sconto_maggiorazione", index)


def sdi_00438(body: Body) -> Iterator[Outcome]:
    """Sconto o maggiorazione di una linea senza percentuale né importo.

    A discount or surcharge of a line has a percentage or an amount. Elenco controlli 2.0, p. 36.
    """
    for index, line in enumerate(body.lines.records):
        if line.sconto_maggiorazione:
            for position, each in enumerate(line.sconto_maggiorazione):
                if each.percentuale is None and each.importo is None:
                    yield body.finding("00438", *body.lines.steps, index, "sconto_maggiorazione", position)
