"""Documents as dicts against the library json on the same dicts, in paired ratios."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import partial

from benchmarks.fatturapa import timed
from benchmarks.paired import Measurement, paired, report
from gse_billing import fatturapa
from tests.unit.fatturapa import samples

SIZES = {1: 400, 100: 80, 5_000: 9}
TELL = 3.0
TAKE = 8.0


def measure() -> Iterator[Measurement]:
    """To dicts against dumps, from dicts against loads, for one line, a hundred and five thousand."""
    for lines, pairs in SIZES.items():
        document = samples.ordinary(lines)
        fields = fatturapa.to_dict(document)
        text = json.dumps(fields)
        dumps, loads = timed(partial(json.dumps, fields)), timed(partial(json.loads, text))
        tell, take = timed(partial(fatturapa.to_dict, document)), timed(partial(fatturapa.from_dict, fields))
        yield paired(f"to_dict {lines} lines / json.dumps", tell, dumps, bar=TELL, pairs=pairs)
        yield paired(f"from_dict {lines} lines / json.loads", take, loads, bar=TAKE, pairs=pairs)


if __name__ == "__main__":
    sys.exit(report(measure()))
