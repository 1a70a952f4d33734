"""Waiting until typing has paused, before what was typed is asked for or worked out."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from PySide6.QtCore import QObject, QTimer, SignalInstance

AS_WRITTEN: Final = 1 << 16
"""Milliseconds; no pause is longer, so each is as long as it is written."""


class Pause(QTimer):
    """Started at each key; what is to follow follows once, when no key came for a while.

    `longest` (milliseconds) holds for every pause that is made after it is set: where nobody types there is nothing to
    wait for, so tests set it near to zero.

    Args:
        parent: whose it is.
        then: what follows, or the signal that asks for it.
        milliseconds: how long nothing may be typed.
    """

    longest: ClassVar[int] = AS_WRITTEN

    def __init__(self, parent: QObject, then: Callable[[], object] | SignalInstance, milliseconds: int) -> None:
        super().__init__(parent, singleShot=True, interval=min(milliseconds, Pause.longest))
        self.timeout.connect(then)
