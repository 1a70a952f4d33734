"""Teams: listed, read into the form and saved."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.admin import teams
from app.services.admin.teams import TeamSaved
from app.services.core.permissions import Permission
from app.views.admin.controller.history import open_history
from app.views.admin.teams import TeamsSection
from app.views.common.editing import Editing
from app.views.common.office import Office


class TeamsController(QObject):
    """Joins the section of teams to the services."""

    def __init__(self, office: Office) -> None:
        self.page = TeamsSection(may_change=Permission.MANAGE_OFFICERS in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self.editing = Editing(
            office, self.page.record, "team", read=teams.team_as_kept, save=teams.save, told="The team is saved."
        )
        self.editing.saved.connect(self._saved)
        self.page.team_wanted.connect(self._open)
        self.page.history_wanted.connect(lambda team: open_history(office, self.page, team.name, Subject.TEAM, team.id))
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())

    def _refresh(self) -> None:
        self._office.ask(self, teams.page, then=self.page.show_teams)

    def _open(self, team_id: int, name: str) -> None:
        self.page.name_team(name)
        if self.editing.key is None or self.editing.key.subject_id != team_id:
            self.editing.open(Subject.TEAM, team_id, name or "A new team")
        else:
            self.editing.refresh()

    def _saved(self, saved: TeamSaved) -> None:
        self.page.stand_on(saved.team_id)
        self._open(saved.team_id, str(self.page.name.value()))
