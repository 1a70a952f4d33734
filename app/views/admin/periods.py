"""The accounting periods: asked for by one officer, authorised by another."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.models.values import PeriodState
from app.services.ledger.dto import PeriodRow
from app.views.admin.read_only import Headed
from app.views.admin.table import PERIODS
from app.views.common.boxes import VBox, emptied
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.page import Page
from app.views.common.parts import Card, SideCard, button, label, row
from app.views.common.theme import scaled

_CLOSED = "Nothing more is posted in it; lines that belong to its weeks are posted in the open period."
_CLOSING = "One officer asks for it to be closed, another authorises it."


class PeriodsPage(Page):
    """Every period, and what stands in the way of closing the oldest open one.

    Signals:
        change_wanted(PeriodRow, PeriodState): ask for it to be closed or reopened.
        authorise_wanted(PeriodRow): decide what another officer asked for.
    """

    change_wanted = Signal(object, object)
    authorise_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("Periods", areas=frozenset({"admin", "ledger", "charges"}), help_topic="admin")
        self.model: ListModel[PeriodRow] = ListModel(PERIODS)
        self.table = DataTable(
            "Periods",
            self.model,
            stretch="waiting",
            empty="A period begins by itself with the first posting of its month.",
        )
        self.close_period = button("Ask to &close", role="primary", icon="lock-outline", key="Ctrl+Enter")
        self.reopen = button("Ask to &reopen", icon="lock-open-outline", key="Ctrl+Enter")
        self.authorise = button("&Authorise", role="primary", icon="check-decagram-outline", key="Ctrl+Enter")
        self._name = label("", "heading", wrap=True)
        self._said = label("", "muted", wrap=True)
        self._checks = VBox()
        self._checks.setSpacing(scaled(8))
        self.close_period.clicked.connect(lambda: self._ask(PeriodState.CLOSED))
        self.reopen.clicked.connect(lambda: self._ask(PeriodState.OPEN))
        self.authorise.clicked.connect(self._authorise)
        self.table.chosen.connect(self._show)
        list_card = Card(margins=(0, 12, 0, 6))
        head = row(label("Accounting periods", "heading"), None)
        head.setContentsMargins(scaled(14), 0, scaled(14), 0)
        list_card.column.addLayout(head)
        list_card.column.addWidget(self.table, 1)
        detail = SideCard(380, spacing=10)
        detail.column.addWidget(Headed(self._name, self.close_period, self.reopen, self.authorise))
        detail.column.addWidget(self._said)
        detail.column.addLayout(self._checks)
        detail.column.addStretch(1)
        layout = row(list_card, detail, spacing=12)
        layout.setStretch(0, 7)
        layout.setStretch(1, 3)
        self.setLayout(layout)
        self.setFocusProxy(self.table)
        self.add_key("Ctrl+Return", "Ask to close or reopen, or authorise", self._go_on, more=("Ctrl+Enter",))
        self._show(None)

    def show_periods(self, periods: tuple[PeriodRow, ...]) -> None:
        """Show these periods, and stay on the one that was chosen."""
        before = self.table.row()
        self.model.show_rows(periods)
        names = [period.name for period in self.model.rows]
        if names:
            self.table.go_to(names.index(before.name) if isinstance(before, PeriodRow) and before.name in names else 0)
        else:
            self._show(None)

    def _show(self, period: object) -> None:
        emptied(self._checks)
        chosen = period if isinstance(period, PeriodRow) else None
        self.close_period.setVisible(chosen is not None and chosen.state is PeriodState.OPEN and chosen.waiting is None)
        self.reopen.setVisible(chosen is not None and chosen.state is PeriodState.CLOSED and chosen.waiting is None)
        self.authorise.setVisible(chosen is not None and chosen.waiting is not None)
        if chosen is None:
            self._name.setText("There are no periods yet")
            self._said.setText("A period begins by itself with the first posting of its month.")
            return
        self._name.setText(f"{chosen.name}, {chosen.state}")
        self._said.setText(_standing(chosen))
        for check in chosen.checks:
            mark = "yes" if check.passed else "no, which stops closing" if check.stops else "no"
            name = f"{check.name[:1].upper()}{check.name[1:]}"
            line = label(
                f"{name}: {mark}. {check.message}",
                tone="" if check.passed else "bad" if check.stops else "warning",
                wrap=True,
            )
            self._checks.addWidget(line)

    def _go_on(self) -> None:
        for each in (self.authorise, self.close_period, self.reopen):
            if each.isVisible() and each.isEnabled():
                each.click()
                return

    def _ask(self, state: PeriodState) -> None:
        chosen = self.table.row()
        if isinstance(chosen, PeriodRow):
            self.change_wanted.emit(chosen, state)

    def _authorise(self) -> None:
        chosen = self.table.row()
        if isinstance(chosen, PeriodRow):
            self.authorise_wanted.emit(chosen)


def _standing(chosen: PeriodRow) -> str:
    """What may be posted in a period, and who has asked for what."""
    closed = chosen.state is PeriodState.CLOSED
    said = _CLOSED if closed else "It takes postings."
    if chosen.waiting is not None:
        change = "reopened" if closed else "closed"
        return f"{said} {chosen.requested_by} asked for it to be {change}; another officer authorises it."
    return said if closed else f"{said} {_CLOSING}"
