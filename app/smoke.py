"""What the packaged program is asked to do before anybody gets it (`--smoke FOLDER`, called by build/smoke.py).

It reads each module that `modules.txt` in the folder names, what others made and is imported anywhere; brings an older file up
to date; opens `demo.db`, which the command line made there, and each tab and each section of Admin in it; draws a balance over
time; makes a statement, looks at it and prints it to a PDF. Each step is a line on standard output, and nothing else may be.
`--ready PLACE` is for the benchmark: it opens a database and ends when Accounts lists it and has taken a letter.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

import app
from app.bootstrap import Rentbook, application
from app.offscreen import asleep_until, driven, settle
from app.registered import register
from app.services.core import database as databases
from app.services.core import logs, schema
from app.services.core.components import components
from app.services.core.session import Database
from app.tour import find, press, save
from app.views.admin.controller import AdminController
from app.views.admin.sections import SECTIONS
from app.views.common.printing import draw_pages
from app.views.common.theme import Theme
from app.views.rent.controller import AccountsController
from app.views.rent.dialogs import StatementSheet
from app.views.shell.areas import AREAS

_OLDER: Final = "0012"
"""The revision of the older file."""


def run(folder: Path) -> int:
    """Do all of it and leave the files in the folder; the exit code."""
    logs.start()
    folder.mkdir(parents=True, exist_ok=True)
    _say(f"Rentbook {app.__version__}")
    _say(f"{_read_modules(folder / 'modules.txt')} modules read")
    _say(f"{len(components())} components listed")
    _upgrade(folder / "older.db")
    with driven(place=folder / "demo.db") as (program, _theme):
        _say("The demonstration landlord is open")
        for area in AREAS:
            program.window.go_to(program.controllers[area.name].page)
            settle(program)
            _say(f"Tab {area.title}")
        for section in _sections(program):
            settle(program)
            _say(f"Admin {section}")
        _statement(program, folder)
    _say("Closed")
    return 0


def ready(place: str) -> int:
    """Open a database, and end as soon as its accounts are listed and a letter typed is there; the exit code."""
    program = Rentbook(application(), Theme(application()))
    program.window.show()
    program.begin(place)
    asleep_until(lambda: program.office is not None)
    accounts = program.controllers["rent"]
    assert isinstance(accounts, AccountsController)
    program.window.go_to(accounts.page)
    finder = accounts.page.finder
    asleep_until(lambda: finder.model.rowCount() > 0 and finder.model.row_at(0) is not None)
    finder.text.setFocus()
    QTest.keyClicks(finder.text, "f")
    asleep_until(lambda: finder.text.text() == "f")
    _say("Ready")
    os._exit(0)  # how long it takes to end is not asked


def _read_modules(listed: Path) -> int:
    """Read the modules that are listed, and plug everything in; how many they are."""
    names = listed.read_text("utf-8").split()
    for name in names:
        importlib.import_module(name)
    register()
    return len(names)


def _upgrade(place: Path) -> None:
    older = Database(databases.database_url(place))
    older.transact(lambda session: schema.migrate(session, _OLDER))
    older.close()
    done = databases.upgrade(place)
    if done.after != schema.newest() or databases.status(place).state != "current" or done.kept is None:
        raise RuntimeError(f"The older file is at {done.after}, not at {schema.newest()}.")
    _say(f"Upgraded from {done.before} to {done.after}")


def _sections(program: Rentbook) -> Iterator[str]:
    """Open each section of Admin that the officer has."""
    admin = program.controllers["admin"]
    assert isinstance(admin, AdminController)
    assert program.office is not None
    program.window.go_to(admin.page)
    for section in SECTIONS:
        if section.shown_to(program.office.desk.officer.permissions):
            admin.open(section.key)
            yield section.key


def _statement(program: Rentbook, folder: Path) -> None:
    """The balance of a tenant, drawn and explained, and the statement as a PDF."""
    accounts = program.controllers["rent"]
    assert isinstance(accounts, AccountsController)
    program.window.go_to(accounts.page)
    settle(program)
    find(program, accounts)
    press(program.window, Qt.Key.Key_F8)
    settle(program)
    press(program.window, Qt.Key.Key_F6)
    settle(program)
    sheet = accounts.page.findChild(StatementSheet)
    assert sheet is not None
    press(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    save(program, sheet, folder / "statement.pdf")
    sheet.close()
    document = QPdfDocument()
    document.load(str(folder / "statement.pdf"))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(folder / "printed.pdf"))
    draw_pages(document, printer)
    _say(f"A statement printed: {document.pageCount()} page")
    document.close()


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
