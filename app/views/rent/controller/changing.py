"""What the sheets of changes do: tell what will be done, and do it. Each work is one of these with its kinds."""

from __future__ import annotations

from typing import ClassVar

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.tenancies.changes import commands, queries
from app.services.tenancies.changes.dto import ChangeSaved
from app.services.tenancies.changes.shown import ChangeForm
from app.views.rent.changing.kinds import Kind
from app.views.rent.changing.sheet import ChangeSheet
from app.views.rent.controller.account_work import AccountWork
from app.views.rent.controller.found import Finder


class ChangingController(AccountWork):
    """A tenancy is changed.

    Attributes:
        title: what the sheet is called.
        kinds: what it offers; those that fit the tenancy are shown.
        nothing: what is said where none fits.
    """

    asks = staticmethod(queries.form)
    previews = staticmethod(queries.preview)
    saves = staticmethod(commands.save)
    missing = UserError("Nothing is changed yet, or something is missing.", "Fill in what stands at the left.")
    title: ClassVar[str]
    kinds: ClassVar[tuple[Kind, ...]]
    nothing: ClassVar[str]

    def make(self, form: ChangeForm) -> ChangeSheet | str:
        """The sheet, where anything can be changed so."""
        kinds = [each for each in self.kinds if each.fits(form)]
        if not kinds:
            return f"{form.tenancy_ref}: {self.nothing}"
        finder = Finder(self.office)
        today = self.office.desk.clock.today
        sheet = ChangeSheet(self.page, self.title, kinds, form, finder.properties, finder.people, today)
        finder.sheet = sheet
        finder.add_to(sheet.tenants)
        sheet.about = (Subject.TENANCY, form.tenancy_id)
        return sheet

    def tell(self, saved: ChangeSaved) -> None:
        """Say what was done and what of its letter, and go to the account if it is another now."""
        if saved.not_written:
            self.office.messages.warn(f"{saved.told} The letter was not written: {saved.not_written}")
        else:
            self.office.messages.good(saved.told)
        if saved.account_id != self.account_id:
            self.office.open_record(Subject.ACCOUNT, saved.account_id)
