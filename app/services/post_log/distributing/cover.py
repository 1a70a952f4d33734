"""Cover: what is given to an officer who is away goes to whoever covers for them, else to their team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.models.diary import Absence
from app.models.officers import Officer
from app.services.core.context import Context
from app.services.post_log.distributing.rules import follow_cover
from app.services.post_log.dto import Holder


@dataclass(frozen=True, slots=True)
class Covered:
    """Who gets an item in the end, and a word why where that is somebody else than was meant."""

    holder: Holder
    because: str = ""

    def after(self, words: str) -> str:
        """Why they get it: what was said, and who is away."""
        return "; ".join(each for each in (words, self.because) if each)


class Cover:
    """Who is away today, read once.

    Attributes:
        away: the officers who are, each with the last day and the cover.
        left: the officers who don't work here any more.
    """

    def __init__(self, ctx: Context) -> None:
        today = ctx.clock.today()
        absences = select(Absence.officer_id, Absence.to_on, Absence.cover_id).where(
            Absence.from_on <= today, Absence.to_on >= today
        )
        self.away: dict[int, tuple[date, int | None]] = {
            row.officer_id: (row.to_on, row.cover_id) for row in ctx.session.execute(absences.order_by(Absence.to_on))
        }
        officers = ctx.session.execute(select(Officer.id, Officer.name, Officer.team_id, Officer.active)).all()
        self._officers = {row.id: (row.name, row.team_id) for row in officers}
        self.left = frozenset(row.id for row in officers if not row.active)

    def holder(self, meant: Holder) -> Covered:
        """Who gets what is meant for somebody: a team keeps it, and so does whoever is away with neither cover nor team."""
        if meant.officer_id is None or meant.officer_id not in self.away:
            return Covered(meant)
        name, team_id = self._officers[meant.officer_id]
        until = self.away[meant.officer_id][0]
        why = f"{name} is away until {until.day} {until:%b %Y}"
        there = follow_cover(meant.officer_id, {officer: cover for officer, (_, cover) in self.away.items()})
        if there is not None:
            return Covered(Holder(there), f"{why}; {self._officers[there][0]} covers")
        if team_id is not None:
            return Covered(Holder(team_id=team_id), f"{why}; nobody covers, so the team has it")
        return Covered(meant, f"{why}; nobody covers")
