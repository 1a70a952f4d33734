"""Widgets in nobody's use go on the thread that paints, whichever thread makes many objects."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.bootstrap.garbage_watch import GarbageWatch
from tests.views.desktop import wait


@pytest.fixture
def eager():
    """Python searches by itself, very often."""
    thresholds = gc.get_threshold()
    gc.set_threshold(100, 2, 2)
    gc.enable()
    yield
    gc.disable()
    gc.set_threshold(*thresholds)


@pytest.mark.usefixtures("eager")
def test_a_widget_that_only_holds_itself_is_not_destroyed_by_a_worker(tasks, qtbot):
    owner, went_on = QObject(), []
    GarbageWatch(owner).begin()
    widget = QWidget()
    widget.itself = widget
    weakref.finalize(widget, lambda: went_on.append(threading.get_ident()))
    del widget

    def work(_progress, _cancel):
        return sum(len([[], []]) for _ in range(100_000))

    tasks.run_task(work, parent=owner)
    wait(qtbot, lambda: not tasks.busy)
    gc.collect()
    assert went_on == [threading.get_ident()]
    owner.deleteLater()
