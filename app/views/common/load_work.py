"""What is loaded from a file: its rows looked through in a sheet before anything is kept, and the empty workbook for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.views.common.dialogs import ask_save
from app.views.common.office import Office
from app.views.common.pause import Pause
from app.views.common.sheet_work import SheetWork

FILES: Final = "Spreadsheets (*.xlsx *.xlsm *.csv)"
_PAUSE_MS: Final = 250


class LoadWork(SheetWork):
    """The rows of a file that was read: looked through at once, and a moment after each change.

    Attributes:
        checks: the query that looks through what is `in_hand`; its answer goes to the sheet's `show_checked`.
    """

    checks: Callable[..., Any]

    def in_hand(self) -> Any:
        """What is looked through."""
        return self.sheet.command()

    def opened(self) -> None:
        """It is looked through."""
        self._pause = Pause(self, self._look, _PAUSE_MS)
        self.sheet.typed_changed.connect(self._pause.start)
        self._look()

    def _look(self) -> None:
        self.ask(type(self).checks, self.in_hand(), then=self.sheet.show_checked)


def save_template(
    office: Office, owner: QObject, page: QWidget, title: str, name: str, write: Callable[..., None]
) -> QFileDialog:
    """Ask where the empty workbook goes, and write it there.

    Args:
        office: where it is written, away from the window.
        owner: whose job that is.
        page: over which it is asked.
        title: of the dialog.
        name: of the file, as proposed.
        write: the job, given the path.
    """

    def save(chosen: str) -> None:
        path = Path(chosen)
        told = f"Saved as {path.name}. Fill it in, and load it with Ctrl+L."
        office.job(owner, write, path, then=lambda _done: office.messages.good(told), label=f"Writing {path.name}")

    asked = ask_save(page, title, name, "Excel workbook (*.xlsx)")
    asked.fileSelected.connect(save)
    return asked
