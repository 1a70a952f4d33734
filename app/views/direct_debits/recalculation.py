"""The sheet in which every instalment is worked out again: first as a list of what would change and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, Money
from app.services.direct_debits.schedules.dto import Difference, Rehearsal, Scope
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField
from app.views.common.message_bar import MessageBar
from app.views.common.parts import Figure, label, row
from app.views.common.short_names import shorter_names
from app.views.common.theme import scaled
from app.views.direct_debits.explain import difference

_WIDE, _HIGH = 1080, 600
_NOTE: Final = (
    "What would change if every instalment were worked out today. Nothing is kept until you say so; "
    "chosen rows alone, or all of them where no more than one is chosen."
)
_MOST_NAMED: Final = 5
_NOTHING: Final = "Every instalment is as it should be: nothing would change."


def _change_tone(each: Difference) -> str:
    return "bad" if each.refused else ""


def change_words(each: Difference) -> str:
    """How the instalment moves, or who has to do it."""
    return "for a colleague" if each.refused else difference(each.was, each.now)


def without_words(found: Rehearsal) -> str:
    """Which mandates nothing was worked out of, and what to do; empty if there are none."""
    if not found.without:
        return ""
    more = len(found.without) - _MOST_NAMED
    named = ", ".join(found.without[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
    have = "mandate has" if len(found.without) == 1 else "mandates have"
    return f"{len(found.without):,} {have} no schedule and aren't looked at: {named}. Give them a day (Ctrl+Shift+D under Mandates)."


def why_words(each: Difference) -> str:
    """Why it moves."""
    return each.refused or " ".join(each.reasons)


DIFFERENCES: tuple[Column[Difference], ...] = (
    Column("account", "Account", lambda each: each.account, 104, firm=True),
    Column("name", "Name", lambda each: each.name, 150, floor=110, shorter=lambda each: shorter_names(each.name)),
    money_column("was", "Was", lambda each: each.was, 84),
    money_column("now", "Is", lambda each: each.now, 84),
    Column("change", "Change", change_words, 104, tone=_change_tone, right=True, floor=90),
    Column("why", "Why", why_words, 320, floor=160),
    Column("told", "Notice", lambda each: "again" if each.told else "needed", 76, least=2),
    Column("next_on", "From", lambda each: each.next_on, 92, holds=Holds.DATE, least=1),
    Column("count", "Dates", lambda each: each.count, 52, right=True, holds=Holds.NUMBER, least=3),
    Column(
        "forecast",
        "Forecast",
        lambda each: each.forecast,
        96,
        shown=lambda each: each.forecast.dr_cr(),
        right=True,
        spare=True,
    ),
    Column("reference", "Mandate", lambda each: each.reference, 120, spare=True),
)


class RecalculateSheet(Sheet):
    """Every instalment worked out again.

    Signals:
        asked: rehearse it for the year that is chosen.
    """

    asked = Signal()
    keeps_itself = True

    def __init__(self, parent: QWidget) -> None:
        self._rehearsed = False
        super().__init__(parent, "Recalculate all", primary="Recalculate", note=_NOTE)
        self._year = ChoiceField([("This rent year", False), ("The next rent year, for its advance notice", True)])
        self._year.setAccessibleName("Rent year")
        self._looked, self._changed = Figure("Looked at"), Figure("Would change")
        self._up, self._down = Figure("Together more"), Figure("Together less")
        self._said = label("", wrap=True)
        self._without = MessageBar(inline=True)
        self.model: ListModel[Difference] = ListModel(DIFFERENCES)
        self.table = DataTable("Instalments that would change", self.model, stretch="why", empty=_NOTHING)
        self.table.choice_changed.connect(self._count)
        figures = row(self._looked, self._changed, self._up, self._down, None, self._year, spacing=24)
        self.body.addLayout(figures)
        self.body.addWidget(self._said)
        self.body.addWidget(self._without)
        self.body.addWidget(self.table, 1)
        self._why = label("", "muted", wrap=True)
        self.body.addWidget(self._why)
        self.table.chosen.connect(lambda each: self._why.setText(why_words(each) if each is not None else ""))
        self._year.changed.connect(self.asked)
        self.begin_at(self.table)
        self.show_nothing("Working out every instalment …")
        self.resize(scaled(_WIDE), scaled(_HIGH))

    @property
    def next_year(self) -> bool:
        """Whether the next rent year is meant."""
        return bool(self._year.value())

    def scope(self) -> Scope:
        """What is to be worked out."""
        return Scope(next_year=self.next_year)

    def command(self) -> tuple[int, ...]:
        """The mandates that are recalculated: those chosen, or all where no more than one is."""
        return tuple(each.mandate_id for each in self._meant())

    def show_nothing(self, words: str) -> None:
        """Show a sentence instead: what was rehearsed before isn't what is chosen now."""
        self._rehearsed = False
        self.model.show_rows(())
        self._why.setText("")
        self._without.clear()
        for figure in (self._looked, self._changed, self._up, self._down):
            figure.show_text("")
        self._said.setText(words)
        self.set_busy(busy=True)

    def set_busy(self, busy: bool) -> None:
        """Nothing can be carried out that wasn't rehearsed."""
        super().set_busy(busy=busy or not self._rehearsed or not self._meant())

    def show_rehearsal(self, found: Rehearsal) -> None:
        """Show what would change."""
        self._rehearsed = True
        self.model.show_rows(found.differences)
        self._without.clear()
        if found.without:
            self._without.warn(without_words(found))
        self._why.setText(why_words(found.differences[0]) if found.differences else "")
        moved = [_moved(each) for each in found.differences]
        self._looked.show_text(f"{found.looked:,}")
        self._changed.show_text(f"{len(found.differences):,}")
        self._up.show_text(str(sum((each for each in moved if each.pence > 0), ZERO)))
        self._down.show_text(str(-sum((each for each in moved if each.pence < 0), ZERO)))
        self._count()

    def _meant(self) -> Sequence[Difference]:
        places = self.table.places()
        chosen = [self.model.rows[at] for first, last in places for at in range(first, last + 1)]
        return [each for each in (chosen if len(chosen) > 1 else self.model.rows) if not each.refused]

    def _count(self) -> None:
        if not self._rehearsed:
            return
        meant = self._meant()
        again = sum(each.told for each in meant)
        said = f"{formats.count(len(meant), 'mandate')} will be recalculated"
        said += f"; {again:,} of their payers were told already and need notice again." if again else "."
        self._said.setText(said if meant else "These are for a colleague." if self.model.rows else "")
        self.set_busy(busy=False)


def _moved(each: Difference) -> Money:
    """How much more each instalment is."""
    return (each.now or ZERO) - (each.was or ZERO)
