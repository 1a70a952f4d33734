"""The routing rules: listed, written, put in order, removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.post_log.routing import commands, queries
from app.services.post_log.routing.dto import Choices, RuleRow
from app.views.common.office import Office
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
        self.page.move_wanted.connect(
            lambda shown, by: self._do(commands.move, shown.rule.rule_id, by, told="", done=None)
        )

    def _show(self, found: tuple[tuple[RuleRow, ...], Choices]) -> None:
        rules, self._choices = found
        self.page.show_rules(rules)

    def _open(self, shown: RuleRow | None) -> None:
        self.sheet = sheet = RuleSheet(self.page, self._choices, shown)

        def save() -> None:
            sheet.set_busy(busy=True)
            self._do(commands.save, sheet.rule(), told="The rule is saved.", done=sheet.close, refused=sheet.show_error)

        sheet.confirmed.connect(save)
        sheet.open()

    def _remove(self, shown: RuleRow) -> None:
        told = f"The rule '{shown.rule.words}' is removed; what it proposed stays."
        self._do(commands.remove, shown.rule.rule_id, shown.version, told=told, done=None)

    def _do(self, command: Any, *args: Any, told: str, done: Callable[[], object] | None, refused: Any = None) -> None:
        def then(_changes: object) -> None:
            if done is not None:
                done()
            if told:
                self._office.messages.good(told)

        self._office.do(self, command, *args, then=then, refused=refused)


def _all(ctx: Context) -> tuple[tuple[RuleRow, ...], Choices]:
    return queries.listed(ctx), queries.choices(ctx)
