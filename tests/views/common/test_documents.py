"""The documents panel: what is dropped, pasted or picked is kept and shown; what isn't a document says so."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from app.models.values import Subject
from app.services.documents import commands, queries
from app.services.documents.dto import NewFile, NotAttached
from app.views.common.documents import DocumentsPanel
from app.views.common.documents_desk import DocumentsDesk
from app.views.common.documents_sheets import LinkSheet, NotAttachedSheet, OutsideSheet, ReasonSheet, TrailSheet
from tests.services.documents.conftest import bomb, pdf, picture
from tests.views.desktop import press, wait
from tests.views.walking import faults


@pytest.fixture
def panel(office, qtbot, accounts):
    made = DocumentsPanel()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.desk = DocumentsDesk(office, made)
    made.desk.show_record(Subject.ACCOUNT, accounts["Testerton"])
    qtbot.waitUntil(lambda: not office.tasks.busy)
    yield made
    office.tasks.drain()


@pytest.fixture
def attached(panel, office, accounts, qtbot):
    """A PDF, a picture and a text on the account, the text first."""

    def attach(*files):
        new = [NewFile(*file) for file in files]
        office.desk.do(commands.attach, Subject.ACCOUNT, accounts["Testerton"], new)
        panel.desk.refresh()
        wait(qtbot, lambda: panel.model.rowCount() and not office.tasks.busy)

    attach(("letter.pdf", pdf()), ("scan.png", picture()), ("note.txt", b"Rang about the garage."))
    return attach


def titles(panel):
    return [row.title for row in panel.model.rows]


def mime(*paths, image=None):
    made = QMimeData()
    if paths:
        made.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if image is not None:
        made.setImageData(image)
    return made


def dropped(panel, data):
    where, nothing = QPoint(10, 10), Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, nothing)
    QApplication.sendEvent(panel, enter)
    drop = QDropEvent(QPointF(where), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, nothing)
    QApplication.sendEvent(panel, drop)
    return enter.isAccepted(), drop.isAccepted()


def sheet(panel, qtbot, kind):
    wait(qtbot, lambda: panel.findChildren(kind))
    return panel.findChildren(kind)[-1]


def test_files_that_are_dropped_are_kept_and_shown(panel, office, qtbot, tmp_path):
    letter, scan = tmp_path / "letter.txt", tmp_path / "scan.png"
    letter.write_text("Please ring me.", "utf-8")
    scan.write_bytes(picture())
    assert dropped(panel, mime(letter, scan)) == (True, True)
    wait(qtbot, lambda: sorted(titles(panel)) == ["letter.txt", "scan.png"] and not office.tasks.busy)
    assert office.messages.text == "2 files attached."
    panel.table.go_to(titles(panel).index("letter.txt"))
    wait(qtbot, lambda: panel.view._text is not None and panel.view._text.toPlainText() == "Please ring me.")


def test_words_that_are_dragged_over_are_not_taken(panel):
    data = QMimeData()
    data.setText("just words")
    assert dropped(panel, data) == (False, False)


def test_a_screenshot_is_pasted(panel, office, qtbot):
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    QGuiApplication.clipboard().setMimeData(mime(image=image))
    panel.activateWindow()
    panel.table.setFocus()
    press(panel, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, lambda: titles(panel) == ["Pasted picture.png"] and not office.tasks.busy)
    assert panel.view._picture is not None
    assert panel.view._said.text() == "60 x 40"


def test_a_clipboard_of_words_says_so(panel, office):
    QGuiApplication.clipboard().setText("words")
    panel.paste()
    assert "no file and no picture" in office.messages.text


def test_what_is_not_kept_is_listed_with_its_reasons(panel, office, qtbot, tmp_path):
    fake, huge, folder = tmp_path / "photo.png", tmp_path / "bomb.png", tmp_path / "folder"
    fake.write_bytes(b"not a picture")
    huge.write_bytes(bomb())
    folder.mkdir()
    dropped(panel, mime(fake, huge, folder))
    shown = sheet(panel, qtbot, NotAttachedSheet)
    words = " ".join(label.text() for label in shown.findChildren(type(panel.view._message)))
    assert "3 files not attached" in words
    assert "photo.png is not a picture" in words
    assert "bomb.png has too many pixels" in words
    assert "folder is a folder" in words
    shown.close()
    dropped(panel, mime(fake))
    wait(qtbot, lambda: "photo.png is not a picture" in office.messages.text)


def test_a_file_of_half_a_gigabyte_is_not_even_read(panel, office, qtbot, tmp_path):
    huge = tmp_path / "film.pdf"
    with huge.open("wb") as stream:
        stream.truncate(500_000_000)
    dropped(panel, mime(huge))
    wait(qtbot, lambda: "film.pdf is 500 MB, and files of at most 50 MB are kept" in office.messages.text)


def test_each_shape_is_shown_and_zoomed(panel, attached, office, qtbot):
    for title, shown in (("letter.pdf", "_pdf"), ("scan.png", "_picture"), ("note.txt", "_text")):
        panel.table.go_to(titles(panel).index(title))
        wait(qtbot, lambda shown=shown: panel.view._stack.currentWidget() is getattr(panel.view, shown) is not None)
        for button in panel.view._buttons.values():
            if not button.isHidden():
                button.click()
    panel.table.go_to(titles(panel).index("scan.png"))
    wait(qtbot, lambda: panel.view._stack.currentWidget() is panel.view._picture)
    panel.view._buttons["turn"].click()
    assert panel.view._picture.turned == 90


def test_a_document_is_taken_away_with_a_reason(panel, attached, office, qtbot, accounts):
    panel.table.go_to(titles(panel).index("scan.png"))
    panel._actions["unlink"].trigger()
    asked = sheet(panel, qtbot, ReasonSheet)
    asked.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy)
    assert asked.isVisible()
    asked.reason.setPlainText("Another tenant's scan")
    asked.confirm_action.trigger()
    wait(qtbot, lambda: "scan.png" not in titles(panel) and not office.tasks.busy)


def test_a_document_is_linked_to_another_record(panel, attached, office, qtbot, accounts):
    from app.registered import register

    register()
    panel.table.go_to(titles(panel).index("letter.pdf"))
    panel._actions["link"].trigger()
    asked = sheet(panel, qtbot, LinkSheet)
    assert not asked.primary.isEnabled()
    asked.text.setText("0012 4502 17")
    wait(qtbot, asked.found.count)
    asked.confirm_action.trigger()
    wait(qtbot, lambda: "is shown with" in office.messages.text)
    other = office.desk.ask(queries.listed, Subject.ACCOUNT, accounts["Specimen"])
    assert [row.title for row in other] == ["letter.pdf"]


def test_the_history_is_shown(panel, attached, office, qtbot):
    panel._actions["trail"].trigger()
    shown = sheet(panel, qtbot, TrailSheet)
    assert shown.isVisible()
    shown.close()


def test_a_document_opens_outside_only_on_the_officers_word(panel, attached, office, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr("app.views.common.documents_desk.QDesktopServices.openUrl", opened.append)
    panel.table.go_to(titles(panel).index("letter.pdf"))
    panel._actions["outside"].trigger()
    asked = sheet(panel, qtbot, OutsideSheet)
    assert opened == []
    asked.confirm_action.trigger()
    wait(qtbot, lambda: opened)
    assert opened[0].fileName() == "letter.pdf"
    wait(qtbot, lambda: not office.tasks.busy)


def test_a_web_page_is_shown_as_text_and_never_handed_out(panel, attached, office, qtbot):
    attached(("page.htm", b"<html><img src='http://127.0.0.1:9/x.png'></html>"))
    panel.table.go_to(titles(panel).index("page.htm"))
    wait(qtbot, lambda: panel.view._text is not None and "<img" in panel.view._text.toPlainText())
    panel._actions["outside"].trigger()
    assert "isn't handed to other programs" in office.messages.text


def test_a_panel_out_of_sight_reads_nothing(panel, attached, office, qtbot):
    panel.hide()
    panel.desk._shown = None
    panel.desk.refresh()
    wait(qtbot, lambda: not office.tasks.busy)
    assert panel.desk._shown is None
    panel.show()
    wait(qtbot, lambda: panel.desk._shown is not None)


def test_the_panel_and_its_dialogs_can_be_heard_and_walked(panel, attached, office, qtbot):
    refused = [NotAttached("photo.png", "photo.png is not a picture.")]
    sheets = (
        NotAttachedSheet(panel, refused, 1),
        OutsideSheet(panel, "letter.pdf"),
        TrailSheet(panel, "letter.pdf", ()),
        LinkSheet(panel, "letter.pdf"),
        ReasonSheet(panel, "Take it away", "Take it away"),
    )
    assert faults(panel, panel.table) == []
    for sheet in sheets:
        sheet.open()
        qtbot.wait(10)
        assert faults(sheet, panel) == [], type(sheet).__name__
        sheet.close()
