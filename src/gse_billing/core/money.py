"""Euro amounts: exact decimals, rounded half up where a rule rounds and nowhere else.

Floats are refused everywhere. An amount is a ``Decimal`` in EUR; cents are two places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext

from gse_billing.core.errors import FloatRefusedError, InvalidAmountError

__all__ = [
    "CENT",
    "EXACT",
    "ZERO",
    "allocate",
    "cents",
    "decimal_from",
    "euro",
    "exact",
    "format_it",
    "parse_it",
    "round_half_up",
    "total_of",
]

ZERO = Decimal("0.00")
"""Nothing, in EUR with two decimals."""

CENT = Decimal("0.01")
"""The smallest amount in EUR."""

_PLAIN_DECIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,10})?", re.ASCII)
_ITALIAN_DECIMAL = re.compile(r"-?(?:[0-9]{1,3}(?:\.[0-9]{3})*|[0-9]+),[0-9]{2}", re.ASCII)
_DIGITS, _DECIMALS = 18, 10
_SHOWN = 60
_UNITS = {places: Decimal((0, (1,), -places)) for places in range(_DECIMALS + 1)}

EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
"""Digits enough for any product of two legal figures: for one operation what :func:`exact` is for many."""


def exact() -> AbstractContextManager[Context]:
    """A block in which sums and products of legal figures are exact, whatever the caller's decimal context.

    >>> with exact():
    ...     Decimal("1635.19") * Decimal("0.22")
    Decimal('359.7418')
    """
    return localcontext(EXACT)


def decimal_from(value: Decimal | int | str, *, meant: str = "an amount") -> Decimal:
    """An exact decimal from a ``Decimal``, an ``int`` or a plain decimal text.

    Args:
        value: the figure; texts have a point and no exponent, blank, underscore or plus sign.
        meant: what the figure is, for the error message.

    Raises:
        FloatRefusedError: a float was given.
        InvalidAmountError: not a finite plain decimal.

    >>> decimal_from("216.22")
    Decimal('216.22')
    """
    if type(value) is Decimal and _PLAIN_DECIMAL.fullmatch(str(value)):
        return value  # by far the most common case
    if isinstance(value, float):
        raise FloatRefusedError(value, meant=meant)
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise InvalidAmountError(
            f"{value!r} cannot be {meant}", value=value, remedy="give a Decimal, an int or a text such as '216.22'"
        )
    text = _plain_text(value)
    if not _PLAIN_DECIMAL.fullmatch(text):
        raise InvalidAmountError(
            f"{_shown(value)} cannot be {meant}",
            value=value,
            why="a figure has up to 18 digits, then at most a point and up to 10 decimals",
            remedy="write it as 1234.56, without blanks, exponent or thousands separator",
        )
    return Decimal(text)


def _plain_text(value: Decimal | int | str) -> str:
    """The value without exponent; empty where it would be too long: some exponents would fill the memory."""
    if isinstance(value, Decimal):
        return format(value, "f") if -_DECIMALS <= value.adjusted() < _DIGITS else ""
    if isinstance(value, int):
        return str(value) if abs(value) < 10**_DIGITS else ""
    return value


def _shown(value: Decimal | int | str) -> str:
    if isinstance(value, int) and abs(value) >= 10**_DIGITS:  # beyond a few thousand digits it has no text
        return f"a number of more than {_DIGITS} digits"
    text = str(value)
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")


def euro(value: Decimal | int | str, *, meant: str = "an amount in EUR") -> Decimal:
    """An amount in EUR with two decimals; more decimals that are not zero are refused, never rounded.

    >>> euro("14.2")
    Decimal('14.20')
    """
    exact = decimal_from(value, meant=meant)
    rounded = exact.quantize(CENT, context=EXACT)
    if rounded != exact:
        raise InvalidAmountError(
            f"{_shown(value)} cannot be {meant}",
            value=value,
            why="it has more than two decimals",
            remedy="round it where a rule says how, then give cents",
        )
    return EXACT.add(rounded, ZERO)  # a negative zero becomes zero


def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """Rounded half up (away from zero at the half), whatever the caller's decimal context.

    Args:
        value: what to round.
        places: how many decimals are left, 0 to 10.

    Raises:
        FloatRefusedError: a float was given.
        InvalidAmountError: not a finite decimal, or one too long to be rounded exactly.

    >>> round_half_up(Decimal("359.7418")), round_half_up(Decimal("0.005"))
    (Decimal('359.74'), Decimal('0.01'))
    """
    try:
        rounded = value.quantize(_UNITS[places], rounding=ROUND_HALF_UP, context=EXACT)
    except (AttributeError, InvalidOperation, KeyError) as error:
        raise _unroundable(value) from error
    if rounded.is_finite():
        return rounded or rounded.copy_abs()  # no negative zero
    raise _unroundable(value)


def _unroundable(value: object) -> FloatRefusedError | InvalidAmountError:
    if isinstance(value, float):
        return FloatRefusedError(value)
    why = f"what is rounded is a finite Decimal of at most {EXACT.prec} digits, to 0 to {_DECIMALS} decimals"
    return InvalidAmountError(f"{value!r} cannot be rounded", value=value, why=why)


def cents(value: Decimal) -> int:
    """A whole number of cents from an amount with at most two decimals.

    >>> cents(Decimal("170.46"))
    17046
    """
    return int(euro(value).scaleb(2, context=EXACT))


def total_of(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of amounts in EUR, exact in any decimal context; two decimals even where there are none.

    >>> total_of([Decimal("216.22"), Decimal("14.24")]), total_of([])
    (Decimal('230.46'), Decimal('0.00'))
    """
    with exact():
        return sum(amounts, ZERO)


def allocate(total: Decimal, weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Split an amount in proportion to weights so that no cent is lost.

    Largest remainder: each share is cut to the cent, then the cents left go to the largest cut-off parts; ties go to
    the earlier weight, so that callers put the oldest first.

    Args:
        total: the amount in EUR, with two decimals; may be negative.
        weights: one weight a share, none negative, not all zero.

    Raises:
        InvalidAmountError: a weight is negative or their sum is zero.

    >>> allocate(Decimal("100.00"), [Decimal(1), Decimal(1), Decimal(1)])
    (Decimal('33.34'), Decimal('33.33'), Decimal('33.33'))
    """
    units = cents(total)
    sign = -1 if units < 0 else 1
    shares = allocate_units(abs(units), _as_integers(weights))
    return tuple(EXACT.multiply(Decimal(sign * share), CENT) for share in shares)


def allocate_units(units: int, weights: Sequence[int]) -> list[int]:
    """The same split in whole units and whole weights: what :func:`allocate` does underneath.

    >>> allocate_units(10000, [1, 1, 1])
    [3334, 3333, 3333]
    """
    whole = sum(weights)
    if not whole or min(weights) < 0:
        raise InvalidAmountError(
            "the weights cannot share an amount", value=tuple(weights), why="none may be negative, not all may be zero"
        )
    shares = [units * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-(units * weights[index] % whole), index))
    for index in by_remainder[: units - sum(shares)]:
        shares[index] += 1
    return shares


def _as_integers(weights: Sequence[Decimal]) -> list[int]:
    exact = [decimal_from(weight, meant="a weight") for weight in weights]
    places = max((-int(weight.as_tuple().exponent) for weight in exact), default=0)
    return [int(weight.scaleb(places, context=EXACT)) for weight in exact]


def format_it(amount: Decimal) -> str:
    """An amount as GSE prints it: point for thousands, comma for decimals, no currency sign.

    >>> format_it(Decimal("1994.93"))
    '1.994,93'
    """
    with localcontext(EXACT):
        return f"{euro(amount):,.2f}".translate(str.maketrans(",.", ".,"))


def parse_it(text: str) -> Decimal:
    """The inverse of :func:`format_it`; the thousands separator may be missing.

    >>> parse_it("1.994,93")
    Decimal('1994.93')
    """
    plain = str(text)
    if not _ITALIAN_DECIMAL.fullmatch(plain):
        raise InvalidAmountError(
            f"{text!r} is not an Italian amount", value=text, remedy="write it as 1.994,93, with two decimals"
        )
    return euro(plain.replace(".", "").replace(",", "."))
