"""A workbook of bad rows, once put right, stands for the file that it came from with those rows in place of the bad ones."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from app.services.core.cards import card_cells
from app.services.core.errors import UserError
from app.services.imports.fingerprints import file_sha256
from app.services.imports.reading import Source, open_source
from app.services.imports.values import fold
from app.services.landlord_load import sheets
from app.services.landlord_load.dto import LandlordFile

_MARK: Final = "rows to put right"
_UNSAFE: Final = re.compile(r"[\\[\]:*?/]")
_ASIDE: Final = len(sheets.ASIDE)


class PutRight:
    """A landlord's file with its bad rows as another workbook puts them right; a row deleted there is left out.

    The rows keep their numbers in the first file.
    """

    def __init__(self, corrections: Source, original: LandlordSource) -> None:
        self.path = corrections.path
        self.sheets: tuple[str, ...] = original.sheets
        self._corrections = corrections
        self._original = original
        self._bad = self._bad_rows()
        self._held_card = False

    @property
    def files(self) -> tuple[Path, ...]:
        """What is kept: the corrections and, unless a card number was among its bad rows, the original."""
        return self._corrections.files if self._held_card else (*self._corrections.files, *self._original.files)

    def rows(self, sheet: str) -> Iterator[tuple[int, Sequence[Any]]]:
        """The rows that were right, then those that were put right."""
        bad = self._bad.get(sheet, set())
        for number, row in self._original.rows(sheet):
            if number not in bad:
                yield number, row
            elif not self._held_card:
                self._held_card = next(card_cells(row), None) is not None
        if bad and title(sheet) in self._corrections.sheets:
            rows = self._corrections.rows(title(sheet))
            next(rows, None)
            for _, row in rows:
                number = row[0]
                yield (int(number) if isinstance(number, int | float) else 0), row[_ASIDE:]

    def _bad_rows(self) -> dict[str, set[int]]:
        """By the name of its sheet in the original, the numbers of the rows in the list of errors."""
        folded = {fold(name): name for name in self.sheets} | {name: name for name in self.sheets}
        found: defaultdict[str, set[int]] = defaultdict(set)
        for _, row in self._corrections.rows(sheets.ERRORS):
            name, number = (*row, None, None)[:2]
            sheet = folded.get(str(name)) or folded.get(fold(str(name)))
            if sheet and isinstance(number, int | float):
                found[sheet].add(int(number))
        return dict(found)


LandlordSource = Source | PutRight


@contextmanager
def open_file(path: Path) -> Iterator[LandlordSource]:
    """A landlord's file; of a workbook of bad rows, the file that it came from with those rows as they are put right.

    Raises:
        UserError: it can't be opened, or the file that its rows came from has gone or changed.
    """
    with open_source(path) as source:
        origin = _origin(source.note)
        if origin is None or sheets.ERRORS not in source.sheets:
            yield source
            return
        original, sha256 = origin
        if not original.exists() or file_sha256(original) != sha256:
            raise UserError(
                f"{path.name} holds rows of {original.name}, which has changed or is no longer at {original}.",
                "Put that file back where it was, or correct the rows in it and load it instead.",
            )
        with open_file(original) as first:
            yield PutRight(source, first)


def note_on(file: LandlordFile) -> str:
    """What a workbook of bad rows says of the file that they came from."""
    return json.dumps({"rentbook": _MARK, "file": str(file.path.resolve()), "sha256": file.sha256})


def title(sheet: str) -> str:
    """The name of a sheet as a workbook can have it."""
    return _UNSAFE.sub(" ", sheet)[:31]


def _origin(note: str) -> tuple[Path, str] | None:
    try:
        said = json.loads(note) if note.startswith("{") else {}
        return (Path(said["file"]), str(said["sha256"])) if said.get("rentbook") == _MARK else None
    except (ValueError, KeyError, TypeError):
        return None
