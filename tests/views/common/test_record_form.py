"""The form of a record keeps its draft, offers it again, settles conflicts and says who else is there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.workbench import presence as presences
from app.services.workbench.drafts import store
from app.services.workbench.drafts.desk import DeskDrafts
from app.services.workbench.drafts.dto import Draft, Typed
from app.services.workbench.presence import Other, Record
from app.views.common import presence
from app.views.common.draft_offer import when
from app.views.common.drafts import Drafts
from app.views.common.fields import LineField
from app.views.common.presence import PresencePill
from app.views.common.record_form import LeaveSheet, RecordForm
from tests.views.common.records import KEY, NOON, closed, kept, type_into
from tests.views.desktop import wait


def test_it_is_saved_by_ctrl_s_and_closes(opened, shelf, desk_office, qtbot):
    sheet = opened()
    type_into(sheet, "phone", "0191 498", qtbot)
    qtbot.keyClick(sheet, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, lambda: shelf.version == 2 and not desk_office.tasks.busy and closed(sheet))
    assert shelf.values["phone"] == "0191 498"
    assert desk_office.messages.text == "Sample saved."


def test_typing_replaces_what_stands_in_the_field_that_the_form_begins_at(opened, qtbot):
    sheet = opened()
    phone = sheet.record.form.field("phone")
    wait(qtbot, phone.hasFocus)
    assert phone.selectedText() == "0191"
    qtbot.keyClicks(phone, "0113")
    assert phone.text() == "0113"
    sheet.thrown_away.emit()
    sheet.accept()


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
    drafts = Drafts(lambda: Keyless(office.desk), office.desk.clock, told.append)
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
