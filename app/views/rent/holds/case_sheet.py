"""The sheet by which a breathing space or insolvency case is entered, with the search for other debts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import HoldKind
from app.services.holds.cases.dto import CaseForm, FoundDebt, OpenCase, SearchDebts
from app.services.holds.dto import KINDS, STOPS
from app.services.holds.rules import USUAL, is_case
from app.services.rent.rules import KIND_WORDS
from app.views.common import formats
from app.views.common.effects import WorkSheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.parts import label
from app.views.common.ticks import TickList
from app.views.rent.holds.hold_sheets import read_stops

_DAY = timedelta(days=1)


class CaseSheet(WorkSheet):
    """Who is protected, from when until when, and the debts in the case.

    Args:
        today: gives the day at the office.

    Signals:
        search_wanted(SearchDebts): somebody else is ticked, or the day of the application changed: search again.
    """

    search_wanted = Signal(object)

    def __init__(self, parent: QWidget, form: CaseForm, today: Callable[[], date]) -> None:
        note = f"Account {form.reference}, {form.name}"
        super().__init__(parent, "Breathing space or insolvency case", save="Enter the case", note=note, width=1100)
        self._account_id = form.account_id
        self._today = today
        self._asked: SearchDebts | None = None
        self._found: tuple[FoundDebt, ...] = ()
        fields = self.fields = self.form()
        self._add_case(form)
        self._add_days()
        fields.addRow(label("The debts", "strong"))
        self._named = TickList(most=5)
        fields.add("debts", "In the &notice", self._named, "What each owed at the end of the day of the application")
        self._others = TickList(most=5)
        fields.add("found", "Found by &us", self._others, "Owed too, and not in the notice: the adviser is told of it")
        self._others_row = fields.rowCount() - 1
        fields.add("searched", "Search", TickField("All their accounts were looked &through for other debts"))
        self._stops = TickList([(words, stop) for stop, words in STOPS.items()], most=6)
        fields.add("stops", "St&ops", self._stops)
        fields.add("note", "Not&e", AreaField(4_000, height=52))
        only = [form.people[0].person_id] if len(form.people) == 1 else []
        fields.setRowVisible(self._others_row, False)
        fields.fill({"people": only, "notified_on": today(), "applied_on": today(), "start_on": today() + _DAY})
        self._join()
        self._show_kind()

    @property
    def wanted(self) -> SearchDebts | None:
        """What the search is asked; None while nobody is ticked or there is no day."""
        values = self.fields.values()
        if not values["people"] or values["applied_on"] is None:
            return None
        return SearchDebts(tuple(sorted(values["people"])), values["applied_on"])

    def begin_with(self, known: Mapping[str, object]) -> None:
        """Begin with what is known, by field."""
        self.fields.fill(known)
        self._show_kind()

    @property
    def wanting(self) -> str:
        """What is said at the right while nobody is ticked, or a day is missing."""
        if not self.fields.values()["people"]:
            return "Tick whom it protects: what they owed is looked for, and this says what the case does."
        return "Fill in the days, and this says what the case does and until when."

    def search(self) -> None:
        """Ask for the search, if it is another than the one shown."""
        wanted = self.wanted
        if wanted is not None and wanted != self._asked:
            self._asked = wanted
            self.search_wanted.emit(wanted)

    def show_found(self, found: Sequence[FoundDebt]) -> None:
        """Offer the accounts that the search found; the one that is open is in the notice, if anything was owed on it."""
        first = not self._found
        self._found = tuple(found)
        self._named.offer([(_debt(each), each.account_id) for each in found])
        if first:
            self._named.set_value(
                [each.account_id for each in found if each.account_id == self._account_id and _owes(each)]
            )
        self._offer_others()
        self.typed_changed.emit()

    def command(self) -> OpenCase | None:
        """What is to be done; None while a day is missing or nothing has been found yet."""
        values = self.fields.values()
        if not self._found or None in (values["applied_on"], values["notified_on"], values["start_on"]):
            return None
        kind = values["kind"]
        return OpenCase(
            kind=kind,
            reference=values["reference"],
            person_ids=tuple(sorted(values["people"])),
            applied_on=values["applied_on"],
            notified_on=values["notified_on"],
            start_on=values["start_on"],
            named=tuple(sorted(values["debts"])),
            found=tuple(sorted(values["found"] - values["debts"])),
            end_on=values["end_on"],
            crisis=kind is HoldKind.BREATHING_SPACE and values["crisis"],
            adviser=values["adviser"],
            note=values["note"],
            stops=read_stops(values["stops"]),
            searched=values["searched"],
        )

    def _add_case(self, form: CaseForm) -> None:
        kinds: list[tuple[str, object]] = [(words, kind) for kind, words in KINDS.items() if is_case(kind)]
        self._kind = ChoiceField(kinds)
        self.fields.add("kind", "&Kind", self._kind)
        self._crisis = TickField("For mental-health &crisis treatment")
        self.fields.add("crisis", "Crisis", self._crisis)
        self.fields.add("reference", "&Reference", LineField(60, placeholder="As it stands on the notice"))
        self._people = TickList([(each.name, each.person_id) for each in form.people], most=4)
        self.fields.add("people", "&Protects", self._people)
        self.fields.add("adviser", "Ad&viser or trustee", LineField(200, placeholder="Name, and how to reach them"))

    def _add_days(self) -> None:
        self._applied = DateField(self._today, required=True)
        self.fields.add("applied_on", "&Applied for on", self._applied, "Or the day of the order")
        self.fields.add("notified_on", "&We were told on", DateField(self._today, required=True))
        self.fields.add("start_on", "&Starts on", DateField(self._today, required=True))
        self.fields.add("end_on", "&Last day", DateField(self._today), "Empty: worked out by the law, where it says")

    def _join(self) -> None:
        self._kind.changed.connect(self._show_kind)
        self._people.changed.connect(self.search)
        self._applied.changed.connect(self.search)
        self._named.changed.connect(self._offer_others)

    def _show_kind(self) -> None:
        """What a case of the chosen kind usually stops is ticked."""
        kind = self._kind.value()
        self._stops.set_value(USUAL[kind])
        self._crisis.setEnabled(kind is HoldKind.BREATHING_SPACE)

    def _offer_others(self) -> None:
        """What the notice doesn't name, with something owed, may have been found by us."""
        named = self._named.value()
        rest = [each for each in self._found if each.account_id not in named and _owes(each)]
        self._others.offer([(_debt(each), each.account_id) for each in rest])
        self.fields.setRowVisible(self._others_row, bool(rest))


def _owes(each: FoundDebt) -> bool:
    return each.owed.pence > 0


def _debt(each: FoundDebt) -> str:
    """An account as it is offered: `£250.00 DR   Rent account 70000062, 4 Sample Close`."""
    owed = each.owed.dr_cr() if _owes(each) else f"Nothing owed ({each.owed.dr_cr()})"
    ended = f", ended {formats.day(each.ended_on)}" if each.ended_on else ""
    other = f", in case {each.elsewhere}" if each.elsewhere else ""
    return f"{owed}   {KIND_WORDS[each.kind]} {each.reference}, {each.tenancy}{ended}{other}"
