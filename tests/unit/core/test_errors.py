"""The exception tree: as drawn, one root, fields that survive pickling, messages that teach."""

from __future__ import annotations

import copy
import datetime as dt
import inspect
import pickle
import re
from collections.abc import Iterator

import pytest

from gse_billing.core import errors
from gse_billing.core.errors import (
    DuplicateNumberError,
    FloatRefusedError,
    FrozenNumberError,
    GseBillingError,
    IllegalTransitionError,
    InvalidAmountError,
    InvalidDocumentError,
    InvalidIdentifierError,
    InvalidInputError,
    InvalidValueError,
    LimitExceededError,
    MissingExtraError,
    MissingFigureError,
    NoValueInForceError,
    NumberingError,
    NumberOutOfOrderError,
    SeriesChangedError,
    StorageError,
    UnknownNumberError,
)
from gse_billing.core.findings import Finding, Report, Severity, Skipped

DAY = dt.date(2026, 12, 31)
REPORT = Report(
    [
        Finding(code="sdi:00421", message_it="imposta errata", message_en="wrong tax", path="/x[1]", line=7),
        Finding(code="sdi:00422", message_it="imponibile errato", message_en="wrong base"),
        Finding(code="advice:total", message_it="totale", message_en="total", severity=Severity.WARNING),
    ],
    [Skipped("sdi:00404", "needs history")],
)
SAMPLES = [
    GseBillingError("what", why="why", remedy="remedy"),
    InvalidValueError("what", value=(1, "a"), why="why", remedy="remedy"),
    InvalidAmountError("what", value="1e3"),
    InvalidIdentifierError("what", value="x", kind="IBAN", why="why", remedy="remedy"),
    FloatRefusedError(0.1, meant="a price"),
    NoValueInForceError("VAT rates", DAY, known="from 2013-10-01", remedy="ask"),
    MissingFigureError("the fee of Conto Termico", act="DM 16/02/2016", remedy="ask"),
    InvalidDocumentError(REPORT, subject="IT01_1.xml"),
    InvalidInputError(REPORT),
    NumberingError("what", number="7", why="why", remedy="remedy"),
    DuplicateNumberError("what", number="7"),
    NumberOutOfOrderError("what", number="7"),
    FrozenNumberError("what", number="7"),
    UnknownNumberError("what", number="7"),
    IllegalTransitionError("what", state="sent", event="RC", why="why", remedy="remedy"),
    LimitExceededError("what", limit=10, found=11, remedy="remedy"),
    StorageError("what", path="out/x.xml", why="why", remedy="remedy"),
    MissingExtraError("sepa", needed_for="pain.001"),
    SeriesChangedError("what", number="7"),
]


def public_exceptions() -> dict[str, type[BaseException]]:
    return {name: kind for name in errors.__all__ for kind in [getattr(errors, name)]}


def drawn_tree() -> Iterator[tuple[str, str, str]]:
    """Name, parent and built-in base of each line of the tree in the docstring."""
    above: list[str] = []
    drawing = (errors.__doc__ or "").split("::", 1)[1]
    for line in drawing.splitlines():
        found = re.match(r" {4}((?:[│ ] {3})*)([├└]── )?(\w+Error)(?: \((\w+)\))?(?:  |$)", line)
        if found:
            depth = len(found[1]) // 4 + bool(found[2])
            above[depth:] = [found[3]]
            yield found[3], above[depth - 1] if depth else "Exception", found[4] or ""


def real_tree() -> Iterator[tuple[str, str, str]]:
    """The same from the classes; private classes between two public ones are not drawn."""
    for name, kind in public_exceptions().items():
        own = [base for base in kind.__mro__[1:] if base.__name__ in errors.__all__]
        foreign = [
            base.__name__ for base in kind.__mro__[1:] if base.__module__ == "builtins" and base not in _inherited(own)
        ]
        yield name, own[0].__name__ if own else "Exception", foreign[0] if own and foreign else ""


def _inherited(own: list[type[BaseException]]) -> set[type]:
    return {base for kind in own for base in kind.__mro__} | {Exception, BaseException, object}


def test_the_tree_in_the_docstring_is_the_real_one() -> None:
    assert sorted(drawn_tree()) == sorted(real_tree())
    assert len(list(drawn_tree())) == len(errors.__all__)


def test_all_names_every_exception_of_the_module() -> None:
    defined = {
        name
        for name, kind in vars(errors).items()
        if inspect.isclass(kind) and issubclass(kind, BaseException) and not name.startswith("_")
    }
    assert set(errors.__all__) == defined


def test_there_is_a_sample_of_each_exception() -> None:
    assert {type(error) for error in SAMPLES} == set(public_exceptions().values())


@pytest.mark.parametrize("error", SAMPLES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_exception_pickles_and_copies_with_its_fields(error: GseBillingError, protocol: int) -> None:
    error.add_note("seen in batch 7")
    for twin in (pickle.loads(pickle.dumps(error, protocol)), copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is type(error)
        assert str(twin) == str(error)
        assert twin.args == error.args
        assert vars(twin) == vars(error)


@pytest.mark.parametrize("error", SAMPLES, ids=lambda error: type(error).__name__)
def test_an_exception_says_what_why_and_remedy_in_lower_case(error: GseBillingError) -> None:
    assert isinstance(error, GseBillingError)
    assert str(error) == "; ".join(part for part in (error.what, error.why, error.remedy) if part)
    assert not str(error).endswith(".")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (
            SAMPLES[4],
            (
                "0.1 is a float and cannot be a price; binary floats do not hold decimal figures exactly; "
                'give a Decimal, an int or a text such as "216.22"'
            ),
        ),
        (SAMPLES[5], "VAT rates has no value in force on 2026-12-31; rows cover from 2013-10-01; ask"),
        (
            NoValueInForceError("VAT rates", DAY),
            "VAT rates has no value in force on 2026-12-31; supply a row with its source, or a day inside the validity",
        ),
        (
            SAMPLES[6],
            (
                "the fee of Conto Termico is not known to this library; it should stand in DM 16/02/2016, "
                "which was not found; ask"
            ),
        ),
        (
            MissingFigureError("a rate"),
            "a rate is not known to this library; no source was found for it; supply the figure as an argument",
        ),
        (
            SAMPLES[7],
            "IT01_1.xml has 2 error(s): sdi:00421 at /x[1], line 7: wrong tax (and 1 more); see .report",
        ),
        (
            InvalidInputError(Report(REPORT.findings[1:2])),
            "the input file has 1 error(s): sdi:00422: wrong base; see .report",
        ),
        (InvalidDocumentError(Report()), "the document has 0 error(s); see .report"),
        (LimitExceededError("too many entries", limit=10), "too many entries; the limit is 10"),
        (SAMPLES[17], "pain.001 needs the extra 'sepa'; install it with: pip install 'gse-billing[sepa]'"),
    ],
)
def test_messages(error: GseBillingError, text: str) -> None:
    assert str(error) == text


def test_fields() -> None:
    assert (SAMPLES[5].table, SAMPLES[5].day) == ("VAT rates", DAY)  # type: ignore[attr-defined]
    assert (SAMPLES[6].figure, SAMPLES[6].act) == ("the fee of Conto Termico", "DM 16/02/2016")  # type: ignore[attr-defined]
    assert SAMPLES[7].report is REPORT  # type: ignore[attr-defined]
    assert (SAMPLES[14].state, SAMPLES[14].event) == ("sent", "RC")  # type: ignore[attr-defined]
    assert (SAMPLES[15].limit, SAMPLES[15].found) == (10, 11)  # type: ignore[attr-defined]
    assert SAMPLES[16].path == "out/x.xml"  # type: ignore[attr-defined]
    assert (SAMPLES[17].extra, SAMPLES[17].needed_for) == ("sepa", "pain.001")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [
        (InvalidValueError, ValueError),
        (FloatRefusedError, TypeError),
        (NoValueInForceError, LookupError),
        (MissingFigureError, LookupError),
        (StorageError, OSError),
        (MissingExtraError, ImportError),
    ],
)
def test_an_exception_is_also_the_built_in_one_that_callers_expect(kind: type, builtin: type) -> None:
    assert issubclass(kind, builtin)
