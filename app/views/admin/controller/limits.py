"""Money limits: listed, and changes of them asked for."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.admin import limits
from app.services.admin.officers_dto import Asked, LimitLine
from app.services.core.limits import Limit
from app.services.core.permissions import Permission
from app.views.admin.limits import LimitsSection, LimitsSheet
from app.views.common.office import Office


class LimitsController(QObject):
    """Joins the section of limits to the services."""

    def __init__(self, office: Office) -> None:
        self.page = LimitsSection(may_change=Permission.MANAGE_OFFICERS in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.edit_wanted.connect(self._edit)

    def _refresh(self) -> None:
        self._office.ask(self, limits.page, then=self.page.show_rows)

    def _edit(self, chosen: LimitLine) -> None:
        sheet = LimitsSheet(self.page, chosen)

        def ask(wanted: tuple[Limit, ...], reason: str) -> None:
            def then(asked: Asked) -> None:
                sheet.accept()
                self._office.messages.good(
                    f"Request {asked.request_id} waits for a second officer on the page Approvals."
                )

            self._office.do(self, limits.change, chosen.officer_id, wanted, reason, then=then, refused=sheet.show_error)

        sheet.limits_given.connect(ask)
        sheet.open()
