"""What the sheets of changes do: tell what will be done, and do it. Each work is one of these with its kinds."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.rent.dto import AccountHeader
from app.services.tenancies.changes import commands, queries
from app.services.tenancies.changes.dto import ChangeSaved
from app.services.tenancies.changes.shown import ChangeForm
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.rent.changing.kinds import Kind
from app.views.rent.changing.sheet import ChangeSheet
from app.views.rent.controller.found import Finder


class ChangingController(QObject):
    """One sheet, from the menu until the change is saved or the officer leaves.

    Attributes:
        title: what the sheet is called.
        kinds: what it offers; those that fit the tenancy are shown.
        nothing: what is said where none fits.
    """

    title: ClassVar[str]
    kinds: ClassVar[tuple[Kind, ...]]
    nothing: ClassVar[str]

    def __init__(self, office: Office, page: QWidget, header: AccountHeader | None) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        self.sheet: ChangeSheet | None = None
        assert header is not None
        self._account_id = header.account_id
        office.ask(self, queries.form, header.account_id, then=self._open)

    def _open(self, form: ChangeForm) -> None:
        kinds = [each for each in self.kinds if each.fits(form)]
        if not kinds:
            self._office.messages.info(f"{form.tenancy_ref}: {self.nothing}")
            self.deleteLater()
            return
        finder = Finder(self._office)
        clock = self._office.desk.clock
        self.sheet = sheet = ChangeSheet(
            self._page, self.title, kinds, form, finder.properties, finder.people, clock.today
        )
        finder.sheet = sheet
        finder.add_to(sheet.tenants)
        sheet.about = (Subject.TENANCY, form.tenancy_id)
        self.setParent(sheet)
        preview = Previewing(self._office, sheet, queries.preview, sheet.command)
        sheet.confirmed.connect(self._save)
        sheet.open()
        preview.ask()

    def _save(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        command = sheet.command()
        if command is None:
            sheet.show_error(
                UserError("Nothing is changed yet, or something is missing.", "Fill in what stands at the left.")
            )
            return
        sheet.set_busy(busy=True)
        self._office.do(self, commands.save, command, then=self._done, refused=sheet.show_error)

    def _done(self, saved: ChangeSaved) -> None:
        if self.sheet is not None:
            self.sheet.close()
        if saved.not_written:
            self._office.messages.warn(f"{saved.told} The letter was not written: {saved.not_written}")
        else:
            self._office.messages.good(saved.told)
        if saved.account_id != self._account_id:
            self._office.open_record(Subject.ACCOUNT, saved.account_id)
