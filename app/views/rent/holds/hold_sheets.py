"""The sheets by which a hold is placed, and by which one is changed or released."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtWidgets import QWidget

from app.models.values import Stop
from app.services.holds.dto import KINDS, STOPS, ChangeHold, HoldForm, HoldRow, PlaceHold, ReleaseHold
from app.services.holds.rules import USUAL, is_case
from app.views.common import formats
from app.views.common.effects import WorkSheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.ticks import TickList

_LONGEST = 400
_STOPS = [(words, stop) for stop, words in STOPS.items()]


class HoldSheet(WorkSheet):
    """Why an account is held, what is stopped, and until when.

    Args:
        today: gives the day at the office.
    """

    def __init__(self, parent: QWidget, form: HoldForm, today: Callable[[], date]) -> None:
        note = f"Account {form.reference}, {form.name}"
        super().__init__(parent, "Place a hold", save="Place the hold", note=note)
        self._account_id = form.account_id
        fields = self.fields = self.form()
        kinds: list[tuple[str, object]] = [(words, kind) for kind, words in KINDS.items() if not is_case(kind)]
        self._kind = ChoiceField(kinds)
        fields.add("kind", "&Why", self._kind, "Breathing space and insolvency have a sheet of their own")
        fields.add("reason", "&Reason", LineField(_LONGEST, placeholder="Such as: disputes the heating charge"))
        self._stops = TickList(_STOPS)
        fields.add("stops", "Sto&ps", self._stops)
        fields.add("from_on", "&From", DateField(today, required=True))
        fields.add("to_on", "&Last day", DateField(today), "Empty: until it is released")
        fields.add("review_on", "Look at it &by", DateField(today))
        fields.fill({"from_on": today()})
        self._kind.changed.connect(self._show_usual)
        self._show_usual()

    def command(self) -> PlaceHold | None:
        """What is to be done; None while it has no first day."""
        values = self.fields.values()
        if values["from_on"] is None:
            return None
        return PlaceHold(
            account_id=self._account_id,
            kind=values["kind"],
            reason=values["reason"],
            from_on=values["from_on"],
            to_on=values["to_on"],
            stops=read_stops(values["stops"]),
            review_on=values["review_on"],
        )

    def _show_usual(self) -> None:
        """What a hold of the chosen kind usually stops is ticked."""
        self._stops.set_value(USUAL[self._kind.value()])


class StandingSheet(WorkSheet):
    """A hold that stands: changed, or released from today.

    Args:
        today: gives the day at the office.
        hold_id: the one to begin with; None: the first.
    """

    def __init__(self, parent: QWidget, form: HoldForm, today: Callable[[], date], hold_id: int | None = None) -> None:
        note = f"Account {form.reference}, {form.name}"
        super().__init__(parent, "Change or release a hold", save="Save", note=note)
        self._rows = {row.hold_id: row for row in form.standing}
        fields = self.fields = self.form()
        self._which = ChoiceField([(_named(row), row.hold_id) for row in form.standing])
        fields.add("hold_id", "&Hold", self._which)
        self._release = ChoiceField([("Release it from today", True), ("Change it", False)])
        fields.add("release", "&Do", self._release)
        fields.add("released", "&Why now", LineField(_LONGEST, placeholder="Such as: the dispute is settled"))
        fields.add("reason", "&Reason", LineField(_LONGEST))
        fields.add("stops", "Sto&ps", TickList(_STOPS))
        fields.add("to_on", "&Last day", DateField(today), "Empty: until it is released")
        fields.add("review_on", "Look at it &by", DateField(today))
        if hold_id is not None:
            self._which.set_value(hold_id)
        self._which.changed.connect(self._show_hold)
        self._release.changed.connect(self._allow)
        self._show_hold()
        self._allow()

    @property
    def row(self) -> HoldRow:
        """The hold that is chosen."""
        return self._rows[self._which.value()]

    def command(self) -> ChangeHold | ReleaseHold:
        """What is to be done."""
        values = self.fields.values()
        if values["release"]:
            return ReleaseHold(self.row.hold_id, values["released"])
        return ChangeHold(
            hold_id=self.row.hold_id,
            version=self.row.version,
            reason=values["reason"],
            to_on=values["to_on"],
            stops=read_stops(values["stops"]),
            review_on=values["review_on"],
        )

    def _show_hold(self) -> None:
        row = self.row
        shown = {"reason": row.reason, "stops": row.stops, "to_on": row.to_on, "review_on": row.review_on}
        self.fields.fill(shown)

    def _allow(self) -> None:
        """Only what is asked for by what is done can be typed."""
        release = self._release.value()
        self.fields.field("released").setEnabled(release)
        for name in ("reason", "stops", "to_on", "review_on"):
            self.fields.field(name).setEnabled(not release)


def read_stops(ticked: Iterable[str]) -> frozenset[Stop]:
    """What is ticked, as the words that they are: a list in a window hands back plain text."""
    return frozenset(Stop(each) for each in ticked)


def _named(row: HoldRow) -> str:
    what = f"{KINDS[row.kind]} {row.case}".strip()
    return f"{what}, {f'until {formats.day(row.to_on)}' if row.to_on else f'since {formats.day(row.from_on)}'}"
