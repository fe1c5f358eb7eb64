"""``gse-billing convert``: XML to JSON and back, whole or not at all."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gse_billing import fatturapa
from gse_billing.testing.specimens import specimens
from tests.unit.cli.files import archive, bad, good, message, run, signed, unreadable_xml

MAKES: dict[str, Callable[[], bytes]] = {
    "ordinary": good,
    "signed": signed,
    "specimen": lambda: fatturapa.write(specimens()[1]),
}


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("names", ["official", "python"])
@pytest.mark.parametrize("kind", MAKES)
def test_there_and_back(tmp_path: Path, kind: str, names: str) -> None:
    data = MAKES[kind]()
    source = put(tmp_path / "a", data)
    out = tmp_path / "a.json"
    there = run("convert", source, "--to", "json", "--names", names, "-o", out)
    assert (there.exit_code, there.stdout) == (0, "")
    assert json.loads(out.read_bytes()) == fatturapa.to_dict(
        fatturapa.read(data), names="python" if names == "python" else "official"
    )
    back = run("convert", out, "--to", "xml", "--names", names)
    assert back.exit_code == 0, back.stderr
    assert back.stdout_bytes == fatturapa.write(fatturapa.read(data))


def test_keys_of_the_other_style_lead_to_the_option(tmp_path: Path) -> None:
    there = run("convert", "-", "--to", "json", "--names", "python", given=good())
    back = run("convert", put(tmp_path / "a.json", there.stdout_bytes), "--to", "xml")
    assert back.exit_code == 2
    assert "give --names python if all keys are in that style" in back.stderr


def test_to_xml_is_write_of_read(tmp_path: Path) -> None:
    odd = good().replace(b"<Numero>", b"<!-- a comment --><Numero>")
    assert run("convert", put(tmp_path / "a.xml", odd), "--to", "xml").stdout_bytes == good()


def test_from_standard_input_to_standard_output() -> None:
    there = run("convert", "-", "--to", "json", "-o", "-", given=good())
    assert "Città & Energia" in there.stdout_bytes.decode()
    assert there.stdout_bytes.endswith(b"}\n")
    marked = b"\xef\xbb\xbf" + there.stdout_bytes
    assert run("convert", "-", "--to", "xml", given=marked).stdout_bytes == good()


def test_a_document_with_errors_of_sdi_is_converted_all_the_same() -> None:
    assert run("convert", "-", "--to", "xml", given=bad()).exit_code == 0


def test_what_stays_behind_is_told() -> None:
    result = run("convert", "-", "--to", "xml", given=signed())
    assert "note: the signature stays behind" in result.stderr
    misspelt = good().replace(b'versione="FPR12"', b'versione="FPR12" xmlns:ds="http://www.w3.org/2000/09/xmldsig"')
    assert "warning: sdi:" in run("convert", "-", "--to", "json", given=misspelt).stderr
    assert run("convert", "-", "--to", "json", given=good()).stderr == ""


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    fields = fatturapa.to_dict(fatturapa.read(good()))
    change(fields["FatturaElettronica"])
    return json.dumps(fields).encode()


REFUSED = {
    "not well-formed": (unreadable_xml(), "the document has 1 error; nothing was written"),
    "a message of SDI": (message(), "the root of the document is"),
    "nothing": (b"", "the file is empty"),
    "a text": (b"hello", "not well-formed"),
    "JSON that is cut off": (b'{"FatturaElettronica": {', "the file begins like JSON and is none"),
    "JSON that is no object": (b"[1]", "the document has 1 error; nothing was written"),
    "JSON nested without end": (b"[" * 200_000, "the file begins like JSON and is none"),
    "JSON in no encoding": (b'{"a": "\xff\xfe"}', "the file begins like JSON and is none"),
    "a number of 5000 digits": (b"[" + b"1" * 5000 + b"]", "the file begins like JSON and is none"),
    "a key twice": (b'{"a": 1, "b": {"c": 1, "c": 2}}', "the key 'c' stands 2 times in one object"),
    "a key that is not known": (changed(lambda f: f.update(x="1")), "/FatturaElettronica"),
    "a float": (changed(lambda f: f.update(versione=1.5)), "versione"),
    "a surrogate": (changed(lambda f: f.update(versione="\ud800")), "versione"),
    "an escape sequence": (changed(lambda f: f.update({"\x1b[2J": "1"})), r"\x1b[2J"),
    "too large": (b"<" + bytes(20_000_000), "is too large for a document"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_document_is_status_2_and_writes_nothing(tmp_path: Path, name: str) -> None:
    given, said = REFUSED[name]
    result = run("convert", "-", "--to", "xml", "-o", tmp_path / "out", given=given)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "\x1b" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_archive_is_refused(tmp_path: Path) -> None:
    result = run("convert", archive(tmp_path / "a.zip", [("a.xml", good())]), "--to", "json")
    assert result.exit_code == 2
    assert "the file is a zip archive and no document" in result.stderr


def test_a_file_that_is_there_is_not_written_over_unless_asked(tmp_path: Path) -> None:
    out = put(tmp_path / "a.json", b"mine")
    source = put(tmp_path / "a.xml", good())
    refused = run("convert", source, "--to", "json", "-o", out)
    assert refused.exit_code == 2
    assert "--force writes over it" in refused.stderr
    assert out.read_bytes() == b"mine"
    assert run("convert", source, "--to", "json", "-o", out, "--force").exit_code == 0
    assert b"FatturaElettronica" in out.read_bytes()
    assert run("convert", source, "--to", "xml", "-o", source, "--force").exit_code == 0
    assert source.read_bytes() == good()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "a.xml"]


@pytest.mark.parametrize("name", ["", ".", "/", "folder", "pipe"])
def test_what_is_no_file_is_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    result = run("convert", put(tmp_path / "a.xml", good()), "--to", "json", "-o", name, "--force")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert "it is no regular file" in result.stderr
    assert (tmp_path / "pipe").is_fifo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xml", "folder", "pipe"]


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: list[str]) -> None:
    out = tmp_path / "a.json"
    if force:
        put(out, b"mine")

    def full(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    result = run("convert", put(tmp_path / "a.xml", good()), "--to", "json", "-o", out, *force)
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert out.exists() == bool(force)
    assert sorted(path.name for path in tmp_path.iterdir()) == (["a.json", "a.xml"] if force else ["a.xml"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.xml", "--to", "json"], "nowhere.xml cannot be read"),
        ([".", "--to", "json"], "Is a directory"),
        (["a.xml"], "Missing option"),
        (["a.xml", "--to", "pdf"], "Invalid value"),
        (["a.xml", "--to", "json", "-o", "no/such/folder.json"], "no/such/folder.json cannot be written"),
        (["a.xml", "--to", "json", "-o", "a\0"], "cannot be written"),
        (["a\0", "--to", "json"], "cannot be read"),
    ],
)
def test_wrong_use_is_status_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "a.xml", good())
    result = run("convert", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    result = run("convert", tmp_path / "pipe", "--to", "json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "it is no regular file" in result.stderr
