"""The section Suspense: what stands there, filtered, and the chosen item with the accounts that it may belong to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Money, SuspenseState
from app.services.reception_payments.suspense.dto import AGES, SOURCES, Listed, SuspenseFilter, SuspenseRow, View
from app.views.common import formats
from app.views.common.flow import FlowLayout
from app.views.common.forms import choice_field
from app.views.common.parts import Card, action_button, column, scrolled
from app.views.common.register_page import RegisterPage
from app.views.common.rooms import Pane, Panes, Room
from app.views.common.theme import scaled
from app.views.reception_payments.suspense_card import SuspenseCard
from app.views.reception_payments.suspense_tables import ITEMS

CHOICES: Final = (
    ("In suspense", View.STANDING),
    ("Mine", View.MINE),
    ("With nobody", View.NOBODYS),
    ("Old", View.OLD),
    ("Waiting for approval", View.WAITING),
    ("Cleared", View.SETTLED),
    ("All", View.ALL),
)
_VALUES: Final = tuple((f"From {amount}", amount) for amount in (Money(100_00), Money(500_00), Money(1_000_00)))
_LEAST: Final = 520


class SuspensePage(RegisterPage[SuspenseRow]):
    """The section Suspense.

    Args:
        may_clear: the officer may say where an item goes; else they look.

    Signals:
        item_chosen(SuspenseRow or None): show it on the card.
        confirm_wanted, split_wanted, back_wanted, note_wanted, give_wanted(SuspenseRow): do it.
        payers_wanted, sorry_wanted, account_wanted: of the account that is chosen on the card.
    """

    item_chosen = Signal(object)
    confirm_wanted = Signal(object)
    split_wanted = Signal(object)
    back_wanted = Signal(object)
    note_wanted = Signal(object)
    give_wanted = Signal(object)
    payers_wanted = Signal()
    sorry_wanted = Signal()
    account_wanted = Signal()

    def __init__(self, *, may_clear: bool) -> None:
        self._may_clear = may_clear
        super().__init__(
            "Suspense",
            ITEMS,
            stretch="said",
            choices=CHOICES,
            placeholder="A word of the payer, an amount or a number",
            noun=("item", "items"),
            empty="Nothing in suspense is like this.",
            key=lambda row: row.item_id,
            areas=frozenset({"reception_payments", "approvals"}),
            help_topic="reception_payments",
        )
        self._offer()
        self.table.chosen.connect(self.item_chosen)
        self.card.chosen.connect(self.allow)
        for each in (self.age, self.source, self.owner, self.least):
            each.changed.connect(self.asked)
        self.allow()

    def place(self, listed: Card) -> None:
        """The list with its filters, and the card of the chosen item beside it."""
        self.card = SuspenseCard()
        self.age = choice_field([("Any age", None), *((words[0], age) for age, words in AGES.items())], "Age")
        self.source = choice_field(
            [("However it came", None), *((words, key) for key, words in SOURCES.items())], "Source"
        )
        self.owner = choice_field([("With anybody", None)], "With")
        self.least = choice_field([("Any value", None), *_VALUES], "Value")
        filters = FlowLayout(across=6)
        for each in (self.age, self.source, self.owner, self.least):
            filters.addWidget(each)
        above = column(None, filters)
        above.setContentsMargins(scaled(14), scaled(2), scaled(14), scaled(4))
        listed.column.insertLayout(1, above)
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(listed, 440, 700, 460), Pane(self.card, 480, 760, 640)), _LEAST))
        column(self, scrolled(inside))

    @property
    def wanted(self) -> SuspenseFilter:
        """What is looked for."""
        return SuspenseFilter(
            self.choice or View.STANDING,
            self.age.value(),
            self.source.value(),
            self.owner.value(),
            self.least.value(),
            self.words,
        )

    def look_for_all(self) -> None:
        """Leave every filter out."""
        for each in (self.age, self.source, self.owner, self.least):
            each.set_value(None)

    def show_keepers(self, found: Sequence[tuple[int, str]]) -> None:
        """Offer the officers who look after items."""
        kept = self.owner.value()
        self.owner.offer([("With anybody", None), *((name, key) for key, name in found)])
        self.owner.set_value(kept)

    def show_found(self, found: Listed) -> None:
        """Show what was found, and what it comes to."""
        self.show_rows(found.rows, _sum(found))

    def allow(self) -> None:
        """What can be done with the account that is chosen."""
        chosen = self.card.account_id is not None
        for action in (self._account, self._payers):
            action.setEnabled(chosen)
        self._sorry.setEnabled(chosen and bool(self.card.meanwhile.rows))
        self._next.setEnabled(self.card.model.rowCount() > 1)
        self._allow(self.table.row() if self.model.rows else None)

    def _may_confirm(self, row: SuspenseRow) -> bool:
        """An item goes to the account that is chosen: where none may be, Ctrl+T says where it goes."""
        return _open(row) and self.card.candidate is not None and self.card.candidate.open

    def _offer(self) -> None:
        among = self.card.acts
        if self._may_clear:
            acts: tuple[tuple[Any, ...], ...] = (
                ("Ctrl+Return", "Confirm", "check", self.confirm_wanted, self._may_confirm, True),
                ("Ctrl+T", "Split", "call-split", self.split_wanted, _open, False),
                ("Ctrl+B", "Send back", "keyboard-return", self.back_wanted, _may_go_back, False),
                ("Ctrl+Shift+E", "Note", "comment-text-outline", self.note_wanted, lambda _row: True, False),
                ("Ctrl+G", "Give", "account-arrow-right-outline", self.give_wanted, _stands, False),
            )
            for keys, does, icon, signal, fits, primary in acts:
                self.action(keys, does, icon, signal.emit, fits=fits, primary=primary, among=among)
        self._next = self.add_key("Ctrl+Down", "Next account", self.card.next_account)
        self._account = self.add_key("Ctrl+O", "Open the account", self.account_wanted.emit)
        self._payers = self.add_key("Ctrl+Y", "Known payers", self.payers_wanted.emit)
        self._sorry = self.add_key("Ctrl+M", "Write to say sorry", self.sorry_wanted.emit)
        for doors, action, icon in (
            (self.card.doors, self._account, "account-outline"),
            (self.card.doors, self._payers, "account-cash-outline"),
            (self.card.repairs, self._account, "account-outline"),
            (self.card.repairs, self._sorry, "email-outline"),
        ):
            doors.addWidget(action_button(action, icon=icon))


def _sum(found: Listed) -> str:
    if not found.count:
        return ""
    shown = f" The oldest {len(found.rows):,} are shown." if len(found.rows) < found.count else ""
    left = f"{found.left} left, " if found.left else ""
    return f"{formats.count(found.count, 'item')}: {left}the oldest {formats.count(found.oldest, 'day')} old.{shown}"


def _open(row: SuspenseRow) -> bool:
    return row.state is SuspenseState.OPEN


def _may_go_back(row: SuspenseRow) -> bool:
    return _open(row) and row.left.pence > 0


def _stands(row: SuspenseRow) -> bool:
    return row.state not in {SuspenseState.CLEARED, SuspenseState.REFUNDED}
