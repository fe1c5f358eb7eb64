"""``gse-billing convert``: a document from XML to JSON and back."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import typer

from gse_billing import fatturapa
from gse_billing.cli.texts import shown
from gse_billing.cli.walking import STANDARD_INPUT, content_of_file
from gse_billing.core.errors import InvalidValueError, LimitExceededError, StorageError
from gse_billing.fatturapa.wire.limits import LARGEST

__all__ = ["convert_file"]

Names = Literal["official", "python"]

_MOST = 2 * LARGEST
"""Bytes of a file: JSON takes somewhat more than the XML that it stands for, which is at most ``LARGEST``."""

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BLANKS = b" \t\r\n\0"


def convert_file(source: str, *, to: str, names: Names = "official", out: str | None = None, force: bool) -> None:
    """Write a document in the other form; what is not a legal document writes nothing.

    Args:
        source: XML, signed (p7m), in base 64, or JSON: the bytes tell; ``-`` for standard input.
        to: ``xml`` or ``json``.
        names: the style of the keys of JSON, read or written.
        out: the file to write, ``None`` or ``-`` for standard output.
        force: write over a file that is there.

    Raises:
        InvalidDocumentError: the source holds no legal document; ``report`` has every finding.
        InvalidValueError: it is not JSON, though it begins so.
        LimitExceededError: it is too large.
        StorageError: it cannot be read, or the result cannot be written.
    """
    document = _document(_content(source), names)
    if to == "xml":
        data = fatturapa.write(document)
    else:
        text = json.dumps(fatturapa.to_dict(document, names=names), ensure_ascii=False, indent=2)
        data = f"{text}\n".encode()
    if out in (None, STANDARD_INPUT):
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        _save(Path(str(out)), data, force=force)


def _content(source: str) -> bytes:
    try:
        data = sys.stdin.buffer.read(_MOST + 1) if source == STANDARD_INPUT else content_of_file(source, limit=_MOST)
    except (OSError, ValueError) as error:  # a path with a null character is a ValueError
        raise _storage(source, "read", error) from None
    if len(data) > _MOST:
        raise LimitExceededError(f"{source} is too large for a document", limit=_MOST)
    return data


def _document(data: bytes, names: Names) -> fatturapa.Document:
    if _is_json(data):
        return fatturapa.from_dict(_loaded(data), names=names)
    inspection = fatturapa.inspect(data)
    if inspection.document is None:
        return fatturapa.read(data)  # raises with everything that is wrong
    for finding in inspection.report:
        typer.echo(f"{finding.severity.value}: {shown(str(finding))}", err=True)
    if inspection.envelope.signed:
        typer.echo("note: the signature stays behind: it is around the file, not in the document", err=True)
    return inspection.document


def _is_json(data: bytes) -> bool:
    for mark in _MARKS:
        data = data.removeprefix(mark)
    return data.lstrip(_BLANKS).startswith((b"{", b"["))


def _loaded(data: bytes) -> object:
    try:
        return json.loads(data, object_pairs_hook=_distinct)
    except (ValueError, RecursionError) as error:
        raise InvalidValueError(
            "the file begins like JSON and is none", value="", why=str(error), remedy="mend it, or give XML"
        ) from None


def _distinct(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are each there once: JSON lets the last one win, and nobody would see the others."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        ((key, times),) = Counter(key for key, _ in pairs).most_common(1)
        raise ValueError(f"the key {key!r} stands {times} times in one object")
    return fields


def _save(path: Path, data: bytes, *, force: bool) -> None:
    """Write a file whole or not at all; a folder, a device or a pipe is never replaced by one."""
    try:
        part = _beside(path) if force else path
        stream = part.open("wb" if force else "xb")
    except FileExistsError:
        raise StorageError(
            f"{path} is there already", path=str(path), why="nothing was written", remedy="--force writes over it"
        ) from None
    except (OSError, ValueError) as error:
        raise _storage(str(path), "written", error) from None
    try:
        with stream:
            stream.write(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _storage(str(path), "written", error) from None


def _beside(path: Path) -> Path:
    """The file that will take the place of another."""
    if path.exists() and not path.is_file():
        raise OSError("it is no regular file")
    return path.with_name(f"{path.name}.part")


def _storage(path: str, what: str, error: Exception) -> StorageError:
    why = getattr(error, "strerror", None) or str(error)
    return StorageError(f"{path} cannot be {what}", path=path, why=why, remedy="check the path and its permissions")
