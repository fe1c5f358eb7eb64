"""Write the documents of the cases into their folders: ``python -m tests.conformance.sdi.write``."""

from __future__ import annotations

from pathlib import Path

from tests.conformance.sdi.makers import arithmetic, general, natura, schema, transmission
from tests.conformance.sdi.makers.case import Case

FOLDER = Path(__file__).parent
CASES: tuple[Case, ...] = tuple(
    case for module in (schema, transmission, natura, arithmetic, general) for case in module.cases()
)


def main() -> None:
    """Make the folders anew."""
    for path in FOLDER.glob("00*/*/*.xml"):
        path.unlink()
    for case in CASES:
        if case.stored:
            path = FOLDER / case.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(case.data)


if __name__ == "__main__":
    main()
