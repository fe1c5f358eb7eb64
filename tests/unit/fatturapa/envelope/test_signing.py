"""Signing documents: what openssl and the standard ask of the envelope."""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from asn1crypto import cms, tsp

from gse_billing import fatturapa
from gse_billing.core.errors import InvalidValueError, MissingExtraError
from gse_billing.fatturapa import envelope
from gse_billing.fatturapa.envelope import SigningKey, Verdict, sign, verify
from tests.support import openssl
from tests.support.authority import NOON, PASSWORD, Issued, issued, root
from tests.unit.fatturapa.envelope.shapes import DOCUMENT, XML


def pem_key(kind: str = "rsa") -> SigningKey:
    return SigningKey.from_pem(issued(kind=kind).key, issued(kind=kind).certificate)


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_openssl_takes_it_as_cades(kind: str) -> None:
    assert openssl.verified(sign(XML, pem_key(kind), at=NOON)) == XML


def test_openssl_refuses_it_when_it_was_changed() -> None:
    data = sign(XML, pem_key(), at=NOON)
    assert openssl.verified(data.replace(b"12/2026", b"13/2026")) is None


def test_it_is_an_enveloping_cades_bes_signature() -> None:
    """CAdES baseline B, ETSI EN 319 122-1, 6.3: signing time and the digest of the certificate are signed."""
    info = cms.ContentInfo.load(sign(XML, pem_key(), at=NOON), strict=True)
    content = info["content"]
    assert (content["version"].native, content["encap_content_info"]["content"].native) == ("v1", XML)
    (signer,) = content["signer_infos"]
    attributes = {each["type"].native: each["values"] for each in signer["signed_attrs"]}
    assert set(attributes) >= {"content_type", "message_digest", "signing_time", "signing_certificate_v2"}
    assert attributes["signing_time"][0].native == NOON
    assert attributes["message_digest"][0].native == hashlib.sha256(XML).digest()
    bound = tsp.SigningCertificateV2.load(attributes["signing_certificate_v2"][0].dump())["certs"][0]
    (certificate,) = (each.chosen for each in content["certificates"])
    assert bound["cert_hash"].native == hashlib.sha256(certificate.dump()).digest()


def test_a_zone_is_kept_as_the_same_moment() -> None:
    rome = NOON.astimezone(dt.timezone(dt.timedelta(hours=1))).replace(microsecond=5)
    assert verify(sign(XML, pem_key(), at=rome), at=NOON).signatures[0].made_at == NOON


def test_a_pkcs12_file_brings_key_certificate_and_chain() -> None:
    data = fatturapa.sign(XML, SigningKey.from_pkcs12(issued().pkcs12, PASSWORD), at=NOON)
    assert fatturapa.read(data) == DOCUMENT
    assert verify(data, at=NOON, roots=[root()]).verdict is Verdict.VALID
    assert len(cms.ContentInfo.load(data)["content"]["certificates"]) == 2


def test_a_chain_may_be_given() -> None:
    key = SigningKey.from_pem(issued().key, issued().certificate, chain=[root()])
    assert len(cms.ContentInfo.load(sign(XML, key, at=NOON))["content"]["certificates"]) == 2


UNREADABLE: Mapping[str, tuple[Callable[[], object], str]] = {
    "the wrong password": (lambda: SigningKey.from_pkcs12(issued().pkcs12, b"altra"), "the PKCS #12 file"),
    "no PKCS #12 file": (lambda: SigningKey.from_pkcs12(b"no"), "the PKCS #12 file"),
    "no key": (lambda: SigningKey.from_pem(b"no", issued().certificate), "the private key"),
    "no certificate": (lambda: SigningKey.from_pem(issued().key, b"no"), "the certificate"),
    "two certificates": (
        lambda: SigningKey.from_pem(issued().key, issued().certificate + root()),
        "the certificate",
    ),
    "no certificate in the chain": (
        lambda: SigningKey.from_pem(issued().key, issued().certificate, chain=[b"no"]),
        "the certificate",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_keys_that_cannot_be_read_are_refused_without_telling_them(case: str) -> None:
    make, what = UNREADABLE[case]
    with pytest.raises(InvalidValueError, match=f"{what} cannot be read; .*check file and password") as caught:
        make()
    assert caught.value.value is None


@pytest.mark.parametrize(
    ("at", "message"),
    [
        (dt.datetime(2026, 11, 20), "cannot be a signing time"),  # noqa: DTZ001
        (NOON.replace(year=2050), "cannot be a signing time; it needs a zone and a year from 1950 to 2049"),
        (NOON.replace(year=2024), r"the certificate cannot sign on 2024-11-20T12:00:00\+00:00"),
        (NOON.replace(year=2028), r"the certificate cannot sign on 2028-11-20T12:00:00\+00:00; .*SDI 00100"),
    ],
)
def test_a_time_must_have_a_zone_and_lie_in_the_certificate(at: dt.datetime, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        sign(XML, pem_key(), at=at)


@pytest.mark.parametrize("other", [issued(kind="ec"), issued("Anna Bianchi")])
def test_a_key_that_does_not_fit_its_certificate_is_refused(other: Issued) -> None:
    key = SigningKey.from_pem(other.key, issued().certificate)
    with pytest.raises(InvalidValueError, match=r"the key cannot sign; .*; give the key of the certificate"):
        sign(XML, key, at=NOON)


def test_another_signer_of_pyhanko_may_be_given() -> None:
    from pyhanko.sign.signers import ExternalSigner

    class Card(ExternalSigner):
        """A card: it holds a key that nobody sees."""

        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            made: bytes = pem_key().signer.sign_raw(data, digest_algorithm)
            return made

    card = SigningKey(Card(pem_key().signer.signing_cert, pem_key().signer.cert_registry))
    assert openssl.verified(sign(XML, card, at=NOON)) == XML
    nameless = SigningKey(Card(None, None))
    with pytest.raises(InvalidValueError, match="the signer has no certificate"):
        sign(XML, nameless, at=NOON)


def test_a_key_does_not_show_itself() -> None:
    assert repr(pem_key()) == "SigningKey()"


def test_without_the_extra_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    stranger: Any = object()
    key = SigningKey(stranger)
    monkeypatch.delitem(sys.modules, "gse_billing.fatturapa.envelope.making", raising=False)
    monkeypatch.delattr(envelope, "making", raising=False)
    monkeypatch.setitem(sys.modules, "pyhanko.sign", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'gse-billing\[sign\]'"):
        sign(XML, key, at=NOON)
