"""A small demonstration landlord in a file."""

from datetime import date
from pathlib import Path

from app.registered import register
from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.progress import CancelToken, no_progress
from app.services.core.session import Desk
from app.services.core.sign_in import system_user
from app.services.demonstration import jobs
from app.services.demonstration.dto import Size

SIZE = Size(40, 10, 1)


def make(path: Path, today: date) -> None:
    """Make it up as it stands on a day, with its first year only."""
    register()
    clock = FixedClock(today)
    name, full_name = system_user()
    database = databases.create(path, name, full_name, clock)
    jobs.begin(Desk.sit_down(database, name, clock), SIZE, no_progress, CancelToken())
    database.close()
