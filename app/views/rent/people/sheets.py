"""The sheets by which an address, somebody's authority, a flag or a consent is kept; what saving does stands beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import AddressKind, Authority, PersonFlagKind
from app.services.people.consents import WAYS, WHATS
from app.services.people.dto import (
    AccountPeople,
    AddressRow,
    AssociateRow,
    ConsentRow,
    KeepAddress,
    KeepAssociate,
    KeepFlag,
    PersonFlagRow,
    SayConsent,
)
from app.services.workbench.rules.typed_dates import Toward
from app.views.common.effects import WorkSheet
from app.views.common.fields import AreaField, ChoiceField, LineField, LinesField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.forms import Form
from app.views.rent.people.lines import ADDRESSES, AUTHORITIES, FLAGS

_WIDTH = 900


class PersonSheet(WorkSheet):
    """What is kept of one person; where the account has several, whose it is is chosen first.

    Args:
        people: of the account.
        person_id: whose it is; None: the first's.
        today: gives the day at the office.
        fixed: something that is there is changed, so that whose it is stands.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        people: AccountPeople,
        person_id: int | None,
        today: Callable[[], date],
        *,
        fixed: bool = False,
    ) -> None:
        names = {person.person_id: person.name for person in people.people}
        self.person_id = person_id if person_id in names else people.people[0].person_id
        several = len(names) > 1 and not fixed
        super().__init__(parent, title, note="" if several else names[self.person_id], width=_WIDTH)
        self.today = today
        self.fields: Form = self.form()
        self.whose = ChoiceField([(name, number) for number, name in names.items()])
        self.whose.set_value(self.person_id)
        if several:
            self.fields.add("whose", "&Whose", self.whose)

    def values(self) -> dict[str, Any]:
        """What is typed, whose it is as `person_id`."""
        found = self.fields.values()
        found.pop("whose", None)
        return found | {"person_id": self.whose.value()}


class AddressSheet(PersonSheet):
    """Where somebody lives, lived or has letters sent; `ends`: it is to be ended today."""

    def __init__(
        self,
        parent: QWidget,
        people: AccountPeople,
        today: Callable[[], date],
        person_id: int | None = None,
        row: AddressRow | None = None,
        *,
        ends: bool = False,
    ) -> None:
        title = "Change an address" if row else "Add an address"
        super().__init__(parent, title, people, person_id, today, fixed=row is not None)
        self._row = row
        add = self.fields.add
        add("kind", "&Kind", ChoiceField([(words, kind) for kind, words in ADDRESSES.items()]))
        add("lines", "&Address", LinesField(400, height=88), "A line each")
        add("postcode", "&Postcode", LineField(10))
        add("from_on", "&From", DateField(today))
        add("to_on", "&Until", DateField(today), "The last day; empty where it goes on")
        add("note", "N&ote", LineField(400))
        kind, begins = AddressKind.CORRESPONDENCE, today()
        values: dict[str, Any] = {"kind": kind, "from_on": begins}
        if row is not None:
            values = {name: getattr(row, name) for name in ("kind", "lines", "postcode", "from_on", "to_on", "note")}
        self.fields.fill(values | ({"to_on": today()} if ends else {}))

    def command(self) -> KeepAddress | None:
        """What is to be kept; None while there is no address."""
        values = self.values()
        if not values["lines"]:
            return None
        row = self._row
        return KeepAddress(**values, address_id=row.address_id if row else None, version=row.version if row else 0)


class AssociateSheet(PersonSheet):
    """Somebody who belongs to a person: who they are, and what they may do for them."""

    def __init__(
        self,
        parent: QWidget,
        people: AccountPeople,
        today: Callable[[], date],
        person_id: int | None = None,
        row: AssociateRow | None = None,
        *,
        ends: bool = False,
    ) -> None:
        title = f"{row.name}, {row.relation}" if row else "Who speaks for them, next of kin"
        super().__init__(parent, title, people, person_id, today, fixed=row is not None)
        self._row = row
        add = self.fields.add
        add("name", "&Name", LineField(200, placeholder="As they are called, such as Ms B Sample"))
        add("relation", "&Relation", LineField(60, placeholder="Daughter, support worker, deputy, executor"))
        add("organisation", "Or&ganisation", LineField(120))
        add("authority", "Authorit&y", ChoiceField([(words, each) for each, words in AUTHORITIES.items()]))
        add("evidence", "E&vidence", LineField(200, placeholder="Signed form, power of attorney, court order"))
        add("next_of_kin", "Next of kin", TickField("Next of &kin"))
        add("phone", "&Telephone", LineField(30))
        add("email", "&E-mail", LineField(254))
        add("address", "&Address", LineField(400))
        add("from_on", "&From", DateField(today, required=True))
        add("to_on", "&Until", DateField(today))
        add("review_on", "&Look again on", DateField(today, Toward.COMING), "A task is due on that day")
        values: dict[str, Any] = {"authority": Authority.SPEAK, "from_on": today()}
        if row is not None:
            values = {name: getattr(row, name) for name in self.fields.values() if name != "whose"}
        self.fields.fill(values | ({"to_on": today()} if ends else {}))

    def command(self) -> KeepAssociate | None:
        """What is to be kept; None while a day is missing."""
        values = self.values()
        if values["from_on"] is None:
            return None
        row = self._row
        return KeepAssociate(
            **values,
            other_id=row.other_id if row else None,
            associate_id=row.associate_id if row else None,
            version=row.version if row else 0,
        )


class FlagSheet(PersonSheet):
    """What officers must know of somebody, and who may read the note of it."""

    def __init__(
        self,
        parent: QWidget,
        people: AccountPeople,
        today: Callable[[], date],
        person_id: int | None = None,
        row: PersonFlagRow | None = None,
        *,
        ends: bool = False,
    ) -> None:
        title = "Change or end a flag" if row else "Flag a person"
        super().__init__(parent, title, people, person_id, today, fixed=row is not None)
        self._row = row
        add = self.fields.add
        add("kind", "&Kind", ChoiceField([(words, kind) for kind, words in FLAGS.items()]))
        add("flag", "&Flag", LineField(60, placeholder="Hard of hearing, address is secret, visit in pairs"))
        add("note", "N&ote", AreaField(2_000, height=84), "What to do about it, in a sentence or two")
        roles = [(f"Only: {name}", key) for key, name in people.roles]
        add("seen_by", "Note rea&d by", ChoiceField([("Everybody who may open the account", ""), *roles]))
        add("from_on", "F&rom", DateField(today, required=True))
        add("to_on", "&Until", DateField(today))
        add("review_on", "&Look again on", DateField(today, Toward.COMING), "A task is due on that day")
        values: dict[str, Any] = {"kind": PersonFlagKind.VULNERABILITY, "from_on": today()}
        if row is not None:
            values = {name: getattr(row, name) for name in self.fields.values() if name != "whose"}
        self.fields.fill(values | ({"to_on": today()} if ends else {}))
        self._hidden = row is not None and row.hidden
        if self._hidden:
            self._close_note()

    def command(self) -> KeepFlag | None:
        """What is to be kept; None while a day is missing."""
        values = self.values()
        if values["from_on"] is None:
            return None
        row = self._row
        if self._hidden:
            values["note"] = None
        return KeepFlag(**values, flag_id=row.flag_id if row else None, version=row.version if row else 0)

    def _close_note(self) -> None:
        """Whoever may not read the note may end the flag or have it looked at another day."""
        assert self._row is not None
        for name in ("kind", "flag", "note", "seen_by", "from_on"):
            self.fields.field(name).setEnabled(False)
        note = self.fields.field("note")
        assert isinstance(note, AreaField)
        note.setPlaceholderText(f"Only those with the role {self._row.seen_by_name} read it")


class ConsentSheet(PersonSheet):
    """What somebody agreed or objected to."""

    def __init__(
        self,
        parent: QWidget,
        people: AccountPeople,
        today: Callable[[], date],
        person_id: int | None = None,
        row: ConsentRow | None = None,
    ) -> None:
        super().__init__(parent, "Consent or objection", people, person_id, today, fixed=row is not None)
        add = self.fields.add
        self._what = ChoiceField([*((words, words) for words in WHATS), ("Something else", "")])
        self._other = LineField(60)
        add("what", "&To", self._what)
        add("other", "&Something else", self._other)
        add("agreed", "The&y", ChoiceField([("Agree", True), ("Object", False)]))
        add("said_on", "&On", DateField(today, Toward.PAST, required=True))
        add("how", "&How", ChoiceField([(words, words) for words in WAYS]))
        add("note", "&Note", LineField(400))
        values: dict[str, Any] = {"said_on": today()}
        if row is not None:
            known = row.what in WHATS
            values |= {"what": row.what if known else "", "other": "" if known else row.what, "agreed": row.agreed}
        self.fields.fill(values)
        self._what.changed.connect(self._allow)
        self._allow()

    def command(self) -> SayConsent | None:
        """What is to be noted; None while the day or what it is about is missing."""
        values = self.values()
        what = values.pop("what") or values["other"]
        values.pop("other")
        if values["said_on"] is None or not what:
            return None
        return SayConsent(what=what, **values)

    def _allow(self) -> None:
        self._other.setEnabled(self._what.value() == "")
