"""Verifying the signatures of a file: content, signature, certificate, trust; the cryptography is in ``proving``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from gse_billing.core.arguments import require, require_each
from gse_billing.core.dated import require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.findings import Finding, Report, Skipped
from gse_billing.core.html import table
from gse_billing.core.values import evolve
from gse_billing.fatturapa.context import SignatureState
from gse_billing.fatturapa.envelope.ber import BrokenEncodingError
from gse_billing.fatturapa.envelope.content import Content
from gse_billing.fatturapa.envelope.opening import Envelope, unwrap
from gse_billing.fatturapa.envelope.signatures import Signature, Verdict, certificates_of, described, signer_of
from gse_billing.fatturapa.envelope.signed_data import signed_data
from gse_billing.fatturapa.envelope.wording import envelope_finding, sdi_finding

if TYPE_CHECKING:
    from gse_billing.fatturapa.envelope.proving import Judge

__all__ = ["Verification", "signature_findings", "signature_report", "verify"]

_WORST_FIRST = (Verdict.DIGEST_MISMATCH, Verdict.INVALID, Verdict.NOT_CHECKED, Verdict.UNTRUSTED, Verdict.VALID)
_XML_SIGNATURE = b"http://www.w3.org/2000/09/xmldsig#"

# Codes that compare a moment of the signature with that of sending.
_OF_MOMENTS = ("sdi:00100", "sdi:00105")
_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)

_NO_EXTRA = Skipped("sdi:00102", "the signature was not verified: pip install 'gse-billing[sign]'")
_NO_ROOTS = Skipped("sdi:00104", "no root certificates were given, so no issuer is trusted")
_REVOCATION = Skipped("sdi:00101", "only the issuer knows whether it has revoked the certificate; SDI asks it")
_XADES = Skipped("sdi:00102", "the signature inside the document (XAdES) is not verified by this library")


@frozen(kw_only=True)
class Verification:
    """The signatures of a file, from the outside in, and what SDI would say about them.

    Attributes:
        signatures: every signature of every layer.
        report: the findings, and what was not checked.
    """

    signatures: tuple[Signature, ...]
    report: Report

    @property
    def verdict(self) -> Verdict:
        """The worst of all signatures; ``NOT_CHECKED`` when there is none."""
        found = {each.verdict for each in self.signatures} or {Verdict.NOT_CHECKED}
        return next(each for each in _WORST_FIRST if each in found)

    def _repr_html_(self) -> str:
        rows = [(each.verdict.value, each.signer, each.made_at or "", each.reason) for each in self.signatures]
        return table(("verdict", "signer", "made at", "reason"), rows) + self.report._repr_html_()


def verify(source: Envelope | bytes, *, at: dt.datetime, roots: Iterable[bytes] = ()) -> Verification:
    """Verify every signature around a document; what the file holds never raises.

    The digest is taken over the very bytes that :func:`unwrap` gives as payload, so a document that looks verified is
    the one that was signed. Whether a certificate was revoked is not known here. Without the extra ``sign`` the
    signatures are read but not verified, and ``report.skipped`` says so.

    Args:
        source: the file, or what :func:`unwrap` made of it.
        at: the moment for which certificates must be valid, with a zone: that of reception for an archived file.
        roots: certificates of the issuers that are trusted, in DER or PEM.

    Raises:
        InvalidValueError: the moment has no zone, or a root is no certificate.
    """
    if require(at, dt.datetime, meant="the moment of a verification").tzinfo is None:
        raise InvalidValueError("a moment without a zone was given", value=at, remedy="give it with tzinfo, as dt.UTC")
    envelope = unwrap(source) if isinstance(source, bytes) else require(source, Envelope, meant="a signed file")
    trusted = require_each(roots, bytes, meant="a trusted certificate")
    judge = _judge(at, trusted)
    signatures = _all_signatures(envelope, judge)
    findings = [finding for signature in signatures for finding in signature_findings(signature, at)]
    if trusted:
        findings += [_untrusted(each) for each in signatures if each.verdict is Verdict.UNTRUSTED]
    of_trust = [_REVOCATION, *([] if trusted else [_NO_ROOTS])] if signatures else []
    skipped = [*_unmade(envelope, signatures, judge), *of_trust]
    return Verification(signatures=signatures, report=Report([*envelope.report, *findings], skipped))


def signature_report(envelope: Envelope, *, on: dt.date | None) -> Report:
    """What SDI would say about the signatures alone, for a file sent on a day; trust and revocation are left to SDI.

    Args:
        envelope: what :func:`unwrap` made of the file.
        on: the day of sending; without it nothing is said about moments (00100, 00105), and ``skipped`` says so.
    """
    require(envelope, Envelope, meant="a signed file")
    if on is not None:
        require_day(on, meant="the day of sending")
    at = _NEVER if on in (None, dt.date.max) else dt.datetime.combine(on + dt.timedelta(days=1), dt.time(), dt.UTC)
    judge = _judge(at, ())
    signatures = _all_signatures(envelope, judge)
    findings = [finding for signature in signatures for finding in signature_findings(signature, at)]
    skipped = _unmade(envelope, signatures, judge)
    if on is not None:
        return Report(findings, skipped)
    judged = [finding for finding in findings if finding.code not in _OF_MOMENTS]
    return Report(judged, [*skipped, *(Skipped(code, "needs the day of sending (on=)") for code in _OF_MOMENTS)])


def _all_signatures(envelope: Envelope, judge: Judge | None) -> tuple[Signature, ...]:
    """Those of every layer, from the outside in."""
    signed = [layer.data for layer in envelope.layers if layer.content is Content.P7M]
    return tuple(signature for data in signed for signature in _signatures(data, judge))


def _unmade(envelope: Envelope, signatures: tuple[Signature, ...], judge: Judge | None) -> list[Skipped]:
    """What is not checked, trust aside."""
    inside = envelope.payload is not None and _XML_SIGNATURE in envelope.payload
    skipped = [(_NO_EXTRA, signatures and judge is None), (_XADES, inside)]
    return [skip for skip, applies in skipped if applies]


def _judge(at: dt.datetime, roots: tuple[bytes, ...]) -> Judge | None:
    """Who verifies; ``None`` without the extra."""
    try:
        from gse_billing.fatturapa.envelope.proving import Judge  # noqa: PLC0415 - the extra may be missing
    except ImportError:
        return None
    return Judge.trusting(roots, at)


def _signatures(data: bytes, judge: Judge | None) -> Iterator[Signature]:
    """The signatures of one layer; a layer without any counts as one that is not valid."""
    try:
        parts = signed_data(data)
        payload = parts.payload
        signers, certificates = parts.signers(), certificates_of(parts)
    except BrokenEncodingError as error:
        yield Signature(verdict=Verdict.INVALID, reason=f"the envelope cannot be read: {error}")
        return
    if not signers:
        yield Signature(verdict=Verdict.INVALID, reason="the envelope has no signer")
    for encoded in signers:
        try:
            signer = signer_of(encoded, certificates)
            claimed = described(signer)
        except Exception as error:  # noqa: BLE001 - whatever hostile bytes make asn1crypto raise
            yield Signature(verdict=Verdict.INVALID, reason=f"the signature cannot be read: {type(error).__name__}")
        else:
            verdict, reason = judge.judged(parts.kind, payload, signer) if judge else (Verdict.NOT_CHECKED, "")
            yield evolve(claimed, verdict=verdict, reason=reason)


def signature_findings(state: SignatureState, at: dt.datetime) -> Iterator[Finding]:
    """What SDI would say about one signature, whoever verified it (SdI 1.8.4, 5.1.1).

    Args:
        state: of the signature: one of :class:`Verification`, or what another verifier told.
        at: the moment of sending, with a zone.
    """
    if state.intact is False:
        yield sdi_finding("00102", actual=state.defect)
        return
    if state.certificate_until is not None and state.certificate_until < at:
        yield sdi_finding("00100", expected=at.isoformat(), actual=state.certificate_until.isoformat())
    if state.made_at is None:
        yield sdi_finding("00103")
    elif state.made_at > at:
        yield sdi_finding("00105", expected=at.isoformat(), actual=state.made_at.isoformat())


def _untrusted(signature: Signature) -> Finding:
    return envelope_finding("untrusted", actual=signature.reason)
