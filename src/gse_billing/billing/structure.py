"""From nested dicts to values: cattrs does the work, ``defects`` says what went wrong in words and with a place."""

# ruff: noqa: ANN401 - cattrs hands types over as plain objects

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, cast, get_args, get_origin
from unicodedata import category

import attrs
from cattrs import ClassValidationError, Converter, IterableValidationError
from cattrs.cols import homogenous_tuple_structure_factory
from cattrs.gen import make_dict_structure_fn, override

from gse_billing.billing.defects import defects
from gse_billing.core.errors import GseBillingError, InvalidInputError
from gse_billing.core.findings import Report
from gse_billing.core.identifiers import (
    CodiceFiscale,
    ContractCode,
    Iban,
    InvoiceNumber,
    OfficeCode,
    PartitaIva,
    RecipientCode,
)
from gse_billing.core.money import decimal_from

__all__ = ["fields_of", "structure"]

_Value = TypeVar("_Value")
_IDENTIFIERS = (CodiceFiscale, ContractCode, Iban, InvoiceNumber, OfficeCode, PartitaIva, RecipientCode)


_UNREADABLE = ("Cc", "Cs")
"""Categories of Unicode that no text of a document holds: controls and half characters."""


class _NotThatError(GseBillingError):
    """A field holds another kind of value than it should."""

    def __init__(self, given: object, meant: str) -> None:
        super().__init__(f"{_shown(given)} is not {meant}", remedy=f"give {meant}")


def fields_of(value: object) -> dict[str, Any]:
    """The inverse of :func:`structure` for one attrs value: nested dicts, amounts and days as text, nothing empty.

    What a class does not count into equality (derivations) is left out.
    """
    fields: dict[str, Any] = {}
    for item in attrs.fields(cast("Any", type(value))):
        plain = _plain(getattr(value, item.name)) if item.eq else None
        if plain not in (None, "", [], {}):
            fields[item.name] = plain
    return fields


def _plain(value: Any) -> Any:
    if attrs.has(type(value)):
        return fields_of(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def structure(fields: object, kind: type[_Value], *, subject: str) -> _Value:
    """A value of an attrs class from nested dicts and lists.

    Args:
        fields: what a TOML or JSON parser gives.
        kind: the attrs class.
        subject: the prefix of the codes of findings, and the name of the thing in the error.

    Raises:
        InvalidInputError: some fields are missing, unknown or not legal; the report names them all.
    """
    try:
        return _converter().structure(fields, kind)
    except (ClassValidationError, IterableValidationError, GseBillingError) as error:
        findings = sorted(defects(error, "", subject), key=lambda found: found.path)
        raise InvalidInputError(Report(findings), subject=f"the {subject}") from None


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for identifier in _IDENTIFIERS:
        converter.register_structure_hook(identifier, lambda given, kind: kind(_text(given)))
    converter.register_structure_hook(str, lambda given, _: _text(given))
    converter.register_structure_hook(int, lambda given, _: _instance(given, int, "a whole number"))
    converter.register_structure_hook(bool, lambda given, _: _instance(given, bool, "true or false"))
    converter.register_structure_hook(Decimal, lambda given, _: decimal_from(given))
    converter.register_structure_hook(dt.date, lambda given, _: _day(given))
    converter.register_structure_hook_func(_has_choices, _chosen)
    converter.register_structure_hook_factory(attrs.has, lambda kind: _record_hook(kind, converter))
    converter.register_structure_hook_factory(_is_list, lambda kind: _list_hook(kind, converter))
    return converter


def _text(given: object) -> str:
    text = _instance(given, str, "a text in quotes")
    if not text.strip() or any(category(character) in _UNREADABLE for character in text):
        raise _NotThatError(given, "a text that can be read, without control characters")
    return text


def _instance(given: object, kind: type[_Value], meant: str) -> _Value:
    if not isinstance(given, kind) or (isinstance(given, bool) and kind is not bool):
        raise _NotThatError(given, meant)
    return given


def _day(given: object) -> dt.date:
    if isinstance(given, dt.date) and not isinstance(given, dt.datetime):
        return given
    try:
        if isinstance(given, str) and len(given) == len("2021-01-31"):
            return dt.date.fromisoformat(given)
    except ValueError:
        pass
    raise _NotThatError(given, "a date in the form 2021-01-31")


def _has_choices(kind: Any) -> bool:
    return get_origin(kind) is Literal or (isinstance(kind, type) and issubclass(kind, Enum))


def _chosen(given: object, kind: Any) -> object:
    members = {choice: choice for choice in get_args(kind)} or {member.value: member for member in kind}
    if not isinstance(given, str) or given not in members:
        raise _NotThatError(given, f"one of {', '.join(members)}")
    return members[given]


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _list_hook(kind: Any, converter: Converter) -> Callable[[object, Any], object]:
    structured = homogenous_tuple_structure_factory(kind, converter)

    def hook(given: object, target: Any) -> object:
        return structured(_instance(given, list, "a list"), target)

    return hook


def _record_hook(kind: Any, converter: Converter) -> Callable[[object, Any], object]:
    scalars: dict[str, Any] = {
        item.name: override(struct_hook=_converted(item.converter))
        for item in attrs.fields(attrs.resolve_types(kind))
        if item.converter is not None and get_origin(item.type) is not tuple
    }
    scalars |= {item.name: override(omit=True) for item in attrs.fields(kind) if not item.eq}
    structured = make_dict_structure_fn(kind, converter, **scalars)

    def hook(given: object, target: Any) -> object:
        return structured(_instance(given, dict, "a table of fields"), target)

    return hook


def _converted(convert: Any) -> Callable[[object, Any], object]:
    return lambda given, _: convert(given)


def _shown(given: object) -> str:
    text = str(given) if isinstance(given, Decimal) else repr(given)
    return text if len(text) <= 60 else f"{text[:57]}..."
