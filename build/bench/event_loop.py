"""Waiting in the event loop of a program that is measured, and watching it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_PATIENCE = 60.0


def until(app: Any, fulfilled: Callable[[], bool]) -> None:
    """Wait as a program does, asleep until something happens, so that the workers have the interpreter to themselves."""
    end = time.monotonic() + _PATIENCE
    with _woken(app):
        while not fulfilled():
            _wait(app)
            if time.monotonic() > end:
                raise AssertionError("the window never came to it")


def settle(app: Any, seconds: float) -> None:
    """Let the program run for so long."""
    end = time.monotonic() + seconds
    with _woken(app):
        while time.monotonic() < end:
            _wait(app)


def _wait(app: Any) -> None:
    from PySide6.QtCore import QEventLoop

    app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


@contextmanager
def _woken(app: Any) -> Iterator[None]:
    """Something happens every few milliseconds."""
    from PySide6.QtCore import QTimer

    timer = QTimer(app)
    timer.start(4)
    try:
        yield
    finally:
        timer.stop()


@contextmanager
def watched(app: Any) -> Iterator[list[float]]:
    """The gaps between two turns of the event loop."""
    from PySide6.QtCore import QTimer

    gaps: list[float] = []
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer(app)
    timer.timeout.connect(tick)
    timer.start(1)
    try:
        yield gaps
    finally:
        timer.stop()
