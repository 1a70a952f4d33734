"""The log file, and the reference by which an officer names an unexpected error."""

from __future__ import annotations

import hashlib
import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

import platformdirs

LOG: Final = logging.getLogger("rentbook")
_SIZE: Final = 1_000_000
_KEPT: Final = 5
_NAME: Final = "rentbook file"


def log_file() -> Path:
    """Where the log is: in the user's own folder for logs."""
    return Path(platformdirs.user_log_dir("Rentbook", appauthor=False)) / "rentbook.log"


def start() -> None:
    """Write warnings and errors to the log file from now on; without a place to write, to nowhere."""
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if handler.get_name() == _NAME]:
        root.removeHandler(old)
        old.close()
    try:
        log_file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            log_file(), maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.setLevel(logging.WARNING)
    handler.set_name(_NAME)
    root.addHandler(handler)


def reference_of(error: BaseException) -> str:
    """The same eight letters for the same fault at the same place."""
    places = [f"{frame.filename}:{frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return "RB-" + hashlib.sha256(f"{type(error).__name__} {places}".encode()).hexdigest()[:8].upper()


def unexpected(error: BaseException) -> str:
    """Log an error that nobody expected; its reference."""
    reference = reference_of(error)
    LOG.error("%s\n%s", reference, "".join(traceback.format_exception(error)))
    return reference
