"""Where every euro of a statement went, step by step, with the article of the law."""

from __future__ import annotations

from gse_billing.core.dated import Basis, Certainty
from gse_billing.core.explain import Derivation, figure
from gse_billing.netting.policy import Policy
from gse_billing.netting.results import Application, Carried, CarryReason, Criterion, HeldEntry, Payout
from gse_billing.netting.view import StatementView

__all__ = ["explain_statement"]


def _civil_code(article: str, source: str) -> Basis:
    return Basis(act=f"{article} c.c.", source=source, certainty=Certainty.LAW)


_MUTUAL = _civil_code("art. 1241", "civil code, as published by brocardi.it and testolegge.com")
_ORDER = _civil_code("artt. 1193 c. 2, 1249", "civil code, as published by notaiosapia.it")
_INTEREST = _civil_code("artt. 1194, 1249", "civil code, as published by misterlex.it")
_BASES = {Criterion.SUFFICIENT: _MUTUAL, Criterion.REMAINDER: _MUTUAL, Criterion.INTEREST: _INTEREST}


def explain_statement(statement: StatementView) -> Derivation:
    """The derivation of one statement: an application, payout, carried or held amount a step."""
    return Derivation(
        label=f"statement of {statement.operator} on {statement.on.isoformat()}",
        statement=(
            f"credits {figure(statement.gross, 'EUR')} = set off {figure(statement.set_off)}"
            f" + paid out {figure(statement.paid_out)} + carried {figure(statement.carried_credits)}"
            f" + held {figure(statement.held_credits)}"
        ),
        result=statement.paid_out,
        basis=statement.policy.basis,
        steps=(
            *(_application(part) for part in statement.applications),
            *(_payout(part, statement.policy) for part in statement.payouts),
            *(_carried(part, statement.policy) for part in statement.carried),
            *(_held(part) for part in statement.held),
        ),
    )


def _application(part: Application) -> Derivation:
    return Derivation(
        label="set off",
        statement=(
            f"{figure(part.amount, 'EUR')} of credit {part.credit.label} against debit {part.debit.label}"
            f" ({part.scope.value}): {part.criterion.value}"
        ),
        result=part.amount,
        basis=_BASES.get(part.criterion, _ORDER),
    )


def _payout(payout: Payout, policy: Policy) -> Derivation:
    parts = " + ".join(figure(document.amount) for document in payout.documents)
    return Derivation(
        label=f"payout of contract {payout.contract} on {payout.value_date.isoformat()}",
        statement=f"{parts} = {figure(payout.amount, 'EUR')}, {_threshold(policy, payout.service)}",
        result=payout.amount,
        steps=tuple(
            Derivation(
                label="left of the credit",
                statement=f"{figure(document.amount, 'EUR')} of {document.credit.label}",
                result=document.amount,
            )
            for document in payout.documents
        ),
    )


def _threshold(policy: Policy, service: str) -> str:
    threshold = policy.payment_thresholds.get(service)
    return f"{service} pays {threshold}" if threshold else f"{service} has no threshold of payment"


def _carried(part: Carried, policy: Policy) -> Derivation:
    told = f" ({_threshold(policy, part.entry.service)})" if part.reason is CarryReason.BELOW_PAYMENT else ""
    return Derivation(
        label="carried over",
        statement=f"{figure(part.amount, 'EUR')} of {part.side} {part.entry.label}: {part.reason.value}{told}",
        result=part.amount,
    )


def _held(part: HeldEntry) -> Derivation:
    reasons = "; ".join(str(reason) for reason in part.reasons)
    return Derivation(
        label="held",
        statement=f"{figure(part.amount, 'EUR')} of {part.side} {part.entry.label}: {reasons}",
        result=part.amount,
    )
