"""What waits for the officer's own approval is shown on the page of approvals, with everything that it needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.views.adjustments.page import AdjustmentsPage
from app.views.common.office import Office


class DecideController(QObject):
    """Opens the request of the line that is shown."""

    def __init__(self, office: Office, page: AdjustmentsPage, _ids: Sequence[int]) -> None:
        super().__init__(page)
        if page.detail is not None and page.detail.row.request_id is not None:
            office.open_record(Subject.APPROVAL, page.detail.row.request_id)
        self.deleteLater()
