"""What only an installation can show: these run again where the built wheel is installed, not the source."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import gse_billing

from_the_wheel = pytest.mark.skipif(
    "GSE_BILLING_INSTALLED" not in os.environ, reason="make wheel runs this where the wheel is installed"
)


@from_the_wheel
def test_the_package_under_test_is_the_installed_one() -> None:
    assert Path(gse_billing.__file__).is_relative_to(sys.prefix)


@from_the_wheel
def test_the_wheel_holds_its_licence() -> None:
    files = importlib.metadata.files("gse-billing") or []
    assert [file for file in files if file.name == "LICENSE"]


def test_the_type_checkers_are_told_that_the_package_is_typed() -> None:
    assert Path(gse_billing.__file__).with_name("py.typed").exists()


def test_the_version_is_that_of_the_metadata() -> None:
    assert gse_billing.__version__ == importlib.metadata.version("gse-billing")


def test_only_permissive_dependencies_are_required_at_run_time() -> None:
    """A new one has to be weighed: it is read by everybody who installs the package."""
    required = importlib.metadata.requires("gse-billing") or []
    names = {re.split(r"[^A-Za-z0-9-]", line)[0] for line in required if "extra ==" not in line}
    assert names == {"asn1crypto", "attrs", "cattrs", "lxml", "python-stdnum", "schwifty", "xmlschema"}


def test_the_command_is_installed() -> None:
    command = Path(sys.executable).with_name("gse-billing")
    done = subprocess.run([command, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "settle" in done.stdout
