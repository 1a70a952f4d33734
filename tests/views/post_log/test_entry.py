"""The entry screen: a morning's post by keyboard, its scans, and what was logged wrongly."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from sqlalchemy import select

from app.models.post_log import PostItem
from app.models.values import PostChannel, Subject
from app.services.documents import queries as documents
from app.services.post_log.dto import NewItem
from app.services.post_log.logging import commands, queries
from app.views.common.conflict import ConflictSheet
from app.views.common.held_keys import HeldKeys
from app.views.post_log.controller.correcting import CopyController, open_correction
from app.views.post_log.controller.logging import LogController
from app.views.post_log.correct import CorrectSheet
from tests.views.desktop import press, type_text, wait

BUDGET = 12
ENTER, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down


@pytest.fixture
def page(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    return made


@pytest.fixture
def entry(office, page, qtbot):
    """The screen as it opens: the lists are filled and the focus is where typing begins."""
    controller = LogController(office, page)
    wait(qtbot, lambda: not office.tasks.busy and controller.sheet.fields.category.count() > 1)
    yield Typist(office, controller, qtbot)
    controller.sheet.close()


class Typist:
    """An officer at the entry screen, whose keys beside the text are counted."""

    def __init__(self, office, controller, qtbot):
        self.office, self.controller, self.qtbot = office, controller, qtbot
        self.sheet = controller.sheet
        self.keys = 0

    def rest(self):
        wait(self.qtbot, lambda: not self.office.tasks.busy and not self.sheet._pause.isActive())

    def key(self, key, held=Qt.KeyboardModifier.NoModifier):
        self.keys += 1
        press(self.sheet, key, held)

    def text(self, text):
        type_text(self.sheet, text)

    def choose(self, beginning):
        """Letters that choose in a list are keys beside the text."""
        self.keys += len(beginning)
        type_text(self.sheet, beginning)

    def items(self):
        return self.office.desk.ask(lambda ctx: list(ctx.session.scalars(select(PostItem).order_by(PostItem.id))))

    def logged(self, count):
        wait(self.qtbot, lambda: len(self.items()) == count and not self.office.tasks.busy)
        self.rest()


TEN = (
    ("M Testerton", "Rent increase 0012 4471 03", "", "0012 4471 03"),
    ("Sam Specimen", "Refund of my credit", "ref", "0012 4502 17"),
    ("Citizens Advice", "Breathing space for 0012 4502 17", "br", "0012 4502 17"),
    ("A Stranger", "Whom do I ask about a garage", "", ""),
    ("Office of Somebody", "Freedom of information", "fre", ""),
    ("Made Up Solicitors", "Disrepair at 0012 4471 03", "dis", "0012 4471 03"),
    ("Maria Testerton", "Complaint about my letter", "com", "0012 4471 03"),
    ("Erin Example", "Forwarding address", "ch", ""),
    ("Sample Supplies", "Invoice 4711", "sup", ""),
    ("Next of kin", "Death of the tenant, 0013 0090 25", "dea", "0013 0090 25"),
)


def test_ten_items_take_at_most_twelve_keys_each_beside_the_text(entry, accounts):
    by_reference = {
        "0012 4471 03": accounts["Testerton"],
        "0012 4502 17": accounts["Specimen"],
        "0013 0090 25": accounts["Example"],
        "": None,
    }
    spent = []
    for number, (sender, subject, category, reference) in enumerate(TEN, start=1):
        entry.keys = 0
        entry.text(sender)
        entry.key(ENTER)
        entry.text(subject)
        entry.rest()
        entry.key(ENTER)
        entry.key(ENTER)  # past the account, which is found from the text
        entry.choose(category)
        entry.key(ENTER)
        entry.logged(number)
        spent.append(entry.keys)
        if reference:
            assert entry.items()[-1].account_id == by_reference[reference], sender
    assert max(spent) <= BUDGET
    items = entry.items()
    assert [item.number for item in items] == list(range(1, 11))
    assert [item.guessed for item in items] == [""] * 10
    assert [item.sender for item in items] == [each[0] for each in TEN]
    assert entry.sheet.rows.rowCount() == 10


def test_what_nobody_looked_at_stays_unchecked(entry):
    entry.text("M Testerton")
    entry.key(ENTER)
    entry.text("about 0012 4471 03")
    entry.rest()
    assert "By the payment reference 0012 4471 03" in entry.sheet.effects.text()
    entry.key(ENTER, Qt.KeyboardModifier.ControlModifier)
    entry.logged(1)
    (item,) = entry.items()
    assert (item.account_id is not None, item.guessed) == (True, "account_id,category_id")


def test_a_reference_typed_whole_is_looked_up_and_a_wrong_one_told_beside_its_field(entry, accounts):
    for typed in ("0012 4502 17", "9999 9999 99"):
        entry.key(ENTER)
        entry.text("A query")
        entry.key(ENTER)
        entry.text(typed)
        entry.key(ENTER, Qt.KeyboardModifier.ControlModifier)
        wait(entry.qtbot, lambda: not entry.office.tasks.busy)
        entry.rest()
    (item,) = entry.items()
    assert (item.account_id, item.sender) == (accounts["Specimen"], "Mx Sam Specimen")
    assert "No account fits '9999 9999 99'" in entry.sheet.fields.error_of("account_id")


def test_what_they_have_in_common_is_carried_over(entry):
    fields = entry.sheet.fields
    fields.fill({"channel": PostChannel.HAND_DELIVERY, "received_time": "9.30"})
    fields.keep.setChecked(True)
    fields.category.setCurrentText("Refund request")
    entry.text("One")
    entry.key(ENTER)
    entry.text("A first")
    entry.key(ENTER, Qt.KeyboardModifier.ControlModifier)
    entry.logged(1)
    values = fields.values()
    assert (values["channel"], values["sender"], values["subject_line"]) == (PostChannel.HAND_DELIVERY, "", "")
    assert fields.category.currentText() == "Refund request"
    assert values["received_time"].hour == 9
    assert QApplication.focusWidget() is fields.field("sender")


def test_a_card_number_and_a_day_to_come_are_refused_and_nothing_typed_is_lost(entry):
    entry.text("Somebody")
    entry.key(ENTER)
    entry.text("Pay by 4111 1111 1111 1111")
    entry.key(ENTER, Qt.KeyboardModifier.ControlModifier)
    wait(entry.qtbot, lambda: "card number" in entry.sheet.fields.error_of("subject_line"))
    entry.sheet.fields.fill({"subject_line": "By card", "received_time": "25:00"})
    entry.key(ENTER, Qt.KeyboardModifier.ControlModifier)
    assert "24 hours" in entry.sheet.fields.error_of("received_time")
    entry.rest()
    assert entry.items() == []
    assert entry.sheet.fields.values()["sender"] == "Somebody"


def test_scans_go_with_the_items_in_turn_and_by_their_number(entry, tmp_path):
    names = ("b.txt", "a.txt")
    for name in names:
        (tmp_path / name).write_text(f"Scan {name}")
    drop(entry, [tmp_path / name for name in names])
    assert entry.sheet.scans.words.text() == "2 scans waiting; 1 scan with this item"
    entry.key(ENTER)
    entry.text("First")
    entry.key(ENTER, Qt.KeyboardModifier.ControlModifier)
    entry.logged(1)
    first = entry.items()[0].id
    assert [each.file_name for each in entry.office.desk.ask(documents.listed, Subject.POST_ITEM, first)] == ["a.txt"]
    assert entry.sheet.scans.waiting() == 1
    (tmp_path / "2026-0001 back.txt").write_text("The back")
    drop(entry, [tmp_path / "2026-0001 back.txt"])
    wait(entry.qtbot, lambda: "1 scan filed" in entry.sheet.messages.text)
    assert len(entry.office.desk.ask(documents.listed, Subject.POST_ITEM, first)) == 2


def drop(entry, paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entry.sheet.dropEvent(QDropEvent(QPointF(5, 5), copy, mime, left, none))
    entry.rest()


def test_a_copy_of_what_is_there_is_told_of_while_it_is_typed(entry):
    entry.office.desk.do(commands.log, NewItem(PostChannel.LETTER, "Rent increase", "Mrs Made Up"))
    entry.text("Mrs Made Up")
    entry.key(ENTER)
    entry.text("Rent increase")
    entry.rest()
    assert "Look at this: 2026/0001 has the same sender and subject" in entry.sheet.effects.text()


def test_keys_pressed_while_an_item_is_saved_are_typed_into_the_next(entry, qtbot):
    keys = HeldKeys(entry.sheet)
    field = entry.sheet.fields.field("sender")
    keys.hold()
    entry.text("Next")
    assert field.text() == ""
    keys.go_on()
    wait(qtbot, lambda: field.text() == "Next")


def test_the_keyboard_works_again_whatever_happened(entry, crashes, monkeypatch):
    def broken(*_args):
        raise RuntimeError("made to fail")

    monkeypatch.setattr("app.services.post_log.logging.commands.keeping.log", broken)
    entry.key(ENTER)
    entry.text("Somebody's letter")
    entry.key(ENTER, Qt.KeyboardModifier.ControlModifier)
    wait(entry.qtbot, lambda: crashes and not entry.office.tasks.busy)
    crashes.clear()
    entry.text("s")
    assert entry.sheet.fields.values()["subject_line"] == "Somebody's letters"
    assert entry.sheet.confirm_action.isEnabled()


def test_two_officers_who_put_one_item_right_settle_it_field_by_field(office, page, qtbot, accounts):
    item_id = office.desk.do(commands.log, NewItem(PostChannel.LETTER, "Rent increase", "Mrs Made Up")).item_id
    open_correction(office, page, item_id, "2026/0001")
    wait(qtbot, lambda: not office.tasks.busy and page.findChildren(CorrectSheet))
    (sheet,) = page.findChildren(CorrectSheet)
    wait(qtbot, lambda: sheet.record.form.values()["sender"] == "Mrs Made Up")
    kept = office.desk.ask(queries.entry, item_id)
    office.desk.do(commands.correct, item_id, {**kept.values, "sender": "Ms Other"}, kept.version)
    sheet.record.form.fill({"sender": "Mr Third"})
    sheet.record.form.field("account").setText("0012 4471 03")
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: sheet.findChildren(ConflictSheet))
    (conflict,) = sheet.findChildren(ConflictSheet)
    next(each for each in conflict.findChildren(QAbstractButton) if each.text() == "All &mine").click()
    conflict.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy and not page.findChildren(CorrectSheet))
    item = office.desk.ask(lambda ctx: ctx.session.get_one(PostItem, item_id))
    assert (item.sender, item.account_id) == ("Mr Third", accounts["Testerton"])


def test_an_item_is_marked_as_a_copy_by_one_key_and_enter_or_by_a_number(office, page, qtbot):
    made = [office.desk.do(commands.log, NewItem(PostChannel.LETTER, *each)).item_id for each in PAIRS]
    page.detail = None
    for item_id, number in ((made[1], ""), (made[2], "2026/0001")):
        controller = CopyController(office, page, (item_id,))
        wait(qtbot, lambda: not office.tasks.busy)
        controller.sheet.number.set_value(number)
        if number:
            controller.sheet.confirm_action.trigger()
        else:
            press(controller.sheet, ENTER)
        wait(qtbot, lambda: not office.tasks.busy)
    rows = office.desk.ask(lambda ctx: [ctx.session.get_one(PostItem, each).duplicate_of for each in made])
    assert rows == [None, made[0], made[0]]


PAIRS = (("Rent increase", "Mrs Made Up"), ("Rent increase", "Mrs Made Up"), ("By another", "Mr Other"))
