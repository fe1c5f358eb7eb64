"""Series of invoice numbers: how the n-th number of a year is written, and read back.

A format is plain text with fields: ``{n}`` the position, ``{n:05}`` the same padded with zeros, ``{year}`` the year.
Documents to public bodies have a series of their own, and GSE counts as one: ``PA/{n}``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cached_property
from string import Formatter

from attrs import field, frozen

from gse_billing.core.errors import InvalidIdentifierError, InvalidValueError
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.core.showing import shown

__all__ = ["MOST", "Audience", "Series", "choose_series", "require_year", "series_like"]

MOST = 10**20
"""No position has more than the 20 digits of a number."""

_PADDING = re.compile(r"0[1-9][0-9]?", re.ASCII)


def require_year(year: int) -> int:
    """The year if a document can have it.

    Raises:
        InvalidValueError: no day is in it.
    """
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise InvalidValueError(f"there is no year {shown(year)}", value=year, remedy="give the year of the document")
    return year


def _pieces(text: str) -> Iterator[tuple[str, str | None, str]]:
    """Literal text, field name and padding of each piece of a format."""
    try:
        parsed = list(Formatter().parse(text))
    except ValueError as error:
        raise _refused(text, str(error)) from None
    for literal, name, spec, conversion in parsed:
        if name not in (None, "n", "year") or conversion:
            raise _refused(text, f"the field {{{name}}} is not known")
        if spec and (name != "n" or not _PADDING.fullmatch(spec)):
            raise _refused(text, f"{spec!r} is not a padding of {{{name}}}")
        yield literal, name, spec or ""


def _refused(text: str, why: str) -> InvalidValueError:
    return InvalidValueError(
        f"{text!r} is not a number format", value=text, why=why, remedy="use {n}, {n:05} and {year} in plain text"
    )


class Audience(Enum):
    """Whose documents a series numbers. GSE counts as a public body, whose documents have a series of their own."""

    ANY = "any"
    PUBLIC_BODIES = "public-bodies"
    OTHERS = "others"


@frozen(kw_only=True)
class Series:
    """One series of an issuer.

    Attributes:
        name: unique for its issuer.
        format: how a number is written; has ``{n}`` exactly once.
        first: the position that the series starts from, each year if it restarts.
        yearly: whether it restarts each year; then the year should be in the format or the numbers repeat
            from year to year, which is legal because a number is unique within its year.
        audience: whose documents it numbers.

    Raises:
        InvalidValueError: the format has no ``{n}``, an unknown field, or writes numbers longer than 20 characters.
    """

    name: str
    format: str = "{n}"
    first: int = field(default=1)
    yearly: bool = True
    audience: Audience = Audience.ANY

    def __attrs_post_init__(self) -> None:
        require_fields(self)
        if [name for _, name, _ in _pieces(self.format)].count("n") != 1:
            raise _refused(self.format, "it needs {n} exactly once")
        if self.first < 1:
            raise InvalidValueError(
                f"a series cannot start at {shown(self.first)}", value=self.first, remedy="start at 1"
            )
        if not self.name.strip():
            raise InvalidValueError(
                "a series has a name", value=self.name, remedy="name it: a register knows it by that"
            )
        self.number(self.first, 2000)

    @guarded
    def number(self, position: int, year: int) -> InvoiceNumber:
        """The number at a position.

        Raises:
            InvalidValueError: it would have more than 20 characters or other letters than Basic Latin; or a wrong year.

        >>> Series(name="pa", format="PA/{year}/{n:03}").number(7, 2026)
        'PA/2026/007'
        """
        if not 0 <= position < MOST:
            raise _refused(self.format, f"it has no number for position {shown(position)}")
        text = self.format.format(n=position, year=require_year(year))
        try:
            return InvoiceNumber(text)
        except InvalidIdentifierError as error:
            raise _refused(self.format, f"it writes {text!r}: {error.why or error.what}") from None

    @guarded
    def position(self, number: str, year: int) -> int | None:
        """The position of a number that this series could have written in that year, or ``None``.

        >>> Series(name="pa", format="PA/{n}").position("PA/12", 2026)
        12
        """
        require_year(year)
        found = self._pattern.fullmatch(number)
        if found is None:
            return None
        position = int(found["n"])
        return position if self.format.format(n=position, year=year) == number else None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        fields = {None: "", "n": "(?P<n>[0-9]{1,20})", "year": "(?P<year>[0-9]{4})"}
        text, seen = "", set()
        for literal, name, _ in _pieces(self.format):
            again = name == "year" and name in seen
            text += re.escape(literal) + ("(?P=year)" if again else fields[name])
            seen.add(name)
        return re.compile(text, re.ASCII)


@guarded
def series_like(number: InvoiceNumber, year: int, *, owner: str) -> Series:
    """The series of a number that was typed where no series is known: the same text with another count.

    Args:
        number: as it was typed.
        year: of the document; it is no count where it stands in the number, with four digits or two.
        owner: whose number it is, for the name of the series.

    Returns:
        The series of all numbers of that form; of this number alone where several of its figures may be the count.

    >>> series_like(InvoiceNumber("FPA 7/2026"), 2026, owner="Comune").format
    'FPA {n}/2026'
    """
    require_year(year)
    figures = list(re.finditer("[0-9]+", number))
    counts = [found for found in figures if found[0] not in (str(year), f"{year % 100:02}")] or figures[:1]
    before, after = (text.replace("{", "{{").replace("}", "}}") for text in _around(number, counts[0]))
    form = f"{before}{_field(counts[0][0])}{after}"
    return Series(name=f"{owner} (typed {form if len(counts) == 1 else number})", format=form)


def _around(text: str, found: re.Match[str]) -> tuple[str, str]:
    return text[: found.start()], text[found.end() :]


def _field(count: str) -> str:
    """The field that writes a count: with zeros in front where it has them."""
    return f"{{n:0{len(count)}}}" if count.startswith("0") and len(count) > 1 else "{n}"


@guarded
def choose_series(series: Iterable[Series], *, public_body: bool) -> Series:
    """The series of a document: the one kept for such recipients, else the one for any.

    Args:
        series: the series of one issuer.
        public_body: whether the document goes to a public body; GSE counts as one.

    Raises:
        InvalidValueError: there is none, or more than one.

    >>> books = Series(name="books"), Series(name="pa", format="PA/{n}", audience=Audience.PUBLIC_BODIES)
    >>> choose_series(books, public_body=True).name, choose_series(books, public_body=False).name
    ('pa', 'books')
    """
    given = tuple(series)
    own = Audience.PUBLIC_BODIES if public_body else Audience.OTHERS
    for audience in (own, Audience.ANY):
        found = [item for item in given if item.audience is audience]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(item.name for item in found)
            raise InvalidValueError(
                f"more than one series is for {own.value}: {names}", value=given, remedy="name the one that is meant"
            )
    raise InvalidValueError(
        f"no series is for {own.value}",
        value=given,
        why="documents to public bodies are numbered apart from the others",
        remedy=f"give a Series with audience {own.value!r}",
    )
