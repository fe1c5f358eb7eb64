"""The law of the guards: where one is true, none of its rules has anything to say."""

from __future__ import annotations

from typing import Any

from gse_billing.core.money import exact
from gse_billing.fatturapa.context import Context
from gse_billing.fatturapa.rules import NEEDED, bodies_of, head_of, plan_for

__all__ = ["assert_guards_hide_nothing"]


def assert_guards_hide_nothing(document: Any, context: Context) -> None:
    """Run the rules of every guard that is true."""
    head = head_of(document, context)
    plan = plan_for(context.regime, context.on, tuple(name for name in NEEDED if getattr(context, name) is not None))
    groups = (*plan.body, plan.sums)
    subjects = [(plan.head, head), *((group, body) for body in bodies_of(head) for group in groups)]
    with exact():
        for group, subject in subjects:
            if group.quiet is not None and group.quiet(subject):
                assert [outcome for check in group.checks for outcome in check(subject)] == [], group.quiet.__name__
