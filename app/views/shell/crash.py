"""Errors that nobody expected: logged with a reference, shown once, and the program lives on."""

from __future__ import annotations

import platform
import sys
from types import TracebackType

from PySide6.QtCore import QObject, Signal, qVersion

import app
from app.services.core import logs


class CrashReporter(QObject):
    """Takes every uncaught exception of any thread to the log and, once for each kind, to the officer.

    Signals:
        reported(reference, details): raised on the GUI thread.
    """

    reported = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: set[str] = set()

    def install(self) -> None:
        """Take over from Python's own hook, which would only print."""
        sys.excepthook = self._hook

    def report(self, error: BaseException) -> str:
        """Log the error and announce it if it is the first of its kind. Returns its reference."""
        reference = logs.unexpected(error)
        if reference not in self._seen:
            self._seen.add(reference)
            self.reported.emit(reference, f"{reference}\n{_system()}\n\n{logs.without_values(error)}")
        return reference

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error)


def _system() -> str:
    return f"Rentbook {app.__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
