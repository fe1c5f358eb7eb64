"""Large portfolios as columns: as many operators and entries as asked for, the same at every call.

They need the extra ``frames`` and not hypothesis. Due dates fall on a few ends of months, so that the netting is a fold
over several payment days; some contracts have no IBAN, some operators are suspended, some documents are not delivered.
Of the debits of one operator no two are of one day, so that a plain reading of the law can recompute them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING, Any

from gse_billing.netting.frames import ENTRIES, table_from

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["LARGE_DAY", "large_entries", "large_portfolio"]

LARGE_DAY = dt.date(2026, 1, 15)
"""The day on which a large portfolio is settled."""

_SERVICES = ("SSP", "RID", "PMG")
_DUES = tuple(dt.date(2026, month, day) for month, day in ((1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30)))
_STATES = ("DELIVERED",) * 45 + ("ACCEPTED",) * 4 + ("AWAITING_DELIVERY",)
_SEAT = {"indirizzo": "Via Roma", "numero_civico": "1", "cap": "00100", "comune": "Roma", "provincia": "RM"}
_GSE = {
    "name": "Gestore dei Servizi Energetici - GSE S.p.A.",
    "partita_iva": "05754381001",
    "codice_fiscale": "05754381001",
    "address": _SEAT,
    "office": "GSE001",
}
_ROME = "058"
_BANK = "0103003200"
# Weights of the digits in odd places, of the VAT number doubled and of the CIN as its norm lists them.
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_CIN = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)


def large_portfolio(operators: int) -> dict[str, Any]:
    """The fields of a portfolio, as ``portfolio_from`` takes them and ``json`` writes them.

    Args:
        operators: how many, up to ten million; two in three have one contract, the third has two.
    """
    suspended = [{"operator": _key(place), "kind": "suspension"} for place in range(31, operators, 40)]
    opened = {"reason": "wrong tax code", "since": "2025-11-03"}
    return {
        "on": LARGE_DAY.isoformat(),
        "gse": _GSE,
        "operators": [_operator(place) for place in range(operators)],
        "restrictions": [item | opened for item in suspended],
    }


def large_entries(operators: int, entries: int, *, seed: int = 7) -> pa.Table:
    """Entries for the operators of :func:`large_portfolio`, as :data:`gse_billing.netting.frames.ENTRIES`.

    Args:
        operators: how many there are.
        entries: how many entries, those of an operator in no place together.
        seed: another seed gives other amounts and days.
    """
    draw = Random(seed)  # noqa: S311 - invented amounts, no secrets
    return table_from(_rows(operators, entries, draw), ENTRIES)


def _key(place: int) -> str:
    return f"op{place:07d}"


def _contracts(place: int) -> list[tuple[str, str]]:
    """Codes and services of the contracts of one operator."""
    services = (_SERVICES[place % 3], _SERVICES[(place + 1) % 3])[: 1 + (place % 3 == 2)]
    return [(f"{service}{place:08d}", service) for service in services]


def _operator(place: int) -> dict[str, Any]:
    number = _partita_iva(place)
    return {
        "key": _key(place),
        "name": f"Operatore {place}",
        "kind": "company",
        "codice_fiscale": number,
        "partita_iva": number,
        "address": _SEAT,
        "recipient_code": "ABCDEF1",
        "contracts": [_contract(place, *contract) for contract in _contracts(place)],
    }


def _contract(place: int, code: str, service: str) -> dict[str, Any]:
    held = {} if place % 50 == 17 else {"iban": _iban(3 * place + _SERVICES.index(service))}
    return {"code": code, "service": service, "power_kw": 50 + place % 900, "source": "solar"} | held


def _partita_iva(place: int) -> str:
    digits = f"{place + 1:07d}{_ROME}"
    total = sum(_DOUBLED[int(digit)] if odd % 2 else int(digit) for odd, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def _iban(place: int) -> str:
    digits = f"{_BANK}{place:012d}"
    total = sum(int(digit) if odd % 2 else _CIN[int(digit)] for odd, digit in enumerate(digits))
    account = f"{chr(ord('A') + total % 26)}{digits}"
    figures = "".join(str(int(sign, 36)) for sign in f"{account}IT00")
    return f"IT{98 - int(figures) % 97:02d}{account}"


def _rows(operators: int, entries: int, draw: Random) -> Iterator[tuple[Any, ...]]:
    debits = [0] * operators
    for number in range(entries):
        place = draw.randrange(operators)
        contract, service = draw.choice(_contracts(place))
        common = (f"{number:08d}", _key(place), contract, service)
        if draw.random() < 0.3:
            debits[place] += 1
            issued = LARGE_DAY - dt.timedelta(days=5 * debits[place] + draw.randrange(5))
            yield ("debit", *common, draw.randint(1, 60_000), issued, *_debit(draw))
        else:
            issued = LARGE_DAY - dt.timedelta(days=draw.randint(1, 120))
            yield ("credit", *common, draw.randint(1, 90_000), issued, *_credit(draw, number, issued))


def _debit(draw: Random) -> tuple[Any, ...]:
    due = draw.choice((None, None, None, draw.choice(_DUES)))
    return due, None, None, None, draw.choice(_STATES), [], None, "INVOICE", 0, None, None


def _credit(draw: Random, number: int, issued: dt.date) -> tuple[Any, ...]:
    held = [{"reason": "TAX_COLLECTION_CHECK", "note": ""}] if draw.random() < 0.01 else []
    state = draw.choice(_STATES)
    return draw.choice(_DUES), None, f"PA/{number}", issued, state, held, True, None, None, None, None
