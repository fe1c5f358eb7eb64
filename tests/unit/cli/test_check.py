"""``gse-billing check``: what it looks at, what it says, how it ends."""

from __future__ import annotations

import base64
import errno
import io
import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from gse_billing import fatturapa
from gse_billing.cli import checking, walking
from gse_billing.cli.choices import ChannelChoice, FlowChoice
from gse_billing.cli.judging import CheckOptions, judge
from gse_billing.cli.printing import Look, look_of_the_terminal
from gse_billing.cli.walking import Source
from gse_billing.fatturapa.codelists import Channel, Flow
from gse_billing.fatturapa.wire.limits import LARGEST
from tests.unit.cli.files import archive, bad, good, lines, message, run, signed, unreadable_xml


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_good_document_is_status_0_and_what_was_not_judged_is_said(tmp_path: Path) -> None:
    result = run("check", put(tmp_path / "a.xml", good()))
    assert result.exit_code == 0, result.output
    assert "1 document: 1 without findings\n" in result.stdout
    assert "Not judged, and never counted as passed:\n" in result.stdout
    assert "needs the day of sending (--on) (1 document): " in result.stdout
    assert "sdi:00403" in result.stdout
    assert result.stderr == ""


def test_a_document_with_errors_is_status_1_and_shown_in_a_table(tmp_path: Path) -> None:
    result = run("check", put(tmp_path / "a.xml", good()), put(tmp_path / "b.xml", bad()))
    assert result.exit_code == 1
    assert f"{tmp_path / 'b.xml'}: 1 error\n" in result.stdout
    assert "sdi:00421" in result.stdout
    assert "2.2.2.6 .../DatiRiepilogo[1]/Imposta" in result.stdout
    assert "write 0.00 for" in result.stdout
    assert f"{tmp_path / 'a.xml'}:" not in result.stdout
    assert "2 documents: 1 without findings, 1 with errors\n" in result.stdout


def test_one_json_object_a_document_with_what_check_says(tmp_path: Path) -> None:
    result = run("check", "--json", put(tmp_path / "a.xml", good()), put(tmp_path / "b.xml", bad()))
    assert result.exit_code == 1
    first, second = lines(result)
    report = fatturapa.check(bad())
    assert first["file"] == str(tmp_path / "a.xml")
    assert list(first) == ["file", "member", "ok", "counts", "findings", "skipped"]
    assert (first["ok"], first["member"], first["findings"]) == (True, None, [])
    same = ("ok", "findings")
    assert {key: second[key] for key in same} == {key: report.to_dict()[key] for key in same}
    assert second["skipped"].keys() == report.to_dict()["skipped"].keys()
    assert (second["file"], second["member"]) == (str(tmp_path / "b.xml"), None)
    assert second["counts"] == {"error": 1, "warning": 0, "info": 0}


def test_messages_in_italian(tmp_path: Path) -> None:
    result = run("check", "--lang", "it", put(tmp_path / "b.xml", bad()))
    assert "l'imposta non è l'aliquota" in result.stdout


def test_options_reach_the_rules(tmp_path: Path) -> None:
    path = put(tmp_path / "a.xml", good())
    bare = lines(run("check", "--json", path))[0]["skipped"]
    asked = run("check", "--json", "--on", "2020-01-01", "--flow", "pa", "--channel", "pec", "--file-names", path)
    (found,) = lines(asked)
    codes = {finding["code"] for finding in found["findings"]}
    assert {"sdi:00001", "sdi:00003", "sdi:00403"} <= set(bare)
    assert (bare["sdi:00003"], bare["sdi:00403"]) == (
        "needs the channel (--channel)",
        "needs the day of sending (--on)",
    )
    assert not [why for why in bare.values() if "=)" in why]
    assert {"sdi:00001", "sdi:00403"} <= codes
    assert "sdi:00003" not in {*found["skipped"], *codes}


def test_the_name_of_a_member_is_judged_without_its_folder(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", [("sub/IT05754381001_00001.xml", good())])
    (found,) = lines(run("check", "--json", "--file-names", path))
    assert (found["ok"], found["findings"]) == (True, [])


def test_choices_are_those_of_the_library() -> None:
    assert {each.value for each in ChannelChoice} == {each.value for each in Channel}
    assert {each.value for each in FlowChoice} == {"auto", *(each.value for each in Flow)}


def test_signed_files_tell_the_state_of_their_signature(tmp_path: Path) -> None:
    changed = bytearray(signed())
    changed[changed.index(b"<Divisa>EUR") + 8 + 2] ^= 1
    put(tmp_path / "a.xml.p7m", signed())
    put(tmp_path / "b.xml.p7m", bytes(changed))
    put(tmp_path / "c", base64.encodebytes(signed()))
    intact, broken, encoded = lines(run("check", "--json", "--on", "2026-11-22", tmp_path))
    assert intact["ok"]
    assert encoded["ok"]
    assert "sdi:00102" not in intact["skipped"]
    assert "sdi:00102" in [finding["code"] for finding in broken["findings"]]


def test_archives_are_opened_and_bad_members_named(tmp_path: Path) -> None:
    inner = archive(tmp_path / "inner.zip", [("x.xml", good())]).read_bytes()
    members = [("a.xml", good()), ("b.xml.p7m", signed()), ("c.xml", bad()), ("d.zip", inner), ("e.pdf", b"%PDF-1.7")]
    path = archive(tmp_path / "all.anything", members)
    result = run("check", "--json", path)
    found = {each["member"]: each for each in lines(result)}
    assert result.exit_code == 1
    assert {name: each["ok"] for name, each in found.items()} == {
        "a.xml": True,
        "b.xml.p7m": True,
        "c.xml": False,
        "d.zip": False,
        "e.pdf": False,
    }
    assert found["d.zip"]["findings"][0]["code"] == "envelope:archive"
    assert {each["file"] for each in found.values()} == {str(path)}


def test_a_member_that_is_no_document_is_no_error_in_an_archive_of_a_folder(tmp_path: Path) -> None:
    archive(tmp_path / "all.zip", [("a.xml", good()), ("e.pdf", b"%PDF-1.7"), ("r.xml", message())])
    result = run("check", "--json", tmp_path)
    assert result.exit_code == 0
    assert [(each["member"], each["ok"]) for each in lines(result)] == [
        ("a.xml", True),
        ("e.pdf", None),
        ("r.xml", None),
    ]


def test_a_broken_archive_is_a_finding(tmp_path: Path) -> None:
    whole = archive(tmp_path / "a.zip", [("a.xml", good())]).read_bytes()
    (found,) = lines(run("check", "--json", put(tmp_path / "b.zip", whole[:-30])))
    assert (found["ok"], found["member"]) == (False, None)
    assert found["findings"][0]["code"] == "sdi:00106"


def test_a_folder_is_walked_by_name_and_says_what_it_passes_over(tmp_path: Path) -> None:
    put(tmp_path / "z.xml", good())
    put(tmp_path / "a/2.xml", good())
    put(tmp_path / "a/1.p7m", signed())
    put(tmp_path / ".git/config.xml", good())
    put(tmp_path / "note.txt", b"hello")
    put(tmp_path / "receipt.xml", message())
    put(tmp_path / "no-ending", good())
    put(tmp_path / "empty.xml", b"")
    result = run("check", "--json", tmp_path)
    found = {str(Path(each["file"]).relative_to(tmp_path)): each for each in lines(result)}
    assert list(found) == [".git", "empty.xml", "no-ending", "note.txt", "receipt.xml", "z.xml", "a/1.p7m", "a/2.xml"]
    assert found[".git"]["not_checked"] == "it is hidden"
    assert found["note.txt"]["not_checked"] == "it is neither XML nor a signed file nor an archive"
    assert found["receipt.xml"]["not_checked"] == "it is no document but a message of SDI (RC)"
    assert [name for name, each in found.items() if each["ok"] is None] == [".git", "note.txt", "receipt.xml"]
    assert [name for name, each in found.items() if each["ok"] is False] == ["empty.xml"]


@pytest.mark.parametrize("name", ["note.txt", "receipt.xml"])
def test_what_is_named_is_checked_whatever_it_is(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / name, b"hello" if name == "note.txt" else message())
    result = run("check", "--json", path)
    assert result.exit_code == 1
    assert lines(result)[0]["findings"][0]["code"] == "sdi:00200"


def special(folder: Path) -> dict[str, str]:
    """Things in a folder that are no files, and what is said of each."""
    os.mkfifo(folder / "pipe.xml")
    (folder / "loop").symlink_to(folder)
    (folder / "broken.xml").symlink_to("nowhere")
    (folder / "round").symlink_to("round")
    (folder / "device").symlink_to(os.devnull)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket"))
    return {
        "broken.xml": "it is a link that leads nowhere",
        "device": "it is a device, not a file",
        "loop": "links to folders are not followed",
        "pipe.xml": "it is a named pipe, not a file",
        "round": "it is a link that leads nowhere",
        "socket": "it is a socket, not a file",
    }


def test_pipes_loops_and_devices_in_a_folder_are_told_and_never_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    told = special(Path())
    (tmp_path / "linked.xml").symlink_to(put(tmp_path / "sub/a.xml", good()))
    result = run("check", "--json", ".")
    found = {each["file"].removeprefix("./"): each for each in lines(result)}
    assert {name: found[name]["not_checked"] for name in told} == told
    assert found["linked.xml"]["ok"] is True
    assert result.exit_code == 0
    assert "6 files not checked" in run("check", ".").stdout


def test_a_file_that_becomes_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xml")
    (verdict,) = judge(CheckOptions(), [Source(file=str(tmp_path / "a.xml"))])
    assert not verdict.ok
    assert "it is no regular file" in verdict.text


def test_a_pipe_that_is_named_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, good())
    os.close(writing)
    (found,) = lines(run("check", "--json", f"/dev/fd/{reading}"))
    os.close(reading)
    assert found["ok"] is True


@pytest.mark.parametrize("kind", ["document", "signed", "archive"])
def test_standard_input(tmp_path: Path, kind: str) -> None:
    packed = archive(tmp_path / "a.zip", [("a.xml", good())]).read_bytes()
    given = {"document": good(), "signed": signed(), "archive": packed}[kind]
    (found,) = lines(run("check", "--json", "-", given=given))
    assert (found["file"], found["ok"]) == ("-", True)
    assert found["member"] == ("a.xml" if kind == "archive" else None)


def test_an_archive_from_standard_input_is_kept_within_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walking, "ArchiveLimits", lambda: fatturapa.envelope.ArchiveLimits(total_bytes=100))
    monkeypatch.setattr(walking, "_PIECE", 10)
    packed = archive(tmp_path / "a.zip", [("a.xml", good())]).read_bytes()
    (found,) = lines(run("check", "--json", "-", given=packed))
    assert found["findings"][0]["code"] == "sdi:00106"


def test_a_huge_file_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    with path.open("wb") as stream:
        stream.write(good())
        stream.truncate(LARGEST * 100)  # sparse
    result = run("check", "--json", path)
    (found,) = lines(result)
    assert not found["ok"]
    assert result.exit_code == 1
    assert [finding["code"] for finding in lines(run("check", "--json", "-", given=bytes(LARGEST + 5)))[0]["findings"]]


HOSTILE = {
    "moves the cursor": "a\x1b[2J.xml",
    "breaks the line": "a\nok: 1.xml",
    "turns the line around": "a\u202elmx.xml",
    "is no UTF-8": os.fsdecode(b"a\xff.xml"),
    "looks like an option": "--json.xml",
    "looks like markup": "[red]a[/].xml",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("as_json", [True, False])
def test_hostile_names_are_shown_and_never_obeyed(tmp_path: Path, name: str, as_json: bool) -> None:
    put(tmp_path / name, unreadable_xml())
    result = run("check", *(["--json"] if as_json else []), tmp_path)
    assert result.exit_code == 1
    if as_json:
        assert [each["file"] for each in lines(result)] == [str(tmp_path / name)]
        assert result.stdout.isascii()
    else:
        place = result.stdout.split(": 1 error")[0]
        assert place.isprintable()
        assert place.startswith(str(tmp_path))


def test_a_folder_and_a_file_that_cannot_be_read_are_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "sub/a.xml", good())
    put(tmp_path / "b.xml", good())

    def refused(path: str, *_: Any) -> Any:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(os, "open", refused)
    result = run("check", "--json", tmp_path / "b.xml", tmp_path / "sub")
    assert [each["findings"][0]["code"] for each in lines(result)] == ["file:unreadable"] * 2
    assert lines(result)[0]["findings"][0]["message"]["en"] == "the file cannot be read: Permission denied"
    monkeypatch.setattr(os, "scandir", refused)
    assert lines(run("check", "--json", tmp_path))[0]["file"] == str(tmp_path)
    assert result.exit_code == 1


def test_a_path_too_long_to_open_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", lambda *_: (_ for _ in ()).throw(OSError(errno.ENXIO, "No such device")))
    os.mkfifo(tmp_path / "pipe")
    (found,) = lines(run("check", "--json", tmp_path / "pipe"))
    assert found["findings"][0]["message"]["en"] == "the file cannot be read: No such device"


WRONG = {
    "no path at all": ([], "Missing argument"),
    "a path that leads nowhere": (["nowhere.xml"], "there is no such file or folder"),
    "an empty path": ([""], "there is no such file or folder"),
    "a wrong date": (["--on", "1/2/2026", "x"], "Invalid value"),
    "a wrong flow": (["--flow", "b2b", "x"], "Invalid value"),
    "no process": (["--jobs", "0", "x"], "Invalid value"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_use_is_status_2(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments, said = WRONG[name]
    monkeypatch.chdir(tmp_path)
    result = run("check", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_nothing_is_checked_when_one_path_leads_nowhere(tmp_path: Path) -> None:
    result = run("check", put(tmp_path / "a.xml", good()), tmp_path / "b.xml")
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize("files", [0, 1, 2])
def test_nothing_to_check_is_wrong_use(tmp_path: Path, files: int) -> None:
    for number in range(files):
        put(tmp_path / f"{number}.txt", b"text")
    result = run("check", tmp_path)
    assert result.exit_code == 2
    assert "there was no document to check" in result.stderr
    said = {0: "nothing was found", 1: "1 file not looked at", 2: "2 files not looked at"}
    assert said[files] in result.stderr


def test_warnings_do_not_fail(tmp_path: Path) -> None:
    warned = good().replace(b'versione="FPR12"', b'versione="FPR12" xmlns:ds="http://www.w3.org/2000/09/xmldsig"')
    result = run("check", put(tmp_path / "a.xml", warned))
    assert result.exit_code == 0, result.output
    assert "a.xml: 1 warning\n" in result.stdout
    assert "1 document: 1 with warnings or notes only" in result.stdout


def test_colours_on_a_terminal_alone() -> None:
    source = Source(file="a.xml", data=bad())
    (plain,) = judge(CheckOptions(look=Look()), [source])
    (coloured,) = judge(CheckOptions(look=Look(colour=True, width=200)), [source])
    assert "\x1b[" not in plain.text
    assert "\x1b[31m" in coloured.text
    assert max(map(len, plain.text.splitlines())) <= 140


def test_standard_input_that_is_text_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(good()))
    monkeypatch.setattr("sys.stdin", stream)
    (source,) = walking.sources(["-"])
    assert source.data == good()


def test_the_same_lines_whatever_the_number_of_processes(tmp_path: Path) -> None:
    for number in range(70):
        put(tmp_path / f"{number:02}.xml", bad() if number % 9 == 0 else good())
    archive(tmp_path / "40.zip", [(f"{number}.xml", good()) for number in range(40)])
    alone = run("check", "--json", tmp_path)
    together = run("check", "--json", "--jobs", "3", tmp_path)
    assert together.stdout == alone.stdout
    assert (alone.exit_code, together.exit_code) == (1, 1)
    assert len(lines(alone)) == 110
    people = [run("check", "--jobs", jobs, tmp_path).stdout for jobs in ("1", "2")]
    assert people[0] == people[1]
    assert "110 documents: 102 without findings, 8 with errors" in people[0]


def test_batches_grow_and_large_members_go_by_themselves() -> None:
    def sizes(*given: int, few: int, most: int) -> list[int]:
        sources = [Source(file="a", data=bytes(size)) for size in given]
        return [len(batch) for batch in checking._batches(sources, few=few, most=most)]

    assert sizes(*[1] * 30, few=2, most=6) == [2, 2, 2, 4, 6, 6, 6, 2]
    assert sizes(*[1] * 4, few=1, most=1) == [1, 1, 1, 1]
    assert sizes(10, 2_000_000, 10, 10, few=3, most=9) == [2, 2]
    assert sizes(few=3, most=9) == []


def test_json_is_one_line_each_whatever_a_name_holds(tmp_path: Path) -> None:
    put(tmp_path / "a\n{}.xml", good())
    assert len(run("check", "--json", tmp_path).stdout.splitlines()) == 1
    assert json.loads(run("check", "--json", tmp_path).stdout)["file"].endswith("a\n{}.xml")


@pytest.mark.parametrize("live", [True, False])
def test_tables_are_as_wide_as_the_terminal(monkeypatch: pytest.MonkeyPatch, live: bool) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: live)
    monkeypatch.setenv("COLUMNS", "77")
    look = look_of_the_terminal("it")
    assert (look.width, look.colour, look.language) == (77 if live else 140, live, "it")
