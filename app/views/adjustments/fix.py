"""The sheet by which a line of the ledger is moved to the right account, taken back, or put right."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, AdjustmentOrigin, LineFix, Money
from app.services.adjustments.dto import FixForm, KindRow, NewAdjustment
from app.services.adjustments.rules import proposed
from app.views.adjustments.asked import STATEMENT, AskedSheet
from app.views.common import formats
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find, account_picker

_DO = {
    LineFix.MOVE: "Move it to the right account",
    LineFix.REVERSE: "Reverse it",
    LineFix.CORRECT: "Correct its amount",
}


class FixSheet(AskedSheet):
    """What is done about a line of the ledger.

    Args:
        form: the line, and what can be done about it.
        find: looks for accounts.
    """

    def __init__(self, parent: QWidget, form: FixForm, find: Find) -> None:
        note = (
            f"{form.what} of {formats.day(form.effective_on)}, {form.amount.dr_cr()}, on account "
            f"{form.account.reference}, {form.account.name}"
        )
        super().__init__(parent, "Put a line of the ledger right", note)
        self._shown = form
        self._kinds = {each.key: each for each in form.entry.kinds}
        self._do = ChoiceField([(_DO[each], each.value) for each in form.offers])
        self._amount = MoneyField(credits_too=True)
        self._reason = ChoiceField()
        fields = self.fields
        fields.add("fix", "&Do", self._do, "M, R or C chooses")
        fields.add("other_account_id", "&To account", account_picker(find, required=False))
        fields.add("amount", "Right a&mount", self._amount, f"It stands as {form.amount.dr_cr()}; a credit with CR")
        fields.add("reason", "&Reason", self._reason)
        fields.add("narrative", "&On the statement", LineField(STATEMENT), "Empty: what was done, in usual words")
        self.add_last()
        self._do.changed.connect(self._follow)
        self._follow()

    def command(self) -> NewAdjustment | None:
        """What is asked for; None while the account, the amount or the reason is missing."""
        values, fix = self.fields.values(), self._fix()
        to: int | None = values["other_account_id"] if fix is LineFix.MOVE else None
        wanted: Money | None = values["amount"] if fix is LineFix.CORRECT else None
        lacking = (fix is LineFix.MOVE and to is None) or (fix is LineFix.CORRECT and wanted is None)
        if lacking or values["reason"] is None:
            return None
        line = proposed(self._shown, fix, values["reason"], to=to, wanted=wanted, narrative=values["narrative"])
        line = replace(line, like_reason=values["like_reason"])
        origin = AdjustmentOrigin.LEDGER_LINE
        return NewAdjustment(self.key, line.narrative[:STATEMENT], (line,), values["note"], origin)

    def _fix(self) -> LineFix:
        return LineFix(self._do.value())

    def _follow(self) -> None:
        """Only what it takes is to be typed, and the reasons of its kind are offered."""
        fix = self._fix()
        self.show_row("other_account_id", shown=fix is LineFix.MOVE)
        self.show_row("amount", shown=fix is LineFix.CORRECT)
        kind = self._kind(fix)
        self.evidence.required = kind is not None and kind.needs_evidence
        keys = {kind.key} if kind is not None else set()
        fitting = [each for each in self._shown.entry.reasons if not each.kinds or each.kinds & keys]
        self._reason.offer([(each.title, each.key) for each in fitting])

    def _kind(self, fix: LineFix) -> KindRow | None:
        """The kind by which it is done; of a correction that of the side which the right amount asks for."""
        form = self._shown
        if fix is LineFix.MOVE:
            return self._kinds.get(form.move_kind)
        wanted = self._amount.value() if fix is LineFix.CORRECT else None
        amount = (wanted - form.amount) if wanted is not None else -form.amount
        return self._kinds.get(form.debit_kind if amount > ZERO else form.credit_kind)
