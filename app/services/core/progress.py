"""How long work says how far it is, and is told to stop."""

from __future__ import annotations

import threading
from typing import Protocol

from app.services.core.errors import Cancelled


class Progress(Protocol):
    """Told `done` of `total` steps (`total` 0: not known), with a word on what is being done."""

    def __call__(self, done: int, total: int, text: str = "") -> None:
        """Take one report."""
        ...


def no_progress(done: int, total: int, text: str = "") -> None:
    """Progress that nobody watches."""


class CancelToken:
    """A flag that one thread raises and the worker looks at between steps."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if the work was asked to stop."""
        if self.cancelled:
            raise Cancelled
