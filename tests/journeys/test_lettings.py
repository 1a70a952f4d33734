"""A home is let from a Wednesday, by keyboard; Monday's charge takes the part week, and the debit control adds up."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from app.models.diary import Task
from app.models.values import Money
from app.services.rent.search import refresh_search
from app.views.charges.dialogs import PostSheet
from app.views.rent.starting.person import NewPersonSheet
from app.views.rent.starting.sheet import StartSheet
from tests.factories import lettings
from tests.views.desktop import open_tab, press, type_text, wait

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MONDAY = date(2026, 11, 23)


def empty_home(ctx):
    """A home at 95.00 that stands empty since 2 November."""
    home = lettings.letting(ctx, "95.00", end_on=date(2026, 11, 1), who=("Pat", "Gone"))
    refresh_search(ctx)
    return home.property.ref


def choose_home(program, qtbot, ref):
    """The sheet of a new let with a home chosen by its reference, and its charges proposed."""
    accounts = program.controllers["rent"]
    press(program.window, Qt.Key.Key_N, CTRL | SHIFT)
    wait(qtbot, lambda: accounts.page.findChild(StartSheet) is not None)
    sheet = accounts.page.findChild(StartSheet)
    wait(qtbot, lambda: sheet.isVisible() and not program.tasks.busy)
    type_text(sheet, ref)
    popup = sheet.place.completer_popup()
    wait(qtbot, popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    wait(qtbot, lambda: sheet.charges.total() == Money(9_500))
    return sheet


def add_tenant(sheet, qtbot):
    """Nobody of this name is found, so they are added; Enter goes on from field to field."""
    press(sheet, Qt.Key.Key_Tab)
    type_text(sheet, "Robin Newcome")
    press(sheet, Qt.Key.Key_Tab)
    press(sheet, Qt.Key.Key_Space)
    adding = sheet.findChild(NewPersonSheet)
    type_text(adding, "Mx")
    for _ in range(3):
        press(adding, Qt.Key.Key_Tab)
    type_text(adding, "3/2/1990")
    press(adding, Qt.Key.Key_Return, CTRL)
    wait(qtbot, sheet.tenants.value)


def charge_the_week(program, qtbot):
    """Monday's charge, rehearsed and posted on its page."""
    charges = program.controllers["charges"]
    open_tab(program, "charges")
    wait(qtbot, lambda: charges.page.codes.rows and not program.tasks.busy)
    charges.show_only(MONDAY)
    wait(qtbot, lambda: charges.page.week.value() == MONDAY and not program.tasks.busy)
    press(program.window, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: charges.page.findChild(PostSheet) is not None)
    press(charges.page.findChild(PostSheet), Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "Charged the week of 23 Nov 2026" in program.window.messages.text and not program.tasks.busy)


def test_a_let_with_a_part_week(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    desk, accounts = program.office.desk, program.controllers["rent"]
    ref = desk.do(empty_home)

    sheet = choose_home(program, qtbot, ref)
    sheet.place.setFocus()
    add_tenant(sheet, qtbot)
    sheet.fields.field("start_on").setFocus()
    sheet.fields.field("start_on").selectAll()
    type_text(sheet, "25/11")
    press(sheet, Qt.Key.Key_Tab)
    wait(qtbot, lambda: "£95.00 x 5/7 = £67.86" in sheet.effects.text())
    assert not any(effect.warns for effect in sheet.effects.effects)

    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: accounts.header is not None and accounts.header.name == "Mx Robin Newcome")
    wait(qtbot, lambda: not program.tasks.busy)
    assert accounts.header.started_on == date(2026, 11, 25)
    assert accounts.header.reference in program.window.messages.text
    task = desk.ask(lambda ctx: ctx.session.scalars(select(Task)).one())
    assert (task.kind, task.subject_id) == ("mandate_request", accounts.header.account_id)

    charge_the_week(program, qtbot)
    open_tab(program, "rent")
    wait(qtbot, lambda: accounts.header.balance == Money(6_786) and not program.tasks.busy)

    control = accounts.section("debit_control")
    control.show_week(MONDAY)
    wait(qtbot, lambda: control.page.sheet is not None and control.page.sheet.week_on == MONDAY)
    total = control.page.sheet.total
    # 100.00 and 80.00 let, 95.00 void on the Monday; 67.86 of the let and 27.14 of the void, Monday and Tuesday
    assert (total.closing, total.parts, total.run) == (Money(27_500), Money(0), Money(27_500))
    assert not total.difference
    wait(qtbot, lambda: not program.tasks.busy)
