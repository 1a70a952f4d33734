"""The gate of a refund: stops are waived, paid or put right in its sheet; then approval is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import RefundState, Subject
from app.services.adjustments.refunds import asking, commands, queries
from app.services.adjustments.refunds.dto import Check, Offset, RefundDetail, Saved, Waiver
from app.services.core.permissions import Permission
from app.views.adjustments.bank import BankSheet
from app.views.adjustments.gate import GateSheet
from app.views.common.dialogs import ask_open_many
from app.views.common.documents_incoming import from_paths
from app.views.common.evidence import read_evidence
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork, open_sheet


class GateController(SheetWork):
    """A refund at its gate, until approval is asked for or the officer leaves."""

    sheet: GateSheet
    asks = staticmethod(queries.detail)
    saves = staticmethod(commands.submit)

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int]) -> None:
        super().__init__(office, page)
        self._refund_id = ids[0]
        self.begin(self._refund_id)

    def make(self, found: RefundDetail) -> GateSheet:
        """The sheet."""
        held = self.office.desk.officer.permissions
        keeps, pays = Permission.KEEP_BANK_DETAILS in held, Permission.PAY_REFUNDS in held
        sheet = GateSheet(self.page, found, keeps_bank=keeps, pays=pays)
        sheet.about = (Subject.REFUND, found.refund_id)
        sheet.waived.connect(self._waive)
        sheet.paid.connect(self._pay)
        sheet.withdrawn.connect(lambda reason: self.do(commands.withdraw, self._refund_id, reason))
        sheet.changing.connect(self._change)
        sheet.giving_bank.connect(self._give_bank)
        sheet.attaching.connect(self._attach)
        sheet.card_paid.connect(lambda: self.do(commands.paid_to_card, self._refund_id, self.office.desk.clock.today()))
        return sheet

    def command(self) -> int:
        """The refund that is put to a second officer."""
        return self._refund_id

    def _waive(self, check: Check, reason: str) -> None:
        self._step(commands.waive, Waiver(self._refund_id, check.key, reason))

    def _pay(self, check: Check) -> None:
        self._step(commands.offset, Offset(self._refund_id, check.key, f"offset:{uuid4().hex}"))

    def _step(self, command: Callable[..., Any], *args: Any) -> None:
        """Something is done at the gate, and the gate is looked at again."""
        self.office.do(self, command, *args, then=self._stepped, refused=self.refuse)

    def _stepped(self, saved: Saved) -> None:
        if saved.state is RefundState.WITHDRAWN:
            self.done(saved)
            return
        self.sheet.messages.good(saved.told)
        self.ask(queries.detail, self._refund_id, then=self.sheet.show_refund)

    def _change(self) -> None:
        from app.views.adjustments.controller.refunding import ChangeRefundController

        page, refund_id = self.page, self._refund_id
        self.sheet.close()
        ChangeRefundController(self.office, page, (refund_id,))

    def _give_bank(self) -> None:
        sheet = BankSheet(self.sheet, self.sheet.found, self.office.desk.clock.today())
        sheet.destroyed.connect(self._look_again)
        open_sheet(self.office, sheet, commands.give_bank, sheet.command, lambda saved: str(saved.told))

    def _look_again(self) -> None:
        if not self.sheet.over:
            self.ask(queries.detail, self._refund_id, then=self.sheet.show_refund)

    def _attach(self) -> None:
        asked = ask_open_many(self.sheet, "Evidence", "All files (*)")
        asked.filesSelected.connect(self._read)

    def _read(self, paths: Sequence[str]) -> None:
        incoming = from_paths([Path(each) for each in paths])
        read_evidence(self, incoming, lambda files: self._step(asking.attach, self._refund_id, files))
