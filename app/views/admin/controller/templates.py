"""Letter templates: listed, edited beside their page, saved as a new wording, restored."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.letters.commands import templates as commands
from app.services.letters.dto import Editing, SavedWording, TemplateState
from app.services.letters.queries import templates as queries
from app.services.rent import queries as accounts
from app.views.admin.controller.template_drafts import TemplateDrafts
from app.views.admin.template_table import NewTemplateSheet
from app.views.admin.templates import TemplatesPage
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.common.tasks import Task


class TemplatesController(QObject):
    """Joins the section of letter templates to the services."""

    def __init__(self, office: Office) -> None:
        may_change = Permission.EDIT_TEMPLATES in office.desk.officer.permissions
        self.page = TemplatesPage(office.desk.clock.today, self._find, may_change=may_change)
        super().__init__(self.page)
        self._office = office
        self._previewing: Task | None = None
        self._opening: Task | None = None
        self._drafts = TemplateDrafts(office, self.page)
        page = self.page
        page.refresh_wanted.connect(lambda _changes: self._refresh())
        page.template_chosen.connect(self._open)
        page.preview_wanted.connect(self._preview)
        page.save_wanted.connect(self._save)
        page.restore_wanted.connect(self._restore)
        page.new_wanted.connect(self._new)
        page.retire_wanted.connect(self._retire)

    def _refresh(self) -> None:
        self._office.ask(self, queries.listed, then=self.page.show_templates)
        if self.page.editing is not None:
            self._open(self.page.editing.template.key)

    def _open(self, key: str) -> None:
        self._opening = self._office.ask(self, queries.editing, key, then=self._show, instead_of=self._opening)

    def _show(self, found: Editing) -> None:
        self.page.show_editing(found)
        self._drafts.shown()

    def _preview(self) -> None:
        editing = self.page.editing
        if editing is None:
            return
        self._previewing = self._office.ask(
            self,
            queries.preview,
            editing.template.channel,
            self.page.wording(),
            self.page.account.value(),
            {},
            then=self.page.show_preview,
            instead_of=self._previewing,
        )

    def _save(self) -> None:
        editing, page = self.page.editing, self.page
        if editing is None or not page.dates.check():
            return
        self._office.do(
            self,
            commands.save_wording,
            editing.template.key,
            page.wording(),
            page.from_on.value(),
            str(page.reason.value()),
            then=self._saved,
            refused=self._refused,
        )

    def _restore(self) -> None:
        editing, page = self.page.editing, self.page
        if editing is not None and page.dates.check():
            reason = str(page.reason.value()) or "Back to the shipped wording"
            self._office.do(
                self,
                commands.restore_shipped,
                editing.template.key,
                page.from_on.value(),
                reason,
                then=self._saved,
                refused=self._refused,
            )

    def _new(self) -> None:
        sheet = NewTemplateSheet(self.page)

        def make() -> None:
            self._office.do(
                self,
                commands.add_template,
                str(sheet.title.value()),
                sheet.channel.value(),
                self.page.wording(),
                self._office.desk.clock.today(),
                str(sheet.reason.value()),
                then=made,
                refused=sheet.show_error,
            )

        def made(saved: SavedWording) -> None:
            sheet.close()
            self._saved(saved)

        sheet.confirmed.connect(make)
        sheet.open()

    def _retire(self) -> None:
        editing = self.page.editing
        if editing is None:
            return
        retired = not editing.template.retired

        def done(_changes: Changes) -> None:
            words = "is out of use; its letters stay" if retired else "is in use again"
            self._office.messages.good(f"'{editing.template.title}' {words}.")

        self._office.do(self, commands.set_retired, editing.template.key, retired=retired, then=done)

    def _saved(self, saved: SavedWording) -> None:
        waits = saved.state is TemplateState.WAITING
        if self.page.editing is not None:
            self._drafts.saved(self.page.editing.template.key)
        self.page.forget()
        self._open(saved.template)
        self._office.messages.good(
            f"Wording {saved.number} waits for approval."
            if waits
            else f"Wording {saved.number} is in use from its day."
        )

    def _refused(self, error: UserError) -> None:
        page = self.page
        if not (page.form.show_error(error) or page.dates.show_error(error)):
            self._office.messages.bad(error)

    def _find(self, text: str, then: Any) -> None:
        def look(ctx: Context) -> list[Picked]:
            return [
                Picked(each.account_id, each.name, f"{each.reference}, {each.address}")
                for each in accounts.find(ctx, text, limit=12)
            ]

        self._office.ask(self, look, then=then)
