"""Policy values: listed, asked to be changed, verified."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.admin.policy import commands, queries
from app.services.admin.policy.dto import Action, Asked, NewValue, PolicyList, PolicyRow, number_of
from app.services.core.permissions import Permission
from app.views.admin.controller.history import open_history
from app.views.admin.policy import PolicyPage
from app.views.admin.policy_sheets import PolicySheet, VerifySheet, WithdrawSheet
from app.views.common.office import Office


class PolicyController(QObject):
    """Joins the section of policy values to the services."""

    def __init__(self, office: Office) -> None:
        self.page = PolicyPage(may_change=Permission.EDIT_POLICY in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self._earliest = date.min
        self._codes: Mapping[str, tuple[str, ...]] = {}
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.add_wanted.connect(lambda row: self._change(row, Action.ADD))
        self.page.correct_wanted.connect(lambda row: self._change(row, Action.CORRECT))
        self.page.withdraw_wanted.connect(self._withdraw)
        self.page.verify_wanted.connect(self._verify)
        self.page.history_wanted.connect(self._history)

    def look_for(self, words: str) -> None:
        """Show the policies that have these words."""
        self.page.filters["now"].setChecked(True)
        self.page.text.setText(words)

    def _refresh(self) -> None:
        self._office.ask(self, queries.list_values, then=self._show)
        self._office.ask(self, queries.scope_codes, then=self._know_codes)

    def _show(self, found: PolicyList) -> None:
        self._earliest = found.earliest
        self.page.show_values(found)

    def _know_codes(self, codes: Mapping[str, tuple[str, ...]]) -> None:
        self._codes = codes

    def _change(self, row: PolicyRow, action: Action) -> None:
        sheet = PolicySheet(
            self.page,
            row,
            action,
            today=self._office.desk.clock.today,
            earliest=self._earliest,
            codes=self._codes,
        )
        sheet.change_wanted.connect(lambda new: self._ask(sheet, new))
        sheet.open()

    def _withdraw(self, row: PolicyRow) -> None:
        sheet = WithdrawSheet(self.page, row)
        sheet.change_wanted.connect(lambda new: self._ask(sheet, new))
        sheet.open()

    def _ask(self, sheet: PolicySheet | WithdrawSheet, new: NewValue) -> None:
        def asked(made: Asked) -> None:
            sheet.close()
            self._office.messages.good(f"Asked for: request {made.request_id} waits for a second officer.")

        self._office.do(self, commands.ask_change, new, then=asked, refused=sheet.show_error)

    def _history(self, row: PolicyRow) -> None:
        number = number_of(row.key.key, row.scope)
        open_history(self._office, self.page, f"{row.key.title}, {row.scope_words.lower()}", Subject.POLICY, number)

    def _verify(self, row: PolicyRow) -> None:
        sheet = VerifySheet(self.page, row)

        def verified(_changes: object) -> None:
            sheet.close()
            self._office.messages.good(f"{row.key.title} is marked as verified.")

        def verify(source: str) -> None:
            self._office.do(
                self,
                commands.verify,
                row.key.key,
                row.scope,
                row.effective_from,
                source,
                then=verified,
                refused=sheet.show_error,
            )

        sheet.verified.connect(verify)
        sheet.open()
