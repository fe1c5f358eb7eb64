"""Which rules are run, and what is not checked: chosen once for a regime, a day and what is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any

from attrs import frozen

from gse_billing.core.findings import Report, Skipped
from gse_billing.fatturapa.catalogue import Regime, ReportedBy, SdiCode, sdi_codes
from gse_billing.fatturapa.rules.facts import Outcome
from gse_billing.fatturapa.rules.tables import ADVICE, GUARDS, RULES, Subject

__all__ = ["NEEDED", "Group", "Plan", "plan_for"]

NEEDED = {
    "filename": "the name of the file (filename=)",
    "size": "the bytes of the file",
    "channel": "the channel (channel=)",
    "history": "what was sent before (history=)",
    "offices": "the offices of IPA (offices=)",
    "on": "the day of sending (on=)",
    "signature": "the signed file",
    "archive": "the archive (fatturapa.unpack)",
}
"""What a check may need besides the document, as reports name it: fields of the context, and what envelopes tell."""

HEAD_SUBJECTS = (Subject.HEAD, Subject.OFFICES)
"""What is looked at in the header."""

BODY_SUBJECTS = (
    Subject.GENERAL,
    Subject.HISTORY,
    Subject.KIND,
    Subject.FUNDS,
    Subject.GOODS,
    Subject.TEXTS,
    Subject.PAYMENTS,
)
"""What is looked at in each document."""

_BROKEN = "the document breaks the schema: mend that first"
_DAYS = 1024

Check = Callable[[Any], Iterator[Outcome]]
Guard = Callable[[Any], bool]


@frozen
class Group:
    """Rules that are run together.

    Attributes:
        quiet: proves that none of them has anything to say; ``None`` where nothing proves it.
        checks: the rules.
    """

    quiet: Guard | None
    checks: tuple[Check, ...]

    def outcomes(self, subject: Any) -> list[Outcome]:  # noqa: ANN401 - a header, a document, all documents
        """What the rules say of a subject."""
        if self.quiet is not None and self.quiet(subject):
            return []
        return [outcome for check in self.checks for outcome in check(subject)]


@frozen(kw_only=True)
class Plan:
    """The rules to run, by what they look at, and what the report says of the others.

    Attributes:
        file: rules on the context.
        head: rules on the header.
        lot: rules on all documents of a file together.
        body: rules on each document.
        sums: rules on each document in which the others found no error.
        guarded: whether each group on head, lot and documents has a guard.
        skipped: what is not checked, in the order of the codes.
        broken: the same where the document breaks the schema, so that only rules on the file are run.
        clean: the report when nothing was found.
    """

    file: Group
    head: tuple[Group, ...]
    lot: Group
    body: tuple[Group, ...]
    sums: Group
    guarded: bool
    skipped: tuple[Skipped, ...]
    broken: tuple[Skipped, ...]
    clean: Report


@lru_cache(maxsize=_DAYS)
def plan_for(regime: Regime, on: dt.date | None, given: tuple[str, ...]) -> Plan:
    """The plan for a regime and a day.

    Args:
        regime: the set of rules that holds.
        on: the day of sending; ``None`` stands for after every known change.
        given: which of :data:`NEEDED` are known.
    """
    entries = [each for each in sdi_codes().values() if each.applies(regime, on)]
    runnable = frozenset(each.code for each in entries if not _missing(each, given))
    group = partial(_group, regime, runnable)
    head, lot, sums = _filled(map(group, HEAD_SUBJECTS)), group(Subject.LOT), group(Subject.SUMS)
    body = _filled(map(group, BODY_SUBJECTS))
    skipped = tuple(_skipped(entries, given))
    return Plan(
        file=group(Subject.FILE),
        head=head,
        lot=lot,
        body=body,
        sums=sums,
        guarded=all(each.quiet for each in (*head, lot, *body, sums)),
        skipped=skipped,
        broken=tuple(_unmade(entries, given)),
        clean=Report((), skipped),
    )


def _group(regime: Regime, runnable: Container[str], subject: Subject) -> Group:
    rules = [rule.check for rule in RULES if rule.subject is subject and rule.code in runnable]
    advice = [each.check for each in ADVICE if each.subject is subject and each.given_in(regime)]
    guard = GUARDS.get(subject) if regime is not Regime.SIMPLIFIED else None
    return Group(guard, (*rules, *advice))


def _filled(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(each for each in groups if each.checks)


def _missing(entry: SdiCode, given: Iterable[str]) -> list[str]:
    return [NEEDED[name] for name in entry.needs if name not in given]


def _skipped(entries: Iterable[SdiCode], given: Iterable[str]) -> Iterator[Skipped]:
    for entry in entries:
        missing = _missing(entry, given)
        if missing:
            yield Skipped(f"sdi:{entry.code}", f"needs {' and '.join(missing)}")
        elif entry.left:
            yield Skipped(f"sdi:{entry.code}", entry.left)


def _unmade(entries: Iterable[SdiCode], given: Iterable[str]) -> Iterator[Skipped]:
    on_file = {rule.code for rule in RULES if rule.subject is Subject.FILE}
    for entry in entries:
        if entry.code in on_file or entry.reported_by is not ReportedBy.RULE:
            yield from _skipped([entry], given)
        else:
            yield Skipped(f"sdi:{entry.code}", _BROKEN)
