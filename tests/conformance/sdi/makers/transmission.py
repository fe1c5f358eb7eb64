"""Cases of the file, the tax ids and the recipient: 00001 to 00399, 00427 and 00428."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from gse_billing.fatturapa.codelists import Channel, FormatoTrasmissione
from gse_billing.fatturapa.context import OfficeEntry, OfficeList, SentDocuments
from gse_billing.fatturapa.model import (
    Allegati,
    Anagrafica,
    DatiAnagraficiRappresentante,
    RappresentanteFiscale,
    RappresentanteFiscaleCessionario,
    semplificata,
)
from tests.conformance.sdi.makers.case import Case, fails, passes
from tests.support.invoices import BUYER, DAY, PERSON, having, invoice, seat, simplified, vat

__all__ = ["cases"]

NAME = "IT01234560017_00001.xml"
WRONG_VAT = "01234560018"
WRONG_PERSON = "RSSMRA85T10A562T"

PA, PRIVATE, SIMPLE = invoice(), invoice(pa=False), simplified()


def cases() -> Iterator[Case]:
    yield from _file()
    yield from _ids()
    yield from _representatives()
    yield from _recipient()
    yield from _offices()
    yield from _format()


def _file() -> Iterator[Case]:
    yield fails("00001", "no-progressive", PA, filename="fattura.xml")
    yield passes("00001", "grammar", PA, filename=NAME)
    yield passes("00001", "foreign-transmitter", PA, filename="DE12_1.zip")
    yield fails("00002", "same-name", PA, filename=NAME, history=SentDocuments(files=[NAME]))
    yield fails("00002", "other-extension", PA, filename=NAME, history=SentDocuments(files=[f"{NAME}.p7m"]))
    yield passes("00002", "new-name", PA, filename=NAME, history=SentDocuments(files=["IT01234560017_00002.xml"]))
    yield fails("00003", "web", _attached(PA, 5_000_000), channel=Channel.WEB, stored=False)
    yield fails("00003", "private-any-channel", _attached(PRIVATE, 5_000_000), channel=Channel.PEC, stored=False)
    yield passes("00003", "pec", _attached(PA, 5_000_000), channel=Channel.PEC, stored=False)
    yield passes("00003", "small", PA, channel="web")


def _attached(document: Any, size: int) -> Any:
    file = Allegati(nome_attachment="a.bin", attachment=bytes(size))
    return having(document, bodies__0__allegati=(file,))


def _ids() -> Iterator[Case]:
    yield fails("00300", "check-digit", having(PA, T__id_trasmittente=vat(WRONG_VAT)))
    yield fails("00300", "simplified", having(SIMPLE, T__id_trasmittente=vat(WRONG_VAT)))
    yield passes("00300", "person", having(PA, T__id_trasmittente=vat(PERSON)))
    yield passes("00300", "foreign", having(PA, T__id_trasmittente=vat(WRONG_VAT, "DE")))
    yield passes("00300", "overseas", having(PA, T__id_trasmittente=vat(WRONG_VAT, "US")))
    yield fails("00301", "check-digit", having(PA, S__id_fiscale_iva=vat(WRONG_VAT)))
    yield fails("00301", "person-is-no-vat-number", having(PA, S__id_fiscale_iva=vat(PERSON)))
    yield fails("00301", "simplified", having(SIMPLE, seller__id_fiscale_iva=vat(WRONG_VAT)))
    yield passes("00301", "foreign", having(PA, S__id_fiscale_iva=vat(WRONG_VAT, "DE")))
    yield fails("00302", "control-character", having(PA, S__codice_fiscale=WRONG_PERSON))
    yield fails("00302", "simplified", having(SIMPLE, seller__codice_fiscale=WRONG_PERSON))
    yield passes("00302", "person", having(PA, S__codice_fiscale=PERSON))
    yield fails("00305", "check-digit", having(PA, B__id_fiscale_iva=vat(WRONG_VAT)))
    yield fails("00305", "simplified", having(SIMPLE, ids__id_fiscale_iva=vat(WRONG_VAT)))
    yield passes("00305", "foreign", having(PA, B__id_fiscale_iva=vat(WRONG_VAT, "DE")))
    without = having(PA, B__id_fiscale_iva=None)
    yield fails("00306", "control-character", having(without, B__codice_fiscale=WRONG_PERSON))
    yield fails("00306", "simplified", having(SIMPLE, ids__id_fiscale_iva=None, ids__codice_fiscale=WRONG_PERSON))
    yield passes("00306", "person", having(without, B__codice_fiscale=PERSON))
    both = having(PA, B__codice_fiscale=WRONG_PERSON)
    yield passes("00306", "beside-a-vat-number", both, "advice:check-digit")


def _representatives() -> Iterator[Case]:
    yield fails("00303", "of-seller", having(PA, H__rappresentante_fiscale=_representative(WRONG_VAT)))
    yield passes("00303", "of-seller", having(PA, H__rappresentante_fiscale=_representative(BUYER)))
    of_buyer = RappresentanteFiscaleCessionario(id_fiscale_iva=vat(WRONG_VAT), denominazione="Rappresentante")
    yield fails("00303", "of-buyer", having(PRIVATE, buyer__rappresentante_fiscale=of_buyer))
    simple = semplificata.RappresentanteFiscale(id_fiscale_iva=vat(WRONG_VAT), denominazione="Rappresentante")
    yield fails("00303", "simplified-of-seller", having(SIMPLE, seller__rappresentante_fiscale=simple))
    others = semplificata.AltriDatiIdentificativi(denominazione="Cliente", sede=seat())
    yield passes("00303", "simplified-none", having(SIMPLE, buyer__altri_dati_identificativi=others))
    represented = semplificata.AltriDatiIdentificativi(
        denominazione="Cliente", sede=seat(), rappresentante_fiscale=simple
    )
    yield fails("00303", "simplified-of-buyer", having(SIMPLE, buyer__altri_dati_identificativi=represented))
    wrong = _representative(BUYER, WRONG_PERSON)
    yield fails("00304", "control-character", having(PA, H__rappresentante_fiscale=wrong))
    yield passes("00304", "private", having(PRIVATE, H__rappresentante_fiscale=wrong), "advice:check-digit")
    yield passes("00304", "person", having(PA, H__rappresentante_fiscale=_representative(BUYER, PERSON)))


def _representative(code: str, tax_code: str | None = None) -> RappresentanteFiscale:
    return RappresentanteFiscale(
        dati_anagrafici=DatiAnagraficiRappresentante(
            id_fiscale_iva=vat(code), codice_fiscale=tax_code, anagrafica=Anagrafica(denominazione="Rappresentante")
        )
    )


def _recipient() -> Iterator[Case]:
    abroad = having(PRIVATE, T__codice_destinatario="XXXXXXX")
    yield fails("00313", "italian-buyer", abroad)
    yield fails("00313", "only-tax-code", having(abroad, B__id_fiscale_iva=None, B__codice_fiscale=PERSON))
    yield fails("00313", "simplified", having(SIMPLE, T__codice_destinatario="XXXXXXX"))
    yield passes("00313", "foreign-buyer", having(abroad, B__id_fiscale_iva=vat("123456789", "DE")))
    yield passes("00313", "pa", having(PA, T__codice_destinatario="XXXXXXX"), "00427")
    yield fails("00330", "mailbox", having(PRIVATE, T__pec_destinatario="SDI07@pec.fatturapa.it"))
    yield fails("00330", "simplified", having(SIMPLE, T__pec_destinatario="sdi01@pec.fatturapa.it"))
    yield passes("00330", "own-address", having(PRIVATE, T__pec_destinatario="cliente@pec.example.it"))
    yield passes("00330", "pa", having(PA, T__pec_destinatario="sdi01@pec.fatturapa.it"))


def _office(code: str, *, tax_code: str = BUYER, start: dt.date | None = dt.date(2015, 3, 31), **more: Any) -> Any:
    return OfficeEntry(code=code, tax_code=tax_code, start=start, **more)


def _offices() -> Iterator[Case]:
    one, late = OfficeList([_office("UFABCD")]), OfficeList([_office("UFABCD", start=DAY + dt.timedelta(1))])
    yield fails("00311", "unknown-office", having(PA, T__codice_destinatario="ZZZZZZ"), offices=one)
    yield passes("00311", "known-office", PA, offices=one)
    yield passes("00311", "channel-of-sdi", having(PRIVATE, T__codice_destinatario="ABCDEFG"), offices=one)
    yield passes("00311", "no-channel", PRIVATE, offices=one)
    yield fails("00312", "starts-tomorrow", PA, offices=late, on=DAY)
    yield fails("00312", "ended", PA, offices=OfficeList([_office("UFABCD", end=DAY)]), on=DAY)
    yield passes("00312", "starts-today", PA, offices=OfficeList([_office("UFABCD", start=DAY)]), on=DAY)
    central = _office("UFABCD", central=True)
    yield fails("00398", "one-other", PA, offices=OfficeList([central, _office("AAAAAA")]), on=DAY)
    three = OfficeList([central, _office("AAAAAA"), _office("BBBBBB")])
    yield passes("00398", "two-others", PA, offices=three, on=DAY)
    yield passes("00398", "other-not-active", PA, offices=OfficeList([central, _office("A", start=None)]), on=DAY)
    yield passes("00398", "ordinary-office", PA, offices=OfficeList([_office("UFABCD"), _office("AAAAAA")]), on=DAY)
    yield fails("00399", "body-in-ipa", PRIVATE, offices=one, on=DAY)
    by_code = having(PRIVATE, B__id_fiscale_iva=None, B__codice_fiscale=BUYER)
    yield fails("00399", "by-tax-code", by_code, offices=one, on=DAY)
    yield passes("00399", "not-active-yet", PRIVATE, offices=late, on=DAY)
    yield passes("00399", "foreign-number", having(PRIVATE, B__id_fiscale_iva=vat(BUYER, "DE")), offices=one, on=DAY)
    yield passes("00399", "overseas-number", having(PRIVATE, B__id_fiscale_iva=vat(BUYER, "US")), offices=one, on=DAY)
    yield passes("00399", "sent-as-pa", PA, offices=one, on=DAY, flow="private")


def _format() -> Iterator[Case]:
    yield fails("00427", "seven-for-pa", having(PA, T__codice_destinatario="0000000"))
    yield fails("00427", "six-for-private", having(PRIVATE, T__codice_destinatario="UFABCD"))
    yield passes("00427", "seven-for-private", having(PRIVATE, T__codice_destinatario="ABCDEFG"))
    yield fails("00428", "other-version", having(PA, R=FormatoTrasmissione.FPR12))
    yield passes("00428", "same-version", PRIVATE)
