"""Restricted records: listed, restricted, released."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.admin import restricted
from app.services.admin.restricted import NewRestriction, RestrictedLine, RestrictedPage
from app.services.core.permissions import Permission
from app.views.admin.restricted import RestrictedSection, RestrictSheet
from app.views.common.office import Office


class RestrictedController(QObject):
    """Joins the section of restricted records to the services."""

    def __init__(self, office: Office) -> None:
        self.page = RestrictedSection(may_change=Permission.RESTRICT_RECORDS in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self.shown: RestrictedPage | None = None
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.restrict_wanted.connect(self._restrict)
        self.page.release_wanted.connect(self._release)

    def _refresh(self) -> None:
        self._office.ask(self, restricted.page, then=self._show)

    def _show(self, found: RestrictedPage) -> None:
        self.shown = found
        self.page.show_restricted(found)

    def _restrict(self) -> None:
        if self.shown is None:
            return
        sheet = RestrictSheet(self.page, self.shown, self._office.desk.clock.today())

        def restrict(new: NewRestriction) -> None:
            def then(_changes: object) -> None:
                sheet.accept()
                self._office.messages.good("The record is restricted.")

            self._office.do(self, restricted.restrict, new, then=then, refused=sheet.show_error)

        sheet.restriction_given.connect(restrict)
        sheet.open()

    def _release(self, chosen: RestrictedLine) -> None:
        def then(_changes: object) -> None:
            self._office.messages.good(f"{chosen.reference} is open to everybody again.")

        self._office.do(self, restricted.release, chosen.restricted_id, then=then)
