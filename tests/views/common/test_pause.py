"""Waiting until typing has paused."""

import pytest
from PySide6.QtCore import QObject, QTimer, Signal

from app.views.common.pause import AS_WRITTEN, Pause


class Typed(QObject):
    wanted = Signal()


@pytest.fixture
def as_written(monkeypatch):
    monkeypatch.setattr(Pause, "longest", AS_WRITTEN)


def test_it_follows_once_after_the_last_key(qtbot, as_written):
    typed, found = Typed(), []
    pause = Pause(typed, lambda: found.append(pause.isActive()), 40)
    for _key in range(3):
        pause.start()
    assert found == []
    qtbot.waitUntil(lambda: found == [False])
    assert not pause.isActive()


def test_each_key_begins_the_wait_anew(qtbot, as_written):
    typed, order = Typed(), []
    pause = Pause(typed, lambda: order.append("found"), 60)
    pause.start()
    QTimer.singleShot(30, typed, lambda: (order.append("key"), pause.start()))
    QTimer.singleShot(70, typed, lambda: order.append("would have been over"))
    qtbot.waitUntil(lambda: "found" in order)
    assert order == ["key", "would have been over", "found"]


def test_it_can_ask_by_a_signal(qtbot):
    typed = Typed()
    with qtbot.waitSignal(typed.wanted):
        Pause(typed, typed.wanted, 60_000).start()
