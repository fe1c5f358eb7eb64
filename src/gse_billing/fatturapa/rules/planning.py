"""Which rules are run, and what is not checked: chosen once for a regime, a day and what is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from attrs import frozen

from gse_billing.core.findings import Skipped
from gse_billing.fatturapa.catalogue import Regime, ReportedBy, SdiCode, sdi_codes
from gse_billing.fatturapa.rules.facts import Outcome
from gse_billing.fatturapa.rules.tables import ADVICE, RULES, Subject

__all__ = ["NEEDED", "Plan", "plan_for"]

NEEDED = {
    "filename": "the name of the file (filename=)",
    "size": "the bytes of the file",
    "history": "what was sent before (history=)",
    "offices": "the offices of IPA (offices=)",
    "on": "the day of sending (on=)",
}
"""What a rule may need besides the document, as reports name it; the keys are fields of the context."""

_BROKEN = "the document breaks the schema: mend that first"
_DAYS = 1024

Check = Callable[[Any], Iterator[Outcome]]


@frozen(kw_only=True)
class Plan:
    """The rules to run, by what they look at, and what the report says of the others.

    Attributes:
        skipped: what is not checked, in the order of the codes.
        broken: the same where the document breaks the schema, so that only rules on the file are run.
    """

    file: tuple[Check, ...]
    head: tuple[Check, ...]
    lot: tuple[Check, ...]
    body: tuple[Check, ...]
    funds: tuple[Check, ...]
    sums: tuple[Check, ...]
    skipped: tuple[Skipped, ...]
    broken: tuple[Skipped, ...]


@lru_cache(maxsize=_DAYS)
def plan_for(regime: Regime, on: dt.date | None, given: tuple[str, ...]) -> Plan:
    """The plan for a regime and a day.

    Args:
        regime: the set of rules that holds.
        on: the day of sending; ``None`` stands for after every known change.
        given: which of :data:`NEEDED` are known.
    """
    entries = [each for each in sdi_codes().values() if each.applies(regime, on)]
    runnable = {each.code for each in entries if not _missing(each, given)}

    def checks(subject: Subject) -> tuple[Check, ...]:
        rules = [rule.check for rule in RULES if rule.subject is subject and rule.code in runnable]
        advice = [each.check for each in ADVICE if each.subject is subject and each.given_in(regime)]
        return (*rules, *advice)

    on_file = {rule.code for rule in RULES if rule.subject is Subject.FILE}
    return Plan(
        file=checks(Subject.FILE),
        head=checks(Subject.HEAD),
        lot=checks(Subject.LOT),
        body=checks(Subject.BODY),
        funds=checks(Subject.FUNDS),
        sums=checks(Subject.SUMS),
        skipped=tuple(_skipped(entries, given)),
        broken=tuple(_unmade(entries, given, on_file)),
    )


def _missing(entry: SdiCode, given: Iterable[str]) -> list[str]:
    return [NEEDED[name] for name in entry.needs if name not in given]


def _skipped(entries: Iterable[SdiCode], given: Iterable[str]) -> Iterator[Skipped]:
    for entry in entries:
        missing = _missing(entry, given)
        if missing:
            yield Skipped(f"sdi:{entry.code}", f"needs {' and '.join(missing)}")
        elif entry.left:
            yield Skipped(f"sdi:{entry.code}", entry.left)


def _unmade(entries: Iterable[SdiCode], given: Iterable[str], on_file: Iterable[str]) -> Iterator[Skipped]:
    for entry in entries:
        if entry.code in on_file or entry.reported_by is not ReportedBy.RULE:
            yield from _skipped([entry], given)
        else:
            yield Skipped(f"sdi:{entry.code}", _BROKEN)
