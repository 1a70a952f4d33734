"""One request beside the queue: what it changes, why, its trail and its evidence; or several at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QSpacerItem, QWidget

from app.models.values import ApprovalState
from app.services.approvals.dto import Detail, Request, RequestRow, Step
from app.views.approvals.dialogs import sum_of
from app.views.approvals.table import STEPS, state_of, tone_of
from app.views.common import formats
from app.views.common.boxes import Grid, emptied
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.documents import DocumentsPanel
from app.views.common.flow import FlowLayout
from app.views.common.message_bar import MessageBar
from app.views.common.parts import Card, action_button, column, label, pill, restyle, row, rule, scrolled
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled

_MOST_DETAILS = 200
_OPEN = (ApprovalState.WAITING, ApprovalState.RETURNED)
_ICONS = {
    "give_back": "undo-variant",
    "refuse": "close",
    "withdraw": "tray-arrow-up",
    "ask_again": "refresh",
    "approve": "check",
}
"""The buttons from left to right: the primary one last."""
_LEAST_EVIDENCE = 280
_LEAST_PARTS = 200


class RequestDetail(QWidget):
    """A request with its actions at the top, or what several come to."""

    def __init__(self, actions: dict[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self._title = label("", "title", wrap=True)
        self._state = pill("")
        self._meta = label("", "muted", wrap=True)
        self._reason = label("", wrap=True, selectable=True)
        self._note = label("", "muted", wrap=True)
        self.warning = MessageBar(inline=True)
        self.buttons = FlowLayout(right=True)
        for key, icon in _ICONS.items():
            role = "primary" if key == "approve" else ""
            self.buttons.addWidget(action_button(actions[key], role=role, icon=icon))
        self.changes = QWidget()
        self.changes.setObjectName("canvas")
        self._grid = Grid(self.changes)
        self._grid.setContentsMargins(scaled(14), scaled(8), scaled(14), scaled(8))
        self._grid.setHorizontalSpacing(scaled(16))
        self._grid.setVerticalSpacing(scaled(6))
        self._grid.setColumnMinimumWidth(0, scaled(130))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.steps: ListModel[Step] = ListModel(STEPS)
        self.steps_table = DataTable("Trail", self.steps, stretch="reason")
        self.evidence = DocumentsPanel("Evidence")
        self.evidence.setMinimumHeight(scaled(_LEAST_EVIDENCE))
        self.evidence.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._evidence_head = label("", "strong")
        self._evidence_head.setContentsMargins(scaled(14), scaled(4), scaled(14), 0)
        self.parts = TabbedCard("Parts of the request")
        self.parts.add_part("What it changes", scrolled(self._request()))
        self.trail_at = self.parts.add_part("Trail", self.steps_table)
        self.parts.setMinimumHeight(scaled(_LEAST_PARTS))
        self.parts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._card = self._head()
        column(self, self._card, self.parts, spacing=12).setStretch(1, 1)
        self.show_nothing("", "")

    def show_nothing(self, title: str, words: str) -> None:
        """No request is chosen: say what to do first."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._meta.setText(words)
        self._words("", "")
        self._state.setVisible(False)
        self.warning.clear()
        self.parts.setVisible(False)
        self._fit()

    def show_many(self, rows: Sequence[RequestRow]) -> None:
        """Several are chosen: how many of what, and what they come to."""
        kinds = sorted({each.kind_title for each in rows})
        total = sum_of(rows)
        self._title.setText(f"{formats.count(len(rows), 'request')} chosen")
        self._title.setVisible(True)
        come_to = f", {total} in total" if total is not None else ""
        self._meta.setText(f"{', '.join(kinds)}{come_to}")
        mixed = "Choose requests of one kind to approve them together." if len(kinds) > 1 else ""
        own = sum(not each.may_decide for each in rows)
        barred = f"{formats.count(own, 'of them is', 'of them are')} not yours to approve." if own else ""
        self._words("", " ".join(each for each in (mixed, barred) if each))
        self._state.setVisible(False)
        self.warning.clear()
        self.parts.setVisible(False)
        self._fit()

    def show_request(self, found: Request) -> None:
        """Show one request."""
        shown = found.row
        self._title.setText(shown.summary)
        self._title.setVisible(True)
        self._state.setText(state_of(shown))
        restyle(self._state, tone=tone_of(shown))
        self._state.setVisible(True)
        self._meta.setText(_meta(shown))
        self._words(shown.reason, _note(found))
        if found.overtaken:
            self.warning.bad(f"What it changes has changed since it was asked. {' '.join(found.overtaken)}")
        else:
            self.warning.clear()
        self._show_changes(found.details)
        self.steps.show_rows(found.trail)
        self.count_evidence(len(found.evidence))
        self.evidence.setVisible(bool(found.evidence) or may_attach(shown))
        self.parts.setVisible(True)
        self._fit()

    def count_evidence(self, count: int) -> None:
        """Say how much evidence there is."""
        self._evidence_head.setText(
            formats.count(count, "document") + " as evidence" if count else "No evidence is attached."
        )

    def _head(self) -> Card:
        card = Card(margins=(14, 12, 14, 14), spacing=8)
        top = row(self._state, None, self.buttons, spacing=12)
        card.column.addLayout(top)
        for each in (self._title, self._meta, self.warning, self._reason, self._note):
            card.column.addWidget(each)
        card.column.addStretch(1)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """The head is as high as its words and buttons are at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._card.column.invalidate()
        self._card.setMinimumHeight(self._card.column.totalHeightForWidth(self.width()))

    def _request(self) -> QWidget:
        """What it changes with its evidence under it, so that both are seen at once."""
        inside = QWidget()
        inside.setObjectName("canvas")
        self.changes.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        whole = column(inside, self.changes, self._evidence_head, self.evidence, spacing=4)
        whole.setStretch(2, 1)
        whole.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding))
        return inside

    def _words(self, reason: str, note: str) -> None:
        for shown, text in ((self._reason, reason), (self._note, note)):
            shown.setText(text)
            shown.setVisible(bool(text))

    def _show_changes(self, details: Sequence[Detail]) -> None:
        emptied(self._grid)
        heads = (("", 0), ("As it was when asked", 1), ("As it will be", 2))
        for words, at in heads:
            self._grid.addWidget(label(words, "muted"), 0, at)
        for place, each in enumerate(details[:_MOST_DETAILS]):
            line = 1 + 2 * place
            self._grid.addWidget(rule(), line, 0, 1, 3)
            cells = (label(each.label, "muted", wrap=True), _value(each.before), _value(each.after, "strong"))
            for at, cell in enumerate(cells):
                self._grid.addWidget(cell, line + 1, at, Qt.AlignmentFlag.AlignTop)
        last = 2 * len(details[:_MOST_DETAILS]) + 1
        if len(details) > _MOST_DETAILS:
            more = f"and {len(details) - _MOST_DETAILS:,} more lines"
            self._grid.addWidget(label(more, "muted"), last, 0, 1, 3)


def may_attach(row: RequestRow) -> bool:
    """Whether whoever looks may still add evidence: to their own request, until it is decided."""
    return row.own and row.state in _OPEN


def _value(text: str, role: str = "") -> QWidget:
    return label(text or "nothing", role if text else "muted", wrap=True, selectable=True)


def _meta(row: RequestRow) -> str:
    parts = [row.kind_title]
    if row.total is not None:
        lines = f" in {formats.count(row.count, 'line')}" if row.count > 1 else ""
        parts.append(f"{row.total}{lines}")
    parts.append(f"asked by {row.asked_by}, {formats.moment(row.asked_at)}")
    if row.state is ApprovalState.WAITING and not row.expired:
        parts.append(f"to be decided by {formats.day(row.expires_on)}")
    return "   ".join(parts)


def _note(found: Request) -> str:
    """Who decided or may decide, and why not the officer who looks."""
    row = found.row
    if row.state is not ApprovalState.WAITING:
        by = f"{formats.words(row.state)} by {row.decided_by}"
        acting = f", for {row.decided_for}" if row.decided_for else ""
        why = f": {row.decision}" if row.decision else ""
        return f"{by}{acting}, {formats.moment(row.decided_at)}{why}"
    if row.may_decide:
        return f"You may approve this {row.acting_for}." if row.acting_for else ""
    if not found.deciders and not row.expired:
        return f"{row.why_not} Nobody else in the office may approve it now: an administrator gives roles and limits."
    who = f" {_names(found.deciders)} may approve it." if found.deciders else ""
    return f"{row.why_not}{who}"


def _names(names: Sequence[str]) -> str:
    """`A`, `A or B`, `A, B or 3 others`."""
    if len(names) > 3:
        return f"{names[0]}, {names[1]} or {len(names) - 2} others"
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
