"""Checked text: codes that are what their name says, or are refused with what, why and what to do.

Each type is a ``str`` with one constructor. Nothing is repaired on the way in: lower case, blanks, dots and prefixes
are refused, and the ``normalise_*`` functions remove them where that is wanted. The checkers load on first use.
"""

from gse_billing.core.identifiers.bank import Iban, normalise_iban
from gse_billing.core.identifiers.checked import CheckedText
from gse_billing.core.identifiers.codes import ContractCode, InvoiceNumber, OfficeCode, RecipientCode
from gse_billing.core.identifiers.tax import (
    CodiceFiscale,
    PartitaIva,
    normalise_codice_fiscale,
    normalise_partita_iva,
)

__all__ = [
    "CheckedText",
    "CodiceFiscale",
    "ContractCode",
    "Iban",
    "InvoiceNumber",
    "OfficeCode",
    "PartitaIva",
    "RecipientCode",
    "normalise_codice_fiscale",
    "normalise_iban",
    "normalise_partita_iva",
]
