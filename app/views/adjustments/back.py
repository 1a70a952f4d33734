"""The sheet by which something is taken back: why, and what it undoes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField
from app.views.common.theme import scaled

_LONGEST, _WIDE = 400, 520


class BackSheet(Sheet):
    """Why something is taken back.

    Args:
        title: what is done, such as `Reverse adjustment 12`.
        save: what the primary button says.
        note: what that does, in a sentence.
    """

    def __init__(self, parent: QWidget, title: str, save: str, note: str) -> None:
        super().__init__(parent, title, primary=save, close="Close", note=note)
        self.fields = self.form()
        hint = "It stands in the history"
        self.fields.add("reason", "&Why", LineField(_LONGEST, placeholder="Such as: entered twice"), hint)
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> str | None:
        """Why; None while nothing is said."""
        reason: str = self.fields.values()["reason"].strip()
        return reason or None
