"""Which credit extinguishes which debit: within a contract, then within a service, then across services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

from gse_billing.core.records import draft_of
from gse_billing.netting.entries import Entry
from gse_billing.netting.imputation import CreditSide, DebitSide, ration
from gse_billing.netting.policy import Scope
from gse_billing.netting.results import Application

__all__ = ["set_off"]

_NEAR: dict[Scope, Callable[[Entry], str]] = {
    Scope.CONTRACT: attrgetter("contract"),
    Scope.SERVICE: attrgetter("service"),
}
_NEAREST, _WIDEST = Scope.CONTRACT, Scope.OPERATOR
_Application = draft_of(Application)


def set_off(credits_: CreditSide, debits: DebitSide, scopes: Sequence[Scope]) -> list[Application]:
    """Set the debits of one operator off against its credits; what is left of each is written into the sides.

    Args:
        credits_: the credits that may be used, in order.
        debits: the debits that may be set off, in order.
        scopes: where they may meet, from near to far.
    """
    applications: list[Application] = []
    owed: Sequence[int] = range(len(debits.entries))
    usable: Sequence[int] = range(len(credits_.entries))
    for scope in scopes:
        if not owed or not usable:
            break
        if scope is _WIDEST:
            _fill(credits_, usable, debits, owed, scope, applications)
            break
        sources = credits_.by_contract if scope is _NEAREST else credits_.grouped(usable, _NEAR[scope])
        for name, places in debits.grouped(owed, _NEAR[scope]).items():
            if name in sources:
                _fill(credits_, sources[name], debits, places, scope, applications)
        owed = [place for place in owed if debits.left[place]]
        usable = [place for place in usable if credits_.left[place]]
    return applications


def _fill(
    credits_: CreditSide,
    usable: Sequence[int],
    debits: DebitSide,
    owed: Sequence[int],
    scope: Scope,
    applications: list[Application],
) -> None:
    """Fill the debits in order from the credits in order."""
    entries, left = credits_.entries, credits_.left
    shares, criteria = ration(debits, owed, sum([left[place] for place in usable]))
    sources = iter(usable)
    source = next(sources)
    rest = left[source]
    for place, share, criterion in zip(owed, shares, criteria, strict=False):
        debit = debits.entries[place]
        owing = share
        while owing:
            if not rest:
                left[source] = 0
                source = next(sources)
                rest = left[source]
            part = rest if rest < owing else owing  # noqa: FURB136 - the call of min takes twice as long
            owing -= part
            rest -= part
            application = _Application(entries[source], debit, part, scope, criterion)
            application.__class__ = Application
            applications.append(application)
        debits.left[place] -= share
    left[source] = rest
