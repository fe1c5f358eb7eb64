"""The command as a process among others: terminals, pipes, signals, workers that die."""

from __future__ import annotations

import errno
import io
import multiprocessing
import os
import pty
import runpy
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from gse_billing.cli import main, pool
from gse_billing.cli.checking import check_files
from gse_billing.cli.judging import CheckOptions
from gse_billing.cli.pool import in_order, serve
from gse_billing.cli.progress import Progress
from gse_billing.core.errors import GseBillingError
from tests.unit.cli.files import bad, command, good
from tests.unit.cli.tasks import double, linger, perish

SECONDS = 30


def eventually(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def children_of(process: int) -> set[int]:
    """The processes that it started, and those that they started."""
    found: set[int] = set()
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError, IndexError):
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == process:
                found |= {int(entry.name)} | children_of(int(entry.name))
    return found


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def workers_of(process: int) -> set[int]:
    """Its workers; the process that tidies up after them is none."""

    def works(child: int) -> bool:
        with suppress(OSError):
            return b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
        return False

    return {child for child in children_of(process) if works(child)}


@pytest.fixture
def endless(tmp_path: Path) -> Iterator[Path]:
    """A pipe that gives the beginning of a document and never an end."""
    path = tmp_path / "endless"
    os.mkfifo(path)
    handle = os.open(path, os.O_RDWR)
    os.write(handle, good()[:100])
    yield path
    os.close(handle)


def folder(path: Path, files: int) -> Path:
    path.mkdir()
    for number in range(files):
        (path / f"{number:04}.xml").write_bytes(good())
    return path


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    assert list(in_order(double, range(40), jobs=jobs)) == [2 * number for number in range(40)]
    assert list(in_order(double, [], jobs=jobs)) == []


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = []

    def tasks() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = in_order(double, tasks(), jobs=2)
    assert next(results) == 0
    assert len(taken) == 2 * pool._AHEAD
    results.close()
    assert len(taken) == 2 * pool._AHEAD
    assert multiprocessing.active_children() == []


def test_a_worker_that_dies_is_told_and_the_others_end() -> None:
    with pytest.raises(GseBillingError, match=r"a worker process ended .*; its exit code is 7; .* fewer --jobs"):
        list(in_order(perish, range(40), jobs=2))
    assert multiprocessing.active_children() == []


def kill_the_workers() -> None:
    for child in multiprocessing.active_children():
        child.kill()


def test_workers_that_are_killed_while_they_are_busy_are_not_waited_for() -> None:
    results = in_order(linger, range(9), jobs=2)
    start = time.monotonic()
    threading.Timer(1.0, kill_the_workers).start()
    with pytest.raises(GseBillingError, match="a worker process ended"):
        next(results)
    assert time.monotonic() - start < SECONDS


def test_no_worker_is_started_after_the_end() -> None:
    crew: pool._Crew[int, int] = pool._Crew(double)
    crew.dismiss()
    with pytest.raises(GseBillingError, match="the command is ending"):
        crew(1)


def test_a_worker_serves_until_the_other_end_is_closed() -> None:
    ours, theirs = multiprocessing.Pipe()
    before = signal.getsignal(signal.SIGINT)
    ours.send(21)
    closing = threading.Timer(0.2, ours.close)
    closing.start()
    try:
        serve(double, theirs)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
    closing.join()


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_ends_everything_at_once_with_status_130(tmp_path: Path, endless: Path, jobs: int) -> None:
    path = folder(tmp_path / "many", 300)
    with (tmp_path / "out").open("wb") as out:
        process = command("check", "--json", "--jobs", jobs, path, endless, stdout=out, start_new_session=True)
    assert process.stderr is not None
    try:
        assert eventually(lambda: (tmp_path / "out").stat().st_size > 0)
        children = children_of(process.pid)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
        assert process.wait(SECONDS) == 130
        said = process.stderr.read().decode()
        assert said.startswith("stopped after ")
        assert said.count("\n") == 1
        assert eventually(lambda: not any(map(alive, children)))
    finally:
        process.kill()
        process.communicate()


def test_workers_do_not_outlive_a_command_that_was_killed(tmp_path: Path, endless: Path) -> None:
    process = command("check", "--jobs", 2, folder(tmp_path / "many", 200), endless)
    try:
        assert eventually(lambda: len(workers_of(process.pid)) == 2)
        workers = workers_of(process.pid)
        process.kill()
        process.wait(SECONDS)
        assert eventually(lambda: not any(map(alive, workers)))
    finally:
        process.kill()
        process.communicate()


def test_a_worker_that_is_killed_ends_the_command_with_a_message(tmp_path: Path) -> None:
    path = folder(tmp_path / "many", 1000)
    with (tmp_path / "out").open("wb") as out:
        process = command("check", "--json", "--jobs", 2, path, stdout=out)
    assert process.stderr is not None
    try:
        assert eventually(lambda: bool(workers_of(process.pid)))  # it still starts: there is work left to lose
        os.kill(min(workers_of(process.pid)), signal.SIGKILL)
        assert process.wait(SECONDS) == 2
        told = process.stderr.read()
        assert b"error: a worker process ended before its work was done\n      its exit code is -9\n" in told
        assert b"Traceback" not in told
    finally:
        process.kill()
        process.communicate()


def test_a_reader_that_goes_away_is_no_error_worth_a_word(tmp_path: Path) -> None:
    process = command("check", "--json", folder(tmp_path / "many", 200))
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(SECONDS) == 1
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [["--json"], []])
def test_output_that_cannot_be_written_is_told(tmp_path: Path, arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        process = command("check", *arguments, folder(tmp_path / "many", 3), stdout=full)
        _, told = process.communicate(timeout=SECONDS)
    assert (process.returncode, told) == (2, b"error: the output cannot be written: No space left on device\n")


@pytest.mark.parametrize(
    ("closing", "status", "told"),
    [
        (">&-", 2, "error: the output cannot be written: it is closed\n"),
        (">&- 2>&-", 2, ""),
        ("<&-", 2, "error: the document has 1 error; nothing was written\n  (top): the file is empty\n"),
    ],
)
def test_streams_may_be_closed(closing: str, status: int, told: str) -> None:
    line = f'exec "$0" -m gse_billing.cli convert - --to json {closing}'
    started = ["sh", "-c", line, sys.executable]
    done = subprocess.run(started, check=False, capture_output=True, text=True, timeout=SECONDS)
    assert (done.returncode, done.stderr) == (status, told)


def test_closed_streams_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same as above, where coverage sees it."""
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    with pytest.raises(SystemExit) as raised:
        main.run()
    given, told = sys.stdin, sys.stderr
    with given, told:
        assert given.read() == ""
    assert raised.value.code == 2


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 2), (errno.EPIPE, 1)])
def test_the_output_is_told_lost_in_this_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int, status: int
) -> None:
    """The same as above, where coverage sees it."""

    def lost() -> None:
        raise OSError(number, "lost")

    monkeypatch.setattr(main, "_run", lost)
    with (tmp_path / "out").open("w") as stream:
        monkeypatch.setattr("sys.stdout", stream)
        with pytest.raises(SystemExit) as raised:
            main.run()
    assert raised.value.code == status


def test_ctrl_c_while_the_command_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "_run", interrupted)
    with pytest.raises(SystemExit) as raised:
        main.run()
    assert raised.value.code == 130


def on_a_terminal(*arguments: str | Path, both: bool = False) -> tuple[str, str, int]:
    """What the command prints, and what it shows on a terminal, with its status."""
    ours, theirs = pty.openpty()
    process = command(*arguments, stderr=theirs, **({"stdout": theirs} if both else {}))
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # the end of a terminal is an error
        while piece := os.read(ours, 65536):
            shown += piece
    os.close(ours)
    printed = b"" if both or process.stdout is None else process.stdout.read()
    if process.stdout is not None:
        process.stdout.close()
    return printed.decode(), shown.decode(), process.wait(SECONDS)


def test_progress_is_shown_on_a_terminal_and_goes_away(tmp_path: Path) -> None:
    path = folder(tmp_path / "many", 3)
    printed, shown, status = on_a_terminal("check", path)
    assert status == 0
    assert "1 document, 0 with errors" in shown
    assert shown.endswith("\r\x1b[K")
    assert "\x1b" not in printed
    assert printed.startswith("3 documents: 3 without findings\n")


def test_a_table_on_a_terminal_has_its_width_and_its_colours(tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_bytes(bad())
    _, shown, status = on_a_terminal("check", tmp_path, both=True)
    assert status == 1
    assert "\x1b[31m" in shown
    assert "┃ severity" in shown or "severity" in shown


def test_no_progress_without_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_files([str(folder(tmp_path / "many", 2))], CheckOptions()) == 0
    assert capsys.readouterr().err == ""


def test_progress_is_not_shown_more_often_than_people_see(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    progress = Progress()
    for number in range(50):
        progress.show(str(number))
    progress.clear()
    progress.clear()
    assert capsys.readouterr().err == "\r\x1b[K0\r\x1b[K"


def test_ctrl_c_in_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> Iterator[object]:
        yield from ()
        raise KeyboardInterrupt

    monkeypatch.setattr("gse_billing.cli.checking.sources", interrupted)
    assert check_files([str(tmp_path)], CheckOptions()) == 130
    assert capsys.readouterr().err == "stopped after 0 documents\n"


def test_a_process_starts_from_the_script_that_users_run(tmp_path: Path) -> None:
    """Spawned workers import the main module again: the script must not run a second time."""
    script = tmp_path / "gse-billing"
    script.write_text("from gse_billing.cli.main import run\nif __name__ == '__main__':\n    run()\n")
    done = subprocess.run(
        [sys.executable, str(script), "check", "--json", "--jobs", "2", str(folder(tmp_path / "many", 70))],
        capture_output=True,
        check=False,
        timeout=SECONDS * 2,
    )
    assert (done.returncode, done.stdout.count(b"\n"), done.stderr) == (0, 70, b"")


def test_streams_that_are_no_files_are_left_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a notebook; started as ``python -m gse_billing.cli``."""
    page = io.StringIO()
    monkeypatch.setattr("sys.stdout", page)
    monkeypatch.setattr("sys.argv", ["gse-billing", "--version"])
    with pytest.raises(SystemExit) as raised:
        runpy.run_module("gse_billing.cli", run_name="__main__")
    assert raised.value.code == 0
    assert page.getvalue().startswith("gse-billing ")
