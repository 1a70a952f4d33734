"""Declared accounts: listed, declared, ended."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.admin import declared
from app.services.admin.declared import DeclaredLine, DeclaredPage, NewDeclaration
from app.services.core.permissions import Permission
from app.views.admin.declared import DeclaredSection, DeclareSheet
from app.views.common.office import Office


class DeclaredController(QObject):
    """Joins the section of declared accounts to the services."""

    def __init__(self, office: Office) -> None:
        held = office.desk.officer.permissions
        self.page = DeclaredSection(
            may_declare=Permission.DECLARE_ACCOUNTS in held, may_end=Permission.MANAGE_DECLARED in held
        )
        super().__init__(self.page)
        self._office = office
        self.shown: DeclaredPage | None = None
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.declare_wanted.connect(self._declare)
        self.page.end_wanted.connect(self._end)

    def _refresh(self) -> None:
        self._office.ask(self, declared.page, then=self._show)

    def _show(self, found: DeclaredPage) -> None:
        self.shown = found
        self.page.show_declared(found)

    def _declare(self) -> None:
        if self.shown is None:
            return
        sheet = DeclareSheet(self.page, self.shown)

        def declare(new: NewDeclaration) -> None:
            def then(_changes: object) -> None:
                sheet.accept()
                self._office.messages.good("The account is declared.")

            self._office.do(self, declared.declare, new, then=then, refused=sheet.show_error)

        sheet.declaration_given.connect(declare)
        sheet.open()

    def _end(self, chosen: DeclaredLine) -> None:
        def then(_changes: object) -> None:
            self._office.messages.good(f"{chosen.officer} may work on {chosen.reference} again.")

        self._office.do(self, declared.end, chosen.declared_id, then=then)
