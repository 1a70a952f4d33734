"""The card of the home page about jobs that went wrong: for whoever may mend them, and only while there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.models.values import JobState
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.home.cards import Card
from app.services.home.cards import register as plug_in
from app.services.home.dto import CardLine, Opens, Tone

if TYPE_CHECKING:
    from app.services.jobs.dto import JobRow

_MENDS = frozenset({Permission.RUN_JOBS, Permission.KEEP_JOBS})
_MOST = 160
_OPENS = Opens("admin", "jobs")


def register() -> None:
    """Plug the card in."""
    plug_in(Card("jobs", "Scheduled jobs", frozenset({"jobs"}), lines))


def lines(ctx: Context) -> tuple[CardLine, ...]:
    """The jobs that failed, are overdue or wait for an officer, and a scheduler that has fallen silent."""
    if not _MENDS & ctx.officer.permissions:
        return ()
    from app.services.jobs import queries

    found = queries.listed(ctx)
    told = [_line(row) for row in found.rows if row.wrong or (row.active and row.state is JobState.WAITS)]
    if found.note and found.calls:
        told.insert(0, CardLine("Scheduler", found.note, Tone.BAD, _OPENS))
    return tuple(told)


def _line(row: JobRow) -> CardLine:
    words = f"{row.standing}: {row.said}" if row.said else row.standing
    short = words if len(words) <= _MOST else f"{words[:_MOST].rsplit(' ', 1)[0]} …"
    return CardLine(row.title, short, Tone.BAD if row.wrong else Tone.WARNING, _OPENS)
