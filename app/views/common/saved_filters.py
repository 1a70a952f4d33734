"""The saved filters of a table: the menu in its filter bar, and the sheets to save and rename one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.workbench.filters.dto import Saved, SavedFilter
from app.services.workbench.filters.text import from_text, to_text
from app.views.common import formats
from app.views.common.office import Office
from app.views.common.paged_table import PagedTable
from app.views.common.tasks import Task


def lost_words(name: str, lost: Sequence[str]) -> str:
    """What to say of a saved filter that asks for things which are no longer there."""
    named = ", ".join(each for each in lost if each)
    if not named:
        return f"The filter {name} can't be read any more; everything is shown. Delete it, and save a new one."
    return f"The filter {name} was saved by another version: {named} is no longer there and was left out."


class SavedFilters(QObject):
    """Looks after the saved filters of one table."""

    def __init__(self, office: Office, table: PagedTable) -> None:
        super().__init__(table)
        assert office.tables is not None
        self._office = office
        self._doors = office.tables
        self._table = table
        self._bar = table.bar
        self._filters: tuple[SavedFilter, ...] = ()
        self._used: SavedFilter | None = None
        self._reading: Task | None = None
        self.loaded = False
        self._bar.saved.setVisible(True)
        self._bar.saved.clicked.connect(self.open_menu)
        self._bar.changed.connect(self._draw)

    def show(self, filters: Sequence[SavedFilter]) -> None:
        """Offer these."""
        self.loaded = True
        self._filters = tuple(filters)
        if self._used is not None:
            self._used = next((each for each in self._filters if each.filter_id == self._used.filter_id), None)
        self._draw()

    def use(self, chosen: SavedFilter) -> None:
        """The table shows this one."""
        self._used = chosen
        self._draw()

    def apply(self, chosen: SavedFilter) -> None:
        """Ask for what a saved filter asks for."""
        try:
            read = from_text(type(self._bar.everything), chosen.text)
        except UserError as error:
            self._office.messages.bad(error)
            return
        self._used = chosen
        self._bar.ask(read.wanted)
        if read.lost:
            self._office.messages.info(lost_words(chosen.name, read.lost))

    def menu(self) -> QMenu:
        """The filters to choose from, and what can be done with the one that is shown."""
        made = QMenu(self._bar)
        for chosen in self._filters:
            words = chosen.name if chosen.mine else f"{chosen.name}   ({chosen.owner})"
            action = made.addAction(words, partial(self.apply, chosen))
            action.setCheckable(True)
            action.setChecked(self._is_shown(chosen))
        if not self._filters:
            made.addAction("No filter is saved yet").setEnabled(False)
        made.addSeparator()
        made.addAction("&Save this filter ...", self.save).setEnabled(self._bar.wanted != self._bar.everything)
        used = self._used
        if used is not None:
            self._fill(made.addMenu(f"The filter {used.name}"), used)
        if any(each.default for each in self._filters):
            made.addAction("Open with &everything", partial(self._open_with, None))
        return made

    def open_menu(self) -> None:
        """Read the filters again, since a colleague may have changed theirs, and open the menu under its button."""

        def show(filters: Sequence[SavedFilter]) -> None:
            self.show(filters)
            self._pop_up()

        self._reading = self._office.ask(
            self, self._doors.filters, self._table.spec.key, then=show, instead_of=self._reading
        )

    def _pop_up(self) -> None:
        made = self.menu()
        made.aboutToHide.connect(made.deleteLater)
        made.popup(self._bar.saved.mapToGlobal(self._bar.saved.rect().bottomLeft()))

    def refresh(self) -> None:
        """Read the filters again: a colleague may have changed theirs."""
        self._office.ask(self, self._doors.filters, self._table.spec.key, then=self.show)

    def _fill(self, menu: QMenu, used: SavedFilter) -> None:
        menu.addAction("&Open the page with it", partial(self._open_with, used)).setEnabled(not used.default)
        if not used.mine:
            return
        menu.addAction("&Rename ...", partial(self._ask_new_name, used))
        sharing = menu.addAction(
            "&Keep it to myself" if used.shared else "&Share with the office", partial(self._share, used)
        )
        sharing.setEnabled(used.shared or Permission.SHARE_FILTERS in self._office.desk.officer.permissions)
        menu.addAction("&Delete", partial(self._delete, used))

    def _is_shown(self, chosen: SavedFilter) -> bool:
        return self._used is not None and self._used.filter_id == chosen.filter_id and self._is_as_saved()

    def _is_as_saved(self) -> bool:
        return self._used is not None and to_text(self._bar.wanted) == self._used.text

    def _draw(self) -> None:
        """The button names the filter that is shown, and says where it was changed since."""
        if self._used is not None and self._bar.wanted == self._bar.everything and not self._is_as_saved():
            self._used = None
        used = self._used
        if used is None:
            words = f"S&aved  {len(self._filters)}" if self._filters else "S&aved"
        else:
            name = used.name.replace("&", "&&")
            words = f"Saved: {name}" if self._is_as_saved() else f"Saved: {name}, changed"
        self._bar.saved.setText(words)
        self._bar.saved.setAccessibleName(words.replace("&", ""))

    def save(self) -> None:
        """Ask for a name, and save the filter that is shown."""
        from app.views.common.filter_sheets import NameSheet

        mine = [each for each in self._filters if each.mine]
        may_share = Permission.SHARE_FILTERS in self._office.desk.officer.permissions
        name = self._used.name if self._used is not None and self._used.mine else ""
        sheet = NameSheet(self._bar, "Save the filter", "; ".join(self._table.in_words()), name, sharing=may_share)
        taken = {each.name.casefold() for each in mine}

        def say() -> None:
            again = " ".join(sheet.name.text().split()).casefold() in taken
            sheet.confirm_action.setText("Replace" if again else "Save")
            if sheet.primary is not None:
                sheet.primary.setText(f"{sheet.confirm_action.text()}  Ctrl+Enter")

        def save() -> None:
            again = " ".join(sheet.name.text().split()).casefold() in taken
            self._do(
                sheet,
                self._doors.save,
                self._table.spec.key,
                sheet.name.text(),
                to_text(self._bar.wanted),
                shared=sheet.shared.isChecked(),
                replace=again,
                said="saved",
            )

        sheet.name.textChanged.connect(lambda _text: say())
        sheet.confirmed.connect(save)
        say()
        sheet.open()

    def _ask_new_name(self, used: SavedFilter) -> None:
        from app.views.common.filter_sheets import NameSheet

        sheet = NameSheet(self._bar, f"Rename {used.name}", "", used.name, sharing=False)
        sheet.confirmed.connect(
            lambda: self._do(sheet, self._doors.rename, used.filter_id, sheet.name.text(), used.version, said="renamed")
        )
        sheet.open()

    def _share(self, used: SavedFilter) -> None:
        said = "yours alone again" if used.shared else "shared with the office"
        self._do(None, self._doors.share, used.filter_id, used.version, shared=not used.shared, said=said)

    def _delete(self, used: SavedFilter) -> None:
        from app.views.common.dialogs import Sheet

        if not used.shared:
            self._do(None, self._doors.delete, used.filter_id, said="deleted")
            return
        note = "Colleagues use it too: for them it is gone as well, and a page that opened with it shows everything."
        sheet = Sheet(self._bar, f"Delete {used.name}?", primary="Delete", note=note)
        sheet.confirmed.connect(lambda: self._do(sheet, self._doors.delete, used.filter_id, said="deleted"))
        sheet.open()

    def _open_with(self, used: SavedFilter | None) -> None:
        said = "what this page opens with" if used else ""
        self._do(None, self._doors.open_with, self._table.spec.key, used.filter_id if used else None, said=said)

    def _do(self, sheet: Any, command: Any, *args: Any, said: str, **named: Any) -> None:
        """Change a saved filter and read them again; what is wrong stands in the sheet, where there is one."""

        def done(result: Saved) -> None:
            if sheet is not None and isValid(sheet):
                sheet.accept()
            words = f"The filter {result.name} is {said}." if said else "The page opens with everything again."
            if result.others:
                words += f" {formats.count(result.others, 'colleague')} opened with it and now see everything."
            self._office.messages.good(words)
            self._then(result, said)

        def refused(error: UserError) -> None:
            if sheet is not None and isValid(sheet):
                sheet.show_error(error)
            else:
                self._refused(error)

        if sheet is not None:
            sheet.set_busy(busy=True)
        self._office.do(self, command, *args, then=done, refused=refused, **named)

    def _then(self, result: Saved, said: str) -> None:
        def show(filters: Sequence[SavedFilter]) -> None:
            if said == "saved":
                self._used = next((each for each in filters if each.filter_id == result.filter_id), None)
            self.show(filters)

        self._office.ask(self, self._doors.filters, self._table.spec.key, then=show)

    def _refused(self, error: UserError) -> None:
        self._office.messages.bad(error)
        self.refresh()
