"""A service of GSE: what it pays and charges, from which sums, when, and whether the operator must invoice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

from attrs import field, frozen

from gse_billing.calendars import ROME, Calendar
from gse_billing.core.dated import Basis, DatedTable, Row
from gse_billing.core.errors import InvalidIdentifierError, InvalidValueError, MissingFigureError
from gse_billing.core.explain import Derivation
from gse_billing.core.html import table
from gse_billing.core.values import evolve
from gse_billing.schemes.due_dates import DueDateRule, DueFacts
from gse_billing.schemes.fee_kinds import FeeKind
from gse_billing.schemes.results import DatedResult
from gse_billing.schemes.sources import WECARE
from gse_billing.schemes.thresholds import AppliedThreshold, Threshold, applied_threshold

__all__ = ["InvoicingDuty", "Service"]

_Coded = TypeVar("_Coded", FeeKind, DueDateRule)


@frozen
class InvoicingDuty:
    """Above which power in kW (not at it) the operator must invoice GSE; ``None``: at no power."""

    above_kw: Decimal | None

    def __str__(self) -> str:
        return "no invoice" if self.above_kw is None else f"invoice above {self.above_kw} kW"


def _codes_differ(service: Service, _: object, items: tuple[_Coded, ...]) -> None:
    codes = [item.code for item in items]
    if len(set(codes)) < len(codes):
        raise InvalidValueError(
            f"two parts of {service.code} have one code", value=codes, remedy="name each differently"
        )


@frozen(kw_only=True)
class Service:
    """One service of GSE. What no source gives is ``None`` or empty, and has to be supplied in the call.

    Attributes:
        code: its short name, ``SSP``.
        name_it: its name in Italian.
        name_en: the same in English.
        kinds: its fee kinds.
        contract_prefix: the letters its contract codes begin with.
        invoice_object: the OGGETTO of the operator's invoices.
        publication: the threshold on the sum of what was published.
        payment: the threshold on that sum net of what is set off.
        due_rules: the rules that give due dates.
        invoicing: when the operator must invoice GSE (INV-1).
        rolling: where it was read that a payment due on a closed day is valued on the next working day.
    """

    code: str
    name_it: str
    name_en: str
    kinds: tuple[FeeKind, ...] = field(default=(), validator=_codes_differ)
    contract_prefix: Row[str] | None = None
    invoice_object: Row[str] | None = None
    publication: DatedTable[Threshold] | None = field(default=None, repr=False)
    payment: DatedTable[Threshold] | None = field(default=None, repr=False)
    due_rules: tuple[DueDateRule, ...] = field(default=(), repr=False, validator=_codes_differ)
    invoicing: DatedTable[InvoicingDuty] | None = field(default=None, repr=False)
    rolling: Basis | None = field(default=None, repr=False)

    def kind(self, code: str) -> FeeKind:
        """The fee kind of that code.

        Raises:
            InvalidIdentifierError: no such kind; the message lists the known ones.
        """
        return _by_code(self.kinds, code, f"fee kind of {self.code}", "add it with service.with_kinds([...])")

    def with_kinds(self, kinds: Iterable[FeeKind]) -> Service:
        """The same service with more fee kinds."""
        return evolve(self, kinds=(*self.kinds, *kinds))

    def publication_threshold(self, on: dt.date, *, supplied: Threshold | None = None) -> AppliedThreshold:
        """The sum of published amounts in EUR from which GSE goes on to invoice or payment; until then *sottosoglia*.

        Args:
            on: the day of publication.
            supplied: the caller's threshold, used where no source gives one.

        Raises:
            MissingFigureError: no source gives it and the caller supplies none.
        """
        return applied_threshold(f"publication threshold of {self.code}", self.publication, on, supplied)

    def payment_threshold(self, on: dt.date, *, supplied: Threshold | None = None) -> AppliedThreshold:
        """The net amount in EUR from which GSE pays; less is carried to the next payment.

        Args:
            on: the day of payment.
            supplied: the caller's threshold, used where no source gives one.

        Raises:
            MissingFigureError: no source gives it and the caller supplies none.
        """
        return applied_threshold(f"payment threshold of {self.code}", self.payment, on, supplied)

    def due_rule(self, code: str | None = None) -> DueDateRule:
        """The due-date rule of that code; the code may be left out where there is one rule only.

        Raises:
            MissingFigureError: no source gives a rule for this service.
            InvalidIdentifierError: no such rule, or several and none named; the message lists them.
        """
        if not self.due_rules:
            raise MissingFigureError(
                f"the due date of {self.code}",
                remedy="give the due date that the document or the contract states: DueFacts(stated=...)",
            )
        if code is None and len(self.due_rules) == 1:
            return self.due_rules[0]
        return _by_code(self.due_rules, code, f"due-date rule of {self.code}", "name one of them")

    def due_date(self, facts: DueFacts, rule: str | None = None, *, calendar: Calendar = ROME) -> DatedResult:
        """The due date of a payment: the one the document states (PAY-7), else the one the rule gives.

        Args:
            facts: what is known of the payment.
            rule: the code of the rule, where the service has several.
            calendar: the working days that count; GSE counts those of Rome.

        Raises:
            MissingFigureError: no date is stated and no source gives a rule.
            InvalidIdentifierError: no such rule.
            InvalidValueError: the rule misses a fact.
        """
        if facts.stated is not None:
            derivation = Derivation(
                label="due date",
                statement=f"{facts.stated.isoformat()}, as the document or the contract states; no rule is asked",
                result=facts.stated,
                basis=WECARE,
            )
            return DatedResult(facts.stated, derivation)
        return self.due_rule(rule).due(facts, calendar=calendar)

    def _repr_html_(self) -> str:
        rows = [(kind.code, kind.name_en, kind.side.value, kind.settlement.value) for kind in self.kinds]
        caption = f"{self.code}: {self.name_it}"
        return table(("fee", "what it is", "who owes", "settled"), rows, caption=caption)


def _by_code(known: tuple[_Coded, ...], code: str | None, kind: str, remedy: str) -> _Coded:
    for item in known:
        if item.code == code:
            return item
    raise InvalidIdentifierError(
        f"{code!r} is no {kind}" if code is not None else f"no {kind} was named",
        value=code,
        kind=kind,
        why=f"the known ones are {', '.join(item.code for item in known) or 'none'}",
        remedy=remedy,
    )
