"""Credits that were written on: the columns of their list, and the sheet of one that somebody asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import AdjustmentState
from app.services.adjustments.credits.dto import Claimed, WrittenOnRow
from app.services.adjustments.refunds.dto import STATES
from app.services.workbench.rules.typed_dates import Toward
from app.views.common.columns import Column, money_column
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField
from app.views.common.fields_dates import DateField
from app.views.common.short_names import shorter_names
from app.views.common.theme import scaled

_WHY, _WIDE = 400, 560


def _became(row: WrittenOnRow) -> str:
    """What came of it since."""
    if row.back is AdjustmentState.WAITING:
        return f"Refund {row.refund_number}: the write-on waits to be taken back"
    if row.begun and row.back is None:
        return f"Refund {row.refund_number}: putting it back was refused"
    if row.refund_state is not None:
        return f"Refund {row.refund_number}: {STATES[row.refund_state].lower()}"
    return ""


WRITTEN_ON: Sequence[Column[WrittenOnRow]] = (
    Column("reference", "Account", lambda row: row.reference, 110, firm=True),
    Column("name", "Name", lambda row: row.name, 200, floor=150, shorter=lambda row: shorter_names(row.name)),
    money_column("amount", "Written on", lambda row: row.amount, 104, total=True),
    Column("posted_on", "On", lambda row: row.posted_on, 96),
    Column("number", "Adjustment", lambda row: row.number, 96, right=True),
    Column("became", "Since then", _became, 260, floor=150),
)


class ClaimSheet(Sheet):
    """Somebody asks for a credit that was written on."""

    def __init__(self, parent: QWidget, row: WrittenOnRow, today: date) -> None:
        note = (
            f"{row.amount} goes back on account {row.reference}, {row.name}, and a refund of it is begun at its gate. Above "
            "your limits the first waits for a second officer."
        )
        super().__init__(parent, "They ask for it", primary="Begin the refund", note=note)
        self._row = row
        self._key = f"claim:{uuid4().hex}"
        self.fields = fields = self.form()
        fields.add("asked_on", "Asked &on", DateField(lambda: today, Toward.PAST, required=True))
        fields.add("reason", "&Reason", AreaField(_WHY, height=64), "Who asks, and how: whoever approves it reads this")
        fields.fill({"asked_on": today})
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> Claimed | None:
        """What is asked for; None while the day is missing."""
        values, row = self.fields.values(), self._row
        if values["asked_on"] is None:
            return None
        return Claimed(self._key, row.adjustment_id, row.account_id, values["asked_on"], values["reason"])
