"""What documents come in: signed files (p7m), PEM, base 64, zip archives; signing and verifying.

What something is, its bytes tell and never its name. The payload is taken from the signed bytes only.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from gse_billing.fatturapa.envelope.archives import ArchiveLimits, Member, pack, unpack
from gse_billing.fatturapa.envelope.content import Content
from gse_billing.fatturapa.envelope.opening import Envelope, Layer, unwrap
from gse_billing.fatturapa.envelope.signing import SigningKey, sign

if TYPE_CHECKING:
    from gse_billing.fatturapa.envelope.signatures import Signature, Verdict
    from gse_billing.fatturapa.envelope.verifying import Verification, signature_findings, signature_report, verify

__all__ = [
    "ArchiveLimits",
    "Content",
    "Envelope",
    "Layer",
    "Member",
    "Signature",
    "SigningKey",
    "Verdict",
    "Verification",
    "pack",
    "sign",
    "signature_findings",
    "signature_report",
    "unpack",
    "unwrap",
    "verify",
]

_LATE = {
    "Signature": "signatures",
    "Verdict": "signatures",
    "Verification": "verifying",
    "signature_findings": "verifying",
    "signature_report": "verifying",
    "verify": "verifying",
}


def __getattr__(name: str) -> object:
    """Import what needs asn1crypto when it is first asked for (PEP 562)."""
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_LATE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
