from __future__ import annotations

import itertools
import pickle

import pytest

from gse_billing.core.errors import InvalidIdentifierError, LimitExceededError
from gse_billing.fatturapa import filenames
from gse_billing.fatturapa.codelists import Channel, TipoMessaggio
from gse_billing.fatturapa.filenames import SIZE_LIMITS, Extension, FileName, MessageName, file_names

VALID = [
    ("IT01234567890_00001.xml", FileName(country="IT", tax_id="01234567890", progressive="00001")),
    (
        "ITAAABBB99T99X999W_00004.xml.p7m",
        FileName(country="IT", tax_id="AAABBB99T99X999W", progressive="00004", extension=Extension.P7M),
    ),
    (
        "ITAAABBB99T99X999W_1.zip",
        FileName(country="IT", tax_id="AAABBB99T99X999W", progressive="1", extension=Extension.ZIP),
    ),
    ("FR12_aZ9.xml", FileName(country="FR", tax_id="12", progressive="aZ9")),
]

INVALID = {
    "no underscore": ("IT0123456789000001.xml", "country, tax id, underscore"),
    "empty": ("", "country, tax id, underscore"),
    "no extension": ("IT01234567890_00001", "country, tax id, underscore"),
    "small letters in the country": ("it01234567890_00001.xml", "two capital letters"),
    "Italian id of 10": ("IT0123456789_00001.xml", "11 to 16"),
    "Italian id of 17": ("IT01234567890123456_00001.xml", "11 to 16"),
    "foreign id of 1": ("FR1_00001.xml", "2 to 28"),
    "foreign id of 29": (f"FR{'1' * 29}_00001.xml", "2 to 28"),
    "no progressive": ("IT01234567890_.xml", "1 to 5"),
    "progressive of 6": ("IT01234567890_000001.xml", "1 to 5"),
    "progressive with a dash": ("IT01234567890_00-01.xml", "1 to 5"),
    "Arabic digits": ("IT01234567890_٠٠٠٠١.xml", "1 to 5"),
    "two underscores": ("IT01234567890_00001_RC_001.xml", "country, tax id, underscore"),
    "capital extension": ("IT01234567890_00001.XML", "none of .xml"),
    "other extension": ("IT01234567890_00001.pdf", "none of .xml"),
    "line end": ("IT01234567890_00001.xml\n", "none of .xml"),
}


@pytest.mark.parametrize(("text", "name"), VALID)
def test_names_are_taken_apart_and_put_together(text: str, name: FileName) -> None:
    assert FileName.parse(text) == name
    assert str(name) == text


@pytest.mark.parametrize(("text", "why"), INVALID.values(), ids=INVALID)
def test_names_against_the_grammar_are_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(InvalidIdentifierError, match="is no file name of SDI") as caught:
        FileName.parse(text)
    assert why in caught.value.why
    assert caught.value.kind == "file name"


def test_a_name_made_by_hand_obeys_the_grammar_too() -> None:
    with pytest.raises(InvalidIdentifierError, match="1 to 5"):
        FileName(country="IT", tax_id="01234567890", progressive="")


def test_names_pickle() -> None:
    name = VALID[1][1]
    assert pickle.loads(pickle.dumps(name)) == name


@pytest.mark.parametrize("kind", TipoMessaggio, ids=str)
def test_every_kind_of_message_name_goes_there_and_back(kind: TipoMessaggio) -> None:
    name = MessageName.parse(f"IT01234567890_00001_{kind}_0aZ.xml")
    assert (name.stem, name.kind, name.progressive) == ("IT01234567890_00001", kind, "0aZ")
    assert str(name) == f"IT01234567890_00001_{kind}_0aZ.xml"
    assert MessageName.answering("IT01234567890_00001.xml.p7m", kind, progressive="0aZ") == name


def test_the_attestation_comes_as_an_archive_too() -> None:
    name = MessageName.parse("IT01234567890_00001_AT_001.zip")
    assert name.archive
    assert str(name) == "IT01234567890_00001_AT_001.zip"


INVALID_MESSAGES = {
    "invoice name": ("IT01234567890_00001.xml", "invoice name, kind, progressive"),
    "unknown kind": ("IT01234567890_00001_XX_001.xml", "no kind of message"),
    "progressive of 4": ("IT01234567890_00001_RC_0001.xml", "1 to 3"),
    "no progressive": ("IT01234567890_00001_RC_.xml", "1 to 3"),
    "zip of a receipt": ("IT01234567890_00001_RC_001.zip", "only AT comes as a zip"),
    "receipt of a bad name": ("invoice one_RC_001.xml", "only NS may repeat such a name"),
}


@pytest.mark.parametrize(("text", "why"), INVALID_MESSAGES.values(), ids=INVALID_MESSAGES)
def test_message_names_against_the_grammar_are_refused(text: str, why: str) -> None:
    with pytest.raises(InvalidIdentifierError) as caught:
        MessageName.parse(text)
    assert why in caught.value.why


def test_a_message_speaks_of_the_file_whatever_its_extension() -> None:
    name = MessageName.parse("IT01234567890_00001_MC_001.xml")
    assert name.conformant
    assert name.speaks_of("IT01234567890_00001.xml")
    assert name.speaks_of(FileName.parse("IT01234567890_00001.zip"))
    assert not name.speaks_of("IT01234567890_00002.xml")
    assert not name.speaks_of("IT01234567890_0000.xml")


def test_a_bad_name_is_cut_at_36_characters_in_its_notice_of_discard() -> None:
    bad = f"{'x' * 40}.xml"
    name = MessageName.answering(bad, TipoMessaggio.NS)
    assert str(name) == f"{'x' * 36}_NS_001.xml"
    assert not name.conformant
    assert name.speaks_of(bad)
    assert not name.speaks_of(f"{'x' * 35}.xml")
    assert MessageName.answering("invoice 1", TipoMessaggio.NS).stem == "invoice 1"


def test_a_good_foreign_name_longer_than_36_is_not_cut() -> None:
    good = f"FR{'1' * 28}_ABCDE.xml"
    longer = f"FR{'1' * 28}_ABCDE"
    assert MessageName.answering(good, TipoMessaggio.RC).stem == longer


def test_new_names_count_in_base_36_and_pass_over_what_is_taken() -> None:
    used = ["IT01234567890_00001.xml", "IT01234567890_0000a.xml.p7m", "FR12_00002.xml"]
    names = [name.progressive for name in itertools.islice(file_names("IT", "01234567890", used=used), 36)]
    assert names[:9] == ["00002", "00003", "00004", "00005", "00006", "00007", "00008", "00009", "0000B"]
    assert names[-1] == "00012"
    assert len(set(names)) == 36


def test_new_names_carry_the_extension() -> None:
    name = next(file_names("FR", "12", extension=Extension.P7M))
    assert str(name) == "FR12_00001.xml.p7m"


def test_when_every_progressive_is_taken_the_caller_hears_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filenames, "_PROGRESSIVE_LENGTH", 1)
    with pytest.raises(LimitExceededError, match="taken") as caught:
        list(file_names("FR", "12"))
    assert caught.value.limit == 35


def test_a_bad_transmitter_has_no_names() -> None:
    with pytest.raises(InvalidIdentifierError, match="11 to 16"):
        next(file_names("IT", "1"))


def test_the_limits_of_the_channels() -> None:
    assert {channel: row.value // 1_000_000 for channel, row in SIZE_LIMITS.items()} == {
        Channel.PEC: 30,
        Channel.SDICOOP: 5,
        Channel.SPCOOP: 5,
        Channel.SDIFTP: 150,
        Channel.WEB: 5,
    }
    assert all("1.8.4" in row.basis.act for row in SIZE_LIMITS.values())
