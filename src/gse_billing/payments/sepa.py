"""What a SEPA credit transfer can carry: characters, lengths, amounts."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from gse_billing.core.arguments import require
from gse_billing.core.dated import Basis, Certainty
from gse_billing.core.errors import InvalidValueError

__all__ = [
    "AMOUNT_LIMIT",
    "LIMITS",
    "NAME_LIMIT",
    "REFERENCE_LIMIT",
    "REMITTANCE_LIMIT",
    "foreign_characters",
    "sepa_name",
]

NAME_LIMIT = 70
"""Characters of the name of a party."""

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
        " (140, 70 and 35 characters); attribute AT-04 as several public programs quote it (0.01 to 999999999.99)"
    ),
    certainty=Certainty.SECONDARY,
)
"""Where the limits of this module come from."""

_FOREIGN = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")

# Letters and signs whose sense a plain character keeps; the rest of the EPC conversion table only drops accents.
_INSTEAD = str.maketrans(
    {
        **dict.fromkeys("`´‘’ʼ", "'"),
        **dict.fromkeys("–—‐‑_~", "-"),
        **dict.fromkeys("[{", "("),
        **dict.fromkeys("]}", ")"),
        **dict.fromkeys("\\|", "/"),
        **dict(zip("&;ØøŁłĐđı", "+,OoLlDdi", strict=True)),
        **dict(zip("ßÆæŒœ", ("ss", "AE", "ae", "OE", "oe"), strict=True)),
    }
)


def foreign_characters(text: str) -> str:
    """The characters of a text that the SEPA Latin set lacks, each once, in order.

    >>> foreign_characters("FATTURA N° 76256/A"), foreign_characters("76256_A&B_")
    ('°', '_&')
    """
    return "".join(dict.fromkeys(_FOREIGN.findall(text)))


def sepa_name(name: str) -> str:
    """A name as a SEPA transfer can carry it: accents dropped, other foreign characters replaced, 70 characters kept.

    Only names may be changed so, and only where this function is named: a text or a reference that was changed would
    no longer lead back to what it pays. A character without a plain counterpart becomes a full stop, as in the
    conversion table of the EPC.

    Raises:
        InvalidValueError: nothing readable would be left.

    >>> sepa_name("Società Agricola L’Aquilone & Figli s.r.l.")
    "Societa Agricola L'Aquilone + Figli s.r.l."
    """
    require(name, str, meant="a name")
    apart = unicodedata.normalize("NFKD", name.translate(_INSTEAD)).translate(_INSTEAD)
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    written = _FOREIGN.sub(".", plain)[:NAME_LIMIT].strip()
    if not any(sign.isalnum() for sign in written):
        raise InvalidValueError(
            f"{name!r} cannot be written with the characters of SEPA",
            value=name,
            why=f"all that would be left is {written!r}",
            remedy="give the name in Latin letters, as the bank of that party has it",
        )
    return written
