"""The register of bulk changes: the list, and beside it the change that is chosen with its difference list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.models.values import ChargeChangeState
from app.services.charges.bulk.dto import ChangeDetail, ChangeLine, ChangeRow, CodeChange, LeftOut
from app.views.common import formats, icons
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.page import Page
from app.views.common.parts import Card, Figure, SideCard, action_button, column, label, pill, restyle, row, scrolled
from app.views.common.rooms import Beside, Room
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled
from app.views.rent.changes.table import (
    CHANGES,
    CODES,
    LEFT_OUT,
    LINES,
    STATES,
    DifferenceTable,
    in_words,
    signed,
    state_of,
)

_LEAST_PARTS = 200
_GIVE, _DO = "email-multiple-outline", "check"
_OPEN = {ChargeChangeState.REHEARSED, ChargeChangeState.NOTICED}
_NONE = "No bulk change was rehearsed yet. A rule or a spreadsheet makes one; nobody's charge is touched before it is applied."


class ChangesPage(Page):
    """Bulk changes.

    Signals:
        chosen(int): show this change.
        rule_wanted, sheet_wanted: rehearse a new one, by a rule or a spreadsheet.
        notice_wanted, apply_wanted, cancel_wanted(ChangeDetail): what is to be done with the one that is shown.

    Keys: Ctrl+R by a rule, Ctrl+Shift+R from a spreadsheet, F9 give notice, Ctrl+Enter apply, Ctrl+Shift+X give it up.
    """

    chosen = Signal(int)
    rule_wanted = Signal()
    sheet_wanted = Signal()
    notice_wanted = Signal(object)
    apply_wanted = Signal(object)
    cancel_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("Bulk changes", areas=frozenset({"charges", "letters", "approvals"}), help_topic="rent")
        self.detail: ChangeDetail | None = None
        self._by_rule = self.add_key("Ctrl+R", "By a rule", self.rule_wanted.emit, tip="Rehearse a change by a rule")
        self._by_sheet = self.add_key(
            "Ctrl+Shift+R", "From a spreadsheet", self.sheet_wanted.emit, tip="Rehearse a change from a spreadsheet"
        )
        self._notice = self._about("F9", "Give notice", self.notice_wanted, "Make the rent notices in bulk")
        self._cancel = self._about("Ctrl+Shift+X", "Give it up", self.cancel_wanted, "It is never applied")
        self._apply = self._about("Ctrl+Return", "Apply", self.apply_wanted, "Change the charges")
        self._apply.setShortcuts([*self._apply.shortcuts(), "Ctrl+Enter"])
        self.changes: ListModel[ChangeRow] = ListModel(CHANGES)
        self.lines: ListModel[ChangeLine] = ListModel(LINES)
        self.codes: ListModel[CodeChange] = ListModel(CODES)
        self.left_out: ListModel[LeftOut] = ListModel(LEFT_OUT)
        self.table = DataTable("Bulk changes", self.changes, stretch="name", empty=_NONE)
        self.table.chosen.connect(self._choose)
        self.parts = self._parts()
        whole = Beside(self._list(), column(None, self._head(), Room(self.parts, _LEAST_PARTS), spacing=12))
        column(self, scrolled(whole))
        self.setFocusProxy(self.table)
        self.show_nothing()

    def show_changes(self, rows: Sequence[ChangeRow], at: int | None) -> None:
        """List them, the officer on the one with this id, else on the first."""
        self.changes.show_rows(tuple(rows))
        place = next((place for place, each in enumerate(rows) if each.change_id == at), 0)
        if rows:
            self.table.go_to(place)
        else:
            self.show_nothing()

    def show_nothing(self) -> None:
        """No change is chosen."""
        self.detail = None
        self._title.setText("Bulk changes")
        self._state.setVisible(False)
        self._said.setText(_NONE)
        self._notices.setVisible(False)
        for figure in self._figures:
            figure.show_text("-")
        for action in (self._notice, self._cancel, self._apply):
            action.setEnabled(False)
        for model in (self.lines, self.codes, self.left_out):
            model.show_rows(())

    def show_detail(
        self,
        found: ChangeDetail,
        lines: tuple[ChangeLine, ...],
        every: Callable[[Any], Sequence[ChangeLine]] | None = None,
    ) -> None:
        """Show a change, and its difference list; `every` reads all of it for an export."""
        self.detail = found
        shown = found.row
        self._title.setText(shown.name)
        self._state.setText(state_of(shown))
        restyle(self._state, tone="warning" if shown.request_id is not None else STATES[shown.state][1])
        self._state.setVisible(True)
        self._said.setText(
            ". ".join(each for each in (in_words(shown), found.rule or "By a spreadsheet") if each) + "."
        )
        words, warns = _notices(found)
        self._notices.setText(words)
        self._notices.setVisible(bool(words))
        restyle(self._notices, tone="warning" if warns else "")
        charges, accounts, before, after, more = self._figures
        charges.show_text(f"{shown.lines:,}")
        accounts.show_text(f"{found.accounts:,}")
        before.show_amount(shown.before, balance=False)
        after.show_amount(shown.after, balance=False)
        more.show_text(signed(shown.after - shown.before))
        is_open = shown.state in _OPEN and shown.request_id is None
        self._notice.setEnabled(is_open and not found.moved)
        self._apply.setEnabled(is_open and not found.moved)
        self._cancel.setEnabled(is_open)
        self._lead(found.notices.missing > 0 and found.notices.batch_id is None)
        self.codes.show_rows(found.by_code)
        self.lines.show_rows(lines)
        self.differences.every, self.differences.count = every, shown.lines
        self._more.setText(f"The {len(lines):,} dearest of {shown.lines:,} are listed; Export has them all.")
        self._more.setVisible(len(lines) < shown.lines)
        self.left_out.show_rows(found.left_out)
        self.parts.count_part(self._lines_at, shown.lines)
        self.parts.count_part(self._left_out_at, len(found.left_out))

    def _lead(self, notice_first: bool) -> None:
        """The primary button is what comes next."""
        for button, leads in ((self._notice_button, notice_first), (self._apply_button, not notice_first)):
            restyle(button, role="primary" if leads else "")
        icons.dress(self._notice_button, _GIVE, "on_brand" if notice_first else "brand")
        icons.dress(self._apply_button, _DO, "brand" if notice_first else "on_brand")

    def _choose(self, chosen: ChangeRow | None) -> None:
        if chosen is not None:
            self.chosen.emit(chosen.change_id)

    def _about(self, keys: str, does: str, signal: Any, tip: str) -> Any:
        return self.add_key(keys, does, lambda: self.detail and signal.emit(self.detail), tip=tip)

    def _list(self) -> SideCard:
        card = SideCard(370)
        card.column.addWidget(label("Rehearse a change", "heading"))
        buttons = FlowLayout()
        for action, icon in ((self._by_rule, "percent-outline"), (self._by_sheet, "file-table-outline")):
            buttons.addWidget(action_button(action, icon=icon))
        card.column.addLayout(buttons)
        card.column.addSpacing(scaled(8))
        card.column.addWidget(label("Bulk changes", "heading"))
        card.column.addWidget(self.table, 1)
        return card

    def _head(self) -> Card:
        card = Card(spacing=6)
        self._title = label("", "title", wrap=True)
        self._state = pill("")
        self._said = label("", "muted", wrap=True)
        self._notices = label("", wrap=True)
        self._figures = tuple(
            Figure(name) for name in ("Charges", "Accounts", "Before, a week", "After", "More a week")
        )
        figures = FlowLayout(across=28)
        for figure in self._figures:
            figures.addWidget(figure)
        work = FlowLayout()
        self._notice_button = action_button(self._notice, icon=_GIVE)
        self._apply_button = action_button(self._apply, role="primary", icon=_DO)
        for button in (action_button(self._cancel, icon="close"), self._notice_button, self._apply_button):
            work.addWidget(button)
        top = row(self._title, self._state, None)
        top.setAlignment(self._state, Qt.AlignmentFlag.AlignVCenter)
        card.column.addLayout(top)
        card.column.addWidget(self._said)
        card.column.addWidget(self._notices)
        card.column.addSpacing(scaled(2))
        card.column.addLayout(figures)
        card.column.addSpacing(scaled(4))
        card.column.addLayout(work)
        return card

    def _parts(self) -> TabbedCard:
        parts = TabbedCard("Parts of the change")
        lines = self.differences = DifferenceTable(
            "Difference list", self.lines, stretch="name", empty="Choose a change."
        )
        lines.title = lambda: f"Difference list, {self._title.text()}"
        self._more = label("", "muted", wrap=True)
        self._more.setContentsMargins(scaled(14), scaled(6), scaled(14), scaled(6))
        whole = QWidget()
        column(whole, lines, self._more, spacing=0).setStretch(0, 1)
        self._lines_at = parts.add_part("Difference list", whole)
        parts.add_part("By charge", DataTable("By charge", self.codes, stretch="what", empty="Choose a change."))
        self._left_out_at = parts.add_part(
            "Left out", DataTable("Left out", self.left_out, stretch="why", empty="Nothing is left out.")
        )
        return parts


def _notices(found: ChangeDetail) -> tuple[str, bool]:
    """How the notices stand, and whether that is something to look at."""
    shown, notices = found.row, found.notices
    if shown.state not in _OPEN:
        return (f"Without a notice in time: {found.excuse}" if found.excuse else ""), False
    if found.moved:
        many = formats.count(found.moved, "charge")
        return f"{many} changed since it was rehearsed: give it up and rehearse it again.", True
    if shown.request_id is not None:
        return f"Request {shown.request_id} waits for another officer.", True
    if not notices.needed:
        return "No notice is needed: nothing becomes dearer.", False
    if not notices.missing:
        return f"Notice was served on {formats.day(notices.served_on)} for every account that needs one.", False
    missing = formats.count(notices.missing, "account")
    if notices.batch_id is None:
        return f"Give notice next: {missing} become dearer. Post it by {formats.day(notices.post_by)}.", True
    return f"{missing} still without a notice in time: post it by {formats.day(notices.post_by)}.", True
