"""The section Suppliers joined to the services: the register, the card, and what is done with the chosen one."""

from __future__ import annotations

from array import array

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.post_log.register import dto as post
from app.services.post_log.register.queries import of_record
from app.services.purchase_orders.orders.dto import OrderFilter
from app.services.purchase_orders.suppliers import listing, queries
from app.services.purchase_orders.suppliers.dto import SupplierDetail, SupplierFilter, SupplierRow, SupplierSort
from app.services.workbench.presence import Record
from app.views.common.documents_desk import DocumentsDesk
from app.views.common.notes_desk import NotesDesk
from app.views.common.office import Office
from app.views.common.paged_driver import PagedDriver, Source
from app.views.common.post_desk import PostDesk
from app.views.common.questions import Questions
from app.views.purchase_orders.controller.supplier_doing import SupplierDoing
from app.views.purchase_orders.controller.supplier_loading import SupplierFiles
from app.views.purchase_orders.supplier_card import NOTES_AT, PAPERS_AT, POST_AT
from app.views.purchase_orders.suppliers import SuppliersPage


class SuppliersController(QObject):
    """Joins the section Suppliers to the services."""

    def __init__(self, office: Office) -> None:
        held = office.desk.officer.permissions
        keeps, reveals = Permission.KEEP_SUPPLIERS in held, Permission.REVEAL_BANK_DETAILS in held
        self.page = page = SuppliersPage(keeps=keeps, reveals=reveals)
        super().__init__(page)
        self.office = office
        self.shown_id: int | None = None
        self._ask = Questions(office, self).ask
        self._doing = SupplierDoing(office, page)
        self._files = SupplierFiles(office, page)
        self._post = PostDesk(office, page.card.post, _post)
        self._papers = DocumentsDesk(office, page.card.papers)
        self._notes = NotesDesk(office, page.card.notes, Subject.SUPPLIER, "supplier")
        self._post.counted.connect(lambda count: page.card.parts.count_part(POST_AT, count))
        self._papers.counted.connect(lambda count: page.card.parts.count_part(PAPERS_AT, count))
        self._notes.counted.connect(lambda count: page.card.parts.count_part(NOTES_AT, count))
        source = Source(_ids, listing.rows, _row_id, listing.totals, listing.totals_of)
        self.rows = PagedDriver(office, page.list, source, stay_on=lambda: self.shown_id)
        self.rows.shown.connect(self._found)
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.list.moved.connect(self._choose)
        page.act_wanted.connect(self._doing.begin)
        page.new_wanted.connect(self._doing.new)
        page.orders_wanted.connect(self._see_orders)

    def refresh(self) -> None:
        """List again, and show the chosen one again."""
        self.rows.ask(keep=True)
        self._ask("form", queries.form, then=lambda form: self.page.offer_categories(form.categories))
        if self.shown_id is not None:
            self._show(self.shown_id)

    def show_only(self, wanted: SupplierFilter) -> None:
        """List the suppliers of a filter."""
        self.page.list.bar.ask(wanted)

    def open_record(self, _subject: Subject, supplier_id: int) -> None:
        """Show a supplier."""
        self.page.list.mark(supplier_id)
        self._choose(supplier_id)

    def _see_orders(self, found: SupplierDetail) -> None:
        """Its orders, in the list of orders: found by its name, which stands in the field there."""
        self.office.show_only("purchase_orders", OrderFilter(text=found.row.name))

    def _choose(self, supplier_id: int | None) -> None:
        self.shown_id = supplier_id
        if supplier_id is None:
            self._clear()
        else:
            self._show(supplier_id)

    def _show(self, supplier_id: int) -> None:
        def show(found: SupplierDetail) -> None:
            if self.shown_id != found.row.supplier_id:
                return
            self.page.show_supplier(found)
            self._post.show(supplier_id, found)
            self._papers.show_record(Subject.SUPPLIER, supplier_id)
            self._notes.show(supplier_id, found)
            if self.office.presence is not None:
                record = Record(Subject.SUPPLIER, supplier_id)
                self.office.presence.watch(self, record, self.page.card.presence.show_others)

        self._ask("detail", queries.detail, supplier_id, then=show, refused=lambda _error: self._clear())

    def _clear(self) -> None:
        self.shown_id = None
        if self.office.presence is not None:
            self.office.presence.leave(self)
            self.page.card.presence.show_others(())
        self._post.clear()
        self._papers.show_nothing()
        self._notes.clear()
        self.page.show_nothing()

    def _found(self) -> None:
        if not self.page.list.model.rowCount():
            self._clear()


def _ids(ctx: Context, wanted: SupplierFilter, sort: str, *, descending: bool) -> array[int]:
    return listing.ids(ctx, wanted, SupplierSort(sort), descending=descending)


def _row_id(row: SupplierRow) -> int:
    return row.supplier_id


def _post(ctx: Context, supplier_id: int) -> tuple[post.RegisterRow, ...]:
    return of_record(ctx, Subject.SUPPLIER, supplier_id)
