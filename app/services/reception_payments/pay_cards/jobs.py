"""The supplier's answer, away from the window: its headings, and its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.imports import headings as heads
from app.services.imports.dto import FileHeadings, Heading
from app.services.reception_payments.pay_cards import answers
from app.services.reception_payments.pay_cards.dto import AnswerFile


def headings(
    _desk: Desk, path: Path, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> FileHeadings:
    """The headings of a file, and what each is read as by its words.

    Raises:
        UserError: as `headings.read`.
    """
    (cancel or CancelToken()).check()
    progress(0, 0, "Reading the headings")
    return heads.read(path, answers.LAYOUT)


def unclear(chosen: Sequence[Heading]) -> str:
    """What keeps a file from being read as its headings are chosen, as a sentence; empty where they will do."""
    return heads.lacking(answers.LAYOUT, chosen) or heads.doubled(chosen)


def read_file(
    _desk: Desk,
    path: Path,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> AnswerFile:
    """Read an answer; no transaction is open while it is read.

    Raises:
        UserError: as `answers.read`.
        Cancelled: `cancel` was used.
    """
    return answers.read(path, columns, progress, cancel)
