"""The sheet of contact details: whose, and for whom."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from app.models.accounts import Account
from app.models.people import Tenant
from app.models.values import PreferredContact
from app.services.core.permissions import Permission
from app.services.rent import header as headers
from app.services.rent.contacts import contacts
from app.views.rent.controller.contacts import ContactController
from tests.factories import lettings
from tests.views.desktop import wait


@pytest.fixture
def couple(office, accounts):
    """The header of an account of two people."""

    def join(ctx):
        other = lettings.person(ctx, "Robin", "Testerton", mobile="07700 900456")
        tenancy = ctx.session.get(Account, accounts["Testerton"]).tenancy_id
        ctx.session.add(Tenant(tenancy_id=tenancy, person_id=other.id, position=2))

    office.desk.do(join)
    return office.desk.ask(headers.account_header, accounts["Testerton"])


@pytest.fixture
def opened(office, qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()

    def open_(header, office=office, person_id=None):
        made = ContactController(office, page, header, person_id)
        wait(qtbot, lambda: not office.tasks.busy)
        return made

    return open_


def test_another_person_of_the_account_is_chosen_at_the_top(opened, couple, office, qtbot):
    controller = opened(couple)
    sheet, fields = controller.sheet, controller.sheet.record.form
    assert sheet.whose.count() == 2
    sheet.whose.setCurrentIndex(1)
    wait(qtbot, lambda: fields.field("mobile").text() == "07700 900456" and not office.tasks.busy)
    fields.field("mobile").setText("07700 900457")
    fields.field("preferred_contact").set_value(PreferredContact.TEXT)
    sheet.record.save()
    wait(qtbot, lambda: not office.tasks.busy)
    kept = office.desk.ask(contacts, couple.people[1].person_id)
    assert (kept.values["mobile"], kept.values["preferred_contact"]) == ("07700 900457", PreferredContact.TEXT)


def test_the_person_who_was_opened_is_shown_first(opened, couple):
    second = couple.people[1].person_id
    sheet = opened(couple, person_id=second).sheet
    assert sheet.person().person_id == second
    assert sheet.record.form.field("mobile").text() == "07700 900456"
    sheet.reject()


def test_whoever_may_not_change_them_may_look(opened, couple, office):
    officer = replace(office.desk.officer, permissions=office.desk.officer.permissions - {Permission.CHANGE_CONTACTS})
    onlooker = replace(office, desk=replace(office.desk, officer=officer))
    sheet = opened(couple, onlooker).sheet
    assert not sheet.record.form.field("phone").isEnabled()
    assert not sheet.primary.isVisible()
    assert any(
        "you may look, but not change how people are contacted" in each.text() for each in sheet.findChildren(QLabel)
    )
    sheet.reject()
