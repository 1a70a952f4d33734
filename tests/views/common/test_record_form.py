"""The form of a record keeps its draft, offers it again, settles conflicts and says who else is there."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.models.values import Subject
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.versions import Kept
from app.services.workbench import presence as presences
from app.services.workbench.drafts import store
from app.services.workbench.drafts.desk import DeskDrafts
from app.services.workbench.drafts.dto import Draft, DraftKey, Typed
from app.services.workbench.presence import Other, Record
from app.views.common import presence
from app.views.common.conflict import ConflictSheet
from app.views.common.drafts import Drafts
from app.views.common.editing import Editing
from app.views.common.fields import ChoiceField, LineField
from app.views.common.presence import Presence, PresencePill
from app.views.common.record_form import FormSheet, LeaveSheet, RecordForm, when
from tests.views.desktop import wait

KEY = DraftKey("sample", Subject.PERSON, 7)
NOON = datetime(2026, 11, 20, 16, 2, tzinfo=UTC)
RECORD = {"phone": "0191", "email": "a@example.org", "way": "post"}


class Shelf:
    """A record that forms read and save, with a version."""

    def __init__(self):
        self.values, self.version, self.by = dict(RECORD), 1, ""

    def read(self, ctx, record_id):
        return Kept(dict(self.values), self.version, self.by, NOON)

    def save(self, ctx, record_id, values, version):
        if version != self.version:
            raise ChangedMeanwhile("Somebody else changed this record.")
        if values["phone"] == "wrong":
            raise UserError("That is no number.", field="phone")
        self.values, self.version = dict(values), self.version + 1
        return values

    def theirs(self, **values):
        """A colleague saves."""
        self.values |= values
        self.version += 1
        self.by = "Demo Leader"


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def desk_office(office):
    """An office that keeps drafts and knows who is there."""
    told = []
    kept = Drafts(DeskDrafts(office.desk), office.desk.clock, told.append)
    kept._timer.setInterval(100)
    there = Presence(lambda window, records: office.desk.do(presences.beat, window, records))
    yield replace(office, drafts=kept, presence=there)
    kept.close()
    there.close()
    assert told == []


@pytest.fixture
def opened(desk_office, shelf, qtbot):
    """Opens a sheet over the record."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()

    def open_():
        sheet = FormSheet(window, "Sample details")
        sheet.record.add("phone", "&Telephone", LineField(30))
        sheet.record.add("email", "&E-mail", LineField())
        sheet.record.add("way", "&Way", ChoiceField([("By post", "post"), ("By e-mail", "email")]))
        sheet.editing = Editing.of_sheet(
            desk_office, sheet, "sample", read=shelf.read, save=shelf.save, told="Sample saved."
        )
        shown = []
        sheet.editing.shown.connect(lambda: shown.append(1))
        sheet.open()
        sheet.editing.open(Subject.PERSON, 7, "Sample details, Mx Sam Specimen")
        wait(qtbot, lambda: shown)
        return sheet

    return open_


def type_into(sheet, name, text, qtbot):
    field = sheet.record.form.field(name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def closed(sheet):
    return not isValid(sheet) or not sheet.isVisible()


def kept(office):
    return office.desk.ask(store.find, KEY)


def test_it_is_saved_by_ctrl_s_and_closes(opened, shelf, desk_office, qtbot):
    sheet = opened()
    type_into(sheet, "phone", "0191 498", qtbot)
    qtbot.keyClick(sheet, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, lambda: shelf.version == 2 and not desk_office.tasks.busy and closed(sheet))
    assert shelf.values["phone"] == "0191 498"
    assert desk_office.messages.text == "Sample saved."


def test_what_the_service_refuses_stands_beside_its_field(opened, desk_office, qtbot):
    sheet = opened()
    type_into(sheet, "phone", "wrong", qtbot)
    sheet.record.save()
    wait(qtbot, lambda: sheet.record.form.error_of("phone"))
    assert sheet.record.form.field("phone").hasFocus()
    assert sheet.confirm_action.isEnabled()
    sheet.thrown_away.emit()
    sheet.accept()
    wait(qtbot, lambda: not desk_office.drafts.busy)


def test_what_is_typed_is_kept_within_a_second_and_gone_when_it_is_saved(opened, desk_office, qtbot):
    sheet = opened()
    type_into(sheet, "phone", "0191 4", qtbot)
    wait(qtbot, lambda: not desk_office.drafts.busy)
    assert kept(desk_office).typed == Typed(
        {"phone": "0191 4", "email": "a@example.org", "way": "By post"},
        {"phone": "0191", "email": "a@example.org", "way": "By post"},
        1,
    )
    sheet.record.save()
    wait(qtbot, lambda: closed(sheet) and not desk_office.drafts.busy)
    assert kept(desk_office) is None


def test_taking_back_what_was_typed_leaves_no_draft(opened, desk_office, qtbot):
    sheet = opened()
    type_into(sheet, "phone", "0191 4", qtbot)
    wait(qtbot, lambda: not desk_office.drafts.busy)
    type_into(sheet, "phone", "0191", qtbot)
    wait(qtbot, lambda: not desk_office.drafts.busy)
    assert kept(desk_office) is None
    sheet.reject()
    assert closed(sheet)


def test_esc_asks_and_keeps_it_for_later_and_it_is_offered_again(opened, desk_office, qtbot):
    sheet = opened()
    type_into(sheet, "phone", "0191 498", qtbot)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    leave = sheet.findChild(LeaveSheet)
    assert sheet.isVisible()
    leave.confirm_action.trigger()
    assert closed(sheet)
    wait(qtbot, lambda: not desk_office.drafts.busy)

    again = opened()
    record = again.record
    assert record.offer.isVisible()
    assert record.offer.words.text().startswith("You were half way through this on Sat 21 Nov at ")
    assert not record.form.field("phone").isEnabled()
    assert record.form.field("phone").text() == "0191"
    record.save()
    assert again.isVisible()
    record.offer.go_on.click()
    assert record.form.field("phone").text() == "0191 498"
    assert record.is_changed()
    again.thrown_away.emit()
    again.accept()
    wait(qtbot, lambda: not desk_office.drafts.busy)


def test_a_draft_that_is_thrown_away_is_gone(opened, desk_office, qtbot):
    typed = Typed({"phone": "0191 498"}, {"phone": "0191"}, 1)
    desk_office.desk.do(store.keep, Draft(KEY, "Sample", NOON, typed))
    sheet = opened()
    assert sheet.record.offer.isVisible()
    sheet.record.offer.throw.click()
    wait(qtbot, lambda: not desk_office.drafts.busy)
    assert kept(desk_office) is None
    assert sheet.record.form.field("phone").text() == "0191"
    sheet.reject()


def test_esc_can_go_back_and_can_throw_away(opened, desk_office, qtbot):
    sheet = opened()
    type_into(sheet, "phone", "0191 498", qtbot)
    sheet.reject()
    leave = sheet.findChild(LeaveSheet)
    qtbot.keyClick(leave, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    sheet.reject()
    sheet.findChildren(LeaveSheet)[-1].thrown_away.emit()
    assert closed(sheet)
    wait(qtbot, lambda: not desk_office.drafts.busy)
    assert kept(desk_office) is None


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


def test_who_else_has_it_open_stands_above_the_fields(opened, desk_office, qtbot):
    record = Record(Subject.PERSON, 7)
    desk_office.desk.do(presences.beat, "another window", [record])
    sheet = opened()
    wait(qtbot, sheet.record.presence.isVisible)
    assert "Also open in another window of yours, since " in sheet.record.presence.text()
    desk_office.desk.do(presences.beat, "another window", [])
    desk_office.presence.say()
    wait(qtbot, lambda: not sheet.record.presence.isVisible())
    sheet.reject()
    QApplication.processEvents()


def test_who_is_there_in_words():
    leader, officer = (Other(name, NOON, self_elsewhere=False) for name in ("Demo Leader", "Demo Officer"))
    at = f"{NOON.astimezone():%H:%M}"
    assert presence.in_words((leader,)) == f"Also open: Demo Leader, since {at}"
    assert presence.in_words((leader, officer)) == f"Also open: Demo Leader and 1 more, since {at}"
    assert presence.in_words(()) == ""


def test_the_pill_is_there_only_for_somebody(qtbot, theme):
    shown = PresencePill()
    qtbot.addWidget(shown)
    shown.show_others((Other("Demo Leader", NOON, self_elsewhere=False),))
    assert not shown.isHidden()
    shown.show_others(())
    assert shown.isHidden()


def test_a_moment_is_said_by_day_and_hour():
    assert when(NOON).startswith("Fri 20 Nov at ")


def test_the_last_second_is_kept_when_the_window_closes(desk_office, opened, qtbot):
    sheet = opened()
    type_into(sheet, "phone", "0191 498 last", qtbot)
    desk_office.drafts.close()
    assert kept(desk_office).typed.fields["phone"] == "0191 498 last"
    sheet.accept()


def test_a_desk_without_the_key_is_told_once_and_the_form_works(office, shelf, qtbot):
    class Keyless(DeskDrafts):
        def keep(self, draft):
            raise UserError("The key that opens what is encrypted isn't kept at this desk.")

    told = []
    drafts = Drafts(Keyless(office.desk), office.desk.clock, told.append)
    typed = Typed({"phone": "1"}, {"phone": ""})
    drafts.note(KEY, "Sample", typed)
    wait(qtbot, lambda: told and not drafts.busy)
    drafts.note(KEY, "Sample", typed)
    wait(qtbot, lambda: not drafts.busy)
    drafts.close()
    assert len(told) == 1


def test_a_record_form_in_a_page_saves_by_ctrl_s_from_any_field(qtbot, theme):
    view = RecordForm()
    qtbot.addWidget(view)
    view.add("phone", "&Telephone", LineField())
    wanted = []
    view.save_wanted.connect(lambda: wanted.append(view.values()))
    view.load({"phone": "0191"}, 1)
    view.show()
    view.activateWindow()
    view.form.field("phone").setFocus()
    QApplication.processEvents()
    qtbot.keyClick(view.form.field("phone"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert wanted == [{"phone": "0191"}]
