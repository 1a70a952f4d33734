"""What the sheets that ask for an adjustment have in common: evidence, and why it isn't the same as an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.services.core.effects import Effect
from app.services.core.errors import UserError, UserErrors
from app.views.adjustments.evidence import DropsEvidence, EvidenceField
from app.views.common.documents_incoming import Incoming
from app.views.common.effects import WorkSheet
from app.views.common.fields import AreaField, LineField
from app.views.common.forms import Form

STATEMENT: Final = 200
_WHY, _NOTE = 200, 4_000
_ALIKE: Final = "Entered before?"
"""The group of what looks like an earlier line, as `previewing.effects` names it."""


class AskedSheet(WorkSheet):
    """A sheet that asks for an adjustment.

    Attributes:
        key: its name for it: a second click never makes two.
        fields: its form.
        evidence: the files that show it.
    """

    fields: Form

    def __init__(self, parent: QWidget, title: str, note: str = "") -> None:
        super().__init__(parent, title, save="Enter it", note=note, width=1060)
        self.key = f"asked:{uuid4().hex}"
        self.evidence = EvidenceField()
        self.effects.told.connect(self._show_alike)
        DropsEvidence(self, self.evidence)

    def files(self) -> tuple[Incoming, ...]:
        """The files that show it."""
        return self.evidence.value()

    def add_last(self) -> None:
        """Add the fields that every such sheet ends with."""
        self.fields.add("note", "&Note", AreaField(_NOTE, height=64), "For whoever approves it")
        why = LineField(_WHY, placeholder="Such as: two locks were changed")
        self.fields.add("like_reason", "Not the sam&e because", why)
        self.fields.add("evidence", "E&vidence", self.evidence, "Or drop the files anywhere on this sheet")
        self.show_row("like_reason", shown=False)

    def show_row(self, name: str, *, shown: bool) -> None:
        """Ask for a field, or don't."""
        self.fields.setRowVisible(self.fields.labels[name], shown)

    def show_error(self, error: UserError) -> None:
        """Show what is wrong beside its field, also beside one that wasn't asked for before."""
        several = error.errors if isinstance(error, UserErrors) else (error,)
        if any(each.field == "like_reason" for each in several):
            self.show_row("like_reason", shown=True)
        super().show_error(error)

    def _show_alike(self, effects: Sequence[Effect]) -> None:
        """What looks like an earlier line is to be explained."""
        if any(effect.group == _ALIKE for effect in effects):
            self.show_row("like_reason", shown=True)
