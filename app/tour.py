"""The main job driven without a screen: find a tenant, explain the balance, make the statement.

It goes through the window as an officer does, and leaves the pictures, the PDF and the workbook in a folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.bootstrap import Rentbook
from app.offscreen import driven, picture, settle, wait_for
from app.services.rent.listed_dto import AccountRow
from app.views.common.theme import Scheme
from app.views.rent.controller import AccountsController
from app.views.rent.dialogs import StatementSheet

_LOOK = 100


def run(folder: Path) -> int:
    """Drive the job and leave what it made; the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    with driven() as (program, theme):
        accounts = program.controllers["rent"]
        assert isinstance(accounts, AccountsController)
        page = accounts.page
        program.window.go_to(page)
        settle(program)
        say("A small demonstration landlord is open: 300 homes and 50 garages, nobody in it is real.")
        found = find(program, accounts)
        say(f"Found {found.name} by part of the name: {found.balance.dr_cr()}.")
        say(f"  {picture(program.window, folder / '1 found.png')}")
        press(program.window, Qt.Key.Key_F8)
        settle(program)
        say("Explained the balance (F8):")
        for line in page.account.why.in_words():
            say(f"  {line}")
        say(f"  {picture(program.window, folder / '2 explained.png')}")
        theme.choose(Scheme.DARK)
        say(f"  {picture(program.window, folder / '2 explained, dark.png')}")
        theme.choose(Scheme.LIGHT)
        press(program.window, Qt.Key.Key_F6)
        settle(program)
        sheet = page.findChild(StatementSheet)
        assert sheet is not None
        say("Made the statement (F6):")
        say(f"  {picture(sheet, folder / '3 statement.png')}")
        for key, name in ((Qt.Key.Key_Return, "statement.pdf"), (Qt.Key.Key_E, "statement.xlsx")):
            press(sheet, key, Qt.KeyboardModifier.ControlModifier)
            save(program, sheet, folder / name)
            say(f"  {folder / name}")
        sheet.close()
    return 0


def find(program: Rentbook, accounts: AccountsController) -> AccountRow:
    """Type part of a name that owes something, as an officer would, and open the first account found."""
    finder = accounts.page.finder
    finder.filters["in_arrears"].setChecked(True)
    settle(program)
    rows = [finder.model.row_at(place) for place in range(min(_LOOK, finder.model.rowCount()))]
    tenant = next(row for row in rows if row and row.kind == "rent" and not row.ended_on)
    part = tenant.name.split()[-1][:5].lower()
    QTest.keyClicks(finder.text, part)
    settle(program)
    wait_for(program, lambda: finder.table.row() is not None)
    places = (finder.model.row_at(place) for place in range(finder.model.rowCount()))
    finder.table.go_to(next(place for place, row in enumerate(places) if row == tenant))
    settle(program)
    return tenant


def save(program: Rentbook, owner: QWidget, path: Path) -> None:
    """Answer the question where to save."""
    path.unlink(missing_ok=True)
    dialog = next(each for each in owner.findChildren(QFileDialog) if each.isVisible())
    dialog.selectFile(str(path))
    dialog.fileSelected.emit(str(path))
    dialog.close()
    wait_for(program, path.is_file)


def press(window: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key in a window, wherever its focus is."""
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget() or window, key, held)


def say(words: str) -> None:
    """Say what was done."""
    sys.stderr.write(f"{words}\n")
