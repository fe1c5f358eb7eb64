"""Taking a document out of whatever it comes in: signed files, PEM, base 64, one inside the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from attrs import field, frozen

from gse_billing.core.arguments import require
from gse_billing.core.findings import Finding, Report, Skipped
from gse_billing.core.html import table
from gse_billing.fatturapa.envelope.ber import BrokenEncodingError
from gse_billing.fatturapa.envelope.content import Content, content_of, from_base64, from_pem
from gse_billing.fatturapa.envelope.signed_data import NotSignedDataError, SignedData, signed_data
from gse_billing.fatturapa.envelope.wording import envelope_finding
from gse_billing.fatturapa.wire.limits import LARGEST

__all__ = ["Envelope", "Layer", "unwrap"]

# SDI takes one signature around a document; files of archives have been signed twice, mails wrap twice.
_DEEPEST = 8

_NOTHING = Report()
_NOT_VERIFIED = Skipped("sdi:00102", "the signature was not verified: fatturapa.verify does it")


@frozen
class Layer:
    """One wrapping: what it is, and its bytes as they were found."""

    content: Content
    data: bytes = field(repr=False)


@frozen(kw_only=True)
class Envelope:
    """A file taken apart.

    Attributes:
        layers: the wrappings from the outside in; none for a bare document.
        payload: the document, taken from the signed bytes only; ``None`` when the file holds none.
        report: what is wrong with the wrappings; a signature is never checked here, and the report says so.
    """

    layers: tuple[Layer, ...] = ()
    payload: bytes | None = field(repr=False)
    report: Report = _NOTHING

    @property
    def signed(self) -> bool:
        """Whether there is a signature around the document, valid or not."""
        return any(layer.content is Content.P7M for layer in self.layers)

    def _repr_html_(self) -> str:
        rows: list[tuple[str, object]] = [(layer.content.value, len(layer.data)) for layer in self.layers]
        rows.append(("document", "none" if self.payload is None else len(self.payload)))
        return table(("layer", "bytes"), rows) + self.report._repr_html_()


def unwrap(data: bytes, *, limit: int = LARGEST) -> Envelope:
    """Take the document out of its wrappings; what the bytes hold never raises.

    The wrappings are told from the bytes: a signed file (p7m) in DER or BER, in PEM, in base 64 with or without
    lines, or any of these inside another. Bytes that are none of these are the document, whatever they are.

    Args:
        data: the file.
        limit: the greatest number of bytes that are looked into; the reader refuses longer ones.

    Raises:
        InvalidValueError: something else than bytes was given.
    """
    require(data, bytes, meant="the content of a file")
    require(limit, int, meant="a limit in bytes")
    if data[:1] == b"<" or len(data) > limit:
        return Envelope(payload=data)
    layers: list[Layer] = []
    findings: list[Finding] = []
    inner: bytes | None = data
    while inner is not None and (opener := _OPENERS.get(content := content_of(inner))):
        if len(layers) == _DEEPEST:
            findings.append(envelope_finding("too-deep", expected=_DEEPEST))
            inner = None
            break
        layers.append(Layer(content, inner))
        inner = opener(inner, findings)
    signed = any(layer.content is Content.P7M for layer in layers)
    skipped = (_NOT_VERIFIED,) if signed and inner is not None else ()
    return Envelope(layers=tuple(layers), payload=inner, report=Report(findings, skipped))


def _signed(data: bytes, findings: list[Finding]) -> bytes | None:
    try:
        parts = signed_data(data)
        payload = parts.payload
    except NotSignedDataError:
        findings.append(envelope_finding("not-signed-data"))
        return None
    except BrokenEncodingError as error:
        findings.append(envelope_finding("broken", actual=error))
        return None
    findings += _defects(parts)
    return payload


def _defects(parts: SignedData) -> Iterator[Finding]:
    if parts.content is None:
        yield envelope_finding("detached")
    if parts.unsigned:
        yield envelope_finding("no-signer")
    if parts.trailing:
        yield envelope_finding("trailing")


def _pem(data: bytes, findings: list[Finding]) -> bytes | None:
    inner = from_pem(data)
    if inner is None:
        findings.append(envelope_finding("broken", actual="PEM without legal base 64"))
    return inner


def _base64(data: bytes, _findings: list[Finding]) -> bytes | None:
    return from_base64(data)


def _archive(_data: bytes, findings: list[Finding]) -> bytes | None:
    findings.append(envelope_finding("archive"))
    return None


_OPENERS: Mapping[Content, Callable[[bytes, list[Finding]], bytes | None]] = {
    Content.P7M: _signed,
    Content.PEM: _pem,
    Content.BASE64: _base64,
    Content.ZIP: _archive,
}
