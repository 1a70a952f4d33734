"""What the sheet of contact details does: shows, saves, and settles with whoever else has it open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.people.commands.contacts import ContactsSaved, change_contacts
from app.services.rent.contacts import Contacts, contacts
from app.services.rent.dto import AccountHeader, PersonRow
from app.views.common.editing import Editing
from app.views.common.office import Office
from app.views.rent.contacts import ContactSheet


class ContactController(QObject):
    """One sheet of contact details, from F7 until it is closed; `person_id` is whose are shown first, if not the first's."""

    def __init__(self, office: Office, page: QWidget, header: AccountHeader, person_id: int | None = None) -> None:
        may_change = Permission.CHANGE_CONTACTS in office.desk.officer.permissions
        self.sheet = ContactSheet(page, header.people, header.reference, may_change=may_change)
        super().__init__(self.sheet)
        self.editing = Editing.of_sheet(
            office, self.sheet, "contacts", read=contacts, save=_save, told="The contact details are saved."
        )
        self.sheet.whose.set_value(person_id)
        self.sheet.person_wanted.connect(self._show)
        self.sheet.open()
        self._show(self.sheet.person())

    def _show(self, person: PersonRow) -> None:
        self.editing.open(Subject.PERSON, person.person_id, f"Contact details, {person.name}")


def _save(ctx: Context, person_id: int, values: Mapping[str, Any], version: int) -> ContactsSaved:
    return change_contacts(ctx, person_id, Contacts(**values), version)
