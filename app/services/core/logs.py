"""The log file, and the reference by which an officer names an unexpected error.

Nothing in it is about a person: of an error it holds where it happened and its kind, not what it was about; of what a library
warns of, the words without the values that it puts into them; and what looks like an address, a telephone number or an account
is masked in every line.
"""

from __future__ import annotations

import copy
import hashlib
import logging
import re
import traceback
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final

import platformdirs

LOG: Final = logging.getLogger("rentbook")
_SIZE: Final = 1_000_000
_KEPT: Final = 5
_NAME: Final = "rentbook file"
_SPEAKING: Final = (AttributeError, ImportError, NameError, NotImplementedError, RecursionError)
"""Errors whose words are of the program itself, and never hold a value."""
_VALUES: Final = re.compile(r"\(.*\)|'[^']*'|\"[^\"]*\"", re.DOTALL)
_QUOTED: Final = re.compile(r"'.*'|\".*\"", re.DOTALL)
_WITHIN: Final = re.compile(r"\w['\"]\w")
"""A quotation mark in the middle of a word, such as O'Brien's: then nobody knows where what is quoted ends."""
_MASKS: Final = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "<e-mail>"),
    (re.compile(r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.IGNORECASE), "<insurance number>"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE), "<postcode>"),
    (re.compile(r"(?<![\w.-])\+?\d(?:[ -]?\d){5,}(?![\w.])"), "<number>"),
)

_OURS: Final = (LOG.name, "app.")
"""How the names of our own loggers begin: they are given nothing about anybody."""
_LINE: Final = re.compile(r"^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2},\d{3} )?(.*)$", re.MULTILINE)
"""A line of the log: its moment, where it has one, and the rest."""
_USERS: Final = re.compile(
    r"(?P<users>[\\/](?:home|users)[\\/]+)[^\\/:*?\"<>|\r\n]+(?=[\\/]|$)", re.IGNORECASE | re.MULTILINE
)
"""A user's own folder, whoever's it is."""


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
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
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
    LOG.error("%s\n%s", reference, without_values(error))
    return reference


class Discreet(logging.Formatter):
    """Writes no value of an error, and masks what looks like a person's."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; the exception that another formatter wrote out before is written anew."""
        told = copy.copy(record)
        told.exc_text = None
        if not told.name.startswith(_OURS):
            told.msg, told.args = _words(record), ()
        return masked_log(super().format(told))

    def formatException(  # noqa: N802
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """The trace, without the message."""
        return without_values(ei[1]) if ei[1] is not None else ""


def without_values(error: BaseException) -> str:
    """The trace of an error and of what led to it, without its messages: they may hold a tenant's name."""
    return "\n".join(_told(each) for each in reversed(tuple(_chain(error))))


def masked(text: str) -> str:
    """A text with its e-mail addresses, postcodes, insurance numbers and long numbers masked, and users' own folders as `~`."""
    text = _home().sub("~", text)
    text = _USERS.sub(r"\g<users>~", text)
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text


def masked_log(text: str) -> str:
    """Lines of the log, masked but for their moments."""
    return _LINE.sub(lambda line: f"{line[1] or ''}{masked(line[2])}", text)


def _words(record: logging.LogRecord) -> str:
    """What a library says without the values in it; where it put them in itself, the place where it says it."""
    return str(record.msg) if record.args else f"at {record.module}:{record.lineno}"


def _home() -> re.Pattern[str]:
    """The user's own folder however it is written: in other capitals, with either slash, each once or twice."""
    parts = [re.escape(each) for each in re.split(r"[\\/]+", str(Path.home()))]
    return re.compile(r"[\\/]+".join(parts) + r"(?![\w.-])", re.IGNORECASE)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)


def _told(error: BaseException) -> str:
    places = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    said = f": {error}" if isinstance(error, _SPEAKING) else _told_by_database(error)
    return f"{places}{type(error).__module__}.{type(error).__qualname__}{said}"


def _told_by_database(error: BaseException) -> str:
    """What the database said without the values in it, and the statement, which holds none."""
    driver, statement = getattr(error, "orig", None), getattr(error, "statement", None)
    if driver is None and statement is None:
        return ""
    said = str(driver)
    if _WITHIN.search(said) or any(said.count(mark) % 2 for mark in "'\""):
        said = _QUOTED.sub("…", said)
    return f": {_VALUES.sub('…', said)}\n{statement}"
