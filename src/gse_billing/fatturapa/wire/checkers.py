"""Compiled checkers: whether a record built in Python is in order, by one function per class.

They only say yes, and remember it on the record, or no; what is wrong is said by the walk of ``checking``. The source
is made from the declaration alone and compiled when a class is first checked::

    def check(r):
        if r._mark: return True
        mark = PLAIN if r._spelled is None else CHECKED
        v = r.id_paese
        if v.__class__ is not str: return False
        if v not in memo0 and not memo0.knows(v) and flaw0(v) is not None: return False
        ...
        set_mark(r, mark)
        return True
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from gse_billing.fatturapa.wire.compiling import function_of
from gse_billing.fatturapa.wire.foreign import opaque_flaw
from gse_billing.fatturapa.wire.moments import DateText
from gse_billing.fatturapa.wire.numbers import DecimalText, IntegerText
from gse_billing.fatturapa.wire.patterns import compiled
from gse_billing.fatturapa.wire.plain import Matched, Memo, free_text, plain_expression
from gse_billing.fatturapa.wire.records import CHECKED, PLAIN
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, Opaque, OpaqueField, Shape, shape_of
from gse_billing.fatturapa.wire.simple import SimpleType
from gse_billing.fatturapa.wire.texts import Base64Text, Enumeration, Text

__all__ = ["is_sound"]

_Checker = Callable[[Any], bool]
_Lines = Iterator[str]
_Field = AttributeField | ElementField | OpaqueField
_COMPILED: dict[type, _Checker] = {}


def is_sound(record: Any) -> bool:  # noqa: ANN401 - a record of any class
    """Whether a record and all below it are in order; a no may still be only something that is not plain."""
    return bool(record._mark) or _checker_of(type(record))(record)


def _checker_of(cls: type[Any]) -> _Checker:
    if cls not in _COMPILED:
        _COMPILED[cls] = _compiled(cls, shape_of(cls))
    return _COMPILED[cls]


def _compiled(cls: type[Any], shape: Shape) -> _Checker:
    space: dict[str, Any] = {"PLAIN": PLAIN, "CHECKED": CHECKED, "EMPTY": (), "set_mark": cls._mark.__set__}
    space.update(_tools(shape))
    check: _Checker = function_of("\n".join(_function(shape)), "check", space, about=f"checker of {cls.__name__}")
    return check


def _fields(shape: Shape) -> tuple[_Field, ...]:
    return (*shape.attributes, *shape.elements)


def _tools(shape: Shape, prefix: str = "") -> dict[str, Any]:
    """What the function needs, by names that end with the place of the field."""
    tools: dict[str, Any] = {}
    for index, field in enumerate(_fields(shape)):
        tools.update(_field_tools(field, f"{prefix}{index}"))
    return tools


def _field_tools(field: _Field, index: str) -> dict[str, Any]:
    if isinstance(field, OpaqueField):
        return {f"Class{index}": Opaque, f"flaw{index}": partial(opaque_flaw, foreign=field.foreign)}
    if isinstance(field, ElementField) and field.record is not None:
        below = shape_of(field.record)
        inside = {f"check{index}": _checker_of(field.record)} if below.is_marked else _tools(below, f"{index}_")
        return {f"Class{index}": field.record, **inside}
    kind: SimpleType[Any] = field.kind  # type: ignore[assignment]
    tools = {
        f"Class{index}": kind.python,
        f"flaw{index}": kind.flaw,
        **_plain(kind, index),
    }
    if isinstance(kind, DecimalText):
        tools[f"pad{index}"] = kind.padded
    if isinstance(field, AttributeField):
        tools[f"fixed{index}"] = kind.parse(field.fixed or "")
    if isinstance(kind, DateText) and kind.min_inclusive is not None:
        tools[f"first{index}"] = dt.date.fromisoformat(kind.min_inclusive)
    return tools


def _plain(kind: SimpleType[Any], index: str) -> dict[str, Any]:
    """What tells plain texts: names and addresses come again, figures seldom."""
    expression = plain_expression(kind)
    if expression is None:
        return {f"memo{index}": Memo(kind)}
    if isinstance(kind, DecimalText):  # what ``str`` makes of a decimal needs no further look at its zeros
        expression = compiled(kind.pattern)
    if isinstance(kind, Text) and not free_text(kind):
        return {f"memo{index}": Matched(expression)}
    return {f"match{index}": expression.fullmatch}


def _function(shape: Shape) -> _Lines:
    yield "def check(r):"
    yield "    if r._mark: return True"
    yield from ["    mark = PLAIN if r._spelled is None else CHECKED"] if shape.is_marked else []
    yield from (f"    {line}" for line in _record(shape, "r", ""))
    yield from ["    set_mark(r, mark)"] if shape.is_marked else []
    yield "    return True"


def _record(shape: Shape, record: str, prefix: str) -> _Lines:
    """Statements that check the fields of a record; small ones inside of it need no function of their own."""
    for index, field in enumerate(_fields(shape)):
        yield f"v{prefix}{index} = {record}.{field.name}"
        yield from _field(field, f"{prefix}{index}")
    if shape.branches:
        yield f"if not ({_one_branch(shape, prefix)}): return False"


def _one_branch(shape: Shape, prefix: str) -> str:
    """The condition that all of one branch is given and nothing of the others."""
    names = [(f"{prefix}{index}", field) for index, field in enumerate(_fields(shape))]
    given = [
        (index, field.name) for index, field in names if isinstance(field, ElementField) and field.branch is not None
    ]
    return " or ".join(
        " and ".join(f"v{index} is {'not ' if name in branch else ''}None" for index, name in given)
        for branch in shape.branches
    )


def _field(field: _Field, index: str) -> _Lines:
    if isinstance(field, ElementField) and field.many:
        yield from [] if field.minimum else [f"if v{index} is not EMPTY:"]
        yield from (line if field.minimum else f"    {line}" for line in _many(field, index))
    elif _is_required(field):
        yield from _item(field, index, f"v{index}")
    else:
        yield f"if v{index} is not None:"
        yield from (f"    {line}" for line in _item(field, index, f"v{index}"))


def _many(field: ElementField, index: str) -> _Lines:
    yield f"if v{index}.__class__ is not tuple: return False"
    if field.minimum or field.maximum is not None:
        yield f"if not {field.minimum} <= len(v{index}){_at_most(field)}: return False"
    yield f"for w{index} in v{index}:"
    yield from (f"    {line}" for line in _item(field, index, f"w{index}"))


def _at_most(field: ElementField) -> str:
    return "" if field.maximum is None else f" <= {field.maximum}"


def _is_required(field: _Field) -> bool:
    if isinstance(field, ElementField):
        return field.minimum > 0 and field.branch is None
    return field.required


def _item(field: _Field, index: str, value: str) -> _Lines:
    """Statements that return when a value is not in order."""
    yield f"if {value}.__class__ is not Class{index}: return False"
    if isinstance(field, OpaqueField):
        yield f"if flaw{index}({value}) is not None: return False"
    elif isinstance(field, ElementField) and field.record is not None:
        below = shape_of(field.record)
        call = [f"if not check{index}({value}): return False"]
        yield from call if below.is_marked else _record(below, value, f"{index}_")
    else:
        yield from _leaf(field.kind, index, value)  # type: ignore[arg-type]
    if isinstance(field, AttributeField) and field.fixed is not None:
        yield f"if {value} != fixed{index}: return False"


def _leaf(kind: SimpleType[Any], index: str, value: str) -> _Lines:
    if isinstance(kind, DecimalText):
        yield f"text = f'{{{value}!s}}'"  # faster than a call of str
        yield f"if {f'not match{index}(text)' if plain_expression(kind) else f'text not in memo{index}'}:"
        yield f"    padded = pad{index}({value})"
        yield f"    if {_is_not_plain(kind, index, 'padded')} and flaw{index}({value}) is not None: return False"
        yield "    if text != padded: mark = CHECKED"
    elif isinstance(kind, Text):
        yield f"if {_is_not_plain(kind, index, value)} and flaw{index}({value}) is not None: return False"
    else:
        yield from _bounds(kind, index, value)


def _bounds(kind: SimpleType[Any], index: str, value: str) -> _Lines:
    """Statements for the types whose values are not told by their text."""
    if isinstance(kind, IntegerText) and dict(kind.facets()).keys() == {"minInclusive", "maxInclusive"}:
        yield f"if not {kind.min_inclusive} <= {value} <= {kind.max_inclusive}: return False"
    elif isinstance(kind, DateText) and kind.min_inclusive is not None:
        yield f"if {value} < first{index}: return False"
    elif not _is_any(kind):
        yield f"if flaw{index}({value}) is not None: return False"


def _is_not_plain(kind: SimpleType[Any], index: str, text: str) -> str:
    if letters := free_text(kind):
        figures = f"{letters.shortest} <= len({text}) <= {letters.longest}"
        return f"not ({text}.isascii() and {text}.isprintable() and {figures}) and not match{index}({text})"
    if plain_expression(kind) and not isinstance(kind, Text):
        return f"not match{index}({text})"
    return f"{text} not in memo{index} and not memo{index}.knows({text})"


def _is_any(kind: SimpleType[Any]) -> bool:
    """Whether every value of the Python class is in order."""
    if isinstance(kind, Enumeration):
        return not kind.members
    return isinstance(kind, Base64Text | DateText)
