"""Who sells, who buys, who issues and where it goes: the header of a file."""

from __future__ import annotations

from attrs import field, frozen

from gse_billing.core.errors import InvalidValueError
from gse_billing.core.identifiers import CodiceFiscale, OfficeCode, PartitaIva, RecipientCode
from gse_billing.fatturapa.codelists import FormatoTrasmissione, RegimeFiscale, SoggettoEmittente
from gse_billing.fatturapa.model import (
    Anagrafica,
    CedentePrestatore,
    CessionarioCommittente,
    DatiAnagraficiCedente,
    DatiAnagraficiCessionario,
    DatiAnagraficiTerzoIntermediario,
    DatiTrasmissione,
    FatturaElettronicaHeader,
    IdFiscale,
    Indirizzo,
    TerzoIntermediarioSoggettoEmittente,
)

__all__ = ["Heading", "Party", "header_of"]

_ITALY = "IT"
_OFFICE_CODE_LENGTH = 6


@frozen(kw_only=True)
class Party:
    """Someone whom a document names.

    Args:
        name: of a body; or
        first_name: of a person, together with
        last_name: of the same person.
        country: ISO code of the country that gave the tax ids.
        vat_number: without the prefix of the country; a partita IVA is checked.
        tax_code: codice fiscale, checked; only of parties with one in Italy.
        address: the seat.
        regime: tax regime, which counts for a seller.

    Raises:
        InvalidIdentifierError: a partita IVA or a codice fiscale is wrong.
        InvalidValueError: neither a body nor a person is named, or both are; or there is no tax id at all.
    """

    name: str = ""
    first_name: str = ""
    last_name: str = ""
    country: str = _ITALY
    vat_number: str | None = None
    tax_code: str | None = None
    address: Indirizzo
    regime: RegimeFiscale = RegimeFiscale.RF01

    def __attrs_post_init__(self) -> None:
        if bool(self.name) == bool(self.first_name and self.last_name) or bool(self.first_name) != bool(self.last_name):
            raise InvalidValueError(
                "a party has the name of a body, or first and last name of a person", value=self, remedy="give one"
            )
        if not self.vat_number and not self.tax_code:
            raise InvalidValueError(
                f"{self.shown} has no tax id", value=self, remedy="give vat_number, tax_code or both (SDI 00417)"
            )
        if self.vat_number and self.country == _ITALY:
            PartitaIva(self.vat_number)
        if self.tax_code:
            CodiceFiscale(self.tax_code)

    @property
    def shown(self) -> str:
        """The name as people read it."""
        return self.name or f"{self.first_name} {self.last_name}"


@frozen(kw_only=True)
class Heading:
    """What all documents of a file share.

    Args:
        seller: cedente o prestatore; he needs a VAT number.
        buyer: cessionario o committente.
        recipient: six characters for a public office (format FPA12), seven for anyone else (FPR12).
        pec: certified mail address, read by SDI only beside the recipient ``0000000``.
        progressive: ProgressivoInvio, up to ten characters; it has nothing to do with the name of the file.
        issuer: who issues the documents when it is not the seller: the buyer, or a third party.
        as_third_party: whether a buyer who issues does so as a third party, on behalf of the seller.
        transmitter: who transmits the file; the issuer when it is not said.

    Raises:
        InvalidIdentifierError: the recipient has neither six nor seven characters out of A to Z and 0 to 9.
        InvalidValueError: the seller has no VAT number, or there is no third party.
    """

    seller: Party
    buyer: Party
    recipient: str = field()
    pec: str | None = None
    progressive: str
    issuer: Party | None = None
    as_third_party: bool = False
    transmitter: Party | None = None

    def __attrs_post_init__(self) -> None:
        (OfficeCode if len(self.recipient) == _OFFICE_CODE_LENGTH else RecipientCode)(self.recipient)
        if not self.seller.vat_number:
            raise InvalidValueError(f"the seller {self.seller.shown} has no VAT number", value=self.seller)
        if self.as_third_party and self.issuer in (None, self.seller):
            raise InvalidValueError(
                "the seller is no third party", value=self.issuer, remedy="say who issues the documents in issuer="
            )

    @property
    def third_party(self) -> Party | None:
        """Who issues for the seller without being the buyer, or without acting as such."""
        own = (None, self.seller) if self.as_third_party else (None, self.seller, self.buyer)
        return None if self.issuer in own else self.issuer

    @property
    def format(self) -> FormatoTrasmissione:
        """The transmission format that goes with the recipient (SDI 00427)."""
        public = len(self.recipient) == _OFFICE_CODE_LENGTH
        return FormatoTrasmissione.FPA12 if public else FormatoTrasmissione.FPR12


def header_of(heading: Heading) -> FatturaElettronicaHeader:
    """The header element of a file."""
    third = heading.third_party
    return FatturaElettronicaHeader(
        dati_trasmissione=_transmission(heading),
        cedente_prestatore=_seller(heading.seller),
        cessionario_committente=_buyer(heading.buyer),
        terzo_intermediario_o_soggetto_emittente=_third_party(third) if third else None,
        soggetto_emittente=_issuing(heading),
    )


def _issuing(heading: Heading) -> SoggettoEmittente | None:
    if heading.third_party is not None:
        return SoggettoEmittente.TZ
    return SoggettoEmittente.CC if heading.issuer == heading.buyer else None


def _transmission(heading: Heading) -> DatiTrasmissione:
    sender = heading.transmitter or heading.issuer or heading.seller
    return DatiTrasmissione(
        # of a transmitter in Italy SDI asks for the codice fiscale (00300)
        id_trasmittente=IdFiscale(id_paese=sender.country, id_codice=sender.tax_code or sender.vat_number or ""),
        progressivo_invio=heading.progressive,
        formato_trasmissione=heading.format,
        codice_destinatario=heading.recipient,
        pec_destinatario=heading.pec,
    )


def _seller(party: Party) -> CedentePrestatore:
    return CedentePrestatore(
        dati_anagrafici=DatiAnagraficiCedente(
            id_fiscale_iva=IdFiscale(id_paese=party.country, id_codice=party.vat_number or ""),
            codice_fiscale=party.tax_code,
            anagrafica=_names(party),
            regime_fiscale=party.regime,
        ),
        sede=party.address,
    )


def _buyer(party: Party) -> CessionarioCommittente:
    return CessionarioCommittente(
        dati_anagrafici=DatiAnagraficiCessionario(
            id_fiscale_iva=_vat_id(party), codice_fiscale=party.tax_code, anagrafica=_names(party)
        ),
        sede=party.address,
    )


def _third_party(party: Party) -> TerzoIntermediarioSoggettoEmittente:
    return TerzoIntermediarioSoggettoEmittente(
        dati_anagrafici=DatiAnagraficiTerzoIntermediario(
            id_fiscale_iva=_vat_id(party), codice_fiscale=party.tax_code, anagrafica=_names(party)
        )
    )


def _vat_id(party: Party) -> IdFiscale | None:
    return IdFiscale(id_paese=party.country, id_codice=party.vat_number) if party.vat_number else None


def _names(party: Party) -> Anagrafica:
    if party.name:
        return Anagrafica(denominazione=party.name)
    return Anagrafica(nome=party.first_name, cognome=party.last_name)
