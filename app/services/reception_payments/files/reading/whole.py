"""A file of receipts read whole by a profile; nothing of it is kept here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.services.core.errors import UserError
from app.services.core.garbage import search_paused
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.imports import fingerprints
from app.services.imports.dto import Mistake
from app.services.reception_payments.files.dto_read import Control, FileRead, ReadLine, Typed
from app.services.reception_payments.files.layouts import Field, Profile
from app.services.reception_payments.files.reading import cards, records, totals
from app.services.reception_payments.files.reading.lines import LineReader
from app.services.reception_payments.files.reading.records import Records


@search_paused()
def read(
    path: Path,
    profile: Profile,
    typed: Typed | None = None,
    known: Callable[[set[str]], set[str]] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> FileRead:
    """Read a file by a profile. Of one that holds a card number nothing is told but where.

    `typed` is what the officer says of it; `known` tells of references that look like card numbers which are ours.

    Raises:
        UserError: it can't be read at all, or the day of its lines is neither in it nor typed.
        Cancelled: `cancel` was used.
    """
    said = typed or Typed()
    check = (cancel or CancelToken()).check
    progress(0, 0, "Reading the file")
    if profile.layout.column(Field.DATE) is None and said.paid_on is None:
        raise UserError("The file has no day of payment.", "Say on which day it was paid.", "paid_on")
    found = records.read(path, profile.layout)
    check()
    sha256 = fingerprints.file_sha256(path)
    held = cards.held(found, profile.layout, known or (lambda _digits: set()))
    if held:
        return FileRead(path.name, sha256, b"", profile, (), Control(), cards=held)
    check()
    reader = LineReader(found, profile.layout, said.paid_on)
    lines = tuple(reader.lines())
    progress(len(lines), 0, "Looking through the lines")
    wanted, mistakes = _wrong(found, reader, lines, said)
    if not lines and not mistakes:
        mistakes = [Mistake(0, "path", f"{path.name} has no payments.", "Is it of another profile?")]
    told = tuple(sorted(mistakes, key=lambda each: each.row))
    return FileRead(path.name, sha256, path.read_bytes(), profile, lines, wanted, told, (), reader.passed_over)


def _wrong(found: Records, reader: LineReader, lines: Sequence[ReadLine], said: Typed) -> tuple[Control, list[Mistake]]:
    """What the file should come to, and all that is wrong with it."""
    wanted, faults = totals.declared(found, reader.layout, said.declared)
    mistakes = [*found.mistakes, *reader.mistakes, *faults]
    if not mistakes:
        mistakes += totals.differences(wanted, reader.counted, lines, found)
    return wanted, mistakes
