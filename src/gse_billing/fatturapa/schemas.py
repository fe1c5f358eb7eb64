"""The doors ``fatturapa.xsd``, ``fatturapa.schema`` and ``fatturapa.json_schema``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA
from gse_billing.fatturapa.wire.emission import emitted
from gse_billing.fatturapa.wire.json_schema import emitted_json
from gse_billing.fatturapa.wire.judging import judge_of
from gse_billing.fatturapa.wire.naming import Names, require_style
from gse_billing.fatturapa.wire.schema import Schema

if TYPE_CHECKING:
    from gse_billing.fatturapa.wire.judging import XMLSchema

__all__ = ["Kind", "json_schema", "schema", "xsd"]

Kind = Literal["ordinaria", "semplificata"]
"""The ordinary invoice (FPA12, FPR12) or the simplified one (FSM10)."""

_SCHEMAS = {"ordinaria": ORDINARIA, "semplificata": SEMPLIFICATA}


def xsd(kind: Kind = "ordinaria") -> bytes:
    """The schema of a format as XML Schema, made from the declarations of this package.

    It says the same as the official file, component by component, in its own layout and without its comments. The
    schema of signatures is imported by the address that the official file names; offline it has to be supplied.

    Args:
        kind: ``ordinaria`` (1.2.3) or ``semplificata`` (1.0.2).

    Raises:
        InvalidValueError: there is no such format.
    """
    return emitted(_declared(kind))


def json_schema(kind: Kind = "ordinaria", *, names: Names = "official") -> dict[str, Any]:
    """The schema of a format as JSON Schema (draft 2020-12), made from the same declarations.

    It takes what :func:`gse_billing.fatturapa.from_dict` takes. Two things are beyond it: whether the text of a
    signature is one, and ``1.0``, which JSON Schema counts among the integers.

    Args:
        kind: ``ordinaria`` (1.2.3) or ``semplificata`` (1.0.2).
        names: the style of the keys.

    Raises:
        InvalidValueError: there is no such format, or no such style.
    """
    return emitted_json(_declared(kind), require_style(names))


def schema(kind: Kind = "ordinaria") -> XMLSchema:
    """The schema of a format as an object of the library xmlschema, for those who want its decoding or its errors.

    It is built once and shared; nothing is fetched.

    Args:
        kind: ``ordinaria`` (1.2.3) or ``semplificata`` (1.0.2).

    Raises:
        InvalidValueError: there is no such format.
    """
    return _judge(_declared(kind))


@cache
def _judge(declared: Schema) -> XMLSchema:
    return judge_of(declared)


def _declared(kind: object) -> Schema:
    if not isinstance(kind, str) or kind not in _SCHEMAS:
        raise InvalidValueError(f"{kind!r} is no format", value=kind, remedy=f"give one of {', '.join(_SCHEMAS)}")
    return _SCHEMAS[kind]
