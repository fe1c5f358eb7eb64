"""Operators: who the contracts belong to. Users who follow them in the portal are another matter (``ACC-3``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from attrs import field, frozen

from gse_billing.core.arguments import require_each
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.identifiers import CodiceFiscale, OfficeCode, PartitaIva, RecipientCode
from gse_billing.parties.contracts import Contract

__all__ = ["Address", "Operator", "OperatorKind"]


_KEY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?", re.ASCII)
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
"""Names that a widespread system keeps for its devices, whatever follows the point."""


class OperatorKind(Enum):
    """What an operator is: it decides the format of the invoices that GSE sends him."""

    PUBLIC_BODY = "public-body"
    COMPANY = "company"
    PERSON = "person"


@frozen(kw_only=True)
class Address:
    """A seat, with the words of FatturaPA block 1.x.2."""

    indirizzo: str
    cap: str
    comune: str
    provincia: str | None = None
    nazione: str = "IT"
    numero_civico: str | None = None

    def __attrs_post_init__(self) -> None:
        require_fields(self)


@guarded
def _nameable(_: object, __: object, key: str) -> None:
    if not _KEY.fullmatch(key) or _DEVICES.fullmatch(key):
        raise InvalidValueError(
            f"{key!r} cannot be the key of an operator",
            value=key,
            why="it names files too: letters, digits and - _ . only, a letter or digit first, no point last, up to 64",
            remedy="write it like comune-di-montefiore",
        )


def _contracts(given: Iterable[Contract]) -> tuple[Contract, ...]:
    return require_each(given, Contract, meant="a contract")


@frozen(kw_only=True)
class Operator:
    """An operator with his contracts.

    Attributes:
        key: the name by which other records refer to him, unique in a portfolio: letters, digits, ``-``, ``_`` and
            ``.``, up to 64, so that it can name a file.
        name: company or body name, or the surname and name of a person.
        kind: public body, company or person.
        codice_fiscale: mandatory (ACC-5).
        partita_iva: optional (ACC-5): a body without commercial activity has none.
        address: the seat.
        tax_regime: the ``RegimeFiscale`` of his own invoices.
        preferred_office: the starred CUU, to which all GSE's invoices go unless a contract says otherwise (CUU-2).
        recipient_code: the seven-character code of a company or person.
        pec: certified e-mail, used where there is no recipient code.
        contracts: his contracts with GSE.
    """

    key: str = field(validator=_nameable)
    name: str
    kind: OperatorKind
    codice_fiscale: CodiceFiscale
    partita_iva: PartitaIva | None = None
    address: Address
    tax_regime: str = "RF01"
    preferred_office: OfficeCode | None = None
    recipient_code: RecipientCode | None = None
    pec: str | None = None
    contracts: tuple[Contract, ...] = field(default=(), converter=_contracts)

    def __attrs_post_init__(self) -> None:
        require_fields(self)
        codes = [contract.code for contract in self.contracts]
        if len(set(codes)) != len(codes):
            raise InvalidValueError(
                f"operator {self.key} has a contract twice", value=tuple(codes), remedy="list each contract once"
            )

    @property
    def is_public_body(self) -> bool:
        """Whether GSE's invoices to him go to an office of the IPA index."""
        return self.kind is OperatorKind.PUBLIC_BODY
