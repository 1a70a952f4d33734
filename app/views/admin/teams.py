"""Teams: a list, and the one that is chosen as a form."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.services.admin.teams import NEW, TeamRow, TeamsPage
from app.services.core.permissions import Permission
from app.views.admin.read_only import Headed, read_only_note
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_ticks import TicksField
from app.views.common.page import Page
from app.views.common.parts import Card, SideCard, action_button, label, row
from app.views.common.record_form import RecordForm
from app.views.common.theme import scaled

TEAMS: tuple[Column[TeamRow], ...] = (
    Column("name", "Team", lambda row: row.name, 140, floor=130),
    Column("leader", "Leader", lambda row: row.leader, 165, floor=160),
    Column("email", "E-mail", lambda row: row.email, 210, least=1, floor=200),
    Column("members", "Members", lambda row: len(row.members), 88, right=True),
)


class TeamsSection(Page):
    """Every team; its controller reads and saves the one in the form.

    Signals:
        team_wanted(team_id, name): show this team in the form; NEW for one to be added.
        history_wanted(TeamRow)
    """

    team_wanted = Signal(int, str)
    history_wanted = Signal(object)

    def __init__(self, *, may_change: bool) -> None:
        super().__init__("Teams", areas=frozenset({"admin"}), help_topic="admin")
        self._may_change = may_change
        self._wanted = NEW
        self.model: ListModel[TeamRow] = ListModel(TEAMS)
        self.table = DataTable(
            "Teams",
            self.model,
            stretch="name",
            empty="There are no teams yet. Ctrl+N adds the first; tasks can be handed to one.",
        )
        self.record = RecordForm(save="Save the team")
        self.name, self.members = LineField(120), TicksField()
        self.leader = ChoiceField([("Nobody", None)])
        self.record.add("name", "&Name", self.name)
        self.record.add("email", "&E-mail", LineField(254), "For the team's post")
        self.record.add("leader_id", "&Leader", self.leader)
        hint = "Space puts an officer in; they leave the team they were in"
        self.record.add("members", "&Members", self.members, hint)
        self._title = label("", "heading", wrap=True)
        self.add_key("Ctrl+Return", "Save the team", self.record.save_action.trigger, more=("Ctrl+Enter",))
        self.tell_key("Ctrl+S", "Save the team")
        self.new = self.add_key("Ctrl+N", "New team", self._new)
        self.add_key("Ctrl+H", "Who changed it", self._history)
        self._arrange()
        self.table.chosen.connect(self._choose)
        self.setFocusProxy(self.table)

    def show_teams(self, found: TeamsPage) -> None:
        """Show the teams, and stay on the one that was chosen."""
        self.leader.offer([("Nobody", None), *((name, officer_id) for officer_id, name in found.officers)])
        self.members.offer_names([name for _officer_id, name in found.officers])
        blocked = self.table.blockSignals(True)
        self.model.show_rows(found.teams)
        self.table.blockSignals(blocked)
        self.stand_on(self._wanted)

    def stand_on(self, team_id: int) -> None:
        """Go to a team, or to the first."""
        ids = [team.id for team in self.model.rows]
        if ids:
            self.table.go_to(ids.index(team_id) if team_id in ids else 0)
        else:
            self._new()

    def name_team(self, name: str) -> None:
        """Say which team is in the form."""
        self._title.setText(name or "New team")

    def _arrange(self) -> None:
        card = Card(margins=(0, 12, 0, 6))
        head = row(label("Teams", "heading"), None, action_button(self.new, icon="plus"))
        head.setContentsMargins(scaled(14), 0, scaled(14), scaled(4))
        card.column.addLayout(head)
        card.column.addWidget(self.table, 1)
        detail = SideCard(460, spacing=12)
        save = action_button(self.record.save_action, role="primary", icon="content-save-outline")
        detail.column.addWidget(Headed(self._title, save))
        detail.column.addWidget(read_only_note(Permission.MANAGE_OFFICERS, may_change=self._may_change))
        detail.column.addWidget(self.record)
        detail.column.addStretch(1)
        layout = row(card, detail, spacing=12)
        layout.setStretch(0, 11)
        layout.setStretch(1, 9)
        self.setLayout(layout)
        self.record.setEnabled(self._may_change)
        self.record.save_action.setEnabled(self._may_change)
        self.new.setEnabled(self._may_change)

    def _choose(self, chosen: object) -> None:
        if isinstance(chosen, TeamRow):
            self._wanted = chosen.id
            self.team_wanted.emit(chosen.id, chosen.name)

    def _new(self) -> None:
        self.table.clearSelection()
        self._wanted = NEW
        self.team_wanted.emit(NEW, "")
        if self._may_change and self.isVisible():
            self.name.setFocus()

    def _history(self) -> None:
        chosen = next((team for team in self.model.rows if team.id == self._wanted), None)
        if chosen is not None:
            self.history_wanted.emit(chosen)
