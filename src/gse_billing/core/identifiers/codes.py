"""Codes without a check character: offices, recipients, contracts, invoice numbers."""

from __future__ import annotations

import re

from gse_billing.core.identifiers.checked import CheckedText

__all__ = ["ContractCode", "InvoiceNumber", "OfficeCode", "RecipientCode"]


class OfficeCode(CheckedText):
    """The code that IPA gives to an office that receives invoices (Codice Univoco Ufficio, CUU): 6 letters and digits.

    Source: DM 55/2013 art. 3; FatturaPA 1.1.4 ``CodiceDestinatario`` of format FPA12.

    >>> OfficeCode("UF4NU9")
    'UF4NU9'
    """

    __slots__ = ()
    kind = "office code (CUU)"
    form = "it has exactly 6 characters, out of A to Z and 0 to 9"
    remedy = "take it from the Indice PA, in capital letters and without blanks"
    _pattern = re.compile("[A-Z0-9]{6}")


class RecipientCode(CheckedText):
    """The code of a private recipient at SDI (Codice Destinatario): 7 letters and digits.

    ``0000000`` stands for certified mail or an unknown channel, ``XXXXXXX`` for a buyer abroad.
    Source: FatturaPA 1.1.4 ``CodiceDestinatario`` of format FPR12.

    >>> RecipientCode("0000000")
    '0000000'
    """

    __slots__ = ()
    kind = "recipient code"
    form = "it has exactly 7 characters, out of A to Z and 0 to 9"
    remedy = "ask the recipient for it, or give 0000000 where he has certified mail or no channel"
    _pattern = re.compile("[A-Z0-9]{7}")


class ContractCode(CheckedText):
    """The code of a contract with GSE: 3 to 20 capital letters and digits.

    The one code printed in the sources is ``SSP00030614``, the service and 8 digits. No source gives the form of the
    other services, so no more is asked than that; 20 is what ``DatiContratto/IdDocumento`` of FatturaPA can carry.

    >>> ContractCode("SSP00030614")
    'SSP00030614'
    """

    __slots__ = ()
    kind = "contract code"
    form = "it has 3 to 20 characters, out of A to Z and 0 to 9"
    remedy = "write it as the service prints it, SSP00030614, without blanks or signs"
    _pattern = re.compile("[A-Z0-9]{3,20}")


class InvoiceNumber(CheckedText):
    """The number of an invoice: 1 to 20 printable Basic Latin characters, at least one of them a digit.

    Blanks inside are legal, at the ends they are not: readers drop them, and the number would no longer be the same.
    Source: FatturaPA 2.1.1.4 ``Numero`` (String20Type) and SDI check 00425.

    >>> InvoiceNumber("PA/2020/7")
    'PA/2020/7'
    """

    __slots__ = ()
    kind = "invoice number"
    form = "it has 1 to 20 characters"
    remedy = "give the number as it stands in the books, such as 7, 7/2020 or PA/2020/7"
    _pattern = re.compile("(?=.*[0-9])[!-~](?:[ -~]{0,18}[!-~])?")

    @classmethod
    def _defect(cls, text: str) -> str:
        if cls._pattern.fullmatch(text):
            return ""
        if not 1 <= len(text) <= 20:
            return f"{cls.form}, not {len(text)}"
        foreign = next((sign for sign in text if not " " <= sign <= "~"), "")
        if foreign:
            return f"{foreign!r} is not one of the printable Basic Latin characters"
        return "a blank stands at one of its ends" if text != text.strip() else "it has no digit (SDI 00425)"
