"""The engine, and the one place where a transaction begins and commits."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.services.core import access, audit, gate, officers
from app.services.core.clock import Clock, SystemClock
from app.services.core.context import Context, CurrentOfficer
from app.services.core.driver_words import (
    UNKNOWN,
    half_a_character,
    is_lock,
    is_lost,
    raise_for_officer,
    tells_of_other_schema,
)
from app.services.core.engines import TURN, WRITE, make_engine
from app.services.core.errors import UserError
from app.services.core.policy import Policy
from app.services.core.progress import CancelToken, Progress, no_progress

P = ParamSpec("P")
R = TypeVar("R")

_TRIES: Final = 4


class Database:
    """One database: its engine, and sessions that read or write.

    A SQLite connection runs with foreign keys, WAL, recursive triggers (so that REPLACE meets the ledger's triggers) and
    explicit transactions, BEGIN IMMEDIATE where it writes. On either engine one desk writes at a time: see `engines`.
    """

    def __init__(self, url: str | URL) -> None:
        self.url = make_url(url)
        self.engine = make_engine(self.url)
        self._reading = self.engine
        self._writing = self.engine.execution_options(**{WRITE: True, TURN: True})
        self._making = self.engine.execution_options(**{WRITE: True})

    def read_snapshots(self) -> None:
        """From now on every reading transaction of a server sees one state of the database, as one of a file does.

        Not where the login may not look its own session up, by which the level is put back afterwards.
        """
        if self.engine.dialect.default_isolation_level is not None:
            self._reading = self.engine.execution_options(isolation_level="SNAPSHOT")

    @property
    def place(self) -> str | URL:
        """Where it is, as it is opened again: the path of a file, or the address of a server with what its login needs."""
        return str(self.url.database) if self.is_sqlite else self.url

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a local SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    def session(self, *, write: bool = False) -> Session:
        """A new session; whoever opens it closes it. Only `Desk` and `transact` commit."""
        return Session(self._writing if write else self._reading, expire_on_commit=False)

    def transact(self, work: Callable[[Session], R], *, turn: bool = True) -> R:
        """Run `work` in one write transaction and commit it; a lock or deadlock is retried a few times, all from the start.

        Args:
            work: what is done.
            turn: whether it waits on a server until no other desk writes; only what makes the tables doesn't.

        Raises:
            UserError: the database stayed locked, is full or read-only, or the record was changed by somebody else.
        """
        for attempt in range(1, _TRIES + 1):
            session = self.session(write=True) if turn else Session(self._making, expire_on_commit=False)
            saving = False
            try:
                result = work(session)
                saving = True
                session.commit()
            except (DBAPIError, StaleDataError) as error:
                session.rollback()
                if saving and is_lost(error):
                    raise UserError(UNKNOWN, "Look whether it is there before you do it again.") from error
                if attempt < _TRIES and (is_lock(error) or (is_lost(error) and attempt == 1)):
                    time.sleep(random.uniform(0.05, 0.2) * attempt)
                    continue
                self._raise_for_officer(error)
                raise
            except UnicodeEncodeError as error:
                session.rollback()
                raise half_a_character() from error
            except BaseException:
                session.rollback()
                raise
            else:
                return result
            finally:
                session.close()
        raise AssertionError("the last try returns or raises")

    def read(self, work: Callable[[Session], R]) -> R:
        """Run `work` in one read transaction; where the connection was lost meanwhile, once more in another.

        Raises:
            UserError: the database is locked, damaged or can't be reached.
        """
        try:
            return self._read(work)
        except UnicodeEncodeError as error:
            raise half_a_character() from error
        except DBAPIError as error:
            if not is_lost(error):
                self._raise_for_officer(error)
                raise
        try:
            return self._read(work)
        except DBAPIError as error:
            self._raise_for_officer(error)
            raise

    def _read(self, work: Callable[[Session], R]) -> R:
        with self.session() as session:
            return work(session)

    def _raise_for_officer(self, error: Exception) -> None:
        """Raise a sentence, where there is one; what a database of another program's schema can't answer is told as that."""
        if tells_of_other_schema(error):
            self._read(gate.refuse_changing)
        raise_for_officer(error)

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
            UserError: the officer has left, or this desk may not save just now (`gate`).
        """

        def work(session: Session) -> R:
            audit.watch(session, self.officer.id, self.clock)
            ctx = self._context(session, officers.current(session, self.officer.id), progress, cancel)
            if not gate.goes_through(command):
                gate.refuse(session, ctx.officer, self.clock)
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
