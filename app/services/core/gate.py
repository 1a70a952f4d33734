"""Whether a desk may save just now: the database fits this program, Rentbook isn't closed for maintenance, the clock is right.

Each command passes here in its own transaction, so that a desk that was open when any of it changed is refused the next
time that it saves. What keeps drafts and tells who is here goes through (`passes`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from sqlalchemy import column, func, inspect, select, table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.models.desks import Maintenance
from app.services.core import schema
from app.services.core.clock import Clock, SystemClock
from app.services.core.clock_check import ALLOWED, Difference, difference
from app.services.core.context import CurrentOfficer
from app.services.core.errors import UserError
from app.services.core.later import Later
from app.services.core.moments import Moment
from app.services.core.permissions import Permission
from app.services.core.policy import Policy
from app.services.core.reach import OutOfReach

F = TypeVar("F", bound=Callable[..., Any])

CLOCK_MINUTES: Final = "desk.clock_minutes"
_PASSES: Final = "passes_gate"
_KEPT: Final = "What you typed is kept as a draft."
_VERSION: Final = table("alembic_version", column("version_num"))
_MAINTENANCE: Final = Maintenance.__table__.c
_OPEN: Final = select(func.min(_MAINTENANCE.begins_at)).where(_MAINTENANCE.ended_at.is_(None)).scalar_subquery()
_LOOK: Final = select(_VERSION.c.version_num, _OPEN.label("begins_at"), Moment().label("moment"))


class WrongVersion(OutOfReach):
    """The database was upgraded or put back while it was open here; it has to be opened anew."""

    def __init__(self, state: schema.State) -> None:
        message, hint = _VERSIONS[state]
        super().__init__(message, hint, replaced=True)


class Closed(UserError):  # noqa: N818  it passes
    """Rentbook is closed for maintenance; whatever was refused can be asked again when it is over."""


class WrongClock(UserError):  # noqa: N818  it stays so until the clock is put right
    """This computer's clock or time zone is too far from the database's for what it records to be dated by it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the database stands.

    Attributes:
        moment: now, by its own clock.
        begins_at: when the maintenance that is announced begins, or began; None where none is.
    """

    moment: datetime
    begins_at: datetime | None

    @property
    def closed(self) -> bool:
        """Whether the maintenance has begun."""
        return self.begins_at is not None and self.begins_at <= self.moment


def passes(command: F) -> F:
    """Let a command through whatever the gate would say: it records nothing of the office's."""
    setattr(command, _PASSES, True)
    return command


def goes_through(command: Callable[..., Any]) -> bool:
    """Whether a command is let through."""
    return bool(getattr(command.found() if isinstance(command, Later) else command, _PASSES, False))


def look(session: Session) -> Standing:
    """How the database stands, in one question.

    Raises:
        WrongVersion: its schema isn't this program's.
    """
    try:
        found = session.connection().execute(_LOOK).one_or_none()  # past the mapper: each command waits for it
    except DBAPIError:
        refuse_version(session)
        raise
    if found is None or schema.state(found.version_num) != "current":
        raise WrongVersion(schema.state(found.version_num if found else ""))
    return Standing(found.moment, found.begins_at)


def refuse_version(session: Session) -> None:
    """Refuse a database whose schema isn't this program's; it asks for nothing else, so that it can be asked of any.

    Raises:
        WrongVersion: it isn't.
    """
    state = schema.state(schema.revision(session))
    if state != "current":
        raise WrongVersion(state)


def refuse_changing(session: Session) -> None:
    """Refuse a database that is being changed under the desk, so that something couldn't be read: it isn't a fault of the program.

    Raises:
        WrongVersion: it has another schema by now.
        Closed: Rentbook is closed for maintenance.
    """
    refuse_version(session)
    standing = look(session)
    if standing.closed and standing.begins_at is not None:
        raise closed(standing.begins_at)


def refuse(session: Session, officer: CurrentOfficer, clock: Clock) -> None:
    """Refuse an officer who may not save just now.

    Raises:
        WrongVersion: the schema isn't this program's.
        Closed: Rentbook is closed for maintenance, and the officer isn't one who may work then.
        WrongClock: the computer's clock differs by more than policy allows, or its day isn't the office's.
    """
    standing = look(session)
    refuse_closed(standing, officer)
    if not isinstance(clock, SystemClock):
        return
    found = clock_difference(clock, standing.moment)
    if found.wrong_day or (abs(found.ahead) > ALLOWED and abs(found.ahead) > _most(session, clock)):
        raise WrongClock(
            found.words, "Put it right before you save anything: what is recorded takes its date from it. " + _KEPT
        )


def clock_difference(clock: Clock, moment: datetime) -> Difference:
    """How a desk's clock differs from the database's, which says `moment`."""
    return difference(clock.now().astimezone(), moment)


def refuse_closed(standing: Standing, officer: CurrentOfficer) -> None:
    """Refuse whoever may not work while Rentbook is closed.

    Raises:
        Closed: it is.
    """
    if standing.closed and Permission.CLOSE_RENTBOOK not in officer.permissions:
        assert standing.begins_at is not None
        raise closed(standing.begins_at)


def closed(since: datetime) -> Closed:
    """What is told at a desk while Rentbook is closed."""
    return Closed(
        f"Rentbook is closed for maintenance since {since.astimezone():%H:%M}.",
        f"Nothing was saved. {_KEPT} An administrator opens Rentbook again.",
    )


def refuse_without_maintenance(session: Session) -> None:
    """Refuse a database that is too old to be closed for maintenance.

    Raises:
        UserError: it is.
    """
    if not inspect(session.connection()).has_table(Maintenance.__tablename__):
        raise UserError(
            "This database is from before Rentbook could be closed for maintenance.",
            "Ask everybody to leave, then upgrade it: rentbook db upgrade.",
        )


def refuse_open(session: Session) -> None:
    """Refuse to upgrade a shared database in which desks may be working; one from before there was maintenance goes by.

    Raises:
        UserError: Rentbook isn't closed.
    """
    if not inspect(session.connection()).has_table(Maintenance.__tablename__):
        return
    found = session.execute(select(_OPEN.label("begins_at"), Moment().label("moment"))).one()
    if not Standing(found.moment, found.begins_at).closed:
        raise UserError(
            "The office's database is upgraded while Rentbook is closed for maintenance, and it is open.",
            "Announce it (rentbook db maintenance on), upgrade when it has begun, then open it (rentbook db maintenance off).",
        )


def _most(session: Session, clock: Clock) -> timedelta:
    """How far a clock may be out."""
    return timedelta(minutes=Policy(session).number(CLOCK_MINUTES, clock.today()))


_VERSIONS: Final = {
    "ahead": (
        "The database was upgraded by a newer Rentbook while this one was open; nothing can be saved here any more.",
        f"{_KEPT} Close Rentbook and start the newer one; if this computer has none, ask an administrator.",
    ),
    "behind": (
        "The database was put back to an older one while it was open; nothing can be saved in it as it is.",
        f"{_KEPT} Open it again.",
    ),
}
