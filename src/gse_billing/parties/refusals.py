"""Refusals of GSE's invoices by public bodies: which grounds the law admits, and which of them count towards a block.

A body that refuses GSE's invoices again and again is paid no more (BLK-2). A refusal does not count where its ground is
one that DM 132/2020 admits and GSE recognises; every other one does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import Enum

from attrs import field, frozen

from gse_billing.core.arguments import require_each
from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.guards import guarded, require_fields

__all__ = ["ADMITTED_GROUNDS", "RECOGNISED_GROUNDS", "BlockPolicy", "RefusalGround"]

_DECREE = Basis(
    act="DM 24/08/2020 n. 132, art. 2-bis of DM 55/2013", source="advisers' summaries", certainty=Certainty.SECONDARY
)
_START = dt.date(2020, 11, 6)


class RefusalGround(Enum):
    """Why a body refused an invoice."""

    NOT_FOR_US = "the operation was not made in favour of the recipient"
    CIG_OR_CUP = "CIG or CUP is missing or wrong"
    MEDICAL_DEVICE = "the repertory code of a medical device is missing or wrong"
    DRUG = "the AIC code or the quantity of a drug is missing or wrong"
    COMMITMENT = "number and date of the commitment of expenditure are missing or wrong"
    OTHER = "another ground, or none"


ADMITTED_GROUNDS: DatedTable[frozenset[RefusalGround]] = DatedTable(
    "grounds on which a body may refuse an invoice",
    (
        Row(value=frozenset(), valid_to=_START, basis=_DECREE, note="no list of grounds before the decree"),
        Row(value=frozenset(RefusalGround) - {RefusalGround.OTHER}, valid_from=_START, basis=_DECREE),
    ),
)
"""The grounds that the law admits, by the day of the refusal."""

RECOGNISED_GROUNDS = frozenset({RefusalGround.NOT_FOR_US})
"""Those that GSE recognises for its own invoices: these need neither CIG nor commitment (GSE, article 6f94a103), and
have nothing to do with drugs or medical devices."""


def _grounds(given: Iterable[RefusalGround]) -> frozenset[RefusalGround]:
    return frozenset(require_each(given, RefusalGround, meant="a ground of refusal"))


@frozen(kw_only=True)
class BlockPolicy:
    """How refusals lead to a block and out of it.

    Attributes:
        threshold: the refusal that blocks. GSE sends an invoice again unchanged after the first one, and stops paying
            after the second (GSE, article 6f94a103).
        admitted: the grounds that the law admits, by day.
        recognised: those of them that GSE recognises.
        lapse_cures: whether an invoice to which nobody answered in 15 days (DT) counts as accepted; the sources ask for
            acceptance, so by default it does not.
    """

    threshold: int = 2
    admitted: DatedTable[frozenset[RefusalGround]] = ADMITTED_GROUNDS
    recognised: frozenset[RefusalGround] = field(default=RECOGNISED_GROUNDS, converter=_grounds)
    lapse_cures: bool = False

    def __attrs_post_init__(self) -> None:
        require_fields(self)
        if self.threshold < 1:
            raise InvalidValueError(
                f"a threshold of {self.threshold} refusals blocks everybody",
                value=self.threshold,
                remedy="give 1 or more",
            )

    @guarded
    def counts(self, ground: RefusalGround, day: dt.date) -> bool:
        """Whether a refusal of that day on that ground counts towards a block."""
        return ground not in self.admitted.on(day) & self.recognised
