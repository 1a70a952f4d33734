"""The open desk as the pages use it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.bootstrap import doors, putting_back
from app.bootstrap.reaching import reach_of
from app.services.core.calendars import rent_year
from app.views.common.office import Office
from app.views.common.remembered import Memory

if TYPE_CHECKING:
    from app.bootstrap.program import Rentbook
    from app.views.welcome.controller import Opened


def office_of(program: Rentbook, opened: Opened, place: str) -> Office:
    """Join what every page works with to the window of the program and to the services."""
    desk, window = opened.desk, program.window
    return Office(
        desk,
        program.tasks,
        program.bus,
        window.messages,
        program.crashes.report,
        partial(rent_year, stated=opened.years),
        memory=Memory(desk.officer.username, str(desk.database.url)),
        open_record=program.open_record,
        show_only=program.show_only,
        reach=reach_of(desk, program.tasks, window.banner, program.begin, program),
        documents=doors.DOCUMENTS,
        drafts=doors.drafts(desk, window.messages.bad, program.bus, program),
        presence=doors.presence(desk, program),
        tables=doors.tables(place),
        diary=doors.DIARY,
        letters=doors.LETTERS,
        put_back=partial(putting_back.put_back, program),
    )
