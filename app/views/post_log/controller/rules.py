"""The routing rules: listed, written, put in order, removed."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.post_log.routing import commands, queries
from app.services.post_log.routing.dto import Choices, RuleRow
from app.views.common.office import Office
from app.views.common.sheet_work import open_sheet
from app.views.post_log.rules import RuleSheet, RulesPage


class RulesController(QObject):
    """Joins the section of the routing rules to the services."""

    def __init__(self, office: Office) -> None:
        self.page = RulesPage(may_change=Permission.KEEP_POST_RULES in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self._choices = Choices((), (), ())
        self.page.refresh_wanted.connect(lambda _changes: office.ask(self, _all, then=self._show))
        self.page.new_wanted.connect(lambda: self._open(None))
        self.page.change_wanted.connect(self._open)
        self.page.remove_wanted.connect(self._remove)
        self.page.move_wanted.connect(self._move)

    def _show(self, found: tuple[tuple[RuleRow, ...], Choices]) -> None:
        rules, self._choices = found
        self.page.show_rules(rules)

    def _open(self, shown: RuleRow | None) -> None:
        self.sheet = sheet = RuleSheet(self.page, self._choices, shown)
        open_sheet(self._office, sheet, commands.save, sheet.rule, "The rule is saved.")

    def _remove(self, shown: RuleRow) -> None:
        told = f"The rule '{shown.rule.words}' is removed; what it proposed stays."

        def removed(_changes: object) -> None:
            self._office.messages.good(told)

        self._office.do(self, commands.remove, shown.rule.rule_id, shown.version, then=removed)

    def _move(self, shown: RuleRow, by: int) -> None:
        self._office.do(self, commands.move, shown.rule.rule_id, by, then=lambda _changes: None)


def _all(ctx: Context) -> tuple[tuple[RuleRow, ...], Choices]:
    return queries.listed(ctx), queries.choices(ctx)
