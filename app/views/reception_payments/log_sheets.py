"""The sheets beside the reception log: appointments, incidents, reasons and signposts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import IncidentKind
from app.services.reception_payments.visits.dto import Choices, NewAppointment
from app.services.reception_payments.visits.incidents.dto import KINDS, IncidentRead, NewIncident
from app.services.reception_payments.visits.registers.dto import ReasonRow, SignpostRow
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_count import CountField
from app.views.common.fields_dates import DateField
from app.views.common.fields_pickers import Find, account_picker
from app.views.common.fields_time import TimeField
from app.views.common.parts import label
from app.views.common.theme import scaled

_NAME, _NOTE, _WORDS, _REFERENCE, _TELEPHONE, _LINK, _TITLE = 120, 400, 8_000, 40, 60, 200, 80
_SIGNPOST, _WIDE, _MINUTES = 1_000, 600, 20
_READ_BY: Final = (
    "It is sealed: you can read it, and so can whoever may open restricted records. The team leader is told."
)


_WAYS: Final = (
    ("Not now", None),
    ("By letter", "appointment"),
    ("By e-mail", "email_appointment"),
    ("By text", "text_appointment"),
)
"""How somebody is told of their appointment: the template that does it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of an appointment; `template` is that of the letter, the e-mail or the text message."""

    account_id: int
    at: datetime
    place: str
    about: str
    template: str = "appointment"


class BookSheet(Sheet):
    """An appointment.

    Args:
        writes: the officer may write to people.
    """

    def __init__(
        self, parent: QWidget, choices: Choices, find: Find, today: Callable[[], date], *, writes: bool = False
    ) -> None:
        note = "An officer who is named is booked once at a time."
        super().__init__(parent, "New appointment", primary="Book it", note=note)
        self.fields = fields = self.form()
        fields.add_beside(("on", "&Day", DateField(today, required=True)), ("at", "&at", TimeField(required=True)))
        fields.add("minutes", "&Minutes", CountField("minutes", required=True))
        fields.add("reason_id", "&Reason", ChoiceField([(words, key) for key, words in choices.reasons]))
        fields.add("account_id", "A&ccount", account_picker(find, required=False))
        fields.add("name", "&Name", LineField(_NAME, placeholder="As they give it"))
        officers = [("Anybody", None), *((words, key) for key, words in choices.officers)]
        fields.add("with_officer_id", "&With", ChoiceField(officers))
        fields.add("desk_id", "D&esk", ChoiceField([("None", None), *((words, key) for key, words in choices.desks)]))
        fields.add("note", "N&ote", LineField(_NOTE))
        fields.add("tells", "&Tell them", ChoiceField(_WAYS), "The letter or message opens filled in")
        self._choices, self._writes = choices, writes
        fields.fill({"on": today(), "minutes": _MINUTES})
        fields.changed.connect(self._fit)
        self._fit()
        self.setMinimumWidth(scaled(_WIDE))

    @property
    def told(self) -> Told | None:
        """What is to be told of it, and to whom; None: nothing now."""
        values = self.fields.values()
        if not values["tells"] or values["account_id"] is None or not self._writes:
            return None
        desks, reasons = (dict(found) for found in (self._choices.desks, self._choices.reasons))
        at, about = _moment(values["on"], values["at"]), reasons[values["reason_id"]]
        return Told(values["account_id"], at, desks.get(values["desk_id"], ""), about, values["tells"])

    def _fit(self) -> None:
        known = self.fields.values()["account_id"] is not None
        self.fields.setRowVisible(self.fields.labels["tells"], known and self._writes)

    def command(self) -> NewAppointment | None:
        """What is asked for; None: a field can't be read."""
        if not self.fields.check():
            self.set_busy(busy=False)
            return None
        values = self.fields.values()
        return NewAppointment(
            _moment(values["on"], values["at"]),
            values["minutes"],
            values["reason_id"],
            values["name"],
            values["account_id"],
            None,
            values["desk_id"],
            values["with_officer_id"],
            values["note"],
        )


class IncidentSheet(Sheet):
    """What happened at a desk.

    Args:
        visit: id and words of the visit that it is about; None: of none.
    """

    def __init__(
        self,
        parent: QWidget,
        choices: Choices,
        now: Callable[[], datetime],
        visit: tuple[int, str] | None = None,
    ) -> None:
        about = f"About {visit[1]}. " if visit else ""
        super().__init__(parent, "Report an incident", primary="Report it", note=f"{about}{_READ_BY}")
        self._visit_id = visit[0] if visit else None
        local = now().astimezone()
        self.fields = fields = self.form()
        fields.add("kind", "&What", ChoiceField([(words, kind) for kind, words in KINDS.items()]))
        day = DateField(local.date, required=True)
        fields.add_beside(("happened_on", "&Day", day), ("at", "&at", TimeField(required=True)))
        fields.add("desk_id", "D&esk", ChoiceField([("None", None), *((words, key) for key, words in choices.desks)]))
        fields.add("words", "What &happened", AreaField(_WORDS, height=150), across=True)
        fields.add("police_reference", "&Police reference", LineField(_REFERENCE))
        fields.fill({"happened_on": local.date(), "at": local.time()})
        at = fields.field("at")
        assert isinstance(at, TimeField)
        at.setText(f"{local:%H:%M}")
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> NewIncident | None:
        """What is asked for; None: a field can't be read."""
        if not self.fields.check():
            self.set_busy(busy=False)
            return None
        values = self.fields.values()
        kind: IncidentKind = values["kind"]
        at = _moment(values["happened_on"], values["at"])
        return NewIncident(kind, at, values["words"], self._visit_id, values["desk_id"], values["police_reference"])


class ReadSheet(Sheet):
    """What was written of an incident."""

    def __init__(self, parent: QWidget, found: IncidentRead) -> None:
        row = found.row
        title = f"Incident {row.number}: {KINDS[row.kind]}"
        note = f"{formats.moment(row.happened_at)}, {row.desk or 'no desk'}. Reported by {row.reported_by}."
        super().__init__(parent, title, close="Close", note=note)
        self.words = AreaField(_WORDS, height=220)
        self.words.setPlainText(found.words)
        self.words.setReadOnly(True)
        self.words.setAccessibleName("What happened")
        self.body.addWidget(self.words, 1)
        if row.police_reference:
            self.body.addWidget(label(f"Police reference {row.police_reference}", "muted"))
        self.begin_at(self.words)
        self.setMinimumWidth(scaled(_WIDE))

    def written(self) -> list[str]:
        """Nothing is written here: no draft is kept of it."""
        return []


class ReasonSheet(Sheet):
    """Why people come, as a form."""

    def __init__(self, parent: QWidget, shown: ReasonRow | None) -> None:
        super().__init__(parent, f"Reason: {shown.name}" if shown else "New reason", primary="Save")
        self._shown = shown
        self.fields = fields = self.form()
        fields.add("name", "&Name", LineField(_TITLE))
        fields.add("place", "&Place", CountField("places", least=0), "The smallest number stands first in the list")
        if shown is not None:
            fields.add("active", "Use", TickField("&In use"))
            fields.fill({"name": shown.name, "place": shown.place, "active": shown.active})
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> ReasonRow:
        """What the fields say."""
        values, shown = self.fields.values(), self._shown
        return ReasonRow(
            shown.reason_id if shown else 0,
            values["name"],
            values["place"] or 0,
            bool(values.get("active", True)),
            version=shown.version if shown else 0,
        )


class SignpostSheet(Sheet):
    """Where people are sent, as a form."""

    def __init__(self, parent: QWidget, shown: SignpostRow | None, today: Callable[[], date]) -> None:
        note = "Look the number and the page up before officers rely on them, and say on which day you did."
        super().__init__(parent, f"Signpost: {shown.title}" if shown else "New signpost", primary="Save", note=note)
        self._shown = shown
        self.fields = fields = self.form()
        fields.add("title", "&For", LineField(_TITLE, placeholder="Such as Debt and money advice"))
        fields.add("words", "&Where to turn", AreaField(_SIGNPOST, height=90), "As it is read out, printed or texted")
        fields.add("telephone", "&Telephone", LineField(_TELEPHONE))
        fields.add("link", "&Page", LineField(_LINK))
        fields.add("verified_on", "&Looked up on", DateField(today))
        fields.add("place", "Place in l&ist", CountField("places", least=0))
        self.setMinimumWidth(scaled(_WIDE))
        names = ("title", "words", "telephone", "link", "verified_on", "place")
        if shown is not None:
            fields.add("active", "Use", TickField("In &use"))
            fields.fill({name: getattr(shown, name) for name in (*names, "active")})

    def command(self) -> SignpostRow | None:
        """What the fields say; None: one can't be read."""
        if not self.fields.check():
            self.set_busy(busy=False)
            return None
        values, shown = self.fields.values(), self._shown
        return SignpostRow(
            shown.signpost_id if shown else 0,
            values["title"],
            values["words"],
            values["telephone"],
            values["link"],
            values["verified_on"],
            values["place"] or 0,
            bool(values.get("active", True)),
            shown.version if shown else 0,
        )


def _moment(day: date, at: time) -> datetime:
    """A time of a day, in the office's own time."""
    return datetime.combine(day, at).astimezone()
