"""The sheet that shows the bank details of a mandate for a moment; the audit says who saw them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.services.direct_debits.mandates.dto import RevealedMandate
from app.views.common.dialogs import Sheet
from app.views.common.parts import label
from app.views.common.theme import scaled

_WIDE: Final = 420
_SHOWN_MS: Final = 60_000
_NOTE: Final = "That you looked is kept. It closes by itself in a minute."


class RevealSheet(Sheet):
    """Bank details unmasked."""

    def __init__(self, parent: QWidget, reference: str, found: RevealedMandate) -> None:
        super().__init__(parent, f"Bank details of mandate {reference}", close="Close", note=_NOTE)
        self.body.addWidget(label(found.holder, "strong", wrap=True))
        self.numbers = label(f"{found.sort_code}    {found.account_number}", "figure", selectable=True)
        self.numbers.setAccessibleName("Sort code and account number")
        self.body.addWidget(self.numbers)
        self.resize(scaled(_WIDE), self.height())
        closing = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        closing.timeout.connect(self.close)
        closing.start()
