"""The sheets that change one collection by hand, add one, and change when a mandate collects, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.values import CollectionKind, CollectionState, Frequency, Subject
from app.services.direct_debits.schedules.dto import (
    BY_MONTH,
    FREQUENCIES,
    WEEKDAYS,
    AddCollection,
    ChangeCollection,
    ChangeTerms,
    CollectionRow,
    MoveCollection,
    OddRest,
    Schedule,
    ScheduleOf,
    SkipCollection,
    Terms,
    Worked,
    day_words,
)
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.parts import Card, column, label, row, scrolled
from app.views.common.theme import scaled
from app.views.direct_debits.explain import SumPanel, said_of

_WIDE: Final = 600
_SUM_WIDE: Final = 900
_SUM_HIGH: Final = 470
_REASON: Final = 200
SKIP, MOVE, CHANGE = "skip", "move", "change"
_ACTS: Final[list[tuple[str, object]]] = [
    ("Skip it: nothing is collected", SKIP),
    ("Move it to another day", MOVE),
    ("Collect another amount", CHANGE),
]
_RESTS: Final[list[tuple[str, object]]] = [
    ("Spread over the other collections to come", OddRest.SPREAD),
    ("Left: the forecast at the end of the year tells it", OddRest.LEAVE),
]
_NOTE: Final = "The payer needs notice of what changes; until then a run leaves it out."
Wanted = SkipCollection | MoveCollection | ChangeCollection


class CollectionSheet(Sheet):
    """One collection is skipped, moved or changed.

    Args:
        collection_id: the one to begin with.
    """

    def __init__(
        self, parent: QWidget, mandate_id: int, found: ScheduleOf, today: date, collection_id: int = 0
    ) -> None:
        super().__init__(parent, f"A collection of {found.reference}", primary="Keep it", note=_NOTE)
        self.about = (Subject.MANDATE, mandate_id)
        rows = planned(found)
        self._which = ChoiceField([(_named(each), each) for each in rows])
        self._which.set_value(next((each for each in rows if each.collection_id == collection_id), None))
        self._act = ChoiceField(_ACTS)
        fields = self.fields = self.form()
        fields.add("which", "&Collection", self._which)
        fields.add("act", "&What", self._act)
        fields.add("on", "&Day", DateField(lambda: today), "Or the next working day of Bacs")
        fields.add("amount", "&Amount", MoneyField())
        fields.add("rest", "The &rest", ChoiceField(_RESTS), "Where what is collected less, or more, goes")
        fields.add("reason", "W&hy", LineField(_REASON), "Such as: the payer asked for it by telephone")
        self._act.changed.connect(self._follow)
        self._which.changed.connect(self._follow)
        self._follow()
        self.begin_at(self._act if collection_id else self._which)
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> Wanted | None:
        """What is asked for; None while a field can't be taken."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        one: CollectionRow = values["which"]
        which, reason = (one.collection_id, one.version), values["reason"]
        if values["act"] == SKIP:
            return SkipCollection(*which, reason, values["rest"])
        if values["act"] == MOVE:
            return None if values["on"] is None else MoveCollection(*which, values["on"], reason)
        return None if values["amount"] is None else ChangeCollection(*which, values["amount"], reason, values["rest"])

    def _follow(self) -> None:
        """Only what is asked for is shown; what is presented again keeps its amount."""
        one, act = self._which.value(), self._act.value()
        again = one is not None and one.kind is CollectionKind.AGAIN
        offered = [each for each in _ACTS if not (again and each[1] == CHANGE)]
        if self._act.count() != len(offered):
            self._act.offer(offered)
            act = self._act.value()
        self.fields.setRowVisible(self.fields.labels["on"], act == MOVE)
        self.fields.setRowVisible(self.fields.labels["amount"], act == CHANGE)
        self.fields.setRowVisible(self.fields.labels["rest"], act != MOVE)


class AddSheet(Sheet):
    """A collection beside the schedule."""

    def __init__(self, parent: QWidget, mandate_id: int, found: ScheduleOf, today: date) -> None:
        super().__init__(parent, f"Add a collection to {found.reference}", primary="Add it", note=_NOTE)
        self.about = (Subject.MANDATE, mandate_id)
        self._mandate_id = mandate_id
        shared: list[tuple[str, object]] = [("As the schedule is shared", None)]
        whole: list[tuple[str, object]] = [(reference, account_id) for account_id, reference in found.accounts]
        rests = list(reversed(_RESTS))
        fields = self.fields = self.form()
        fields.add("on", "&Day", DateField(lambda: today, required=True), "Or the next working day of Bacs")
        fields.add("amount", "&Amount", MoneyField(required=True))
        fields.add("account_id", "&For", ChoiceField([*shared, *whole] if len(whole) > 1 else whole))
        fields.add("rest", "The &rest", ChoiceField(rests), "Whether the other collections become less by it")
        fields.add("reason", "W&hy", LineField(_REASON), "Such as: the payer asked for it by telephone")
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> AddCollection | None:
        """What is asked for; None while a field can't be taken."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        return AddCollection(
            self._mandate_id, values["on"], values["amount"], values["reason"], values["account_id"], values["rest"]
        )


class SumSheet(Sheet):
    """A form, and beside it the sum as it would be.

    Signals:
        asked: something else is typed: work the sum out by `terms`.
    """

    asked = Signal()

    def __init__(self, parent: QWidget, title: str, *, primary: str, note: str) -> None:
        super().__init__(parent, title, primary=primary, note=note)
        self.sum = SumPanel()
        self._before = label("", "muted", wrap=True)
        fields = QWidget()
        fields.setObjectName("canvas")
        self._fields = column(fields)
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, self.sum, None).setContentsMargins(0, 0, scaled(10), 0)
        card = Card(margins=(14, 12, 4, 12))
        card.column.addWidget(label("Before you save", "heading"))
        card.column.addWidget(self._before)
        scroll = scrolled(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scroll.setAccessibleName("The instalment as it would be")
        card.column.addWidget(scroll, 1)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        halves = row(fields, card, spacing=12)
        halves.setStretch(0, 5)
        halves.setStretch(1, 6)
        self.body.addLayout(halves, 1)
        self.resize(scaled(_SUM_WIDE), scaled(_SUM_HIGH))

    def terms(self) -> ChangeTerms | None:
        """What the sum is to be worked out by; None while it can't be told."""
        raise NotImplementedError

    def show_before(self, schedule: Schedule | None) -> None:
        """Say what is collected until now."""
        said = "Nothing is collected until now."
        if schedule is not None and schedule.count:
            said = f"Until now {schedule.usual} {schedule.terms.words}."
        self._before.setText(said)

    def show_worked(self, found: Worked, accounts: Mapping[int, str]) -> None:
        """Show the sum as it would be."""
        self.sum.show_worked(found, accounts, said_of(found))


class TermsSheet(SumSheet):
    """Another day or frequency, with the new sum before it is saved.

    Args:
        days: of the month that are offered.
    """

    def __init__(self, parent: QWidget, mandate_id: int, found: ScheduleOf, days: Sequence[int], today: date) -> None:
        super().__init__(parent, f"Day and frequency of {found.reference}", primary="Change it", note=_NOTE)
        self.about = (Subject.MANDATE, mandate_id)
        self._mandate_id, self._days = mandate_id, tuple(days)
        self._by_month: bool | None = None
        self._frequency = ChoiceField([(words.capitalize(), each) for each, words in FREQUENCIES.items()])
        self._day = ChoiceField()
        fields = self.fields = self.form()
        self.body.removeItem(fields)
        fields.setParent(None)
        self._fields.addLayout(fields)
        self._fields.addStretch(1)
        fields.add("frequency", "Collecte&d", self._frequency)
        fields.add("day", "&On", self._day)
        fields.add("starts_on", "Not &before", DateField(lambda: today, required=True))
        fields.add("reason", "W&hy", LineField(_REASON), "Such as: the payer is paid on another day")
        terms = found.schedule.terms if found.schedule is not None else None
        self._frequency.set_value(terms.frequency if terms is not None else Frequency.MONTHLY)
        self._offer_days()
        if terms is not None:
            self._day.set_value(terms.day)
        fields.fill({"starts_on": today})
        self.show_before(found.schedule)
        self._frequency.changed.connect(self._offer_days)
        self.typed_changed.connect(self.asked)

    def terms(self) -> ChangeTerms | None:
        """What the sum is to be worked out by; None while the day can't be read."""
        values = self.fields.values()
        if values["starts_on"] is None or values["day"] is None:
            return None
        terms = Terms(values["frequency"], values["day"], values["starts_on"])
        return ChangeTerms(self._mandate_id, terms, values["reason"])

    def command(self) -> ChangeTerms | None:
        """What is asked for; None while a field can't be taken."""
        return self.terms() if self.fields.check() else None

    def _offer_days(self) -> None:
        frequency: Frequency = self._frequency.value()
        by_month = frequency in BY_MONTH
        days = self._days if by_month else tuple(range(len(WEEKDAYS)))
        self._day.offer([(day_words(frequency, each).capitalize(), each) for each in days])
        if by_month is not self._by_month:
            self._by_month = by_month
            self._day.set_value(days[0])


class AgainSheet(SumSheet):
    """The instalment of one mandate worked out again, by the day and frequency that it has."""

    def __init__(self, parent: QWidget, mandate_id: int, found: ScheduleOf) -> None:
        super().__init__(parent, f"Recalculate {found.reference}", primary="Recalculate it", note=_NOTE)
        self.about = (Subject.MANDATE, mandate_id)
        self._mandate_id, self._terms = mandate_id, found.schedule.terms if found.schedule is not None else None
        fields = self.fields = self.form()
        self.body.removeItem(fields)
        fields.setParent(None)
        self._fields.addLayout(fields)
        self._fields.addStretch(1)
        fields.add("reason", "W&hy", LineField(_REASON), "Such as: the rent changed, or the arrears were paid")
        self.show_before(found.schedule)

    def terms(self) -> ChangeTerms | None:
        """What the sum is to be worked out by."""
        return ChangeTerms(self._mandate_id, self._terms, "") if self._terms is not None else None

    def command(self) -> str | None:
        """The reason; None while a field can't be taken."""
        values: dict[str, Any] = self.fields.values()
        return str(values["reason"]) if self.fields.check() else None


def planned(found: ScheduleOf) -> tuple[CollectionRow, ...]:
    """The collections that may be changed."""
    return tuple(each for each in found.collections if each.state is CollectionState.PLANNED)


def _named(each: CollectionRow) -> str:
    return f"{formats.weekday(each.due_on)}: {each.amount}"
