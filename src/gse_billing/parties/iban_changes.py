"""Changing the IBAN of contracts: one request, an outcome for each contract, and the day from which payments use it.

The IBAN belongs to the single contract (PAY-1), and so does the outcome of a change (PAY-2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import Enum

from attrs import field, frozen

from gse_billing.core.arguments import require_each
from gse_billing.core.dated import Basis, Certainty, DatedTable, Row, days_after, require_day
from gse_billing.core.errors import IllegalTransitionError, InvalidValueError
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.identifiers import ContractCode, Iban
from gse_billing.core.values import evolve
from gse_billing.parties.contracts import Contract

__all__ = [
    "IBAN_CHANGE_DELAY",
    "ContractAnswer",
    "ContractOutcome",
    "IbanChange",
    "IbanChangeObstacle",
    "IbanChangeState",
    "iban_on",
    "request_iban_change",
]

IBAN_CHANGE_DELAY = DatedTable(
    "days from the acceptance of an IBAN to the first payment on it",
    (
        Row(
            value=15,
            valid_from=dt.date(2024, 6, 6),
            basis=Basis(
                act="GSE, Area Clienti: richiesta di cambio IBAN",
                source="GSE support article 96b03ce2c3aeca547f81541ce0013120",
                certainty=Certainty.GSE,
            ),
            note="from the 15th day after the acceptance, since one request serves many contracts",
        ),
    ),
)
"""Days between acceptance and use; earlier requests went through the portal of each service, by rules of their own."""


class IbanChangeObstacle(Enum):
    """What makes a change impossible while it is pending on a contract."""

    CREDIT_ASSIGNMENT = "an assignment of credit is pending"
    OWNERSHIP_CHANGE = "a change of ownership is pending"
    INVESTIGATION = "an investigation by GSE is pending"


class ContractOutcome(Enum):
    """What GSE answered for one contract."""

    ACCEPTED = "Accettata"
    REFUSED = "Rifiutata"


class IbanChangeState(Enum):
    """Where a request stands, in GSE's words."""

    IN_PROGRESS = "In lavorazione"
    COMPLETED = "Completata"
    REJECTED = "Respinta"


@frozen(kw_only=True)
class ContractAnswer:
    """The answer for one contract, with its day and, for a refusal, its reason."""

    contract: ContractCode
    outcome: ContractOutcome
    on: dt.date
    reason: str = ""

    def __attrs_post_init__(self) -> None:
        require_fields(self)


def _contracts(given: Iterable[ContractCode]) -> tuple[ContractCode, ...]:
    return tuple(dict.fromkeys(require_each(given, ContractCode, meant="the code of a contract")))


@frozen(kw_only=True)
class IbanChange:
    """One request, for one or more contracts.

    Attributes:
        iban: the new one.
        contracts: those that it is asked for, each once.
        requested: the day of the request.
        answers: GSE's answers so far.
        rejected: the reason for which GSE rejected the request as a whole, or empty.
    """

    iban: Iban
    contracts: tuple[ContractCode, ...] = field(converter=_contracts)
    requested: dt.date
    answers: tuple[ContractAnswer, ...] = ()
    rejected: str = ""

    def __attrs_post_init__(self) -> None:
        require_fields(self)

    @property
    def state(self) -> IbanChangeState:
        """In progress until each contract has its answer, or the request as a whole was rejected."""
        if self.rejected:
            return IbanChangeState.REJECTED
        if len(self.answers) == len(self.contracts):
            return IbanChangeState.COMPLETED
        return IbanChangeState.IN_PROGRESS

    @guarded
    def answered(self, answer: ContractAnswer) -> IbanChange:
        """The request after GSE answered for one contract.

        Raises:
            IllegalTransitionError: it is not in progress for that contract.
            InvalidValueError: the answer is dated before the request.
        """
        open_contracts = set(self.contracts) - {known.contract for known in self.answers}
        if self.rejected or answer.contract not in open_contracts:
            raise IllegalTransitionError(
                f"no answer is open for contract {answer.contract}",
                state=self.state.value,
                event=answer.outcome.value,
                remedy="check which request the answer belongs to",
            )
        if answer.on < self.requested:
            raise InvalidValueError(
                f"an answer of {answer.on} is before the request of {self.requested}", value=answer.on
            )
        return evolve(self, answers=(*self.answers, answer))

    @guarded
    def rejected_for(self, reason: str) -> IbanChange:
        """The request after GSE rejected it as a whole.

        Raises:
            IllegalTransitionError: it was answered already.
        """
        if self.answers or self.rejected:
            raise IllegalTransitionError(
                "a request that was answered cannot be rejected", state=self.state.value, event="reject"
            )
        return evolve(self, rejected=reason)

    @guarded
    def first_payment_day(
        self, contract: ContractCode, *, delay: DatedTable[int] = IBAN_CHANGE_DELAY
    ) -> dt.date | None:
        """The first day on which that contract is paid to the new IBAN, or ``None`` while it is not accepted.

        Args:
            contract: one of the contracts.
            delay: days from acceptance to use; a caller adds the rows of earlier rules.

        Raises:
            NoValueInForceError: no rule is known for the day of the acceptance.
        """
        for known in self.answers:
            if known.contract == contract and known.outcome is ContractOutcome.ACCEPTED:
                return days_after(known.on, delay.on(known.on))
        return None


@guarded
def request_iban_change(
    iban: Iban,
    contracts: Iterable[Contract],
    *,
    on: dt.date,
    obstacles: Mapping[ContractCode, IbanChangeObstacle] | None = None,
) -> IbanChange:
    """Ask for a new IBAN on some contracts.

    Args:
        iban: the new one; its holder has to be the holder of the contracts, which GSE checks.
        contracts: those that are to be paid there.
        on: the day of the request.
        obstacles: what is pending, by contract.

    Raises:
        InvalidValueError: no contract, or one that has this IBAN already.
        IllegalTransitionError: something is pending on one of the contracts.
    """
    given = tuple(contracts)
    if not given:
        raise InvalidValueError("no contract was named", value=given, remedy="name those that are to be paid there")
    for contract in given:
        obstacle = (obstacles or {}).get(contract.code)
        if obstacle is not None:
            raise IllegalTransitionError(
                f"the IBAN of contract {contract.code} cannot change",
                state=obstacle.value,
                event="change of IBAN",
                why=obstacle.value,
                remedy="ask again when it has ended",
            )
        if contract.iban == iban:
            raise InvalidValueError(f"contract {contract.code} has this IBAN already", value=iban)
    codes = tuple(contract.code for contract in given)
    return IbanChange(iban=iban, contracts=codes, requested=require_day(on))


@guarded
def iban_on(
    contract: Contract,
    changes: Iterable[IbanChange],
    day: dt.date,
    *,
    delay: DatedTable[int] = IBAN_CHANGE_DELAY,
) -> Iban | None:
    """The IBAN to which a contract is paid on a day.

    Args:
        contract: with the IBAN that it had before all of the changes.
        changes: the requests, in any order; the one that took effect last counts.
        day: the day of the payment.
        delay: days from acceptance to use.

    Raises:
        NoValueInForceError: no rule is known for the day of an acceptance.
    """
    in_use = [
        (start, change.requested, change.iban)
        for change in changes
        if (start := change.first_payment_day(contract.code, delay=delay)) is not None and start <= day
    ]
    return max(in_use)[2] if in_use else contract.iban
