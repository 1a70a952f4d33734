"""Roles: what each may do, as shipped and as the office has changed it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.admin.officers_dto import PermissionLine, RoleEdit, RoleLine
from app.services.core.permissions import Permission
from app.views.admin.listed import SECOND, FormSheet, ListSection
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.fields import AreaField, LineField
from app.views.common.parts import label
from app.views.common.ticks import TickList


def _changed(row: RoleLine) -> str:
    if row.waiting:
        return f"{formats.count(row.waiting, 'request')} waiting"
    if row.own:
        return "The office's own"
    edited = sum(each.held is not each.shipped for each in row.permissions)
    return f"{formats.count(edited, 'change')} made here" if edited else "Standard"


ROLES: tuple[Column[RoleLine], ...] = (
    Column("name", "Role", lambda row: row.name, 190, floor=140),
    Column("officers", "Officers", lambda row: row.officers, 84, right=True),
    Column("may", "May do", lambda row: sum(each.held for each in row.permissions), 76, right=True),
    Column("changed", "Kind", _changed, 150, tone=lambda _row: "muted", least=1),
)


class RolesSection(ListSection[RoleLine]):
    """Every role.

    Signals:
        edit_wanted(RoleLine or None): change one, or make a new one.
    """

    edit_wanted = Signal(object)

    def __init__(self, *, may_change: bool) -> None:
        super().__init__(
            "Roles",
            ROLES,
            noun="role",
            key=lambda row: row.key,
            stretch="name",
            empty="There are no roles.",
            areas=frozenset({"admin", "approvals"}),
            permission=Permission.MANAGE_OFFICERS,
            may_change=may_change,
        )
        self.first_action("Ctrl+N", "New role", "plus", lambda: self.edit_wanted.emit(None))
        self.edit = self.row_action("F2", "Change what it may do", "pencil-outline", self.edit_wanted.emit)
        self.show_row(None)

    def show_row(self, chosen: RoleLine | None) -> None:
        """What a role may do, and what was changed of it here."""
        if not hasattr(self, "edit"):
            return
        self.edit.setVisible(chosen is not None and self.may_change)
        if chosen is None:
            return
        self.title.setText(chosen.name)
        self.subtitle.setText(f"{formats.count(chosen.officers, 'officer')}, {_changed(chosen)}")
        self.tell("May", "\n".join(each.words for each in chosen.permissions if each.held) or "Nothing")
        if not chosen.own:
            given = [each.words for each in chosen.permissions if each.held and not each.shipped]
            taken = [each.words for each in chosen.permissions if each.shipped and not each.held]
            self.tell("Given here", "\n".join(given))
            self.tell("Taken away here", "\n".join(taken))


class RoleSheet(FormSheet):
    """What a role may do.

    Signals:
        edited(RoleEdit)
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget, lines: tuple[PermissionLine, ...], chosen: RoleLine | None) -> None:
        super().__init__(parent, f"The role {chosen.name}" if chosen else "New role", "Ask for approval", SECOND)
        self._key = chosen.key if chosen else ""
        self.add("name", "&Name", LineField(80), value=chosen.name if chosen else "")
        ticks = TickList([(each.words, each.permission) for each in lines], most=13)
        ticks.set_value({each.permission for each in chosen.permissions if each.held} if chosen else ())
        self.add("permissions", "&May", ticks, "Space ticks; type the first letters to go to a line")
        self.add("reason", "Rea&son", AreaField(400, height=56), "For the officer who approves it")
        self.body.addWidget(
            label("With more than one officer, whoever may change officers never posts, whatever is ticked.", "muted")
        )
        self.filled.connect(self._give_edit)

    def _give_edit(self, values: dict[str, object]) -> None:
        permissions = values["permissions"]
        assert isinstance(permissions, frozenset)
        self.edited.emit(
            RoleEdit(
                self._key,
                str(values["name"]),
                frozenset(Permission(each) for each in permissions),
                str(values["reason"]).strip(),
            )
        )
