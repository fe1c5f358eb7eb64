"""The electronic invoice as the standard has it: ordinary (FatturaPA 1.2.3) and simplified (1.0.2); nothing of GSE.

:func:`read`, :func:`write`, :func:`inspect` and :func:`check` are the doors, :func:`to_dict` and :func:`from_dict`
those for JSON; the classes of the document are in ``model``, the code lists in ``codelists``, SDI's checks in
``catalogue``, its messages in ``notifications`` and their order in ``flow``. Everything loads when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gse_billing.fatturapa import (
        building,
        catalogue,
        codelists,
        context,
        envelope,
        filenames,
        flow,
        model,
        notifications,
    )
    from gse_billing.fatturapa.building import build
    from gse_billing.fatturapa.checking import check
    from gse_billing.fatturapa.comparing import Difference, Transliteration, diff, transliterate
    from gse_billing.fatturapa.converting import from_dict, to_dict
    from gse_billing.fatturapa.envelope import SigningKey, pack, sign, unpack, unwrap, verify
    from gse_billing.fatturapa.model import Document, FatturaElettronica, FatturaElettronicaSemplificata
    from gse_billing.fatturapa.notifications import read_notification
    from gse_billing.fatturapa.reading import Inspection, inspect, read
    from gse_billing.fatturapa.schemas import json_schema, schema, xsd
    from gse_billing.fatturapa.writing import write

__all__ = [
    "Difference",
    "Document",
    "FatturaElettronica",
    "FatturaElettronicaSemplificata",
    "Inspection",
    "SigningKey",
    "Transliteration",
    "build",
    "building",
    "catalogue",
    "check",
    "codelists",
    "context",
    "diff",
    "envelope",
    "filenames",
    "flow",
    "from_dict",
    "inspect",
    "json_schema",
    "model",
    "notifications",
    "pack",
    "read",
    "read_notification",
    "schema",
    "sign",
    "to_dict",
    "transliterate",
    "unpack",
    "unwrap",
    "verify",
    "write",
    "xsd",
]

_HOMES = {
    "Difference": "comparing",
    "Document": "model",
    "FatturaElettronica": "model",
    "FatturaElettronicaSemplificata": "model",
    "Inspection": "reading",
    "SigningKey": "envelope",
    "Transliteration": "comparing",
    "build": "building",
    "check": "checking",
    "diff": "comparing",
    "from_dict": "converting",
    "inspect": "reading",
    "json_schema": "schemas",
    "pack": "envelope",
    "read": "reading",
    "read_notification": "notifications",
    "schema": "schemas",
    "sign": "envelope",
    "to_dict": "converting",
    "transliterate": "comparing",
    "unpack": "envelope",
    "unwrap": "envelope",
    "verify": "envelope",
    "write": "writing",
    "xsd": "schemas",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = importlib.import_module(f"{__name__}.{_HOMES.get(name, name)}")
    value = getattr(home, name) if name in _HOMES else home
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
