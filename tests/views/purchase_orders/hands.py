"""The hands of an officer on Purchase Orders: sheets opened by their keys, fields reached by their letters, saved by keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.models.values import OrderVersionState, Subject
from app.services.approvals import commands as approvals
from app.services.purchase_orders.orders import queries
from app.views.common.effects import WorkSheet
from tests.views.desktop import press, sheet_of, type_text, wait

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
BOTH = CTRL | SHIFT
Key = Qt.Key


class Hands:
    """An officer at a page of the tab, without the mouse.

    Args:
        office: where the page is open.
        page: that page.
        qtbot: waits.
    """

    def __init__(self, office, page, qtbot):
        self.office, self.page, self.qtbot = office, page, qtbot

    def until(self, happened):
        wait(self.qtbot, lambda: happened() and not self.office.tasks.busy)

    def press(self, key, held=Qt.KeyboardModifier.NoModifier, on=None):
        press(on or self.page, key, held)

    def opens(self, kind, key, held=Qt.KeyboardModifier.NoModifier):
        """Press the key of a work; the sheet that it opens."""
        self.press(key, held)
        return self.sheet(kind)

    def sheet(self, kind):
        """The sheet of this kind, once it is open and has what it asks for."""
        sheet = sheet_of(self.qtbot, kind)
        self.until(sheet.isVisible)
        return sheet

    def menu(self, kind, words):
        """Choose a work that has no key of its own from the menu; the sheet that it opens."""
        [action] = [each for each in self.page.actions() if each.text().split("  ")[0] == words]
        assert action.isEnabled(), words
        action.trigger()
        return sheet_of(self.qtbot, kind)

    def goes(self, sheet, name):
        """Go to a field by its letter, which is only this field's."""
        field = sheet.fields.field(name)
        labels = [each for each in sheet.findChildren(QLabel) if each.buddy() is field and each.text()]
        title = labels[0].text() if labels else field.text()
        letter = title[title.index("&") + 1].upper()
        self.press(Key[f"Key_{letter}"], ALT, on=sheet)
        there = QApplication.focusWidget()
        assert there is field or field.isAncestorOf(there), (name, there)

    def types(self, sheet, **fields):
        """Type into fields, each reached by its letter; what stood there is replaced."""
        for name, words in fields.items():
            self.goes(sheet, name)
            self.press(Key.Key_A, CTRL, on=sheet)
            self.press(Key.Key_Delete, on=sheet)
            type_text(sheet, words)

    def writes(self, sheet, words, row, column):
        """Type over a cell of the lines: Alt and its letter, out of the cell that opens, and there by the arrows."""
        self.goes(sheet, "lines")
        table = getattr(sheet, "lines", None) or sheet.grid
        table = table.table
        self.until(lambda: True)
        if table.state() is table.State.EditingState:
            self.press(Key.Key_Escape, on=sheet)
        self.press(Key.Key_Home, CTRL, on=sheet)
        for key, times in ((Key.Key_Down, row), (Key.Key_Right, column)):
            for _ in range(times):
                self.press(key, on=sheet)
        self.fills(sheet, words)

    def fills(self, sheet, *cells):
        """Type into one cell after the other, Enter after each; the first letter opens a cell, the others go into it."""
        for words in cells:
            type_text(sheet, words[:1])
            type_text(sheet, words[1:])
            self.until(lambda: True)
            self.press(Key.Key_Return, on=sheet)

    def ticks(self, sheet, name):
        """Change a tick by its letter."""
        before = sheet.fields.field(name).value()
        self.goes(sheet, name)
        self.until(lambda: sheet.fields.field(name).value() != before)

    def picks(self, sheet, name, words):
        """Type the beginning of a name and take what is found."""
        self.goes(sheet, name)
        type_text(sheet, words)
        picker = sheet.fields.field(name)
        self.until(lambda: picker.completer_popup().isVisible())
        QTest.keyClick(picker.completer_popup(), Key.Key_Return)
        self.until(lambda: picker.value() is not None)

    def saves(self, sheet):
        """Save by its key; the sheet goes. What was refused before is out of sight, so that only what is new is seen."""
        sheet.messages.clear()
        if fields := getattr(sheet, "fields", None):
            fields.clear_errors()
        self.tries(sheet)
        self.until(lambda: sheet.over or sheet.messages.text or self.wrong(sheet))
        assert sheet.over, (sheet.messages.text, self.wrong(sheet))

    def tries(self, sheet):
        """Save by its key."""
        if isinstance(sheet, WorkSheet):
            self.press(Key.Key_S, CTRL, on=sheet)
        else:
            self.press(Key.Key_Return, CTRL, on=sheet)

    def refused(self, sheet, name):
        """What is said beside a field when it is saved; the sheet stays."""
        sheet.messages.clear()
        sheet.fields.clear_errors()
        self.tries(sheet)
        self.until(lambda: sheet.messages.text or self.wrong(sheet))
        assert not sheet.over
        assert name in self.wrong(sheet), (sheet.messages.text, self.wrong(sheet))
        return self.wrong(sheet)[name]

    def wrong(self, sheet):
        """What is said beside each field."""
        fields = getattr(sheet, "fields", None)
        return {name: said for name in (fields.labels if fields else ()) if (said := fields.error_of(name))}

    def told(self):
        return self.office.messages.text

    def kept(self, order_id):
        """An order as the database has it."""
        return self.office.desk.ask(queries.detail, order_id)

    def approves(self, colleague, order_id):
        """A colleague approves what waits of an order: an amendment, or the requisition."""
        found = self.kept(order_id)
        waits = [each.request_id for each in found.versions if each.state is OrderVersionState.WAITING]
        colleague.do(approvals.approve, waits or [found.request_id])

    def shows(self, tab, order_id):
        """Open an order on the page."""
        tab.refresh()
        tab.open_record(Subject.PURCHASE_ORDER, order_id)
        self.until(lambda: tab.page.detail is not None and tab.page.detail.row.order_id == order_id)
        return tab.page.detail
