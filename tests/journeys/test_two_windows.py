"""Two programs on one database file: each sees that the other has the record open, and the second save is settled."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.bootstrap import Rentbook
from app.models.values import Subject
from app.services.core.clock import FixedClock
from app.services.core.database import database_url
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Database, Desk
from app.services.core.sign_in import system_user
from app.services.demonstration.dto import Size
from app.services.rent.contacts import contacts
from app.services.workbench.drafts import store
from app.views.common.conflict import ConflictSheet
from app.views.common.draft_offer import DraftOffer
from app.views.rent.contacts import ContactSheet
from app.views.welcome.controller import Opened
from tests.views.desktop import press, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 11, 21)


@pytest.fixture
def programs(qapp, theme, qtbot, landlord_file):
    """The windows of two officers, each over a database connection of its own to the same file."""
    owner = Database(database_url(landlord_file))
    Desk.sit_down(owner, system_user()[0], FixedClock(TODAY)).do(
        add, NewOfficer("leader", "Demo Leader", frozenset({Role.TEAM_LEADER}))
    )
    owner.close()
    made = []

    def open_(username):
        program = Rentbook(qapp, theme, FixedClock(TODAY), demonstration=Size(6, 2, 1))
        made.append(program)
        crashed = []
        program.crashes.reported.connect(lambda _reference, details: crashed.append(details))
        program.crashed = crashed
        qtbot.addWidget(program.window)
        program.window.show()
        desk = Desk.sit_down(Database(database_url(landlord_file)), username, FixedClock(TODAY))
        program.show_database(Opened(desk))
        accounts = program.controllers["rent"]
        program.window.go_to(accounts.page)
        wait(qtbot, lambda: accounts.header is not None and not program.tasks.busy)
        return program

    yield open_
    for program in made:
        program.window.close()
        for _ in range(50):
            program.tasks.drain()
            qapp.processEvents()
            if not program.tasks.busy:
                break
        program.close_database()
        program.deleteLater()
        assert program.crashed == []


def open_contacts(program, accounts, qtbot):
    controller = program.controllers["rent"]
    controller.open_account(accounts["Testerton"])
    wait(qtbot, lambda: controller.header.account_id == accounts["Testerton"] and not program.tasks.busy)
    press(program.window, Qt.Key.Key_F7)
    wait(qtbot, lambda: controller.page.findChild(ContactSheet) is not None)
    sheet = controller.page.findChild(ContactSheet)
    wait(qtbot, lambda: not program.tasks.busy and not program.office.drafts.busy)
    return sheet


def test_two_officers_edit_one_record(programs, accounts, qtbot):
    first, second = programs(system_user()[0]), programs("leader")
    mine, theirs = open_contacts(first, accounts, qtbot), open_contacts(second, accounts, qtbot)
    wait(qtbot, theirs.record.presence.isVisible)
    first.office.presence.say()
    wait(qtbot, mine.record.presence.isVisible)
    assert mine.record.presence.text().startswith("Also open: Demo Leader, since ")

    theirs.record.form.field("phone").setFocus()
    type_text(theirs, "0191 498 0777")
    theirs.record.form.field("language").setText("Polish")
    press(theirs, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "saved" in second.window.messages.text)

    mine.activateWindow()
    mine.record.form.field("phone").setFocus()
    mine.record.form.field("phone").selectAll()
    type_text(mine, "0191 498 0123")
    press(mine, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: any(each.isVisible() for each in mine.findChildren(ConflictSheet)))
    conflict = mine.findChild(ConflictSheet)
    said = " ".join(each.text() for each in conflict.findChildren(QLabel))
    assert "Demo Leader saved it on 21 Nov 2026" in said
    assert "since you didn't change it: Language" in said
    press(conflict, Qt.Key.Key_Space)
    press(conflict, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "saved" in first.window.messages.text and not first.tasks.busy)

    person = first.controllers["rent"].header.people[0].person_id
    kept = first.office.desk.ask(contacts, person)
    assert (kept.values["phone"], kept.values["language"]) == ("0191 498 0123", "Polish")
    assert first.office.desk.ask(store.mine) == ()
    wait(qtbot, lambda: not second.tasks.busy)


def test_contact_details_are_changed_in_few_keys(programs, accounts, qtbot):
    """F7, the number, Ctrl+S: two keys and what is typed."""
    program = programs(system_user()[0])
    open_contacts(program, accounts, qtbot)
    type_text(QApplication.activeWindow(), "0191 498 0123")
    press(QApplication.activeWindow(), Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "saved" in program.window.messages.text and not program.tasks.busy)
    wait(qtbot, lambda: program.controllers["rent"].header.people[0].phone == "0191 498 0123")
    wait(qtbot, lambda: not program.office.drafts.busy)


def test_what_was_half_typed_is_offered_in_the_next_window(programs, accounts, qtbot):
    first = programs(system_user()[0])
    sheet = open_contacts(first, accounts, qtbot)
    type_text(sheet, "0191 498")
    wait(qtbot, lambda: not first.office.drafts.busy)
    sheet.accept()
    second = programs(system_user()[0])
    person = first.controllers["rent"].header.people[0].person_id
    second.open_record(Subject.PERSON, person)
    wait(qtbot, lambda: "half typed: F7 goes on" in second.window.messages.text)
    again = open_contacts(second, accounts, qtbot)
    offer = again.findChild(DraftOffer)
    wait(qtbot, offer.isVisible)
    press(again, Qt.Key.Key_Space)
    assert again.record.form.field("phone").text() == "0191 498"
    press(again, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "saved" in second.window.messages.text or again.record.form.error_of("phone"))
    assert "isn't a telephone number" in again.record.form.error_of("phone")
    type_text(again, "")
    again.record.form.field("phone").setText("0191 498 0123")
    press(again, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "saved" in second.window.messages.text and not second.tasks.busy)
    wait(qtbot, lambda: not second.office.drafts.busy)
    assert second.office.desk.ask(store.mine) == ()


def test_a_note_half_written_is_there_in_the_next_window(programs, accounts, qtbot):
    first = programs(system_user()[0])
    first.controllers["rent"].open_account(accounts["Specimen"])
    wait(qtbot, lambda: not first.tasks.busy)
    first.controllers["rent"].page.account.notes.text.insertPlainText("Half a note")
    first.office.drafts.close()
    second = programs(system_user()[0])
    controller = second.controllers["rent"]
    controller.open_account(accounts["Specimen"])
    wait(qtbot, lambda: controller.page.account.notes.text.toPlainText() == "Half a note")
    controller.page.account.notes.add.click()
    wait(qtbot, lambda: controller.page.account.notes.text.toPlainText() == "" and not second.tasks.busy)
    wait(qtbot, lambda: not second.office.drafts.busy)
    assert second.office.desk.ask(store.mine) == ()
