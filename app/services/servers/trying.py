"""Trying a server: step by step, so that what is wrong is said in words, with a limit of time at each step."""

from __future__ import annotations

from datetime import UTC
from typing import Final

from sqlalchemy import Unicode, cast, func, select
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from app.services.core import database as databases
from app.services.core import schema, server_state
from app.services.core.clock import Clock
from app.services.core.connecting import connect, reach
from app.services.core.errors import UserError
from app.services.core.moments import database_moment
from app.services.core.progress import CancelToken, Progress
from app.services.core.server_login import with_password, without_password
from app.services.core.server_refusals import ServerRefusal, refusal
from app.services.core.server_words import Trouble
from app.services.core.session import Database
from app.services.servers import network
from app.services.servers.dto import Tried
from app.services.servers.rules import too_old
from app.services.servers.within import TooLong, within

SIGN_IN_SECONDS: Final = 20
_STEPS: Final = 4
_MAY_BE_THE_DATABASE: Final = frozenset({Trouble.LOGIN, Trouble.DATABASE, Trouble.NO_ACCESS})


def try_server(url: URL, clock: Clock, progress: Progress, cancel: CancelToken) -> Tried:
    """Try to sign in to a server and look at its database; nothing is changed.

    Raises:
        ServerRefusal: what is wrong, and what to do about it.
        Cancelled: whoever asked didn't want to wait.
    """
    database, revision = _let_in(url, progress, cancel)
    try:
        progress(3, _STEPS, "Looking at the database")
        return within(
            SIGN_IN_SECONDS, cancel, lambda: database.read(lambda session: _look(session, url, revision, clock))
        )
    except TooLong as error:
        raise refusal(Trouble.NO_ANSWER, url) from error
    finally:
        database.close()


def open_server(url: URL, clock: Clock, progress: Progress, cancel: CancelToken) -> Database:
    """Open the database of a server.

    Raises:
        UserError: as `try_server`, or its schema isn't this program's.
        Cancelled: whoever asked didn't want to wait.
    """
    database, _revision = _let_in(url, progress, cancel)
    database.close()
    try:
        return within(SIGN_IN_SECONDS, cancel, lambda: databases.open_database(url, clock), Database.close)
    except TooLong as error:
        raise refusal(Trouble.NO_ANSWER, url) from error


def _let_in(url: URL, progress: Progress, cancel: CancelToken) -> tuple[Database, str]:
    url = with_password(url)
    connect(url).close()  # its driver is here
    progress(0, _STEPS, "Looking the name up")
    network.refuse_unknown_name(url, cancel)
    progress(1, _STEPS, "Knocking at the port")
    network.refuse_closed(url, cancel)
    progress(2, _STEPS, "Signing in")
    try:
        return within(SIGN_IN_SECONDS, cancel, lambda: reach(url), lambda late: late[0].close())
    except TooLong as error:
        raise refusal(Trouble.NO_ANSWER, url) from error
    except ServerRefusal as error:
        raise _clearer(error, url, cancel) from error


def _clearer(error: ServerRefusal, url: URL, cancel: CancelToken) -> ServerRefusal:
    """Whether the login is wrong or the database: a server says the same of both, but lets a good login into `master`."""
    if error.trouble not in _MAY_BE_THE_DATABASE:
        return error
    try:
        may = within(SIGN_IN_SECONDS, cancel, lambda: _may_enter(url))
    except (TooLong, UserError):
        return error
    if may is None:
        return refusal(Trouble.DATABASE, url)
    return error if may else refusal(Trouble.NO_ACCESS, url)


def _may_enter(url: URL) -> bool | None:
    """Whether the login may open the database; none where the server has no such database."""
    database, _revision = reach(url.set(database="master"))
    try:
        found = database.read(lambda session: session.scalar(select(func.has_dbaccess(url.database))))
    finally:
        database.close()
    return None if found is None else bool(found)


def _look(session: Session, url: URL, revision: str, clock: Clock) -> Tried:
    state = server_state.look(session)
    version = str(session.scalar(select(cast(func.serverproperty("ProductVersion"), Unicode(128)))) or "")
    old = (f"SQL Server {version} is older than Rentbook runs on (2016).",) if too_old(version) else ()
    return Tried(
        without_password(url),
        version,
        schema.state(revision),
        revision,
        schema.newest(),
        (*old, *server_state.warnings(state)),
        server_state.advice(state, url.database or ""),
        clock.now().astimezone(UTC) - database_moment(session),
    )
