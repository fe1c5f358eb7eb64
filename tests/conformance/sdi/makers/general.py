"""Cases of general data, uniqueness, parties and kinds: 00403 to 00425, 00471 to 00476."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from gse_billing.fatturapa.codelists import (
    Art73,
    CausalePagamento,
    Ritenuta,
    SoggettoEmittente,
    TipoDocumento,
    TipoRitenuta,
)
from gse_billing.fatturapa.context import SentDocument, SentDocuments
from gse_billing.fatturapa.model import DatiDocumentiCorrelati, DatiRitenuta, semplificata
from tests.conformance.sdi.makers.case import Case, fails, passes
from tests.conformance.sdi.makers.natura import fund
from tests.support.invoices import BUYER, DAY, PERSON, SELLER, body, having, invoice, simplified, summary, vat

__all__ = ["cases"]

PA, PRIVATE, SIMPLE = invoice(), invoice(pa=False), simplified()
TD = TipoDocumento
NEXT_DAY, DAY_BEFORE = DAY + dt.timedelta(1), DAY - dt.timedelta(1)


def cases() -> Iterator[Case]:
    yield from _dates()
    yield from _sent_before()
    yield from _lots()
    yield from _withholding()
    yield from _numbers()
    yield from _parties()
    yield from _kinds()


def _dates() -> Iterator[Case]:
    yield fails("00403", "tomorrow", PA, on=DAY_BEFORE)
    yield fails("00403", "simplified", SIMPLE, on=DAY_BEFORE)
    yield passes("00403", "today", PA, on=DAY)
    later = having(PA, D__dati_fatture_collegate=(_linked(DAY_BEFORE), _linked(NEXT_DAY), _linked(None)))
    yield fails("00418", "pa-credit-note", having(later, G__tipo_documento=TD.TD04))
    yield passes("00418", "pa-invoice", later)
    yield passes("00418", "pa-deferred-invoice", having(later, G__tipo_documento=TD.TD24))
    yield fails("00418", "private-invoice", having(PRIVATE, D__dati_fatture_collegate=(_linked(NEXT_DAY),)))
    yield passes("00418", "same-day", having(PRIVATE, D__dati_fatture_collegate=(_linked(DAY),)))
    yield passes("00418", "no-day", having(PRIVATE, D__dati_fatture_collegate=(_linked(None),)))
    note = having(SIMPLE, G__tipo_documento=TD.TD08)
    yield fails("00418", "simplified", having(note, D__dati_fattura_rettificata=_corrected(NEXT_DAY)))
    yield passes("00418", "simplified-same-day", having(note, D__dati_fattura_rettificata=_corrected(DAY)))


def _linked(day: dt.date | None) -> DatiDocumentiCorrelati:
    return DatiDocumentiCorrelati(id_documento="7", data=day)


def _corrected(day: dt.date) -> semplificata.DatiFatturaRettificata:
    return semplificata.DatiFatturaRettificata(numero_fr="7", data_fr=day, elementi_rettificati="importo")


def _history(issuer: str = f"IT{SELLER}", day: dt.date = dt.date(2026, 1, 31), **more: Any) -> dict[str, Any]:
    return {"history": SentDocuments([SentDocument(issuer=issuer, number="1", day=day, **more)])}


def _sent_before() -> Iterator[Case]:
    note = having(PA, G__tipo_documento=TD.TD04)
    art73 = having(PA, G__art73=Art73.SI)
    yield fails("00404", "same-year", PA, **_history(file_name="IT01234560017_00007.xml"))
    yield fails("00404", "simplified", SIMPLE, **_history())
    yield passes("00404", "other-year", PA, **_history(day=dt.date(2025, 12, 31)))
    yield passes("00404", "other-issuer", PA, **_history(f"IT{BUYER}"))
    yield passes("00404", "discarded-or-refused", PA, **_history(counts=False))
    yield passes("00404", "credit-note-apart", PA, **_history(credit_note=True))
    yield passes("00404", "invoice-apart-from-note", note, **_history())
    yield fails("00404", "two-credit-notes", note, **_history(credit_note=True))
    yield passes("00404", "art73-other-day", art73, **_history())
    yield fails("00404", "art73-same-day", art73, **_history(day=DAY))
    by_buyer = having(PA, H__soggetto_emittente=SoggettoEmittente.CC)
    yield fails("00404", "issued-by-buyer", by_buyer, **_history(f"IT{BUYER}"))
    yield passes("00404", "issued-by-buyer-not-seller", by_buyer, **_history())
    person = having(by_buyer, B__id_fiscale_iva=None, B__codice_fiscale=PERSON)
    yield fails("00404", "issued-by-buyer-with-tax-code", person, **_history(f"IT{PERSON}"))
    by_third = having(PA, H__soggetto_emittente=SoggettoEmittente.TZ)
    yield fails("00404", "issued-by-third-party", by_third, **_history())
    private = having(PRIVATE, G__tipo_documento=TD.TD16)
    yield fails("00404", "private-td16-by-buyer", private, **_history(f"IT{BUYER}"))
    yield passes("00404", "pa-td16-by-seller", having(PA, G__tipo_documento=TD.TD16), **_history(f"IT{BUYER}"))


def _lots() -> Iterator[Case]:
    yield fails("00409", "same-number", _lot(body(), body(day=dt.date(2026, 1, 31))))
    yield passes("00409", "other-number", _lot(body(), body("2")))
    yield passes("00409", "other-year", _lot(body(), body(day=dt.date(2025, 12, 31))))
    yield passes("00409", "credit-note-apart", _lot(body(), _kind(body(), TD.TD04)))
    yield fails("00409", "two-credit-notes", _lot(_kind(body(), TD.TD04), body("2"), _kind(body(), TD.TD04)))
    yield fails("00409", "two-kinds", _lot(body(), _kind(body(), TD.TD24)))
    art73 = having(PA, G__art73=Art73.SI).fattura_elettronica_body[0]
    yield passes("00409", "art73-other-day", _lot(body(day=DAY_BEFORE), art73))
    yield fails("00409", "art73-same-day", _lot(body(), art73))
    twins = having(SIMPLE, bodies=SIMPLE.fattura_elettronica_body * 2)
    yield fails("00409", "simplified", twins)


def _lot(*bodies: Any) -> Any:
    return having(PA, bodies=bodies)


def _kind(document: Any, kind: TipoDocumento) -> Any:
    return having(having(PA, bodies=(document,)), G__tipo_documento=kind).fattura_elettronica_body[0]


def _withholding() -> Iterator[Case]:
    withheld = DatiRitenuta(
        tipo_ritenuta=TipoRitenuta.RT01,
        importo_ritenuta=Decimal("20.00"),
        aliquota_ritenuta=Decimal("20.00"),
        causale_pagamento=CausalePagamento.A,
    )
    subject = having(PA, L__0__ritenuta=Ritenuta.SI)
    yield fails("00411", "no-data", subject)
    yield passes("00411", "with-data", having(subject, G__dati_ritenuta=(withheld,)))
    cassa = having(
        PA, G__dati_cassa_previdenziale=(fund(ritenuta=Ritenuta.SI),), summaries=(summary("104.00", "22.88"),)
    )
    yield fails("00415", "no-data", cassa)
    yield passes("00415", "with-data", having(cassa, G__dati_ritenuta=(withheld,)))


def _numbers() -> Iterator[Case]:
    yield fails("00425", "letters", having(PA, G__numero="ABC/X"))
    yield fails("00425", "simplified", having(SIMPLE, G__numero="ABC"))
    yield passes("00425", "one-digit", having(PA, G__numero="ABC/7"))


def _parties() -> Iterator[Case]:
    yield fails("00417", "neither", having(PA, B__id_fiscale_iva=None))
    yield fails("00417", "simplified", having(SIMPLE, ids__id_fiscale_iva=None))
    yield passes("00417", "tax-code", having(PA, B__id_fiscale_iva=None, B__codice_fiscale=PERSON))
    abroad = having(PRIVATE, S__id_fiscale_iva=vat("123456789", "DE"))
    yield fails("00476", "both-abroad", having(abroad, B__id_fiscale_iva=vat("U12345678", "AT")))
    yield fails("00476", "buyer-overseas", having(abroad, B__id_fiscale_iva=vat("12-3456789", "US")))
    simple = having(SIMPLE, seller__id_fiscale_iva=vat("1", "DE"), ids__id_fiscale_iva=vat("2", "AT"))
    yield fails("00476", "simplified", simple)
    yield passes("00476", "seller-abroad", abroad)
    yield passes("00476", "buyer-abroad", having(PRIVATE, B__id_fiscale_iva=vat("U12345678", "AT")))
    person = having(abroad, B__id_fiscale_iva=None, B__codice_fiscale=PERSON)
    yield passes("00476", "buyer-with-tax-code", person)
    both = having(abroad, B__id_fiscale_iva=vat("U12345678", "AT"))
    yield passes("00476", "before-its-first-day", both, "00403", on=dt.date(2022, 9, 30))


def _kinds() -> Iterator[Case]:
    one = having(PA, B__id_fiscale_iva=vat())
    private = having(PRIVATE, B__id_fiscale_iva=vat())
    yield fails("00471", "pa-td16", having(one, G__tipo_documento=TD.TD16))
    yield passes("00471", "pa-td01", one)
    yield fails("00471", "private-td01", private)
    yield passes("00471", "private-td26", having(private, G__tipo_documento=TD.TD26))
    yield fails("00471", "simplified", having(SIMPLE, ids__id_fiscale_iva=vat()))
    codes = having(private, B__id_fiscale_iva=None, B__codice_fiscale=PERSON, S__codice_fiscale=PERSON)
    yield fails("00471", "same-tax-code", codes)
    yield passes("00471", "other-country", having(PRIVATE, B__id_fiscale_iva=vat(SELLER, "DE")))
    yield fails("00472", "td21", having(PA, G__tipo_documento=TD.TD21))
    yield fails("00472", "private-td27", having(PRIVATE, G__tipo_documento=TD.TD27))
    yield passes("00472", "pa-td27", having(PA, G__tipo_documento=TD.TD27))
    yield passes("00472", "same", having(one, G__tipo_documento=TD.TD21))
    yield fails("00473", "td17-from-italy", having(PA, G__tipo_documento=TD.TD17))
    yield passes("00473", "td17-from-abroad", _abroad(TD.TD17))
    yield passes("00473", "td17-from-overseas", having(_abroad(TD.TD17), S__id_fiscale_iva=vat("1", "US")))
    yield fails("00473", "td29-from-abroad", _abroad(TD.TD29))
    yield passes("00473", "td29-from-italy", having(PA, G__tipo_documento=TD.TD29))
    only_code = having(PA, B__id_fiscale_iva=None, B__codice_fiscale=PERSON)
    yield fails("00475", "td22", having(only_code, G__tipo_documento=TD.TD22))
    yield passes("00475", "td22", having(PA, G__tipo_documento=TD.TD22))
    yield passes("00475", "td01", only_code)


def _abroad(kind: TipoDocumento) -> Any:
    return having(PA, S__id_fiscale_iva=vat("123456789", "DE"), G__tipo_documento=kind)
