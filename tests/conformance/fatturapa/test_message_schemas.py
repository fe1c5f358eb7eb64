"""The schemas of SDI's messages, made from the declarations, say exactly what the official files say."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from gse_billing.fatturapa.notifications import MESSAGGI_PA, MESSAGGI_PRIVATI
from gse_billing.fatturapa.wire import Schema
from gse_billing.fatturapa.wire.emission import emitted
from tests.conformance.fatturapa.components import components, differences, types_declared_and_never_used

# No package carries these files: they are looked for in a folder beside the clone, or where the variable says.
BESIDE_THE_CLONE = Path(__file__).parents[3].parent.joinpath("shared", "xsd")
FOLDER = Path(os.environ.get("GSE_BILLING_MESSAGE_SCHEMAS", BESIDE_THE_CLONE))

PUBLIC = pytest.param(
    MESSAGGI_PA,
    "MessaggiTypes_v1.1.xsd",
    "6885c70b10593a42a1278fd4bb90386fa47b6c62a8557b80c71a1a0bf215ea6d",
    set(),
    id="public bodies",
)
PRIVATE = pytest.param(
    MESSAGGI_PRIVATI,
    "MessaggiFatturaTypes_v1.0.xsd",
    "24f91e8dd3839fee76b06cfd3dbbca74c71822fe6d2b66545d065a313ded7359",
    {"RiferimentoFattura_Type"},  # declared there and never used, with the simple types of its elements
    id="private parties",
)


def _official(name: str, digest: str) -> bytes:
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"{name} is not in {FOLDER} (see GSE_BILLING_MESSAGE_SCHEMAS); no package carries it")
    data = path.read_bytes()
    assert hashlib.sha256(data).hexdigest() == digest
    return data


@pytest.mark.parametrize(("schema", "name", "digest", "unused"), [PUBLIC, PRIVATE])
def test_every_component_is_that_of_the_official_file(schema: Schema, name: str, digest: str, unused: set[str]) -> None:
    official = _official(name, digest)
    theirs = {key: said for key, said in components(official).items() if key.rpartition(" ")[2] not in unused}
    assert differences(components(emitted(schema)), theirs) == []
    assert types_declared_and_never_used(official) == unused
