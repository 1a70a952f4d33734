"""The sheet of a case: which debt, why, what was done about it; what the policy says stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.services.adjustments.write_offs.asking import CaseStart, Draft
from app.services.adjustments.write_offs.dto import AskedCase
from app.views.common.evidence import EvidencedSheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find, Picked, account_picker

_NOTE, _TRACE = 4_000, 400
_WHAT: Sequence[tuple[str, object]] = (
    ("What is owed on this account", False),
    ("Everything owed under the tenancy", True),
)


class WriteOffSheet(EvidencedSheet):
    """A case to write off a debt.

    Args:
        start: the reasons in use, and the account that it was opened from.
        find: looks for accounts.
        today: the day at the office.
    """

    def __init__(
        self, parent: QWidget, start: CaseStart, find: Find, today: date, title: str = "Write off a debt"
    ) -> None:
        super().__init__(parent, title, save="Keep the case")
        self.key = f"write-off:{uuid4().hex}"
        self._kept = 0
        self._reasons = {each.key: each for each in start.reasons}
        self._account = account_picker(find)
        self._reason = ChoiceField([(each.title, each.key) for each in start.reasons])
        self._whole = ChoiceField(_WHAT)
        self._arrange(today)
        self._reason.changed.connect(self._follow)
        self._whole.changed.connect(self._follow)
        if start.account_id is not None:
            self._account.set_value(Picked(start.account_id, start.name, f"Account {start.reference}"))
            self.begin_at(self._reason)
        self._follow()

    def _arrange(self, today: date) -> None:
        fields = self.fields
        fields.add("account_id", "&Account", self._account)
        fields.add("whole", "Ho&w much", self._whole)
        fields.add("amount", "A&mount", MoneyField(), "Leave it empty for all of it")
        fields.add("reason", "&Reason", self._reason)
        self._explained = fields.add_words(self._reason)
        trace = LineField(_TRACE, placeholder="Such as: agency, 3 Oct 2026, not found")
        fields.add("trace", "&Trace", trace, "Who looked for them, when, with what result")
        fields.add("joint_pursued", "Joint tenants", TickField("Every other &joint tenant was pursued first"))
        fields.add(
            "acknowledged_on",
            "Ac&knowledged on",
            DateField(lambda: today),
            "The last time they did so in writing, signed",
        )
        fields.add("deficit", "Deficit", TickField("It would put the fund into &deficit"))
        fields.add("note", "&Note", AreaField(_NOTE, height=56), "For whoever decides")
        self.add_evidence()

    def show_draft(self, draft: Draft) -> None:
        """Show a draft again, to be changed; its documents stay with it, and more may be added."""
        asked = draft.asked
        self.key, self._kept = asked.entry_key, asked.files
        self.fields.fill(
            {
                "whole": asked.whole,
                "amount": asked.amount,
                "reason": asked.reason,
                "trace": asked.trace,
                "joint_pursued": asked.joint_pursued,
                "acknowledged_on": asked.acknowledged_on,
                "deficit": asked.deficit,
                "note": asked.note,
            }
        )
        self._account.setReadOnly(True)
        self._follow()

    def command(self) -> AskedCase | None:
        """What is asked for; None while no account or reason is chosen."""
        values = self.fields.values()
        if values["account_id"] is None or values["reason"] is None:
            return None
        return AskedCase(
            self.key,
            values["account_id"],
            values["reason"],
            None if values["whole"] else values["amount"],
            whole=values["whole"],
            files=self._kept + len(self.files()),
            trace=values["trace"],
            joint_pursued=values["joint_pursued"],
            acknowledged_on=values["acknowledged_on"],
            deficit=values["deficit"],
            note=values["note"],
        )

    def _follow(self) -> None:
        """Only what the reason asks for is to be typed."""
        reason = self._reasons.get(self._reason.value())
        self._explained.setText(reason.explained if reason is not None else "")
        self.show_row("amount", shown=not self._whole.value())
        self.show_row("trace", shown=reason is not None and reason.needs_trace)
