"""Names of the files that go to SDI and come back from it (SdI specification 1.8.4, 2.2 and Allegato B-1, 1.1).

``IT01234567890_00001.xml`` is an invoice file: country and tax id of who transmits, then a progressive that only
tells files apart. ``IT01234567890_00001_RC_001.xml`` is a message of SDI about it.

>>> FileName.parse("IT01234567890_00001.xml.p7m").progressive
'00001'
>>> MessageName.parse("IT01234567890_00001_RC_001.xml").speaks_of("IT01234567890_00001.xml.p7m")
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from types import MappingProxyType

from attrs import frozen

from gse_billing.core.dated import Basis, Certainty, Row
from gse_billing.core.errors import InvalidIdentifierError, LimitExceededError
from gse_billing.core.guards import require_fields
from gse_billing.core.identifiers.checked import require_text
from gse_billing.fatturapa.codelists import Channel, TipoMessaggio

__all__ = ["SIZE_LIMITS", "Extension", "FileName", "MessageName", "file_names"]

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PROGRESSIVE_LENGTH = 5
_CUT = 36
"""A name against the grammar is cut at so many characters in the notice of discard (Allegato B-1, 1.1)."""

_PROGRESSIVE = re.compile(r"[A-Za-z0-9]{1,5}")
_MESSAGE_PROGRESSIVE = re.compile(r"[A-Za-z0-9]{1,3}")
_ITALIAN_ID = re.compile(r"[A-Za-z0-9]{11,16}")
_FOREIGN_ID = re.compile(r"[A-Za-z0-9]{2,28}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_FILE = re.compile(r"(..)([^_]*)_([^_.]*)(\..*)", re.DOTALL)
_MESSAGE = re.compile(r"(.+)_([A-Z]{2})_([^_.]*)(\.xml|\.zip)", re.DOTALL)


class Extension(Enum):
    """What the file holds, by the end of its name."""

    XML = ".xml"
    P7M = ".xml.p7m"
    ZIP = ".zip"


def _refuse(name: str, why: str, remedy: str = "") -> InvalidIdentifierError:
    return InvalidIdentifierError(
        f"{name!r} is no file name of SDI", value=name, kind="file name", why=why, remedy=remedy
    )


@frozen(kw_only=True)
class FileName:
    """The name of an invoice file.

    Args:
        country: ISO 3166-1 alpha-2 code of who transmits.
        tax_id: tax id of who transmits, 11 to 16 letters or digits for IT, 2 to 28 otherwise.
        progressive: 1 to 5 letters or digits; tells the files apart, it need not count.
        extension: what the file holds.

    Raises:
        InvalidIdentifierError: a part breaks the grammar (SDI: 00001).
    """

    country: str
    tax_id: str
    progressive: str
    extension: Extension = Extension.XML

    def __attrs_post_init__(self) -> None:
        require_fields(self)
        if not _COUNTRY.fullmatch(self.country):
            raise _refuse(str(self), "it does not begin with a country code of two capital letters")
        italian = self.country == "IT"
        if not (_ITALIAN_ID if italian else _FOREIGN_ID).fullmatch(self.tax_id):
            span = "11 to 16" if italian else "2 to 28"
            raise _refuse(str(self), f"the tax id {self.tax_id!r} is not of {span} letters or digits")
        if not _PROGRESSIVE.fullmatch(self.progressive):
            raise _refuse(str(self), f"the progressive {self.progressive!r} is not of 1 to 5 letters or digits")

    @classmethod
    def parse(cls, name: str) -> FileName:
        """The parts of a name.

        Raises:
            InvalidIdentifierError: the name breaks the grammar (SDI: 00001).
        """
        match = _FILE.fullmatch(require_text(name, kind="name of an invoice file"))
        if match is None:
            raise _refuse(
                name, "it is not country, tax id, underscore, progressive, extension", "IT01234567890_00001.xml"
            )
        country, tax_id, progressive, suffix = match.groups()
        if suffix not in Extension._value2member_map_:
            raise _refuse(name, f"its extension {suffix!r} is none of .xml, .xml.p7m, .zip")
        return cls(country=country, tax_id=tax_id, progressive=progressive, extension=Extension(suffix))

    @property
    def stem(self) -> str:
        """The name without its extension: what SDI's messages repeat, so no two files may share it."""
        return f"{self.country}{self.tax_id}_{self.progressive}"

    def __str__(self) -> str:
        return self.stem + self.extension.value


def _stem(name: str) -> str:
    for extension in (Extension.P7M, Extension.XML, Extension.ZIP):
        if name.endswith(extension.value):
            return name.removesuffix(extension.value)
    return name


@frozen(kw_only=True)
class MessageName:
    """The name of a message of SDI.

    Args:
        stem: the name of the invoice file without its extension, as SDI wrote it.
        kind: the kind of the message.
        progressive: 1 to 3 letters or digits.
        archive: whether it is a zip, as only AT is: it holds the invoice file and the attestation.

    Raises:
        InvalidIdentifierError: a part breaks the grammar.
    """

    stem: str
    kind: TipoMessaggio
    progressive: str
    archive: bool = False

    def __attrs_post_init__(self) -> None:
        require_fields(self)
        if not _MESSAGE_PROGRESSIVE.fullmatch(self.progressive):
            raise _refuse(str(self), f"the progressive {self.progressive!r} is not of 1 to 3 letters or digits")
        if self.archive and self.kind is not TipoMessaggio.AT:
            raise _refuse(str(self), f"only AT comes as a zip, not {self.kind.value}")
        if not self.conformant and self.kind is not TipoMessaggio.NS:
            raise _refuse(str(self), f"{self.stem!r} is no name of an invoice file, and only NS may repeat such a name")

    @classmethod
    def parse(cls, name: str) -> MessageName:
        """The parts of a name.

        Raises:
            InvalidIdentifierError: the name breaks the grammar.
        """
        match = _MESSAGE.fullmatch(require_text(name, kind="name of a message"))
        if match is None:
            raise _refuse(name, "it is not invoice name, kind, progressive, .xml", "IT01234567890_00001_RC_001.xml")
        stem, kind, progressive, suffix = match.groups()
        if kind not in TipoMessaggio._value2member_map_:
            raise _refuse(name, f"{kind!r} is no kind of message", f"one of {', '.join(map(str, TipoMessaggio))}")
        return cls(stem=stem, kind=TipoMessaggio(kind), progressive=progressive, archive=suffix == ".zip")

    @classmethod
    def answering(cls, invoice: FileName | str, kind: TipoMessaggio, *, progressive: str = "001") -> MessageName:
        """The name of a message about an invoice file; a name against the grammar is cut as SDI cuts it.

        >>> str(MessageName.answering("IT01234567890_00001.xml", TipoMessaggio.NS))
        'IT01234567890_00001_NS_001.xml'
        """
        stem = _stem(str(invoice))
        return cls(stem=stem if _conforms(stem) else stem[:_CUT], kind=kind, progressive=progressive)

    @property
    def conformant(self) -> bool:
        """Whether the name of the invoice file follows the grammar."""
        return _conforms(self.stem)

    def speaks_of(self, invoice: FileName | str) -> bool:
        """Whether the message is about the invoice file of that name; a cut name is compared as SDI cut it."""
        stem = _stem(str(invoice))
        return self.stem == (stem if _conforms(stem) else stem[:_CUT])

    def __str__(self) -> str:
        return f"{self.stem}_{self.kind.value}_{self.progressive}{'.zip' if self.archive else '.xml'}"


def _conforms(stem: str) -> bool:
    try:
        FileName.parse(f"{stem}.xml")
    except InvalidIdentifierError:
        return False
    return True


def _base36(number: int) -> str:
    digits = ""
    for _ in range(_PROGRESSIVE_LENGTH):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits


def file_names(
    country: str, tax_id: str, *, used: Iterable[FileName | str] = (), extension: Extension = Extension.XML
) -> Iterator[FileName]:
    """Names never used before: a progressive in base 36 that counts from 00001 and passes over what is taken.

    A name is taken when its stem is, in whatever case and with whatever extension: the messages of SDI drop the
    extension, and a file that was discarded needs a new name as well.

    Args:
        country: ISO code of who transmits.
        tax_id: tax id of who transmits.
        used: every name ever sent, discarded ones included.
        extension: of the new names.

    Yields:
        names, each once, without end.

    Raises:
        InvalidIdentifierError: country or tax id breaks the grammar.
        LimitExceededError: all 36 ** 5 - 1 progressives are taken.

    >>> names = file_names("IT", "01234567890", used=["IT01234567890_00001.xml"])
    >>> [next(names).stem for _ in range(2)]
    ['IT01234567890_00002', 'IT01234567890_00003']
    """
    taken = {_stem(str(name)).upper() for name in used}
    progressives = len(_DIGITS) ** _PROGRESSIVE_LENGTH
    for number in range(1, progressives):
        name = FileName(country=country, tax_id=tax_id, progressive=_base36(number), extension=extension)
        if name.stem.upper() not in taken:
            yield name
    raise LimitExceededError(
        f"every file name of {country}{tax_id} is taken", limit=progressives - 1, remedy="transmit under another id"
    )


def _limit(megabytes: int, paragraph: str, what: str) -> Row[int]:
    return Row(
        value=megabytes * 1_000_000,
        basis=Basis(
            act=f"SdI specification 1.8.4, {paragraph}",
            source="Specifiche tecniche, Allegato B DM 55/2013, ver. 1.8.4 of 31/03/2026",
            certainty=Certainty.SPECIFICATION,
        ),
        note=f"{what}; the text says megabytes, the decimal reading is the safe one",
    )


SIZE_LIMITS: Mapping[Channel, Row[int]] = MappingProxyType(
    {
        Channel.PEC: _limit(30, "3.1.1", "the whole mail with its attachments"),
        Channel.SDICOOP: _limit(5, "3.1.2", "one attached file"),
        Channel.SPCOOP: _limit(5, "3.1.3", "one attached file"),
        Channel.SDIFTP: _limit(150, "3.1.4", "one container with its files"),
        Channel.WEB: _limit(5, "3.1.5", "one file"),
    }
)
"""The greatest number of bytes that each channel takes (SDI: 00003), envelope included."""
