"""What the sheets that ask for an adjustment have in common: evidence, and why it isn't the same as an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.services.core.effects import Effect
from app.services.core.errors import UserError, UserErrors
from app.views.common.evidence import EvidencedSheet
from app.views.common.fields import AreaField, LineField

STATEMENT: Final = 200
_WHY, _NOTE = 200, 4_000
_ALIKE: Final = "Entered before?"
"""The group of what looks like an earlier line, as `previewing.effects` names it."""


class AskedSheet(EvidencedSheet):
    """A sheet that asks for an adjustment.

    Attributes:
        key: its name for it: a second click never makes two.
    """

    def __init__(self, parent: QWidget, title: str, note: str = "") -> None:
        super().__init__(parent, title, save="Enter it", note=note)
        self.key = f"asked:{uuid4().hex}"
        self.effects.told.connect(self._show_alike)

    def add_last(self) -> None:
        """Add the fields that every such sheet ends with."""
        self.fields.add("note", "&Note", AreaField(_NOTE, height=64), "For whoever approves it")
        why = LineField(_WHY, placeholder="Such as: two locks were changed")
        self.fields.add("like_reason", "Not the sam&e because", why)
        self.add_evidence()
        self.show_row("like_reason", shown=False)

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
