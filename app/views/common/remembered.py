"""What this computer remembers between days: for each officer and database, and for whoever sits at it.

An officer's memory holds widths, splitters, the window, colours, text size and what was opened last (ids, never
names). The memory in force is kept on the application object, as the theme is, so that a table asks `memory()`.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

import platformdirs
from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

_PROPERTY: Final = "rentbook_memory"


def store() -> QSettings:
    """The file of remembered things in the user's settings folder, at the place of the memory in force."""
    made = _file()
    made.beginGroup(memory().group)
    return made


class Memory:
    """What is remembered for one officer at one database; without them, for this computer.

    Args:
        officer: the officer's sign-in name.
        place: the database, as its address.
    """

    def __init__(self, officer: str = "", place: str = "") -> None:
        named = hashlib.sha256(f"{officer}\n{place}".encode()).hexdigest()[:12]
        self.group = f"officers/{named}" if officer else "computer"

    def read(self, key: str, default: str = "") -> str:
        """A remembered text."""
        return str(self._open().value(key, default))

    def write(self, key: str, value: str) -> None:
        """Remember a text."""
        self._open().setValue(key, value)

    def numbers(self, key: str) -> tuple[int, ...]:
        """Remembered whole numbers; none if there are none, or something else stands there."""
        try:
            found = json.loads(self.read(key, "[]"))
        except ValueError:
            return ()
        if not isinstance(found, list) or not all(isinstance(each, int) for each in found):
            return ()
        return tuple(found)

    def write_numbers(self, key: str, values: list[int] | tuple[int, ...]) -> None:
        """Remember whole numbers."""
        self.write(key, json.dumps(list(values)))

    def restore_window(self, window: QWidget) -> None:
        """Put a window where the officer left it, if a screen is there."""
        kept = self._open().value("window/geometry")
        if isinstance(kept, QByteArray) and not kept.isEmpty():
            window.restoreGeometry(kept)

    def keep_window(self, window: QWidget) -> None:
        """Remember where a window stands and how large it is."""
        self._open().setValue("window/geometry", window.saveGeometry())

    def follow_splitters(self, page: QWidget, name: str) -> None:
        """Set the splitters of a page as the officer left them, and remember how they are moved by hand."""
        for at, splitter in enumerate(page.findChildren(QSplitter)):
            self._follow(splitter, f"splitters/{name}/{splitter.objectName() or at}")

    def _follow(self, splitter: QSplitter, key: str) -> None:
        def place() -> str:
            return f"{key}/{'across' if splitter.orientation() is Qt.Orientation.Horizontal else 'down'}"

        sizes = self.numbers(place())
        if len(sizes) == splitter.count() and any(sizes):
            splitter.setSizes(list(sizes))
        splitter.splitterMoved.connect(lambda _at, _index: self.write_numbers(place(), splitter.sizes()))

    def _open(self) -> QSettings:
        made = _file()
        made.beginGroup(self.group)
        return made


def memory() -> Memory:
    """The memory in force: this computer's until an officer sits down."""
    app = QApplication.instance()
    found = app.property(_PROPERTY) if app else None
    return found if isinstance(found, Memory) else Memory()


def remember_for(found: Memory) -> None:
    """Put a memory in force."""
    app = QApplication.instance()
    if app is not None:
        app.setProperty(_PROPERTY, found)


def _file() -> QSettings:
    folder = Path(platformdirs.user_config_dir("Rentbook", appauthor=False))
    return QSettings(str(folder / "desk.ini"), QSettings.Format.IniFormat)
