"""The account of one operator on one payment day, and the result of a run over all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal, localcontext
from itertools import chain

from attrs import frozen

from gse_billing.core.errors import InvalidValueError
from gse_billing.core.explain import Derivation, figure
from gse_billing.core.html import table
from gse_billing.core.money import EXACT, ZERO, format_it
from gse_billing.netting.derivations import explain_statement
from gse_billing.netting.entries import Credit, Debit, Entry
from gse_billing.netting.policy import Policy
from gse_billing.netting.presentation import day_it, html_of, sections, text_of
from gse_billing.netting.results import Application, Carried, HeldEntry, Payout, total

__all__ = ["NettingResult", "Statement"]

# A notebook shows the first operators of a run; all of them stand in ``statements``.
_SHOWN = 50


@frozen(weakref_slot=False)
class Statement:
    """What happened to every cent of one operator on one payment day.

    Attributes:
        operator: whose account it is.
        policy: the rules of that day.
        on: the payment day.
        entries: everything that entered the run, by id.
        applications: which credit extinguished which debit, in the order in which it happened.
        payouts: what is paid, one a contract, by contract.
        carried: what waits for a later day, credits first.
        held: what may not move, by id.
    """

    operator: str
    policy: Policy
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

    def explain(self) -> Derivation:
        """Where every euro went, with the article of the law."""
        return explain_statement(self)

    @property
    def text(self) -> str:
        """The statement as plain text, in Italian."""
        return text_of((f"Operatore: {self.operator}", f"Data di pagamento: {day_it(self.on)}"), sections(self))

    def _repr_html_(self) -> str:
        return html_of(sections(self))


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

    @property
    def totals(self) -> Mapping[str, Decimal]:
        """The sums of the run in EUR: credits, set off, paid out, carried and held, then the same of the debits."""
        names = (
            "gross",
            "set_off",
            "paid_out",
            "carried_credits",
            "held_credits",
            "owed",
            "carried_debits",
            "held_debits",
        )
        with localcontext(EXACT):
            return {name: sum((getattr(each, name) for each in self.statements), ZERO) for name in names}

    def explain(self) -> Derivation:
        """Where every euro of every operator went, with the article of the law."""
        totals = self.totals
        return Derivation(
            label=f"netting on {self.on.isoformat()}",
            statement=f"operators: {len(self.statements)}, paid out {figure(totals['paid_out'], 'EUR')}",
            result=totals["paid_out"],
            basis=self.policy.basis,
            steps=tuple(statement.explain() for statement in self.statements),
        )

    def _repr_html_(self) -> str:
        shown = self.statements[:_SHOWN]
        rows = [
            (each.operator, *map(format_it, (each.gross, each.set_off, each.paid_out, each.carried_credits)))
            for each in shown
        ]
        caption = f"{len(self.statements)} operators on {self.on.isoformat()}, {len(shown)} shown"
        return table(("operator", "credits", "set off", "paid out", "carried"), rows, caption=caption)

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
