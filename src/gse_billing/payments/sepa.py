"""What a SEPA credit transfer can carry: characters, lengths, amounts."""

from __future__ import annotations

import re
from decimal import Decimal

from gse_billing.core.dated import Basis, Certainty

__all__ = ["AMOUNT_LIMIT", "LIMITS", "REFERENCE_LIMIT", "REMITTANCE_LIMIT", "foreign_characters"]

REMITTANCE_LIMIT = 140
"""Characters of the remittance text."""

REFERENCE_LIMIT = 35
"""Characters of the end-to-end identification."""

AMOUNT_LIMIT = Decimal("999999999.99")
"""The largest amount of one transfer in EUR; the smallest is one cent."""

LIMITS = Basis(
    act="EPC SEPA credit transfer scheme, implementation guidelines (attributes of the amount, text and references)",
    source=(
        "wiki.xmldation.com/Support/DK/Charset (characters); docs.rs/crate/pontoconnect_rs, CreatePaymentRequest"
        " (140 and 35 characters); attribute AT-04 as several public programs quote it (0.01 to 999999999.99)"
    ),
    certainty=Certainty.SECONDARY,
)
"""Where the limits of this module come from."""

_FOREIGN = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


def foreign_characters(text: str) -> str:
    """The characters of a text that the SEPA Latin set lacks, each once, in order.

    >>> foreign_characters("FATTURA N° 76256/A"), foreign_characters("76256_A&B_")
    ('°', '_&')
    """
    return "".join(dict.fromkeys(_FOREIGN.findall(text)))
