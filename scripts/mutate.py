"""Mutation testing of one room: change its code in many places, one at a time, and see which changes no test notices.

Usage: ``python scripts/mutate.py core --sample 100 --seed 20161``; ``--sample 0`` takes every mutant. The room may be
a path such as ``fatturapa/rules``. The mutants are those of cosmic-ray; the sample is the same at every run with the
same seed. They are tested in copies of the project, so the working tree is never touched. Prints each survivor with
its difference; the exit status is 1 when fewer than ``--bar`` (0.9) were killed.
"""

from __future__ import annotations

import argparse
import ast
import itertools
import multiprocessing
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from cosmic_ray.commands.init import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkResult

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("src", "tests", "conftest.py", "pyproject.toml")

Span = tuple[tuple[int, int], tuple[int, int]]


def copy_of_the_project(folder: Path) -> Path:
    """A copy to change; compiled files stay behind, they would hide a change."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def type_spans(path: Path) -> list[Span]:
    """Where types are written: changing one changes nothing at run time, so no test could notice."""
    found: list[ast.expr | None] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.arg | ast.AnnAssign):
            found.append(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            found.append(node.returns)
    return [((at.lineno, at.col_offset), (at.end_lineno or 0, at.end_col_offset or 0)) for at in found if at]


def mutants(room: str) -> list[MutationSpec]:
    """Every mutant of the room, in order; run in the folder of a copy."""
    source = Path("src/gse_billing") / room
    paths = sorted(source.rglob("*.py")) if source.is_dir() else [source.with_suffix(".py")]
    database = WorkDB(":memory:", WorkDB.Mode.create)
    init(paths, database, {})
    types = {path: type_spans(path) for path in paths}
    everything = [mutation for item in database.work_items for mutation in item.mutations]
    return [mutant for mutant in sorted(everything, key=_order) if not _inside(mutant, types[mutant.module_path])]


def _order(mutant: MutationSpec) -> tuple[str, str, int]:
    return str(mutant.module_path), mutant.operator_name, mutant.occurrence


def _inside(mutant: MutationSpec, spans: Sequence[Span]) -> bool:
    return any(start <= mutant.start_pos and mutant.end_pos <= end for start, end in spans)


def test_command(room: str) -> str:
    """The tests of the room, and its docstrings, until the first failure."""
    folders = [f"src/gse_billing/{room}", *(str(path) for path in sorted(Path("tests").glob(f"*/{room}")))]
    options = ["-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    return shlex.join([sys.executable, *options, *(folder for folder in folders if Path(folder).exists())])


def enter(copies: multiprocessing.Queue[str]) -> None:
    """Each worker has a copy of its own; the package is imported from there, not from where it is installed."""
    os.chdir(copies.get())
    os.environ.update(PYTHONPATH="src", PYTHONDONTWRITEBYTECODE="1", HYPOTHESIS_PROFILE="ci")


def judge(work: tuple[MutationSpec, str, float]) -> tuple[MutationSpec, WorkResult]:
    """Make one mutant and run the tests on it."""
    mutant, command, timeout = work
    return mutant, mutate_and_test([mutant], command, timeout)


def baseline(command: str) -> float:
    """How long the tests take on the unchanged room, where they have to pass."""
    start = time.perf_counter()
    done = subprocess.run(shlex.split(command), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"the tests fail without any change:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - start


def survivors(results: Iterator[tuple[MutationSpec, WorkResult]], say: Callable[[str], None]) -> Iterator[MutationSpec]:
    """Those that no test noticed, shown as they come."""
    for mutant, result in results:
        if result.test_outcome is TestOutcome.SURVIVED:
            say(f"survived: {mutant.module_path}:{mutant.start_pos[0]} {mutant.operator_name}\n{result.diff}\n")
            yield mutant


def run(room: str, sample: int, seed: int, workers: int) -> tuple[int, int]:
    """How many mutants were killed, and how many there were."""
    with tempfile.TemporaryDirectory() as folder:
        copies: multiprocessing.Queue[str] = multiprocessing.Queue()
        for number in range(workers + 1):
            copies.put(str(copy_of_the_project(Path(folder, str(number)))))
        enter(copies)
        found = mutants(room)
        chosen = random.Random(seed).sample(found, min(sample or len(found), len(found)))
        command = test_command(room)
        timeout = 10 + 5 * baseline(command)
        print(f"{room}: {len(chosen)} of {len(found)} mutants, seed {seed}, at most {timeout:.0f} s each", flush=True)
        with multiprocessing.Pool(workers, enter, (copies,)) as pool:
            results = pool.imap(judge, zip(chosen, itertools.repeat(command), itertools.repeat(timeout)))
            alive = len(list(survivors(results, lambda text: print(text, flush=True))))
        os.chdir(ROOT)
    return len(chosen) - alive, len(chosen)


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room")
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20161)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--bar", type=float, default=0.9)
    given = parser.parse_args(arguments)
    killed, total = run(given.room, given.sample, given.seed, given.workers)
    print(f"{killed} of {total} killed ({killed / total:.0%}), bar {given.bar:.0%}")
    return 0 if killed >= given.bar * total else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
