"""The part of the account's card that shows its Direct Debit, joined to the services."""

from __future__ import annotations

from app.models.values import Subject
from app.services.core.permissions import Permission
from app.services.direct_debits.of_account import DebitsOfAccount, of_account
from app.views.common.begin_work import BeginWork
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.rent.debit_part import DebitPart


class DirectDebitController(PartDesk):
    """Shows the mandates of whichever account is open; the tab Direct Debits shows one whole, and sets up another."""

    def __init__(self, office: Office) -> None:
        may = Permission.KEEP_DIRECT_DEBITS in office.desk.officer.permissions
        self._shown = DebitPart(may_set_up=may)
        super().__init__(office, self._shown, of_account)
        self._shown.opened.connect(lambda mandate_id: office.open_record(Subject.MANDATE, mandate_id))
        self._shown.set_up_wanted.connect(self._set_up)

    def fill(self, found: DebitsOfAccount | None) -> None:
        """Show them."""
        self._shown.show_debits(found)

    def count(self, found: DebitsOfAccount) -> int:
        """How many there are."""
        return len(found.mandates)

    def _set_up(self) -> None:
        if self.record_id is not None:
            self.office.show_only("direct_debits", BeginWork(self.record_id, "setting_up"))
