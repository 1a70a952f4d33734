"""The sheet of suppliers from a spreadsheet: what is wrong with its row, and what may be there already."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.services.core.effects import Effect
from app.services.imports.dto import Mistake
from app.services.purchase_orders.suppliers.dto import SupplierForm
from app.services.purchase_orders.suppliers.loading.dto import WORDS, LoadCheck, NewLoad, SupplierFile
from app.views.common import formats
from app.views.common.columns import Column, ListModel, row_height
from app.views.common.data_table import DataTable
from app.views.common.effects import WorkSheet
from app.views.common.fields import ChoiceField, TickField
from app.views.common.parts import label

_ROWS: Final = 6
_MISTAKES: tuple[Column[Mistake], ...] = (
    Column("row", "Row", lambda row: row.row or None, 56, right=True),
    Column("field", "Column", lambda row: WORDS.get(row.field, row.field.replace("_", " ")), 140),
    Column("message", "What is wrong", lambda row: row.message, 320, floor=200),
    Column("hint", "What to do", lambda row: row.hint, 240, floor=160, least=1),
)


class SupplierLoadSheet(WorkSheet):
    """Suppliers of a file, looked through before any is kept. Nothing of the file is kept in a draft."""

    keeps_itself = True

    def __init__(self, parent: QWidget, file: SupplierFile, form: SupplierForm) -> None:
        note = f"{formats.count(len(file.rows), 'row')} were read. Those that are there by their finance number stay as they are."
        super().__init__(parent, f"Suppliers from {file.file_name}", save="Load them", note=note, width=1160)
        self._file = file
        self.fields = fields = self.form()
        categories = [(words, key) for key, words in form.categories]
        fields.add("category_id", "Cate&gory", ChoiceField(categories), "Of the rows that name none")
        fields.add("alike_seen", "", TickField("I looked at those that may be there: they are o&thers"))
        fields.setRowVisible(fields.labels["alike_seen"], False)
        self.mistakes: ListModel[Mistake] = ListModel(_MISTAKES)
        self.suspected: ListModel[Mistake] = ListModel(_MISTAKES)
        for title, model, empty in (
            ("To put right", self.mistakes, "Nothing to put right."),
            ("May be there already", self.suspected, "Nobody like them is there."),
        ):
            table = DataTable(title, model, stretch="message", empty=empty)
            table.setMinimumHeight(row_height() * _ROWS)
            self.add_below(label(title, "strong"))
            self.add_below(table, 1)

    def command(self) -> NewLoad:
        """What is asked for."""
        values = self.fields.values()
        return NewLoad(self._file, values["category_id"], values["alike_seen"])

    def show_checked(self, found: LoadCheck) -> None:
        """Show what is wrong, what may be there, and what it would do."""
        self.mistakes.show_rows(found.mistakes)
        self.suspected.show_rows(found.suspected)
        self.fields.setRowVisible(self.fields.labels["alike_seen"], bool(found.suspected))
        told = [Effect("The file", words) for words in self._file.notes]
        if found.mistakes:
            many = formats.count(len(found.mistakes), "thing")
            told.append(Effect("The file", f"{many} to put right: nothing is kept while there is one.", warns=True))
        if found.suspected:
            many = formats.count(len(found.suspected), "row")
            told.append(Effect("The file", f"{many} that may be there already: look at them.", warns=True))
        told.append(Effect("Suppliers", f"{formats.count(found.new, 'supplier')} kept, without bank details."))
        if found.known:
            told.append(
                Effect("Suppliers", f"{formats.count(found.known, 'supplier')} there already, left as they are.")
            )
        self.effects.show_effects(told)
