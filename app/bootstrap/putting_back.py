"""A backup takes the place of the open database: the window lets go of it, and comes back at its sign-in page."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.registered import announce
from app.services.core.errors import Cancelled, UserError
from app.services.core.later import Later
from app.services.core.progress import CancelToken, Progress
from app.services.core.sign_in import desks
from app.services.servers.opening import open_place
from app.views.welcome.controller import Waiting

if TYPE_CHECKING:
    from app.bootstrap.program import Rentbook
    from app.services.core.clock import Clock

_RESTORE: Final = Later("app.services.backups.restoring", "put_back")
_STOPPED: Final = "The restore was stopped; the database is as it was."


def put_back(program: Rentbook, file: Path, reason: str) -> None:
    """Stop what is under way, close the database, and put the backup in its place; nobody is signed in afterwards."""
    office = program.office
    if office is not None:
        place = str(office.desk.database.place)
        work = partial(_put_back, place, file, office.desk.officer.username, reason, office.desk.clock)
        program.leave(partial(_begin, program, work))


def _begin(program: Rentbook, work: partial[Waiting]) -> None:
    program.show_welcome()
    if program.welcome is not None:
        program.welcome.run(work, "Putting the backup back")


def _put_back(
    place: str, file: Path, username: str, reason: str, clock: Clock, progress: Progress, cancel: CancelToken
) -> Waiting:
    """Put it back, and say at the sign-in page what came of it; whatever went wrong, the database is as it was."""
    announce()
    try:
        words, failed = _RESTORE(Path(place), file, clock, username, reason, progress, cancel), False
    except Cancelled:
        words, failed = _STOPPED, True
    except UserError as error:
        words, failed = f"Nothing was put back. {error}", True
    database = open_place(place, clock, progress, CancelToken())
    try:
        return Waiting(place, database.read(lambda session: desks(session, clock)), words, failed)
    finally:
        database.close()
