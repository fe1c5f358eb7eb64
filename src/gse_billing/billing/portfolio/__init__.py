"""The portfolio: its values, how a file becomes one, and what must hold between its parts."""

from gse_billing.billing.portfolio.model import (
    BiofuelRelease,
    Charge,
    DeclaredRestriction,
    GseProfile,
    Numbering,
    Portfolio,
    Proposal,
    Thresholds,
)
from gse_billing.billing.portfolio.reading import load_portfolio, portfolio_from

__all__ = [
    "BiofuelRelease",
    "Charge",
    "DeclaredRestriction",
    "GseProfile",
    "Numbering",
    "Portfolio",
    "Proposal",
    "Thresholds",
    "load_portfolio",
    "portfolio_from",
]
