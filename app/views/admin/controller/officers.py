"""Officers: listed, added, changed, leaving; passwords reset and names unlocked."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.admin import officers
from app.services.admin.officers_dto import Asked, Leaver, OfficerLine, OfficersPage
from app.services.core.officers import NewOfficer
from app.services.core.permissions import Permission
from app.views.admin.listed import FormSheet, ReasonSheet
from app.views.admin.officers import AddSheet, LeaveSheet, OfficersSection, details_sheet, roles_sheet
from app.views.admin.told import ToldSheet
from app.views.common.dialogs import Sheet
from app.views.common.office import Office


class OfficersController(QObject):
    """Joins the section of officers to the services."""

    def __init__(self, office: Office) -> None:
        officer = office.desk.officer
        self.page = OfficersSection(may_change=Permission.MANAGE_OFFICERS in officer.permissions, own_id=officer.id)
        super().__init__(self.page)
        self._office = office
        self.shown: OfficersPage | None = None
        page = self.page
        page.refresh_wanted.connect(lambda _changes: self._refresh())
        page.add_wanted.connect(self._add)
        page.roles_wanted.connect(self._roles)
        page.details_wanted.connect(self._details)
        page.leave_wanted.connect(self._leave)
        page.back_wanted.connect(self._bring_back)
        page.reset_wanted.connect(self._reset)
        page.unlock_wanted.connect(self._unlock)

    def _refresh(self) -> None:
        self._office.ask(self, officers.page, then=self._show)

    def _show(self, page: OfficersPage) -> None:
        self.shown = page
        self.page.show_officers(page)

    def _add(self) -> None:
        if self.shown is None:
            return
        sheet = AddSheet(self.page, self.shown)

        def add(new: NewOfficer, reason: str) -> None:
            self._change(sheet, officers.add, new, reason, done=f"{new.name} is an officer now.")

        sheet.new_wanted.connect(add)
        sheet.open()

    def _roles(self, chosen: OfficerLine) -> None:
        if self.shown is None:
            return
        own = chosen.officer_id == self._office.desk.officer.id
        sheet = roles_sheet(self.page, self.shown, chosen, own=own)

        def change(values: dict[str, object]) -> None:
            done = f"{chosen.name} has these roles now."
            self._change(
                sheet, officers.change_roles, chosen.officer_id, values["roles"], str(values["reason"]), done=done
            )

        sheet.filled.connect(change)
        sheet.open()

    def _details(self, chosen: OfficerLine) -> None:
        if self.shown is None:
            return
        sheet = details_sheet(self.page, self.shown, chosen)

        def save(values: dict[str, object]) -> None:
            wanted = (chosen.officer_id, values["name"], values["email"], values["team"])
            self._do(sheet, officers.change_details, *wanted, done="Saved.")

        sheet.filled.connect(save)
        sheet.open()

    def _leave(self, chosen: OfficerLine) -> None:
        if self.shown is None:
            return
        sheet = LeaveSheet(self.page, self.shown, chosen, self._office.desk.clock.today())

        def leave(leaver: Leaver) -> None:
            self._do(sheet, officers.leave, leaver, done=f"{chosen.name} can't sign in any more.")

        sheet.leaver_given.connect(leave)
        sheet.open()

    def _bring_back(self, chosen: OfficerLine) -> None:
        sheet = ReasonSheet(self.page, f"Bring back {chosen.name}", "Ask for approval")
        sheet.given.connect(
            lambda reason: self._change(sheet, officers.bring_back, chosen.officer_id, reason, done="They are back.")
        )
        sheet.open()

    def _reset(self, chosen: OfficerLine) -> None:
        note = "They get a password that works once; then they choose their own. The sign-in log shows who reset it."
        sheet = FormSheet(self.page, f"Reset the password of {chosen.name}?", "Reset the password", note)

        def reset(_values: object) -> None:
            def done(password: str) -> None:
                sheet.accept()
                self._refresh()
                ToldSheet(self.page, chosen.name, password).open()

            self._office.do(self, officers.reset_password, chosen.officer_id, then=done, refused=sheet.show_error)

        sheet.filled.connect(reset)
        sheet.open()

    def _unlock(self, chosen: OfficerLine) -> None:
        def done(_changes: object) -> None:
            self._office.messages.good(f"{chosen.name} can sign in again.")

        self._office.do(self, officers.unlock, chosen.officer_id, then=done)

    def _change(self, sheet: Sheet, command: object, *args: object, done: str) -> None:
        def then(asked: Asked) -> None:
            sheet.accept()
            waits = f"Request {asked.request_id} waits for a second officer on the page Approvals."
            self._office.messages.good(done if asked.request_id is None else waits)

        self._office.do(self, command, *args, then=then, refused=sheet.show_error)  # type: ignore[arg-type]

    def _do(self, sheet: Sheet, command: object, *args: object, done: str) -> None:
        def then(_changes: object) -> None:
            sheet.accept()
            self._office.messages.good(done)

        self._office.do(self, command, *args, then=then, refused=sheet.show_error)  # type: ignore[arg-type]
