"""The window as each officer has it: tabs by role, tabs without room, and what is remembered for whom."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.core.permissions import ROLE_PERMISSIONS, Role
from app.views.common.remembered import Memory, memory, remember_for
from app.views.common.theme import Scheme
from app.views.shell import settings
from app.views.shell.areas import AREAS, area_that_opens
from app.views.shell.tabs import TabStrip, key_of
from tests.conftest import TODAY
from tests.views.desktop import wait


def tabs_of(role: Role) -> list[str]:
    return [area.name for area in AREAS if area.shown_to(ROLE_PERMISSIONS[role])]


def test_tabs_stand_in_the_order_of_the_design():
    first = ["home", "post_log", "rent", "adjustments", "direct_debits", "purchase_orders"]
    design = [*first, "reception_payments", "charges", "statements", "letters", "approvals", "admin"]
    assert [area.name for area in AREAS] == [name for name in design if name in {area.name for area in AREAS}]


def test_an_officer_sees_the_tabs_that_the_role_needs():
    assert tabs_of(Role.AUDITOR) == [area.name for area in AREAS]
    assert {"home", "rent"} <= set(tabs_of(Role.RECEPTION))
    assert not {"charges", "admin"} & set(tabs_of(Role.RECEPTION))
    assert "charges" in tabs_of(Role.RENTS_OFFICER)


def test_every_record_that_is_found_has_a_page():
    for subject in (Subject.ACCOUNT, Subject.PERSON, Subject.PROPERTY, Subject.TASK):
        assert area_that_opens(subject) is not None


def test_a_tab_that_the_officer_has_not_is_not_made(desktop_over_landlord):
    program = desktop_over_landlord
    program._areas = tuple(area for area in program._areas if area.name != "statements")
    with pytest.raises(UserError, match="has no tab Statements"):
        program.controllers["statements"]


def test_a_record_opens_on_the_page_of_its_kind(desktop_over_landlord, accounts, qtbot):
    program = desktop_over_landlord
    program.office.open_record(Subject.ACCOUNT, accounts["garage"])
    wait(qtbot, lambda: program.controllers["rent"].header.reference == "0071 0033 12" and not program.tasks.busy)
    program.office.open_record(Subject.POLICY, 1)
    assert "no page that shows this policy" in program.window.messages.text


@pytest.fixture
def strip(qtbot, theme):
    bar = QWidget()
    qtbot.addWidget(bar)
    bar.resize(4_100, 60)
    made = TabStrip()
    made.setParent(bar)
    for number in range(11):
        made.add_tab(f"Kind of work {number}", "home-outline")
    bar.show()
    yield made
    bar.close()


def shown(strip) -> list[int]:
    return [at for at in range(strip.bar.count()) if strip.bar.isTabVisible(at)]


def test_tabs_without_room_stand_in_a_menu_and_the_open_one_stays(strip):
    strip.resize(4_000, 40)
    strip.dress()
    assert shown(strip) == list(range(11))
    assert strip.more.isHidden()
    strip.resize(600, 40)
    strip.go_to(10)
    strip.dress()
    assert 10 in shown(strip)
    assert len(shown(strip)) < 11
    assert not strip.more.isHidden()
    assert strip.bar.tabIcon(0).isNull()
    strip.more.menu().actions()[3].trigger()
    assert strip.bar.currentIndex() == 3
    assert 3 in shown(strip)


def test_the_tenth_tab_has_no_key(strip):
    assert [key_of(at) for at in (0, 8, 9)] == ["Ctrl+1", "Ctrl+9", ""]
    assert strip.bar.tabToolTip(9) == "Kind of work 9"


@pytest.mark.parametrize("size", [100, 150, 200])
def test_the_top_bar_fits_at_every_text_size(desktop_over_landlord, theme, size):
    window = desktop_over_landlord.window
    theme.choose(text_size=size)
    window.resize(QSize(1280, 800))
    tabs = window.top.tabs
    assert tabs._wide() <= tabs.width()
    assert window.top.officer.geometry().right() <= window.top.width()
    assert tabs.bar.isTabVisible(tabs.bar.currentIndex())


def test_two_officers_of_one_computer_have_memories_of_their_own():
    first, second = Memory("first", "sqlite:///a.db"), Memory("second", "sqlite:///a.db")
    first.write("look/scheme", "dark")
    first.write_numbers("opened", [3, 1])
    assert (first.read("look/scheme"), second.read("look/scheme", "light")) == ("dark", "light")
    assert (first.numbers("opened"), second.numbers("opened")) == ((3, 1), ())
    assert Memory("first", "sqlite:///b.db").read("look/scheme") == ""
    first.write("opened", "not numbers")
    assert first.numbers("opened") == ()


def test_the_memory_in_force_is_the_officers_until_they_leave(desktop_over_landlord):
    assert memory() is desktop_over_landlord.office.memory
    desktop_over_landlord.show_welcome()
    assert memory().group == "computer"


def test_the_window_opens_at_the_tab_that_was_left_the_same_day(desktop_over_landlord, landlord_file, qtbot):
    program = desktop_over_landlord

    def opens_at() -> str:
        program.begin(str(landlord_file))
        wait(qtbot, lambda: program.office is not None and not program.tasks.busy)
        return program.window.page().windowTitle()

    assert opens_at() == "Accounts"
    assert list(program.controllers) == ["rent"]
    kept = program.office.memory
    program.close_database()
    settings.keep_tab("rent", TODAY - timedelta(days=1), kept)
    assert opens_at() == "Home"


def test_splitters_are_as_the_officer_left_them(qtbot):
    def page() -> tuple[QWidget, QSplitter]:
        made = QWidget()
        qtbot.addWidget(made)
        splitter = QSplitter(Qt.Orientation.Horizontal, made)
        splitter.resize(600, 100)
        for _ in range(2):
            splitter.addWidget(QWidget())
        return made, splitter

    kept = Memory("officer", "place")
    first, splitter = page()
    kept.follow_splitters(first, "rent")
    splitter.setSizes([150, 450])
    splitter.splitterMoved.emit(150, 1)
    second, again = page()
    kept.follow_splitters(second, "rent")
    share = [size / sum(sizes) for sizes in (splitter.sizes(), again.sizes()) for size in sizes[:1]]
    assert share[0] == pytest.approx(share[1], abs=0.02)


def test_a_window_stands_where_it_was_left(qtbot):
    windows = [QWidget(), QWidget()]
    for each in windows:
        qtbot.addWidget(each)
        each.show()
    windows[0].setGeometry(40, 60, 420, 330)
    Memory("officer", "place").keep_window(windows[0])
    Memory("officer", "place").restore_window(windows[1])
    assert windows[1].size() == QSize(420, 330)
    Memory("another", "place").restore_window(windows[1])
    assert windows[1].size() == QSize(420, 330)


def test_each_officer_has_colours_of_their_own(theme):
    remember_for(Memory("first", "a"))
    theme.choose(Scheme.DARK, 125)
    settings.keep_look(theme, memory())
    theme.choose(Scheme.LIGHT, 100)
    settings.keep_look(theme, Memory("second", "a"))
    settings.restore_look(theme, Memory("first", "a"))
    assert (theme.scheme, theme.text_size) == (Scheme.DARK, 125)
    settings.restore_look(theme, Memory("third", "a"))
    assert (theme.scheme, theme.text_size) == (Scheme.DARK, 125)
    remember_for(Memory())
