"""What the Accounts page offers beside the account: works, sections and parts, as data."""

import importlib
from dataclasses import dataclass
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel

from app.models.values import Subject
from app.services.core.permissions import Permission
from app.views.common import icons
from app.views.common.page import Page
from app.views.common.table_desk import EXPORT_KEY, PREVIEW_KEY
from app.views.common.works import About, Offered, Part, Section, Work
from app.views.rent.page import AccountsPage
from app.views.rent.works import PARTS, SECTIONS, WORKS, Group
from app.views.shell.help import EVERYWHERE
from tests.conftest import TODAY
from tests.views.desktop import press, type_text

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize("line", [*WORKS, *SECTIONS, *PARTS], ids=lambda line: line.key)
def test_every_line_names_a_controller_that_there_is(line):
    module = importlib.import_module(f"app.views.rent.controller.{line.key}")
    assert callable(getattr(module, line.controller))
    if not isinstance(line, Part):
        assert not icons.icon(line.icon, "brand").isNull()


def test_no_two_lines_have_one_key():
    keys = [line.key for line in (*WORKS, *SECTIONS, *PARTS)]
    assert len(keys) == len(set(keys))
    fixed = [key.keys for key in (*AccountsPage(TODAY).keys, *EVERYWHERE)] + [EXPORT_KEY, PREVIEW_KEY]
    typed = fixed + [line.keys for line in (*WORKS, *PARTS) if line.keys]
    assert len(typed) == len(set(typed))


def test_works_of_a_group_stand_together():
    order = [work.group for work in WORKS]
    assert order == sorted(order, key=list(Group).index)


def _work(key, title, group, about=About.ONE, keys="", needs=frozenset()):
    return Work(key, title, keys, "pencil-outline", group, "Sample", needs, about)


END = _work("end", "End the tenancy", Group.TENANCY, keys="Ctrl+Shift+E")
START = _work("start", "Start a tenancy", Group.TENANCY, About.OFFICE)
HOLD = _work("hold", "Place a hold", Group.HOLDS)


@pytest.fixture
def page(qtbot):
    """A page that offers three works and a section."""
    sections = (Section("endings", "Endings", "door-closed", "Sample"),)
    made = AccountsPage(TODAY, offered=Offered((END, START, HOLD), sections))
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.wanted = []
    made.work_wanted.connect(lambda work: made.wanted.append(work.key))
    return made


def test_without_an_account_only_works_of_the_office_can_be_chosen(page):
    press(page, Qt.Key.Key_J, CTRL)
    panel = page._panel
    assert panel.offered() == ["End the tenancy", "Start a tenancy", "Place a hold"]
    assert panel._words.text() == "Open an account to change it."
    press(page, Qt.Key.Key_Return)
    assert page.wanted == ["start"]
    assert not panel.isVisible()


def test_a_work_is_found_by_a_word_of_it(page):
    page.make_account().shown.emit(True)
    press(page, Qt.Key.Key_J, CTRL)
    type_text(page, "hol")
    assert page._panel.offered() == ["Place a hold"]
    press(page, Qt.Key.Key_Return)
    assert page.wanted == ["hold"]


def test_the_works_of_the_account_have_their_keys(page):
    page.make_account().shown.emit(True)
    press(page, Qt.Key.Key_E, CTRL | SHIFT)
    assert page.wanted == ["end"]


def test_nothing_is_changed_on_an_account_that_the_officer_declared(page):
    page.make_account().shown.emit(True)
    page.declare("This is your own account: you may look, but not work on it.")
    press(page, Qt.Key.Key_E, CTRL | SHIFT)
    assert page.wanted == []
    press(page, Qt.Key.Key_J, CTRL)
    assert page._panel._words.text().startswith("This is your own account")
    press(page, Qt.Key.Key_Escape)
    assert not page._panel.isVisible()


def test_down_and_up_move_over_what_can_be_chosen(page):
    page.make_account().shown.emit(True)
    press(page, Qt.Key.Key_J, CTRL)
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Return)
    assert page.wanted == ["hold"]


def test_a_section_brings_its_own_keys_and_takes_them_away(page):
    wanted, pressed = [], []
    section = Page("Endings", areas=frozenset({"rent"}), help_topic="rent")
    section.add_key("Ctrl+R", "Look again", lambda: pressed.append("section"))

    def make(key):
        wanted.append(key)
        page.put_section(key, section)

    page.section_wanted.connect(make)
    page.make_account().shown.emit(True)
    press(page, Qt.Key.Key_PageDown, CTRL)
    assert wanted == ["endings"]
    assert page.sections.page is section
    press(page, Qt.Key.Key_R, CTRL)
    press(page, Qt.Key.Key_E, CTRL | SHIFT)
    assert (pressed, page.wanted) == (["section"], [])
    assert [key.keys for key in page.keys] == ["Ctrl+R", "Ctrl+PgDown", "Ctrl+PgUp"]
    press(page, Qt.Key.Key_PageDown, CTRL)
    press(page, Qt.Key.Key_R, CTRL)
    press(page, Qt.Key.Key_E, CTRL | SHIFT)
    assert (pressed, page.wanted) == (["section"], ["end"])
    assert wanted == ["endings"]


@dataclass
class _Shown:
    header: object = None
    cleared: int = 0


class SamplePart(QObject):
    """A part that counts how often it is shown."""

    counted = Signal(int)
    made: ClassVar[list] = []

    def __init__(self, office):
        self.widget = QLabel("nothing")
        super().__init__(self.widget)
        self.told = _Shown()
        SamplePart.made.append(self)

    def show(self, _account_id, header):
        self.told.header = header
        self.widget.setText(header.reference)
        self.counted.emit(3)

    def clear(self):
        self.told.cleared += 1


def test_a_part_is_made_when_its_tab_is_first_opened(desktop_over_landlord, accounts, qtbot, monkeypatch):
    import sys
    from types import ModuleType

    from app.views.rent.controller import accounts as controllers

    module = ModuleType("app.views.rent.controller.sample_part")
    module.SamplePart = SamplePart
    monkeypatch.setitem(sys.modules, module.__name__, module)
    part = Part("sample_part", "Sample", "SamplePart", "Ctrl+Shift+Y")
    monkeypatch.setattr(controllers, "OFFERED", Offered(parts=(part,)))
    SamplePart.made.clear()
    program = desktop_over_landlord
    made = controllers.AccountsController(program.office)
    qtbot.addWidget(made.page)
    made.page.resize(1200, 800)
    made.page.show()
    made.open_record(Subject.ACCOUNT, accounts["Testerton"])
    qtbot.waitUntil(lambda: made.header is not None)
    assert SamplePart.made == []
    press(made.page, Qt.Key.Key_Y, CTRL | SHIFT)
    (shown,) = SamplePart.made
    assert shown.widget.text() == "0012 4471 03"
    assert made.page.account.ledger.tabs.tabText(6) == "Sample  3"
    made.open_account(accounts["Specimen"])
    qtbot.waitUntil(lambda: shown.widget.text() == "0012 4502 17")
    qtbot.waitUntil(lambda: not program.tasks.busy)
    made.page.hide()


def test_who_may_read_the_audit_sees_every_section():
    section = Section("endings", "Endings", "door-closed", "Sample", frozenset({Permission.KEEP_TENANCIES}))
    assert section.shown_to({Permission.VIEW_AUDIT})
    assert not section.shown_to({Permission.KEEP_TASKS})
    assert not _work("end", "End", Group.TENANCY, needs=frozenset({Permission.KEEP_TENANCIES})).shown_to(
        {Permission.VIEW_AUDIT}
    )
