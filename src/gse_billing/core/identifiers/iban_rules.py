"""The rules of IBANs by schwifty, which takes its time to load: only :mod:`.bank` imports this, on first use."""

from __future__ import annotations

from functools import lru_cache

from schwifty import IBAN, exceptions
from schwifty.checksum import algorithms

__all__ = ["iban_defect", "in_sepa"]


def in_sepa(text: str) -> bool:
    """Whether the country of a valid IBAN belongs to SEPA."""
    return bool(IBAN(text).in_sepa_zone)


def iban_defect(text: str) -> str:
    """What is wrong with text that has the general form of an IBAN, or an empty text."""
    try:
        IBAN(text, validate_bban=_has_national_check(text[:2]))
    except (exceptions.InvalidChecksumDigits, exceptions.InvalidBBANChecksum):
        return ", and ".join(filter(None, (_check_digits_defect(text), _national_defect(text))))
    except exceptions.InvalidCountryCode:
        return f"{text[:2]} is not a country that has IBANs"
    except exceptions.InvalidLength:
        return f"it has {len(text)} characters, which is not the length of {text[:2]}"
    except exceptions.SchwiftyException:
        return f"letters and digits do not stand where {text[:2]} has them"
    return ""


@lru_cache(maxsize=256)
def _has_national_check(country: str) -> bool:
    # Asked of a country whose rule it does not know (Sweden, Hungary), schwifty warns instead of answering.
    return any(name.startswith(f"{country}:") for name in algorithms)


def _check_digits_defect(text: str) -> str:
    right = IBAN.from_bban(text[:2], text[4:])[2:4]
    return "" if text[2:4] == right else f"its check digits are {text[2:4]} where the rest of it gives {right}"


def _national_defect(text: str) -> str:
    """The same for the characters that bank, branch and account determine; in Italy with the CIN they give."""
    if not _has_national_check(text[:2]):
        return ""
    iban = IBAN(text, allow_invalid=True)
    try:
        iban.bban.validate_national_checksum()
    except exceptions.InvalidBBANChecksum:
        if iban.country_code != "IT":
            return "its national check characters do not agree with bank, branch and account"
        bank, branch, account = iban.bank_code, iban.branch_code, iban.account_code
        right = IBAN.generate("IT", bank_code=bank, branch_code=branch, account_code=account)[4]
        return f"its CIN, the fifth character, is {text[4]} where bank, branch and account give {right}"
    return ""
