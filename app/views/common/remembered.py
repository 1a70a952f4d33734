"""What this computer remembers for the officer between days: widths, colours, the database last open."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from PySide6.QtCore import QSettings


def store() -> QSettings:
    """The file of remembered things, in the user's settings folder."""
    folder = Path(platformdirs.user_config_dir("Rentbook", appauthor=False))
    return QSettings(str(folder / "desk.ini"), QSettings.Format.IniFormat)
