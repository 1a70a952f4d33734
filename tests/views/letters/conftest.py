"""The Letters page with two letters in the queue, and the ways that its tests look at it."""

import pytest
from PySide6.QtWidgets import QApplication

from app.models.landlord import Landlord
from app.services.letters.commands import queue as commands
from app.services.letters.dto import EVERYTHING, NewLetter, OutgoingSort
from app.services.letters.queries import queue
from tests.views.desktop import type_text, wait

GENERAL = {"subject": "Your tenancy", "text": "Thank you for calling."}


def rows(program):
    desk = program.office.desk
    ids = desk.ask(queue.ids, EVERYTHING, OutgoingSort.ASKED, descending=False)
    return list(desk.ask(queue.rows, list(ids)))


def quiet(qtbot, program):
    wait(qtbot, lambda: not program.tasks.busy)


def at_testerton(qtbot, program):
    """Find the account of somebody who can be written to."""
    found = program.controllers["rent"]
    type_text(program.window, "testert")
    wait(qtbot, lambda: found.header is not None and found.header.name == "Mx Maria Testerton")
    quiet(qtbot, program)


def sheet_of(kind):
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible())


@pytest.fixture
def letters(desktop_over_landlord, accounts, qtbot):
    """The page with two letters in the queue."""
    program = desktop_over_landlord
    desk = program.office.desk

    def landlord(ctx):
        ctx.session.add(Landlord(name="Sample District Council", office="Rents team"))
        ctx.session.flush()

    desk.do(landlord)
    for name in ("Testerton", "Specimen"):
        desk.do(commands.write, NewLetter("general_letter", accounts[name], GENERAL))
    page = program.controllers["letters"].page
    program.window.go_to(page)
    wait(qtbot, lambda: page.list.model.rowCount() == 2 and page.shown is not None)
    quiet(qtbot, program)
    return program, page
