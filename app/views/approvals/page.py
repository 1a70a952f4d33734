"""The Approvals page: the queue by kind, the requests, and what each would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedLayout, QWidget

from app.models.values import ApprovalState
from app.services.approvals.dto import KindCount, Queue, Request, RequestRow, View
from app.views.approvals.detail import RequestDetail
from app.views.approvals.table import DECIDED, KINDS, PARTS, REQUESTS, VIEWS, ViewCount, side_list
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.facets import Choice
from app.views.common.page import Page
from app.views.common.paged_table import PagedTable
from app.views.common.parts import Card, column, label, row, scrolled
from app.views.common.table_foot import TableTools
from app.views.common.theme import scaled

_OPEN = frozenset({ApprovalState.WAITING, ApprovalState.RETURNED})
_SIDE = 236
_LEAST_ABREAST = 1_120
"""A narrower page, in pixels at 100 per cent, has the request under the list."""
_FIRST = "What takes two people, such as closing a period or changing an officer's limits, is listed here once somebody asks."
_EMPTY = {
    View.FOR_ME: ("Nothing waits for your approval.", _FIRST),
    View.MINE: ("You have asked for nothing yet.", "What you ask for that takes a second person is followed here."),
    View.WAITING: ("Nothing waits for anybody's approval.", _FIRST),
    View.DECIDED: ("", ""),
}
_CHOOSE = ("Nothing is chosen", "Choose a request to see what it changes.")
_APPROVE = "Approve what is chosen, and carry it out"


class ApprovalsPage(Page):
    """Approvals.

    Signals:
        queue_wanted(View, str): show this part of the queue, of this kind (empty: all).
        request_wanted(int): open this request.
        approve_wanted, refuse_wanted, return_wanted(list[RequestRow]): decide on the chosen ones.
        ask_again_wanted, withdraw_wanted(RequestRow): one's own.

    Keys: Ctrl+Enter approve, F7 refuse, F9 return for change; one's own: F7 withdraw, F9 ask again.
    """

    queue_wanted = Signal(object, str)
    request_wanted = Signal(int)
    approve_wanted = Signal(object)
    refuse_wanted = Signal(object)
    return_wanted = Signal(object)
    ask_again_wanted = Signal(object)
    withdraw_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("Approvals", areas=frozenset({"approvals"}), help_topic="approvals")
        self.view, self.kind = View.FOR_ME, ""
        self.views: ListModel[ViewCount] = ListModel(VIEWS, in_turn=True)
        self.views_table = side_list("Queues", self.views)
        self.kinds: ListModel[KindCount] = ListModel(KINDS, in_turn=True)
        self.kinds_table = side_list("Kinds of request", self.kinds)
        self.requests: ListModel[RequestRow] = ListModel(REQUESTS)
        self.table = DataTable("Requests", self.requests, stretch="summary")
        self.table.shown = self._in_words
        self.decided = PagedTable(DECIDED)
        self._foot = label("", "muted")
        self.actions_of = self._actions()
        self.detail = RequestDetail(self.actions_of)
        self._changing = False
        self._said = ""
        self._turned = QTimer(self, singleShot=True, interval=0)
        self._turned.timeout.connect(self._turn)
        self._arrange()
        self.views_table.chosen.connect(self._choose_view)
        self.kinds_table.chosen.connect(self._choose_kind)
        self.table.choice_changed.connect(self._turned.start)
        self.table.chosen.connect(lambda _row: self._turned.start())
        self.decided.moved.connect(self.request_wanted.emit)
        self._show_views({})
        self.show_choice()
        self.setFocusProxy(self.table)

    def show_queue(self, queue: Queue, go_to: int | None = None) -> None:
        """Show a part of the queue, staying where the officer was; `go_to` is a request to open."""
        self._changing = True
        place = self.table.currentIndex().row()
        before = self.table.row()
        wanted = go_to if go_to is not None else before.request_id if isinstance(before, RequestRow) else None
        self._show_views(queue.views)
        self._show_kinds(queue)
        if self.view is View.DECIDED:
            self._show_decided(queue)
            self._changing = False
            return
        self._lists.setCurrentIndex(0)
        self.requests.show_rows(queue.rows)
        self.table.hide_empty_columns()
        self.table.say_when_empty(_EMPTY[self.view][0])
        ids = [each.request_id for each in self.requests.rows]
        if ids:
            self.table.go_to(ids.index(wanted) if wanted in ids else min(max(place, 0), len(ids) - 1))
        more = f"   The latest {len(queue.rows):,} are listed." if queue.more else ""
        self._said = f"{formats.count(len(queue.rows), 'request')}{more}"
        self._changing = False
        self._turn()

    def show_request(self, found: Request) -> None:
        """Show the request that was asked for, if it is still the one chosen."""
        if self._chosen_ids() == [found.row.request_id]:
            self.detail.show_request(found)
            self._enable([found.row], blocked=bool(found.overtaken))

    def show_no_decided(self) -> None:
        """The list of what was decided has nothing that fits."""
        if self.view is View.DECIDED:
            self.detail.show_nothing("", "")
            self._enable([])

    def show_choice(self) -> None:
        """Nothing or several are chosen."""
        rows = self.chosen()
        if len(rows) > 1:
            self.detail.show_many(rows)
        elif not rows:
            self.detail.show_nothing(*(_CHOOSE if self.requests.rows else ("", _EMPTY[self.view][1])))
        self._enable(rows)

    def chosen(self) -> list[RequestRow]:
        """The requests that are chosen, in their order; of the decided ones, that which is shown."""
        if self.view is View.DECIDED:
            one = self.decided.table.row()
            return [one] if isinstance(one, RequestRow) else []
        places = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.requests.rows[place] for place in places if place < len(self.requests.rows)]

    def _chosen_ids(self) -> list[int]:
        """Of the long list too, whose row may come after the request itself."""
        if self.view is not View.DECIDED:
            return [each.request_id for each in self.chosen()]
        return [at for at in [self.decided.model.id_at(self.decided.table.currentIndex().row())] if at is not None]

    def open_view(self, view: View, kind: str = "") -> None:
        """Turn to a part of the queue."""
        self.view, self.kind = view, kind
        self.queue_wanted.emit(view, kind)

    def _in_words(self) -> tuple[str, ...]:
        """Which part of the queue is listed, for the stamp of an export."""
        kind = self.kinds_table.row()
        return (PARTS[self.view], *((kind.title,) if isinstance(kind, KindCount) and kind.kind else ()))

    def _actions(self) -> dict[str, QAction]:
        return {
            "approve": self.add_key(
                "Ctrl+Return",
                "Approve",
                lambda: self.approve_wanted.emit(self.chosen()),
                tip=_APPROVE,
                more=("Ctrl+Enter",),
            ),
            "refuse": self.add_key(
                "F7", "Refuse", lambda: self.refuse_wanted.emit(self.chosen()), tip="Refuse it for good, with a reason"
            ),
            "give_back": self.add_key(
                "F9",
                "Return for change",
                lambda: self.return_wanted.emit(self.chosen()),
                tip="Give it back to whoever asked, who can ask again",
            ),
            "ask_again": self.add_key(
                "F9", "Ask again", lambda: self.ask_again_wanted.emit(self.chosen()[0]), tip="Ask again for your own"
            ),
            "withdraw": self.add_key(
                "F7", "Withdraw", lambda: self.withdraw_wanted.emit(self.chosen()[0]), tip="Take your own request back"
            ),
        }

    def _enable(self, rows: Sequence[RequestRow], *, blocked: bool = False) -> None:
        """Offer what can be done with the chosen requests, and nothing else."""
        kinds = {each.kind for each in rows}
        own = len(rows) == 1 and rows[0].own and rows[0].state in _OPEN
        may_refuse = bool(rows) and all(each.may_refuse for each in rows)
        offered = {
            "approve": len(kinds) == 1 and any(each.may_decide for each in rows) and not blocked,
            "refuse": may_refuse,
            "give_back": may_refuse and all(each.state is ApprovalState.WAITING for each in rows),
            "ask_again": own,
            "withdraw": own,
        }
        waits = bool(rows) and all(each.state is ApprovalState.WAITING for each in rows) and not own
        for key, action in self.actions_of.items():
            action.setEnabled(offered[key])
            action.setVisible(offered[key] or (key == "approve" and waits))
        why_not = next((each.why_not for each in rows if each.why_not), "") if not offered["approve"] else ""
        self.actions_of["approve"].setToolTip(why_not or _APPROVE)
        self._foot.setText(self._said + (f"   {len(rows):,} chosen" if len(rows) > 1 else ""))

    def _arrange(self) -> None:
        side = Card(margins=(0, 6, 0, 6), spacing=6)
        side.setFixedWidth(scaled(_SIDE))
        self.views_table.setFixedHeight(scaled(28 * (len(PARTS)) + 36))
        side.column.addWidget(self.views_table)
        side.column.addSpacing(scaled(8))
        side.column.addWidget(self.kinds_table, 1)
        listed = Card(margins=(0, 6, 0, 6), spacing=4)
        foot = row(self._foot, None, TableTools(self.table, "Requests"))
        foot.setContentsMargins(scaled(14), 0, scaled(8), 0)
        queue = QWidget()
        column(queue, self.table, foot, spacing=4).setStretch(0, 1)
        self._lists = QStackedLayout()
        listed.column.addLayout(self._lists, 1)
        self._lists.addWidget(queue)
        settled = QWidget()
        column(settled, 10, self.decided, spacing=0)
        self._lists.addWidget(settled)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("approvals splitter")
        self.splitter.addWidget(listed)
        self.splitter.addWidget(scrolled(self.detail))
        self.splitter.setHandleWidth(scaled(12))
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([scaled(560), scaled(614)])
        whole = QWidget()
        layout = row(side, self.splitter, spacing=12)
        layout.setStretch(1, 1)
        whole.setLayout(layout)
        column(self, whole, margin=14)
        self._side = side

    def _show_views(self, counts: object) -> None:
        found = counts if isinstance(counts, dict) else {}
        rows = [ViewCount(view, title, found.get(view)) for view, title in PARTS.items()]
        changing, self._changing = self._changing, True
        self.views.show_rows(rows)
        self.views_table.go_to(list(PARTS).index(self.view))
        self._changing = changing

    def _show_kinds(self, queue: Queue) -> None:
        every = KindCount("", "All kinds", sum(each.count for each in queue.kinds), None)
        rows = (every, *queue.kinds)
        self.kinds.show_rows(rows)
        keys = [each.kind for each in rows]
        self.kinds_table.go_to(keys.index(self.kind) if self.kind in keys else 0)

    def _show_decided(self, queue: Queue) -> None:
        """The long list, of the kind that is chosen at the side."""
        self.decided.bar.offer("kinds", [Choice(each.kind, each.title) for each in queue.kinds])
        self._lists.setCurrentIndex(1)
        self.decided.bar.ask(replace(self.decided.filter, kinds=frozenset({self.kind} - {""})))
        for kept in self._chosen_ids():
            self.request_wanted.emit(kept)

    def _choose_view(self, chosen: object) -> None:
        if isinstance(chosen, ViewCount) and not self._changing and chosen.view is not self.view:
            self.open_view(chosen.view)

    def _choose_kind(self, chosen: object) -> None:
        if isinstance(chosen, KindCount) and not self._changing and chosen.kind != self.kind:
            self.open_view(self.view, chosen.kind)

    def _turn(self) -> None:
        """Another request, or several, are chosen."""
        if self._changing:
            return
        rows = self.chosen()
        if len(rows) == 1:
            self._enable(rows)
            self.request_wanted.emit(rows[0].request_id)
        else:
            self.show_choice()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """The request under the list where there is no room beside it."""
        super().resizeEvent(event)
        self._stack()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Larger text, less room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._side.setFixedWidth(scaled(_SIDE))
            self.views_table.setFixedHeight(scaled(28 * len(PARTS) + 36))
            self._stack()

    def _stack(self) -> None:
        abreast = self.width() >= scaled(_LEAST_ABREAST)
        wanted = Qt.Orientation.Horizontal if abreast else Qt.Orientation.Vertical
        if self.splitter.orientation() != wanted:
            self.splitter.setOrientation(wanted)
            self.splitter.setSizes([scaled(each) for each in ((560, 614) if abreast else (200, 500))])
