"""What cattrs found wrong with nested dicts, as findings with a place and a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import attrs
from cattrs import ClassValidationError, IterableValidationError
from cattrs.errors import ForbiddenExtraKeysError

from gse_billing.core.errors import GseBillingError
from gse_billing.core.findings import Finding

__all__ = ["defects"]


def defects(error: BaseException, path: str, subject: str) -> Iterator[Finding]:
    """The findings of an error of structuring, with the place of each.

    Args:
        error: what cattrs or a constructor raised.
        path: the place that was being read, ``operators[0].contracts[1]``.
        subject: the prefix of the codes.

    Raises:
        BaseException: the error itself, where it is not about the input.
    """
    if isinstance(error, ClassValidationError):
        yield from _of_record(error, path, subject)
    elif isinstance(error, IterableValidationError):
        for below, item in error.group_exceptions()[0]:
            yield from defects(below, f"{path}[{item.index}]", subject)
    elif isinstance(error, KeyError):
        yield _missing(path, subject)
    elif isinstance(error, GseBillingError):
        yield _not_legal(path, error, subject)
    else:
        raise error


def _of_record(error: ClassValidationError, path: str, subject: str) -> Iterator[Finding]:
    inside, outside = error.group_exceptions()
    for below, note in inside:
        yield from defects(below, _joined(path, note.name), subject)
    fields = tuple(item.name for item in attrs.fields(error.cl))
    for wrong in outside:
        if isinstance(wrong, ForbiddenExtraKeysError):
            yield from (_unknown(_joined(path, name), name, fields, subject) for name in wrong.extra_fields)
        else:
            yield from defects(wrong, path, subject)


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _missing(path: str, subject: str) -> Finding:
    return Finding(
        code=f"{subject}:missing-field",
        path=path,
        message_it="manca un campo obbligatorio",
        message_en="a mandatory field is missing",
        hint=f"add {path.rpartition('.')[2]}",
    )


def _unknown(path: str, name: str, fields: tuple[str, ...], subject: str) -> Finding:
    near = get_close_matches(name, fields, n=1)
    return Finding(
        code=f"{subject}:unknown-field",
        path=path,
        message_it=f"il campo {name} non esiste",
        message_en=f"there is no field {name}",
        hint=f"did you mean {near[0]}?" if near else f"the fields are {', '.join(fields)}",
    )


def _not_legal(path: str, error: GseBillingError, subject: str) -> Finding:
    said = "; ".join(part for part in (error.what, error.why) if part)
    return Finding(
        code=f"{subject}:invalid-value",
        path=path,
        message_it=f"valore non ammesso: {said}",
        message_en=said,
        hint=error.remedy,
    )
