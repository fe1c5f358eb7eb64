"""Parties of the source documents, and a bill to change."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gse_billing.billing import Party
from gse_billing.billing.recipes import Bill
from gse_billing.core.identifiers import CodiceFiscale, Iban, OfficeCode, PartitaIva
from gse_billing.parties import Address, Recipient
from gse_billing.tax import treatment

DAY = dt.date(2026, 3, 2)
IBAN = Iban("IT09A0103003200000000123456")
GSE_IBAN = Iban("IT58P0100503200000000654321")
OFFICE = OfficeCode("GSE001")
SEAT = Address(indirizzo="Viale Maresciallo Pilsudski", numero_civico="92", cap="00197", comune="Roma", provincia="RM")


def party(name: str, code: str, tax_code: str | None = None) -> Party:
    """A party with those ids."""
    return Party(
        name=name,
        codice_fiscale=CodiceFiscale(tax_code or code),
        partita_iva=PartitaIva(code),
        address=SEAT,
        tax_regime="RF01",
    )


GSE = party("Gestore dei Servizi Energetici - GSE S.p.A.", "05754381001")
BODY = party("Comune di Montefiore al Sole", "01234560447", "80012340446")
COMPANY = party("Energia S.r.l.", "00488410010")
TO_OFFICE = Recipient(code="UFMS01", format="FPA12", reason="chosen")
TO_COMPANY = Recipient(code="0000000", format="FPR12", pec="energia@pec.example.it", reason="its PEC")

REVERSE = treatment("reverse-charge-energy")
SPLIT = treatment("split-payment")
ORDINARY = treatment("ordinary")


def bill(**changes: Any) -> Bill:
    """A bill of 2 March 2026."""
    given: dict[str, Any] = {
        "number": "7/PA",
        "progressive": "00001",
        "date": DAY,
        "amount": "216.22",
        "vat": REVERSE,
        "description": "CONTRIBUTO IN CONTO SCAMBIO 2025",
        "contract": "SSP00030614",
    }
    return Bill(**{**given, **changes})
