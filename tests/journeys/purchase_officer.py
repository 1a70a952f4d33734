"""Officers who buy, receive and pay at windows of their own, over one database and one clock."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.bootstrap import Rentbook
from app.models.landlord import Landlord
from app.models.policy import PolicyValue
from app.services.approvals import commands as approvals
from app.services.core import database as databases
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Database, Desk
from app.services.core.sign_in import system_user
from app.services.demonstration.dto import Size
from app.views.purchase_orders.requisition import RequisitionSheet
from app.views.welcome.controller import Opened
from tests.factories import purchasing
from tests.journeys.debit_officer import Calendar
from tests.services.bacs.conftest import OWN
from tests.views.desktop import open_tab, press, sheet_of, type_text, wait

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
PLAIN = Qt.KeyboardModifier.NoModifier
Key = Qt.Key
BEGIN = date(2026, 11, 23)
"""A Monday."""
COLLEAGUES = {
    "manager": Role.ADMINISTRATOR,
    "leader": Role.TEAM_LEADER,
    "keeper": Role.RENTS_OFFICER,
    "payer": Role.FINANCE,
    "treasurer": Role.FINANCE,
}


def staff(desk, prepare):
    """The office: what `prepare(ctx)` makes, and five colleagues of whom those who approve have a limit; what it made."""

    def begin(ctx):
        ctx.session.add(Landlord(id=1, name="Anytown Council", phone="01632 960001"))
        for key, value in OWN.items():
            ctx.session.add(PolicyValue(key=f"bacs.{key}", scope="", value=value, effective_from=date(2026, 1, 1)))
        return prepare(ctx)

    made = desk.do(begin)
    for name, role in COLLEAGUES.items():
        officer = desk.do(add, NewOfficer(name, f"Test {name.title()}", frozenset({role})))
        if role in {Role.TEAM_LEADER, Role.FINANCE}:
            desk.do(purchasing.limit, officer.id)
    return made


@pytest.fixture
def clock():
    return Calendar(BEGIN)


@pytest.fixture
def at_desk(landlord_file, clock):
    """The desk of the first officer before a window opens; it closes the file again."""

    def do(prepare):
        database = Database(databases.database_url(landlord_file))
        made = staff(Desk.sit_down(database, system_user()[0], clock), prepare)
        database.close()
        return made

    return do


@pytest.fixture
def windows(qapp, theme, qtbot, clock, landlord_file):
    """Opens the window of an officer by their name, over a connection of its own to the same file."""
    programs, crashed = [], []

    def open_(username):
        program = Rentbook(qapp, theme, clock, demonstration=Size(6, 2, 1))
        programs.append(program)
        program.crashes.reported.connect(lambda _reference, details: crashed.append(details))
        qtbot.addWidget(program.window)
        program.window.show()
        database = Database(databases.database_url(str(landlord_file)))
        program.show_database(Opened(Desk.sit_down(database, username, clock)))
        wait(qtbot, lambda: program.office is not None and not program.tasks.busy)
        return Officer(program, qtbot)

    yield open_
    for program in programs:
        program.window.close()
        for _ in range(50):
            program.tasks.drain()
            qapp.processEvents()
            if not program.tasks.busy:
                break
        program.close_database()
        program.deleteLater()
    assert crashed == []


class Officer:
    """An officer at a window, on Purchase Orders, without the mouse."""

    def __init__(self, program, qtbot):
        self.program, self.qtbot = program, qtbot
        self.desk = program.office.desk
        open_tab(program, "purchase_orders")
        self.until(lambda: "purchase_orders" in program.controllers)
        self.tab = program.controllers["purchase_orders"]

    def until(self, happened):
        wait(self.qtbot, lambda: happened() and not self.program.tasks.busy)

    def press(self, key, held=PLAIN, on=None):
        press(on or self.program.window, key, held)

    def opens(self, kind, key, held=PLAIN, on=None):
        """Press a key; the sheet that it opens, when all that it asks for is there."""
        self.press(key, held, on)
        sheet = sheet_of(self.qtbot, kind)
        self.until(lambda: True)
        return sheet

    def types(self, sheet, *fields):
        """Type into one field after the other; Enter goes on."""
        for each in fields:
            type_text(sheet, each)
            self.press(Key.Key_Return, on=sheet)

    def picks(self, picker, words):
        """Type the beginning of a name, and take what is found."""
        picker.setFocus()
        type_text(picker.window(), words)
        self.until(lambda: picker.completer_popup().isVisible())
        QTest.keyClick(picker.completer_popup(), Key.Key_Return)
        self.until(lambda: picker.value() is not None)

    def confirms(self, sheet):
        """Ctrl+Enter, and the sheet goes."""
        self.press(Key.Key_Return, CTRL, on=sheet)
        self.until(lambda: sheet.over)

    def enters_a_line(self, sheet: RequisitionSheet, *cells):
        """The first line of a requisition, from its first cell."""
        table = sheet.lines.table
        table.go(0, 0)
        self.until(lambda: table.state() is table.State.EditingState)
        self.types(sheet, *cells)

    def section(self, key):
        self.program.office.show_only("purchase_orders", key)
        self.until(self.tab.section(key).page.isVisible)
        return self.tab.section(key)

    def told(self):
        """What the message bar says."""
        return self.program.office.messages.text

    def order(self):
        """The order on the card."""
        return self.tab.page.detail

    def beside(self, username):
        """The desk of a colleague."""
        return Desk.sit_down(self.desk.database, username, self.desk.clock)

    def approved_by(self, username, request_id):
        decided = self.beside(username).do(approvals.approve, [request_id])
        assert not decided.refused, decided.refused

    def stands(self, budget_id):
        """(commitment, accrual, actual) of a code, in pence."""
        return self.desk.ask(purchasing.stands, budget_id)
