"""Reading a portfolio from a TOML or JSON file: exact figures, and every defect named with its place and remedy."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from gse_billing.billing.portfolio.links import broken_links
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.core.errors import InvalidInputError, LimitExceededError, StorageError
from gse_billing.core.findings import Finding, Report

__all__ = ["load_portfolio", "portfolio_from"]

MAXIMUM_BYTES = 64 * 1024 * 1024
"""More than this is not a portfolio written by a person; entries by the million come as columns."""


def load_portfolio(path: Path | str) -> Portfolio:
    """The portfolio of a file.

    Args:
        path: a ``.toml`` or ``.json`` file in UTF-8.

    Raises:
        InvalidInputError: the file has defects; its report names each with place and remedy.
        LimitExceededError: the file is larger than 64 MiB.
        StorageError: the file cannot be read.
    """
    source = Path(path)
    return portfolio_from(_parsed(source, _bytes_of(source)))


def portfolio_from(fields: object) -> Portfolio:
    """The portfolio of nested dicts and lists, as ``tomllib`` and ``json`` give them.

    Raises:
        InvalidInputError: the fields have defects; the report names each with place and remedy.
    """
    from gse_billing.billing.structure import structure  # noqa: PLC0415  loads cattrs

    portfolio = structure(fields, Portfolio, subject="portfolio")
    findings = tuple(broken_links(portfolio))
    if findings:
        raise InvalidInputError(Report(findings), subject="the portfolio")
    return portfolio


def _bytes_of(source: Path) -> bytes:
    try:
        size = source.stat().st_size
        if size > MAXIMUM_BYTES:
            raise LimitExceededError(f"{source} has {size} bytes", limit=MAXIMUM_BYTES, found=size)
        return source.read_bytes()
    except OSError as error:
        raise StorageError(f"{source} cannot be read", path=str(source), why=error.strerror or str(error)) from None


def _parsed(source: Path, data: bytes) -> object:
    parse = _parsers().get(source.suffix.lower())
    if parse is None:
        raise _malformed(source, f"{source.suffix or 'no'} is not a known ending", "name it .toml or .json")
    try:
        return parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _malformed(source, f"byte {error.start} is not UTF-8", "save the file as UTF-8") from None
    except RecursionError:
        raise _malformed(source, "it is nested too deeply", "a portfolio has four levels at most") from None
    except (ValueError, InvalidOperation) as error:
        raise _malformed(source, str(error), "mend the syntax at the place named") from None


@cache
def _parsers() -> dict[str, Callable[[str], object]]:
    return {
        ".toml": lambda text: tomllib.loads(text, parse_float=Decimal),
        ".json": lambda text: json.loads(
            text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_unique_keys
        ),
    }


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a figure")


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:
            raise ValueError(f"a key stands twice: {name}")
        fields[name] = value
    return fields


def _malformed(source: Path, why: str, hint: str) -> InvalidInputError:
    finding = Finding(
        code="portfolio:malformed",
        path=str(source),
        message_it=f"il file non si legge: {why}",
        message_en=f"the file cannot be read: {why}",
        hint=hint,
    )
    return InvalidInputError(Report((finding,)), subject="the portfolio")
