"""The checks of SDI, one pure generator per code, and advice beyond them.

:data:`RULES` is an explicit tuple in the order of the codes; :func:`plan_for` picks those of a regime and a day.
"""

from __future__ import annotations

from gse_billing.fatturapa.rules.facts import AnyBody, Body, Head, Outcome, SimplifiedBody, bodies_of, head_of
from gse_billing.fatturapa.rules.planning import NEEDED, Group, Plan, plan_for
from gse_billing.fatturapa.rules.quiet import quiet_document
from gse_billing.fatturapa.rules.tables import ADVICE, GUARDS, RULES, Advice, Rule, Subject

__all__ = [
    "ADVICE",
    "GUARDS",
    "NEEDED",
    "RULES",
    "Advice",
    "AnyBody",
    "Body",
    "Group",
    "Head",
    "Outcome",
    "Plan",
    "Rule",
    "SimplifiedBody",
    "Subject",
    "bodies_of",
    "head_of",
    "plan_for",
    "quiet_document",
]
