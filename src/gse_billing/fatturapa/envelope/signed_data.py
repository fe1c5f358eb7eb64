"""The structure of a signed file (CMS SignedData, RFC 5652 5.1, and PKCS #7 before it): where its parts stand."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from gse_billing.fatturapa.envelope.ber import (
    INTEGER,
    OBJECT_IDENTIFIER,
    SEQUENCE,
    SET,
    BrokenEncodingError,
    Element,
    children,
    element_at,
    octets,
)

__all__ = ["NotSignedDataError", "SignedData", "signed_data"]

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_TAGGED_0 = 0xA0
_PADDING = b"\0 \t\r\n"

# What asn1crypto is given: it makes an object of every part of a name and every attribute, however many there are.
_MOST_CERTIFICATES, _LONGEST_CERTIFICATE = 30, 10_000
_MOST_SIGNERS, _LONGEST_SIGNER = 10, 1_000_000  # archived signatures carry revocation lists, outside of what is signed
_LONGEST_ATTRIBUTES = 10_000


class NotSignedDataError(BrokenEncodingError):
    """A CMS structure of another kind, such as an encrypted one."""


@frozen
class SignedData:
    """The parts of a signed file by their offsets.

    Attributes:
        data: the file.
        kind: OID of the content, as its contents octets.
        content: the signed octets, ``None`` when they are kept elsewhere (a detached signature).
        certificates_in: what holds the certificates, when there are any.
        signers_in: what holds the signers.
        after: the first byte behind the structure.
    """

    data: bytes = field(repr=False)
    kind: bytes
    content: Element | None
    certificates_in: Element | None
    signers_in: Element
    after: int

    @property
    def payload(self) -> bytes | None:
        """The signed bytes."""
        return None if self.content is None else octets(self.data, self.content)

    @property
    def unsigned(self) -> bool:
        """Whether nobody signed it: only certificates are handed on."""
        return self.signers_in.content == self.signers_in.stop

    @property
    def trailing(self) -> bool:
        """Whether something that is not signed follows the structure; padding does not count."""
        return bool(self.data[self.after :].strip(_PADDING))

    def signers(self) -> list[bytes]:
        """Each SignerInfo, encoded.

        Raises:
            BrokenEncodingError: there are too many, or one is too long.
        """
        return [self._signer(each) for each in self._members(self.signers_in, _MOST_SIGNERS, _LONGEST_SIGNER)]

    def _signer(self, element: Element) -> bytes:
        for part in children(self.data, element):
            if part.identifier == _TAGGED_0 and part.after - part.start > _LONGEST_ATTRIBUTES:
                raise BrokenEncodingError(f"signed attributes beyond {_LONGEST_ATTRIBUTES} bytes")
        return self.data[element.start : element.after]

    def certificates(self) -> list[bytes]:
        """Each certificate, encoded; the other forms of certificates that CMS admits are passed over.

        Raises:
            BrokenEncodingError: there are too many, or one is too long.
        """
        if self.certificates_in is None:
            return []
        members = self._members(self.certificates_in, _MOST_CERTIFICATES, _LONGEST_CERTIFICATE)
        return [self.data[each.start : each.after] for each in members if each.identifier == SEQUENCE]

    def _members(self, holder: Element, most: int, longest: int) -> list[Element]:
        members: list[Element] = []
        for child in children(self.data, holder):
            if len(members) == most or child.after - child.start > longest:
                raise BrokenEncodingError(f"more than {most} certificates or signers, or one beyond {longest} bytes")
            members.append(child)
        return members


def signed_data(data: bytes) -> SignedData:
    """Find the parts of a signed file, DER or BER, version 1 or 3.

    Raises:
        NotSignedDataError: it is a CMS structure of another kind.
        BrokenEncodingError: it is no CMS structure.
    """
    outer = element_at(data, 0, len(data))
    _require(outer, SEQUENCE)
    fields = children(data, outer)
    kind = _next(fields, OBJECT_IDENTIFIER)
    if data[kind.content : kind.stop] != _SIGNED_DATA:
        raise NotSignedDataError("a CMS structure that is no SignedData")
    body = _next(children(data, _next(fields, _TAGGED_0)), SEQUENCE)
    return _parts_of(data, body, outer.after)


def _parts_of(data: bytes, body: Element, after: int) -> SignedData:
    fields = children(data, body)
    _next(fields, INTEGER)
    _next(fields, SET)
    inner = children(data, _next(fields, SEQUENCE))
    kind = _next(inner, OBJECT_IDENTIFIER)
    wrapped = next(inner, None)
    content = None if wrapped is None else next(children(data, wrapped), None)
    by_tag = {each.identifier: each for each in fields}
    if SET not in by_tag:
        raise BrokenEncodingError("no list of signers")
    return SignedData(data, data[kind.content : kind.stop], content, by_tag.get(_TAGGED_0), by_tag[SET], after)


def _next(elements: Iterator[Element], identifier: int) -> Element:
    element = next(elements, None)
    if element is None:
        raise BrokenEncodingError("a part is missing")
    _require(element, identifier)
    return element


def _require(element: Element, identifier: int) -> None:
    if element.identifier != identifier:
        raise BrokenEncodingError(f"the value at byte {element.start} is not of the kind that stands there")
