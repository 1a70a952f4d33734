"""The profiles of files of receipts: listed, copied, changed, tried on a file, looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.reception_payments.files import jobs
from app.services.reception_payments.files.layouts import CHANNELS, Profile
from app.services.reception_payments.files.profiles import commands, queries
from app.views.common.dialogs import ask_open
from app.views.common.kept_desk import KeptDesk
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.reception_payments.file_tables import PROFILES
from app.views.reception_payments.profile_sheet import ProfileSheet

ABOUT = (
    "How files of receipts are read. The examples are made up, since providers don't publish their layouts: copy one with F2, and "
    "try it on a file of your own."
)
_KINDS = "Files of receipts (*.csv *.txt *.dat *.xlsx);;All files (*)"


class ProfilesController(KeptDesk[Profile]):
    """Joins the section of the profiles to the services."""

    asks = staticmethod(queries.every)
    keeps = staticmethod(commands.keep)
    needs = Permission.KEEP_RECEIPT_PROFILES
    about = ABOUT

    def __init__(self, office: Office) -> None:
        page: RegisterPage[Profile] = RegisterPage(
            "File profiles",
            PROFILES,
            stretch="state",
            choices=(),
            placeholder="A word of the profile",
            noun=("profile", "profiles"),
            empty="No profile has these words. Ctrl+N makes one.",
            key=lambda row: row.key,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        super().__init__(office, page)
        if self.needs in office.desk.officer.permissions:
            page.action(
                "Ctrl+Shift+E", "I looked at it", "eye-check-outline", self._see, fits=lambda row: bool(row.unseen)
            )
            page.action("F7", "Out of use, or in use", "archive-outline", self._use, fits=lambda row: not row.shipped)

    def rows(self, found: tuple[Profile, ...]) -> Sequence[Profile]:
        """Every profile."""
        return found

    def words(self, row: Profile) -> str:
        """Its name, its key, and what comes by it."""
        return f"{row.name} {row.key} {CHANNELS[row.layout.channel]}"

    def open_record(self, _subject: Subject, record_id: int) -> None:
        """Show a profile."""

        def show(found: tuple[Profile, ...]) -> None:
            self.page.text.clear()
            self.page.show_rows(found, self.about)
            places = [at for at, row in enumerate(found) if row.profile_id == record_id]
            if places:
                self.page.table.go_to(places[0])

        self.office.ask(self, queries.every, then=show)

    def make(self, _found: tuple[Profile, ...], row: Profile | None) -> ProfileSheet:
        """The sheet; of an example a copy of it."""
        sheet = ProfileSheet(self.page, row)
        sheet.try_wanted.connect(lambda: self._ask_file(sheet))
        return sheet

    def try_on(self, sheet: ProfileSheet, path: Path) -> None:
        """Show what the layout makes of a file."""
        try:
            layout = sheet.layout_of()
        except UserError as error:
            sheet.show_error(error)
            return
        label = f"Reading {path.name}"
        self.office.job(
            sheet, jobs.try_file, path, layout, then=sheet.show_sample, label=label, refused=sheet.show_error
        )

    def _ask_file(self, sheet: ProfileSheet) -> None:
        asked = ask_open(sheet, "A file to try it on", _KINDS)
        asked.fileSelected.connect(lambda name: self.try_on(sheet, Path(name)))

    def _see(self, row: Profile) -> None:
        told = f"You looked at edition {row.edition} of {row.name}."
        self.office.do(
            self, commands.see, row.profile_id, row.edition, then=lambda _done: self.office.messages.good(told)
        )

    def _use(self, row: Profile) -> None:
        def use(ctx: Context) -> object:
            return commands.set_active(ctx, row.profile_id or 0, row.version, active=not row.active)

        told = f"{row.name} is {'out of use' if row.active else 'in use again'}."
        self.office.do(self, use, then=lambda _done: self.office.messages.good(told))
