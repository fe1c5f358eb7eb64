"""Signed files, archives and messages made to hurt a reader; run as a program it reads all, tells time and memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import partial

from gse_billing import fatturapa
from gse_billing.fatturapa.envelope import pack, unpack, unwrap
from gse_billing.fatturapa.flow import read_attestation
from tests.support.authority import NOON, root
from tests.support.hostility import Family, tell
from tests.unit.fatturapa.envelope.shapes import SHAPES, der
from tests.unit.fatturapa.envelope.test_opening import HOSTILE as SIGNED
from tests.unit.fatturapa.notifications.test_hostile import HOSTILE as MESSAGES

MANY = 50_000


def _archive(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as writer:
        for name, data in files.items():
            writer.writestr(name, data)
    return target.getvalue()


def _packed(count: int) -> bytes:
    target = io.BytesIO()
    signed = der()
    pack(((f"{number}.xml.p7m", signed[: number % len(signed)]) for number in range(count)), target)
    return target.getvalue()


def _half(make: Callable[[], bytes]) -> bytes:
    data = make()
    return data[: len(data) // 2]


def _read_archive(data: bytes) -> None:
    for member in unpack(data):
        if member.data is not None:
            fatturapa.inspect(member.data)


def _read_signed(data: bytes) -> None:
    opened = unwrap(data)
    fatturapa.verify(opened, at=NOON, roots=[root()])
    fatturapa.inspect(data)


def _read_message(data: bytes) -> None:
    fatturapa.read_notification(data)


ARCHIVES: Mapping[str, Callable[[], bytes]] = {
    "a bomb": lambda: _archive({"a.xml": bytes(400_000_000)}),
    "a hundred bombs": lambda: _archive({f"{number}.xml": bytes(12_000_000) for number in range(100)}),
    "a bomb in a bomb": lambda: _archive({"a.zip": _archive({"b.zip": _archive({"c.xml": bytes(200_000_000)})})}),
    "a thousand broken signed files": lambda: _packed(1_000),
    "many empty files": lambda: _archive({f"{number}.xml": b"" for number in range(MANY)}),
    "names without end": lambda: _archive({f"{number}" * 3_000: b"" for number in range(10, 1_000)}),
    "headers without end": lambda: b"PK\x03\x04" * 4_000_000,
    "an archive that is one long comment": lambda: _archive({"a.xml": b"<a/>"}) + bytes(60_000_000),
}

FAMILIES: Mapping[str, Family] = {
    **{f"p7m: {name}": (partial(bytes, data), _read_signed) for name, data in SIGNED.items()},
    **{f"p7m in half: {name}": (partial(_half, make), _read_signed) for name, make in SHAPES.items()},
    **{f"zip: {name}": (make, _read_archive) for name, make in ARCHIVES.items()},
    **{f"AT: {name}": (make, read_attestation) for name, make in ARCHIVES.items()},
    **{f"message: {name}": (text.encode, _read_message) for name, text in MESSAGES.items()},
}  # fmt: skip


if __name__ == "__main__":
    tell(FAMILIES)
