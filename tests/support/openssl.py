"""The command ``openssl`` as a second opinion: it signs and verifies what the package reads and writes."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.support.authority import NOON, Issued, issued, root

__all__ = ["signed", "verified"]


def _run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    if shutil.which("openssl") is None:
        if os.environ.get("CI"):
            raise FileNotFoundError("openssl is not installed")
        pytest.skip("openssl is not installed")
    return subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=False)


def signed(
    document: bytes,
    *options: str,
    command: str = "cms",
    form: str = "DER",
    by: Issued | None = None,
    detached: bool = False,
) -> bytes:
    """What ``openssl cms -sign`` makes of a document.

    Args:
        document: what is signed.
        options: further options of the command.
        command: ``cms`` or the older ``smime`` (PKCS #7).
        form: ``DER`` or ``PEM``.
        by: who signs.
        detached: whether the document stays outside.
    """
    who = by or issued()
    with tempfile.TemporaryDirectory() as path:
        folder = Path(path)
        (folder / "document").write_bytes(document)
        (folder / "signer").write_bytes(who.certificate + who.key)
        place = () if detached else ("-nodetach",)
        always = ("-sign", "-binary", "-in", "document", "-signer", "signer", "-outform", form, "-out", "signed")
        done = _run(command, *always, *place, *options, folder=folder)
        assert done.returncode == 0, done.stderr.decode()
        return (folder / "signed").read_bytes()


def verified(data: bytes) -> bytes | None:
    """The content of a signed file, as ``openssl cms -verify`` with CAdES checks gives it; ``None`` if it refuses."""
    with tempfile.TemporaryDirectory() as path:
        folder = Path(path)
        (folder / "signed").write_bytes(data)
        (folder / "root").write_bytes(root())
        moment = ("-attime", str(int(NOON.timestamp())))
        given = (
            "-verify",
            "-binary",
            "-cades",
            "-inform",
            "DER",
            "-in",
            "signed",
            "-CAfile",
            "root",
            "-out",
            "content",
        )
        done = _run("cms", *given, "-purpose", "any", *moment, folder=folder)
        return (folder / "content").read_bytes() if done.returncode == 0 else None
