"""What was found when a write-off was built, and what its reason asks for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.adjustments.register.dto import RegisterDetail, What
from app.services.adjustments.write_offs import queries
from app.services.adjustments.write_offs.dto import CaseDetail, Finding
from app.views.adjustments.schedule import CONDITIONS
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.common.parts import column, label


class WriteOffPart(PartDesk):
    """A tab that only a write-off fills."""

    def show(self, record_id: int, record: RegisterDetail) -> None:
        """Show a write-off's."""
        if record.row.what is What.WRITE_OFF:
            super().show(record_id, record)
        else:
            self.clear()


class ConditionsController(WriteOffPart):
    """The conditions of the write-off that is shown; of anything else there are none."""

    def __init__(self, office: Office) -> None:
        self._model: ListModel[Finding] = ListModel(CONDITIONS, in_turn=True)
        self._table = DataTable(
            "What was found", self._model, stretch="words", empty="Only a write-off has conditions."
        )
        self._whole = label("", wrap=True)
        part = QWidget()
        column(part, self._table, self._whole, spacing=6).setStretch(0, 1)
        super().__init__(office, part, queries.detail)
        self._table.chosen.connect(self._say_whole)

    def fill(self, found: CaseDetail | None) -> None:
        """Show what was found, from the first that isn't met."""
        rows = found.findings if found is not None else ()
        self._model.show_rows(rows)
        self._say_whole(None)
        if rows:
            self._table.go_to(next((at for at, each in enumerate(rows) if each.met is False), 0))

    def count(self, found: CaseDetail) -> int:
        """How many conditions are not met."""
        return found.row.unmet

    def _say_whole(self, found: Finding | None) -> None:
        """All of the one that is chosen: a line of the table may be cut."""
        self._whole.setText(f"{found.what}: {found.words}" if found is not None else "")
