from __future__ import annotations

import itertools
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from gse_billing.core.errors import InvalidIdentifierError
from gse_billing.fatturapa.codelists import TipoMessaggio
from gse_billing.fatturapa.filenames import Extension, FileName, MessageName, file_names

PROGRESSIVES = st.from_regex(r"[A-Za-z0-9]{1,5}", fullmatch=True)
ITALIAN = st.builds(
    FileName,
    country=st.just("IT"),
    tax_id=st.from_regex(r"[A-Za-z0-9]{11,16}", fullmatch=True),
    progressive=PROGRESSIVES,
    extension=st.sampled_from(Extension),
)
FOREIGN = st.builds(
    FileName,
    country=st.from_regex(r"[A-HJ-Z][A-Z]", fullmatch=True),
    tax_id=st.from_regex(r"[A-Za-z0-9]{2,28}", fullmatch=True),
    progressive=PROGRESSIVES,
    extension=st.sampled_from(Extension),
)
NAMES = ITALIAN | FOREIGN


@given(NAMES)
def test_a_name_and_its_text_are_one(name: FileName) -> None:
    """Parsing the text of a name gives the name (SdI specification 1.8.4, 2.2)."""
    assert FileName.parse(str(name)) == name


@given(st.text(max_size=60))
def test_any_text_is_a_name_or_is_refused(text: str) -> None:
    """Nothing but our own exception leaves the parser, and what it takes is written back unchanged."""
    for parse in (FileName.parse, MessageName.parse):
        with suppress(InvalidIdentifierError):
            assert str(parse(text)) == text


@given(NAMES, st.sampled_from(TipoMessaggio), st.from_regex(r"[A-Za-z0-9]{1,3}", fullmatch=True))
def test_a_message_speaks_of_the_file_it_answers(name: FileName, kind: TipoMessaggio, progressive: str) -> None:
    """The name of a message is the invoice's without extension, then kind and progressive (Allegato B-1, 1.1)."""
    message = MessageName.answering(name, kind, progressive=progressive)
    assert MessageName.parse(str(message)) == message
    assert message.speaks_of(name)


@given(st.lists(st.builds(FileName, country=st.just("IT"), tax_id=st.just("01234567890"), progressive=PROGRESSIVES)))
def test_no_name_is_given_twice(used: list[FileName]) -> None:
    """Every file ever sent has a name of its own (SdI specification 1.8.4, 2.2)."""
    fresh = list(itertools.islice(file_names("IT", "01234567890", used=used), 50))
    stems = {name.stem.upper() for name in used}
    assert len({name.stem for name in fresh}) == 50
    assert stems.isdisjoint(name.stem for name in fresh)
