"""Recurring tasks: listed, changed, switched off, and put back as shipped."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.diary import commands, queries
from app.services.diary.dto import Holder
from app.services.diary.proofs import proofs
from app.services.diary.rules import Template
from app.views.admin.recurring import RecurringSection, RecurringSheet
from app.views.common.office import Office


class RecurringController(QObject):
    """Joins the section of recurring tasks to the services."""

    def __init__(self, office: Office) -> None:
        may_change = Permission.MANAGE_TASK_TEMPLATES in office.desk.officer.permissions
        self.page = RecurringSection(may_change=may_change)
        super().__init__(self.page)
        self._office = office
        self._holders: tuple[Holder, ...] = ()
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.change_wanted.connect(self._open)
        self.page.new_wanted.connect(lambda: self._open(None))
        self.page.switch_wanted.connect(self._switch)
        self.page.reset_wanted.connect(self._reset)

    def _refresh(self) -> None:
        self._office.ask(self, _all, then=self._show)

    def _show(self, found: tuple[tuple[Template, ...], tuple[Holder, ...]]) -> None:
        self._holders = found[1]
        self.page.show_templates(*found)

    def _open(self, template: Template | None) -> None:
        offered: list[tuple[str, object]] = [(proof.title, proof.key) for proof in proofs()]
        sheet = RecurringSheet(self.page, template, self._holders, offered, f"own_{secrets.token_hex(6)}")

        def save() -> None:
            wanted = sheet.template()
            sheet.set_busy(busy=True)
            self._do(
                commands.save_template,
                wanted,
                told=f"{wanted.title} is saved.",
                done=sheet.close,
                refused=sheet.show_error,
            )

        sheet.confirmed.connect(save)
        sheet.open()

    def _switch(self, template: Template) -> None:
        state = "off" if template.active else "on"
        wanted = replace(template, active=not template.active)
        self._do(commands.save_template, wanted, told=f"{template.title} is switched {state}.")

    def _reset(self, template: Template) -> None:
        self._do(commands.reset_template, template.key, told=f"{template.title} is as it came with the program again.")

    def _do(
        self,
        command: Callable[..., Any],
        wanted: object,
        *,
        told: str,
        done: Callable[[], object] | None = None,
        refused: Callable[..., object] | None = None,
    ) -> None:
        def then(_changes: object) -> None:
            if done is not None:
                done()
            self._office.messages.good(told)

        self._office.do(self, command, wanted, then=then, refused=refused)


def _all(ctx: Context) -> tuple[tuple[Template, ...], tuple[Holder, ...]]:
    return queries.templates(ctx), queries.holders(ctx)
