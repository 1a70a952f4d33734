"""Invoices on screen over the services: logged by keyboard, matched, accepted, disputed, told, settled, and from the post."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from app.models.post_log import PostItem, PostLink
from app.models.values import InvoiceState, Money, PostChannel, PostState, Subject
from app.services.post_log import keeping as post
from app.services.post_log.dto import NewItem
from app.services.purchase_orders.invoices import commands, queries
from app.services.purchase_orders.invoices.dto import Act, ChangedInvoice, InvoiceView
from app.shots.purchase_invoices import document
from app.views.common.begin_work import BeginFromPost
from app.views.common.documents_incoming import Incoming
from app.views.common.fields_pickers import Picked, Picker
from app.views.purchase_orders.controller.invoices import InvoicesController
from app.views.purchase_orders.dispute_sheets import DisputeSheet, SettleSheet, TellBy, TellSheet
from app.views.purchase_orders.handed import InvoicesWanted
from app.views.purchase_orders.invoice_log import LogSheet
from app.views.purchase_orders.invoice_sheets import AcceptSheet, WhySheet, as_new
from app.views.purchase_orders.match_sheet import MatchSheet
from tests.factories import purchasing
from tests.prepared import prepared
from tests.views.desktop import wait


@pytest.fixture
def landlord_desk(desk):
    """The office of the tests of services, in place of the small landlord."""
    return desk


@prepared
def bought(desk, colleague):
    """An order of ten at £20.00 of which eight came, and its supplier: (order, supplier)."""

    def make(ctx):
        budget = purchasing.budget(ctx)
        supplier = purchasing.supplier(ctx, "Sample Heating Limited", email="accounts@heating.example")
        order = purchasing.order(ctx, (10, 20, {budget: 200_00}), supplier_id=supplier.id)
        purchasing.lines(ctx, order.id)[0].received = 8_000
        ctx.session.flush()
        return order.id, supplier.id

    return desk.do(make)


@pytest.fixture
def controller(bought, office, qtbot):
    made = InvoicesController(office)
    qtbot.addWidget(made.page)
    made.page.resize(1400, 800)
    made.page.show()
    office.bus.changed.connect(lambda _changes: made.refresh())
    made.refresh()
    wait(qtbot, lambda: not office.tasks.busy)
    return made


def sheet_of(page, kind, qtbot):
    wait(qtbot, lambda: bool([each for each in page.findChildren(kind) if not each.over]))
    return next(each for each in page.findChildren(kind) if not each.over)


def confirm(sheet, qtbot, office):
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy)


def type_in(sheet, bought, qtbot, office, **other):
    known = {
        "supplier": Picked(bought[1], "Sample Heating Limited"),
        "supplier_number": "SH-4471",
        "invoice_on": date(2026, 11, 18),
        "received_on": date(2026, 11, 19),
        "order_quoted": "po 1",
        "net": Money(200_00),
        "vat": Money(40_00),
    }
    sheet.fields.fill(known | other)
    wait(qtbot, lambda: not office.tasks.busy)


@pytest.fixture
def matched(controller, bought, office, qtbot):
    """The match of an invoice of all ten that was logged by the sheet, with the order's line taken over."""
    controller.page.log_wanted.emit()
    sheet = sheet_of(controller.page, LogSheet, qtbot)
    type_in(sheet, bought, qtbot, office)
    assert sheet._said_of_order.text().startswith("PO00001, Sample order: Sample Heating Limited")
    confirm(sheet, qtbot, office)
    found = sheet_of(controller.page, MatchSheet, qtbot)
    yield found
    if not found.over:
        found.close()


def test_what_is_logged_opens_in_the_match_where_its_differences_are_accepted_and_approval_is_asked_for(
    matched, controller, desk, qtbot, office
):
    """Ten are charged and eight came: that is accepted with a reason, and a second officer is asked."""
    assert matched.found.row.pay_by_on == date(2026, 12, 18)
    matched.acts[Act.TAKE_LINES].trigger()
    wait(qtbot, lambda: not office.tasks.busy and bool(matched.found.match.lines[0].place))
    assert not matched.confirm_action.isEnabled()
    while matched.found.match.differences and not matched.found.match.clean:
        before = sum(each.open for each in matched.found.match.differences)
        matched.acts[Act.ACCEPT].trigger()
        accept = sheet_of(matched, AcceptSheet, qtbot)
        accept.fields.fill({"reason": "The rest comes on Monday"})
        confirm(accept, qtbot, office)
        wait(qtbot, lambda before=before: sum(each.open for each in matched.found.match.differences) < before)
    confirm(matched, qtbot, office)
    found = desk.ask(lambda ctx: queries.detail(ctx, matched.found.row.invoice_id))
    assert found.row.state is InvoiceState.WAITING
    assert matched.over


def test_a_dispute_is_opened_told_on_the_telephone_and_settled(matched, desk, qtbot, office):
    """Told on 20 November, settled on 21 November."""
    matched.acts[Act.DISPUTE].trigger()
    sheet = sheet_of(matched, DisputeSheet, qtbot)
    sheet.fields.fill({"words": "Only eight came", "found_on": date(2026, 11, 20)})
    confirm(sheet, qtbot, office)
    wait(qtbot, lambda: Act.TELL in matched.found.acts)
    assert matched.state.text() == "Disputed, not told yet"

    matched.acts[Act.TELL].trigger()
    tell = sheet_of(matched, TellSheet, qtbot)
    wait(qtbot, lambda: "eight" in tell.preview.text())
    tell.fields.fill({"by": TellBy.CALL, "on": date(2026, 11, 20), "how": "Their accounts desk"})
    confirm(tell, qtbot, office)
    wait(qtbot, lambda: matched.found.clock.held)
    assert matched.left.text() == "Held by a dispute"

    matched.acts[Act.SETTLE].trigger()
    settle = sheet_of(matched, SettleSheet, qtbot)
    settle.fields.fill({"words": "Two more are on their way"})
    confirm(settle, qtbot, office)
    wait(qtbot, lambda: not matched.found.row.disputed)
    assert matched.found.disputes[0].outcome.endswith("Two more are on their way")


def test_a_credit_note_takes_back_the_invoice_that_is_shown_and_a_wrong_one_is_cancelled(
    matched, controller, bought, desk, qtbot, office
):
    matched.acts[Act.CREDIT].trigger()
    sheet = sheet_of(matched, LogSheet, qtbot)
    wait(qtbot, lambda: sheet.fields.values()["credits"] == matched.found.row.invoice_id)
    sheet.fields.fill(
        {"supplier_number": "CR-1", "invoice_on": date(2026, 11, 20), "net": Money(40_00), "vat": Money(8_00)}
    )
    sheet.fields.fill({"lines": ()})
    confirm(sheet, qtbot, office)
    wait(qtbot, lambda: bool(matched.found.credited_by))
    found = matched.found
    matched.close()
    assert [str(each[2]) for each in found.credited_by] == ["£48.00"]

    controller.take(InvoicesWanted(InvoiceView.CREDITS))
    wait(qtbot, lambda: not office.tasks.busy and controller.page.list.model.rowCount() == 1)
    note_id = found.credited_by[0][0]
    controller.open_record(None, note_id)
    wait(qtbot, lambda: controller.page.detail is not None and controller.page.detail.row.invoice_id == note_id)
    controller.page.acts[Act.CANCEL].trigger()
    why = sheet_of(controller.page, WhySheet, qtbot)
    why.fields.fill({"reason": "Of another council"})
    confirm(why, qtbot, office)
    cancelled = desk.ask(lambda ctx: queries.detail(ctx, note_id))
    assert (cancelled.row.state, cancelled.settled_why) == (InvoiceState.CANCELLED, "Of another council")


def _arrive(ctx):
    new = NewItem(
        PostChannel.EMAIL,
        "Invoice SH-4471 for your order PO00001",
        received_on=date(2026, 11, 16),
        sender="Ledger",
        sender_address="ledger@heating.example",
    )
    return post.log(ctx, new)


def test_an_item_of_the_post_fills_the_sheet_and_another_one_of_it_is_logged_knowingly(
    controller, bought, desk, qtbot, office
):
    """Its sender is known by the domain, its order by the number in the subject, and the day is that of the post log."""

    item_id = desk.do(_arrive)
    controller.take(BeginFromPost(item_id, "log_invoice"))
    sheet = sheet_of(controller.page, LogSheet, qtbot)
    wait(qtbot, lambda: not office.tasks.busy)
    values = sheet.fields.values()
    assert (values["supplier"], values["received_on"], values["order_quoted"]) == (
        bought[1],
        date(2026, 11, 16),
        "PO00001",
    )
    assert (values["supplier_number"], values["close_post"]) == ("SH-4471", True)
    sheet.fields.fill({"invoice_on": date(2026, 11, 13), "net": Money(160_00), "vat": Money(32_00)})
    confirm(sheet, qtbot, office)
    match = sheet_of(controller.page, MatchSheet, qtbot)
    assert (match.found.post_item_id, match.found.row.received_on) == (item_id, date(2026, 11, 16))
    item = desk.ask(lambda ctx: ctx.session.get_one(PostItem, item_id))
    assert (item.state, item.outcome) == (PostState.CLOSED, "Logged as IN00001")
    tied = desk.ask(lambda ctx: ctx.session.scalars(select(PostLink.subject).where(PostLink.item_id == item_id)).all())
    assert tied == [Subject.SUPPLIER_INVOICE]
    match.close()
    lines = controller.page.card.post.lines
    wait(qtbot, lambda: lines.rowCount() == 1)
    assert lines.row_at(0).row_id == item_id
    controller.take(BeginFromPost(item_id, "log_invoice"))
    second = sheet_of(controller.page, LogSheet, qtbot)
    wait(qtbot, lambda: "IN00001 was logged from this item already: log another" in second.messages.text)
    assert not second.fields.values()["close_post"]
    second.reject()


def test_an_invoice_is_logged_by_the_keyboard_alone_in_forty_keys(controller, bought, qtbot, office, desk):
    """The supplier by four letters, the numbers, two dates and two amounts; the order is found as it is typed."""
    controller.page.log_wanted.emit()
    sheet = sheet_of(controller.page, LogSheet, qtbot)
    wait(qtbot, lambda: sheet.fields.field("supplier").hasFocus())
    pressed = 0

    def press(text):
        nonlocal pressed
        at = QApplication.focusWidget()
        qtbot.keyClicks(at, text)
        wait(qtbot, lambda: not office.tasks.busy and (not isinstance(at, Picker) or bool(at._offered)))
        qtbot.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget(), Qt.Key.Key_Return)
        pressed += len(text) + 1
        wait(qtbot, lambda: not office.tasks.busy)

    press("samp")
    assert sheet.fields.values()["supplier"] == bought[1]
    for text in ("SH-9", "18/11", "19/11", "po1", "160", "32"):
        press(text)
    qtbot.keyClick(sheet, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert sheet._said_of_vat.text() == "The lines come to £160.00 and £32.00 VAT: as the invoice says"
    qtbot.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    match = sheet_of(controller.page, MatchSheet, qtbot)
    shown = match.found.row
    assert (shown.invoice_on, shown.received_on) == (date(2026, 11, 18), date(2026, 11, 19))
    assert (shown.order_number, str(shown.gross), match.found.match.clean) == ("PO00001", "£192.00", True)
    assert pressed + 2 <= 40
    match.close()


def test_what_a_colleague_changed_meanwhile_is_named_and_what_is_typed_stays(matched, qtbot, office, desk):
    """I change the note while a colleague puts the VAT right to £39.99: mine is refused once, then saved."""
    matched.acts[Act.CHANGE].trigger()
    sheet = sheet_of(matched, LogSheet, qtbot)
    wait(qtbot, lambda: sheet.fields.values()["net"] == Money(200_00) and not office.tasks.busy)
    assert not sheet.fields.field("kind").isEnabled()
    sheet.fields.fill({"note": "Asked for the delivery note"})
    found = desk.ask(lambda ctx: queries.detail(ctx, matched.found.row.invoice_id))
    theirs = replace(as_new(found), vat=Money(39_99))
    desk.do(commands.change, ChangedInvoice(found.row.invoice_id, found.row.version, theirs))
    confirm(sheet, qtbot, office)
    wait(qtbot, lambda: "A colleague changed it meanwhile (VAT: 39.99)" in sheet.messages.text)
    assert sheet.fields.values()["note"] == "Asked for the delivery note"
    confirm(sheet, qtbot, office)
    now = desk.ask(lambda ctx: queries.detail(ctx, matched.found.row.invoice_id))
    assert now.note == "Asked for the delivery note"


def test_a_document_dropped_on_the_sheet_is_seen_kept_and_shown_in_the_match(
    controller, bought, qtbot, office, desk, tmp_path
):
    path = tmp_path / "SH-4471.pdf"
    path.write_bytes(document("Invoice SH-4471"))
    controller.page.log_wanted.emit()
    sheet = sheet_of(controller.page, LogSheet, qtbot)
    type_in(sheet, bought, qtbot, office)
    sheet.paper.take([Incoming(path.name, path)])
    wait(qtbot, lambda: sheet.paper.file is not None and not office.tasks.busy)
    confirm(sheet, qtbot, office)
    match = sheet_of(controller.page, MatchSheet, qtbot)
    wait(qtbot, lambda: not office.tasks.busy)
    assert match.found.row.document_sha256 is not None
    assert match.paper.isVisibleTo(match)
    assert match.paper.view._pdf is not None
    match.close()
