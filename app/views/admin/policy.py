"""Policy values: every one with its history, where it comes from and who verified it; changed by two officers."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QButtonGroup, QLineEdit

from app.services.admin.policy.dto import PolicyList, PolicyRow, Standing
from app.services.core.permissions import Permission
from app.views.admin.policy_table import POLICY, mark_of
from app.views.admin.read_only import Headed, read_only_note
from app.views.common import formats
from app.views.common.boxes import VBox, emptied
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.page import Page
from app.views.common.parts import Card, SideCard, action_button, filter_button, label, pill, row, rule
from app.views.common.parts import column as stacked
from app.views.common.theme import scaled

_FILTERS = (
    ("now", "In force and to come", lambda each: each.standing is not Standing.PAST),
    ("verify", "To verify", lambda each: each.to_verify),
    ("own", "Changed here", lambda each: each.own),
    ("waits", "Waiting", lambda each: each.waits is not None),
    ("all", "All", lambda _each: True),
)


class PolicyPage(Page):
    """A list of dated values, and what is known of the one that is chosen.

    Signals:
        add_wanted(PolicyRow), correct_wanted(PolicyRow), withdraw_wanted(PolicyRow), verify_wanted(PolicyRow),
        history_wanted(PolicyRow)
    """

    add_wanted = Signal(object)
    correct_wanted = Signal(object)
    withdraw_wanted = Signal(object)
    verify_wanted = Signal(object)
    history_wanted = Signal(object)

    def __init__(self, *, may_change: bool) -> None:
        super().__init__("Policy values", areas=frozenset({"admin", "charges", "approvals"}), help_topic="admin")
        self._may_change = may_change
        self._all: tuple[PolicyRow, ...] = ()
        self.model: ListModel[PolicyRow] = ListModel(POLICY)
        self.table = DataTable("Policy values", self.model, stretch="title", empty="No policy value is like that.")
        self.text = QLineEdit()
        self.text.setPlaceholderText("Part of a name, a source or a value")
        self.text.setAccessibleName("Find a policy")
        self.text.setClearButtonEnabled(True)
        self.filters = {name: filter_button(title) for name, title, _ in _FILTERS}
        self.add = self.add_key("Ctrl+Return", "New value", lambda: self._tell(self.add_wanted), more=("Ctrl+Enter",))
        self.correct = self.add_key("F2", "Correct", lambda: self._tell(self.correct_wanted))
        self.withdraw = self.add_key("Ctrl+Del", "Withdraw", lambda: self._tell(self.withdraw_wanted))
        self.verify = self.add_key("Ctrl+M", "Mark as verified", lambda: self._tell(self.verify_wanted))
        self.add_key("Ctrl+H", "Who changed it", lambda: self._tell(self.history_wanted))
        self.add_key("Ctrl+F", "Find a policy", self.text.setFocus)
        self._arrange()
        self.text.textChanged.connect(lambda _text: self._filter())
        self.table.chosen.connect(self._show)
        self.setFocusProxy(self.table)
        self._show(None)

    def show_values(self, found: PolicyList) -> None:
        """Show every value, and stay on the one that was chosen."""
        self._all = found.rows
        self._filter()

    def _arrange(self) -> None:
        card = Card(margins=(0, 12, 0, 6))
        group = QButtonGroup(self)
        chips = FlowLayout()
        for each in self.filters.values():
            group.addButton(each)
            chips.addWidget(each)
        self.filters["now"].setChecked(True)
        group.buttonToggled.connect(lambda _button, on: self._filter() if on else None)
        self._count = label("", "muted")
        head = stacked(None, row(label("Policy values", "heading"), None, self._count), self.text, chips, spacing=8)
        head.setContentsMargins(scaled(14), 0, scaled(14), scaled(4))
        card.column.addLayout(head)
        card.column.addWidget(self.table, 1)
        layout = row(card, self._detail(), spacing=12)
        layout.setStretch(0, 7)
        layout.setStretch(1, 4)
        self.setLayout(layout)

    def _detail(self) -> SideCard:
        detail = SideCard(420, spacing=10)
        self._title = label("", "heading", wrap=True)
        self._scope = label("", "muted", wrap=True)
        self._value = label("", "figure")
        self._pills = row()
        self._facts = VBox()
        self._facts.setSpacing(scaled(8))
        self._values = VBox()
        self._values.setSpacing(scaled(4))
        self._waits = label("", tone="warning", wrap=True)
        actions = FlowLayout()
        for action, icon in (
            (self.correct, "pencil-outline"),
            (self.withdraw, "undo-variant"),
            (self.verify, "check-decagram-outline"),
        ):
            actions.addWidget(action_button(action, icon=icon))
        add = action_button(self.add, role="primary", icon="plus")
        detail.column.addWidget(Headed(stacked(None, self._title, self._scope, spacing=2), add))
        detail.column.addWidget(read_only_note(Permission.EDIT_POLICY, may_change=self._may_change))
        detail.column.addLayout(row(self._value, self._pills, None))
        detail.column.addWidget(self._waits)
        detail.column.addLayout(self._facts)
        detail.column.addLayout(actions)
        detail.column.addWidget(rule())
        detail.column.addWidget(label("Every value of this policy", "strong"))
        detail.column.addLayout(self._values)
        detail.column.addStretch(1)
        return detail

    def _filter(self) -> None:
        before = self.table.row()
        wanted = next(test for name, _, test in _FILTERS if self.filters[name].isChecked())
        words = self.text.text().casefold().split()
        rows = [each for each in self._all if wanted(each) and all(word in _text(each) for word in words)]
        self.model.show_rows(rows)
        self._count.setText(formats.count(len(rows), "value"))
        if rows:
            self.table.go_to(next((at for at, each in enumerate(self.model.rows) if _same(each, before)), 0))
        else:
            self._show(None)

    def _show(self, chosen: object) -> None:
        found = chosen if isinstance(chosen, PolicyRow) else None
        for layout in (self._pills, self._facts, self._values):
            emptied(layout)
        self._title.setText(found.key.title if found else "No policy is chosen")
        self._scope.setText(found.scope_words if found else "")
        self._value.setText(found.words if found else "")
        self._waits.setVisible(found is not None and found.waits is not None)
        free = found is not None and self._may_change and found.waits is None
        self.add.setEnabled(free)
        for action in (self.correct, self.withdraw):
            action.setVisible(free and found is not None and found.changeable)
        self.verify.setVisible(self._may_change and found is not None and not found.verified_by)
        if found is None:
            return
        self._waits.setText(f"Request {found.waits} waits for a second officer on the page Approvals.")
        words, tone = mark_of(found)
        self._pills.addWidget(pill(formats.words(found.standing), "good" if found.standing is Standing.NOW else ""))
        if words:
            self._pills.addWidget(pill(words, tone))
        for title, text in _facts(found):
            self._facts.addLayout(
                stacked(None, label(title, "muted"), label(text, wrap=True, selectable=True), spacing=0)
            )
        for each in self._all:
            if (each.key.key, each.scope) == (found.key.key, found.scope):
                chosen_one = each.effective_from == found.effective_from
                line = row(label(f"from {formats.day(each.effective_from)}", "strong" if chosen_one else ""), None)
                line.addWidget(label(each.words, "strong" if chosen_one else ""))
                self._values.addLayout(line)

    def _tell(self, signal: SignalInstance) -> None:
        chosen = self.table.row()
        if isinstance(chosen, PolicyRow):
            signal.emit(chosen)


def _facts(found: PolicyRow) -> list[tuple[str, str]]:
    until = formats.day(found.ends_on) if found.ends_on else "until further notice"
    verified = f"{found.verified_by}, {formats.day(found.verified_on)}" if found.verified_by else "nobody yet"
    return [
        (
            "In force",
            f"{formats.day(found.effective_from)} to {until}"
            if found.ends_on
            else f"From {formats.day(found.effective_from)} {until}",
        ),
        ("Source", formats.words(found.source)),
        ("Verified for this landlord by", verified),
        ("Which rule uses it", found.key.used_by),
    ]


def _text(each: PolicyRow) -> str:
    return f"{each.key.title} {each.scope_words} {each.words} {each.source} {each.key.key}".casefold()


def _same(each: PolicyRow, other: object) -> bool:
    return isinstance(other, PolicyRow) and (each.key.key, each.scope, each.effective_from) == (
        other.key.key,
        other.scope,
        other.effective_from,
    )
