"""Changes of the IBAN: asked for many contracts, answered for each, in use from a day of each."""

from __future__ import annotations

import datetime as dt

import pytest

from gse_billing import evolve
from gse_billing.core.dated import Basis, Certainty, Row
from gse_billing.core.errors import IllegalTransitionError, InvalidValueError, NoValueInForceError
from gse_billing.core.identifiers import ContractCode, Iban
from gse_billing.parties import (
    IBAN_CHANGE_DELAY,
    Contract,
    ContractAnswer,
    ContractOutcome,
    IbanChange,
    IbanChangeObstacle,
    IbanChangeState,
    iban_on,
    request_iban_change,
)

OLD, NEW = Iban("IT09A0103003200000000123456"), Iban("IT60X0542811101000000123456")
ONE = Contract(code=ContractCode("SSP00030614"), service="SSP", power_kw="50", iban=OLD)
TWO = evolve(ONE, code=ContractCode("RID00000001"), service="RID")
ASKED = dt.date(2026, 3, 2)
ACCEPTED = dt.date(2026, 3, 6)


def answer(contract: Contract, outcome: ContractOutcome, on: dt.date = ACCEPTED) -> ContractAnswer:
    return ContractAnswer(contract=contract.code, outcome=outcome, on=on)


@pytest.fixture
def change() -> IbanChange:
    return request_iban_change(NEW, [ONE, TWO, ONE], on=ASKED)


@pytest.mark.requirement("PAY-1", "PAY-2")
def test_each_contract_has_its_answer_and_its_day(change: IbanChange) -> None:
    assert change.contracts == (ONE.code, TWO.code)
    assert change.state is IbanChangeState.IN_PROGRESS
    half = change.answered(answer(ONE, ContractOutcome.ACCEPTED))
    assert half.state is IbanChangeState.IN_PROGRESS
    done = half.answered(answer(TWO, ContractOutcome.REFUSED))
    assert done.state is IbanChangeState.COMPLETED
    start = dt.date(2026, 3, 21)
    assert [done.first_payment_day(contract.code) for contract in (ONE, TWO)] == [start, None]
    assert iban_on(ONE, [done], start - dt.timedelta(days=1)) == OLD
    assert iban_on(ONE, [done], start) == NEW
    assert iban_on(TWO, [done], start) == OLD


def test_the_change_that_took_effect_last_counts(change: IbanChange) -> None:
    back = request_iban_change(OLD, [evolve(ONE, iban=NEW)], on=dt.date(2026, 5, 4))
    changes = [
        back.answered(answer(ONE, ContractOutcome.ACCEPTED, dt.date(2026, 5, 5))),
        change.answered(answer(ONE, ContractOutcome.ACCEPTED)),
    ]
    assert iban_on(ONE, changes, dt.date(2026, 5, 19)) == NEW
    assert iban_on(ONE, changes, dt.date(2026, 5, 20)) == OLD
    assert iban_on(evolve(ONE, iban=None), [], ASKED) is None


def test_a_rejected_request_has_no_answers(change: IbanChange) -> None:
    rejected = change.rejected_for("the holder is another")
    assert rejected.state is IbanChangeState.REJECTED
    with pytest.raises(IllegalTransitionError, match="no answer is open"):
        rejected.answered(answer(ONE, ContractOutcome.ACCEPTED))
    with pytest.raises(IllegalTransitionError, match="cannot be rejected"):
        rejected.rejected_for("again")
    with pytest.raises(IllegalTransitionError, match="cannot be rejected"):
        change.answered(answer(ONE, ContractOutcome.ACCEPTED)).rejected_for("late")


def test_a_contract_is_answered_once_and_not_before_the_request(change: IbanChange) -> None:
    with pytest.raises(IllegalTransitionError, match="check which request"):
        change.answered(answer(ONE, ContractOutcome.REFUSED)).answered(answer(ONE, ContractOutcome.ACCEPTED))
    with pytest.raises(IllegalTransitionError):
        change.answered(answer(evolve(ONE, code=ContractCode("SSP00000001")), ContractOutcome.ACCEPTED))
    with pytest.raises(InvalidValueError, match="before the request of 2026-03-02"):
        change.answered(answer(ONE, ContractOutcome.ACCEPTED, dt.date(2026, 3, 1)))


@pytest.mark.requirement("PAY-2")
@pytest.mark.parametrize("obstacle", IbanChangeObstacle)
def test_nothing_changes_while_something_is_pending(obstacle: IbanChangeObstacle) -> None:
    with pytest.raises(IllegalTransitionError, match=f"RID00000001 cannot change; {obstacle.value}"):
        request_iban_change(NEW, [ONE, TWO], on=ASKED, obstacles={TWO.code: obstacle})


def test_the_parts_of_a_request_are_named() -> None:
    with pytest.raises(TypeError):
        IbanChange(NEW, (ONE.code,), ASKED)  # type: ignore[call-arg]


def test_a_request_names_contracts_with_another_iban() -> None:
    with pytest.raises(InvalidValueError, match="no contract was named"):
        request_iban_change(NEW, [], on=ASKED)
    with pytest.raises(InvalidValueError, match="has this IBAN already"):
        request_iban_change(OLD, [ONE], on=ASKED)


def test_an_earlier_acceptance_needs_a_rule_of_its_time() -> None:
    early = request_iban_change(NEW, [ONE], on=dt.date(2020, 3, 2)).answered(
        answer(ONE, ContractOutcome.ACCEPTED, dt.date(2020, 3, 6))
    )
    with pytest.raises(NoValueInForceError, match="days from the acceptance"):
        iban_on(ONE, [early], dt.date(2020, 6, 1))
    basis = Basis(act="own contract", source="caller", certainty=Certainty.SUPPLIED)
    delay = IBAN_CHANGE_DELAY.with_rows([Row(value=60, valid_to=dt.date(2024, 6, 6), basis=basis)])
    assert iban_on(ONE, [early], dt.date(2020, 5, 4), delay=delay) == OLD
    assert iban_on(ONE, [early], dt.date(2020, 5, 5), delay=delay) == NEW
