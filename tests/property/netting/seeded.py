"""Cases drawn by number: the same case for the same number, a thousand a second, which is not what hypothesis is for.

They are such as the strategies of ``gse_billing.testing.netting`` draw: days, ranks and amounts coincide often.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from random import Random
from typing import Any

from gse_billing.netting import (
    Collection,
    Credit,
    Debit,
    DebitKind,
    DocumentRef,
    DocumentState,
    Entry,
    Held,
    HoldReason,
    InterestPriority,
    Policy,
    Scope,
)
from gse_billing.schemes import Threshold
from tests.property.netting.laws import LAWS, OPERATOR, Case

START = dt.date(2026, 1, 1)
ISSUES = tuple(START + dt.timedelta(days=days) for days in (0, 0, 1, 6))
DAYS = tuple(START + dt.timedelta(days=days) for days in range(10))
CONTRACTS = (("RID1", "RID"), ("RID2", "RID"), ("SSP1", "SSP"))
SERVICES = ("RID", "SSP")
MOVING = (DocumentState.DELIVERED, DocumentState.ACCEPTED, DocumentState.NOT_NEEDED)
STATES = (*MOVING * 6, *DocumentState)
REASONS, KINDS = tuple(HoldReason), tuple(DebitKind)
STOPS = (HoldReason.OPERATOR_SUSPENDED, HoldReason.OPERATOR_BLOCKED)
SCOPES = tuple(tuple(scope for place, scope in enumerate(Scope) if chosen >> place & 1) for chosen in range(8))


def case_of(number: int) -> Case:
    """The case of a number."""
    draw = Random(number)
    names = draw.sample(range(30), draw.randrange(17))
    on, later = sorted(draw.sample(DAYS[2:], 2))
    return Case(
        entries=[_entry(draw, f"{name // 2}", ("COMUNE", "SRL")[name % 2]) for name in names],
        policy=_policy(draw),
        on=on,
        later=later,
        debit=_debit(draw, "new", OPERATOR),
        stop=draw.choice(STOPS),
        seed=number,
    )


def _entry(draw: Random, name: str, operator: str) -> Entry:
    return _credit(draw, name, operator) if draw.random() < 0.5 else _debit(draw, name, operator)


def _credit(draw: Random, name: str, operator: str) -> Credit:
    published = draw.random() < 0.7
    return Credit(value_date=draw.choice(DAYS), published=published, **_common(draw, name, operator))


def _debit(draw: Random, name: str, operator: str) -> Debit:
    return Debit(
        kind=draw.choice(KINDS),
        guarantee=draw.choice((0, 0, 1)),
        onerousness=draw.choice((Decimal(0), Decimal(0), Decimal("10.15"))),
        on_capital=str(draw.randrange(15)) if draw.random() < 0.5 else None,
        **_common(draw, name, operator),
    )


def _common(draw: Random, name: str, operator: str) -> dict[str, Any]:
    contract, service = draw.choice(CONTRACTS)
    issued = draw.choice(ISSUES)
    return {
        "id": name,
        "operator": operator,
        "contract": contract,
        "service": service,
        "amount": Decimal(draw.randint(1, draw.choice((12, 2_000, 10**12)))).scaleb(-2),
        "issue_date": issued,
        "due_date": draw.choice(DAYS) if draw.random() < 0.5 else None,
        "document": DocumentRef("7", issued) if draw.random() < 0.5 else None,
        "state": draw.choice(STATES),
        "held": (Held(draw.choice(REASONS)),) if draw.random() < 0.08 else (),
    }


def _policy(draw: Random) -> Policy:
    return Policy(
        payment_thresholds={service: _threshold(draw) if draw.random() < 0.5 else None for service in SERVICES},
        publication_thresholds={service: _threshold(draw) for service in SERVICES if draw.random() < 0.3},
        collection=draw.choice(tuple(Collection)),
        scopes=draw.choice(SCOPES),
        interest=draw.choice(tuple(InterestPriority)),
        require_acceptance=draw.random() < 0.3,
    )


def _threshold(draw: Random) -> Threshold:
    return Threshold(Decimal(draw.randrange(draw.choice((20, 1_500)))).scaleb(-2), inclusive=draw.random() < 0.5)


def broken_by(numbers: Iterable[int]) -> list[str]:
    """Which laws break on the cases of which numbers."""
    broken: list[str] = []
    for number in numbers:
        case = case_of(number)
        for law in LAWS:
            try:
                law(case)
            except AssertionError as error:
                broken.append(f"{law.__name__} on case_of({number}): {error}")
    return broken
