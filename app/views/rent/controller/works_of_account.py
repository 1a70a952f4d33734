"""The part of the account's card that shows the works orders of its property, joined to the services."""

from __future__ import annotations

from app.models.values import Subject
from app.services.core.permissions import Permission
from app.services.purchase_orders.works.dto import WorksRow
from app.services.purchase_orders.works.queries import of_account
from app.views.common.begin_work import BeginWork
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.rent.works_part import WorksPart


class WorksOfAccountController(PartDesk):
    """Shows the works of whichever account is open; the tab Purchase Orders shows one whole, and raises another."""

    def __init__(self, office: Office) -> None:
        self._shown = WorksPart(may_raise=Permission.RAISE_ORDERS in office.desk.officer.permissions)
        super().__init__(office, self._shown, of_account)
        self._shown.opened.connect(lambda order_id: office.open_record(Subject.PURCHASE_ORDER, order_id))
        self._shown.raise_wanted.connect(self._raise)

    def fill(self, found: tuple[WorksRow, ...] | None) -> None:
        """Show them."""
        self._shown.show_works(found or ())

    def count(self, found: tuple[WorksRow, ...]) -> int:
        """How many are open."""
        return sum(each.is_open for each in found)

    def _raise(self) -> None:
        if self.record_id is not None:
            self.office.show_only("purchase_orders", BeginWork(self.record_id, "works_order"))
