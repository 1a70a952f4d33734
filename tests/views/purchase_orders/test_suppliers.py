"""Suppliers on screen: the register and the card, one that may be there already, bank details with a call back, two officers."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.officers import Officer
from app.models.purchase_orders.suppliers import PurchaseCategory, Supplier, SupplierContract
from app.models.values import BlockScope, DetailState, Money, SupplierState
from app.services.approvals import commands as approvals
from app.services.core.changes import Changes
from app.services.purchase_orders.suppliers import checking, commands, queries
from app.services.purchase_orders.suppliers.bank import queries as banks
from app.services.purchase_orders.suppliers.contracts_dto import ContractFields
from app.services.purchase_orders.suppliers.dto import SupplierFilter, SupplierView
from app.services.purchase_orders.suppliers.loading import reading
from app.views.common.conflict import ConflictSheet
from app.views.purchase_orders.controller.supplier_loading import SupplierLoadWork
from app.views.purchase_orders.controller.suppliers import SuppliersController
from app.views.purchase_orders.supplier_bank import BankSheet, RevealSheet
from app.views.purchase_orders.supplier_load import SupplierLoadSheet
from app.views.purchase_orders.supplier_sheets import (
    BlockSheet,
    ContractSheet,
    NewSupplierSheet,
    ReleaseSheet,
    SupplierSheet,
)
from app.views.purchase_orders.suppliers import OFFERS, Act
from tests.factories import approving, purchasing
from tests.factories.debits import OLD
from tests.prepared import prepared
from tests.views.desktop import wait


@pytest.fixture
def landlord_desk(desk, colleague):
    """The office of the tests of services, in place of the small landlord."""
    return desk


@prepared
def made(landlord_desk):
    """A supplier with a contract that ends soon, an order, and a hold on payments; and another one."""

    def make(ctx):
        row = purchasing.supplier(ctx, phone="01632 960100")
        purchasing.supplier(ctx, "Other Roofing Ltd", vat_number="")
        purchasing.block(ctx, row.id, BlockScope.PAYMENTS)
        budget = purchasing.budget(ctx)
        purchasing.order(ctx, (10, 20, {budget: 200_00}), supplier_id=row.id)
        return row.id

    found = landlord_desk.do(make)
    contract = ContractFields("C-1", "Paint and brushes", date(2026, 2, 1), date(2027, 1, 31), Money(1_000_00))
    landlord_desk.do(lambda ctx: approved(ctx, found, contract))
    return found


def approved(ctx, supplier_id, typed):
    """A contract that a second officer approved."""
    columns = checking.contract(ctx, supplier_id, typed)
    with approving.carried_out(ctx, "supplier_contract", supplier_id):
        ctx.session.add(
            SupplierContract(**columns, supplier_id=supplier_id, made_by=ctx.officer.id, made_at=ctx.clock.now())
        )


@pytest.fixture
def page(made, office, qtbot):
    controller = SuppliersController(office)
    qtbot.addWidget(controller.page)
    controller.page.resize(1440, 860)
    controller.page.show()
    office.bus.changed.connect(lambda _changes: controller.refresh())
    controller.refresh()
    controller.open_record(None, made)
    wait(qtbot, lambda: controller.page.detail is not None and not office.tasks.busy)
    controller.page.desk = controller  # kept alive with its page
    return controller.page


def sheet_of(page, kind, qtbot):
    wait(qtbot, lambda: bool(page.findChildren(kind)))
    return page.findChildren(kind)[-1]


def test_the_card_says_what_stands_in_the_way_and_what_was_ordered(page, made):
    card = page.card
    assert card.standing.text().splitlines() == [
        "Blocked for payments: Insurance lapsed",
        "Contract C-1 ends on 31 Jan 2027.",
    ]
    assert card.ordered.accessibleName() == "Ordered 2026/27 £200.00"
    assert [row.left for row in card.contracts.rows] == [Money(1_000_00)]
    assert not page.acts[Act.DECIDE].isEnabled()
    assert page.acts[Act.RELEASE].isEnabled()


def test_the_register_is_filtered_to_what_is_blocked(page, office, qtbot):
    page.list.bar.ask(SupplierFilter(view=SupplierView.BLOCKED))
    wait(qtbot, lambda: page.list.model.rowCount() == 1 and not office.tasks.busy)
    assert [row.name for row in page.list.model.held()] == ["Sample Paints Limited"]


def test_one_like_another_is_told_beside_it_and_kept_with_a_tick(page, office, qtbot, landlord_desk):
    page.new_wanted.emit()
    sheet = sheet_of(page, NewSupplierSheet, qtbot)
    category = landlord_desk.ask(purchasing.category)
    sheet.fields.fill({"name": "Sample Paint Ltd", "category_id": category})
    wait(qtbot, lambda: any(each.warns for each in sheet.effects.effects))
    assert "S00001 Sample Paints Limited: a name that is near" in sheet.effects.text()
    sheet.confirmed.emit()
    wait(qtbot, lambda: not office.tasks.busy)
    assert sheet.isVisible()
    sheet.fields.fill({"alike_seen": True})
    sheet.confirmed.emit()
    wait(qtbot, lambda: page.list.model.rowCount() == 3 and not office.tasks.busy)


def test_bank_details_take_the_call_back_and_wait(page, office, qtbot, landlord_desk, colleague, made):
    page.acts[Act.BANK].trigger()
    sheet = sheet_of(page, BankSheet, qtbot)
    assert sheet.explained.startswith("Call 01632 960100 before you save")
    sheet.fields.fill(
        {
            "sort_code": OLD[0],
            "account_number": OLD[1],
            "asked_how": "Letter of 18 November",
            "called_number": "01632 960999",
            "called_whom": "Their accounts desk",
        }
    )
    wait(qtbot, lambda: "Checked" in sheet.bank.verdict.text() or "table" in sheet.bank.verdict.text())
    sheet.confirmed.emit()
    wait(qtbot, lambda: not office.tasks.busy)
    assert sheet.isVisible()
    sheet.fields.fill({"called_number": "01632 960100"})
    sheet.confirmed.emit()
    wait(qtbot, lambda: not page.findChildren(BankSheet) and not office.tasks.busy)
    wait(qtbot, page.acts[Act.DECIDE].isEnabled)
    assert OLD[1] not in str([page.card.banks.data(page.card.banks.index(0, at)) for at in range(9)])
    colleague.do(approvals.approve, [landlord_desk.ask(banks.of_supplier, made)[0].request_id])
    page.desk.refresh()
    wait(qtbot, lambda: [row.state for row in page.card.banks.rows] == [DetailState.IN_FORCE])
    page.acts[Act.REVEAL].trigger()
    assert sheet_of(page, RevealSheet, qtbot).numbers.text() == f"08-99-99    {OLD[1]}"
    page.findChildren(RevealSheet)[-1].close()


def test_what_two_officers_changed_is_put_together(page, office, qtbot, landlord_desk, made):
    """I change the contact while a colleague changes contact and note: only the contact is asked about."""
    page.acts[Act.CHANGE].trigger()
    sheet = sheet_of(page, SupplierSheet, qtbot)
    wait(qtbot, lambda: sheet.record.version > 0 and not office.tasks.busy)
    theirs = landlord_desk.ask(queries.kept, made)
    landlord_desk.do(
        commands.change, made, theirs.values | {"contact": "Depot", "note": "Shut in August"}, theirs.version
    )
    sheet.record.form.fill({"contact": "Sales desk"})
    sheet.record.save()
    wait(qtbot, lambda: bool(sheet.window().findChildren(ConflictSheet)))
    asked = sheet.window().findChildren(ConflictSheet)[-1]
    assert "Depot" in " ".join(label.text() for label in asked.findChildren(type(page.card.facts)))
    asked.reject()
    sheet.accept()


def test_a_hold_is_made_and_released(page, office, qtbot, landlord_desk, made):
    page.acts[Act.BLOCK].trigger()
    sheet = sheet_of(page, BlockSheet, qtbot)
    sheet.fields.fill({"reason": "Complaint of a tenant"})
    sheet.confirmed.emit()
    wait(qtbot, lambda: page.detail.row.blocked == (BlockScope.ORDERS, BlockScope.PAYMENTS))
    page.acts[Act.RELEASE].trigger()
    release = sheet_of(page, ReleaseSheet, qtbot)
    release.fields.fill({"reason": "Settled"})
    release.confirmed.emit()
    wait(qtbot, lambda: len(page.detail.row.blocked) == 1)


def test_a_supplier_keeps_a_category_that_went_out_of_use(page, office, qtbot, landlord_desk, made):
    def retire(ctx):
        ctx.session.get(PurchaseCategory, page.detail.fields.category_id).active = False

    landlord_desk.do(retire)
    page.acts[Act.CHANGE].trigger()
    sheet = sheet_of(page, SupplierSheet, qtbot)
    wait(qtbot, lambda: sheet.record.form.values()["name"] == "Sample Paints Limited")
    field = sheet.record.form.field("category_id")
    assert (field.value(), field.currentText()) == (
        page.detail.fields.category_id,
        "Materials and equipment, out of use",
    )
    sheet.accept()


def test_a_contract_keeps_its_holder_who_left_and_its_supplier_is_what_is_open(
    page, office, qtbot, landlord_desk, made
):
    def leave(ctx):
        contract = ctx.session.scalars(select(SupplierContract)).one()
        contract.holder_id = ctx.session.scalars(select(Officer.id).where(Officer.username == "colleague")).one()
        ctx.session.get(Officer, contract.holder_id).active = False

    landlord_desk.do(leave)
    office.bus.changed.emit(Changes(frozenset({"purchase_orders"})))
    wait(qtbot, lambda: page.detail.contracts[0].holder_id is not None and not office.tasks.busy)
    page.acts[Act.CHANGE_CONTRACT].trigger()
    sheet = sheet_of(page, ContractSheet, qtbot)
    wait(qtbot, lambda: sheet.record.form.values()["number"] == "C-1")
    assert sheet.record.form.field("holder_id").currentText().endswith(", out of use")
    sheet.accept()


def test_a_closed_supplier_is_still_paid_so_its_bank_details_and_holds_are_kept(
    page, made, landlord_desk, qtbot, office
):
    def shut(ctx):
        ctx.session.get(Supplier, made).state = SupplierState.CLOSED

    landlord_desk.do(shut)
    found = landlord_desk.ask(queries.detail, made)
    fits = {each.act: each.fits(found) for each in OFFERS}
    assert (fits[Act.BANK], fits[Act.BLOCK], fits[Act.CONTRACT]) == (True, True, False)


def test_a_file_is_looked_through_before_it_is_loaded(page, office, qtbot, tmp_path):
    path = tmp_path / "suppliers.csv"
    path.write_text("Supplier name,VAT number\nSample Paints Ltd,\nThird Ltd,123456727\n", "utf-8")
    SupplierLoadWork(office, page, reading.read(path))
    sheet = sheet_of(page, SupplierLoadSheet, qtbot)
    wait(qtbot, lambda: [each.row for each in sheet.suspected.rows] == [2])
    assert "2 suppliers kept, without bank details." in sheet.effects.text()
    sheet.fields.fill({"alike_seen": True})
    sheet.confirmed.emit()
    wait(qtbot, lambda: page.list.model.rowCount() == 4 and not office.tasks.busy)
