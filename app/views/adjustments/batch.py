"""The sheet of a batch: declared first, then keyed row by row or loaded from a file; what it comes to stands beside it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import Side
from app.services.adjustments.batches.dto import (
    BatchFile,
    BatchForm,
    BatchRow,
    Checked,
    NewBatch,
    Usual,
)
from app.services.adjustments.batches.rules import WORDS
from app.services.adjustments.batches.telling import effects
from app.services.core.errors import UserError, UserErrors
from app.services.imports.dto import Mistake
from app.views.common import formats
from app.views.common.columns import Column, ListModel, row_height
from app.views.common.data_table import DataTable
from app.views.common.entry_grid import EntryGrid
from app.views.common.entry_model import EntryColumn
from app.views.common.evidence import EvidencedSheet
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.fields_count import CountField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find, Picked, Picker, among

_TITLE, _STATEMENT, _NOTE = 200, 200, 4_000
_ROWS_SHOWN: Final = 8
_BESIDE: Final = frozenset({"declared", "rows", "title"})
"""Mistakes that stand beside their field or their count."""
_EACH: Final = "Each line says its own"
_MISTAKES: tuple[Column[Mistake], ...] = (
    Column("row", "Row", lambda row: row.row or None, 56, right=True),
    Column("field", "Field", lambda row: WORDS.get(row.field, row.field.capitalize()), 100),
    Column("message", "What is wrong", lambda row: row.message, 300, floor=200),
    Column("hint", "What to do", lambda row: row.hint, 250, least=1),
)


class ReferencePicker(Picker):
    """An account in a cell: chosen from the list, or its reference typed whole, which is looked up with the batch."""

    def __init__(self, find: Find, *, required: bool = True) -> None:
        super().__init__(find, "an account", "a reference, name or postcode", required=required)
        self._needed = required

    def wait_for_answer(self, then: Callable[[], object]) -> bool:
        """Nothing is waited for: who keys a batch types on, and its references are looked up together."""
        return False

    def problem(self) -> str:
        """Whether it is lacking; a reference that isn't there is told with the batch."""
        return "" if self.text().strip() or not self._needed else "Type the reference of the account."


class BatchSheet(EvidencedSheet):
    """What every batch asks for: what it is, what is declared, and what its lines have in common.

    Args:
        form: what it begins with.
    """

    def __init__(self, parent: QWidget, title: str, form: BatchForm, note: str) -> None:
        super().__init__(parent, title, save="Submit", note=note, width=1380)
        self._key = f"batch:{uuid4().hex}"
        self._form_of = form
        self._kinds = {each.key: each for each in form.kinds}
        self._kind = ChoiceField([(_EACH, ""), *((each.title, each.key) for each in form.kinds)])
        self._reason = ChoiceField()
        self._arrange()
        self._kind.changed.connect(self._follow_kind)
        self._follow_kind()

    def _arrange(self) -> None:
        fields, today = self.fields, self._form_of.today
        fields.add("title", "&What it is", LineField(_TITLE, placeholder="Such as: Heating failed at Sample House"))
        fields.add(
            "declared_count", "&Lines", CountField("lines there are", required=True, placeholder="Counted beforehand")
        )
        fields.add("declared", "&Total", MoneyField(credits_too=True, required=True, placeholder="Added up beforehand"))
        fields.add("kind", "&Kind", self._kind)
        fields.add("reason", "&Reason", self._reason)
        fields.add("effective_on", "&Belongs to", DateField(lambda: today))
        fields.add("from_on", "&From", DateField(lambda: today), "The first day that they put right")
        fields.add("to_on", "Last &day", DateField(lambda: today))
        said = LineField(_STATEMENT, placeholder="Of lines that say nothing themselves")
        fields.add("narrative", "&On the statement", said)
        self._add_lines()
        fields.add("note", "&Note", AreaField(_NOTE, height=52, placeholder="For whoever approves it"))
        self.add_evidence()
        fields.fill({"effective_on": today})

    @abstractmethod
    def _add_lines(self) -> None:
        """Add what holds the lines."""

    @abstractmethod
    def lines(self) -> tuple[BatchRow, ...]:
        """The rows that are keyed."""

    file: BatchFile | None = None

    def command(self) -> NewBatch:
        """What is asked for, however much of it is there yet."""
        values = self.fields.values()
        kind = self._kinds.get(values["kind"] or "")
        period = kind is not None and kind.needs_period
        return NewBatch(
            entry_key=self._key,
            title=values["title"] or "",
            declared_count=values["declared_count"],
            declared=values["declared"],
            rows=self.lines(),
            file=self.file,
            usual=Usual(
                values["kind"] or "",
                values["reason"] or "",
                values["effective_on"],
                values["from_on"] if period else None,
                values["to_on"] if period else None,
                values["narrative"] or (kind.title if kind is not None else ""),
            ),
            note=values["note"] or "",
        )

    def show_checked(self, found: Checked) -> None:
        """Show what it comes to and what must be put right."""
        self.effects.show_effects(effects(found, listed=self.file is not None))

    def _follow_kind(self) -> None:
        """Only the reasons that fit the kind are offered, and its days where it needs them."""
        kind = self._kinds.get(self._kind.value() or "")
        fitting = [each for each in self._form_of.reasons if kind is None or not each.kinds or kind.key in each.kinds]
        self._reason.offer([(_EACH, ""), *((each.title, each.key) for each in fitting)])
        for name in ("from_on", "to_on"):
            self.show_row(name, shown=kind is not None and kind.needs_period)
        self.evidence.required = kind is not None and kind.needs_evidence and self.file is None


class KeyedSheet(BatchSheet):
    """A batch that is keyed: Enter goes from cell to cell, an empty row ends it."""

    def __init__(self, parent: QWidget, form: BatchForm, find: Find) -> None:
        self._find = find
        super().__init__(
            parent, "New batch", form, "Count and add up first; then key the lines. All are posted, or none."
        )

    def _add_lines(self) -> None:
        kinds, reasons = list(self._form_of.kinds), list(self._form_of.reasons)
        self._keys = [each.key for each in kinds], [each.key for each in reasons]
        kind_words = [Picked(at, each.title) for at, each in enumerate(kinds)]
        reason_words = [Picked(at, each.title) for at, each in enumerate(reasons)]
        transfers = any(each.side is Side.TRANSFER for each in kinds)
        other = EntryColumn("other", "To account", lambda: ReferencePicker(self._find, required=False), 250)
        self.grid = EntryGrid(
            "Lines",
            (
                EntryColumn("account", "Account", lambda: ReferencePicker(self._find), 250),
                EntryColumn("amount", "Amount", lambda: MoneyField(credits_too=True, required=True), 96, right=True),
                EntryColumn("narrative", "On the statement", lambda: LineField(_STATEMENT), 262),
                EntryColumn("kind", "Another kind", lambda: Picker(among(kind_words), "a kind", "its name"), 150),
                *([other] if transfers else []),
                EntryColumn("effective_on", "Another day", lambda: DateField(lambda: self._form_of.today), 104),
                EntryColumn(
                    "reason", "Another reason", lambda: Picker(among(reason_words), "a reason", "its name"), 170
                ),
                EntryColumn("like_reason", "Not the same again, because", lambda: LineField(_STATEMENT), 220),
            ),
            one="line",
        )
        self.grid.table.horizontalHeader().setStretchLastSection(False)
        self.grid.table.setMinimumHeight(row_height() * _ROWS_SHOWN)
        self.fields.add("rows", "L&ines", self.grid)

    def lines(self) -> tuple[BatchRow, ...]:
        """The rows in which anything stands."""
        kinds, reasons = self._keys
        return tuple(
            BatchRow(
                row=at,
                amount=row["amount"],
                account=row["account"],
                reference=_typed(typed["account"]),
                other=row.get("other"),
                other_reference=_typed(typed.get("other", "")),
                kind="" if row["kind"] is None else kinds[row["kind"]],
                reason="" if row["reason"] is None else reasons[row["reason"]],
                effective_on=row["effective_on"],
                narrative=row["narrative"] or "",
                like_reason=row["like_reason"] or "",
            )
            for at, (row, typed) in enumerate(zip(self.grid.value(), self.grid.typed(), strict=True), 1)
        )

    def show_error(self, error: UserError) -> None:
        """Mark the cells that were refused; the rest stands beside the fields or at the top."""
        cells: dict[tuple[int, str], str] = {}
        rest: list[UserError] = []
        for each in error.errors if isinstance(error, UserErrors) else (error,):
            _, row, field = [*(each.field or "").split("."), "", ""][:3]
            if row.isdecimal() and field in _CELLS:
                cells.setdefault((int(row) - 1, field), str(each))
            else:
                rest.append(each)
        if cells:
            self.grid.show_errors(cells)
        if rest:
            super().show_error(rest[0] if len(rest) == 1 else UserErrors(rest))
        elif cells:
            self.set_busy(busy=False)
            self.messages.bad(UserError(f"{formats.count(len(cells), 'cell')} to put right.", "Nothing was submitted."))


class LoadedSheet(BatchSheet):
    """A batch that was loaded from a file: every fault stands in a table with its row."""

    def __init__(self, parent: QWidget, form: BatchForm, file: BatchFile) -> None:
        self.file = file
        rows = formats.count(len(file.rows), "row")
        super().__init__(parent, f"Batch from {file.file_name}", form, _about(file, rows))
        self.fields.fill({"title": file.file_name.rpartition(".")[0].replace("_", " ").capitalize()})
        self.begin_at(self.fields.field("declared_count"))

    def _add_lines(self) -> None:
        empty = "Nothing to put right in the file."
        self._listed = ListModel(_MISTAKES)
        self.mistakes = DataTable("To put right", self._listed, stretch="message", empty=empty)
        self.mistakes.setMinimumHeight(row_height() * (_ROWS_SHOWN - 1))
        self.add_below(self.mistakes, 1)

    def lines(self) -> tuple[BatchRow, ...]:
        """None: they are the file's."""
        return ()

    def show_checked(self, found: Checked) -> None:
        """Show what it comes to, and every mistake with its row."""
        super().show_checked(found)
        self._listed.show_rows([each for each in found.mistakes if each.field not in _BESIDE])


_CELLS: Final = frozenset({"account", "amount", "narrative", "kind", "other", "effective_on", "reason", "like_reason"})


def _typed(account: object) -> str:
    """The reference that stands in a cell where no account was chosen."""
    return account.strip() if isinstance(account, str) else ""


def _about(file: BatchFile, rows: str) -> str:
    """What was read, and what was passed over."""
    return " ".join([f"{rows} were read. Count and add up the paper that it came from, not the file.", *file.notes[:2]])
