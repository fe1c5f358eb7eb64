"""Transfers as the file that a bank takes: pain.001.001.09, made by sepaxml (extra ``sepa``).

The identification of the message and the moment of its creation are arguments, and the transfers are put in order, so
that the same transfers give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from gse_billing.core.arguments import require
from gse_billing.core.errors import InvalidValueError, LimitExceededError, MissingExtraError
from gse_billing.core.explain import figure
from gse_billing.core.html import table
from gse_billing.core.identifiers import Iban
from gse_billing.core.money import ZERO, cents, exact
from gse_billing.core.showing import shown
from gse_billing.payments.export import in_order
from gse_billing.payments.sepa import NAME_LIMIT, REFERENCE_LIMIT, foreign_characters
from gse_billing.payments.transfers import Transfer

__all__ = ["CreditTransferFile", "pain001", "pain001_files"]

_SCHEMA = "pain.001.001.09"
_TAG = f"{{urn:iso:std:iso:20022:tech:xsd:{_SCHEMA}}}"
_BIC = re.compile("[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", re.ASCII)
_NO_BIC = "NOTPROVIDED"

# A block is identified by the message and its number, and there are fewer than ten million days.
_MESSAGE_LIMIT = REFERENCE_LIMIT - len("-9999999")


@frozen(kw_only=True)
class CreditTransferFile:
    """A pain.001.001.09 message.

    Attributes:
        message_id: its identification.
        data: the file, UTF-8.
        count: how many transfers it orders.
        total: their sum in EUR.
        renamed: each name that was changed on the way, with what was written for it.
    """

    message_id: str
    data: bytes = field(repr=False)
    count: int
    total: Decimal
    renamed: tuple[tuple[str, str], ...] = ()

    def _repr_html_(self) -> str:
        rows = [("transfers", figure(self.count)), ("total", figure(self.total, "EUR")), *self.renamed]
        return table(("what", "written"), rows, caption=f"message {self.message_id}")


def _unchanged(name: str) -> str:
    return name


def pain001(
    transfers: Iterable[Transfer],
    *,
    message_id: str,
    created: dt.datetime,
    debtor_iban: Iban | str,
    debtor_bic: str | None = None,
    names: Callable[[str], str] = _unchanged,
) -> CreditTransferFile:
    """The file that orders some transfers of one debtor, one block for each value date.

    The requested day of execution is the value date. Charges are shared as SEPA has it, so the creditor receives the
    full amount. No postal address is written.

    Args:
        transfers: at least one, in any order; all of one debtor.
        message_id: how the bank names the file, at most 27 characters; each block adds its number to it.
        created: when the file is made, with a time zone.
        debtor_iban: the account that pays.
        debtor_bic: the bank of that account, where it asks for it.
        names: what may be done to a name that is too long or has foreign characters; :func:`sepa_name` for instance.
            Left out, such a name is refused.

    Raises:
        InvalidIdentifierError: the account is not an IBAN.
        InvalidValueError: no transfer, two debtors, two transfers of one identification, an account outside SEPA, or
            a name or identification that the file cannot carry.
        LimitExceededError: an identification that is too long.
        MissingExtraError: sepaxml is not installed.
    """
    ordered = in_order(transfers)
    account = Iban(debtor_iban)
    _require_function(names)
    _require_order(ordered, account)
    _require_reference(message_id, "a message", limit=_MESSAGE_LIMIT)
    _require_moment(created)
    written = {name: _written(name, names) for name in _names(ordered)}
    config = {"name": written[ordered[0].debtor_name], "IBAN": str(account), "batch": True, "currency": "EUR"}
    data = _export(config | _bank(debtor_bic), [_payment(transfer, written) for transfer in ordered])
    with exact():
        total = sum((transfer.amount for transfer in ordered), ZERO)
    return CreditTransferFile(
        message_id=message_id,
        data=_stamped(data, message_id, created, known_bank=debtor_bic is not None),
        count=len(ordered),
        total=total,
        renamed=tuple((name, new) for name, new in written.items() if name != new),
    )


def pain001_files(
    transfers: Iterable[Transfer],
    *,
    message_id: str,
    created: dt.datetime,
    debtor_iban: Iban | str,
    names: Callable[[str], str] = _unchanged,
    size: int = 10_000,
) -> Iterator[CreditTransferFile]:
    """As many files as it takes to order some transfers, by value date: no bank takes a million in one.

    Args:
        transfers: any number, in any order; none gives no file.
        message_id: the beginning of how the bank names the files; each adds its number to it.
        created: as for :func:`pain001`, as are the arguments that follow.
        debtor_iban: the account that pays.
        names: what may be done to a name that the files cannot carry.
        size: the most transfers in one file.

    Raises:
        InvalidValueError: a file for less than one transfer, or as :func:`pain001`.
    """
    if require(size, int, meant="a number of transfers") < 1:
        raise InvalidValueError("a file orders at least one transfer", value=size, remedy="give a size of 1 or more")
    ordered = in_order(transfers)
    account = Iban(debtor_iban)
    require(message_id, str, meant="the beginning of an identification")
    for number, first in enumerate(range(0, len(ordered), size), start=1):
        yield pain001(
            ordered[first : first + size],
            message_id=f"{message_id}-{number}",
            created=created,
            debtor_iban=account,
            names=names,
        )


def _require_order(transfers: list[Transfer], account: Iban) -> None:
    if not transfers:
        raise InvalidValueError("a file orders at least one transfer", value=(), remedy="make no file for none")
    debtors = sorted({transfer.debtor_name for transfer in transfers})
    if len(debtors) > 1:
        raise InvalidValueError(
            f"{len(debtors)} debtors cannot share one account: {', '.join(debtors)}",
            value=tuple(debtors),
            remedy="make a file for each",
        )
    by_country = {iban.country: iban for iban in (account, *(transfer.creditor_iban for transfer in transfers))}
    outside = [iban for iban in by_country.values() if not iban.is_sepa]
    if outside:
        raise InvalidValueError(f"{outside[0]} is outside SEPA", value=tuple(outside), remedy="pay it in another way")
    for transfer in transfers:
        _require_reference(transfer.end_to_end_id, "a transfer", limit=REFERENCE_LIMIT)


def _require_reference(text: str, meant: str, *, limit: int) -> None:
    if len(require(text, str, meant=f"the identification of {meant}")) > limit:
        raise LimitExceededError(f"{text!r} is too long to identify {meant}", limit=limit, found=len(text))
    slashes = text.startswith("/") or text.endswith("/") or "//" in text
    if not text.strip() or slashes or foreign_characters(text):
        raise InvalidValueError(
            f"{text!r} cannot identify {meant}",
            value=text,
            why="it is of the SEPA characters, does not begin or end with a slash and has no two slashes in a row",
            remedy="use letters, digits and hyphens",
        )


def _require_moment(created: object) -> None:
    if not isinstance(created, dt.datetime) or created.tzinfo is None:
        raise InvalidValueError(
            f"{shown(created)} is not a moment with a time zone", value=created, remedy="give a datetime with tzinfo"
        )


def _require_function(names: object) -> None:
    if not callable(names):
        raise InvalidValueError(
            f"{shown(names)} cannot write names", value=names, remedy="give a function of a name, such as sepa_name"
        )


def _names(transfers: list[Transfer]) -> Iterable[str]:
    return dict.fromkeys((transfers[0].debtor_name, *(transfer.creditor_name for transfer in transfers)))


def _written(name: str, names: Callable[[str], str]) -> str:
    written = require(names(name), str, meant="a name that was written anew")
    foreign = foreign_characters(written)
    if foreign or len(written) > NAME_LIMIT:
        raise InvalidValueError(
            f"the name {written!r} cannot stand in a SEPA transfer",
            value=written,
            why=f"it has {foreign}" if foreign else f"it has {len(written)} characters, {NAME_LIMIT} are carried",
            remedy="pass names=sepa_name to have names written in plain letters, or give a shorter one",
        )
    return written


def _bank(bic: str | None) -> dict[str, str]:
    if bic is None:
        return {}
    if not _BIC.fullmatch(require(bic, str, meant="a BIC")):
        raise InvalidValueError(f"{bic!r} is not a BIC", value=bic, remedy="it looks like BCITITMM or BCITITMMXXX")
    return {"BIC": bic}


def _payment(transfer: Transfer, written: dict[str, str]) -> dict[str, object]:
    return {
        "name": written[transfer.creditor_name],
        "IBAN": str(transfer.creditor_iban),
        "amount": cents(transfer.amount),
        "execution_date": transfer.value_date,
        "description": transfer.remittance,
        "endtoend_id": transfer.end_to_end_id,
    }


def _export(config: dict[str, Any], payments: list[dict[str, object]]) -> bytes:
    try:
        from sepaxml import SepaTransfer  # noqa: PLC0415  an optional dependency
    except ImportError as error:
        raise MissingExtraError("sepa", needed_for="writing pain.001") from error
    message = SepaTransfer(config, schema=_SCHEMA, clean=False)
    for payment in payments:
        message.add_payment(payment)
    # What can be wrong was refused above; the tests hold the file against the schema.
    data: bytes = message.export(validate=False)
    return data


def _stamped(data: bytes, message_id: str, created: dt.datetime, *, known_bank: bool) -> bytes:
    """The file with our identifications and moment: the library draws its own and reads the clock."""
    from lxml import etree  # noqa: PLC0415  loaded only where XML is made

    root = etree.fromstring(data)
    for tag, text in (("MsgId", message_id), ("CreDtTm", created.isoformat(timespec="seconds"))):
        for element in root.iter(_TAG + tag):
            element.text = text
    for number, element in enumerate(root.iter(f"{_TAG}PmtInfId"), start=1):
        element.text = f"{message_id}-{number}"
    if not known_bank:
        for agent in root.iter(f"{_TAG}DbtrAgt"):
            other = etree.SubElement(agent[0], f"{_TAG}Othr")
            etree.SubElement(other, f"{_TAG}Id").text = _NO_BIC
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
