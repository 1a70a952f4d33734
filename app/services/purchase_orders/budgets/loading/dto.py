"""Budgets of a file, as they cross layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.models.values import Money
from app.services.core.changes import Changes
from app.services.imports.dto import Mistake

WORDS: Final[Mapping[str, str]] = {
    "cost_centre": "cost centre",
    "cost_centre_name": "name of the cost centre",
    "subjective": "subjective code",
    "name": "name of the code",
    "heading": "heading",
    "holder": "holder",
    "original": "original budget",
}
"""What the columns are called in a sentence."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of a file: a code with its budget; names may be left out where the code is known."""

    row: int
    cost_centre: str
    subjective: str
    original: Money | None
    cost_centre_name: str = ""
    name: str = ""
    heading: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class BudgetFile:
    """A file that was read; `means` says what each of its headings was read as."""

    sha256: str
    file_name: str
    rows: tuple[FileRow, ...]
    mistakes: tuple[Mistake, ...] = ()
    notes: tuple[str, ...] = ()
    means: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NewLoad:
    """A file to be loaded as the budgets of a financial year."""

    file: BudgetFile
    year: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """What a row of a file would do."""

    row: int
    code: str
    name: str
    before: Money | None
    after: Money
    does: str


@dataclass(frozen=True, slots=True)
class LoadCheck:
    """What loading a file would do.

    Attributes:
        mistakes: what is wrong, with its row; nothing is kept while there is one.
        added: codes that get their budget; `given`: what they get.
        revised: codes that have another budget, which is asked for as a revision; `moved`: what that comes to.
        same: codes whose budget is the same.
        asks: the year is in use, so that a second officer approves what is given.
    """

    mistakes: tuple[Mistake, ...]
    added: int
    given: Money
    revised: int
    moved: Money
    same: int
    rows: tuple[PreviewRow, ...]
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded."""

    added: int
    revised: int
    move_id: int | None
    told: str
    changes: Changes
