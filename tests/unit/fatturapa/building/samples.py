"""Parties and drafts to build documents from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from gse_billing.fatturapa.building import (
    Contribution,
    ContributionTerms,
    Draft,
    Heading,
    Line,
    Party,
    Withholding,
    WithholdingTerms,
    build,
)
from gse_billing.fatturapa.codelists import CausalePagamento, TipoCassa, TipoRitenuta
from gse_billing.fatturapa.model import (
    DatiBeniServizi,
    DatiGeneraliDocumento,
    DatiPagamento,
    FatturaElettronica,
    Indirizzo,
)
from gse_billing.tax import VatTreatment, treatment

DAY = dt.date(2026, 3, 2)
IBAN = "IT60X0542811101000000123456"

SEAT = Indirizzo(
    indirizzo="Viale Maresciallo Pilsudski", numero_civico="92", cap="00197", comune="Roma", provincia="RM"
)
SELLER = Party(name="Città & Energia S.r.l.", vat_number="00488410010", tax_code="00488410010", address=SEAT)
BUYER = Party(name="GSE S.p.A.", vat_number="05754381001", tax_code="05754381001", address=SEAT)
PERSON = Party(first_name="Nemo", last_name="Cognome", tax_code="CGNNMO51A01H501H", address=SEAT)

ORDINARY = treatment("ordinary")
ENERGY = treatment("reverse-charge-energy")
SPLIT = treatment("split-payment")
EXEMPT = treatment("exempt")
OUTSIDE = treatment("outside-scope")


def heading(**changes: Any) -> Heading:
    """From the seller to the buyer, by certified mail."""
    given: dict[str, Any] = {"seller": SELLER, "buyer": BUYER, "recipient": "0000000", "progressive": "1"}
    return Heading(**{**given, **changes})


def line(price: str = "100", vat: VatTreatment = ORDINARY, **changes: Any) -> Line:
    """A line of that price."""
    return Line(description="Servizio", price=price, vat=vat, **changes)


def draft(*lines: Line, **changes: Any) -> Draft:
    """An invoice of 2 March 2026 with those lines."""
    given: dict[str, Any] = {"number": "1/2026", "date": DAY, "lines": lines or (line(),)}
    return Draft(**{**given, **changes})


def built(*lines: Line, **changes: Any) -> FatturaElettronica:
    """The file with that one invoice."""
    return build(heading(), [draft(*lines, **changes)])


def general(document: FatturaElettronica) -> DatiGeneraliDocumento:
    """The general data of the first document."""
    return document.fattura_elettronica_body[0].dati_generali.dati_generali_documento


def goods(document: FatturaElettronica) -> DatiBeniServizi:
    """Lines and summaries of the first document."""
    return document.fattura_elettronica_body[0].dati_beni_servizi


def payment(document: FatturaElettronica) -> tuple[DatiPagamento, ...]:
    """The payment blocks of the first document."""
    return document.fattura_elettronica_body[0].dati_pagamento


def withholding(rate: str = "20", kind: TipoRitenuta = TipoRitenuta.RT01, **changes: Any) -> Withholding:
    """Withholding at that rate from 2020 to 2030, as a caller states it."""
    basis = Basis(act="DPR 600/73 art. 25", source="given by the test", certainty=Certainty.SUPPLIED)
    terms = WithholdingTerms(kind=kind, rate=rate, reason=CausalePagamento.A, **changes)
    row = Row(value=terms, valid_from=dt.date(2020, 1, 1), valid_to=dt.date(2031, 1, 1), basis=basis)
    return Withholding(DatedTable("withholding on fees", (row,)))


def contribution(
    rate: str = "4", fund: TipoCassa = TipoCassa.TC04, vat: VatTreatment = ORDINARY, **changes: Any
) -> Contribution:
    """A contribution to a fund at that rate from 2020 on, as a caller states it."""
    basis = Basis(act="statute of the fund", source="given by the test", certainty=Certainty.SUPPLIED)
    row = Row(value=ContributionTerms(fund=fund, rate=rate), valid_from=dt.date(2020, 1, 1), basis=basis)
    return Contribution(terms=DatedTable("the fund", (row,)), vat=vat, **changes)
