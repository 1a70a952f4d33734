"""A second copy of the program on the same file, and a clock that was set back."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from app.bootstrap import Rentbook
from app.services.core.clock import FixedClock
from app.services.core.clock_check import is_set_back
from app.views.shell.copies import Copies
from app.views.shell.day import DayWatch
from tests.views.desktop import wait


@pytest.fixture
def copies(qapp):
    made = [Copies(), Copies()]
    yield made
    for each in made:
        each.release()
        each.deleteLater()


def test_the_second_copy_is_told_and_calls_the_first(copies, qtbot, tmp_path):
    first, second = copies
    place = str(tmp_path / "rentbook.db")
    assert first.take(place)
    assert not second.take(place)
    assert second.take(str(tmp_path / "another.db"))
    first.listen(place)
    with qtbot.waitSignal(first.called):
        second.call_first(place)
    first.release()
    assert second.take(place)


def test_calling_a_copy_that_does_not_listen_does_no_harm(copies, qtbot, tmp_path):
    first, second = copies
    assert first.take(str(tmp_path / "rentbook.db"))
    second.call_first(str(tmp_path / "rentbook.db"))
    qtbot.wait(20)
    assert not second.take(str(tmp_path / "rentbook.db"))


def test_a_second_window_says_so_and_opens_all_the_same_if_asked(qapp, theme, clock, landlord_file, copies, qtbot):
    programs = [Rentbook(qapp, theme, clock, copies=each) for each in copies]
    try:
        for each in programs:
            qtbot.addWidget(each.window)
            each.window.show()
        first, second = programs
        first.begin(str(landlord_file))
        wait(qtbot, lambda: first.office is not None and not first.tasks.busy)
        second.begin(str(landlord_file))
        wait(qtbot, lambda: "another Rentbook window" in second.window.banner.text)
        assert second.office is None
        second.window.banner.action.click()
        wait(qtbot, lambda: second.office is not None and not second.tasks.busy)
        assert second.window.banner.text == ""
    finally:
        for each in programs:
            each.tasks.drain()
            qapp.processEvents()
            each.window.close()
            each.close_database()
            each.deleteLater()


def test_a_window_called_forward_is_not_minimised(program):
    program.window.showMinimized()
    program.window.come_forward()
    assert not program.window.windowState() & Qt.WindowState.WindowMinimized


def test_a_clock_set_back_since_last_time_is_said(program, landlord_file, qtbot):
    tomorrow = datetime(2026, 11, 22, 12, tzinfo=UTC)
    with closing(sqlite3.connect(landlord_file)) as plain:
        plain.execute(
            'INSERT INTO audit_entry (at, action, table_name, row_key, "before", "after")'
            " VALUES (?, 'add', 'x', '1', '', '')",
            (f"{tomorrow:%Y-%m-%d %H:%M:%S.%f}",),
        )
        plain.commit()
    program.begin(str(landlord_file))
    wait(qtbot, lambda: program.office is not None and not program.tasks.busy)
    assert "clock was set back" in program.window.notice.text
    assert "22 Nov 2026" in program.window.notice.text


def test_clocks_of_two_desks_may_differ_a_little():
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert not is_set_back(now, None)
    assert not is_set_back(now, now + timedelta(minutes=4))
    assert is_set_back(now, now + timedelta(minutes=6))


def test_a_new_day_is_noticed_and_so_is_a_clock_set_back_meanwhile(qapp):
    clock = Moving()
    watch, said, days = DayWatch(clock), [], []
    watch.set_back.connect(said.append)
    watch.day_changed.connect(lambda: days.append(clock.today()))
    watch.begin(None)
    clock.day = date(2026, 11, 22)
    watch.look()
    assert (said, days) == ([], [date(2026, 11, 22)])
    clock.day = date(2026, 11, 20)
    watch.look()
    watch.look()
    assert len(said) == 1
    watch.end()


class Moving:
    """A clock that is moved by hand."""

    day = date(2026, 11, 21)

    def today(self):
        return self.day

    def now(self):
        return FixedClock(self.day).now()
