"""What every code list shares: a member is its wire code, with two texts and a validity.

The schema admits every code at any date; the validity says from when SDI knew a code and until when it took it.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import TYPE_CHECKING, Self

from gse_billing.core.dated import Basis, Certainty, Row
from gse_billing.core.html import table

__all__ = ["FIRST", "FROM_APRIL_2025", "FROM_OCTOBER_2020", "FROM_OCTOBER_2022", "UNTIL_2020", "Code"]

FIRST: Row[str] = Row(
    value="1.2",
    basis=Basis(
        act="FatturaPA format specification 1.4",
        source="Agenzia delle Entrate, Specifiche tecniche operative del formato, ver. 1.4 of 31/01/2025",
        certainty=Certainty.SPECIFICATION,
    ),
)
"""A code of the first 1.2 schema: no source read gives its first day."""

FROM_OCTOBER_2020: Row[str] = Row(
    value="1.2.1",
    valid_from=dt.date(2020, 10, 1),
    basis=Basis(
        act="Provvedimento AdE 166579/2020 of 20/04/2020",
        source="entaksi.eu/news_20200929-novita.html; studioleio.it, Al via dal 1 ottobre",
        certainty=Certainty.SECONDARY,
    ),
    note="optional until 2020-12-31, the only choice from 2021-01-01",
)

UNTIL_2020: Row[str] = Row(
    value="1.2",
    valid_to=dt.date(2021, 1, 1),
    basis=Basis(
        act="FatturaPA format specification 1.4, par. 3.3 and 3.8",
        source="Agenzia delle Entrate, Specifiche operative del formato, ver. 1.4; comments in the schema 1.2.3",
        certainty=Certainty.SPECIFICATION,
    ),
    note="the schema still lists it; SDI discards it (00445 for natura)",
)

FROM_OCTOBER_2022: Row[str] = Row(
    value="1.2.2",
    valid_from=dt.date(2022, 10, 1),
    basis=Basis(
        act="FatturaPA format specification 1.3.2 of 01/10/2022",
        source="history of changes in the format specification 1.4; hager-partners.it, newsletter 13/2022",
        certainty=Certainty.SPECIFICATION,
    ),
)

FROM_APRIL_2025: Row[str] = Row(
    value="1.2.3",
    valid_from=dt.date(2025, 4, 1),
    basis=Basis(
        act="FatturaPA format specification 1.4 of 31/01/2025",
        source="fatturapa.gov.it, documentation v1.4: schemas 1.2.3 and 1.0.2, in use from 01/04/2025",
        certainty=Certainty.SPECIFICATION,
    ),
)


class Code(Enum):
    """One code of an official list; ``value`` is what stands in the document.

    Attributes:
        italian: what the code means, in Italian.
        english: the same in English.
        validity: the first schema version that has the code, with the days SDI takes it and the source.
    """

    italian: str
    english: str
    validity: Row[str]

    if TYPE_CHECKING:  # the stubs of Enum say Any here; every code is text

        @property
        def value(self) -> str: ...

    # the texts have defaults only so that type checkers accept Natura("N6.8"); every member states both
    def __new__(cls, code: str, italian: str = "", english: str = "", validity: Row[str] = FIRST) -> Self:
        member = object.__new__(cls)
        member._value_ = code
        member.italian = italian
        member.english = english
        member.validity = validity
        return member

    def in_force(self, day: dt.date) -> bool:
        """Whether SDI takes the code in a document of that day.

        >>> from gse_billing.fatturapa.codelists import Natura
        >>> Natura.N6_8.in_force(dt.date(2020, 12, 11)), Natura.N6.in_force(dt.date(2021, 1, 1))
        (True, False)
        """
        return self.validity.covers(day)

    @classmethod
    def in_force_on(cls, day: dt.date) -> tuple[Self, ...]:
        """The codes of the list that SDI takes on that day, in order."""
        return tuple(code for code in cls if code.in_force(day))

    def __str__(self) -> str:
        return self.value

    @classmethod
    def to_html(cls) -> str:
        """The whole list as an HTML table, for a notebook."""
        rows = [(code.value, code.italian, code.english, code.validity.validity) for code in cls]
        return table(("code", "italiano", "English", "validity"), rows, caption=cls.__name__)
