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
from gse_billing.fatturapa.model import (
    ORDINARIA,
    SEMPLIFICATA,
    Document,
    FatturaElettronica,
    FatturaElettronicaSemplificata,
)
from gse_billing.fatturapa.reading import Inspection, inspect
from gse_billing.fatturapa.rules import NEEDED, AnyBody, Outcome, Plan, bodies_of, head_of, plan_for, quiet_document
from gse_billing.fatturapa.wire.checkers import is_sound
from gse_billing.fatturapa.wire.checking import findings_of
from gse_billing.fatturapa.wire.locating import lines_of, order_of
from gse_billing.fatturapa.writing import schema_of

__all__ = ["check"]

_Option = TypeVar("_Option", bound=Code)

_EXAMINED = (FatturaElettronica, FatturaElettronicaSemplificata, Inspection)
_PA, _PRIVATE, _SIMPLIFIED = Regime.PA, Regime.PRIVATE, Regime.SIMPLIFIED
_TO_PUBLIC_BODIES = FormatoTrasmissione.FPA12
_NOTHING: tuple[str, ...] = ()
_SIZE = ("size",)
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
    if filename is not None and not isinstance(filename, str):
        raise InvalidValueError(f"{filename!r} is no name of a file", value=filename, remedy="give the name as text")
    if history is not None or offices is not None:
        _require_asked(history, offices)
    alone = flow is None and channel is None and filename is None and history is None and offices is None
    if alone and isinstance(source, FatturaElettronica) and is_sound(source) and quiet_document(source, on):
        return _plan_alone(_regime(source), on, _NOTHING).clean
    subject = source if isinstance(source, _EXAMINED) else inspect(source)
    if alone and (document := _read_in_order(subject)) is not None and quiet_document(document, on):
        return _plan_alone(_regime(document), on, _SIZE).clean
    opened = _opened(subject, on)
    context = Context(
        regime=_regime(opened.document) if flow is None else _regime_in(_option(Flow, flow), opened.document),
        on=on,
        channel=None if channel is None else _option(Channel, channel),
        filename=filename,
        size=opened.size,
        history=history,
        offices=offices,
    )
    return _judged(opened, context, _plan(context))


def _require_asked(history: object, offices: object) -> None:
    """Whether what will be asked can be asked."""
    for given, question, meant in ((history, "documents", "a history"), (offices, "offices_of", "a list of offices")):
        if given is not None and not hasattr(given, question):
            what, remedy = f"{type(given).__name__} is not {meant}", f"give an object that answers {question}()"
            raise InvalidValueError(what, value=given, remedy=remedy)


def _read_in_order(subject: Document | Inspection) -> FatturaElettronica | None:
    """The ordinary document of a file, where neither the schema nor a wrapping has anything to do with it."""
    if isinstance(subject, Inspection) and not subject.report.findings and not subject.envelope.layers:
        return subject.document if isinstance(subject.document, FatturaElettronica) else None
    return None


@define(eq=False)
class _Opened:
    """What is checked.

    Attributes:
        document: what the schema takes, or ``None``.
        findings: everything that is known before a rule is run: of the wrappings, the schema, the signatures.
        broken: whether the schema or the wrappings have an error.
        inspection: of the file, when there is one.
        signatures: what is said of the signatures around it, when there are any.
    """

    document: Document | None
    findings: tuple[Finding, ...] = ()
    broken: bool = False
    inspection: Inspection | None = None
    signatures: Report | None = None

    @property
    def size(self) -> int | None:
        """Bytes of the file."""
        return None if self.inspection is None else len(self.inspection.source)


def _opened(subject: Document | Inspection, on: dt.date | None) -> _Opened:
    if not isinstance(subject, Inspection):
        findings = tuple(findings_of(subject, schema_of(subject)))
        return _Opened(subject, findings, any(map(_is_error, findings)))
    inspection = subject
    findings = inspection.report.findings
    broken = any(map(_is_error, findings))
    if not inspection.envelope.signed:
        return _Opened(inspection.document, findings, broken, inspection)
    from gse_billing.fatturapa.envelope import signature_report  # noqa: PLC0415  loads asn1crypto and pyhanko

    signatures = signature_report(inspection.envelope, on=on)
    return _Opened(inspection.document, findings + signatures.findings, broken, inspection, signatures)


def _option(kind: type[_Option], value: _Option | str) -> _Option:
    try:
        return kind(str(value))
    except ValueError as error:
        known = ", ".join(each.value for each in kind)
        raise InvalidValueError(
            f"{value!r} is no {kind.__name__.lower()}", value=value, remedy=f"give one of {known}"
        ) from error


def _regime(document: Document | None) -> Regime:
    """The rules that the document asks for by itself."""
    if isinstance(document, FatturaElettronica):
        try:
            stated = document.fattura_elettronica_header.dati_trasmissione.formato_trasmissione
        except AttributeError:  # of a document made by hand, anything may be missing
            stated = None
        return _PA if stated is _TO_PUBLIC_BODIES else _PRIVATE
    return _PA if document is None else _SIMPLIFIED


def _regime_in(flow: Flow, document: Document | None) -> Regime:
    if isinstance(document, FatturaElettronicaSemplificata):
        return _SIMPLIFIED
    return _PA if flow is Flow.PA else _PRIVATE


@lru_cache(maxsize=_DAYS)
def _plan_alone(regime: Regime, on: dt.date | None, given: tuple[str, ...]) -> Plan:
    """The plan where nothing but a day and perhaps a file is given."""
    return plan_for(regime, on, given if on is None else (*given, "on"))


def _plan(context: Context) -> Plan:
    given = tuple(name for name in NEEDED if getattr(context, name, None) is not None)
    return plan_for(context.regime, context.on, given)


def _judged(opened: _Opened, context: Context, plan: Plan) -> Report:
    found = plan.file.outcomes(context) if plan.file.checks else []
    document = opened.document
    if document is None or opened.broken:
        return _report(opened, found, plan.broken)
    if not (plan.guarded and isinstance(document, FatturaElettronica) and quiet_document(document, context.on)):
        found += _of_document(document, context, plan)
    if found or opened.findings or opened.signatures is not None:
        return _report(opened, found, plan.skipped)
    return plan.clean


def _of_document(document: Document, context: Context, plan: Plan) -> list[Outcome]:
    """What the rules find, header first."""
    head = head_of(document, context)
    bodies = bodies_of(head)
    with exact():
        found = [outcome for group in plan.head for outcome in group.outcomes(head)]
        for body in bodies:
            found += _of_body(body, plan)
        if len(bodies) > 1:
            found += plan.lot.outcomes(bodies)
    return found


def _of_body(body: AnyBody, plan: Plan) -> list[Outcome]:
    found = [outcome for group in plan.body for outcome in group.outcomes(body)]
    if not any(map(_is_error, found)):
        found += plan.sums.outcomes(body)
    return found


def _is_error(outcome: Outcome) -> bool:
    return isinstance(outcome, Finding) and outcome.severity is Severity.ERROR


def _report(opened: _Opened, found: Iterable[Outcome], skipped: Iterable[Skipped]) -> Report:
    """The findings in the order of the document, with their lines, and everything that was skipped by code."""
    outcomes = (*opened.findings, *found)
    findings = [each for each in outcomes if isinstance(each, Finding)]
    schema = SEMPLIFICATA if isinstance(opened.document, FatturaElettronicaSemplificata) else ORDINARIA
    if opened.document is not None:
        findings.sort(key=lambda each: order_of(schema, each.path))
    unplaced = {each.path for each in findings if each.line is None and each.path}
    payload = None if opened.inspection is None else opened.inspection.envelope.payload
    if payload is not None and unplaced:
        lines = lines_of(payload, unplaced)
        findings = [evolve(each, line=lines.get(each.path, each.line)) for each in findings]
    skips = {*skipped, *(each for each in outcomes if isinstance(each, Skipped))}
    if opened.signatures is not None:
        skips = {each for each in skips if each.code not in _OF_SIGNATURES} | {*opened.signatures.skipped}
    return Report(findings, sorted(skips, key=lambda each: each.code))
