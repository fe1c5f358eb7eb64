"""The laws of the guards: where one is true, none of its rules has anything to say; the one for all is all."""

from __future__ import annotations

from typing import Any

from gse_billing.core.findings import Finding, Severity
from gse_billing.core.money import exact
from gse_billing.fatturapa.context import Context
from gse_billing.fatturapa.rules import (
    GUARDS,
    NEEDED,
    Group,
    Outcome,
    Plan,
    Subject,
    bodies_of,
    head_of,
    plan_for,
    quiet_document,
)

__all__ = ["assert_guards_hide_nothing"]

_OF_BODY = tuple(each for each in GUARDS if each not in (Subject.HEAD, Subject.LOT))


def assert_guards_hide_nothing(document: Any, context: Context) -> None:
    """Run every rule on an ordinary document, whatever the guards say, and compare."""
    plan = plan_for(
        context.regime, context.on, tuple(name for name in NEEDED if getattr(context, name, None) is not None)
    )
    assert plan.guarded is (context.history is None and context.offices is None)
    with exact():
        for group, subject, outcomes in _said(document, context, plan):
            if group.quiet is not None and group.quiet(subject):
                assert outcomes == [], group
        head = head_of(document, context)
        bodies = bodies_of(head)
        subjects = [(Subject.HEAD, head), (Subject.LOT, bodies), *((each, b) for each in _OF_BODY for b in bodies)]
        together = all(GUARDS[subject](seen) for subject, seen in subjects)
    assert quiet_document(document, context.on) is together


def _said(document: Any, context: Context, plan: Plan) -> list[tuple[Group, Any, list[Outcome]]]:
    """What the rules of each group say of each subject; those on sums only where no other finds an error."""
    head = head_of(document, context)
    bodies = bodies_of(head)
    said: list[tuple[Group, Any, list[Outcome]]] = [(group, head, _all(group, head)) for group in plan.head]
    said.append((plan.lot, bodies, _all(plan.lot, bodies)))
    for body in bodies:
        of_body: list[tuple[Group, Any, list[Outcome]]] = [(group, body, _all(group, body)) for group in plan.body]
        said += of_body
        if not any(_is_error(outcome) for _, _, outcomes in of_body for outcome in outcomes):
            said.append((plan.sums, body, _all(plan.sums, body)))
    return said


def _all(group: Group, subject: Any) -> list[Outcome]:
    return [outcome for check in group.checks for outcome in check(subject)]


def _is_error(outcome: Outcome) -> bool:
    return isinstance(outcome, Finding) and outcome.severity is Severity.ERROR
