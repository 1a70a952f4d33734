"""The sheets of suspense: splitting an item, sending it back, a note, giving it on, and the payers known for an account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, Money
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.reception_payments.suspense.dto import ClearItem, ItemCard, NewPart, PayerRow, SuspenseRow
from app.views.common import formats
from app.views.common.columns import ListModel, row_height
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.entry_grid import EntryGrid
from app.views.common.entry_model import EntryColumn
from app.views.common.evidence import EvidencedSheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find, Picker
from app.views.common.table_foot import ListFoot
from app.views.common.theme import scaled
from app.views.reception_payments.card_guard import CardGuard
from app.views.reception_payments.suspense_tables import PAYERS

_WHY, _NOTE, _WIDE, _ROWS = 200, 400, 560, 7


class SplitSheet(EvidencedSheet):
    """Where an item goes, in parts; what isn't said stays in suspense.

    Args:
        found: the item; the first row begins with the account that is chosen for it.
        find: finds accounts and other income; an income has its id below nothing.
    """

    def __init__(self, parent: QWidget, found: ItemCard, find: Find, chosen: Sequence[str] = ()) -> None:
        note = f"Item {found.row.number} holds {found.row.left}. What no line says stays in suspense."
        super().__init__(parent, f"Split item {found.row.number}", save="Confirm", note=note, width=1120)
        self._found = found
        self._sign = 1 if found.row.left.pence > 0 else -1
        self.grid = EntryGrid(
            "Parts of the item",
            (
                EntryColumn("place", "Account or other income", lambda: _place_picker(find), 220),
                EntryColumn("amount", "Amount", lambda: MoneyField(required=True), 90, right=True, total=True),
                EntryColumn("why", "Why", lambda: LineField(_WHY), 140),
            ),
            one="part",
        )
        self.learn = TickField("Remember the pa&yer for these accounts")
        fields = self.fields
        fields.add("parts", "&Parts", self.grid, across=True)
        fields.add("learn", "", self.learn)
        fields.add("note", "&Note", LineField(_NOTE))
        self.add_evidence()
        fields.fill({"learn": bool(found.row.payer_name)})
        self.learn.setEnabled(bool(found.row.payer_name))
        if chosen:
            self.grid.set_value([{"place": list(chosen), "amount": "", "why": ""}])
        self._guard = CardGuard(self, self.messages.warn)
        fields.changed.connect(self._follow)
        self._follow()

    def command(self) -> ClearItem | None:
        """What is asked for; None while a part lacks its place or its amount.

        Raises:
            UserError: there is no part.
        """
        values = self.fields.values()
        parts = _parts(values["parts"], self._sign)
        if not parts:
            raise UserError("Say where it goes.", "Type an account and an amount.", "parts")
        row = self._found.row
        return ClearItem(row.item_id, row.version, parts, learn=values["learn"], note=values["note"])

    def _follow(self) -> None:
        """Say what goes where, and what stays."""
        total = Money(self.grid.total().pence * self._sign)
        left = self._found.row.left - total
        over = left.pence * self._sign < 0
        told = [Effect("Money", "Left in suspense", str(self._found.row.left), str(left), warns=over)]
        if over:
            told = [Effect("Money", f"The parts come to {total}: {-left} more than it holds.", warns=True)]
        elif total:
            told.append(_approval(self._found, abs(total)))
        self.effects.show_effects(told)


class BackSheet(EvidencedSheet):
    """Money back to whoever sent it: a second officer approves, and whoever asked sends it then."""

    def __init__(self, parent: QWidget, found: ItemCard) -> None:
        note = f"Item {found.row.number} holds {found.row.left}. A second officer approves it; then you have a task to send it."
        super().__init__(parent, f"Send item {found.row.number} back", save="Ask for approval", note=note)
        self._found = found
        fields = self.fields
        fields.add("amount", "&Amount", MoneyField(required=True))
        fields.add("why", "&Why, and how", AreaField(_WHY, height=scaled(70)), "Such as: to the account it came from")
        self.add_evidence()
        fields.fill({"amount": found.row.left})
        self._guard = CardGuard(self, self.messages.warn)
        fields.changed.connect(self._follow)
        self._follow()

    def command(self) -> ClearItem | None:
        """What is asked for; None while the amount is missing."""
        values = self.fields.values()
        amount: Money | None = values["amount"]
        if amount is None:
            return None
        row = self._found.row
        return ClearItem(row.item_id, row.version, (NewPart(amount.pence, why=values["why"]),))

    def _follow(self) -> None:
        amount: Money = self.fields.values()["amount"] or ZERO
        left = self._found.row.left
        told = [
            Effect("Money", "Left in suspense", str(left), str(left - amount), warns=amount.pence > left.pence),
            Effect("Approval", "A second officer approves it before it leaves suspense."),
            Effect("Tasks", "You send it then, and say how it went: bank details are never written here."),
        ]
        self.effects.show_effects(told)


class NoteSheet(Sheet):
    """What was found out about an item."""

    def __init__(self, parent: QWidget, found: SuspenseRow) -> None:
        super().__init__(parent, f"Note of item {found.number}", primary="Save")
        self.fields = self.form()
        self.fields.add("words", "&Note", AreaField(_NOTE, height=scaled(90)))
        self.fields.fill({"words": found.note})
        self._guard = CardGuard(self, self.messages.warn)
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> str:
        """The note."""
        return str(self.fields.values()["words"] or "")


class GiveSheet(Sheet):
    """Who looks after an item."""

    def __init__(self, parent: QWidget, found: SuspenseRow, keepers: Sequence[tuple[int, str]]) -> None:
        note = "Whoever gets it from you has a task of it until it is cleared."
        super().__init__(parent, f"Give item {found.number}", primary="Give it", note=note)
        self.fields = self.form()
        self.fields.add("officer_id", "&To", ChoiceField([("Nobody", None), *((name, key) for key, name in keepers)]))
        self.fields.fill({"officer_id": found.owner_id})
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> tuple[int | None]:
        """The officer, or None: a tuple, since nothing at all means that something is missing."""
        return (self.fields.values()["officer_id"],)


class PayersSheet(Sheet):
    """The payers who are known for an account."""

    def __init__(self, parent: QWidget, reference: str, found: Sequence[PayerRow]) -> None:
        note = "When one of them pays without a reference, this account is proposed. Nothing is posted by itself."
        super().__init__(parent, f"Known payers of {reference}", primary="Forget", close="Close", note=note)
        self.model: ListModel[PayerRow] = ListModel(PAYERS)
        self.table = DataTable("Known payers", self.model, stretch="payer", empty="No payer is known for it.")
        self.table.setMinimumHeight(row_height() * _ROWS)
        foot = ListFoot(self.table, ("payer", "payers"), tools=True)
        self.model.show_rows(tuple(found))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(foot)
        self.setMinimumWidth(scaled(_WIDE))
        self.begin_at(self.table)
        if found:
            self.table.go_to(0)
        self.confirm_action.setEnabled(any(each.active for each in found))

    def command(self) -> int:
        """The payer who is chosen.

        Raises:
            UserError: none is, or this one is forgotten already.
        """
        chosen: PayerRow | None = self.table.row() if self.model.rows else None
        if chosen is None or not chosen.active:
            raise UserError("This payer is not proposed any more.", "Choose another.")
        return chosen.payer_id


def _place_picker(find: Find) -> Picker:
    return Picker(find, "an account or other income", "a reference, name or postcode, or an income", required=True)


def _parts(rows: Sequence[Mapping[str, Any]], sign: int) -> tuple[NewPart, ...]:
    return tuple(
        NewPart(
            abs(each["amount"].pence) * sign,
            account_id=each["place"] if each["place"] > 0 else None,
            stream_id=-each["place"] if each["place"] < 0 else None,
            why=each["why"],
        )
        for each in rows
        if each["place"] is not None and each["amount"] is not None
    )


def _approval(found: ItemCard, total: Money) -> Effect:
    if total.pence <= found.alone_up_to.pence:
        return Effect("Approval", f"It is posted at once, on {formats.day(found.row.received_on)}.")
    return Effect(
        "Approval", f"A second officer approves it; it counts as paid on {formats.day(found.row.received_on)}."
    )
