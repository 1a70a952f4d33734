"""The reasons for which debts are written off: the list, and the form of one."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.services.adjustments.catalogue.rules import LONGEST_EXPLAINED, LONGEST_TITLE
from app.services.adjustments.write_offs.catalogue.dto import NewWriteOffReason, ReasonListed
from app.services.adjustments.write_offs.catalogue.rules import LONGEST_EVIDENCE
from app.services.adjustments.write_offs.dto import ReasonRow
from app.views.common.columns import Column
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.fields_count import CountField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_ticks import TicksField
from app.views.common.theme import scaled

_WIDE, _HIGH, _WHY = 660, 680, 200
_RULES: Final = {
    "For current tenants too": "for_current",
    "Also where somebody else is liable": "for_joint",
    "Somebody must have looked for them": "needs_trace",
    "In use": "active",
}
"""What is ticked, and the attribute of the reason that it is."""
_LAW: Final = {
    "": "The debt is owed as before",
    "discharges": "The law ends the debt: nobody may ask for it again",
    "unenforceable": "The debt stays owed, but no court enforces it",
}
"""What the law does to a debt of this reason, by the attribute that says so."""
_LAW_SHORT: Final = {"": "", "discharges": "Ends the debt", "unenforceable": "Not enforceable"}
ABOUT: Final = (
    "Who decides on how much is changed in Admin, Policy values: find 'write-offs'. A change that lets more through, and a "
    "new reason, are put to a second officer."
)


def _law(reason: ReasonRow) -> str:
    return next((key for key in _LAW if key and getattr(reason, key)), "")


def _state(row: ReasonListed) -> str:
    if row.waiting:
        return f"Request {row.waiting} waits"
    return "" if row.reason.active else "Out of use"


WRITE_OFF_REASONS: tuple[Column[ReasonListed], ...] = (
    Column("title", "Reason", lambda row: row.reason.title, 230, floor=190),
    Column("asks", "What it asks for first", lambda row: row.asks, 340, floor=200),
    Column("current", "Tenants", lambda row: "Current too" if row.reason.for_current else "Former", 104, floor=100),
    Column("law", "The law", lambda row: _LAW_SHORT[_law(row.reason)], 150, floor=130, least=2),
    Column("used", "Used", lambda row: row.used or None, 64, right=True, least=1),
    Column("key", "Key", lambda row: row.reason.key, 130, spare=True),
    Column("state", "", _state, 140, tone=lambda row: "warning" if row.waiting else "muted"),
)


class WriteOffReasonSheet(Sheet):
    """One reason as a form.

    Args:
        shown: the reason; None for a new one.
    """

    def __init__(self, parent: QWidget, shown: ReasonListed | None) -> None:
        reason = shown.reason if shown else None
        law = f"{_LAW[_law(reason)]}. " if reason else ""
        title = f"Reason of write-offs: {reason.title}" if reason else "New reason of write-offs"
        note = f"{law}What lets more through than before is put to a second officer, with your reason."
        super().__init__(parent, title, primary="Save", note=note)
        self._before = reason
        self.fields = fields = self.scrolling_form()
        fields.add("title", "&Name", LineField(LONGEST_TITLE))
        fields.add("explained", "&When it is used", AreaField(LONGEST_EXPLAINED, height=56))
        fields.add("most", "&Up to", MoneyField(placeholder="Debts of any amount"))
        fields.add("least_letters", "&Letters first", CountField("letters", least=0, placeholder="None"))
        fields.add("least_days", "&Days after the last", CountField("days", least=0, placeholder="None"))
        fields.add(
            "needs_evidence", "&Evidence", LineField(LONGEST_EVIDENCE, placeholder="What has to be seen, if anything")
        )
        fields.add("rules", "&Rules", TicksField(tuple(_RULES), height=112))
        if reason is None:
            fields.add("law", "What the l&aw does", ChoiceField([(words, key) for key, words in _LAW.items()]))
        fields.add("reason", "Wh&y", LineField(_WHY), "For whoever approves a change that lets more through")
        self.resize(scaled(_WIDE), scaled(_HIGH))
        fields.fill(self._values(reason))

    @staticmethod
    def _values(reason: ReasonRow | None) -> dict[str, Any]:
        if reason is None:
            return {"rules": tuple(words for words, name in _RULES.items() if name in {"for_joint", "active"})}
        names = ("title", "explained", "most", "needs_evidence")
        counts = {name: getattr(reason, name) or None for name in ("least_letters", "least_days")}
        ticked = tuple(words for words, name in _RULES.items() if getattr(reason, name))
        return {name: getattr(reason, name) for name in names} | counts | {"rules": ticked}

    def command(self) -> NewWriteOffReason:
        """What the fields say."""
        values, before = self.fields.values(), self._before
        law = _law(before) if before else values["law"]
        return NewWriteOffReason(
            key=before.key if before else "",
            title=values["title"],
            explained=values["explained"],
            most=values["most"],
            least_letters=values["least_letters"] or 0,
            least_days=values["least_days"] or 0,
            needs_evidence=values["needs_evidence"],
            **{name: words in values["rules"] for words, name in _RULES.items()},
            discharges=law == "discharges",
            unenforceable=law == "unenforceable",
            version=before.version if before else 0,
            reason=values["reason"],
        )
