"""The door ``fatturapa.xsd``."""

from __future__ import annotations

from typing import Literal

from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA
from gse_billing.fatturapa.wire.emission import emitted

__all__ = ["Kind", "xsd"]

Kind = Literal["ordinaria", "semplificata"]
"""The ordinary invoice (FPA12, FPR12) or the simplified one (FSM10)."""

_SCHEMAS = {"ordinaria": ORDINARIA, "semplificata": SEMPLIFICATA}


def xsd(kind: Kind = "ordinaria") -> bytes:
    """The schema of a format as XML Schema, made from the declarations of this package.

    It says the same as the official file, component by component, in its own layout and without its comments. The
    schema of signatures is imported by the address that the official file names; offline it has to be supplied.

    Args:
        kind: ``ordinaria`` (1.2.3) or ``semplificata`` (1.0.2).

    Raises:
        InvalidValueError: there is no such format.
    """
    schema = _SCHEMAS.get(kind)
    if schema is None:
        raise InvalidValueError(f"{kind!r} is no format", value=kind, remedy=f"give one of {', '.join(_SCHEMAS)}")
    return emitted(schema)
