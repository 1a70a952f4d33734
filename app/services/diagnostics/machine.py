"""This computer: what the doctor looks at without a database."""

from __future__ import annotations

import ctypes
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import app
from app.services.backups.files import nearest
from app.services.core import logs
from app.services.core.resources import font_file
from app.services.diagnostics.dto import Finding, Health

_LIBRARIES: Final = (("Qt", "PySide6-Essentials"), ("SQLAlchemy", "SQLAlchemy"), ("cryptography", "cryptography"))
_FONTS: Final = ("OpenSans-Regular", "OpenSans-Bold")
_DRIVER: Final = "mssql_python"
_LIBTOOL: Final = "libltdl.so.7"
"""The driver loads it on Linux."""
_DAYS: Final = 7
_WAIT: Final = 10
"""Seconds that the system is given to name its printers."""
_LITTLE: Final = 1 << 30
_VERY_LITTLE: Final = 200 << 20
_ERROR: Final = re.compile(r"^(\d{4}-\d{2}-\d{2}) \S+ ERROR ", re.MULTILINE)
_LIST_PRINTERS: Final = "Get-CimInstance Win32_Printer | ForEach-Object { $_.Name }"


def program() -> Finding:
    """The versions of Rentbook and of what it stands on."""
    held = [f"{name} {_version(package)}" for name, package in _LIBRARIES]
    told = [
        f"Rentbook {app.__version__}",
        f"Python {platform.python_version()}",
        *held,
        f"SQLite {sqlite3.sqlite_version}",
    ]
    return Finding("Program", Health.OK, f"{', '.join(told)}, on {platform.platform(terse=True)}.")


def driver(*, needed: bool) -> Finding:
    """The driver for SQL Server, and the library that it loads on Linux.

    Args:
        needed: the database that is open is on a server.
    """
    wrong = Health.FAULT if needed else Health.OK
    beside = "" if needed else " A local file needs none."
    if find_spec(_DRIVER) is None:
        return Finding("Driver", wrong, f"The driver for SQL Server isn't installed.{beside}", _install(needed))
    if sys.platform.startswith("linux") and not _loads(_LIBTOOL):
        words = f"The driver for SQL Server is here, but the library {_LIBTOOL} that it loads is not.{beside}"
        return Finding("Driver", wrong, words, "Install the package libltdl7." if needed else "")
    return Finding(
        "Driver", Health.OK, f"The driver for SQL Server is installed (mssql-python {_version('mssql-python')})."
    )


def keyring_() -> Finding:
    """Where keys and passwords are kept: the system's keyring, or private files."""
    try:
        import keyring

        name = keyring.get_keyring().name
    except Exception:  # noqa: BLE001  a keyring that isn't there or is locked fails in ways of its own
        name = "fail Keyring"
    if name.startswith(("fail", "null")):
        return Finding("Keyring", Health.OK, "The system has no keyring: keys lie in files that only you can read.")
    return Finding("Keyring", Health.OK, f"Keys are kept by the system ({name}).")


def fonts() -> Finding:
    """The fonts that letters and statements are set in."""
    missing = []
    for name in _FONTS:
        try:
            there = font_file(name).is_file()
        except FileNotFoundError:
            there = False
        missing += [] if there else [name]
    if missing:
        words = f"The font {' and '.join(missing)} is missing: letters and statements can't be made."
        return Finding("Fonts", Health.FAULT, words, "Install Rentbook again.")
    return Finding("Fonts", Health.OK, "The fonts of letters and statements are here.")


def printers() -> Finding:
    """The printers that the system knows."""
    names = printer_names()
    if names is None:
        return Finding("Printers", Health.OK, "The system didn't say which printers it has.")
    if not names:
        return Finding(
            "Printers", Health.WARNING, "The system knows no printer.", "Letters and receipts can be kept as PDF."
        )
    return Finding("Printers", Health.OK, f"{len(names)} printer{'s' if len(names) > 1 else ''}: {', '.join(names)}.")


def printer_names() -> tuple[str, ...] | None:
    """The printers' names, by the system's own command; None where it has no such command or doesn't answer."""
    windows = sys.platform == "win32"
    command = (
        ["powershell", "-NoProfile", "-NonInteractive", "-Command", _LIST_PRINTERS] if windows else ["lpstat", "-e"]
    )
    found = shutil.which(command[0])
    if found is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603  a fixed command
            [found, *command[1:]], capture_output=True, text=True, timeout=_WAIT, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return tuple(line.strip() for line in done.stdout.splitlines() if line.strip())


def room(about: str, folder: Path) -> Finding:
    """How much of a disk is free; below a gigabyte it warns, below 200 MB it is a fault."""
    try:
        free = shutil.disk_usage(nearest(folder)).free
    except OSError as error:
        return Finding(about, Health.WARNING, f"How much room there is can't be told: {error.strerror}.")
    words = f"{free / (1 << 30):,.1f} GB are free."
    if free >= _LITTLE:
        return Finding(about, Health.OK, words)
    return Finding(about, Health.FAULT if free < _VERY_LITTLE else Health.WARNING, words, "Make room on this disk.")


def scratch() -> Finding:
    """The disk for files that are needed for a moment."""
    return room("Room for temporary files", Path(tempfile.gettempdir()))


def errors(today: date) -> Finding:
    """Errors that nobody expected, in the log of the last seven days."""
    count = errors_since(today - timedelta(days=_DAYS))
    if not count:
        return Finding("Log", Health.OK, "No unexpected error in the last seven days.")
    many = f"{count} unexpected error{'s' if count > 1 else ''}"
    return Finding(
        "Log", Health.WARNING, f"{many} in the last seven days.", "Send the support bundle to whoever helps you."
    )


def errors_since(first: date) -> int:
    """The unexpected errors in the log files from a day on (inclusive)."""
    return sum(
        datetime.fromisoformat(found[1]).date() >= first
        for text in log_texts().values()
        for found in _ERROR.finditer(text)
    )


def log_texts() -> dict[str, str]:
    """The log files that can be read, the newest first, by name."""
    file = logs.log_file()
    kept = {}
    for path in [file, *sorted(file.parent.glob(f"{file.name}.*"))]:
        try:
            kept[path.name] = path.read_text("utf-8", "replace")
        except OSError:
            continue
    return kept


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not found"


def _install(needed: bool) -> str:
    return "Install Rentbook with its server part." if needed else ""


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
