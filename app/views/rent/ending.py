"""The sheets by which a tenancy is ended, and by which an ending is taken back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import EndingState, EndReason, VoidReason
from app.services.tenancies.endings.dto import REASONS, Carry, EndingForm, Finish, NoteEnding, TakeBack
from app.services.tenancies.voids.dto import REASONS as VOIDS
from app.views.common import formats
from app.views.common.effects import WorkSheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.forms import Form
from app.views.common.parts import label

_NOON: Final = time(12)
_HOUR: Final = re.compile(r"(\d{1,2})[:.]?(\d\d)?\s*(am|pm)?", re.IGNORECASE)
_NOTICED: Final = frozenset({EndReason.TENANT_NOTICE, EndReason.DEATH, EndReason.NOTICE_TO_QUIT})
_TRUSTEE: Final = frozenset({EndReason.DEATH, EndReason.NOTICE_TO_QUIT})
_CARRY: Final = (
    ("End with the tenancy", Carry.END),
    ("Go on for what is left", Carry.KEEP),
)


class HourField(LineField):
    """An hour of the day, typed `9`, `9:30`, `0930` or `2 pm`; noon where nothing is typed."""

    def __init__(self) -> None:
        super().__init__(8, placeholder="12:00, if you don't know")

    def value(self) -> Any:
        """The hour."""
        return read_hour(self.text()) or _NOON

    def set_value(self, value: Any) -> None:
        """Show an hour; noon is left empty."""
        super().set_value("" if value in {None, _NOON} else f"{value:%H:%M}")

    def problem(self) -> str:
        """Why it is no hour."""
        if not self.text().strip() or read_hour(self.text()) is not None:
            return ""
        return "Type an hour, such as 9:30 or 14:00."


class EndingSheet(WorkSheet):
    """What is known of an ending; what saving it does is told beside it.

    Args:
        form: what is noted so far.
        today: gives the day at the office.
    """

    def __init__(self, parent: QWidget, form: EndingForm, today: Callable[[], date]) -> None:
        charged = f". Charged to {formats.day(form.charged_to)}" if form.charged_to else ""
        note = f"Account {form.reference}, {form.name}, {form.address}{charged}"
        super().__init__(parent, "End the tenancy", save="Save", note=note, width=1060)
        self._shown = form
        self._garages = {f"garage_{each.tenancy_id}": each for each in form.garages}
        fields = self.fields = self.form()
        steps = [("Keep the notice; finish the ending later", False), ("End the tenancy and close the account", True)]
        fields.add("now", "&Do now", ChoiceField(steps))
        self._add_days(fields, today)
        self._add_people(fields)
        self._add_closing(fields)
        fields.fill(self._values(form))
        fields.changed.connect(self._allow)
        self._allow()

    @property
    def account_id(self) -> int:
        """The rent account."""
        return self._shown.account_id

    @property
    def is_new(self) -> bool:
        """Nothing of an ending is noted yet."""
        return self._shown.state is None

    def begin_with(self, known: Mapping[str, object]) -> None:
        """Begin with what is known, by field."""
        self.fields.fill(known)
        self._allow()

    def command(self) -> NoteEnding | None:
        """What is to be done; None while no day can be told."""
        values = self.fields.values()
        if values["notice_on"] is None and values["agreed_on"] is None:
            return None
        reason = values["reason"]
        return NoteEnding(
            tenancy_id=self._shown.noted.tenancy_id,
            reason=reason,
            notice_on=values["notice_on"] if reason in _NOTICED else None,
            agreed_on=values["agreed_on"],
            keys_on=values["keys_on"],
            keys_at=values["keys_at"],
            waive_late=values["waive_late"],
            excused=values["excused"],
            left_on=values["left_on"],
            public_trustee=values["public_trustee"] and reason in _TRUSTEE,
            forwarding_address=values["forwarding_address"],
            contact_name=values["contact_name"],
            contact_details=values["contact_details"],
            garages=tuple(garage.tenancy_id for key, garage in self._garages.items() if values[key]),
            letter=values["letter"] and reason is EndReason.TENANT_NOTICE and not values["now"],
            finish=self._finish(values) if values["now"] else None,
            ending_id=self._shown.noted.ending_id,
            version=self._shown.noted.version,
        )

    def _finish(self, values: dict[str, Any]) -> Finish:
        return Finish(
            void=values["void"],
            arrangements=values["arrangements"],
            finding=values["finding"],
            statement=values["statement"],
        )

    def _add_days(self, fields: Form, today: Callable[[], date]) -> None:
        fields.add("reason", "&Reason", ChoiceField([(words, reason) for reason, words in REASONS.items()]))
        fields.add("notice_on", "&Notice came on", DateField(today), "Or was served, or the family told us")
        fields.add("letter", "Confirm it", TickField("Confirm the notice &by letter"))
        fields.add("agreed_on", "&Last day", DateField(today), "Empty: worked out from the notice")
        fields.add("public_trustee", "Public Trustee", TickField("Nobody deals with the estate: &Public Trustee"))
        fields.add("keys_on", "&Keys back on", DateField(today))
        fields.add("keys_at", "&At", HourField())
        fields.add("waive_late", "Late keys", TickField("Late keys c&ost nothing"))
        fields.add("excused", "&Why", LineField(400), "For a short notice, late keys at no cost, or no keys at all")
        fields.add("left_on", "Lived there &until", DateField(today), "Where benefit should stop before the last day")

    def _add_people(self, fields: Form) -> None:
        for key, garage in self._garages.items():
            fields.add(key, garage.address, TickField(f"{garage.address} ends too"))
        fields.add("forwarding_address", "&Forwarding address", AreaField(400, height=66))
        fields.add("contact_name", "Ne&xt of kin, executor", LineField(200))
        fields.add("contact_details", "&How to reach them", LineField(400))

    def _add_closing(self, fields: Form) -> None:
        fields.addRow(label("When the account is closed", "strong"))
        voids: list[tuple[str, object]] = [(words, reason) for reason, words in VOIDS.items()]
        fields.add("void", "The &void is", ChoiceField([*voids, ("There is none: somebody moves in at once", None)]))
        fields.add("arrangements", "Arran&gements", ChoiceField(_CARRY))
        fields.add(
            "finding", "Benefit &checked", AreaField(1_000, height=52, placeholder="What you add to the finding")
        )
        fields.add("statement", "Closing statement", TickField("Make the closing &statement and its letter"))

    def _values(self, form: EndingForm) -> dict[str, Any]:
        noted = form.noted
        same = ("reason", "notice_on", "agreed_on", "keys_on", "keys_at", "waive_late", "excused", "left_on")
        people = ("public_trustee", "forwarding_address", "contact_name", "contact_details")
        kept = {name: getattr(noted, name) for name in (*same, *people)}
        garages = {key: each.tenancy_id in noted.garages for key, each in self._garages.items()}
        ready = form.state is EndingState.NOTICE and noted.keys_on is not None
        return (
            kept
            | garages
            | {
                "letter": form.state is None,
                "now": ready,
                "void": VoidReason.TO_LET,
                "arrangements": Carry.END,
                "statement": True,
            }
        )

    def _allow(self) -> None:
        """What doesn't matter for the reason and the step can't be typed into; the button says what it does."""
        values = self.fields.values()
        reason, now = values["reason"], bool(values["now"])
        for name, matters in (
            ("notice_on", reason in _NOTICED),
            ("letter", reason is EndReason.TENANT_NOTICE and not now),
            ("public_trustee", reason in _TRUSTEE),
            ("keys_at", values["keys_on"] is not None),
            ("waive_late", values["keys_on"] is not None),
            *((name, now) for name in ("void", "arrangements", "finding", "statement")),
        ):
            self.fields.field(name).setEnabled(matters)
        if self.primary is not None:
            self.primary.setText(f"{'End the tenancy' if now else 'Keep the notice'}  Ctrl+S")


class TakeBackSheet(WorkSheet):
    """Why a notice is withdrawn or an ending reversed; what that does is told beside it."""

    def __init__(self, parent: QWidget, form: EndingForm, ends_on: date) -> None:
        self.noted = form.noted
        ended = form.state is EndingState.ENDED
        title = "Reverse the ending" if ended else "Withdraw the notice"
        said = "ended on" if ended else "is to end on"
        note = f"The tenancy {form.tenancy_ref} of {form.address} {said} {formats.day(ends_on)}"
        super().__init__(parent, title, save=title, note=note, width=860)
        self.fields = self.form()
        self.fields.add(
            "reason",
            "&Why",
            LineField(400, placeholder="Such as: notice withdrawn by letter"),
            "It stays on the history",
        )

    def command(self) -> TakeBack:
        """What is to be done."""
        reason = self.fields.values()["reason"]
        return TakeBack(self.noted.ending_id, self.noted.version, reason)


def read_hour(text: str) -> time | None:
    """The hour that is meant; None where it is none."""
    found = _HOUR.fullmatch(text.strip().replace(" ", ""))
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
