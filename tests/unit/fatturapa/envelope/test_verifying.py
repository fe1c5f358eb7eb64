"""The state of a signature, and what SDI would say about it."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from gse_billing import fatturapa
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.findings import Report, Severity
from gse_billing.fatturapa import envelope
from gse_billing.fatturapa.context import SignatureFacts, SignatureState
from gse_billing.fatturapa.envelope import (
    Signature,
    SigningKey,
    Verdict,
    Verification,
    signature_findings,
    signature_report,
    unwrap,
    verify,
)
from gse_billing.fatturapa.envelope.signed_data import signed_data
from tests.support import openssl
from tests.support.authority import NOON, impostor, intermediate, issued, root
from tests.unit.fatturapa.envelope.shapes import SHAPES, XML, der, lines, ours, tlv

DAY = dt.timedelta(days=1)
DAY_OF_NOON = NOON.date()


def judged(data: bytes, *, at: dt.datetime = NOON, trusting: bool = True) -> Verification:
    return verify(data, at=at, roots=[root()] if trusting else [])


def the_signature(data: bytes, *, at: dt.datetime = NOON, trusting: bool = True) -> Signature:
    (signature,) = judged(data, at=at, trusting=trusting).signatures
    return signature


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_verified(shape: str) -> None:
    verification = judged(SHAPES[shape]())
    assert verification.verdict is Verdict.VALID
    assert {each.reason for each in verification.signatures} == {""}


def test_a_good_file_has_no_finding() -> None:
    verification = judged(ours())
    assert verification.report.findings == ()
    assert [(each.code, each.reason) for each in verification.report.skipped] == [
        ("sdi:00101", "only the issuer knows whether it has revoked the certificate; SDI asks it")
    ]


def test_a_signature_tells_who_signed_with_what_and_when() -> None:
    signature = the_signature(ours())
    assert (signature.signer, signature.issuer, signature.made_at) == ("Mario Rossi", "Autorità di prova", NOON)
    assert signature.certificate_from == dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    assert signature.certificate_until == dt.datetime(2028, 1, 1, tzinfo=dt.UTC)
    assert int(signature.serial, 16) > 0
    assert "Mario Rossi" in signature._repr_html_()


def test_a_signature_is_what_the_checks_ask_for() -> None:
    state: SignatureState = the_signature(ours())
    assert (state.intact, state.made_at, state.certificate_until) == (
        True,
        NOON,
        dt.datetime(2028, 1, 1, tzinfo=dt.UTC),
    )


@pytest.mark.parametrize(
    ("verdict", "intact"),
    [
        (Verdict.NOT_CHECKED, None),
        (Verdict.DIGEST_MISMATCH, False),
        (Verdict.INVALID, False),
        (Verdict.UNTRUSTED, True),
        (Verdict.VALID, True),
    ],
)
def test_each_verdict_says_whether_the_content_is_the_signed_one(verdict: Verdict, intact: bool | None) -> None:
    assert Signature(verdict=verdict).intact is intact


def changed(data: bytes, at: int) -> bytes:
    return data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :]


def test_a_changed_content_is_a_digest_mismatch() -> None:
    data = ours()
    tampered = changed(data, data.index(b"12/2026"))
    verification = judged(tampered)
    assert verification.verdict is Verdict.DIGEST_MISMATCH
    (finding,) = verification.report
    assert (finding.code, finding.parameters["actual"]) == ("sdi:00102", "the content was changed after signing")


def test_a_changed_signature_is_invalid() -> None:
    data = ours()
    verification = judged(changed(data, len(data) - 1))
    assert verification.verdict is Verdict.INVALID
    assert verification.report.codes == ("sdi:00102",)


def test_without_signed_attributes_a_changed_content_is_invalid() -> None:
    data = openssl.signed(XML, "-noattr")
    assert judged(changed(data, data.index(b"12/2026"))).verdict is Verdict.INVALID


def test_a_changed_inner_envelope_is_noticed_by_both_layers() -> None:
    data = openssl.signed(ours())
    verification = judged(changed(data, data.index(b"12/2026")))
    assert [each.verdict for each in verification.signatures] == [Verdict.DIGEST_MISMATCH, Verdict.DIGEST_MISMATCH]


def test_the_worst_signature_decides() -> None:
    inner = ours()
    outer = openssl.signed(changed(inner, inner.index(b"12/2026")))
    verification = judged(outer)
    assert [each.verdict for each in verification.signatures] == [Verdict.VALID, Verdict.DIGEST_MISMATCH]
    assert verification.verdict is Verdict.DIGEST_MISMATCH


def test_several_signers_are_all_told(tmp_path: Path) -> None:
    other = issued("Anna Bianchi", kind="ec")
    (tmp_path / "other.pem").write_bytes(other.certificate + other.key)
    verification = judged(openssl.signed(XML, "-cades", "-signer", str(tmp_path / "other.pem")))
    assert {each.signer for each in verification.signatures} == {"Mario Rossi", "Anna Bianchi"}
    assert verification.verdict is Verdict.VALID


# Signatures that hold, of signers who are not trusted; the reason.
UNTRUSTED: Mapping[str, tuple[Callable[[], bytes], dt.datetime, bool, str]] = {
    "no roots": (ours, NOON, False, "no roots were given"),
    "certificate ended": (ours, NOON + 800 * DAY, True, "expired"),
    "certificate not begun": (ours, NOON - 800 * DAY, True, "not valid until"),
    "certificate for encryption": (
        lambda: openssl.signed(XML, by=issued("Cifra", signs=False)),
        NOON,
        True,
        "the certificate is not for signing",
    ),
    "weak digest": (lambda: openssl.signed(XML, "-md", "sha1"), NOON, True, "the digest sha1 is too weak"),
}


@pytest.mark.parametrize("case", UNTRUSTED)
def test_a_signature_that_holds_may_be_of_a_stranger(case: str) -> None:
    make, at, trusting, reason = UNTRUSTED[case]
    signature = the_signature(make(), at=at, trusting=trusting)
    assert (signature.verdict, signature.intact) == (Verdict.UNTRUSTED, True)
    assert reason in signature.reason


def test_another_root_does_not_vouch() -> None:
    (signature,) = verify(ours(), at=NOON, roots=[issued("Altra autorità").certificate]).signatures
    assert (signature.verdict, bool(signature.reason)) == (Verdict.UNTRUSTED, True)


def signed_below(*chain: bytes) -> bytes:
    """A file whose signer has a certificate of the authority below the root, with those certificates in it."""
    who = issued("Luca Verdi", kind="ec", below=True)
    return fatturapa.sign(XML, SigningKey.from_pem(who.key, who.certificate, chain=chain), at=NOON)


def test_a_chain_in_the_file_leads_to_the_root() -> None:
    assert the_signature(signed_below(intermediate())).verdict is Verdict.VALID
    assert the_signature(signed_below()).verdict is Verdict.UNTRUSTED


def test_an_impostor_beside_the_true_issuer_changes_nothing() -> None:
    data = signed_below(*(impostor() for _ in range(6)), intermediate())
    assert the_signature(data).verdict is Verdict.VALID
    assert the_signature(signed_below(impostor())).verdict is Verdict.UNTRUSTED


def test_many_certificates_of_one_name_are_not_tried_in_every_order() -> None:
    """Trying all orders of 25 certificates that name each other would not end."""
    data = signed_below(*(impostor(issuer="Autorità intermedia") for _ in range(25)))
    start = time.process_time()
    assert the_signature(data).verdict is Verdict.UNTRUSTED
    assert time.process_time() - start < 1


def test_a_stranger_is_a_warning() -> None:
    report = verify(ours(), at=NOON, roots=[issued("Altra autorità").certificate]).report
    assert [(each.code, each.severity) for each in report] == [("envelope:untrusted", Severity.WARNING)]


def test_without_roots_that_nobody_was_trusted_is_said() -> None:
    verification = judged(ours(), trusting=False)
    assert verification.report.findings == ()
    assert ("sdi:00104", "no root certificates were given, so no issuer is trusted") in [
        (each.code, each.reason) for each in verification.report.skipped
    ]


def test_an_ended_certificate_is_named() -> None:
    assert judged(ours(), at=NOON + 800 * DAY).report.codes == ("sdi:00100", "envelope:untrusted")


def test_a_signature_of_tomorrow_is_named() -> None:
    assert judged(ours(), at=NOON - DAY).report.codes == ("sdi:00105",)
    assert judged(ours(), at=NOON).report.codes == ()


def test_a_signature_without_time_is_named() -> None:
    assert judged(openssl.signed(XML, "-noattr")).report.codes == ("sdi:00103",)
    assert the_signature(openssl.signed(XML, "-noattr")).made_at is None


def without_signing_time() -> bytes:
    """A good signature whose attributes hold no time: pyhanko asked not to make one."""
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    signer = SigningKey.from_pem(issued().key, issued().certificate).signer
    work = signer.async_sign_general_data(
        XML, "sha256", detached=False, signed_attr_settings=PdfCMSSignedAttributes(signing_time=None)
    )
    made: bytes = asyncio.run(work).dump()
    return made


def test_attributes_without_a_time_are_named_too() -> None:
    verification = judged(without_signing_time())
    assert (verification.verdict, verification.report.codes) == (Verdict.VALID, ("sdi:00103",))


SIGNED_DATA, PLAIN = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")
BODY = b"\x02\x01\x01\x31\x00" + tlv(0x30, PLAIN + tlv(0xA0, tlv(0x04, XML)))


def with_signers(signers: bytes) -> bytes:
    """An envelope of version 1 around the document with those signers."""
    return tlv(0x30, SIGNED_DATA + tlv(0xA0, tlv(0x30, BODY + tlv(0x31, signers))))


def with_certificates(certificates: bytes) -> bytes:
    """The same with those certificates and one signer."""
    fields = BODY + tlv(0xA0, certificates) + tlv(0x31, tlv(0x30, b""))
    return tlv(0x30, SIGNED_DATA + tlv(0xA0, tlv(0x30, fields)))


# Envelopes whose signature cannot be valid; the reason that is told.
INVALID: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "the certificate left out": (
        lambda: openssl.signed(XML, "-nocerts"),
        "the certificate of the signer is not in the file",
    ),
    "nobody signed": (lambda: with_signers(b""), "the envelope has no signer"),
    "cut": (lambda: der()[:1000], "the envelope cannot be read: the value at byte 0 is longer than what holds it"),
    "another content type in the attributes": (
        lambda: ours().replace(PLAIN, PLAIN[:-1] + b"\x0f", 1),
        "the signature cannot be verified: Content type data did not match expected value",
    ),
    "a signer that is none": (lambda: with_signers(tlv(0x30, tlv(0x02, b""))), "the signature cannot be read: "),
    "eleven signers": (lambda: with_signers(b"\x30\x00" * 11), "the envelope cannot be read: more than 10"),
    "a signer beyond a megabyte": (lambda: with_signers(tlv(0x30, bytes(10**6))), "or one beyond 1000000 bytes"),
    "attributes without end": (
        lambda: with_signers(tlv(0x30, tlv(0xA0, bytes(10_000)))),
        "the envelope cannot be read: signed attributes beyond 10000 bytes",
    ),
    "certificates without end": (lambda: with_certificates(b"\x30\x00" * 31), "more than 30 certificates"),
    "a certificate without end": (lambda: with_certificates(tlv(0x30, bytes(10_000))), "one beyond 10000 bytes"),
}


@pytest.mark.parametrize("case", INVALID)
def test_what_cannot_be_verified_is_not_valid(case: str) -> None:
    make, reason = INVALID[case]
    verification = judged(make())
    assert verification.verdict is Verdict.INVALID
    assert reason in verification.signatures[0].reason
    assert "sdi:00102" in verification.report.codes


def test_a_detached_signature_is_not_checked() -> None:
    verification = judged(openssl.signed(XML, detached=True))
    assert verification.verdict is Verdict.NOT_CHECKED
    assert verification.signatures[0].reason == "the signed content is not in the file"
    assert not verification.report.ok


def test_other_forms_of_certificates_are_passed_over() -> None:
    data = tlv(0x30, SIGNED_DATA + tlv(0xA0, tlv(0x30, BODY + tlv(0xA0, tlv(0xA3, b"")) + tlv(0x31, tlv(0x30, b"")))))
    assert signed_data(data).certificates() == []


def test_a_bare_document_has_no_signature() -> None:
    verification = judged(XML)
    assert (verification.verdict, verification.signatures) == (Verdict.NOT_CHECKED, ())
    assert (verification.report.findings, verification.report.skipped) == ((), ())


def test_a_signature_inside_the_document_is_said_to_be_left_out() -> None:
    data = XML.replace(b"</p:", b'<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></p:')
    (skipped,) = judged(data).report.skipped
    assert (skipped.code, "XAdES" in skipped.reason) == ("sdi:00102", True)


def test_without_the_extra_nothing_is_verified_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "gse_billing.fatturapa.envelope.proving", raising=False)
    monkeypatch.delattr(envelope, "proving", raising=False)
    monkeypatch.setitem(sys.modules, "pyhanko.sign.validation.generic_cms", None)
    data = ours()
    verification = judged(changed(data, data.index(b"12/2026")))
    (signature,) = verification.signatures
    assert (signature.verdict, signature.intact, signature.signer) == (Verdict.NOT_CHECKED, None, "Mario Rossi")
    assert verification.report.findings == ()
    assert verification.report.skipped[0].reason == "the signature was not verified: pip install 'gse-billing[sign]'"
    assert judged(ours(), at=NOON - DAY).report.codes == ("sdi:00105",)


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (dt.date(2026, 11, 19), ("sdi:00105",)),
        (dt.date(2026, 11, 20), ()),
        (dt.date(2028, 1, 1), ("sdi:00100",)),
        (dt.date.max, ("sdi:00100",)),
        (None, ()),
    ],
)
def test_the_signatures_alone_for_a_day_of_sending(on: dt.date | None, codes: tuple[str, ...]) -> None:
    report = signature_report(unwrap(ours()), on=on)
    assert report.codes == codes
    skipped = {each.code: each.reason for each in report.skipped}
    assert skipped.get("sdi:00105") == (None if on else "needs the day of sending (on=)")


def test_the_signatures_alone_of_a_changed_or_bare_file() -> None:
    data = ours()
    changed_one = unwrap(changed(data, data.index(b"12/2026")))
    assert signature_report(changed_one, on=None).codes == ("sdi:00102",)
    assert signature_report(unwrap(openssl.signed(XML, "-noattr")), on=None).codes == ("sdi:00103",)
    assert signature_report(unwrap(XML), on=DAY_OF_NOON) == Report()


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        (SignatureFacts(intact=False, defect="the digest differs"), ["sdi:00102"]),
        (SignatureFacts(intact=True, made_at=NOON), []),
        (SignatureFacts(made_at=NOON, certificate_until=NOON), []),
        (SignatureFacts(made_at=NOON, certificate_until=NOON - DAY), ["sdi:00100"]),
        (SignatureFacts(), ["sdi:00103"]),
        (SignatureFacts(made_at=NOON + DAY), ["sdi:00105"]),
    ],
)
def test_a_signature_that_another_verified_has_the_same_codes(state: SignatureState, codes: list[str]) -> None:
    found = list(signature_findings(state, NOON))
    assert [each.code for each in found] == codes
    assert all(each.parameters["actual"] == state.defect for each in found if each.code == "sdi:00102")


def test_it_works_inside_a_running_loop() -> None:
    async def inside() -> Verdict:
        return judged(ours()).verdict

    assert asyncio.run(inside()) is Verdict.VALID


def test_an_opened_envelope_is_taken_as_well() -> None:
    assert judged(ours()) == verify(unwrap(ours()), at=NOON, roots=[root()])
    assert fatturapa.verify(lines(ours()), at=NOON).verdict is Verdict.UNTRUSTED


def test_a_moment_needs_a_zone() -> None:
    with pytest.raises(InvalidValueError, match=r"a moment without a zone was given; give it with tzinfo, as dt\.UTC"):
        verify(XML, at=dt.datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize("wrong", [b"", b"no certificate", b"\x30\x03\x02\x01\x01", root()[:200]])
def test_a_root_must_be_a_certificate(wrong: bytes) -> None:
    with pytest.raises(InvalidValueError, match="a root is no certificate"):
        verify(XML, at=NOON, roots=[wrong])


def test_a_verification_shows_itself() -> None:
    html = judged(ours())._repr_html_()
    assert "<td>valid</td><td>Mario Rossi</td>" in html
