"""Tax ids of the parties, as far as their check digits tell (00300 to 00306).

Whether a number was ever given out is known to the tax register alone: the report says so among what was skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from gse_billing.core.errors import InvalidIdentifierError
from gse_billing.core.identifiers import CodiceFiscale, PartitaIva
from gse_billing.fatturapa.model import FatturaElettronicaHeader, IdFiscale
from gse_billing.fatturapa.rules.facts import Head, Outcome
from gse_billing.fatturapa.rules.reporting import Step

__all__ = [
    "sdi_00300",
    "sdi_00301",
    "sdi_00302",
    "sdi_00303",
    "sdi_00304",
    "sdi_00305",
    "sdi_00306",
    "tax_code_defect",
    "vat_defect",
]

_REMEMBERED = 65536


@lru_cache(maxsize=_REMEMBERED)
def vat_defect(text: str) -> str:
    """What is wrong with an Italian VAT number, or an empty text."""
    try:
        PartitaIva(text)
    except InvalidIdentifierError as error:
        return error.why
    return ""


@lru_cache(maxsize=_REMEMBERED)
def tax_code_defect(text: str) -> str:
    """What is wrong with a tax code, or an empty text."""
    try:
        CodiceFiscale(text)
    except InvalidIdentifierError as error:
        return error.why
    return ""


def sdi_00300(head: Head) -> Iterator[Outcome]:
    """Identificativo di chi trasmette: con paese IT è un codice fiscale.

    The tax id of who transmits, where its country is IT, is a tax code. SdI 1.8.4, p. 32; table, p. 1.
    """
    ids = head.header.dati_trasmissione.id_trasmittente
    if ids.id_paese == "IT" and (defect := tax_code_defect(ids.id_codice)):
        steps = ("dati_trasmissione", "id_trasmittente", "id_codice")
        yield head.finding("00300", *steps, actual=ids.id_codice, hint=defect)


def sdi_00301(head: Head) -> Iterator[Outcome]:
    """Partita IVA del cedente.

    The VAT number of the supplier, where its country is IT. SdI 1.8.4, p. 32; table, p. 1.
    """
    return _vat("00301", head, head.seller.id_fiscale_iva, head.layout.seller)


def sdi_00302(head: Head) -> Iterator[Outcome]:
    """Codice fiscale del cedente.

    The tax code of the supplier, where it is stated. SdI 1.8.4, p. 32.
    """
    return _tax_code("00302", head, head.seller.codice_fiscale, head.layout.seller)


def sdi_00303(head: Head) -> Iterator[Outcome]:
    """Partita IVA dei rappresentanti fiscali di cedente e cessionario.

    The VAT numbers of the tax representatives of both parties. SdI 1.8.4, p. 32; table, p. 2 and 3.
    """
    header = head.header
    if isinstance(header, FatturaElettronicaHeader):
        seller, buyer = header.rappresentante_fiscale, header.cessionario_committente.rappresentante_fiscale
        if seller is not None:
            ids = seller.dati_anagrafici.id_fiscale_iva
            yield from _vat("00303", head, ids, ("rappresentante_fiscale", "dati_anagrafici"))
        if buyer is not None:
            yield from _vat("00303", head, buyer.id_fiscale_iva, ("cessionario_committente", "rappresentante_fiscale"))
        return
    represented = header.cedente_prestatore.rappresentante_fiscale
    if represented is not None:
        yield from _vat("00303", head, represented.id_fiscale_iva, ("cedente_prestatore", "rappresentante_fiscale"))
    others = header.cessionario_committente.altri_dati_identificativi
    if others is not None and others.rappresentante_fiscale is not None:
        steps = ("cessionario_committente", "altri_dati_identificativi", "rappresentante_fiscale")
        yield from _vat("00303", head, others.rappresentante_fiscale.id_fiscale_iva, steps)


def sdi_00304(head: Head) -> Iterator[Outcome]:
    """Codice fiscale del rappresentante fiscale del cedente.

    The tax code of the supplier's tax representative, where it is stated. SdI 1.8.4, p. 32.
    """
    header = head.header
    if isinstance(header, FatturaElettronicaHeader) and header.rappresentante_fiscale is not None:
        code = header.rappresentante_fiscale.dati_anagrafici.codice_fiscale
        yield from _tax_code("00304", head, code, ("rappresentante_fiscale", "dati_anagrafici"))


def sdi_00305(head: Head) -> Iterator[Outcome]:
    """Partita IVA del cessionario.

    The VAT number of the buyer, where its country is IT. SdI 1.8.4, p. 32; table, p. 3.
    """
    return _vat("00305", head, head.buyer.id_fiscale_iva, head.layout.buyer)


def sdi_00306(head: Head) -> Iterator[Outcome]:
    """Codice fiscale del cessionario indicato senza partita IVA.

    The tax code of a buyer without a VAT number. SdI 1.8.4, p. 32; table, p. 3.
    """
    if head.buyer.id_fiscale_iva is None:
        yield from _tax_code("00306", head, head.buyer.codice_fiscale, head.layout.buyer)


def _vat(code: str, head: Head, ids: IdFiscale | None, steps: tuple[Step, ...]) -> Iterator[Outcome]:
    if ids is not None and ids.id_paese == "IT" and (defect := vat_defect(ids.id_codice)):
        yield head.finding(code, *steps, "id_fiscale_iva", "id_codice", actual=ids.id_codice, hint=defect)


def _tax_code(code: str, head: Head, text: str | None, steps: tuple[Step, ...]) -> Iterator[Outcome]:
    if text is not None and (defect := tax_code_defect(text)):
        yield head.finding(code, *steps, "codice_fiscale", actual=text, hint=defect)
