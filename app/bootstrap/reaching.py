"""Where the open database is, in words, and whether it answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from app.services.core import gate
from app.services.core.session import Desk
from app.services.servers.opening import Place
from app.views.common.reach import Reach
from app.views.common.tasks import Tasks
from app.views.shell.banner import Banner


def place_of(desk: Desk) -> str:
    """What the status bar calls the database."""
    url = desk.database.url
    return Path(url.database or "").name if desk.database.is_sqlite else f"{url.database} on {url.host}"


def reach_of(desk: Desk, tasks: Tasks, banner: Banner, begin: Callable[[Place], object], owner: QObject) -> Reach:
    """Watch whether the database answers, and say so in the banner, which offers to begin again there."""
    place = desk.database.place
    made = Reach(tasks, partial(desk.database.read, gate.look), owner)
    made.changed.connect(lambda state, words: banner.show_reach(state, words, made.try_again, partial(begin, place)))
    return made
