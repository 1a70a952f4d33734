"""The sheet by which a whole written-off debt is asked to come back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.models.values import WriteBackCause
from app.services.adjustments.write_offs.dto import CAUSES, CaseDetail, NewWriteBack
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField

_LONGEST = 400


class WriteBackSheet(Sheet):
    """Why a debt comes back."""

    def __init__(self, parent: QWidget, found: CaseDetail) -> None:
        left = found.row.amount - found.row.back
        note = f"{left} comes back onto the accounts once a second officer has approved it. Money that comes in is put back by itself."
        super().__init__(
            parent, f"Write back write-off {found.row.number}", primary="Ask for it", close="Close", note=note
        )
        self._case = found.row.write_off_id
        self.fields = self.form()
        causes = [(words, cause) for cause, words in CAUSES.items() if cause is not WriteBackCause.MONEY_IN]
        self.fields.add("cause", "&Because", ChoiceField(causes))
        why = LineField(_LONGEST, placeholder="Such as: found at a new address")
        self.fields.add("reason", "&Why", why, "For the officer who decides")

    def command(self) -> NewWriteBack | None:
        """What is asked for; None while nothing is said."""
        values = self.fields.values()
        reason: str = values["reason"].strip()
        return NewWriteBack(self._case, values["cause"], reason) if reason else None
