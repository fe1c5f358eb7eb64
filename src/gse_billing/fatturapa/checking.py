"""The door ``fatturapa.check``: what SDI would answer, told before sending."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from attrs import define

from gse_billing.core.dated import require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.findings import Finding, Report, Severity, Skipped
from gse_billing.core.money import exact
from gse_billing.core.values import evolve
from gse_billing.fatturapa.catalogue import Regime
from gse_billing.fatturapa.codelists import Channel, Code, Flow, FormatoTrasmissione
from gse_billing.fatturapa.context import Context, DocumentHistory, OfficeDirectory
from gse_billing.fatturapa.envelope import Envelope
from gse_billing.fatturapa.model import (
    ORDINARIA,
    SEMPLIFICATA,
    Document,
    FatturaElettronica,
    FatturaElettronicaSemplificata,
)
from gse_billing.fatturapa.reading import Inspection, inspect
from gse_billing.fatturapa.rules import NEEDED, AnyBody, Outcome, Plan, bodies_of, head_of, plan_for
from gse_billing.fatturapa.wire.checking import findings_of
from gse_billing.fatturapa.wire.locating import lines_of, order_of
from gse_billing.fatturapa.writing import schema_of

__all__ = ["check"]

_Option = TypeVar("_Option", bound=Code)

_REGIMES = {Flow.PA: Regime.PA, Flow.PRIVATE: Regime.PRIVATE}
_DAYS = 1024

_OF_SIGNATURES = frozenset({"sdi:00100", "sdi:00102", "sdi:00103", "sdi:00105"})
"""What is judged on the signature around a document, and skipped where there is none."""


def check(  # noqa: PLR0913 - each argument is something that a rule may ask
    source: Document | Inspection | bytes | str | os.PathLike[str],
    *,
    on: dt.date | None = None,
    flow: Flow | str | None = None,
    channel: Channel | str | None = None,
    filename: str | None = None,
    history: DocumentHistory | None = None,
    offices: OfficeDirectory | None = None,
) -> Report:
    """What SDI would answer to a document, and advice beyond it; what could not be checked is in ``skipped``.

    Findings stand in the order of the document. Codes of SDI are ``sdi:00421``, advice is ``advice:iban``; advice never
    makes a report fail.

    Args:
        source: a document, an inspection, or a file as bytes or path, signed or not; lines are known for what was read
            from bytes. The signature of a signed file is verified when the extra ``sign`` is there.
        on: the day of sending, which picks the rules in force; without it those after the last known change.
        flow: public bodies or private parties; without it the transmission format of the document decides. A simplified
            invoice has rules of its own in any flow.
        channel: how the file goes to SDI.
        filename: the name under which it goes; the path of the source is not taken for it.
        history: what was sent before.
        offices: the offices of IPA.

    Raises:
        InvalidValueError: an argument, or a field of a document built in Python, is of the wrong class.
        FloatRefusedError: a float stands in the document where a decimal is declared.
        StorageError: the path cannot be read.
    """
    if on is not None:
        require_day(on, meant="the day of sending")
    opened = _opened(source, on)
    document = opened.document
    regime = _regime(document, None if flow is None else _option(Flow, flow))
    if opened.size is None and channel is None and filename is None and history is None and offices is None:
        context, plan = _bare(regime, on)
    else:
        context = Context(
            regime=regime,
            on=on,
            channel=None if channel is None else _option(Channel, channel),
            filename=filename,
            size=opened.size,
            history=history,
            offices=offices,
        )
        plan = _plan(context)
    found: list[Outcome] = [*opened.findings, *plan.file.outcomes(context)]
    if document is None or any(map(_is_error, opened.of_schema)):
        return _report(opened, found, plan.broken)
    with exact():
        found += _of_document(document, context, plan)
    return _report(opened, found, plan.skipped) if found or opened.signatures is not None else plan.clean


@define(eq=False)
class _Opened:
    """What is checked.

    Attributes:
        document: what the schema takes, or ``None``.
        of_schema: what the schema and the wrappings say about it.
        size: bytes of the file, when there is one.
        payload: the bytes of the document in it, for lines.
        signatures: what is said of the signatures around it, when there are any.
    """

    document: Document | None
    of_schema: tuple[Finding, ...]
    size: int | None = None
    payload: bytes | None = None
    signatures: Report | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is known before a rule is run."""
        return self.of_schema if self.signatures is None else self.of_schema + self.signatures.findings


def _opened(source: Document | Inspection | bytes | str | os.PathLike[str], on: dt.date | None) -> _Opened:
    if isinstance(source, FatturaElettronica | FatturaElettronicaSemplificata):
        return _Opened(source, tuple(findings_of(source, schema_of(source))))
    inspection = source if isinstance(source, Inspection) else inspect(source)
    envelope = inspection.envelope
    return _Opened(
        document=inspection.document,
        of_schema=inspection.report.findings,
        size=len(inspection.source),
        payload=envelope.payload,
        signatures=_of_signatures(envelope, on),
    )


def _of_signatures(envelope: Envelope, on: dt.date | None) -> Report | None:
    """What is said of the signatures around a document, ``None`` where there is none."""
    if not envelope.signed:
        return None
    from gse_billing.fatturapa.envelope import signature_report  # noqa: PLC0415  loads asn1crypto and pyhanko

    return signature_report(envelope, on=on)


def _option(kind: type[_Option], value: _Option | str) -> _Option:
    try:
        return kind(str(value))
    except ValueError as error:
        known = ", ".join(each.value for each in kind)
        raise InvalidValueError(
            f"{value!r} is no {kind.__name__.lower()}", value=value, remedy=f"give one of {known}"
        ) from error


def _regime(document: Document | None, flow: Flow | None) -> Regime:
    if isinstance(document, FatturaElettronicaSemplificata):
        return Regime.SIMPLIFIED
    if flow is not None:
        return _REGIMES[flow]
    if document is None:
        return Regime.PA
    stated = document.fattura_elettronica_header.dati_trasmissione.formato_trasmissione
    return Regime.PA if stated is FormatoTrasmissione.FPA12 else Regime.PRIVATE


@lru_cache(maxsize=_DAYS)
def _bare(regime: Regime, on: dt.date | None) -> tuple[Context, Plan]:
    """The context of a document alone, and its plan."""
    context = Context(regime=regime, on=on)
    return context, _plan(context)


def _plan(context: Context) -> Plan:
    given = tuple(name for name in NEEDED if getattr(context, name) is not None)
    return plan_for(context.regime, context.on, given)


def _of_document(document: Document, context: Context, plan: Plan) -> list[Outcome]:
    """What the rules find, header first."""
    head = head_of(document, context)
    found = plan.head.outcomes(head)
    bodies = bodies_of(head)
    for body in bodies:
        found += _of_body(body, plan)
    if len(bodies) > 1:
        found += plan.lot.outcomes(bodies)
    return found


def _of_body(body: AnyBody, plan: Plan) -> list[Outcome]:
    found: list[Outcome] = []
    for group in plan.body:
        found += group.outcomes(body)
    if not any(map(_is_error, found)):
        found += plan.sums.outcomes(body)
    return found


def _is_error(outcome: Outcome) -> bool:
    return isinstance(outcome, Finding) and outcome.severity is Severity.ERROR


def _report(opened: _Opened, found: Iterable[Outcome], skipped: Iterable[Skipped]) -> Report:
    """The findings in the order of the document, with their lines, and everything that was skipped by code."""
    findings = [each for each in found if isinstance(each, Finding)]
    schema = SEMPLIFICATA if isinstance(opened.document, FatturaElettronicaSemplificata) else ORDINARIA
    if opened.document is not None:
        findings.sort(key=lambda each: order_of(schema, each.path))
    unplaced = {each.path for each in findings if each.line is None and each.path}
    if opened.payload is not None and unplaced:
        lines = lines_of(opened.payload, unplaced)
        findings = [evolve(each, line=lines.get(each.path, each.line)) for each in findings]
    skips = {*skipped, *(each for each in found if isinstance(each, Skipped))}
    if opened.signatures is not None:
        skips = {each for each in skips if each.code not in _OF_SIGNATURES} | {*opened.signatures.skipped}
    return Report(findings, sorted(skips, key=lambda each: each.code))
