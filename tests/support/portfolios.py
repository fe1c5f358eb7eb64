"""A small portfolio as nested dicts, as a file holds it, for tests to change."""

from __future__ import annotations

import copy
import datetime as dt
from decimal import Decimal
from typing import Any

from gse_billing.billing import Portfolio, portfolio_from

__all__ = ["DAY", "fields", "portfolio"]

DAY = dt.date(2020, 12, 14)

_SEAT = {"indirizzo": "Piazza del Popolo", "cap": "63062", "comune": "Montefiore", "provincia": "AP"}
_FIELDS: dict[str, Any] = {
    "gse": {
        "name": "Gestore dei Servizi Energetici - GSE S.p.A.",
        "partita_iva": "05754381001",
        "codice_fiscale": "05754381001",
        "office": "GSE001",
        "iban": "IT58P0100503200000000654321",
        "numbers": "{n}",
        "first_number": 90001,
        "address": {"indirizzo": "Viale Maresciallo Pilsudski", "cap": "00197", "comune": "Roma", "provincia": "RM"},
    },
    "operators": [
        {
            "key": "comune",
            "name": "Comune di Montefiore al Sole",
            "kind": "public-body",
            "codice_fiscale": "80012340446",
            "partita_iva": "01234560447",
            "preferred_office": "UFMS01",
            "address": _SEAT,
            "contracts": [
                {
                    "code": "SSP00030614",
                    "service": "SSP",
                    "power_kw": Decimal("50.0"),
                    "iban": "IT09A0103003200000000123456",
                }
            ],
        }
    ],
    "numbering": [{"operator": "comune", "format": "PA/{n}", "first": 12}],
    "proposals": [
        {
            "contract": "SSP00030614",
            "year": 2020,
            "fee": "CONTRIBUTO IN CONTO SCAMBIO",
            "amount": Decimal("216.22"),
            "treatment": "reverse-charge-energy",
            "issue_date": dt.date(2020, 12, 11),
            "due_date": dt.date(2021, 1, 31),
        },
        {
            "contract": "SSP00030614",
            "year": 2019,
            "fee": "CONGUAGLIO CONTRIBUTO IN CONTO SCAMBIO",
            "amount": Decimal("14.24"),
            "treatment": "reverse-charge-energy",
            "issue_date": dt.date(2020, 12, 11),
            "due_date": dt.date(2021, 1, 31),
        },
    ],
    "charges": [
        {
            "contract": "SSP00030614",
            "year": 2020,
            "fee": "COSTI AMMINISTRATIVI",
            "treatment": "split-payment",
            "issue_date": DAY,
        }
    ],
}


def fields() -> dict[str, Any]:
    """The fields of the portfolio of the municipality, to be changed freely."""
    return copy.deepcopy(_FIELDS)


def portfolio(given: dict[str, Any] | None = None) -> Portfolio:
    """The portfolio of some fields, or of the municipality as it stands."""
    return portfolio_from(given if given is not None else fields())
