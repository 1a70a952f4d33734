"""Roles: listed, and changes of them asked for."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.admin import roles
from app.services.admin.officers_dto import Asked, RoleEdit, RoleLine
from app.services.core.permissions import Permission
from app.views.admin.roles import RoleSheet, RolesSection
from app.views.common.office import Office


class RolesController(QObject):
    """Joins the section of roles to the services."""

    def __init__(self, office: Office) -> None:
        self.page = RolesSection(may_change=Permission.MANAGE_OFFICERS in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self.shown: tuple[RoleLine, ...] = ()
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.edit_wanted.connect(self._edit)

    def _refresh(self) -> None:
        self._office.ask(self, roles.page, then=self._show)

    def _show(self, found: tuple[RoleLine, ...]) -> None:
        self.shown = found
        self.page.show_rows(found)

    def _edit(self, chosen: RoleLine | None) -> None:
        if not self.shown:
            return
        sheet = RoleSheet(self.page, self.shown[0].permissions, chosen)

        def ask(wanted: RoleEdit) -> None:
            def then(asked: Asked) -> None:
                sheet.accept()
                self._office.messages.good(
                    f"Request {asked.request_id} waits for a second officer on the page Approvals."
                )

            self._office.do(self, roles.edit, wanted, then=then, refused=sheet.show_error)

        sheet.edited.connect(ask)
        sheet.open()
