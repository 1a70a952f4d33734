"""The list at the left of the Accounts page: find by anything, as you type."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedLayout

from app.models.values import AccountKind
from app.services.rent.dto import AccountFilter, AccountRow, AccountSort
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.paged_table import PagedModel
from app.views.common.parts import Card, column, filter_button, label, row
from app.views.common.theme import scaled

_TYPING_MS = 10
_KINDS = {"dwellings": AccountKind.RENT, "garages": AccountKind.GARAGE}
COLUMNS: tuple[Column[AccountRow], ...] = (
    Column(AccountSort.REFERENCE, "Reference", lambda row: row.reference, 96, sorts=True, least=300),
    Column(
        AccountSort.NAME,
        "Name",
        lambda row: row.name,
        104,
        tone=lambda row: "muted" if row.ended_on else "",
        sorts=True,
    ),
    Column(AccountSort.ADDRESS, "Address", lambda row: row.address, 124, sorts=True, least=370),
    money_column(AccountSort.BALANCE, "Balance", lambda row: row.balance, 96, balance=True, sorts=True),
)


class Finder(Card):
    """Finds accounts.

    Signals:
        wanted(AccountFilter, AccountSort, descending): look for this.
        opened(account_id): the officer is on this account.
    """

    wanted = Signal(object, object, bool)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__(margins=(0, 12, 0, 6), spacing=6)
        self._order = (AccountSort.NAME, False)
        self._keep = False
        self.text = QLineEdit()
        self.text.setPlaceholderText("Name, address, postcode or reference")
        self.text.setAccessibleName("Find an account by name, address, postcode or reference")
        self.text.setClearButtonEnabled(True)
        self.text.installEventFilter(self)
        self.filters = {
            "in_arrears": filter_button("In arrears"),
            "dwellings": filter_button("Dwellings"),
            "garages": filter_button("Garages"),
            "former": filter_button("Former"),
        }
        self.count = label("", "muted")
        self.model: PagedModel[AccountRow] = PagedModel(COLUMNS)
        self.table = DataTable("Accounts found", self.model, stretch=AccountSort.NAME)
        self.empty = label("", "muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.empty.setContentsMargins(*([scaled(14)] * 4))
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._arrange()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.ask)
        self.text.textChanged.connect(lambda _text: self._typing.start())
        for button in self.filters.values():
            button.toggled.connect(lambda _on: self.ask())
        self.table.sort_wanted.connect(self._sort)
        self.table.clicked.connect(lambda index: self._move(index.row()))
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._move(now.row()))

    def _arrange(self) -> None:
        filters = FlowLayout(across=6)
        for button in self.filters.values():
            filters.addWidget(button)
        head = column(
            None,
            self.text,
            filters,
            row(self.count, None),
            spacing=8,
        )
        head.setContentsMargins(scaled(12), 0, scaled(12), 0)
        self.column.addLayout(head)
        self.column.addLayout(self._stack, 1)

    def request(self) -> AccountFilter:
        """What is looked for; each filter that is on narrows it."""
        kinds = {kind for name, kind in _KINDS.items() if self.filters[name].isChecked()}
        return AccountFilter(
            text=self.text.text().strip(),
            kinds=frozenset(kinds),
            live=False if self.filters["former"].isChecked() else None,
            owing=True if self.filters["in_arrears"].isChecked() else None,
        )

    def ask(self, *, keep: bool = False) -> None:
        """Look again. `keep`: the open account stays open even if it isn't among the found."""
        self._typing.stop()
        self._keep = keep
        self.wanted.emit(self.request(), *self._order)

    def look_for(self, text: str) -> None:
        """Look for this text."""
        self.text.setText(text)
        self.ask()

    def show_found(self, generation: int, ids: object, chosen: int | None, *, any_accounts: bool) -> None:
        """Show what was found, and stay on the account that was open if it is among it."""
        if not self.model.show_ids(generation, ids):  # type: ignore[arg-type]
            return
        found = self.model.rowCount()
        self.count.setText(formats.count(found, "account") if found or any_accounts else "")
        self._stack.setCurrentIndex(0 if found else 1)
        if not found:
            self.empty.setText(_NOTHING_FOUND if any_accounts else _NO_ACCOUNTS)
        place = self.model.place_of(chosen) if chosen is not None else None
        if place is not None:
            self.table.blockSignals(True)
            self.table.go_to(place)
            self.table.blockSignals(False)
        elif found and not (self._keep and chosen is not None):
            self.table.go_to(0)

    def mark(self, account_id: int) -> None:
        """Another account was opened: mark it in the list, or mark none if it isn't there."""
        place = self.model.place_of(account_id)
        if place is None:
            self.table.clearSelection()
        elif place != self.table.currentIndex().row():
            self.table.go_to(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Down and up in the field move in the list, so that finding needs no mouse."""
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            step = steps.get(Qt.Key(event.key()))
            if step and self.model.rowCount():
                now = self.table.currentIndex().row()
                self.table.go_to(min(self.model.rowCount() - 1, max(0, now + step)))
                return True
        return super().eventFilter(watched, event)

    def _sort(self, key: str, descending: bool) -> None:
        self._order = (AccountSort(key), descending)
        self.ask()

    def _move(self, place: int) -> None:
        found = self.model.id_at(place)
        if found is not None:
            self.opened.emit(found)


_NOTHING_FOUND = "No account is found by that. Try fewer words, part of a reference, or turn a filter off."
_NO_ACCOUNTS = (
    "There are no accounts yet.\n\nLoad your landlord's spreadsheet on the tab Admin: properties, people, tenancies, "
    "charges and balances."
)
