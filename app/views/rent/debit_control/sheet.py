"""The sheet by which the first officer signs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.tenancies.debit_control.dto import Sheet as DebitSheet
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField
from app.views.common.parts import column, label, row
from app.views.rent.debit_control.table import signed


class SignSheet(Sheet):
    """What is signed, in sums, and why it differs from the charge where it does."""

    def __init__(self, parent: QWidget, shown: DebitSheet) -> None:
        super().__init__(
            parent,
            f"Sign the debit control of {formats.day(shown.week_on)}",
            primary="Sign",
            note="You sign first. A second officer looks at the same figures on the page Approvals and signs after you.",
        )
        total = shown.total
        lines = (
            ("Opening debit", total.opening.plain()),
            ("New lets", signed(total.new_lets)),
            ("Endings", signed(total.endings)),
            ("Changes of charges", signed(total.changes)),
            ("Voids", signed(total.voids)),
            ("Closing debit", total.closing.plain()),
            ("Part weeks and free weeks", signed(total.parts)),
            ("Charged", total.run.plain()),
            ("Difference", signed(total.difference) or "none"),
        )
        sums = column(None, spacing=3)
        for words, amount in lines:
            strong = "strong" if words in {"Closing debit", "Difference"} else ""
            sums.addLayout(row(label(words, strong), None, label(amount or "none", strong)))
        self.body.addLayout(sums)
        form = self.form()
        hint = "" if total.difference or shown.unmatched else "Only needed where there is a difference"
        form.add("explanation", "&Explanation", AreaField(2_000, height=72), hint)
        form.fill({"explanation": shown.explanation})
        self.fields = form
        self.resize(560, 420)

    def explanation(self) -> str:
        """What is said of the differences."""
        return str(self.fields.values()["explanation"] or "")
