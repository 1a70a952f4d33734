"""An e-mail is answered in its thread and passed on by the window: sent at once, and what failed is said and decided."""

import pytest
from PySide6.QtCore import Qt

from app.models.values import MailboxKind, MailSecurity, PostState, SignIn
from app.services.post_log.answering.dto import AnswerBy
from app.services.post_log.mailboxes import commands as mailboxes
from app.services.post_log.mailboxes.dto import MailboxForm
from app.views.post_log.answering import AnswerSheet
from app.views.post_log.forwarding import ForwardSheet
from app.views.post_log.message import MessagePart
from tests.services.post_log.mail.messages import eml, pdf
from tests.services.post_log.mailboxes.certificates import certificate
from tests.services.post_log.sending.conftest import arrive
from tests.services.post_log.sending.smtp_office import PASSWORD, USER, SmtpOffice
from tests.views.desktop import open_tab, press, wait
from tests.views.post_log.test_mail import quiet, sheet_of


@pytest.fixture
def smtp(tmp_path, monkeypatch):
    context, trust = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trust))
    with SmtpOffice(context) as made:
        yield made


@pytest.fixture
def item(desktop_over_landlord, smtp, qtbot):
    """An e-mail that is shown on the Post tab, in an office whose mailbox sends."""
    program = desktop_over_landlord
    desk = program.controllers["home"]._office.desk
    whole = {"host": "127.0.0.1", "port": 1, "security": MailSecurity.NONE, "sign_in": SignIn.PASSWORD, "secret": PASSWORD, "sends": True, "smtp_host": "127.0.0.1", "smtp_port": smtp.port}  # fmt: skip
    desk.do(mailboxes.save, MailboxForm("Rents", MailboxKind.IMAP, USER, **whole))
    item_id = arrive(desk, eml(1, "Please look.", files=(("a.pdf", pdf()),)))
    open_tab(program, "post_log")
    controller = program.controllers["post_log"]
    quiet(qtbot, program)
    controller.open_record(None, item_id)
    wait(qtbot, lambda: controller.page.detail is not None and controller.page.detail.row.row_id == item_id)
    quiet(qtbot, program)
    return program, controller.page, item_id


def part_of(page, qtbot, program):
    page.card.parts.open_drawer("mail")
    quiet(qtbot, program)
    return page.card.findChild(MessagePart)


def test_it_is_answered_in_the_thread_and_sent_at_once(item, smtp, qtbot):
    program, page, _ = item
    press(page, Qt.Key.Key_F9)
    sheet = sheet_of(qtbot, AnswerSheet)
    assert (sheet.by.value(), sheet.box.currentText()) == (AnswerBy.EMAIL, f"{USER}, in the thread")
    assert sheet.documents.isVisible()
    sheet.text.set_value("Nothing is owed.")
    sheet.documents.set_value((sheet.documents.item(0).text(),))
    sheet.confirmed.emit()
    wait(qtbot, lambda: len(smtp.messages) == 1)
    quiet(qtbot, program)
    assert b"a.pdf" in smtp.messages[0][2]
    part = part_of(page, qtbot, program)
    wait(qtbot, lambda: part.sent.text().endswith("sent."))
    assert not part.again.isVisible()
    program.window.banner.clear()


def test_by_notify_there_is_nothing_with_it(item, qtbot):
    _, page, _ = item
    press(page, Qt.Key.Key_F9)
    sheet = sheet_of(qtbot, AnswerSheet)
    sheet.box.set_value(None)
    assert not sheet.documents.isVisible()
    assert sheet.answer().mailbox_id is None
    sheet.by.set_value(AnswerBy.CALL)
    assert not sheet.box.isVisible()
    sheet.close()


def test_it_is_passed_on_and_what_failed_is_decided(item, smtp, qtbot):
    program, page, _ = item
    smtp.cut = "taken"
    press(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    sheet = sheet_of(qtbot, ForwardSheet)
    sheet.to.set_value("repairs@elsewhere.example")
    sheet.confirmed.emit()
    wait(qtbot, lambda: "outside the council" in sheet._form.error_of("outside"))
    sheet.to.set_value("repairs@council.example")
    sheet.confirmed.emit()
    wait(qtbot, lambda: len(smtp.messages) == 1)
    part = part_of(page, qtbot, program)
    wait(qtbot, part.went.isVisible)
    assert "Nobody knows whether it went" in part.sent.text()
    part.went.click()
    wait(qtbot, lambda: page.detail.row.state == PostState.FORWARDED)
    quiet(qtbot, program)
    wait(qtbot, lambda: not part.went.isVisible())
    assert part.sent.text().startswith("Passed on to repairs@council.example")
    assert len(smtp.messages) == 1
    program.window.banner.clear()


def test_an_item_without_e_mail_has_no_such_tab(item, qtbot):
    _, page, _ = item
    at = page.card.parts._drawers["mail"]
    assert page.card.parts.tabs.isTabVisible(at) or "E-mail" in " ".join(page.card.parts.more.hidden_tabs())
    page.card.parts.offer_drawer("mail", offered=False)
    assert not page.card.parts.tabs.isTabVisible(at)
    page.card.parts.more.fit(2_000)
    assert not page.card.parts.tabs.isTabVisible(at)
