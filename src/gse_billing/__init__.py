"""Everything billed and paid between an operator and GSE.

The rooms are modules of their own and load when they are first used, so that the import costs little.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from gse_billing._version import __version__

if TYPE_CHECKING:
    from gse_billing import (
        billing,
        calendars,
        fatturapa,
        fees,
        netting,
        numbering,
        parties,
        payments,
        schemes,
        stores,
        tax,
    )
    from gse_billing.core.errors import GseBillingError
    from gse_billing.core.findings import Finding, Report
    from gse_billing.core.values import evolve

__all__ = [
    "Finding",
    "GseBillingError",
    "Report",
    "__version__",
    "billing",
    "calendars",
    "evolve",
    "fatturapa",
    "fees",
    "netting",
    "numbering",
    "parties",
    "payments",
    "schemes",
    "stores",
    "tax",
]

_HOMES = {
    "Finding": "gse_billing.core.findings",
    "GseBillingError": "gse_billing.core.errors",
    "Report": "gse_billing.core.findings",
    "evolve": "gse_billing.core.values",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOMES.get(name)
    value = getattr(importlib.import_module(home), name) if home else importlib.import_module(f"{__name__}.{name}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
