"""The file as a whole: its name and its size (00001 to 00003)."""

from __future__ import annotations

from collections.abc import Iterator

from gse_billing.core.errors import InvalidIdentifierError
from gse_billing.fatturapa.catalogue import Regime
from gse_billing.fatturapa.context import Context
from gse_billing.fatturapa.filenames import SIZE_LIMITS, FileName
from gse_billing.fatturapa.rules.facts import Outcome
from gse_billing.fatturapa.rules.reporting import reported

__all__ = ["sdi_00001", "sdi_00002", "sdi_00003"]

PRIVATE_LIMIT = 5_000_000
"""Bytes of a file with one invoice between private parties, on any channel (Allegato A 1.9.1, 1.3.1, as quoted)."""


def sdi_00001(context: Context) -> Iterator[Outcome]:
    """Nome del file contrario alla regola.

    The name is country, tax id, underscore, progressive, extension. SdI 1.8.4, 2.2.
    """
    if context.filename is None:
        return
    try:
        FileName.parse(context.filename)
    except InvalidIdentifierError as error:
        yield reported("00001", actual=context.filename, hint=f"{error.why}; name it like IT01234567890_00001.xml")


def sdi_00002(context: Context) -> Iterator[Outcome]:
    """Nome del file già usato.

    Every file has a name of its own, also one that is sent again after a discard. SdI 1.8.4, 2.2.
    """
    history, name = context.history, context.filename
    if history is not None and name is not None and history.sent_file(name):
        yield reported("00002", actual=name)


def sdi_00003(context: Context) -> Iterator[Outcome]:
    """File troppo grande per il canale.

    Each channel has its limit; between private parties a file never has more than 5 MB. SdI 1.8.4, 3.1.
    """
    if context.size is None or context.channel is None:
        return
    limit = SIZE_LIMITS[context.channel].value
    if context.regime is not Regime.PA:
        limit = min(limit, PRIVATE_LIMIT)
    if context.size > limit:
        yield reported("00003", expected=limit, actual=context.size)
