"""The transfers of a run as the files that a bank takes, where the command is asked for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import field, frozen

from gse_billing.core.errors import StorageError
from gse_billing.core.identifiers import Iban
from gse_billing.payments import Transfer, pain001_files, sepa_name

__all__ = ["BankOrder", "write_files"]


@frozen(kw_only=True)
class BankOrder:
    """What the files need besides the transfers.

    Attributes:
        account: the IBAN that pays.
        message_id: how the bank names the files; each adds its number to it.
        created: when they are made; now if left out.

    Raises:
        InvalidIdentifierError: the account is no IBAN.
    """

    account: Iban = field(converter=Iban)
    message_id: str
    created: dt.datetime | None = None

    def files(self, transfers: Iterable[Transfer], folder: Path) -> Mapping[Path, bytes]:
        """The ``pain.001/<message>.xml`` files of a folder; names are written in plain letters.

        They are made before the run is written down, because what was ordered once is not ordered again.

        Raises:
            InvalidValueError: something that the files cannot carry.
            StorageError: a file of that message is there already, and says something else.
        """
        files = pain001_files(
            transfers,
            message_id=self.message_id,
            created=self.created or dt.datetime.now(tz=dt.UTC),
            debtor_iban=self.account,
            names=sepa_name,
        )
        named = {folder / "pain.001" / f"{file.message_id.replace('/', '_')}.xml": file.data for file in files}
        for path, data in named.items():
            _require_new(path, data)
        return named


def _require_new(path: Path, data: bytes) -> None:
    if path.exists() and path.read_bytes() != data:
        raise StorageError(
            f"{path} was written by an earlier run",
            path=str(path),
            why="two orders of one message would be taken for one",
            remedy="name another --message-id",
        )


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write the files; folders are made where they do not exist.

    Raises:
        StorageError: they cannot be written.
    """
    for path, data in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise StorageError(f"{path} cannot be written", path=str(path), why=error.strerror or str(error)) from None
