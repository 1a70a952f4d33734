"""The sheets by which a repayment arrangement is agreed while the tenant is on the telephone, and by which one is cancelled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, ArrangementState, Frequency, Money
from app.services.arrangements import rules, telling
from app.services.arrangements.dto import ArrangementForm, DebtRow, EndArrangement, Kept, NewArrangement, Standing
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.views.common import formats
from app.views.common.effects import WorkSheet
from app.views.common.fields import ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.parts import Card, Figure, row

_NOTE: Final = 400
_STEPS: Final = {
    Qt.Key.Key_Up: 1_00,
    Qt.Key.Key_Down: -1_00,
    Qt.Key.Key_PageUp: 5_00,
    Qt.Key.Key_PageDown: -5_00,
}
_EVERY: Final = (
    ("Every week", Frequency.WEEKLY),
    ("Every fortnight", Frequency.FORTNIGHTLY),
    ("Every four weeks", Frequency.FOUR_WEEKLY),
    ("Every month", Frequency.MONTHLY),
)
_KEPT: Final = {
    Kept.NOT_DUE: "nothing is due yet",
    Kept.KEPT: "kept",
    Kept.BEHIND: "behind",
    Kept.BROKEN: "broken",
    Kept.COMPLETED: "paid off",
    Kept.UNKNOWN: "its debt isn't known",
}


class InstalmentField(MoneyField):
    """An amount that Up and Down change by a pound, Page Up and Page Down by five."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """A step up or down; nothing below a penny."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        now: Money | None = self.value()
        self.set_value(Money(max(1, (now.pence if now else 0) + step)))
        self.selectAll()
        self.changed.emit()


class ArrangementSheet(WorkSheet):
    """An instalment, how often and from when; on every key it says when the debt is paid off. Nothing is asked of the database.

    Args:
        form: the debts, the charge and the policy.
        today: gives the day at the office.
    """

    def __init__(self, parent: QWidget, form: ArrangementForm, today: Callable[[], date]) -> None:
        note = f"Account {form.reference}, {form.name}. {_standing_words(form.standing)}".strip()
        super().__init__(parent, "Repayment arrangement", save="Make the arrangement", note=note, width=1000)
        self._shown = form
        self._others = {f"debt_{each.account_id}": each for each in form.debts[1:]}
        self._figures = (Figure("Debt covered"), Figure("Paid off on"), Figure("Payments"))
        fields = self.fields = self.form()
        fields.add("amount", "&Amount", InstalmentField(required=True), "Up and Down change it by £1, Page Up by £5")
        fields.add("every", "&How often", ChoiceField(_EVERY))
        fields.add("in_all", "In all", TickField(self._in_all_words()))
        fields.add("starts_on", "&First payment on", DateField(today, required=True))
        fields.add("first", "First &payment", MoneyField(), "Only where it is another amount")
        for key, debt in self._others.items():
            where = f"{debt.kind} {debt.reference}, {debt.owed.dr_cr()}"
            fields.add(key, where, TickField(f"{where} is co&vered too"))
        fields.add("direct_debit", "Direct Debit", TickField("On top of their &Direct Debit"))
        fields.add("note", "&Note", LineField(_NOTE, placeholder="Such as: starts work on Monday"))
        fields.add("letter", "Letter", TickField("Make the &letter that confirms it"))
        fields.fill({"every": Frequency.WEEKLY, "starts_on": form.today, "letter": True})
        fields.fill({"direct_debit": form.direct_debit})
        self._add_figures()
        fields.changed.connect(self.tell)
        self.tell()

    @property
    def account_id(self) -> int:
        """The account that it is made on."""
        return self._shown.account_id

    def command(self) -> NewArrangement | None:
        """What is to be made; None while the amount or the day is missing.

        Raises:
            UserError: of a payment in all nothing is left for the debt.
        """
        values = self.fields.values()
        amount: Money | None = values["amount"]
        if amount is None or values["starts_on"] is None:
            return None
        own = self._shown.account_id
        standing = self._shown.standing
        live = standing is not None and standing.state is ArrangementState.LIVE and standing.account_id == own
        new = NewArrangement(
            account_id=own,
            amount=amount,
            every=values["every"],
            starts_on=values["starts_on"],
            first=values["first"],
            covered=tuple(debt.account_id for debt in self._covered(values)),
            direct_debit=values["direct_debit"],
            note=values["note"],
            letter=values["letter"],
            replaces=standing.arrangement_id if standing is not None and live else None,
            version=standing.version if standing is not None and live else 0,
        )
        if values["in_all"] and not values["direct_debit"]:
            return replace(new, amount=telling.on_top(self._shown, new, amount))
        return new

    def tell(self) -> None:
        """Say when it is paid off, or why it never is."""
        self.fields.field("in_all").setEnabled(not self.fields.values()["direct_debit"])
        try:
            new = self.command()
            if new is None:
                self._say_nothing("Type an amount, and this says when the debt is paid off.")
                return
            effects = telling.effects(self._shown, new)
            made = telling.agreed(self._shown, new)
        except UserError as error:
            self._say_nothing(str(error), wrong=True)
            return
        self.effects.show_effects(effects)
        self._figures[1].show_text(formats.day(made.ends_on))
        self._figures[2].show_text(f"{made.count:,} of {made.amount}")

    def _say_nothing(self, words: str, *, wrong: bool = False) -> None:
        self.effects.say(words, wrong=wrong)
        for figure in self._figures[1:]:
            figure.show_text("\N{EN DASH}")
        self._show_debt()

    def _show_debt(self) -> None:
        covered = self._covered(self.fields.values())
        self._figures[0].show_amount(sum((debt.owed for debt in covered), ZERO))

    def _covered(self, values: dict[str, Any]) -> list[DebtRow]:
        """The account itself, and the others that are ticked; where it owes nothing, those others alone."""
        own = self._shown.debts[0]
        others = [debt for key, debt in self._others.items() if values[key]]
        return others if others and own.owed.pence <= 0 else [own, *others]

    def _add_figures(self) -> None:
        """What the tenant is told stands large above the rest."""
        card = Card(margins=(14, 10, 14, 10))
        card.column.addLayout(row(*self._figures, None, spacing=28))
        self.body.insertWidget(self.body.count() - 1, card)
        self.fields.changed.connect(self._show_debt)
        self._show_debt()

    def _in_all_words(self) -> str:
        weekly = self._shown.weekly - self._shown.benefit
        return f"&It is all they pay: the charge of {weekly} a week comes off it"


class CancelArrangementSheet(WorkSheet):
    """Why an arrangement is cancelled."""

    def __init__(self, parent: QWidget, standing: Standing, note: str) -> None:
        super().__init__(parent, "Cancel the arrangement", save="Cancel the arrangement", note=note, width=820)
        self._standing = standing
        self.fields = self.form()
        self.fields.add(
            "reason",
            "&Why",
            LineField(_NOTE, placeholder="Such as: they pay by Direct Debit from now on"),
            "It stays on the history",
        )
        self.effects.show_effects(_of_cancelling(standing))

    def command(self) -> EndArrangement:
        """What is to be done."""
        return EndArrangement(
            self._standing.arrangement_id, self._standing.version, self.fields.values()["reason"] or ""
        )


def _of_cancelling(standing: Standing) -> tuple[Effect, ...]:
    progress = standing.progress
    found = [
        Effect(
            "Arrangement",
            f"{standing.amount} {rules.EVERY[standing.every]} is asked for no more",
            after=f"agreed from {formats.day(standing.starts_on)}, {_stands(standing)}",
        )
    ]
    if standing.debt is not None and progress.left:
        found.append(Effect("Arrangement", "Still owed of the debt that it covers", after=str(progress.left)))
    return tuple(found)


def _stands(standing: Standing) -> str:
    broken = standing.state is ArrangementState.BROKEN
    return _KEPT[Kept.BROKEN if broken else standing.progress.kept]


def _standing_words(standing: Standing | None) -> str:
    if standing is None:
        return ""
    agreed = f"{standing.amount} {rules.EVERY[standing.every]} from {formats.day(standing.starts_on)}"
    if standing.state is ArrangementState.BROKEN:
        return f"The last one, {agreed}, was broken on {formats.day(standing.state_on)}."
    return f"In force: {agreed}, {_KEPT[standing.progress.kept]}."
