"""The weeks of the debt that a write-off is about, and until when each can be sued for."""

from __future__ import annotations

from app.services.adjustments.write_offs import queries
from app.services.adjustments.write_offs.dto import CaseDetail, CasePart
from app.views.adjustments.controller.conditions import WriteOffPart
from app.views.adjustments.schedule import PARTS
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.office import Office


class LimitationController(WriteOffPart):
    """What of the debt fell due on each day, the oldest first, with its last day."""

    def __init__(self, office: Office) -> None:
        self._model: ListModel[CasePart] = ListModel(PARTS, in_turn=True)
        table = DataTable("Limitation", self._model, stretch="state", empty="Only a write-off has weeks that run out.")
        super().__init__(office, table, queries.detail)

    def fill(self, found: CaseDetail | None) -> None:
        """Show the parts of the debt."""
        self._model.show_rows(found.parts if found is not None else ())

    def count(self, found: CaseDetail) -> int:
        """How many parts are out of time."""
        return sum(part.out_of_time for part in found.parts)
