"""The entry screen: account, kind, amount, days, reason, note and evidence; what it does stands beside it."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from app.models.values import Money, Side
from app.services.adjustments.dto import EntryForm, Face, KindRow, NewAdjustment, NewLine
from app.views.adjustments.asked import STATEMENT, AskedSheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find, Picked, account_picker

_SIDES: list[tuple[str, object]] = [("Debit: they owe more", 1), ("Credit: they owe less", -1)]


def picked(face: Face) -> Picked:
    """An account as a picker shows it."""
    return Picked(face.account_id, face.name, f"Account {face.reference}")


class EntrySheet(AskedSheet):
    """A new adjustment.

    Args:
        form: what it begins with.
        find: looks for accounts.
    """

    def __init__(self, parent: QWidget, form: EntryForm, find: Find) -> None:
        super().__init__(parent, "New adjustment")
        self._kinds = {each.key: each for each in form.kinds}
        self._reasons = form.reasons
        self._account = account_picker(find)
        self._kind = ChoiceField([(each.title, each.key) for each in form.kinds])
        self._side = ChoiceField(_SIDES)
        self._reason = ChoiceField()
        self._arrange(form, find)
        self._kind.changed.connect(self._follow_kind)
        if form.account is not None:
            self._account.set_value(picked(form.account))
            self.begin_at(self._kind)
        self._follow_kind()

    def _arrange(self, form: EntryForm, find: Find) -> None:
        def today() -> date:
            return form.today

        fields = self.fields
        fields.add("account_id", "&Account", self._account)
        fields.add("kind", "&Kind", self._kind)
        self._explained = fields.add_words(self._kind)
        other = account_picker(find, required=False)
        fields.add("other_account_id", "&To account", other, "It is credited what the first is debited")
        fields.add("side", "&Side", self._side)
        fields.add("amount", "A&mount", MoneyField(required=True))
        fields.add("effective_on", "&Belongs to", DateField(today, required=True), "The day on which it should stand")
        fields.add("from_on", "&From", DateField(today), "The first day that it puts right")
        fields.add("to_on", "&Last day", DateField(today))
        fields.add("reason", "&Reason", self._reason)
        fields.add("narrative", "&On the statement", LineField(STATEMENT), "The tenant reads it: name nobody")
        self.add_last()
        fields.fill({"effective_on": form.today})

    @property
    def kind(self) -> KindRow | None:
        """The kind that is chosen."""
        return self._kinds.get(self._kind.value())

    def command(self) -> NewAdjustment | None:
        """What is asked for; None while an account, an amount, a day or a reason is missing."""
        values, kind = self.fields.values(), self.kind
        amount: Money | None = values["amount"]
        other = values["other_account_id"] if kind is not None and kind.side is Side.TRANSFER else None
        if kind is None or amount is None or (kind.side is Side.TRANSFER and other is None):
            return None
        if any(values[name] is None for name in ("account_id", "effective_on", "reason")):
            return None
        line = NewLine(
            account_id=values["account_id"],
            kind=kind.key,
            amount=amount * self._sign(kind),
            effective_on=values["effective_on"],
            reason=values["reason"],
            narrative=values["narrative"] or kind.title,
            other_account_id=other,
            from_on=values["from_on"] if kind.needs_period else None,
            to_on=values["to_on"] if kind.needs_period else None,
            like_reason=values["like_reason"],
        )
        title = f"{kind.title}: {line.narrative}" if line.narrative != kind.title else kind.title
        return NewAdjustment(self.key, title[:STATEMENT], (line,), values["note"])

    def _sign(self, kind: KindRow) -> int:
        if kind.side is Side.EITHER:
            return int(self._side.value())
        return -1 if kind.side is Side.CREDIT else 1

    def _follow_kind(self) -> None:
        """Only what the kind asks for is to be typed, and its reasons are offered."""
        kind = self.kind
        if kind is None:
            return
        transfer = kind.side is Side.TRANSFER
        self.fields.labels["account_id"].setText("From &account" if transfer else "&Account")
        self._explained.setText(kind.explained)
        self.show_row("other_account_id", shown=transfer)
        self.show_row("side", shown=kind.side is Side.EITHER)
        self.show_row("from_on", shown=kind.needs_period)
        self.show_row("to_on", shown=kind.needs_period)
        self.evidence.required = kind.needs_evidence
        fitting = [each for each in self._reasons if not each.kinds or kind.key in each.kinds]
        self._reason.offer([(each.title, each.key) for each in fitting])
