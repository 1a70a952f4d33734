"""The engine, and the one place where a transaction begins and commits."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.services.core import access, audit, officers
from app.services.core.clock import Clock, SystemClock
from app.services.core.context import Context, CurrentOfficer
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.policy import Policy
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.reach import FileWatch, OutOfReach, refuse_unreachable

P = ParamSpec("P")
R = TypeVar("R")

_TRIES: Final = 4
_BUSY_TIMEOUT_MS: Final = 5_000
_CACHE_KIB: Final = 16 * 1024
"""Pages of a file that each connection keeps at hand: more made nothing faster with 60,000 accounts, and there may be four."""
_WRITE: Final = "rentbook_write"
_RETRY_WORDS: Final = (
    "database is locked",
    "database table is locked",
    "deadlock victim",
    "(1205)",
    "lock request time out",
)


class Database:
    """One database: its engine, and sessions that read or write.

    A SQLite connection runs with foreign keys, WAL, recursive triggers (so that REPLACE meets the ledger's triggers) and
    explicit transactions, BEGIN IMMEDIATE where it writes.
    """

    def __init__(self, url: str | URL) -> None:
        self.url = make_url(url)
        self.engine = _engine(self.url)
        self._writing = self.engine.execution_options(**{_WRITE: True})

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a local SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    def session(self, *, write: bool = False) -> Session:
        """A new session; whoever opens it closes it. Only `Desk` and `transact` commit."""
        return Session(self._writing if write else self.engine, expire_on_commit=False)

    def transact(self, work: Callable[[Session], R]) -> R:
        """Run `work` in one write transaction and commit it; a lock or deadlock is retried a few times, all from the start.

        Raises:
            UserError: the database stayed locked, is full or read-only, or the record was changed by somebody else.
        """
        for attempt in range(1, _TRIES + 1):
            session = self.session(write=True)
            saving = False
            try:
                result = work(session)
                saving = True
                session.commit()
            except (DBAPIError, StaleDataError) as error:
                lost = saving and isinstance(error, DBAPIError) and error.connection_invalidated
                session.rollback()
                if lost:
                    raise UserError(_UNKNOWN, "Look whether it is there before you do it again.") from error
                if attempt < _TRIES and _is_lock(error):
                    time.sleep(random.uniform(0.05, 0.2) * attempt)
                    continue
                _raise_for_officer(error)
                raise
            except UnicodeEncodeError as error:
                session.rollback()
                raise _half_a_character() from error
            except BaseException:
                session.rollback()
                raise
            else:
                return result
            finally:
                session.close()
        raise AssertionError("the last try returns or raises")

    def read(self, work: Callable[[Session], R]) -> R:
        """Run `work` in one read transaction.

        Raises:
            UserError: the database is locked, damaged or can't be reached.
        """
        with self.session() as session:
            try:
                return work(session)
            except UnicodeEncodeError as error:
                raise _half_a_character() from error
            except DBAPIError as error:
                _raise_for_officer(error)
                raise

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


@dataclass(frozen=True, slots=True)
class Desk:
    """An officer at a database: `do` runs a command in one transaction, `ask` runs a query in one."""

    database: Database
    officer: CurrentOfficer
    clock: Clock

    @classmethod
    def sit_down(cls, database: Database, username: str, clock: Clock | None = None) -> Desk:
        """The desk of the officer with this sign-in name.

        Raises:
            UserError: nobody active has it.
        """
        with database.session() as session:
            officer = officers.sign_in(session, username)
        return cls(database, officer, clock or SystemClock())

    def do(
        self,
        command: Callable[Concatenate[Context, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a command: everything it does is committed together, or nothing is."""
        return self.run(command, no_progress, CancelToken(), *args, **kwargs)

    def run(
        self,
        command: Callable[Concatenate[Context, P], R],
        progress: Progress,
        cancel: CancelToken,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a long command with progress and cancel, committed as `do` does.

        What the officer may do is read anew, so that a role taken away counts at once, at a desk that is open too.

        Raises:
            UserError: the officer has left.
        """

        def work(session: Session) -> R:
            audit.watch(session, self.officer.id, self.clock)
            ctx = self._context(session, officers.current(session, self.officer.id), progress, cancel)
            result = command(ctx, *args, **kwargs)
            cancel.check()
            access.log_views(session, self.officer.id, ctx.opened, self.clock.now())
            return result

        return self.database.transact(work)

    def ask(
        self,
        query: Callable[Concatenate[Context, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a query; it sees one state of the database and changes nothing."""
        return self.watch(query, no_progress, CancelToken(), *args, **kwargs)

    def watch(
        self,
        query: Callable[Concatenate[Context, P], R],
        progress: Progress,
        cancel: CancelToken,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a long query with progress and cancel; a restricted record that it opened is logged before it is shown.

        Stopped while it asked, it answers nothing, however far it had come.
        """
        opened: set[int] = set()

        def look(session: Session) -> R:
            ctx = self._context(session, self.officer, progress, cancel)
            result = query(ctx, *args, **kwargs)
            opened.update(ctx.opened)
            return result

        result = self.database.read(look)
        cancel.check()
        if opened:
            now = self.clock.now()
            self.database.transact(lambda session: access.log_views(session, self.officer.id, opened, now))
        return result

    def _context(self, session: Session, officer: CurrentOfficer, progress: Progress, cancel: CancelToken) -> Context:
        return Context(session, officer, self.clock, Policy(session), progress, cancel)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": _BUSY_TIMEOUT_MS / 1000, "check_same_thread": False})
    if url.database:
        FileWatch(Path(url.database)).follow(engine)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "foreign_keys = ON",
            "recursive_triggers = ON",
            "journal_mode = WAL",
            "synchronous = FULL",
            f"cache_size = -{_CACHE_KIB}",
            "temp_store = MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get(_WRITE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _is_lock(error: Exception) -> bool:
    text = str(error).lower()
    return any(word in text for word in _RETRY_WORDS)


def _raise_for_officer(error: Exception) -> None:
    """Turn what the database says into a sentence, where an officer can do something about it."""
    if isinstance(error, StaleDataError):
        raise ChangedMeanwhile(
            "Somebody else changed this record while you had it open; nothing was saved.",
            "Look at what they changed, then make your change again.",
        ) from error
    text = str(error).lower()
    if _is_lock(error):
        raise OutOfReach(
            "The database is busy with somebody else's work; nothing was saved.", "Wait a moment and do it again."
        ) from error
    refuse_unreachable(str(getattr(error, "orig", error)).lower())
    for words, message, hint in _SENTENCES:
        if any(word in text for word in words):
            raise UserError(message, hint) from error


def _half_a_character() -> UserError:
    """What no database keeps: half of an emoji, left where a field cut what was pasted."""
    return UserError(
        "A character in what was typed or pasted is only half there; nothing was saved.",
        "Delete the last character, or the one that is shown as a box, and do it again.",
    )


_UNKNOWN: Final = "The connection was lost while this was saved, and it isn't known whether it was."

_SENTENCES: Final[tuple[tuple[tuple[str, ...], str, str], ...]] = (
    (
        ("database or disk is full", "disk i/o error"),
        "The disk is full; nothing was saved.",
        "Make room on the disk that holds the database, then do it again.",
    ),
    (
        ("readonly database", "read-only"),
        "The database file may only be read, so nothing was saved.",
        "Ask for write permission on the file and its folder, or open a copy.",
    ),
    (
        ("file is not a database", "database disk image is malformed"),
        "The database file is damaged or is not a Rentbook database.",
        "Restore the last backup (rentbook db restore FILE), and keep the damaged file.",
    ),
)
