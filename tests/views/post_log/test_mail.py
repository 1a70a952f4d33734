"""E-mail on the Post tab: dropped, looked at safely, and sent where the rules say."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.models.values import MailboxKind, RuleField, SignIn
from app.services.post_log.mail.dto import ShownMessage
from app.views.post_log.mailbox import MailboxSheet
from app.views.post_log.message import LeftSheet, MessagePart
from app.views.post_log.rules import RuleSheet
from tests.services.post_log.mail.messages import CARD, eml
from tests.views.desktop import open_tab, press, wait


def quiet(qtbot, program):
    wait(qtbot, lambda: not program.tasks.busy)


def sheet_of(qtbot, kind):
    found = []
    wait(qtbot, lambda: found.extend(e for e in QApplication.topLevelWidgets() if isinstance(e, kind) and e.isVisible()) or found)  # fmt: skip
    return found[0]


def drop(page, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    with_it = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(5, 5), *with_it))
    QApplication.sendEvent(page, QDropEvent(QPointF(5, 5), *with_it))


def test_dropped_e_mails_are_logged_by_the_rules_and_shown(desktop_over_landlord, qtbot, tmp_path):
    program = desktop_over_landlord
    open_tab(program, "post_log")
    controller = program.controllers["post_log"]
    page = controller.page
    rules = controller.section("rules").page
    quiet(qtbot, program)
    press(rules, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    sheet = sheet_of(qtbot, RuleSheet)
    sheet.words.set_value("direct debit*")
    sheet.field.set_value(RuleField.ANYWHERE)
    sheet.category.retype("Direct Debit")
    sheet.confirmed.emit()
    wait(qtbot, lambda: len(rules.model.rows) == 1)
    page.sections.open("")
    (tmp_path / "a.eml").write_bytes(eml(1, "I want a Direct Debit", html="<p>I want a <b>Direct Debit</b></p>"))
    (tmp_path / "b.eml").write_bytes(eml(2, f"take {CARD}"))
    drop(page, tmp_path / "a.eml", tmp_path / "b.eml")
    left = sheet_of(qtbot, LeftSheet)
    assert [each.place.endswith("b.eml") for each in left.cards] == [True]
    left.confirmed.emit()
    wait(qtbot, lambda: page.list.model.rowCount() == 2)
    quiet(qtbot, program)
    controller.open_record(None, 1)
    wait(qtbot, lambda: page.detail is not None and page.detail.row.row_id == 1)
    assert page.detail.row.category == "Direct Debit"
    page.card.parts.open_drawer("mail")
    quiet(qtbot, program)
    part = page.card.findChild(MessagePart)
    wait(qtbot, lambda: "Direct Debit" in part.view.toPlainText())
    program.window.banner.clear()


def test_nothing_from_elsewhere_is_asked_for(qtbot, theme):
    part = MessagePart()
    qtbot.addWidget(part)
    asked = []
    part.view.link_pressed.connect(asked.append)
    html = '<p>Look <a href="https://bad.example/">here</a></p>'
    part.show_messages((ShownMessage(1, "<b>S</b>", "A", "a@example.org", (), None, "Look here", html, 2, (), ()),))
    assert "<b>S</b>" in part.view.toPlainText()
    assert "2 pictures or other things from elsewhere are not shown." in part.note.text()
    assert part.view.loadResource(2, QUrl("https://bad.example/x.png")) is None
    part.view.anchorClicked.emit(QUrl("https://bad.example/"))
    assert asked == ["https://bad.example/"]
    part.plain.setChecked(True)
    assert "href" not in part.view.toHtml()


def test_a_mailbox_is_asked_for_what_its_kind_needs(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    open_tab(program, "post_log")
    section = program.controllers["post_log"].section("mailboxes").page
    quiet(qtbot, program)
    section.new_wanted.emit()
    sheet = sheet_of(qtbot, MailboxSheet)
    assert not sheet.host.isVisible()
    assert sheet.tenant.isVisible()
    sheet.kind.set_value(MailboxKind.IMAP)
    assert sheet.sign_in.value() is SignIn.PASSWORD
    assert sheet.host.isVisible()
    assert not sheet.tenant.isVisible()
    for field, text in ((sheet.name, "Rents"), (sheet.address, "rents@council.example"), (sheet.host, "imap.example")):
        field.set_value(text)
    sheet.confirmed.emit()
    wait(qtbot, lambda: "password" in sheet._form.error_of("secret"))
    sheet.secret.set_value("made up")
    sheet.confirmed.emit()
    wait(qtbot, lambda: len(section.boxes.rows) == 1)
    assert section.boxes.rows[0].form.secret == ""


def test_a_message_to_hundreds_names_some_of_them(qtbot):
    part = MessagePart()
    qtbot.addWidget(part)
    names = tuple(f"person{number}@example.org" for number in range(300))
    part.show_messages((ShownMessage(1, "News", "A", "a@example.org", names, None, "Hello", "", 0, (), ()),))
    shown = part.view.toPlainText()
    assert "person39@example.org, and 260 others" in shown
    assert "person40@" not in shown
