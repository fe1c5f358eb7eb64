"""Where the file goes: recipient code, certified mail, format, offices (00311 to 00313, 00330, 00398, 00399 ...)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from gse_billing.core.findings import Skipped
from gse_billing.fatturapa.codelists import FormatoTrasmissione
from gse_billing.fatturapa.context import Office, OfficeDirectory
from gse_billing.fatturapa.rules.facts import Head, Outcome

__all__ = [
    "sdi_00311",
    "sdi_00312",
    "sdi_00313",
    "sdi_00330",
    "sdi_00398",
    "sdi_00399",
    "sdi_00427",
    "sdi_00428",
]

NO_CHANNEL = "0000000"
"""The code for a buyer without a channel of his own (Rappresentazione tabellare 1.4, p. 1)."""

ABROAD = "XXXXXXX"
"""The code for a buyer abroad (Rappresentazione tabellare 1.4, p. 1)."""

OFFICE_LENGTH = 6
"""Characters of the code of an office in IPA; the codes that SDI gives to channels have one more (table, p. 1)."""

_SDI_MAILBOX = re.compile(r"sdi[0-9]{2}@pec\.fatturapa\.it", re.IGNORECASE)
_CODE = ("dati_trasmissione", "codice_destinatario")
_FORMAT = ("dati_trasmissione", "formato_trasmissione")


def sdi_00311(head: Head) -> Iterator[Outcome]:
    """Codice destinatario inesistente.

    A code of six characters is that of an office in IPA; those of seven are known to SDI alone. SdI 1.8.4, p. 31.
    """
    code = head.header.dati_trasmissione.codice_destinatario
    if len(code) != OFFICE_LENGTH:
        if code not in (NO_CHANNEL, ABROAD):
            yield Skipped("sdi:00311", "only SDI knows the codes of its channels")
    elif head.context.offices is not None and head.context.offices.office(code) is None:
        yield head.finding("00311", *_CODE, actual=code)


def sdi_00312(head: Head) -> Iterator[Outcome]:
    """Ufficio destinatario non ancora attivo.

    The office takes e-invoices on the day of sending. SdI 1.8.4, p. 31.
    """
    office, on = _office(head), head.context.on
    if office is not None and on is not None and not office.active_on(on):
        yield head.finding("00312", *_CODE, actual=office.code)


def sdi_00313(head: Head) -> Iterator[Outcome]:
    """Codice XXXXXXX senza un cessionario estero.

    XXXXXXX is for buyers with a VAT number of another country. Table, p. 1; simplified table, p. 1.
    """
    vat = head.buyer.id_fiscale_iva
    if head.header.dati_trasmissione.codice_destinatario == ABROAD and (vat is None or vat.id_paese == "IT"):
        yield head.finding("00313", *_CODE, actual=ABROAD)


def sdi_00330(head: Head) -> Iterator[Outcome]:
    """PEC del destinatario che è una casella di SDI.

    The certified mail address is not one of SDI's own (sdiNN@pec.fatturapa.it). Table, p. 1; simplified table, p. 1.
    """
    address = head.header.dati_trasmissione.pec_destinatario
    if address is not None and _SDI_MAILBOX.fullmatch(address):
        yield head.finding("00330", "dati_trasmissione", "pec_destinatario", actual=address)


def sdi_00398(head: Head) -> Iterator[Outcome]:
    """Ufficio centrale indicato quando l'ente ha un solo altro ufficio attivo.

    The virtual central office is not used where the body has exactly one other active office. SdI 1.8.4, p. 32.
    """
    office = _office(head)
    if office is not None and office.central:
        others = [each for each in _active_offices(head) if not each.central]
        if len(others) == 1:
            yield head.finding("00398", *_CODE, expected=others[0].code, actual=office.code)


def sdi_00399(head: Head) -> Iterator[Outcome]:
    """Formato FPR12 per un ente che ha un ufficio attivo in IPA.

    A body with an active office gets its invoices as FPA12. SdI 1.8.4, p. 31.
    """
    active = _active_offices(head)
    if active and head.header.dati_trasmissione.formato_trasmissione is FormatoTrasmissione.FPR12:
        codes = ", ".join(each.code for each in active)
        yield head.finding("00399", *_FORMAT, expected=codes, actual=FormatoTrasmissione.FPR12)


def sdi_00427(head: Head) -> Iterator[Outcome]:
    """Codice destinatario di lunghezza diversa da quella del formato.

    FPA12 goes with six characters, FPR12 with seven. Elenco controlli 2.0, p. 33.
    """
    transmission = head.header.dati_trasmissione
    expected = OFFICE_LENGTH if transmission.formato_trasmissione is FormatoTrasmissione.FPA12 else OFFICE_LENGTH + 1
    if len(transmission.codice_destinatario) != expected:
        yield head.finding("00427", *_CODE, expected=expected, actual=transmission.codice_destinatario)


def sdi_00428(head: Head) -> Iterator[Outcome]:
    """Formato di trasmissione diverso dalla versione nella radice.

    The transmission format repeats the version of the root element. Elenco controlli 2.0, p. 34.
    """
    stated = head.header.dati_trasmissione.formato_trasmissione
    if head.document.versione is not stated:
        yield head.finding("00428", *_FORMAT, expected=head.document.versione, actual=stated)


def _office(head: Head) -> Office | None:
    offices = head.context.offices
    return None if offices is None else offices.office(head.header.dati_trasmissione.codice_destinatario)


def _active_offices(head: Head) -> list[Office]:
    """The offices of the buyer that take e-invoices on the day of sending, each once."""
    offices, on = head.context.offices, head.context.on
    if offices is None or on is None:
        return []
    codes = [head.buyer.codice_fiscale]
    vat = head.buyer.id_fiscale_iva
    if vat is not None and vat.id_paese == "IT":
        codes.append(vat.id_codice)
    return list(_active(offices, [code for code in codes if code is not None], on).values())


def _active(offices: OfficeDirectory, codes: list[str], on: dt.date) -> dict[str, Office]:
    return {each.code: each for code in codes for each in offices.offices_of(code) if each.active_on(on)}
