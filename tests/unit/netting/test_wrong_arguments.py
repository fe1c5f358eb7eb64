from __future__ import annotations

from typing import Any

import pytest

from gse_billing.core.errors import InvalidValueError
from gse_billing.netting import (
    Collection,
    CompensationLetter,
    Credit,
    Debit,
    DebitKind,
    DocumentRef,
    DocumentState,
    Held,
    HoldReason,
    InterestPriority,
    Policy,
    Scope,
    net,
    net_over,
    payment_days,
)
from gse_billing.netting.frames import (
    applications_of,
    balances_of,
    entries_from,
    net_table,
    parts_by_operator,
    payouts_of,
    table_of,
)
from tests.support.wrong_arguments import Door, assert_open, assert_refused, wrong_calls
from tests.unit.netting.entries import ISSUED, PAYMENT_DAY, POLICY, credit

ENTRIES = [credit("1.00")]
TABLE = table_of(ENTRIES)
RESULT = net(ENTRIES, policy=POLICY, on=PAYMENT_DAY)
COMMON: dict[str, object] = {
    "id": "1",
    "operator": "COMUNE",
    "contract": "SSP1",
    "service": "SSP",
    "amount": "1.00",
    "issue_date": ISSUED,
    "due_date": PAYMENT_DAY,
    "document": DocumentRef("7", ISSUED),
    "description": "",
    "state": DocumentState.DELIVERED,
    "held": (),
}
EITHER = {
    **dict.fromkeys(("id", "operator", "contract", "service", "description"), ("text",)),
    "amount": ("a whole number",),
    "due_date": ("nothing",),
    "document": ("nothing",),
    "held": ("an empty list", "an empty dict"),
}
RUN = {"entries": ENTRIES, "policy": POLICY, "on": PAYMENT_DAY}
EMPTY = ("an empty list", "an empty dict")
DOORS = {
    "Credit": Door(
        Credit, {**COMMON, "value_date": PAYMENT_DAY, "published": True}, {**EITHER, "published": ("a truth value",)}
    ),
    "Debit": Door(
        Debit,
        {**COMMON, "kind": DebitKind.INVOICE, "guarantee": 0, "onerousness": "0", "on_capital": None},
        {
            **EITHER,
            "guarantee": ("a whole number",),
            "onerousness": ("a whole number",),
            "on_capital": ("nothing", "text"),
        },
    ),
    "DocumentRef": Door(DocumentRef, {"number": "7", "date": ISSUED}, {"number": ("text",)}),
    "Held": Door(Held, {"reason": HoldReason.OTHER, "note": ""}, {"note": ("text",)}),
    "Policy": Door(
        Policy,
        {
            "payment_thresholds": {"SSP": None},
            "publication_thresholds": {},
            "collection": Collection.WHEN_DUE,
            "scopes": (Scope.CONTRACT,),
            "interest": InterestPriority.WITHIN_ITS_DEBT,
            "require_acceptance": True,
            "basis": POLICY.basis,
        },
        {
            "payment_thresholds": ("an empty dict",),
            "publication_thresholds": ("an empty dict",),
            "scopes": EMPTY,
            "require_acceptance": ("a truth value",),
        },
    ),
    "a threshold": Door(
        lambda given: Policy(payment_thresholds={"SSP": given}), {"given": None}, {"given": ("nothing",)}
    ),
    "net": Door(net, RUN, {"entries": EMPTY}),
    "net_over": Door(
        net_over, {"entries": ENTRIES, "policy": POLICY, "days": [PAYMENT_DAY]}, {"entries": EMPTY, "days": EMPTY}
    ),
    "payment_days": Door(payment_days, {"entries": ENTRIES}, {"entries": EMPTY}),
    "CompensationLetter": Door(CompensationLetter, {"statement": RESULT.statements[0], "dated": ISSUED}),
    "statement": Door(RESULT.statement, {"operator": "COMUNE"}),
    "net_table": Door(net_table, {"table": TABLE, "policy": POLICY, "on": PAYMENT_DAY}),
    "entries_from": Door(entries_from, {"table": TABLE}),
    "parts_by_operator": Door(parts_by_operator, {"table": TABLE, "count": 2}, {"count": ("a whole number",)}),
    "table_of": Door(table_of, {"entries": ENTRIES}, {"entries": EMPTY}),
    "applications_of": Door(applications_of, {"statements": RESULT}, {"statements": EMPTY}),
    "payouts_of": Door(payouts_of, {"statements": RESULT}, {"statements": EMPTY}),
    "balances_of": Door(balances_of, {"statements": RESULT}, {"statements": EMPTY}),
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_a_door_lets_in_what_is_right(door: Door) -> None:
    assert_open(door)


@pytest.mark.parametrize(("door", "argument", "value"), wrong_calls(DOORS))
def test_an_argument_of_a_wrong_kind_is_refused(door: Door, argument: str, value: Any) -> None:
    assert_refused(door, argument, value)


def test_the_service_of_a_threshold_is_text() -> None:
    with pytest.raises(InvalidValueError, match="7 cannot be a service; it is of the class int; give text"):
        Policy(payment_thresholds={7: None})  # type: ignore[dict-item]
