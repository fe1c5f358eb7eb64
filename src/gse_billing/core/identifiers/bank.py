"""IBAN with its national check: the Italian CIN counts, which a plain mod-97 check does not see."""

from __future__ import annotations

import re

from gse_billing.core.identifiers.checked import CheckedText, bare

__all__ = ["Iban", "normalise_iban"]


class Iban(CheckedText):
    """An account number of any country that has IBANs, in its paper form without blanks.

    Checked are the length and structure of the country, the two check digits and, where the country has them and
    their rule is known, the national check characters (ISO 13616; in Italy the CIN, the fifth character).

    >>> Iban("IT60X0542811101000000123456").country
    'IT'
    """

    __slots__ = ()
    kind = "IBAN"
    form = "it has two letters of the country, two digits and 11 to 30 capital letters and digits"
    remedy = "read it again from the account statement"
    _pattern = re.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")

    @property
    def country(self) -> str:
        """The ISO 3166 code of the country, two letters."""
        return str(self[:2])

    @property
    def is_sepa(self) -> bool:
        """Whether the country belongs to SEPA, so that a SEPA transfer can reach the account."""
        from gse_billing.core.identifiers.iban_rules import in_sepa  # noqa: PLC0415  loads schwifty

        return in_sepa(self)

    @classmethod
    def _defect(cls, text: str) -> str:
        from gse_billing.core.identifiers.iban_rules import iban_defect  # noqa: PLC0415  loads schwifty

        return super()._defect(text) or iban_defect(text)

    @classmethod
    def _advice(cls, text: str) -> str:
        tidy = bare(text, kind=cls.kind)
        if tidy != text and not cls._defect(tidy):
            return f"normalise_iban makes {tidy!r} of it"
        return cls.remedy


def normalise_iban(text: str) -> Iban:
    """An IBAN as people print it: blanks, dots and hyphens are removed, letters made capital. Nothing else is changed.

    Raises:
        InvalidIdentifierError: what remains is not a valid IBAN.

    >>> normalise_iban("it60 X054 2811 1010 0000 0123 456")
    'IT60X0542811101000000123456'
    """
    return Iban(bare(text, kind=Iban.kind))
