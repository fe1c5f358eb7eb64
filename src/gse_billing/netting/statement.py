"""The account of one operator on one payment day, and the result of a run over all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from attrs import frozen

from gse_billing.core.errors import InvalidValueError
from gse_billing.netting.entries import Credit, Debit, Entry
from gse_billing.netting.policy import Policy
from gse_billing.netting.results import Application, Carried, HeldEntry, Payout, total

__all__ = ["NettingResult", "Statement"]


@frozen(weakref_slot=False)
class Statement:
    """What happened to every cent of one operator on one payment day.

    Attributes:
        operator: whose account it is.
        on: the payment day.
        entries: everything that entered the run, by id.
        applications: which credit extinguished which debit, in the order in which it happened.
        payouts: what is paid, one a contract, by contract.
        carried: what waits for a later day, credits first.
        held: what may not move, credits first.
    """

    operator: str
    on: dt.date
    entries: tuple[Entry, ...]
    applications: tuple[Application, ...]
    payouts: tuple[Payout, ...]
    carried: tuple[Carried, ...]
    held: tuple[HeldEntry, ...]

    @property
    def credits(self) -> tuple[Credit, ...]:
        """The credits that entered the run, by id."""
        return tuple(entry for entry in self.entries if isinstance(entry, Credit))

    @property
    def debits(self) -> tuple[Debit, ...]:
        """The debits that entered the run, by id."""
        return tuple(entry for entry in self.entries if isinstance(entry, Debit))

    @property
    def gross(self) -> Decimal:
        """The sum of the credits before the run, in EUR."""
        return total(self.credits)

    @property
    def set_off(self) -> Decimal:
        """What credits and debits extinguished of one another, in EUR."""
        return total(self.applications)

    @property
    def paid_out(self) -> Decimal:
        """What is paid, in EUR."""
        return total(self.payouts)

    @property
    def carried_credits(self) -> Decimal:
        """What of the credits waits for a later day, in EUR."""
        return total(part for part in self.carried if isinstance(part.entry, Credit))

    @property
    def held_credits(self) -> Decimal:
        """What of the credits may not move, in EUR."""
        return total(part for part in self.held if isinstance(part.entry, Credit))

    @property
    def owed(self) -> Decimal:
        """The sum of the debits before the run, in EUR."""
        return total(self.debits)

    @property
    def carried_debits(self) -> Decimal:
        """What of the debits waits for a later day, in EUR."""
        return total(part for part in self.carried if isinstance(part.entry, Debit))

    @property
    def held_debits(self) -> Decimal:
        """What of the debits may not move, in EUR."""
        return total(part for part in self.held if isinstance(part.entry, Debit))

    @property
    def open_entries(self) -> tuple[Entry, ...]:
        """What is still open, carried or held: input of the next run."""
        return (*(part.as_entry() for part in self.carried), *(part.entry for part in self.held))


@frozen(kw_only=True)
class NettingResult:
    """The statements of one run, by operator.

    Attributes:
        on: the payment day.
        policy: the rules in force on that day.
        statements: one an operator, in the order of their names.
    """

    on: dt.date
    policy: Policy
    statements: tuple[Statement, ...]

    @property
    def applications(self) -> tuple[Application, ...]:
        """Every application of the run, by operator and order."""
        return tuple(chain.from_iterable(statement.applications for statement in self.statements))

    @property
    def payouts(self) -> tuple[Payout, ...]:
        """Every payout of the run, by operator and contract."""
        return tuple(chain.from_iterable(statement.payouts for statement in self.statements))

    @property
    def carried(self) -> tuple[Carried, ...]:
        """Everything that waits for a later day."""
        return tuple(chain.from_iterable(statement.carried for statement in self.statements))

    @property
    def held(self) -> tuple[HeldEntry, ...]:
        """Everything that may not move."""
        return tuple(chain.from_iterable(statement.held for statement in self.statements))

    @property
    def open_entries(self) -> tuple[Entry, ...]:
        """What is still open, carried or held: input of the next run."""
        return tuple(chain.from_iterable(statement.open_entries for statement in self.statements))

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.statements)

    def statement(self, operator: str) -> Statement:
        """The statement of one operator.

        Raises:
            InvalidValueError: the operator had no entry in the run.
        """
        for statement in self.statements:
            if statement.operator == operator:
                return statement
        raise InvalidValueError(
            f"operator {operator} has no statement of {self.on.isoformat()}",
            value=operator,
            why="none of its entries was given to the run",
            remedy="ask for an operator of the entries",
        )
