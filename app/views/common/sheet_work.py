"""One way to work in a sheet: ask what it is made of, open it, tell what saving does, save, close it, tell what was done.

class PlaceHoldController(SheetWork):
    asks = staticmethod(queries.form)
    previews = staticmethod(previewing.preview_place)
    saves = staticmethod(commands.place)
    told = "The hold is placed."

    def make(self, form: HoldForm) -> HoldSheet: ...

What is typed is kept as a draft by the sheet itself, under `sheet.about`. A refusal is said in the sheet, beside its field.
A sheet that a section opens by a button, with what it shows already, needs no class: `open_sheet`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.core.errors import UserError
from app.views.common.dialogs import Sheet
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.common.tasks import Task

Told = str | Callable[[Any], str]


class SheetWork(QObject):
    """One sheet, from when it is wanted until its work is done or the officer leaves. It begins with `begin`.

    Attributes:
        asks: the query that finds what the sheet is made of; None: it is made at once.
        saves: the command.
        previews: the query that tells what saving does, for a `WorkSheet`; None: the sheet tells it itself.
        at_once: it is told as soon as the sheet opens, not only when something is typed.
        missing: what is said where the sheet has no command yet; None: its fields say so.
        told: what is said when it is done, or what makes that of what the command gives back; empty: what that says of
            itself (`saved.told`).
        sheet, preview: the sheet, and what asks for what saving does, once it is open.
    """

    asks: Callable[..., Any] | None = None
    saves: Callable[..., Any]
    previews: Callable[..., Any] | None = None
    at_once = True
    missing: UserError | None = None
    told: Told = ""

    def __init__(self, office: Office, page: QWidget) -> None:
        super().__init__(page)
        self.office = office
        self.page = page
        self.sheet: Any = None
        self.preview: Previewing | None = None
        self._asked: Task | None = None

    def begin(self, *asked: Any) -> None:
        """Ask what the sheet is made of, and open it."""
        asks = type(self).asks
        if asks is None:
            self._open(None)
        else:
            self.office.ask(self, asks, *asked, then=self._open, refused=self.shut)

    # For the works made of it

    def make(self, found: Any) -> Sheet | str:
        """The sheet, with the record that it is about; or why there is nothing to be done."""
        raise NotImplementedError

    def shut(self, why: UserError | str) -> None:
        """There is no sheet, since nothing can be done: say why."""
        if isinstance(why, str):
            self.office.messages.info(why)
        else:
            self.office.messages.bad(why)
        self.deleteLater()

    def opened(self) -> None:
        """The sheet is open."""

    def command(self) -> Any:
        """What the sheet asks for; None: something is missing.

        Raises:
            UserError: it can't be done so.
        """
        return self.sheet.command()

    def ask(self, query: Callable[..., Any], *args: Any, then: Callable[[Any], object]) -> None:
        """Ask something for the sheet; what was asked before is dropped, and a refusal is said in the sheet."""
        self._asked = self.office.ask(self, query, *args, then=then, refused=self.refuse, instead_of=self._asked)

    def save(self, command: Any) -> None:
        """Do the work."""
        self.do(type(self).saves, command)

    def do(self, saves: Callable[..., Any], *args: Any, **named: Any) -> None:
        """Do it by this command; what is named goes to `Office.do`."""
        self.office.do(self, saves, *args, then=self.done, refused=self.refuse, **named)

    def refuse(self, error: UserError) -> None:
        """Say why it can't be done."""
        self.sheet.show_error(error)

    def done(self, saved: Any) -> None:
        """It is done: the sheet goes, and what was done is told."""
        self.sheet.close()
        self.tell(saved)

    def tell(self, saved: Any) -> None:
        """Say what was done."""
        told = self.told
        self.office.messages.good((told or saved.told) if isinstance(told, str) else told(saved))

    def _open(self, found: Any) -> None:
        sheet = self.make(found)
        if isinstance(sheet, str):
            self.shut(sheet)
            return
        self.sheet = sheet
        self.setParent(sheet)
        previews = type(self).previews
        if previews is not None:
            self.preview = Previewing(self.office, self.sheet, previews, self.command)
        sheet.confirmed.connect(self._confirm)
        sheet.open()
        if self.preview is not None and self.at_once:
            self.preview.ask()
        self.opened()

    def _confirm(self) -> None:
        try:
            command = self.command()
        except UserError as error:
            self.refuse(error)
            return
        if command is not None:
            self.sheet.set_busy(busy=True)
            self.save(command)
        elif self.missing is not None:
            self.sheet.show_error(self.missing)


class _Made(SheetWork):
    """The work of a sheet that is made already."""

    def __init__(
        self, office: Office, sheet: Sheet, saves: Callable[..., Any], command: Callable[[], Any], told: Told, of: Any
    ) -> None:
        super().__init__(office, sheet)
        self._saves, self._of = saves, of
        self._command = command
        self._made = sheet
        self.told = told

    def make(self, _found: None) -> Sheet:
        """The sheet."""
        return self._made

    def command(self) -> Any:
        """What the sheet asks for."""
        return self._command()

    def save(self, command: Any) -> None:
        """Do the work."""
        self.do(self._saves, *self._of, command)


def open_sheet(
    office: Office, sheet: Sheet, saves: Callable[..., Any], command: Callable[[], Any], told: Told, *of: Any
) -> None:
    """Open a sheet and see to its work.

    Args:
        office: where it is done.
        sheet: made, not yet open.
        saves: the command.
        command: what the sheet asks for; None: something is missing, and its fields say so.
        told: what is said when it is done, or what makes that of what the command gives back; empty: what that says of itself.
        of: what the command takes before that, such as the id of the record.
    """
    _Made(office, sheet, saves, command, told, of).begin()
