"""Every wording that a template had, to be looked at or taken into the editor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.services.letters.dto import VersionRow
from app.views.admin.template_table import VERSIONS
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.parts import action_button, button, column
from app.views.common.theme import scaled


class PastWordings(QWidget):
    """A list of wordings, the newest first.

    Signals:
        taken(VersionRow): put this one into the editor.
    """

    taken = Signal(object)

    def __init__(self, actions: Sequence[tuple[QAction, str]]) -> None:
        super().__init__()
        self.model: ListModel[VersionRow] = ListModel(VERSIONS)
        self.table = DataTable(
            "Wordings", self.model, stretch="reason", empty="Only the wording that came with the program."
        )
        take = button("Ta&ke into editor", icon="arrow-left")
        take.clicked.connect(self._take)
        under = FlowLayout()
        under.addWidget(take)
        for action, icon in actions:
            under.addWidget(action_button(action, icon=icon))
        under.setContentsMargins(scaled(12), 0, scaled(12), scaled(4))
        column(self, self.table, under, spacing=6).setStretch(0, 1)

    def _take(self) -> None:
        chosen = self.table.row()
        if isinstance(chosen, VersionRow):
            self.taken.emit(chosen)
