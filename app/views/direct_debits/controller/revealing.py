"""The bank details of a mandate unmasked, for a moment; the audit says who saw them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.services.direct_debits.mandates import commands
from app.services.direct_debits.mandates.dto import RevealedMandate
from app.views.common.office import Office
from app.views.direct_debits.page import DirectDebitsPage
from app.views.direct_debits.reveal import RevealSheet


class RevealController(QObject):
    """Shows them."""

    def __init__(self, office: Office, page: DirectDebitsPage, ids: Sequence[int]) -> None:
        super().__init__(page)
        self._page = page
        self._reference = page.detail.row.reference if page.detail is not None else ""
        office.do(self, commands.reveal, ids[0], then=self._show)

    def _show(self, found: RevealedMandate) -> None:
        RevealSheet(self._page, self._reference, found).open()
        self.deleteLater()
