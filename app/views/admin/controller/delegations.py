"""Delegation of approvals: given and ended."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.admin import delegations
from app.services.admin.delegations import DelegationLine, DelegationsPage, NewDelegation
from app.services.core.permissions import Permission
from app.views.admin.delegations import DelegateSheet, DelegationsSection
from app.views.common.office import Office


class DelegationsController(QObject):
    """Joins the section of delegations to the services."""

    def __init__(self, office: Office) -> None:
        may = Permission.DELEGATE_APPROVALS in office.desk.officer.permissions
        self.page = DelegationsSection(may_change=may)
        super().__init__(self.page)
        self._office = office
        self.shown: DelegationsPage | None = None
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.new_wanted.connect(self._new)
        self.page.end_wanted.connect(self._end)

    def _refresh(self) -> None:
        self._office.ask(self, delegations.page, then=self._show)

    def _show(self, found: DelegationsPage) -> None:
        self.shown = found
        self.page.show_rows(found.lines)

    def _new(self) -> None:
        if self.shown is None:
            return
        sheet = DelegateSheet(self.page, self.shown, self._office.desk.clock.today())

        def delegate(new: NewDelegation) -> None:
            def then(_changes: object) -> None:
                sheet.accept()
                self._office.messages.good("Your approvals are delegated for those days.")

            self._office.do(self, delegations.delegate, new, then=then, refused=sheet.show_error)

        sheet.delegation_given.connect(delegate)
        sheet.open()

    def _end(self, chosen: DelegationLine) -> None:
        def then(_changes: object) -> None:
            self._office.messages.good("The delegation is ended; your approvals are yours again.")

        self._office.do(self, delegations.end, chosen.delegation_id, then=then)
