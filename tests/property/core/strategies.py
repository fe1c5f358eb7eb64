"""Valid codes of every kind, made from their rules and not from the checker under test."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

__all__ = ["AMOUNTS", "BODY_CODES", "DIGITS", "IBANS", "PERSON_CODES"]

DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MONTHS = "ABCDEHLMPRST"
_OMOCODIA = str.maketrans(DIGITS, "LMNPQRSTUV")
_DIGIT_PLACES = (6, 7, 9, 10, 12, 13, 14)
_ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]


def _rank(sign: str) -> int:
    return DIGITS.index(sign) if sign in DIGITS else LETTERS.index(sign)


def control_letter(text: str) -> str:
    """The letter that the codice fiscale and the Italian account number share the rule of."""
    return LETTERS[sum(_rank(sign) if place % 2 else _ODD[_rank(sign)] for place, sign in enumerate(text)) % 26]


def luhn_digit(text: str) -> str:
    doubled = [int(sign) * (1 + place % 2) for place, sign in enumerate(text)]
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


@st.composite
def _person_codes(draw: st.DrawFn) -> str:
    names = draw(st.text(LETTERS, min_size=6, max_size=6))
    born = draw(st.dates(dt.date(1920, 1, 1), dt.date(2019, 12, 31)))
    day = born.day + draw(st.sampled_from([0, 40]))
    place = draw(st.sampled_from(LETTERS)) + draw(st.text(DIGITS, min_size=3, max_size=3))
    signs = list(f"{names}{born.year % 100:02}{_MONTHS[born.month - 1]}{day:02}{place}")
    for index in draw(st.sets(st.sampled_from(_DIGIT_PLACES))):
        signs[index] = signs[index].translate(_OMOCODIA)
    text = "".join(signs)
    return text + control_letter(text)


@st.composite
def _body_codes(draw: st.DrawFn) -> str:
    holder = draw(st.integers(1, 9_999_999))
    office = draw(st.sampled_from([*range(1, 101), 120, 121, 888, 999]))
    text = f"{holder:07}{office:03}"
    return text + luhn_digit(text)


@st.composite
def _ibans(draw: st.DrawFn) -> str:
    bank = draw(st.text(DIGITS, min_size=10, max_size=10))
    account = draw(st.text(DIGITS + LETTERS, min_size=12, max_size=12))
    bban = control_letter(bank + account) + bank + account
    remainder = int("".join(str(int(sign, 36)) for sign in f"{bban}IT00")) % 97
    return f"IT{98 - remainder:02}{bban}"


PERSON_CODES = _person_codes()
BODY_CODES = _body_codes()
IBANS = _ibans()
AMOUNTS = st.integers(-(10**15), 10**15).map(lambda units: Decimal(units).scaleb(-2))
