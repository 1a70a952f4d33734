"""Teams: listed and saved."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.admin import teams
from app.services.admin.teams import TeamForm
from app.services.core.permissions import Permission
from app.views.admin.controller.history import open_history
from app.views.admin.teams import TeamsSection, in_words
from app.views.common.office import Office


class TeamsController(QObject):
    """Joins the section of teams to the services."""

    def __init__(self, office: Office) -> None:
        self.page = TeamsSection(may_change=Permission.MANAGE_OFFICERS in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.history_wanted.connect(lambda team: open_history(office, self.page, team.name, Subject.TEAM, team.id))
        self.page.save_wanted.connect(self._save)

    def _refresh(self) -> None:
        self._office.ask(self, teams.page, then=self.page.show_teams)

    def _save(self, form: TeamForm) -> None:
        def saved(_changes: object) -> None:
            self.page.saved()
            self._office.messages.good(in_words(form))

        self._office.do(self, teams.save, form, then=saved, refused=self.page.show_error)
