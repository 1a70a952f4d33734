"""The sheets of pay point cards: ordering one, cancelling one, the files for the supplier, and the supplier's answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import PayCardReason
from app.services.core.errors import UserError
from app.services.imports.dto import Mistake
from app.services.reception_payments.pay_cards.dto import (
    REASONS,
    AnsweredCard,
    AnswerFile,
    CardFileRow,
    OrderForm,
    PayCardRow,
)
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_pickers import Find, Picked, account_picker
from app.views.common.parts import label
from app.views.common.table_foot import ListFoot
from app.views.common.theme import scaled
from app.views.reception_payments.pay_card_tables import ANSWERS, FAULTS, FILES, OF_ACCOUNT

_WHY, _NARROW, _WIDE, _HIGH = 200, 560, 760, 480
_FIND: Final = "Find the account for which a card is ordered."
_NO_CARDS: Final = "This account never had a card."


class OrderSheet(Sheet):
    """A card for an account: the first, or another in place of the one that was lost, stolen or damaged.

    Signals:
        account_chosen(account_id): show the cards that it has.
    """

    account_chosen = Signal(int)

    def __init__(self, parent: QWidget, find: Find) -> None:
        note = "It goes to the supplier with the next file. Whoever has a card keeps it until the new one is there."
        super().__init__(parent, "Order a pay point card", primary="Order it", note=note)
        self.found: OrderForm | None = None
        self.fields = fields = self.form()
        self.account = account_picker(find)
        self.reason = ChoiceField()
        fields.add("account_id", "&Account", self.account)
        fields.add("reason", "&Why", self.reason)
        self._said = label(_FIND, "muted", wrap=True)
        self.cards: ListModel[PayCardRow] = ListModel(OF_ACCOUNT, in_turn=True)
        self.table = DataTable("Cards of the account", self.cards, stretch="words", empty=_NO_CARDS)
        self.body.addWidget(self._said)
        self.body.addWidget(self.table, 1)
        self.account.changed.connect(self._choose)
        self.resize(scaled(_WIDE), scaled(_HIGH))

    def begin_with(self, found: OrderForm) -> None:
        """Begin with this account."""
        self.found = found
        self.account.set_value(Picked(found.account_id, found.name, found.reference))
        self.show_form(found)

    def show_form(self, found: OrderForm) -> None:
        """Show what an account has, and the reasons that fit."""
        self.found = found
        self.reason.offer([(REASONS[each], each) for each in found.reasons])
        self.cards.show_rows(found.cards)
        self._said.setText(found.why_not or f"{found.name}: {formats.count(len(found.cards), 'card')} until now.")

    def command(self) -> tuple[int, PayCardReason] | None:
        """The account and the reason; None where none is chosen.

        Raises:
            UserError: none can be ordered for it now.
        """
        if not self.fields.check():
            self.set_busy(busy=False)
            return None
        found = self.found
        if found is None or found.account_id != self.account.value():
            raise UserError("The account is still looked up.", "Wait a moment.", "account_id")
        if found.why_not:
            raise UserError(found.why_not, field="account_id")
        reason: PayCardReason = self.reason.value()
        return found.account_id, reason

    def _choose(self) -> None:
        chosen = self.account.value()
        if chosen is None:
            self.found = None
            self.cards.show_rows(())
            self._said.setText(_FIND)
        elif self.found is None or self.found.account_id != chosen:
            self.account_chosen.emit(chosen)


class CancelSheet(Sheet):
    """A card that isn't to be used any more."""

    def __init__(self, parent: QWidget, row: PayCardRow) -> None:
        note = (
            f"Card {row.reference} of account {row.account_reference}. What is still paid with it goes to the account: "
            "tell the supplier to stop it."
        )
        super().__init__(parent, "Cancel a card", primary="Cancel the card", close="Keep it", note=note)
        self.row = row
        self.fields = self.form()
        self.fields.add("why", "&Why", LineField(_WHY))
        self.setMinimumWidth(scaled(_NARROW))

    def command(self) -> tuple[int, str]:
        """The card and why."""
        return self.row.card_id, self.fields.values()["why"]


class FilesSheet(Sheet):
    """The files that were made for the supplier; the primary button saves the chosen one again."""

    def __init__(self, parent: QWidget, found: Sequence[CardFileRow]) -> None:
        note = "Each is kept as it was made. Whoever saves one is written down, since it holds names and addresses."
        super().__init__(parent, "Files for the card supplier", primary="Save it", close="Close", note=note)
        self.model: ListModel[CardFileRow] = ListModel(FILES, in_turn=True)
        self.table = DataTable(
            "Files for the card supplier", self.model, stretch="made_by", empty="No file was made yet."
        )
        self.table.opened.connect(lambda _row: self.confirmed.emit())
        foot = ListFoot(self.table, ("file", "files"), tools=True)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(foot)
        self.model.show_rows(tuple(found))
        if found:
            self.table.go_to(0)
        self.set_busy(busy=not found)
        self.begin_at(self.table)
        self.resize(scaled(640), scaled(400))

    def chosen(self) -> CardFileRow | None:
        """The chosen file."""
        chosen: CardFileRow | None = self.table.row()
        return chosen


class AnswerSheet(Sheet):
    """The supplier's answer, looked through before it is taken: all of it or nothing."""

    keeps_itself = True

    def __init__(self, parent: QWidget, file: AnswerFile, mistakes: Sequence[Mistake]) -> None:
        issued = sum(row.issued for row in file.rows)
        refused = len(file.rows) - issued
        note = (
            "Put right what is wrong in the file, and read it again: nothing of it is taken until then."
            if mistakes
            else f"{formats.count(issued, 'card')} issued, {refused:,} refused. A letter goes with each card that was issued."
        )
        super().__init__(parent, f"Answer {file.path.name}", primary="" if mistakes else "Take it", note=note)
        self.file = file
        self.mistakes: ListModel[Mistake] = ListModel(FAULTS, in_turn=True)
        self.answers: ListModel[AnsweredCard] = ListModel(ANSWERS, in_turn=True)
        if mistakes:
            self.table = DataTable("What is wrong", self.mistakes, stretch="message", empty="")
            noun = ("mistake", "mistakes")
        else:
            self.table = DataTable(
                "What the supplier says", self.answers, stretch="words", empty="The file has no row."
            )
            noun = ("card", "cards")
        foot = ListFoot(self.table, noun, tools=True)
        self.mistakes.show_rows(tuple(mistakes))
        self.answers.show_rows(() if mistakes else file.rows)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(foot)
        self.begin_at(self.table)
        self.resize(scaled(_WIDE), scaled(_HIGH))

    def command(self) -> AnswerFile:
        """The file."""
        return self.file
