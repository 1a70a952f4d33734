"""Before a week is posted: which weeks, and that it can't be taken back but by reversal."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.parts import label

_MOST = 8


class PostSheet(Sheet):
    """Names the weeks that would be posted, in order."""

    def __init__(self, parent: QWidget, due: tuple[date, ...]) -> None:
        title = "Post the week's charge" if len(due) == 1 else f"Post {len(due)} weeks"
        note = "Each week is posted whole or not at all. A posted week is corrected by reversal, never changed."
        super().__init__(parent, title, primary="Post", note=note)
        for week in due[:_MOST]:
            self.body.addWidget(label(f"Week of {formats.weekday(week)}", "strong"))
        if len(due) > _MOST:
            self.body.addWidget(label(f"and {len(due) - _MOST} more, to {formats.weekday(due[-1])}", "muted"))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * 36)
