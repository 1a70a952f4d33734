"""Teams: a list, and the one that is chosen as a form."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.services.admin.teams import TeamForm, TeamRow, TeamsPage
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.views.admin.read_only import read_only_note
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.fields import ChoiceField, LineField
from app.views.common.forms import Form
from app.views.common.message_bar import MessageBar
from app.views.common.page import Page
from app.views.common.parts import Card, SideCard, action_button, label, row
from app.views.common.theme import scaled

_OFFICER = Qt.ItemDataRole.UserRole
TEAMS: tuple[Column[TeamRow], ...] = (
    Column("name", "Team", lambda row: row.name, 180),
    Column("leader", "Leader", lambda row: row.leader, 150),
    Column("email", "E-mail", lambda row: row.email, 190, least=1),
    Column("members", "Members", lambda row: len(row.members), 84, right=True),
)


class TeamsSection(Page):
    """Every team.

    Signals:
        save_wanted(TeamForm), history_wanted(TeamRow)
    """

    save_wanted = Signal(object)
    history_wanted = Signal(object)

    def __init__(self, *, may_change: bool) -> None:
        super().__init__("Teams", areas=frozenset({"admin"}), help_topic="admin")
        self._may_change = may_change
        self._shown: TeamRow | None = None
        self._typed = False
        self.model: ListModel[TeamRow] = ListModel(TEAMS)
        self.table = DataTable(
            "Teams",
            self.model,
            stretch="name",
            empty="There are no teams yet. Ctrl+N adds the first; tasks can be handed to one.",
        )
        self.messages = MessageBar(inline=True)
        self.form = Form()
        self.name, self.email, self.leader = LineField(120), LineField(254), ChoiceField([("Nobody", None)])
        self.members = QListWidget()
        self.members.setFixedHeight(scaled(260))
        self._title = label("", "heading", wrap=True)
        self.save = self.add_key("Ctrl+Return", "Save the team", self._save, more=("Ctrl+Enter", "Ctrl+S"))
        self.new = self.add_key("Ctrl+N", "New team", self._new)
        self.add_key("Ctrl+H", "Who changed it", self._history)
        self._arrange()
        self.form.changed.connect(self._note)
        self.members.itemChanged.connect(lambda _item: self._note())
        self.table.chosen.connect(self._choose)
        self.setFocusProxy(self.table)
        self._show(None)

    def show_teams(self, found: TeamsPage) -> None:
        """Show the teams; what the officer is typing stays."""
        before = self._shown
        self.leader.offer([("Nobody", None), *((name, officer_id) for officer_id, name, _team in found.officers)])
        if not self._typed:
            self._offer_members(found)
        self.model.show_rows(found.teams)
        if self._typed:
            return
        ids = [team.id for team in found.teams]
        if ids:
            self.table.go_to(ids.index(before.id) if before and before.id in ids else 0)
        else:
            self._show(None)

    def saved(self) -> None:
        """The team is kept."""
        self._typed = False
        self.form.clear_errors()
        self.messages.clear()

    def show_error(self, error: UserError) -> None:
        """Beside its field, or at the top."""
        if not self.form.show_error(error):
            self.messages.bad(error)

    def _arrange(self) -> None:
        card = Card(margins=(0, 12, 0, 6))
        head = row(label("Teams", "heading"), None, action_button(self.new, icon="plus"))
        head.setContentsMargins(scaled(14), 0, scaled(14), scaled(4))
        card.column.addLayout(head)
        card.column.addWidget(self.table, 1)
        self.form.add("name", "&Name", self.name)
        self.form.add("email", "&E-mail", self.email, "Where the team's post goes")
        self.form.add("leader_id", "&Leader", self.leader)
        self.form.add("members", "&Members", self.members, "Space puts an officer in; they leave the team they were in")
        detail = SideCard(460, spacing=12)
        detail.column.addLayout(
            row(self._title, None, action_button(self.save, role="primary", icon="content-save-outline"))
        )
        detail.column.addWidget(read_only_note(Permission.MANAGE_OFFICERS, may_change=self._may_change))
        detail.column.addWidget(self.messages)
        detail.column.addLayout(self.form)
        detail.column.addStretch(1)
        layout = row(card, detail, spacing=12)
        layout.setStretch(0, 6)
        layout.setStretch(1, 4)
        self.setLayout(layout)
        for field in (self.name, self.email, self.leader, self.members):
            field.setEnabled(self._may_change)
        self.save.setEnabled(self._may_change)
        self.new.setEnabled(self._may_change)

    def _offer_members(self, found: TeamsPage) -> None:
        self.members.blockSignals(True)
        self.members.clear()
        for officer_id, name, _team in found.officers:
            item = QListWidgetItem(name, self.members)
            item.setData(_OFFICER, officer_id)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.members.blockSignals(False)

    def _choose(self, chosen: object) -> None:
        if isinstance(chosen, TeamRow) and not (self._typed and chosen == self._shown):
            self._show(chosen)

    def _new(self) -> None:
        self.table.clearSelection()
        self._show(None)
        self.name.setFocus()

    def _show(self, team: TeamRow | None) -> None:
        self._shown = team
        self._title.setText(team.name if team else "New team")
        self.form.fill(
            {
                "name": team.name if team else "",
                "email": team.email if team else "",
                "leader_id": team.leader_id if team else None,
            }
        )
        held = team.member_ids if team else frozenset()
        self.members.blockSignals(True)
        for at in range(self.members.count()):
            item = self.members.item(at)
            item.setCheckState(Qt.CheckState.Checked if item.data(_OFFICER) in held else Qt.CheckState.Unchecked)
        self.members.blockSignals(False)
        self.messages.clear()
        self._typed = False

    def _history(self) -> None:
        if self._shown is not None:
            self.history_wanted.emit(self._shown)

    def _note(self) -> None:
        self._typed = True

    def _save(self) -> None:
        items = [self.members.item(at) for at in range(self.members.count())]
        chosen = frozenset(int(item.data(_OFFICER)) for item in items if item.checkState() is Qt.CheckState.Checked)
        team = self._shown
        self.save_wanted.emit(
            TeamForm(
                team.id if team else None,
                str(self.name.value()),
                str(self.email.value()),
                self.leader.value(),
                chosen,
                team.version if team else 0,
            )
        )


def in_words(form: TeamForm) -> str:
    """What was saved, for the message."""
    return f"{form.name} is saved with {formats.count(len(form.member_ids), 'member')}."
