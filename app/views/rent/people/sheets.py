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
    KeepAddress,
    KeepAssociate,
    KeepFlag,
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

    Each kind of sheet adds its fields and says what a new one begins with.

    Args:
        people: of the account.
        today: gives the day at the office.
        person_id: whose it is; None: the first's.
        row: what is changed, so that whose it is stands; None: something is added.
        ends: it is to be ended today.
    """

    needs = "from_on"
    """The field without which there is nothing to keep."""

    def __init__(
        self,
        parent: QWidget,
        people: AccountPeople,
        today: Callable[[], date],
        person_id: int | None = None,
        row: Any = None,
        *,
        ends: bool = False,
    ) -> None:
        names = {person.person_id: person.name for person in people.people}
        self.person_id = person_id if person_id in names else people.people[0].person_id
        several = len(names) > 1 and row is None
        super().__init__(parent, self.heading(row), note="" if several else names[self.person_id], width=_WIDTH)
        self.today = today
        self.row = row
        self.fields: Form = self.form()
        self.whose = ChoiceField([(name, number) for number, name in names.items()])
        self.whose.set_value(self.person_id)
        if several:
            self.fields.add("whose", "&Whose", self.whose)
        self.add_fields(people)
        self.fields.fill((self.first() if row is None else self.standing()) | ({"to_on": today()} if ends else {}))

    def heading(self, row: Any) -> str:
        """What stands over the sheet."""
        raise NotImplementedError

    def add_fields(self, people: AccountPeople) -> None:
        """Add what is asked for."""
        raise NotImplementedError

    def first(self) -> dict[str, Any]:
        """What stands in the fields of a new one."""
        return {"from_on": self.today()}

    def standing(self) -> dict[str, Any]:
        """What stands in the fields of one that is changed."""
        return {name: getattr(self.row, name) for name in self.fields.values() if name != "whose"}

    def values(self) -> dict[str, Any]:
        """What is typed, whose it is as `person_id`."""
        found = self.fields.values()
        found.pop("whose", None)
        return found | {"person_id": self.whose.value()}

    def kept(self, number: str) -> dict[str, Any] | None:
        """What is to be kept, with the id of what is changed as `number` and its version; None while `needs` is empty."""
        values = self.values()
        if not values[self.needs]:
            return None
        row = self.row
        return values | {number: getattr(row, number) if row else None, "version": row.version if row else 0}


class AddressSheet(PersonSheet):
    """Where somebody lives, lived or has letters sent."""

    needs = "lines"

    def heading(self, row: Any) -> str:
        """Changed or added."""
        return "Change an address" if row else "Add an address"

    def add_fields(self, _people: AccountPeople) -> None:
        """Where, and from when until when."""
        add = self.fields.add
        add("kind", "&Kind", ChoiceField([(words, kind) for kind, words in ADDRESSES.items()]))
        add("lines", "&Address", LinesField(400, height=88), "A line each")
        add("postcode", "&Postcode", LineField(10))
        add("from_on", "&From", DateField(self.today))
        add("to_on", "&Until", DateField(self.today), "The last day; empty where it goes on")
        add("note", "N&ote", LineField(400))

    def first(self) -> dict[str, Any]:
        """Most new ones are for letters."""
        return super().first() | {"kind": AddressKind.CORRESPONDENCE}

    def command(self) -> KeepAddress | None:
        """What is to be kept; None while there is no address."""
        kept = self.kept("address_id")
        return KeepAddress(**kept) if kept else None


class AssociateSheet(PersonSheet):
    """Somebody who belongs to a person: who they are, and what they may do for them."""

    def heading(self, row: Any) -> str:
        """Who it is, once that is known."""
        return f"{row.name}, {row.relation}" if row else "Who speaks for them, next of kin"

    def add_fields(self, _people: AccountPeople) -> None:
        """Who they are, what they may do, how they are reached, and from when until when."""
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
        _add_days(self.fields, self.today, "&From")

    def first(self) -> dict[str, Any]:
        """Most may only speak for them."""
        return super().first() | {"authority": Authority.SPEAK}

    def command(self) -> KeepAssociate | None:
        """What is to be kept; None while a day is missing."""
        kept = self.kept("associate_id")
        return KeepAssociate(**kept, other_id=self.row.other_id if self.row else None) if kept else None


class FlagSheet(PersonSheet):
    """What officers must know of somebody, and who may read the note of it."""

    def heading(self, row: Any) -> str:
        """Changed or added."""
        return "Change or end a flag" if row else "Flag a person"

    def add_fields(self, people: AccountPeople) -> None:
        """What it is, who may read its note, and from when until when."""
        add = self.fields.add
        add("kind", "&Kind", ChoiceField([(words, kind) for kind, words in FLAGS.items()]))
        add("flag", "&Flag", LineField(60, placeholder="Hard of hearing, address is secret, visit in pairs"))
        add("note", "N&ote", AreaField(2_000, height=84), "What to do about it, in a sentence or two")
        roles = [(f"Only: {name}", key) for key, name in people.roles]
        add("seen_by", "Note rea&d by", ChoiceField([("Everybody who may open the account", ""), *roles]))
        _add_days(self.fields, self.today, "F&rom")
        if self._hidden:
            self._close_note()

    def first(self) -> dict[str, Any]:
        """Most are of what somebody needs."""
        return super().first() | {"kind": PersonFlagKind.VULNERABILITY}

    def command(self) -> KeepFlag | None:
        """What is to be kept; None while a day is missing."""
        kept = self.kept("flag_id")
        return KeepFlag(**kept | ({"note": None} if self._hidden else {})) if kept else None

    @property
    def _hidden(self) -> bool:
        return self.row is not None and self.row.hidden

    def _close_note(self) -> None:
        """Whoever may not read the note may end the flag or have it looked at another day."""
        for name in ("kind", "flag", "note", "seen_by", "from_on"):
            self.fields.field(name).setEnabled(False)
        note = self.fields.field("note")
        assert isinstance(note, AreaField)
        note.setPlaceholderText(f"Only those with the role {self.row.seen_by_name} read it")


class ConsentSheet(PersonSheet):
    """What somebody agreed or objected to; what they say anew stands beside what they said before."""

    needs = "said_on"

    def heading(self, _row: Any) -> str:
        """It is always added."""
        return "Consent or objection"

    def add_fields(self, _people: AccountPeople) -> None:
        """What it is about, what they say, when and how they said so."""
        add = self.fields.add
        self._what = ChoiceField([*((words, words) for words in WHATS), ("Something else", "")])
        self._other = LineField(60)
        add("what", "&To", self._what)
        add("other", "&Something else", self._other)
        add("agreed", "The&y", ChoiceField([("Agree", True), ("Object", False)]))
        add("said_on", "&On", DateField(self.today, Toward.PAST, required=True))
        add("how", "&How", ChoiceField([(words, words) for words in WAYS]))
        add("note", "&Note", LineField(400))
        self._what.changed.connect(self._allow)
        self._allow()

    def first(self) -> dict[str, Any]:
        """Said today."""
        return {"said_on": self.today()}

    def standing(self) -> dict[str, Any]:
        """What they said before, to be said anew today."""
        known = self.row.what in WHATS
        told = {"what": self.row.what if known else "", "other": "" if known else self.row.what}
        return self.first() | told | {"agreed": self.row.agreed}

    def command(self) -> SayConsent | None:
        """What is to be noted; None while the day or what it is about is missing."""
        values = self.values()
        what = values.pop("what") or values["other"]
        values.pop("other")
        if not values[self.needs] or not what:
            return None
        return SayConsent(what=what, **values)

    def _allow(self) -> None:
        self._other.setEnabled(self._what.value() == "")


def _add_days(fields: Form, today: Callable[[], date], first: str) -> None:
    """From when until when, and when it is looked at again; `first` is the title of the first, with its key."""
    fields.add("from_on", first, DateField(today, required=True))
    fields.add("to_on", "&Until", DateField(today))
    fields.add("review_on", "&Look again on", DateField(today, Toward.COMING), "A task is due on that day")
