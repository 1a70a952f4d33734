"""The sheet of a charge that was wrong for some time: what it should have been, and every week worked out beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.services.adjustments.recalculating.dto import (
    Proposal,
    Rate,
    Recalculation,
    RecalculationForm,
    WeekWorked,
)
from app.services.adjustments.recalculating.rules import is_vat
from app.services.charges.elements.dto import ElementRow
from app.views.common import formats
from app.views.common.columns import Column, ListModel, money_column, row_height
from app.views.common.data_table import DataTable
from app.views.common.entry_grid import EntryGrid
from app.views.common.entry_model import EntryColumn
from app.views.common.evidence import EvidencedSheet
from app.views.common.fields import AreaField, ChoiceField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find, Picked, account_picker
from app.views.common.parts import label
from app.views.common.theme import scaled

_NOTE: Final = 4_000
_RATES: Final = 3
_WEEKS: Final = 4
_RECORDED: Final = 4
_STEPS: Final = 4
_EMPTY: Final = "Every week that was charged stands here once it is worked out."


def _put_right(row: WeekWorked) -> str:
    return row.put_right.dr_cr() if row.put_right else ""


def _to_post(row: WeekWorked) -> str:
    return row.difference.dr_cr() if row.difference else "right"


def _tone(row: WeekWorked) -> str:
    return "good" if row.difference.pence < 0 else "" if row.difference else "muted"


def _week(row: WeekWorked) -> str:
    return f"{formats.day(row.week)}, VAT" if is_vat(row.code) else formats.day(row.week)


WEEKS: tuple[Column[WeekWorked], ...] = (
    Column("week", "Week from", lambda row: row.week, 96, shown=_week, firm=True),
    money_column("should", "Due", lambda row: row.should, 70),
    money_column("charged", "Charged", lambda row: row.charged, 74),
    Column("put_right", "Put right", lambda row: row.put_right, 80, shown=_put_right, right=True, least=400),
    Column("difference", "To post", lambda row: row.difference, 84, shown=_to_post, tone=_tone, right=True, firm=True),
    Column("working", "How it is due", lambda row: row.steps[0].removeprefix("Due: "), 220, spare=True),
)


class RecalculationSheet(EvidencedSheet):
    """A charge was wrong from one day to another.

    Args:
        find: looks for accounts.
        today: gives the day at the office.

    Signals:
        account_wanted(int): this account is chosen; `show_form` is to follow.
    """

    account_wanted = Signal(int)

    def __init__(self, parent: QWidget, find: Find, today: Callable[[], date]) -> None:
        note = "Every week is worked out anew, held against what was charged, and put right on its own date."
        super().__init__(parent, "A charge was wrong", save="Put it right", note=note, width=1140)
        self._key = f"recalculation:{uuid4().hex}"
        self._shown: RecalculationForm | None = None
        self._offered: int | None = None
        self._again: Mapping[str, Any] = {}
        self._account = account_picker(find)
        self._code = ChoiceField()
        self._rates = EntryGrid(
            "What it should have been",
            (
                EntryColumn("from_on", "From", lambda: DateField(today, required=True), 150),
                EntryColumn("weekly", "A week", lambda: MoneyField(credits_too=True, required=True), 110, right=True),
            ),
            one="amount",
        )
        self._rates.table.setFixedHeight(row_height() * (_RATES + 1) + scaled(10))
        self._add_fields(today)
        self.weeks: ListModel[WeekWorked] = ListModel(WEEKS)
        self.table = DataTable("Weeks worked out", self.weeks, stretch="week", empty=_EMPTY)
        self.table.setMinimumHeight(row_height() * _WEEKS)
        self._working = label("", "muted", wrap=True)
        self._working.setMinimumHeight(self.fontMetrics().lineSpacing() * _STEPS)
        self._working.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.effects.column.addWidget(self.table, 1)
        self.effects.column.addWidget(self._working)
        self.table.chosen.connect(self._show_working)
        self._account.changed.connect(self._ask_account)
        self._code.changed.connect(self._show_recorded)

    def _add_fields(self, today: Callable[[], date]) -> None:
        fields = self.fields
        fields.add("account_id", "&Account", self._account)
        fields.add("code", "&Charge", self._code)
        self._recorded = fields.add_words(self._code)
        hint = "With VAT, from each day on; a line for every change"
        fields.add("rates", "&Should have been", self._rates, hint)
        fields.add("to_on", "&Last day", DateField(today, required=True), "The last day that was charged wrongly")
        fields.add("reason", "&Reason", ChoiceField())
        fields.add("note", "&Note", AreaField(_NOTE, height=56), "For whoever approves it")
        self.add_evidence()

    def retype(self, typed: Mapping[str, Any]) -> None:
        """Put a draft back; its charge and reason follow once those of its account are offered."""
        super().retype(typed)
        self._again = typed

    def show_account(self, picked: Picked) -> None:
        """Begin with an account whose form is shown next."""
        self._offered = picked.id
        self._account.set_value(picked)
        self._code.setFocus()

    def show_form(self, form: RecalculationForm) -> None:
        """Offer the charges of the account that is chosen."""
        self._shown = form
        self._code.offer([(each.what, each.code) for each in form.codes])
        reason, last = self.fields.field("reason"), self.fields.field("to_on")
        assert isinstance(reason, ChoiceField)
        assert isinstance(last, DateField)
        reason.offer([(each.title, each.key) for each in form.reasons])
        if last.value() is None and form.charged_to is not None:
            last.set_value(form.charged_to)
        for name, field in (("code", self._code), ("reason", reason)):
            if name in self._again:
                field.retype(self._again[name])
        self._show_recorded()
        self.typed_changed.emit()

    def show_proposal(self, found: Proposal) -> None:
        """Show every week, and what putting it right does."""
        self.weeks.show_rows(found.weeks)
        self.effects.show_effects(found.effects)
        differing = (at for at, each in enumerate(found.weeks) if each.difference)
        self.table.go_to(next(differing, 0))

    def show_nothing(self, words: str, *, wrong: bool = False) -> None:
        """Show why no week is worked out."""
        self.weeks.show_rows(())
        self.effects.say(words, wrong=wrong)

    def command(self) -> Recalculation | None:
        """What is asked for; None while the account, an amount or a day is missing."""
        values = self.fields.values()
        rows = values["rates"]
        typed = all(row["from_on"] is not None and row["weekly"] is not None for row in rows)
        if self._shown is None or self._shown.account_id != values["account_id"]:
            return None
        if not rows or not typed or values["to_on"] is None or values["code"] is None:
            return None
        return Recalculation(
            account_id=self._shown.account_id,
            code=values["code"],
            rates=tuple(Rate(row["from_on"], row["weekly"]) for row in rows),
            to_on=values["to_on"],
            reason=values["reason"] or "",
            note=values["note"],
            entry_key=self._key,
        )

    def _show_working(self, row: WeekWorked | None) -> None:
        """How the week that is chosen is worked out."""
        name = f"{row.name[:1].upper()}{row.name[1:]}" if row else ""
        self._working.setText("\n".join((name, *row.steps)) if row else "")

    def _ask_account(self) -> None:
        chosen = self._account.value()
        if chosen is not None and chosen != self._offered:
            self._offered = chosen
            self.account_wanted.emit(chosen)

    def _show_recorded(self) -> None:
        """What is recorded of the charge that is chosen."""
        code = self._code.value()
        rows = [row for row in self._shown.rows if row.code == code] if self._shown else []
        self._recorded.setText(_recorded(rows))


def _recorded(rows: Sequence[ElementRow]) -> str:
    if not rows:
        return "Nothing is recorded of it."
    told = [
        f"{row.weekly} from {formats.day(row.from_on)}{f' to {formats.day(row.to_on)}' if row.to_on else ''}"
        for row in rows[:_RECORDED]
    ]
    return f"Recorded: {'; '.join(told)}{' and earlier' if len(rows) > _RECORDED else ''}"
