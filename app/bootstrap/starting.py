"""Starting the program: the application, dressed as it was left, and its window."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

import app as rentbook
from app.bootstrap.program import Rentbook
from app.services.core import logs
from app.services.core.resources import resource
from app.views.common import handed_out
from app.views.common.remembered import Memory
from app.views.common.theme import Theme
from app.views.shell import settings
from app.views.shell.copies import Copies


def application() -> QApplication:
    """The one QApplication, named; a screen's scale of 125 or 150 per cent is taken as it is, not rounded."""
    made = QApplication.instance()
    if made is None:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = made if isinstance(made, QApplication) else QApplication([])
    app.setApplicationName("Rentbook")
    app.setApplicationVersion(rentbook.__version__)
    app.setWindowIcon(QIcon(str(resource("icons", "rentbook.svg"))))
    return app


def run(place: str | None) -> int:
    """Open the window and stay until it is closed."""
    logs.start()
    app = application()
    temporary = handed_out.keep_temporary_files()
    theme = Theme(app)
    settings.restore_look(theme)
    program = Rentbook(app, theme, copies=Copies(app), tours=True)
    Memory().restore_window(program.window)
    program.crashes.install()
    program.window.show()
    QTimer.singleShot(0, lambda: program.begin(place or os.environ.get("RENTBOOK_DB")))
    code = app.exec()
    program.tasks.drain()
    program.close_database()
    temporary.clear()
    return code
