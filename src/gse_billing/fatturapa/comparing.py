"""The doors ``fatturapa.diff`` and ``fatturapa.transliterate``."""

from __future__ import annotations

from typing import Generic, TypeVar

from attrs import field, frozen

from gse_billing.core.errors import InvalidValueError
from gse_billing.core.html import table
from gse_billing.fatturapa.model import FatturaElettronica, FatturaElettronicaSemplificata
from gse_billing.fatturapa.wire.differing import Difference, differences
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.transliterating import Replacement, transliterated
from gse_billing.fatturapa.writing import schema_of

__all__ = ["Difference", "Replacement", "Transliteration", "diff", "transliterate"]

SomeDocument = TypeVar("SomeDocument", FatturaElettronica, FatturaElettronicaSemplificata)


@frozen(kw_only=True)
class Transliteration(Generic[SomeDocument]):
    """A document with legal texts.

    Attributes:
        document: the copy, or the same document where nothing had to be replaced.
        replacements: every text that was changed, in document order.
    """

    document: SomeDocument = field(repr=False)
    replacements: tuple[Replacement, ...]

    def _repr_html_(self) -> str:
        return table(("path", "before", "after"), [(each.path, each.before, each.after) for each in self.replacements])


def diff(left: SomeDocument, right: SomeDocument) -> tuple[Difference, ...]:
    """The places in which two documents differ, in the order of the schema; none when they are equal.

    Decimals are compared by value: ``1.5`` and ``1.50`` do not differ. Repeated elements are compared by their number.

    Raises:
        InvalidValueError: the documents are not of one format.
    """
    schema = schema_of(left)
    if type(left) is not type(right):
        raise InvalidValueError(
            f"a {type(right).__name__} cannot be compared with a {type(left).__name__}",
            value=right,
            remedy="give two documents of one format",
        )
    return tuple(differences(left, right, Place.root(schema, schema.root_of(left))))


def transliterate(document: SomeDocument) -> Transliteration[SomeDocument]:
    """Replace the characters that the schema refuses, and say where.

    Most texts may hold Latin-1, some Basic Latin alone: the euro sign becomes ``EUR``, dashes and typographic quotes
    their plain forms, letters lose the accents that the alphabet does not have, line ends become blanks. A text may
    get longer than its type admits; the checks say so.

    Args:
        document: with texts as people write them.

    Raises:
        InvalidValueError: the object is no document of the standard.
    """
    schema = schema_of(document)
    copy, replaced = transliterated(document, Place.root(schema, schema.root_of(document)))
    return Transliteration(document=copy, replacements=tuple(replaced))
