"""The two flows of SDI and the channels into it; these values are ours, no document carries them."""

from __future__ import annotations

from gse_billing.fatturapa.codelists._code import Code

__all__ = ["Channel", "Flow"]


class Flow(Code):
    """Which rules and messages hold: those for public bodies or those between private parties."""

    PA = "pa", "fatture verso la pubblica amministrazione", "invoices to public bodies"
    PRIVATE = "private", "fatture tra privati", "invoices between private parties"


class Channel(Code):
    """How a file reaches SDI (SdI specification 1.8.4, 3.1)."""

    PEC = "pec", "posta elettronica certificata", "certified mail"
    SDICOOP = "sdicoop", "web service su Internet", "web service over the Internet"
    SPCOOP = "spcoop", "cooperazione applicativa tra porte di dominio", "public application network"
    SDIFTP = "sdiftp", "trasferimento di file (FTP)", "file transfer (FTP)"
    WEB = "web", "invio dal sito", "upload on the web site"
