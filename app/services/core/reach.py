"""Whether the database can be reached: a file that is locked, moved away or replaced, a server that is gone.

SQLite goes on reading and writing a file that was renamed under it, and makes an empty one where it is missing: both
are refused here, before anything is lost in the wrong place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, event

from app.services.core.errors import UserError

_KEPT: Final = "Rentbook tries again by itself; nothing that you typed is lost."
_GONE: Final = (
    "unable to open database file",
    "connection is broken",
    "communication link failure",
    "tcp provider",
    "login timeout expired",
    "server was not found",
    "connection was forcibly closed",
    "unable to establish connection",
    "dbprocess is dead",
    "adaptive server connection failed",
    "08s01",
    "08001",
)
"""What drivers say of a database that is out of reach, in small letters."""


class OutOfReach(UserError):  # noqa: N818  not a fault of the program: it passes
    """The database can't be used just now; what was asked can be asked again when it is back.

    Attributes:
        replaced: another file stands in its place: it has to be opened anew.
    """

    def __init__(self, message: str, hint: str = _KEPT, *, replaced: bool = False) -> None:
        super().__init__(message, hint)
        self.replaced = replaced


def unreachable() -> OutOfReach:
    """What is said of a database that doesn't answer."""
    return OutOfReach("The database can't be reached.")


def refuse_unreachable(text: str) -> None:
    """Raise OutOfReach if a driver's words, in small letters, say that the database is gone."""
    if any(words in text for words in _GONE):
        raise unreachable()


class FileWatch:
    """Sees to it that a SQLite file is the one that was opened first.

    A look at its place before each transaction; a file system answers that in microseconds.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._known: tuple[int, int] | None = None

    def follow(self, engine: Engine) -> None:
        """Look whenever a connection is made or taken from the pool."""

        @event.listens_for(engine, "do_connect")
        def before(*_: Any) -> None:
            self.check()

        @event.listens_for(engine, "checkout")
        def taken(*_: Any) -> None:
            self.check()

    def check(self) -> None:
        """Look for the file.

        Raises:
            OutOfReach: it was there before and is gone, or another stands in its place.
        """
        try:
            found = self._path.stat()
        except FileNotFoundError:
            if self._known is None:
                return
            raise OutOfReach(f"The database file {self._path} was moved or removed.") from None
        except OSError as error:
            raise OutOfReach(f"The database file {self._path} can't be reached.") from error
        identity = (found.st_dev, found.st_ino)
        if self._known is None and found.st_size:
            self._known = identity
        elif self._known is not None and identity != self._known:
            raise OutOfReach(
                f"The database file {self._path} was replaced by another while it was open.",
                "Open it again to go on; nothing was saved in either.",
                replaced=True,
            )
