"""The rules of Italian tax codes by stdnum: only :mod:`.tax` imports this, on first use."""

from __future__ import annotations

from stdnum import exceptions, luhn
from stdnum.it import codicefiscale, iva

__all__ = ["eleven_digits_defect", "person_defect"]

# Days of birth are written 01 to 31 for men and 41 to 71 for women, each digit possibly as its omocodia letter.
_LAST_DAY = 71
_OMOCODIA = str.maketrans("LMNPQRSTUV", "0123456789")
_DOUBLED = str.maketrans("0123456789", "0246813579")
_TAX_OFFICES = frozenset((*(f"{number:03}" for number in range(1, 101)), "120", "121", "888", "999"))


def eleven_digits_defect(text: str) -> str:
    """What is wrong with the 11 digits of a VAT subject or a body, or an empty text."""
    if _is_sound(text) or iva.is_valid(text):
        return ""
    expected = luhn.calc_check_digit(text[:-1])
    if text[-1] != expected:
        return f"its check digit is {text[-1]} where the other digits give {expected}"
    return f"its digits 8 to 10 ({text[7:10]}) name no tax office, or those before them are all zero"


def _is_sound(text: str) -> bool:
    """The library's judgement in a tenth of its time: registers of offices hold tens of thousands of codes."""
    luhn_sum = sum(map(int, text[::2])) + sum(map(int, text[1::2].translate(_DOUBLED)))
    return luhn_sum % 10 == 0 and text[7:10] in _TAX_OFFICES and text[:7] != "0000000"


def person_defect(text: str) -> str:
    """What is wrong with the 16 characters of a person, or an empty text."""
    try:
        codicefiscale.validate(text)
    except exceptions.InvalidFormat:
        return "a person's code is six letters, year, letter of the month, day, letter and number of the place, control"
    except exceptions.InvalidChecksum:
        expected = codicefiscale.calc_check_digit(text[:-1])
        return f"its control character is {text[-1]} where the others give {expected}"
    except exceptions.ValidationError:
        return f"it gives no date of birth (day {text[9:11]}, month {text[8]})"
    # The library takes the day modulo 40 and so lets 81 to 99 pass.
    day = int(text[9:11].translate(_OMOCODIA))
    return f"it gives no date of birth (day {text[9:11]})" if day > _LAST_DAY else ""
