"""A local Spark for the long tests: needs Java and the dependency group ``spark``."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from tests.support.source_tree import ROOT


class NoSparkError(Exception):
    """There is no Spark here; the text says what is missing."""


@contextmanager
def local_spark() -> Iterator[Any]:
    """A session with two workers, each a Python that finds this package and the tests.

    Raises:
        NoSparkError: Java or pyspark is missing.
    """
    if shutil.which("java") is None:
        raise NoSparkError("no Java was found: install a Java 17 or 21, or set the path to it")
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise NoSparkError("pyspark is not installed: pip install --group spark") from None
    found = {"PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable, "PYTHONPATH": str(ROOT)}
    with mock.patch.dict(os.environ, found):
        session = (
            SparkSession.builder.master("local[2]")
            .appName("gse_billing tests")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate()
        )
        try:
            yield session
        finally:
            session.stop()
