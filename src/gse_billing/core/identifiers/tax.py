"""Partita IVA and codice fiscale, with their check characters."""

from __future__ import annotations

import re
from collections.abc import Callable

from gse_billing.core.identifiers.checked import CheckedText, bare

__all__ = ["CodiceFiscale", "PartitaIva", "normalise_codice_fiscale", "normalise_partita_iva"]

# Characters that scanners and people take for one another.
_LOOKALIKES = {"0": "O", "O": "0", "1": "I", "I": "1", "5": "S", "S": "5", "8": "B", "B": "8", "2": "Z", "Z": "2"}
_LONGEST = 16


class PartitaIva(CheckedText):
    """The number of a VAT subject in Italy: 11 digits, the last one a check digit (Luhn), without the prefix IT.

    Only the form and the check digit are judged; whether the number was ever given out is known to the tax authority.

    >>> PartitaIva("05754381001")
    '05754381001'
    """

    __slots__ = ()
    kind = "partita IVA"
    form = "it has 11 digits, without blanks, dots or the prefix IT"
    remedy = "read it again from a document of its holder"
    _pattern = re.compile("[0-9]{11}")

    @classmethod
    def _defect(cls, text: str) -> str:
        from gse_billing.core.identifiers.tax_rules import eleven_digits_defect  # noqa: PLC0415  loads stdnum

        return super()._defect(text) or eleven_digits_defect(text)

    @classmethod
    def _advice(cls, text: str) -> str:
        tidy = _without_prefix(text)
        return _suggestion(text, tidy, cls._defect, by="normalise_partita_iva") or cls.remedy


class CodiceFiscale(CheckedText):
    """The Italian tax code: 16 characters for a person, 11 digits for a body.

    For a person the control character and the date of birth are checked, with the letters that replace digits where
    two persons would have the same code (omocodia). For a body the check digit is.
    Source: DM Finanze 23/12/1976 (GU 345 of 29/12/1976, ordinary supplement).

    >>> CodiceFiscale("CGNNMO51A01H501H").is_body, CodiceFiscale("05754381001").is_body
    (False, True)
    """

    __slots__ = ()
    kind = "codice fiscale"
    form = "it has 16 capital letters and digits for a person, 11 digits for a body, and no blanks or signs"
    remedy = "read it again from the tessera sanitaria or the certificate of its holder"
    _pattern = re.compile("[A-Z0-9]{16}|[0-9]{11}")

    @property
    def is_body(self) -> bool:
        """Whether it has the form of a body (11 digits) and not that of a person."""
        return len(self) == 11

    @classmethod
    def _defect(cls, text: str) -> str:
        from gse_billing.core.identifiers import tax_rules  # noqa: PLC0415  loads stdnum

        rule = tax_rules.eleven_digits_defect if len(text) == 11 else tax_rules.person_defect
        return super()._defect(text) or rule(text)

    @classmethod
    def _advice(cls, text: str) -> str:
        tidy = bare(text, kind=cls.kind)
        return _suggestion(text, tidy, cls._defect, by="normalise_codice_fiscale") or cls.remedy


def _suggestion(text: str, tidy: str, defect: Callable[[str], str], *, by: str) -> str:
    """A hint at what may have been meant, never taken as such: without separators, or with one character read anew."""
    if tidy != text and not defect(tidy):
        return f"{by} makes {tidy!r} of it"
    if len(tidy) > _LONGEST:  # a whole file in the wrong place is not read anew character by character
        return ""
    found = [
        (index, changed)
        for index, sign in enumerate(tidy)
        if sign in _LOOKALIKES and not defect(changed := tidy[:index] + _LOOKALIKES[sign] + tidy[index + 1 :])
    ]
    if len(found) != 1:
        return ""
    index, changed = found[0]
    return f"{changed!r} would be valid: was {changed[index]!r} read as {tidy[index]!r} at character {index + 1}?"


def _without_prefix(text: str) -> str:
    return bare(text, kind=PartitaIva.kind).removeprefix("IT")


def normalise_partita_iva(text: str) -> PartitaIva:
    """A partita IVA as people print it: blanks, dots, hyphens and the prefix IT are removed. Nothing else is changed.

    Raises:
        InvalidIdentifierError: what remains is not a valid partita IVA.

    >>> normalise_partita_iva("IT 0575 4381 001")
    '05754381001'
    """
    return PartitaIva(_without_prefix(text))


def normalise_codice_fiscale(text: str) -> CodiceFiscale:
    """A codice fiscale as people print it: blanks, dots and hyphens are removed, letters made capital. No more.

    Raises:
        InvalidIdentifierError: what remains is not a valid codice fiscale.

    >>> normalise_codice_fiscale("cgn nmo 51a01 h501h")
    'CGNNMO51A01H501H'
    """
    return CodiceFiscale(bare(text, kind=CodiceFiscale.kind))
