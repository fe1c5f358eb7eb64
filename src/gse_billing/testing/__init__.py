"""For the tests of those who build on this package: hypothesis strategies and ready values, room by room.

Each module is imported as it is, ``from gse_billing.testing import portfolios``; most need the extra ``testing``.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

from gse_billing.core.errors import MissingExtraError

if TYPE_CHECKING:
    from gse_billing.testing import (
        documents,
        fatturapa_coherent,
        frames,
        netting,
        perturbations,
        portfolios,
        sdi,
        specimens,
    )

__all__ = ["documents", "fatturapa_coherent", "frames", "netting", "perturbations", "portfolios", "sdi", "specimens"]


def __getattr__(name: str) -> ModuleType:
    """Import a module when it is first asked for (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return importlib.import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        raise MissingExtraError("testing", needed_for=f"gse_billing.testing.{name}") from None


def __dir__() -> list[str]:
    """The public modules."""
    return sorted(__all__)
