"""Two officers changed one record: fields go together by themselves, or are chosen; nothing is typed again."""

from PySide6.QtCore import Qt

from app.services.workbench.drafts import store
from app.services.workbench.drafts.dto import Draft, Typed
from app.views.common.conflict import ConflictSheet
from tests.views.common.records import KEY, NOON, closed, type_into
from tests.views.desktop import wait


def test_each_changed_another_field_and_both_are_saved_unasked(opened, shelf, desk_office, qtbot):
    sheet = opened()
    type_into(sheet, "phone", "0191 498", qtbot)
    shelf.theirs(email="b@example.org")
    sheet.record.save()
    wait(qtbot, lambda: closed(sheet))
    assert shelf.values == {"phone": "0191 498", "email": "b@example.org", "way": "post"}
    wait(qtbot, lambda: not desk_office.tasks.busy)


def test_both_changed_one_field_and_it_is_chosen_by_keyboard(opened, shelf, desk_office, qtbot):
    sheet = opened()
    type_into(sheet, "phone", "0191 498", qtbot)
    sheet.record.form.field("way").set_value("email")
    shelf.theirs(phone="0191 777", way="post", email="b@example.org")
    sheet.record.save()
    wait(qtbot, lambda: sheet.findChild(ConflictSheet) is not None)
    conflict = sheet.findChild(ConflictSheet)
    wait(qtbot, conflict.isVisible)
    assert [each.text() for each in conflict.findChildren(type(conflict.first_choice()))] == [
        "Mine",
        "Theirs",
        "As it was",
    ]
    assert conflict.first_choice().accessibleName() == "Telephone, mine: 0191 498"
    conflict.confirm_action.trigger()
    assert "Choose what to keep for Telephone" in conflict.messages.text
    conflict.activateWindow()
    conflict.first_choice().setFocus()
    qtbot.keyClick(conflict.first_choice(), Qt.Key.Key_Right)
    conflict.confirm_action.trigger()
    wait(qtbot, lambda: closed(sheet))
    assert shelf.values == {"phone": "0191 777", "email": "b@example.org", "way": "email"}
    wait(qtbot, lambda: not desk_office.tasks.busy)


def test_a_conflict_that_is_left_keeps_everything_typed(opened, shelf, desk_office, qtbot):
    sheet = opened()
    type_into(sheet, "phone", "0191 498", qtbot)
    shelf.theirs(phone="0191 777")
    sheet.record.save()
    wait(qtbot, lambda: sheet.findChild(ConflictSheet) is not None)
    conflict = sheet.findChild(ConflictSheet)
    wait(qtbot, conflict.isVisible)
    conflict.reject()
    assert sheet.record.form.field("phone").text() == "0191 498"
    assert shelf.values["phone"] == "0191 777"
    sheet.thrown_away.emit()
    sheet.accept()
    wait(qtbot, lambda: not desk_office.drafts.busy and not desk_office.tasks.busy)


def test_a_third_save_in_between_is_asked_again(opened, shelf, desk_office, qtbot):
    sheet = opened()
    type_into(sheet, "phone", "0191 498", qtbot)
    shelf.theirs(phone="0191 777")
    sheet.record.save()
    wait(qtbot, lambda: sheet.findChild(ConflictSheet) is not None)
    first = sheet.findChild(ConflictSheet)
    wait(qtbot, first.isVisible)
    shelf.theirs(phone="0191 888")
    first.choose_all("mine")
    first.confirm_action.trigger()
    wait(qtbot, lambda: [each for each in sheet.findChildren(ConflictSheet) if each is not first and each.isVisible()])
    second = next(each for each in sheet.findChildren(ConflictSheet) if each is not first)
    second.choose_all("mine")
    second.confirm_action.trigger()
    wait(qtbot, lambda: closed(sheet))
    assert shelf.values["phone"] == "0191 498"
    wait(qtbot, lambda: not desk_office.tasks.busy)


def test_a_draft_of_an_older_version_is_settled_when_it_is_saved(opened, shelf, desk_office, qtbot):
    typed = Typed(
        {"phone": "0191 498", "email": "a@example.org", "way": "By post"},
        {"phone": "0191", "email": "a@example.org", "way": "By post"},
        1,
    )
    desk_office.desk.do(store.keep, Draft(KEY, "Sample", NOON, typed))
    shelf.theirs(email="b@example.org")
    sheet = opened()
    sheet.record.offer.go_on.click()
    sheet.record.save()
    wait(qtbot, lambda: closed(sheet))
    assert shelf.values == {"phone": "0191 498", "email": "b@example.org", "way": "post"}
    wait(qtbot, lambda: not desk_office.tasks.busy and not desk_office.drafts.busy)
