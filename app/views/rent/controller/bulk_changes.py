"""What the register of bulk changes does: rehearses, gives notice, applies, gives up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from app.services.charges.bulk import commands, jobs, queries
from app.services.charges.bulk.dto import (
    Applied,
    ChangeDetail,
    ChangeForm,
    ChangeLine,
    ChangeRow,
    NewChange,
    NoticesGiven,
    SheetRead,
)
from app.services.charges.bulk.reading import read
from app.services.core.changes import Changes
from app.services.core.errors import UserError
from app.views.common import formats
from app.views.common.dialogs import Sheet, ask_open
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.changes.page import ChangesPage
from app.views.rent.changes.sheets import ApplySheet, FileSheet, NoticeSheet, RuleSheet

_AREAS = frozenset({"charges"})


class ChangesController(QObject):
    """Joins the register of bulk changes to the services."""

    def __init__(self, office: Office) -> None:
        self.page = ChangesPage()
        super().__init__(self.page)
        self._office = office
        self._at: int | None = None
        self._asked: Task | None = None
        page = self.page
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.chosen.connect(self._show)
        page.rule_wanted.connect(lambda: self._with_form(self._open_rule))
        page.sheet_wanted.connect(lambda: self._with_form(self._ask_file))
        page.notice_wanted.connect(self._open_notice)
        page.apply_wanted.connect(self._open_apply)
        page.cancel_wanted.connect(self._cancel)

    def refresh(self) -> None:
        """List them again."""
        self._office.ask(self, queries.changes, then=self._list)

    def show_record(self, change_id: int) -> None:
        """Show this change, as from a request for its approval."""
        self._at = change_id
        self.refresh()

    def _list(self, rows: tuple[ChangeRow, ...]) -> None:
        self.page.show_changes(rows, self._at)
        if self._at in {row.change_id for row in rows}:
            self._show(self._at or 0)

    def _show(self, change_id: int) -> None:
        self._at = change_id
        self._asked = self._office.ask(
            self,
            queries.shown,
            change_id,
            then=self._show_detail,
            instead_of=self._asked,
        )

    def _show_detail(self, found: tuple[ChangeDetail, tuple[ChangeLine, ...]]) -> None:
        detail, lines = found
        self.page.show_detail(detail, lines, partial(queries.lines, change_id=detail.row.change_id, most=None))

    # Rehearsing

    def _with_form(self, then: Callable[[ChangeForm], None]) -> None:
        self._office.ask(self, queries.form, then=then)

    def _open_rule(self, form: ChangeForm) -> None:
        sheet = RuleSheet(self.page, form.codes, form.rent_groups, self._office.desk.clock.today, form.first_day)

        def rehearse() -> None:
            if not sheet.fields.check():
                return
            try:
                new = sheet.command()
            except UserError as error:
                sheet.show_error(error)
                return
            self._rehearse(sheet, new)

        sheet.confirmed.connect(rehearse)
        sheet.open()

    def _ask_file(self, form: ChangeForm) -> None:
        asked = ask_open(self.page, "A spreadsheet of charges", "Spreadsheets (*.xlsx *.csv)")
        asked.fileSelected.connect(lambda name: self._open_file(form, Path(name)))

    def _open_file(self, form: ChangeForm, path: Path) -> None:
        sheet = FileSheet(self.page, path, self._office.desk.clock.today, form.first_day)

        def rehearse(found: SheetRead) -> None:
            values = sheet.fields.values()
            self._rehearse(sheet, NewChange(values["name"], values["effective_on"], sheet=found))

        def read_it() -> None:
            if sheet.fields.check():
                sheet.set_busy(busy=True)
                self._office.elsewhere(
                    sheet,
                    lambda: read(path, form.codes),
                    then=rehearse,
                    label=f"Reading {path.name}",
                    refused=sheet.show_error,
                )

        sheet.confirmed.connect(read_it)
        sheet.open()

    def _rehearse(self, sheet: Sheet, new: NewChange) -> None:
        def kept(change_id: int) -> None:
            self._at = change_id
            sheet.close()
            self._office.messages.good("Rehearsed: look at the difference list, give notice, then apply it.")

        sheet.set_busy(busy=True)
        self._office.do(
            sheet,
            commands.rehearse,
            new,
            then=kept,
            refused=sheet.show_error,
            changes=_AREAS,
            label="Rehearsing",
            cancellable=True,
        )

    # Notice, applying, giving up

    def _open_notice(self, found: ChangeDetail) -> None:
        sheet = NoticeSheet(self.page, found, self._office.desk.clock.today)

        def give() -> None:
            try:
                values = sheet.values() if sheet.fields.check() else None
            except UserError as error:
                sheet.show_error(error)
                return
            if values is None:
                return
            sheet.close()
            self._office.job(
                self,
                jobs.give_notice,
                found.row.change_id,
                values["why"],
                values["letter_date"],
                then=self._given,
                label=f"Rent notices: {found.row.name}",
            )

        sheet.confirmed.connect(give)
        sheet.open()

    def _given(self, given: NoticesGiven) -> None:
        left = f", {formats.count(given.left_out, 'account')} left out" if given.left_out else ""
        served = formats.day(given.served_on)
        self._office.messages.good(
            f"{formats.count(given.made, 'rent notice')} in Letters{left}. Posted as dated they count as served on {served}."
        )

    def _open_apply(self, found: ChangeDetail) -> None:
        sheet = ApplySheet(self.page, found)

        def apply() -> None:
            sheet.set_busy(busy=True)
            self._office.do(
                self,
                commands.apply,
                sheet.command(),
                then=lambda done: self._applied(sheet, done),
                refused=sheet.show_error,
                label="Changing charges",
            )

        sheet.confirmed.connect(apply)
        sheet.open()

    def _applied(self, sheet: Sheet, done: Applied) -> None:
        sheet.close()
        if done.request_id is not None:
            words = f"Asked for approval, as request {done.request_id}: nothing has changed yet."
        else:
            words = f"{formats.count(done.lines, 'charge')} changed."
            words += f" Weeks charged already were put right by journal {done.journal}." if done.journal else ""
        self._office.messages.good(words)

    def _cancel(self, found: ChangeDetail) -> None:
        def given_up(_changes: Changes) -> None:
            self._office.messages.good(f"{found.row.name} is given up: nobody's charge was touched.")

        self._office.do(self, commands.cancel, found.row.change_id, then=given_up)
