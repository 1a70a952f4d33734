"""The sheet by which a void gets its reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from app.services.tenancies.voids.dto import REASONS, ChangeVoid, VoidRow
from app.views.common import formats
from app.views.common.effects import WorkSheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_dates import DateField


class VoidSheet(WorkSheet):
    """Why a property stands empty, from a day on."""

    def __init__(self, parent: QWidget, void: VoidRow, today: Callable[[], date]) -> None:
        since = f"empty since {formats.day(void.since)}" if void.since else "never let"
        super().__init__(
            parent, "Reason of a void", save="Save", note=f"{void.reference}, {void.address}, {since}", width=860
        )
        self._void = void
        self.fields = self.form()
        self.fields.add("reason", "&Reason", ChoiceField([(words, each) for each, words in REASONS.items()]))
        self.fields.add("from_on", "&From", DateField(today), "Left blank: since the property became empty")
        self.fields.add("note", "&Note", LineField(400, placeholder="Such as: new kitchen, back on 14 December"))
        self.fields.fill({"reason": void.reason, "from_on": void.reason_since, "note": void.note})

    def command(self) -> ChangeVoid:
        """What is to be done."""
        values = self.fields.values()
        return ChangeVoid(
            self._void.property_id, values["reason"], values["from_on"], values["note"], self._void.version
        )
