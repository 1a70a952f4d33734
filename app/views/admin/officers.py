"""Officers: who works here, what they hold, and what an administrator does for them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.admin.officers_dto import Leaver, OfficerLine, OfficersPage
from app.services.core.officers import NewOfficer
from app.services.core.permissions import Permission
from app.views.admin.listed import SECOND, FormSheet, ListSection, note_label
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.parts import filter_button
from app.views.common.ticks import TickList

_ALONE = (
    "You are the only officer, so nothing that needs a second person can be done yet. Add a colleague: "
    "with a team leader you can close periods and approve each other's requests. If you make somebody else the "
    "administrator, you go on working on accounts."
)
_DIRECT = (
    "Nobody else here may approve a change of officers, so what you change happens at once, and the audit keeps it."
)


def _state(row: OfficerLine) -> str:
    if not row.active:
        return f"Left {formats.day(row.left_on)}" if row.left_on else "Left"
    if row.locked_until:
        return "Locked"
    return f"{row.waiting} waiting" if row.waiting else ""


def _seen(row: OfficerLine) -> str:
    return formats.moment(row.last_seen_at) if row.last_seen_at else "never"


OFFICERS: tuple[Column[OfficerLine], ...] = (
    Column("name", "Name", lambda row: row.name, 165, floor=160),
    Column("roles", "Roles", lambda row: ", ".join(row.role_names), 200),
    Column("team", "Team", lambda row: row.team, 130, least=2),
    Column("seen", "Last here", lambda row: row.last_seen_at, 132, least=1, shown=_seen),
    Column("state", "State", _state, 104, tone=lambda row: "bad" if row.locked_until else "muted", least=3),
)


class OfficersSection(ListSection[OfficerLine]):
    """Everybody who works here.

    Signals:
        add_wanted: a new officer.
        details_wanted, roles_wanted, leave_wanted, back_wanted, reset_wanted, unlock_wanted(OfficerLine)
    """

    add_wanted = Signal()
    details_wanted = Signal(object)
    roles_wanted = Signal(object)
    leave_wanted = Signal(object)
    back_wanted = Signal(object)
    reset_wanted = Signal(object)
    unlock_wanted = Signal(object)

    def __init__(self, *, may_change: bool, own_id: int) -> None:
        self._own_id = own_id
        self._all: OfficersPage | None = None
        super().__init__(
            "Officers",
            OFFICERS,
            noun="officer",
            key=lambda row: row.officer_id,
            stretch="name",
            empty="Nobody here is like that.",
            areas=frozenset({"admin", "approvals"}),
            permission=Permission.MANAGE_OFFICERS,
            may_change=may_change,
        )
        self.leavers = filter_button("With leavers")
        self.head.insertWidget(1, self.leavers)
        self.first_action("Ctrl+N", "Add an officer", "account-plus-outline", self.add_wanted.emit)
        self.roles = self.row_action("F2", "Change roles", "account-key-outline", self.roles_wanted.emit)
        self.details = self.row_action("F3", "Name and team", "pencil-outline", self.details_wanted.emit)
        self.reset = self.row_action("Ctrl+R", "Reset the password", "form-textbox-password", self.reset_wanted.emit)
        self.unlock = self.row_action("Ctrl+U", "Unlock", "lock-open-outline", self.unlock_wanted.emit)
        self.leave = self.row_action("Ctrl+Del", "Make a leaver", "account-arrow-right-outline", self.leave_wanted.emit)
        self.back = self.row_action("Ctrl+B", "Bring back", "account-reactivate-outline", self.back_wanted.emit)
        self._note = note_label(_ALONE)
        self.above.addWidget(self._note)
        self.leavers.toggled.connect(lambda _on: self._filter())
        self.show_row(None)

    def show_officers(self, page: OfficersPage) -> None:
        """Show everybody."""
        self._all = page
        self._note.setText(_ALONE if page.alone else _DIRECT)
        self._note.setVisible((page.alone or page.direct) and self.may_change)
        self._filter()

    def _filter(self) -> None:
        if self._all is not None:
            self.show_rows([row for row in self._all.officers if row.active or self.leavers.isChecked()])

    def show_row(self, chosen: OfficerLine | None) -> None:
        """What is known of an officer, and what may be done for them."""
        if not hasattr(self, "back"):
            return
        here = chosen is not None and self.may_change
        own = chosen is not None and chosen.officer_id == self._own_id
        active = here and chosen is not None and chosen.active
        self.roles.setVisible(active)
        self.details.setVisible(active)
        self.reset.setVisible(active and not own)
        self.leave.setVisible(active and not own)
        self.unlock.setVisible(active and not own and chosen is not None and chosen.locked_until is not None)
        self.back.setVisible(here and chosen is not None and not chosen.active)
        if chosen is None:
            return
        self.title.setText(chosen.name)
        self.subtitle.setText(f"{chosen.username}{', that is you' if own else ''}")
        if not chosen.active:
            self.mark(_state(chosen), "warning")
        if chosen.locked_until:
            self.mark(f"Locked until {formats.moment(chosen.locked_until)[-5:]}", "bad")
        if chosen.waiting:
            self.mark(f"{formats.count(chosen.waiting, 'request')} waiting", "warning")
        self.tell("Roles", ", ".join(chosen.role_names))
        self.tell("Team", chosen.team or "none")
        self.tell("E-mail", chosen.email)
        self.tell("Approvals", chosen.delegated)
        self.tell("Last here", _seen(chosen))
        self.tell("Signs in", _signs_in(chosen))


def _signs_in(row: OfficerLine) -> str:
    if row.must_change:
        return "with a password that was reset, to be changed at the next sign-in"
    return "with a password, or through the computer" if row.has_password else "through the computer"


class AddSheet(FormSheet):
    """A new officer.

    Signals:
        new_wanted(NewOfficer, reason)
    """

    new_wanted = Signal(object, str)

    def __init__(self, parent: QWidget, page: OfficersPage) -> None:
        super().__init__(parent, "Add an officer", "Add" if page.direct else "Ask for approval", _note(page.direct))
        self.add("username", "Si&gn-in name", LineField(80), "The name they sign in to the computer with")
        self.add("name", "&Name", LineField(120), "As colleagues read it")
        self.add("email", "&E-mail", LineField(254))
        self.add("roles", "&Roles", TickList([(role.name, role.key) for role in page.roles]), "Space ticks a role")
        self.add("team", "&Team", team_field(page))
        if not page.direct:
            self.add("reason", "Rea&son", AreaField(400, height=56), "For the officer who approves it")
        self.filled.connect(self._give_officer)

    def _give_officer(self, values: dict[str, object]) -> None:
        roles = values["roles"]
        assert isinstance(roles, frozenset)
        team = values["team"]
        new = NewOfficer(
            str(values["username"]),
            str(values["name"]),
            roles,
            str(values["email"]),
            team if isinstance(team, int) else None,
        )
        self.new_wanted.emit(new, str(values.get("reason") or ""))


def team_field(page: OfficersPage, value: int | None = None) -> ChoiceField:
    """One of the teams, or none."""
    made = ChoiceField([("No team", None), *((name, team_id) for team_id, name in page.teams)])
    made.set_value(value)
    return made


def roles_sheet(parent: QWidget, page: OfficersPage, chosen: OfficerLine, *, own: bool) -> FormSheet:
    """The roles of an officer."""
    direct = page.direct and not own
    sheet = FormSheet(parent, f"Roles of {chosen.name}", "Change" if direct else "Ask for approval", _note(direct))
    roles = TickList([(role.name, role.key) for role in page.roles], most=10)
    roles.set_value(chosen.roles)
    sheet.add("roles", "&Roles", roles, "Space ticks a role")
    sheet.add("reason", "Rea&son", AreaField(400, height=56), "" if direct else "For the officer who approves it")
    return sheet


def details_sheet(parent: QWidget, page: OfficersPage, chosen: OfficerLine) -> FormSheet:
    """The name, e-mail address and team of an officer."""
    sheet = FormSheet(parent, f"Name and team of {chosen.username}", "Save")
    sheet.add("name", "&Name", LineField(120), value=chosen.name)
    sheet.add("email", "&E-mail", LineField(254), value=chosen.email)
    sheet.add("team", "&Team", team_field(page, chosen.team_id))
    return sheet


class LeaveSheet(FormSheet):
    """An officer leaves.

    Signals:
        leaver_given(Leaver)
    """

    leaver_given = Signal(object)

    def __init__(self, parent: QWidget, page: OfficersPage, chosen: OfficerLine, today: date) -> None:
        note = (
            "From now on they can't sign in; approvals they gave or were given end. Nothing of theirs is deleted. "
            "It happens at once, without a second officer."
        )
        super().__init__(parent, f"{chosen.name} leaves", "Make a leaver", note)
        others = [(row.name, row.officer_id) for row in page.officers if row.active and row != chosen]
        nobody = f"Nobody yet (team {chosen.team})" if chosen.team else "Nobody yet"
        self.add("left_on", "&Last day", DateField(lambda: today, required=True), value=today)
        self.add("hand_to", "Open &tasks go to", ChoiceField([(nobody, None), *others]))
        self.filled.connect(
            lambda values: self.leaver_given.emit(Leaver(chosen.officer_id, values["left_on"], values["hand_to"]))
        )


def _note(direct: bool) -> str:
    return "Nobody else may approve it yet, so it happens at once." if direct else SECOND
