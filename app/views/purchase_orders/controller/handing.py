"""What the order that is shown is handed over for: to be received, or to be approved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.views.common.office import Office
from app.views.purchase_orders.handed import ReceiveOrder
from app.views.purchase_orders.offers import approval_of
from app.views.purchase_orders.page import PurchaseOrdersPage


class ReceiveController(QObject):
    """Receiving lists the order alone."""

    def __init__(self, office: Office, page: PurchaseOrdersPage, ids: Sequence[int]) -> None:
        super().__init__(page)
        number = page.detail.row.number if page.detail is not None else ""
        office.show_only("purchase_orders", ReceiveOrder(ids[0], number))


class ApprovalController(QObject):
    """Approvals shows the request that waits."""

    def __init__(self, office: Office, page: PurchaseOrdersPage, _ids: Sequence[int]) -> None:
        super().__init__(page)
        if page.detail is not None and (request_id := approval_of(page.detail)) is not None:
            office.open_record(Subject.APPROVAL, request_id)


class SupplierController(QObject):
    """The supplier of the order that is shown."""

    def __init__(self, office: Office, page: PurchaseOrdersPage, _ids: Sequence[int]) -> None:
        super().__init__(page)
        if page.detail is not None and page.detail.row.supplier_id is not None:
            office.open_record(Subject.SUPPLIER, page.detail.row.supplier_id)
