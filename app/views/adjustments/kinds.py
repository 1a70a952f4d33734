"""The kinds of adjustment and their reasons: the lists, and the form of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import AccountKind, AdjustmentSheet, Side
from app.services.adjustments.catalogue.dto import KindListed, ReasonListed
from app.services.adjustments.catalogue.rules import LONGEST_EXPLAINED, LONGEST_TITLE
from app.services.adjustments.dto import NewKind, NewReason
from app.services.adjustments.rules import in_words
from app.views.common.columns import Column
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_ticks import TicksField
from app.views.common.theme import scaled

_WIDE: Final = 640
_REASON: Final = 200
_SIDES: Final = {
    Side.DEBIT: "Debit",
    Side.CREDIT: "Credit",
    Side.EITHER: "Either",
    Side.TRANSFER: "Transfer",
}
_SHEETS: Final = {
    AdjustmentSheet.ADJUSTMENT: "New adjustment",
    AdjustmentSheet.TRANSFER: "New adjustment",
    AdjustmentSheet.RECALCULATION: "Recalculation",
    AdjustmentSheet.RECHARGE: "Recharge",
    AdjustmentSheet.COURT_COSTS: "Court costs",
    AdjustmentSheet.REFUND: "Refund",
    AdjustmentSheet.WRITE_OFF: "Write-off",
}
_ON: Final = {
    f"{words[:1].upper()}{words[1:]}": each
    for each in AccountKind
    if each is not AccountKind.CONTROL and (words := in_words(each))
}
"""Kinds of account as they are ticked."""
_IN_USE: Final = "In use"
_RULES: Final = {
    "Always approved by a second officer": "always_approved",
    "Needs evidence": "needs_evidence",
    "Needs the days that it is for": "needs_period",
    "The benefit office is told": "tells_benefit",
    _IN_USE: "active",
}
"""What is ticked, and the attribute of the kind that it is."""
ABOUT_KINDS: Final = (
    "From which amount a second officer approves, and whether a third one posts, is changed in Admin, Policy values: find "
    "'adjustments'. How much an officer may adjust alone is changed in Admin, Limits."
)


def _approved(row: KindListed) -> str:
    third = ", a third posts" if row.third else ""
    return f"Always{third}" if row.kind.always_approved else f"From {row.second_from}{third}"


def _state(row: KindListed) -> str:
    if row.waiting:
        return f"Request {row.waiting} waits"
    return "" if row.kind.active else "Out of use"


KINDS: tuple[Column[KindListed], ...] = (
    Column("title", "Kind", lambda row: row.kind.title, 220, floor=190),
    Column("side", "Side", lambda row: _SIDES[row.kind.side], 80, floor=78),
    Column("code", "Posts by", lambda row: f"{row.kind.code}  {row.code_name}", 220, floor=200, least=2),
    Column("approved", "Second officer", _approved, 170, floor=130),
    Column("evidence", "Evidence", lambda row: "Needed" if row.kind.needs_evidence else "", 88, floor=86),
    Column("period", "Days", lambda row: "Needed" if row.kind.needs_period else "", 76, floor=76, least=4),
    Column("benefit", "Benefit office", lambda row: "Told" if row.kind.tells_benefit else "", 110, floor=108, least=5),
    Column("sheet", "Entered on", lambda row: _SHEETS[row.kind.sheet], 130, floor=124, least=3),
    Column("used", "Used", lambda row: row.used or None, 64, right=True, least=6),
    Column("control", "Control account", lambda row: row.control, 170, spare=True),
    Column("key", "Key", lambda row: row.kind.key, 130, spare=True),
    Column("state", "", _state, 150, tone=lambda row: "warning" if row.waiting else "muted"),
)

REASONS: tuple[Column[ReasonListed], ...] = (
    Column("title", "Reason", lambda row: row.reason.title, 260, floor=200),
    Column("fits", "Fits", lambda row: row.fits or "Every kind", 420, floor=160),
    Column("used", "Used", lambda row: row.used or None, 64, right=True),
    Column("key", "Key", lambda row: row.reason.key, 130, spare=True),
    Column("state", "", lambda row: "" if row.reason.active else "Out of use", 90, tone=lambda _row: "muted"),
)


class KindSheet(Sheet):
    """One kind of adjustment as a form.

    Args:
        codes: (code, name) of those that it may post by.
        shown: the kind; None for a new one.
    """

    def __init__(self, parent: QWidget, codes: Sequence[tuple[str, str]], shown: KindListed | None) -> None:
        title = f"Kind of adjustment: {shown.kind.title}" if shown else "New kind of adjustment"
        note = "What lets more through than before is put to a second officer, with your reason."
        super().__init__(parent, title, primary="Save", note=note)
        self._shown = shown
        self.fields = fields = self.form()
        fields.add("title", "&Name", LineField(LONGEST_TITLE))
        fields.add("explained", "&When it is used", AreaField(LONGEST_EXPLAINED, height=56))
        fields.add("side", "&Side", ChoiceField([(_SIDES[each], each) for each in Side if each is not Side.TRANSFER]))
        fields.add("code", "&Posts by", ChoiceField([(f"{code}  {name}", code) for code, name in codes]))
        fields.add("account_kinds", "Allowed &on", TicksField(tuple(_ON), height=208))
        fields.add("rules", "R&ules", TicksField(tuple(_RULES), height=140))
        fields.add("reason", "&Reason", LineField(_REASON), "For whoever approves a change that lets more through")
        self.setMinimumWidth(scaled(_WIDE))
        self._show(shown)

    def _show(self, shown: KindListed | None) -> None:
        if shown is None:
            self.fields.fill({"rules": (_IN_USE,), "code": "ADJ"})
            return
        kind = shown.kind
        values = {name: getattr(kind, name) for name in ("title", "explained", "side", "code")}
        ticked = tuple(words for words, name in _RULES.items() if getattr(kind, name))
        allowed = tuple(words for words, on in _ON.items() if on in kind.account_kinds)
        self.fields.fill(values | {"rules": ticked, "account_kinds": allowed})
        own = kind.sheet is not AdjustmentSheet.ADJUSTMENT
        for name in ("side", "code"):
            self.fields.setRowVisible(self.fields.labels[name], not own)

    def command(self) -> NewKind:
        """What the fields say."""
        values = self.fields.values()
        before = self._shown.kind if self._shown else None
        own = before is not None and before.sheet is not AdjustmentSheet.ADJUSTMENT
        return NewKind(
            key=before.key if before else "",
            title=values["title"],
            explained=values["explained"] or "",
            code=before.code if before is not None and own else values["code"],
            side=before.side if before is not None and own else values["side"],
            account_kinds=frozenset(_ON[words] for words in values["account_kinds"]),
            **{name: words in values["rules"] for words, name in _RULES.items()},
            version=before.version if before else 0,
            reason=values["reason"] or "",
        )


class ReasonSheet(Sheet):
    """One reason as a form.

    Args:
        kinds: (key, title) of the kinds that it may fit.
        shown: the reason; None for a new one.
    """

    def __init__(self, parent: QWidget, kinds: Sequence[tuple[str, str]], shown: ReasonListed | None) -> None:
        super().__init__(parent, f"Reason: {shown.reason.title}" if shown else "New reason", primary="Save")
        self._shown = shown
        self._keys = {title: key for key, title in kinds}
        self.fields = fields = self.form()
        fields.add("title", "&Name", LineField(LONGEST_TITLE))
        ticks = TicksField(tuple(self._keys), height=300)
        fields.add("kinds", "&Fits", ticks, "None ticked: it is offered for every kind")
        fields.add("active", "Use", TickField("In &use"))
        self.setMinimumWidth(scaled(_WIDE))
        if shown is None:
            fields.fill({"active": True})
            return
        fitting = tuple(title for title, key in self._keys.items() if key in shown.reason.kinds)
        fields.fill({"title": shown.reason.title, "kinds": fitting, "active": shown.reason.active})

    def command(self) -> NewReason:
        """What the fields say."""
        values = self.fields.values()
        before = self._shown.reason if self._shown else None
        return NewReason(
            key=before.key if before else "",
            title=values["title"],
            kinds=frozenset(self._keys[title] for title in values["kinds"]),
            active=values["active"],
            version=before.version if before else 0,
        )
