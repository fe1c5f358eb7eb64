"""Every exception that leaves the package.

The tree::

    GseBillingError
    ├── InvalidValueError (ValueError)       a value of the call is not legal
    │   ├── InvalidAmountError               not an exact decimal, or out of its bounds
    │   └── InvalidIdentifierError           a code that its checker refuses
    ├── FloatRefusedError (TypeError)        a binary float where money or energy is meant
    ├── NoValueInForceError (LookupError)    a dated table has no row on that day
    ├── MissingFigureError (LookupError)     a figure no source gives: the caller has to supply it
    ├── InvalidDocumentError (ValueError)    a document has defects; carries the report
    ├── InvalidInputError (ValueError)       a file given by the user has defects; carries the report
    ├── NumberingError                       a rule of the number register is broken
    │   ├── DuplicateNumberError
    │   ├── NumberOutOfOrderError
    │   ├── SeriesChangedError
    │   ├── FrozenNumberError
    │   └── UnknownNumberError
    ├── IllegalTransitionError               an event that the present state does not allow
    ├── LimitExceededError                   input beyond the limits on size, depth or ratio
    ├── StorageError (OSError)               a file or a folder could not be read or written
    └── MissingExtraError (ImportError)      an optional dependency is not installed

Each one says what is wrong, why, and what to do; its data are fields; it pickles.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gse_billing.core.findings import Report

__all__ = [
    "DuplicateNumberError",
    "FloatRefusedError",
    "FrozenNumberError",
    "GseBillingError",
    "IllegalTransitionError",
    "InvalidAmountError",
    "InvalidDocumentError",
    "InvalidIdentifierError",
    "InvalidInputError",
    "InvalidValueError",
    "LimitExceededError",
    "MissingExtraError",
    "MissingFigureError",
    "NoValueInForceError",
    "NumberOutOfOrderError",
    "NumberingError",
    "SeriesChangedError",
    "StorageError",
    "UnknownNumberError",
]


def _restore(cls: type[GseBillingError], args: tuple[object, ...], fields: dict[str, object]) -> GseBillingError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(fields)
    return error


class GseBillingError(Exception):
    """The root: catching it catches everything this package raises.

    Args:
        what: what is wrong, lower case, without a full stop.
        why: the rule or the circumstance that makes it wrong.
        remedy: what the caller can do about it.
    """

    def __init__(self, what: str, *, why: str = "", remedy: str = "") -> None:
        self.what = what
        self.why = why
        self.remedy = remedy
        super().__init__("; ".join(part for part in (what, why, remedy) if part))

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.args, self.__dict__)


class InvalidValueError(GseBillingError, ValueError):
    """A value of the call is not legal; ``value`` is what was given."""

    def __init__(self, what: str, *, value: object, why: str = "", remedy: str = "") -> None:
        super().__init__(what, why=why, remedy=remedy)
        self.value = value


class InvalidAmountError(InvalidValueError):
    """Not an exact decimal, or one with too many digits."""


class InvalidIdentifierError(InvalidValueError):
    """A code (tax code, VAT number, IBAN ...) that its checker refuses; ``kind`` names the code."""

    def __init__(self, what: str, *, value: object, kind: str, why: str = "", remedy: str = "") -> None:
        super().__init__(what, value=value, why=why, remedy=remedy)
        self.kind = kind


class FloatRefusedError(GseBillingError, TypeError):
    """A binary float was given where an exact figure is meant."""

    def __init__(self, value: object, *, meant: str = "an amount") -> None:
        super().__init__(
            f"{value!r} is a float and cannot be {meant}",
            why="binary floats do not hold decimal figures exactly",
            remedy='give a Decimal, an int or a text such as "216.22"',
        )
        self.value = value
        self.meant = meant


class NoValueInForceError(GseBillingError, LookupError):
    """A dated table has no row in force on that day."""

    def __init__(self, table: str, day: dt.date, *, known: str = "", remedy: str = "") -> None:
        super().__init__(
            f"{table} has no value in force on {day.isoformat()}",
            why=f"rows cover {known}" if known else "",
            remedy=remedy or "supply a row with its source, or a day inside the validity",
        )
        self.table = table
        self.day = day


class MissingFigureError(GseBillingError, LookupError):
    """A figure that no source gives; ``figure`` names it and ``act`` the act that should hold it."""

    def __init__(self, figure: str, *, act: str = "", remedy: str = "") -> None:
        super().__init__(
            f"{figure} is not known to this library",
            why=f"it should stand in {act}, which was not found" if act else "no source was found for it",
            remedy=remedy or "supply the figure as an argument",
        )
        self.figure = figure
        self.act = act


class _ReportedError(GseBillingError, ValueError):
    """An error that carries the report with every defect."""

    subject = "the input"

    def __init__(self, report: Report, *, subject: str = "") -> None:
        self.subject = subject or type(self).subject
        errors = report.errors
        first = f": {errors[0].summary}" if errors else ""
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        super().__init__(f"{self.subject} has {len(errors)} error(s){first}{more}", remedy="see .report")
        self.report = report


class InvalidDocumentError(_ReportedError):
    """A document has defects; ``report`` holds all of them."""

    subject = "the document"


class InvalidInputError(_ReportedError):
    """A file of the user (a portfolio, a table) has defects; ``report`` holds all of them."""

    subject = "the input file"


class NumberingError(GseBillingError):
    """A rule of the number register is broken; ``number`` is the number concerned."""

    def __init__(self, what: str, *, number: str, why: str = "", remedy: str = "") -> None:
        super().__init__(what, why=why, remedy=remedy)
        self.number = number


class DuplicateNumberError(NumberingError):
    """The number is taken already in that year and series."""


class NumberOutOfOrderError(NumberingError):
    """The number would be dated before its predecessor."""


class SeriesChangedError(NumberingError):
    """The series wrote its numbers in another way before; ``number`` is its last one, empty where it only restarts."""


class FrozenNumberError(NumberingError):
    """The number was accepted and cannot change any more (INV-12)."""


class UnknownNumberError(NumberingError):
    """The register does not know the number or the key."""


class IllegalTransitionError(GseBillingError):
    """An event that the present state does not allow."""

    def __init__(self, what: str, *, state: str, event: str, why: str = "", remedy: str = "") -> None:
        super().__init__(what, why=why, remedy=remedy)
        self.state = state
        self.event = event


class LimitExceededError(GseBillingError):
    """Input beyond a limit on size, depth, count or ratio."""

    def __init__(self, what: str, *, limit: int, found: int | None = None, remedy: str = "") -> None:
        super().__init__(what, why=f"the limit is {limit}", remedy=remedy)
        self.limit = limit
        self.found = found


class StorageError(GseBillingError, OSError):
    """A file or a folder could not be read or written; ``path`` names it."""

    def __init__(self, what: str, *, path: str, why: str = "", remedy: str = "") -> None:
        super().__init__(what, why=why, remedy=remedy)
        self.path = path


class MissingExtraError(GseBillingError, ImportError):
    """An optional dependency is not installed; ``extra`` is the name to install."""

    def __init__(self, extra: str, *, needed_for: str) -> None:
        super().__init__(
            f"{needed_for} needs the extra {extra!r}", remedy=f"install it with: pip install 'gse-billing[{extra}]'"
        )
        self.extra = extra
        self.needed_for = needed_for
