"""Ctrl+E: which file a table is exported to, and whether all its rows or the chosen ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QStyle, QStyleOptionButton, QWidget

from app.services.workbench.listing import FileKind, Listing
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.parts import column, label
from app.views.common.theme import style_of

if TYPE_CHECKING:
    from app.views.common.data_table import DataTable

_KINDS = (
    (FileKind.XLSX, "&Excel workbook", "Amounts are numbers and dates are dates; sums by formula"),
    (FileKind.CSV, "C&SV", "For another system; opens in Excel too"),
    (FileKind.PDF, "&PDF", "For reading and printing, the headings on each page"),
)


class ExportSheet(Sheet):
    """Says what will be in the file and asks for its kind."""

    def __init__(self, parent: QWidget, table: DataTable) -> None:
        listing = table.listing()
        shown = "; ".join(listing.shown) or "Every row of the table"
        order = f", sorted by {listing.order}" if listing.order else ""
        super().__init__(parent, f"Export {listing.title}", primary="Save as ...", note=f"{shown}{order}.")
        self._table = table
        self._places = table.places()
        self._kinds = QButtonGroup(self)
        self._rows = QButtonGroup(self)
        self.body.addWidget(label("Which file", "heading"))
        for at, (_kind, words, why) in enumerate(_KINDS):
            self._add(self._kinds, at, words, why)
        chosen = table.chosen_count()
        self._all = QRadioButton(f"&All {formats.count(listing.count, 'row')}")
        self._chosen = QRadioButton(f"&Only the {chosen:,} chosen")
        if 1 < chosen < listing.count:
            self.body.addWidget(label("Which rows", "heading"))
            for at, choice in enumerate((self._all, self._chosen)):
                self._rows.addButton(choice, at)
                self.body.addWidget(choice)
        self._all.setChecked(True)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * 40)

    def kind(self) -> FileKind:
        """The file that is wanted."""
        return _KINDS[self._kinds.checkedId()][0]

    def listing(self) -> Listing:
        """The rows that are wanted, as the table shows them now."""
        return self._table.listing(self._places if self._chosen.isChecked() else None)

    def choose(self, kind: FileKind, *, only_chosen: bool = False) -> None:
        """Choose the file, and whether only the chosen rows go into it."""
        self._kinds.button([each for each, *_ in _KINDS].index(kind)).setChecked(True)
        (self._chosen if only_chosen else self._all).setChecked(True)

    def _add(self, group: QButtonGroup, at: int, words: str, why: str) -> None:
        choice = QRadioButton(words, self)
        choice.setAccessibleDescription(why)
        choice.setChecked(not at)
        group.addButton(choice, at)
        reason = label(why, "muted", wrap=True)
        reason.setIndent(_beside_the_circle(choice))
        self.body.addLayout(column(None, choice, reason, spacing=0))


def _beside_the_circle(choice: QRadioButton) -> int:
    """Where its words begin."""
    choice.ensurePolished()
    option = QStyleOptionButton()
    choice.initStyleOption(option)
    with style_of(choice) as style:
        return style.subElementRect(QStyle.SubElement.SE_RadioButtonContents, option, choice).left()
