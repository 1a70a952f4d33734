"""The sheets of a banking: made up, sealed, cancelled; and a paper of the till as it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Money
from app.services.reception_payments.tills.dto import BankingRow, NewBanking, SessionRow
from app.services.workbench.listing import Listing
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.parts import action_button, label
from app.views.common.print_preview import PreviewSheet
from app.views.common.theme import scaled
from app.views.common.ticks import TickList
from app.views.reception_payments.card_guard import CardGuard
from app.views.reception_payments.till_cash import CashField

_BAG, _WHY, _WIDE = 40, 200, 660
_ABOUT: Final = "The float stays in the till. A second officer seals the bag."


class BankSheet(Sheet):
    """The money of closed sessions in one bag; what goes to the bank follows from what is ticked.

    Args:
        sessions: the closed sessions whose money is in no bag, of every desk.
    """

    def __init__(self, parent: QWidget, sessions: Sequence[SessionRow]) -> None:
        super().__init__(parent, "Bank", primary="Make the banking", note=_ABOUT)
        self._key = f"banking:{uuid4().hex}"
        self._sessions = {each.session_id: each for each in sessions}
        desks = {each.desk_id: each.desk for each in sessions}
        self.fields = fields = self.form()
        self._desk = ChoiceField([(name, desk_id) for desk_id, name in desks.items()])
        self._ticks = TickList(most=5)
        self.cash = CashField("Counted into the bag")
        fields.add("desk_id", "&Desk", self._desk)
        fields.add("session_ids", "&Sessions", self._ticks)
        self._goes = fields.add_words(self._ticks)
        fields.add("bag", "&Bag", LineField(_BAG, placeholder="The number printed on it"))
        fields.add("quantities", "Notes and coins that go into the bag", self.cash, across=True)
        self._desk.changed.connect(self._offer)
        self._ticks.changed.connect(self._follow)
        self._offer()
        self.begin_at(fields.field("bag") if len(desks) == 1 else self._desk)
        self._guard = CardGuard(self, self.messages.warn)
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> NewBanking | None:
        """The banking; None where a number can't be read."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        return NewBanking(
            self._key,
            values["desk_id"] or 0,
            tuple(sorted(values["session_ids"])),
            values["bag"],
            values["quantities"],
        )

    def cash_to_bank(self) -> Money:
        """The cash of what is ticked, without the floats."""
        return Money(sum(each.counted.pence - each.float_.pence for each in self._ticked() if each.counted is not None))

    def show_missing(self) -> bool:
        """Say beside the notes and coins that they aren't counted yet; whether that is so."""
        return bool(self.cash_to_bank()) and not self.cash.value()

    def _ticked(self) -> list[SessionRow]:
        return [self._sessions[each] for each in self._ticks.value() if each in self._sessions]

    def _offer(self) -> None:
        here = [each for each in self._sessions.values() if each.desk_id == self._desk.value()]
        self._ticks.offer([(_said(each), each.session_id) for each in here])
        self._ticks.set_value({each.session_id for each in here})
        self._follow()

    def _follow(self) -> None:
        cheques = Money(sum(each.cheques.pence for each in self._ticked()))
        cash = self.cash_to_bank()
        both = f"cash {cash}, cheques and postal orders {cheques}" if cheques else "all of it cash"
        self._goes.setText(f"{Money(cash.pence + cheques.pence)} goes to the bank: {both}")


class SealSheet(Sheet):
    """The second officer sees the money in its bag, and the bag sealed."""

    def __init__(self, parent: QWidget, row: BankingRow) -> None:
        note = f"{row.made_by} made it up {formats.moment(row.made_at)}. Seal it once you have seen what goes into it."
        super().__init__(parent, f"Seal bag {row.bag}", primary="Sealed", note=note)
        self._banking_id = row.banking_id
        cheques = (
            f"{formats.count(row.cheque_count, 'cheque or postal order', 'cheques and postal orders')}, {row.cheques}"
        )
        self.body.addWidget(label(f"{row.total} of {row.desk}: cash {row.cash}; {cheques}", "strong", wrap=True))
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> int:
        """The banking."""
        return self._banking_id


class CancelSheet(Sheet):
    """A banking that is cancelled: its sessions wait to be banked again."""

    def __init__(self, parent: QWidget, row: BankingRow) -> None:
        note = "Its sessions wait to be banked again. The number of its slip isn't used again; its bag may be."
        super().__init__(
            parent, f"Cancel banking {row.number}", primary="Cancel the banking", close="Leave it", note=note
        )
        self.banking_id = row.banking_id
        self.fields = self.form()
        self.fields.add("why", "&Why", AreaField(_WHY, height=60))
        self._guard = CardGuard(self, self.messages.warn)
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> str:
        """Why."""
        return str(self.fields.values()["why"] or "")


class PaperSheet(PreviewSheet):
    """An end-of-day sheet or a paying-in slip, page by page; Ctrl+E saves its workbook.

    Signals:
        workbook_wanted: it is wanted as a workbook.
    """

    workbook_wanted = Signal()

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, Listing(title, (), "", (), lambda _ctx: iter(()), 0))
        self.left_buttons.addWidget(
            action_button(self._action("Save &Excel", "Ctrl+E", self.workbook_wanted.emit), icon="file-excel-outline")
        )


def _said(row: SessionRow) -> str:
    return f"Session {row.number}, {row.till}, {formats.weekday(row.business_on)}: {row.to_bank}"
