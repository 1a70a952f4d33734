"""The sheets of the reception log: somebody comes or calls, is seen, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Handed
from app.services.core.errors import UserError
from app.services.reception_payments.visits.dto import (
    Caution,
    Choices,
    EndVisit,
    NewVisit,
    Sent,
    VisitForm,
    VisitRow,
    Who,
)
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_pickers import Find, account_picker
from app.views.common.fields_ticks import TicksField
from app.views.common.parts import restyle
from app.views.common.remembered import memory
from app.views.common.theme import scaled
from app.views.reception_payments.visit_tables import KINDS_OF_VISIT, is_safety, minding

SOMEBODY: Final = 0
"""Nobody of the account."""
_NAME, _OUTCOME, _NUMBER, _WIDE = 120, 400, 30, 600
_HANDED: Final = (("Read out", Handed.READ), ("Printed", Handed.PRINTED), ("Texted", Handed.TEXTED))


_PLACE: Final = "reception/log_desk"


def mind(flags: tuple[Caution, ...]) -> str:
    """What must be known of somebody before they are seen, as a sentence; empty where nothing must."""
    return f"Take care: {minding(flags)}." if flags else ""


class LogSheet(Sheet):
    """Somebody who came or calls.

    Args:
        choices: reasons, desks and today's appointments.
        find: looks for accounts.

    Signals:
        account_chosen(account_id): show its people, and what must be known of them.
    """

    account_chosen = Signal(int)

    def __init__(self, parent: QWidget, choices: Choices, find: Find) -> None:
        note = "Find the account, or give a name. They wait until an officer takes them."
        super().__init__(parent, "Somebody came or calls", primary="Log it", note=note)
        self._who: Who | None = None
        self._booked = {row.appointment_id: row for row in choices.appointments}
        self.fields = fields = self.form()
        self.account = account_picker(find, required=False)
        fields.add("account_id", "&Account", self.account)
        self._mind = fields.add_words(self.account)
        fields.add("person_id", "&Who", ChoiceField())
        fields.add("name", "&Name", LineField(_NAME, placeholder="As they give it"))
        fields.add("reason_id", "&Reason", ChoiceField([(words, key) for key, words in choices.reasons]))
        fields.add("kind", "&How", ChoiceField([(words, kind) for kind, words in KINDS_OF_VISIT.items()]))
        fields.add("accompanied_by", "With &them", LineField(_NAME, placeholder="Such as a daughter, or an advocate"))
        fields.add("desk_id", "&Desk", ChoiceField([("None", None), *((words, key) for key, words in choices.desks)]))
        if self._booked:
            booked = [(f"{row.at.astimezone():%H:%M} {row.who}", row.appointment_id) for row in choices.appointments]
            fields.add("appointment_id", "Appoint&ment", ChoiceField([("None", None), *booked]))
        desk = memory().read(_PLACE)
        fields.fill({"desk_id": int(desk) if desk.isdigit() else None})
        self.account.changed.connect(self._choose)
        self.setMinimumWidth(scaled(_WIDE))
        self._show(None)

    def remember(self) -> None:
        """The next one is logged at the same desk."""
        memory().write(_PLACE, f"{self.fields.values()['desk_id'] or ''}")

    def show_who(self, found: Who) -> None:
        """Show who holds the account, and what must be known of them."""
        self._show(found)

    def command(self) -> NewVisit | None:
        """What is asked for; None: something is missing.

        Raises:
            UserError: the account is a restricted record.
        """
        if not self.fields.check():
            self.set_busy(busy=False)
            return None
        values = self.fields.values()
        if self._who is not None and self._who.shut and values["account_id"] is not None:
            raise UserError(self._who.shut, "Log them by their name, without the account.", "account_id")
        return NewVisit(
            values["reason_id"],
            values["kind"],
            values["name"],
            values["account_id"],
            values["person_id"] or None,
            values["desk_id"],
            values["accompanied_by"],
            values.get("appointment_id"),
        )

    def _choose(self) -> None:
        chosen = self.account.value()
        if chosen is None:
            self._show(None)
        elif self._who is None or self._who.account_id != chosen:
            self.account_chosen.emit(chosen)

    def _show(self, found: Who | None) -> None:
        self._who = found
        people = [(name, key) for key, name in found.people] if found is not None and not found.shut else []
        who = self.fields.field("person_id")
        assert isinstance(who, ChoiceField)
        unsaid = [("Not said", None)] if len(people) > 1 else []
        who.offer([*unsaid, *people, ("Somebody else", SOMEBODY)])
        who.set_value(people[0][1] if len(people) == 1 else None if people else SOMEBODY)
        said = ""
        if found is not None:
            said = found.shut or mind(found.cautions)
        restyle(self._mind, role="", tone="bad" if found is not None and is_safety(found.cautions) else "warning")
        self._mind.setText(said)
        self._mind.setVisible(bool(said))


class SeeSheet(Sheet):
    """Whom a safety flag is about is seen by two."""

    def __init__(self, parent: QWidget, found: VisitForm) -> None:
        row = found.row
        note = f"{row.who}: {minding(row.cautions)}. They are seen by two officers, and both names are kept."
        super().__init__(parent, "Before you open the door", primary="We see them", note=note)
        self.row = row
        self.fields = self.form()
        self.fields.add(
            "with_officer_id",
            "&Who is with you",
            ChoiceField([("Choose", None), *((words, key) for key, words in found.officers)]),
        )
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> tuple[int, int | None]:
        """The visit and the second officer."""
        return self.row.visit_id, self.fields.values()["with_officer_id"]


class EndSheet(Sheet):
    """What came of a visit or call: where they were sent, and whether they are called back."""

    def __init__(self, parent: QWidget, found: VisitForm, today: Callable[[], date]) -> None:
        row = found.row
        super().__init__(parent, _title(row), primary="Done", note=f"{row.reason}. {mind(row.cautions)}".strip())
        self.found = found
        self._ids = {title: key for key, title, _ in found.signposts}
        self._texts = {key: text for key, _, text in found.signposts}
        self.fields = fields = self.form()
        fields.add("outcome", "&What came of it", AreaField(_OUTCOME, height=70))
        fields.add("told", "", TickField("They &proved who they are, and were told of the account"))
        fields.add("signposts", "&Sent to", TicksField(list(self._ids), height=132))
        fields.add("handed", "&How", ChoiceField(_HANDED))
        self._read = fields.add_words(fields.field("handed"))
        self._read_at = fields.rowCount() - 1
        fields.add("large", "", TickField("In &large print"))
        fields.add("mobile", "&Mobile number", LineField(_NUMBER))
        fields.add("call_back_on", "&Call back on", DateField(today), "A task is made of it")
        officers = [("Me", None), *((words, key) for key, words in found.officers)]
        fields.add("call_back_officer_id", "&By", ChoiceField(officers))
        fields.fill({"mobile": found.mobile, "large": found.large})
        fields.changed.connect(self._fit)
        self.setMinimumWidth(scaled(_WIDE))
        self._fit()

    @property
    def printed(self) -> tuple[int, ...]:
        """The signposts that a leaflet is printed of; empty: none is."""
        return self._sent() if self.fields.values()["handed"] is Handed.PRINTED else ()

    @property
    def texted(self) -> str:
        """What is texted, as a sentence after another; empty: nothing is."""
        values, count = self.fields.values(), len(self._sent())
        if values["handed"] is not Handed.TEXTED or not count:
            return ""
        what = "A text message goes" if count == 1 else f"{count} text messages go"
        return f" {what} to {values['mobile'].strip()}, with the next that are sent."

    @property
    def large(self) -> bool:
        """Whether the leaflet is in large print."""
        return bool(self.fields.values()["large"])

    def command(self) -> EndVisit | None:
        """What is asked for; None: a field can't be read."""
        if not self.fields.check():
            self.set_busy(busy=False)
            return None
        values = self.fields.values()
        return EndVisit(
            self.found.row.visit_id,
            values["outcome"],
            values["told"],
            tuple(Sent(each, values["handed"]) for each in self._sent()),
            values["call_back_on"],
            values["call_back_officer_id"] if values["call_back_on"] else None,
            values["mobile"] if values["handed"] is Handed.TEXTED else "",
        )

    def _sent(self) -> tuple[int, ...]:
        return tuple(self._ids[title] for title in self.fields.values()["signposts"])

    def _fit(self) -> None:
        values, sent = self.fields.values(), self._sent()
        read = "\n\n".join(self._texts[each] for each in sent) if values["handed"] is Handed.READ else ""
        self._read.setText(read)
        self._read.setVisible(bool(read))
        self.fields.setRowVisible(self._read_at, bool(read))
        for name, shown in (
            ("handed", bool(sent)),
            ("large", bool(sent) and values["handed"] is Handed.PRINTED),
            ("mobile", bool(sent) and values["handed"] is Handed.TEXTED),
            ("call_back_officer_id", values["call_back_on"] is not None),
        ):
            self.fields.setRowVisible(self.fields.labels[name], shown)


def _title(row: VisitRow) -> str:
    return f"{KINDS_OF_VISIT[row.kind]} {row.number}: {row.who}"
