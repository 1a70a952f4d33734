"""What was found when a write-off was built, and what its reason asks for."""

from __future__ import annotations

from app.services.adjustments.register.dto import RegisterDetail, What
from app.services.adjustments.write_offs import queries
from app.services.adjustments.write_offs.dto import CaseDetail, Finding
from app.views.adjustments.schedule import CONDITIONS
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk


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
        table = DataTable("What was found", self._model, stretch="words", empty="Only a write-off has conditions.")
        super().__init__(office, table, queries.detail)

    def fill(self, found: CaseDetail | None) -> None:
        """Show what was found."""
        self._model.show_rows(found.findings if found is not None else ())

    def count(self, found: CaseDetail) -> int:
        """How many conditions are not met."""
        return found.row.unmet
