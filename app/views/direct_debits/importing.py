"""The sheet of mandates from a spreadsheet: counted first; what is wrong with its row, and how each would be kept."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.services.core.effects import Effect
from app.services.direct_debits.mandates.importing.dto import LoadCheck, MandateFile, NewLoad, PreviewRow
from app.services.imports.dto import Mistake
from app.views.common import formats
from app.views.common.columns import Column, ListModel, row_height
from app.views.common.data_table import DataTable
from app.views.common.effects import WorkSheet
from app.views.common.fields import TickField
from app.views.common.fields_count import CountField
from app.views.common.parts import label
from app.views.common.short_names import shorter_names

_ROWS: Final = 6
_FILE: Final = "The file"
_DOES: Final = "What it does"
_MISTAKES: tuple[Column[Mistake], ...] = (
    Column("row", "Row", lambda row: row.row or None, 56, right=True),
    Column("field", "Field", lambda row: row.field.replace("_", " ").capitalize(), 130),
    Column("message", "What is wrong", lambda row: row.message, 300, floor=200),
    Column("hint", "What to do", lambda row: row.hint, 220, spare=True),
)
_ROW_COLUMNS: tuple[Column[PreviewRow], ...] = (
    Column("row", "Row", lambda row: row.row, 56, right=True),
    Column("account", "Account", lambda row: row.account, 120, firm=True),
    Column("payer", "Payer", lambda row: row.payer, 180, floor=110, shorter=lambda row: shorter_names(row.payer)),
    Column("reference", "Reference", lambda row: row.reference, 130, firm=True),
    Column("bank", "Bank", lambda row: row.bank, 90),
    Column("code", "Next goes as", lambda row: row.code, 104, floor=104, least=1),
)


class LoadSheet(WorkSheet):
    """Mandates of a file, looked through before any is kept. Nothing of the file is kept in a draft."""

    keeps_itself = True

    def __init__(self, parent: QWidget, file: MandateFile) -> None:
        rows = formats.count(len(file.rows), "row")
        note = f"{rows} were read. Count what should be in it from the other system, not from the file."
        super().__init__(parent, f"Mandates from {file.file_name}", save="Load them", note=note, width=1240)
        self._file = file
        self.fields = self.form()
        self.fields.add("declared_count", "&Mandates", CountField("mandates there are", required=True))
        self.fields.add("despite", "", TickField("Where two mandates pay one account &both collect"))
        self.fields.setRowVisible(self.fields.labels["despite"], False)
        self.mistakes: ListModel[Mistake] = ListModel(_MISTAKES)
        self.wrong = DataTable("To put right", self.mistakes, stretch="message", empty="Nothing to put right.")
        self.preview: ListModel[PreviewRow] = ListModel(_ROW_COLUMNS)
        self.rows = DataTable("As they would be kept", self.preview, stretch="payer", empty="Nothing to show yet.")
        self._whole = label("", "muted", wrap=True)
        self.wrong.chosen.connect(self._tell_whole)
        for title, table in (("To put right", self.wrong), ("As they would be kept", self.rows)):
            table.setMinimumHeight(row_height() * _ROWS)
            self.add_below(label(title, "strong"))
            self.add_below(table, 1)
            if table is self.wrong:
                self.add_below(self._whole)

    def command(self) -> NewLoad | None:
        """What is asked for; None while it isn't declared how many there are."""
        values = self.fields.values()
        count = values["declared_count"]
        return None if count is None else NewLoad(self._file, count, values["despite"])

    def looked_through(self) -> NewLoad:
        """What is looked through, also before it is declared how many there are."""
        return self.command() or NewLoad(self._file, len(self._file.rows))

    def show_checked(self, found: LoadCheck) -> None:
        """Show what is wrong, what to look at, and how each would be kept."""
        every = (*found.mistakes, *found.warnings)
        self.mistakes.show_rows(every)
        self._tell_whole(every[0] if every else None)
        self.preview.show_rows(found.rows)
        self.fields.setRowVisible(self.fields.labels["despite"], found.doubled > 0)
        self.effects.show_effects(self._effects(found))

    def _tell_whole(self, found: Mistake | None) -> None:
        """What is wrong with the chosen row, uncut."""
        said = " ".join(each for each in (found.message, found.hint) if each) if found is not None else ""
        self._whole.setText(said)

    def _effects(self, found: LoadCheck) -> list[Effect]:
        told = [Effect(_FILE, f"{formats.count(found.count, 'mandate')} were read.")]
        told += [Effect(_FILE, words) for words in self._file.notes]
        if found.mistakes:
            many = formats.count(len(found.mistakes), "thing")
            told.append(Effect(_FILE, f"{many} to put right: nothing is kept while there is one.", warns=True))
            return told
        if found.warnings:
            told.append(Effect(_FILE, f"{formats.count(len(found.warnings), 'row')} to look at.", warns=True))
        if found.doubled:
            many = formats.count(found.doubled, "row")
            told.append(
                Effect(
                    _FILE, f"{many} for an account that another mandate pays too: tick that both collect.", warns=True
                )
            )
        live = formats.count(found.count, "mandate")
        told.append(Effect(_DOES, f"{live} live at once: the bank has them, so nothing is lodged."))
        told.append(
            Effect(_DOES, "A schedule is made of each: as its row says, else monthly on the first collection day.")
        )
        return told
