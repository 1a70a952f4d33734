"""The tabs of a mandate's card about its schedule: the sum and the collections, the notices, and the versions."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.models.values import CollectionKind, CollectionState
from app.services.direct_debits.notices.dto import (
    KINDS,
    WAYS,
    CollectionNotice,
    NoticeRow,
    ScheduleShown,
    Standing,
)
from app.services.direct_debits.schedules.dto import PARTS, CollectionRow, Version
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.parts import column, scrolled
from app.views.common.theme import scaled
from app.views.direct_debits.explain import SumPanel

STATES: Final = {
    CollectionState.PLANNED: "Planned",
    CollectionState.SKIPPED: "Skipped",
    CollectionState.IN_RUN: "In a run",
    CollectionState.POSTED: "Collected",
    CollectionState.RETURNED: "Came back",
    CollectionState.CLAIMED: "Claimed back",
    CollectionState.DROPPED: "Dropped",
}
"""How far a collection has come, as officers read it."""
TONES: Final = {
    CollectionState.SKIPPED: "muted",
    CollectionState.IN_RUN: "warning",
    CollectionState.POSTED: "good",
    CollectionState.RETURNED: "bad",
    CollectionState.CLAIMED: "bad",
    CollectionState.DROPPED: "muted",
}
_AGAIN: Final = {CollectionKind.AGAIN: "again", CollectionKind.ADDED: "added", CollectionKind.FINAL: "the last"}
NOTICE_TONES: Final = {
    Standing.TOLD: "good",
    Standing.WAITS: "warning",
    Standing.LOST: "bad",
    Standing.UNTOLD: "warning",
    Standing.CHANGED: "bad",
    Standing.SHORT: "bad",
}
_HIGH: Final = (250, 210)
_SUM_WIDE, _BESIDE = 320, 720


def state_words(state: CollectionState, kind: CollectionKind) -> str:
    """The state, with what sets a collection apart from those of the schedule."""
    apart = _AGAIN.get(kind, "")
    return f"{STATES[state]}, {apart}" if apart else STATES[state]


def notice_words(found: CollectionNotice | None) -> str:
    """How the notice of a collection stands, and until when it can be given."""
    if found is None or found.standing is Standing.NONE:
        return ""
    if found.standing is Standing.TOLD and found.told_on is not None:
        return f"told, {formats.day(found.told_on)}"
    if found.standing is Standing.WAITS:
        return "letter not sent yet"
    if found.standing is Standing.SHORT:
        return f"too late: from {formats.day(found.could_go_on)}"
    said = {Standing.LOST: "came back: ", Standing.CHANGED: "changed: "}.get(found.standing, "")
    return f"{said}tell by {formats.day(found.post_by)}"


class Dated:
    """A collection in the list, with its notice."""

    __slots__ = ("notice", "row")

    def __init__(self, row: CollectionRow, notice: CollectionNotice | None) -> None:
        self.row = row
        self.notice = notice


DATES: tuple[Column[Dated], ...] = (
    Column(
        "due_on",
        "Day",
        lambda each: each.row.due_on,
        104,
        shown=lambda each: formats.weekday(each.row.due_on),
        firm=True,
    ),
    money_column("amount", "Amount", lambda each: each.row.amount, 84, total=True),
    Column(
        "state",
        "State",
        lambda each: state_words(each.row.state, each.row.kind),
        110,
        tone=lambda each: TONES.get(each.row.state, ""),
        floor=84,
    ),
    Column(
        "notice",
        "Notice",
        lambda each: notice_words(each.notice),
        170,
        tone=lambda each: NOTICE_TONES.get(each.notice.standing, "") if each.notice else "",
        floor=150,
    ),
    Column("by_hand", "By hand", lambda each: each.row.by_hand, 130, floor=90, least=1),
    Column("planned_on", "Planned for", lambda each: each.row.planned_on, 92, holds=Holds.DATE, spare=True),
)
NOTICES: tuple[Column[NoticeRow], ...] = (
    Column("given_on", "Given", lambda each: each.given_on, 92, holds=Holds.DATE, firm=True),
    Column("kind", "About", lambda each: KINDS[each.kind], 120, floor=90),
    Column("way", "How", lambda each: WAYS[each.way], 110, least=1),
    Column(
        "state", "What became of it", lambda each: each.state, 150, tone=lambda each: "" if each.standing else "bad"
    ),
    Column("count", "Tells of", lambda each: each.count, 70, right=True, holds=Holds.NUMBER, least=2),
    Column("first_due_on", "First day", lambda each: each.first_due_on, 92, holds=Holds.DATE, least=3),
    Column("days", "Days promised", lambda each: each.days, 100, right=True, holds=Holds.NUMBER, spare=True),
    Column("words", "Said", lambda each: each.words, 160, least=4),
    Column("officer", "By", lambda each: each.officer, 110, least=5),
)


def moved_words(version: Version) -> str:
    """The parts that are others than in the version before."""
    return "; ".join(f"{PARTS[each.kind].lower()} {each.was} to {each.now}" for each in version.moved)


VERSIONS: tuple[Column[Version], ...] = (
    Column("number", "No", lambda each: each.schedule.number, 44, right=True, holds=Holds.NUMBER, firm=True),
    Column(
        "made",
        "Made",
        lambda each: each.schedule.made_at,
        110,
        shown=lambda each: formats.moment(each.schedule.made_at),
    ),
    Column("usual", "Instalment", lambda each: each.schedule.usual, 84, right=True, holds=Holds.POUNDS, firm=True),
    Column("count", "Dates", lambda each: each.schedule.count, 54, right=True, holds=Holds.NUMBER, least=2),
    Column("terms", "Collected", lambda each: each.schedule.terms.words, 130, least=4),
    Column("why", "Why", lambda each: each.schedule.reason, 150),
    Column("moved", "What changed", moved_words, 220, least=1),
    Column("officer", "By", lambda each: each.schedule.made_by, 100, least=3),
)


class SchedulePart(QWidget):
    """The instalment as a sum over the collections of the mandate.

    Signals:
        opened(CollectionRow): Enter or a double click on a collection.
    """

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.sum = SumPanel()
        inside = QWidget()
        inside.setObjectName("canvas")
        around = column(inside, self.sum, None)
        around.setContentsMargins(scaled(14), scaled(4), scaled(14), 0)
        scroll = scrolled(inside)
        scroll.setAccessibleName("The instalment as a sum")
        self.model: ListModel[Dated] = ListModel(DATES)
        self.table = DataTable("Collections of the mandate", self.model, stretch="notice", empty="None is planned.")
        self.table.opened.connect(lambda each: self.opened.emit(each.row))
        self._halves = halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(scroll)
        halves.addWidget(self.table)
        halves.setSizes(list(map(scaled, _HIGH)))
        column(self, halves, spacing=0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is room the collections stand beside the sum, not under it: a card under the list is wide and low."""
        super().resizeEvent(event)
        beside = event.size().width() >= scaled(_BESIDE)
        way = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._halves.orientation() is not way:
            self._halves.setOrientation(way)
            self._halves.setSizes([scaled(_SUM_WIDE), event.size().width()] if beside else list(map(scaled, _HIGH)))

    def chosen(self) -> CollectionRow | None:
        """The collection that is chosen."""
        found = self.table.row()
        return found.row if found is not None else None

    def show_schedule(self, found: ScheduleShown | None) -> None:
        """Show the schedule; None: nothing."""
        if found is None:
            self.sum.clear("")
            self.model.show_rows(())
            return
        if found.explained is None:
            self.sum.clear()
        else:
            self.sum.show_explained(found.explained)
        rows = [Dated(each, found.notices.get(each.collection_id)) for each in found.of.collections]
        self.model.show_rows(rows)
        coming = (at for at, each in enumerate(rows) if each.row.due_on >= found.today)
        if rows:
            self.table.go_to(next(coming, len(rows) - 1))


class NoticesPart(DataTable):
    """The notices that the payer was given."""

    def __init__(self) -> None:
        self.rows: ListModel[NoticeRow] = ListModel(NOTICES, in_turn=True)
        super().__init__("Notices given", self.rows, stretch="state", empty="The payer was told of nothing yet.")


class VersionsPart(DataTable):
    """The versions of the schedule, each with what changed."""

    def __init__(self) -> None:
        self.rows: ListModel[Version] = ListModel(VERSIONS, in_turn=True)
        super().__init__("Versions of the schedule", self.rows, stretch="why", empty="No schedule was made yet.")
