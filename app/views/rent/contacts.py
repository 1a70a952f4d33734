"""F7: how the people of an account are reached. The model of a record's form in a dialog."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.models.values import FormatNeed, PreferredContact
from app.services.core.permissions import DESCRIPTIONS, Permission
from app.services.rent.dto import PersonRow
from app.views.common import formats
from app.views.common.fields import AreaField, ChoiceField, LineField, LinesField, TickField
from app.views.common.record_form import FormSheet

_WAYS = {
    PreferredContact.POST: "By post",
    PreferredContact.EMAIL: "By e-mail",
    PreferredContact.TEXT: "By text message",
    PreferredContact.PHONE: "By telephone",
}


class ContactSheet(FormSheet):
    """One person's details; where the account has several people, whose is chosen at the top.

    Signals:
        person_wanted(PersonRow): show this one's.
    """

    person_wanted = Signal(object)

    def __init__(
        self, parent: QWidget, people: tuple[PersonRow, ...], reference: str, *, may_change: bool = True
    ) -> None:
        why_not = "" if may_change else f": you may look, but not {DESCRIPTIONS[Permission.CHANGE_CONTACTS]}"
        super().__init__(parent, "Contact details", note=f"Account {reference}{why_not}")
        self.people = people
        self.whose = ChoiceField([(person.name, person.person_id) for person in people])
        self.whose.setAccessibleName("Whose")
        self.whose.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._add_fields()
        if len(people) > 1:
            words = QLabel("&Whose")
            words.setBuddy(self.whose)
            self.record.form.insertRow(0, words, self.whose)
        if not may_change:
            self.record.set_read_only()
        self.whose.changed.connect(lambda: self.person_wanted.emit(self.person()))

    def person(self) -> PersonRow:
        """Whose details are shown."""
        return next(person for person in self.people if person.person_id == self.whose.value())

    def _add_fields(self) -> None:
        add = self.record.add
        add("phone", "&Telephone", LineField(30))
        add("mobile", "&Mobile", LineField(30))
        add("email", "&E-mail", LineField(254))
        add(
            "correspondence_address",
            "&Address for letters",
            LinesField(400, height=92, placeholder="Where letters don't go to the home"),
            "A line each, the postcode last",
        )
        add("preferred_contact", "&Prefers to be reached", ChoiceField([(words, way) for way, words in _WAYS.items()]))
        needs = [(formats.words(need), need) for need in FormatNeed]
        add("format_need", "&Format of letters", ChoiceField(needs))
        add("language", "&Language", LineField(40, placeholder="English"))
        add("do_not_contact", "Do not contact", TickField("Do &not contact"))
        add("contact_note", "N&ote", AreaField(1_000, height=64))
