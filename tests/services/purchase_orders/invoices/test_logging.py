"""What may be logged: from the post, once only, in figures that add up, with CIS and what is kept back."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.models.post_log import PostCategory, PostItem
from app.models.purchase_orders.invoices import InvoiceAccepted, SupplierInvoice
from app.models.values import CisStatus, FormatNeed, MatchFault, Money, PostChannel
from app.services.core.errors import UserError, UserErrors
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.purchase_orders.invoices import commands, queries
from app.services.purchase_orders.invoices.dto import ChangedInvoice
from tests.factories import invoices, purchasing
from tests.services.purchase_orders.invoices.conftest import differences

line = invoices.line


def test_the_same_click_logs_once_and_the_same_invoice_is_refused_however_it_is_spelt(desk, bought):
    first = desk.do(invoices.log, bought.supplier, line(1, 10), number="INV-0012")
    again = desk.do(invoices.log, bought.supplier, line(1, 10), number="INV-0012")
    assert (again.invoice_id, again.told) == (first.invoice_id, "IN00001 is logged already.")
    with pytest.raises(UserError, match=r"This is IN00001 again: INV-0012, £12\.00, logged\."):
        desk.do(invoices.log, bought.supplier, line(1, 10), number="inv O12")


def test_what_is_like_another_is_logged_only_with_a_reason_that_the_match_keeps(desk, bought):
    desk.do(invoices.log, bought.supplier, line(1, 10), number="INV-0012")
    with pytest.raises(UserError, match=r"Like IN00001 \(INV-0012, £12\.00 of 9 Nov 2026\): the same amount"):
        desk.do(invoices.log, bought.supplier, line(1, 10), number="INV-0021")
    card = {"number": "INV-0021", "duplicates_why": "Card 4111 1111 1111 1111"}
    with pytest.raises(UserError, match="card number"):
        desk.do(invoices.log, bought.supplier, line(1, 10), **card)
    other = desk.do(invoices.log, bought.supplier, line(1, 10), number="INV-0021", duplicates_why="Two rooms")
    assert desk.ask(lambda ctx: ctx.session.scalars(select(InvoiceAccepted.reason)).all()) == ["Two rooms"]
    assert not desk.do(differences, other.invoice_id)[MatchFault.DUPLICATE, 0].open


def test_what_cannot_be_is_refused_at_its_field(desk, bought):
    wrong = (
        ({"net": Money(-1_00)}, "net"),
        ({"net": Money(0), "vat": Money(0), "lines": ()}, "net"),
        ({"received_on": date(2026, 11, 22)}, "received_on"),
        ({"due_on": date(2026, 11, 8)}, "due_on"),
        ({"number": " - "}, "supplier_number"),
        ({"number": "9" * 41}, "supplier_number"),
        ({"labour": Money(11_00)}, "labour"),
        ({"retention": Money(1_00)}, "retention_on"),
        ({"lines": (line(0, 10),), "net": Money(10_00)}, "lines"),
        ({"lines": (line(-1, 10, vat=0),), "net": Money(10_00)}, "lines"),
    )
    for more, field in wrong:
        with pytest.raises(UserErrors) as refused:
            desk.do(invoices.log, bought.supplier, line(1, 10), **more)
        assert field in {each.field for each in refused.value.errors}


def test_vat_a_penny_off_matches_and_two_pence_off_do_not(desk, bought):
    """10 at £10.00 bear £20.00: £20.01 is rounding, £20.02 is a fault; none at all where the supplier has no VAT number."""
    one = bought.lines[0]
    found = {}
    for pence in (20_01, 20_02):
        typed = line(10, 10, one, vat=pence)
        why = "Another"
        number = f"V-{pence}"
        logged = desk.do(invoices.log, bought.supplier, typed, order_id=bought.order, number=number, duplicates_why=why)
        found[pence] = [
            each.words for at, each in desk.do(differences, logged.invoice_id).items() if at[0] is MatchFault.VAT
        ]
    assert found == {20_01: [], 20_02: ["Sample line: VAT of £20.02 where 20% of £100.00 is £20.00."]}

    def unregister(ctx):
        purchasing.supplier_row(ctx, bought.supplier).vat_number = ""

    desk.do(unregister)
    whole = desk.do(differences, 1)[MatchFault.VAT, 0]
    assert whole.words == "£20.01 of VAT is charged, and the supplier has no VAT number."


def test_more_than_came_and_lines_that_were_not_ordered_are_named_with_their_figures(desk, bought):
    """2 of 4 came and 3 are invoiced; carriage was not ordered; a sum is a penny short in the head."""
    typed = (line(3, 25, bought.lines[1]), line(1, 5, budgets={bought.code: 5_00}, description="Carriage"))
    logged = desk.do(invoices.log, bought.supplier, *typed, order_id=bought.order, net=Money(79_99))
    words = {at: each.words for at, each in desk.do(differences, logged.invoice_id).items()}
    assert words == {
        (MatchFault.TOTAL, 0): "Its lines come to £80.00, the invoice says £79.99 before VAT.",
        (MatchFault.QUANTITY, 1): "Sample line 2: 3 each invoiced, 2 came and aren't invoiced; 1 too many.",
        (MatchFault.NOT_ORDERED, 2): "Carriage, £5.00: PO00001 was chosen, and this is on no line of it.",
    }


def test_an_invoice_of_another_supplier_or_of_a_requisition_has_to_be_put_right(desk, bought):
    def steps(ctx):
        other = purchasing.supplier(ctx, "Other Paints Limited").id
        purchasing.order_row(ctx, bought.order).state = purchasing.OrderState.WAITING
        logged = invoices.log(ctx, other, line(1, 10, bought.lines[0]), order_id=bought.order)
        return [(fault, each.acceptable) for (fault, _), each in differences(ctx, logged.invoice_id).items()]

    assert desk.do(steps)[:2] == [(MatchFault.NOT_OPEN, False), (MatchFault.OTHER_SUPPLIER, False)]


def test_a_line_of_another_order_is_parted_from_it_when_the_order_changes(desk, bought):
    def steps(ctx):
        other = purchasing.order(ctx, (1, 10, {bought.code: 10_00}), supplier_id=bought.supplier)
        logged = invoices.log(ctx, bought.supplier, line(1, 10, bought.lines[0]), order_id=bought.order)
        row = ctx.session.get(SupplierInvoice, logged.invoice_id)
        new = invoices.new(bought.supplier, order_id=other.id, net=Money(10_00), vat=Money(2_00))
        commands.change(ctx, ChangedInvoice(row.id, row.version, new))
        return set(differences(ctx, row.id))

    assert desk.do(steps) == {(MatchFault.NOT_ORDERED, 1), (MatchFault.CODE, 1)}


def test_cis_is_taken_of_labour_alone_and_retention_is_kept_back(desk, bought):
    """£100.00 with £60.00 of labour at 20 %: £12.00; 5 % of £100.00 kept back: £120.00 - £12.00 - £5.00 = £103.00."""

    def steps(ctx):
        supplier = purchasing.supplier_row(ctx, bought.supplier)
        supplier.cis, supplier.cis_verified_on = CisStatus.REGISTERED, date(2026, 4, 6)
        more = {"labour": Money(60_00), "retention_percent": 500, "retention_on": date(2027, 5, 9)}
        logged = invoices.log(ctx, bought.supplier, line(10, 10, bought.lines[0]), order_id=bought.order, **more)
        return logged.invoice_id

    found = desk.ask(queries.detail, desk.do(steps))
    assert found.match.warnings == ()
    assert (found.cis.deducted, found.cis.materials, found.row.payable) == (Money(12_00), Money(40_00), Money(103_00))
    assert found.cis.words == "Labour £60.00 at 20% (registered) = £12.00 for HMRC; materials £40.00 and VAT bear none."

    def paid(ctx):
        ctx.session.get(SupplierInvoice, found.row.invoice_id).paid_on = date(2026, 12, 5)

    desk.do(paid)
    month = desk.ask(queries.cis_return, date(2026, 11, 6), date(2026, 12, 5))
    assert [(each.gross, each.materials, each.deducted) for each in month] == [
        (Money(100_00), Money(40_00), Money(12_00))
    ]
    assert desk.ask(queries.cis_return, date(2026, 12, 6), date(2027, 1, 5)) == ()


def arrive(ctx):
    """An e-mail with a PDF in the post: the item, and the PDF."""
    item = PostItem(
        year=2026,
        number=41,
        channel=PostChannel.EMAIL,
        received_at=datetime(2026, 11, 5, 9, tzinfo=UTC),
        received_on=date(2026, 11, 5),
        sender="Accounts",
        sender_address="accounts@example.com",
        subject_line="Invoice INV-77 for your p.o. no. 00001",
        category_id=ctx.session.scalars(select(PostCategory.id)).first(),
        format=FormatNeed.STANDARD,
        logged_at=ctx.clock.now(),
        logged_by=ctx.officer.id,
    )
    ctx.session.add(item)
    ctx.session.flush()
    sha256 = documents.put(ctx, b"%PDF-1.4 sample", "application/pdf")
    documents.link(ctx, sha256, NewLink(purchasing.Subject.POST_ITEM, item.id, "attachment", "Invoice", "inv.pdf"))
    return item.id, sha256


def test_the_log_sheet_is_filled_from_an_e_mail_in_the_post(desk, bought):
    """It reached the council on 5 November, anywhere; the order is quoted in another spelling, the PDF is at hand."""

    item_id, sha256 = desk.do(arrive)
    found = desk.ask(queries.from_post, item_id)
    assert (found.received_on, found.supplier_id, found.supplier_number) == (
        date(2026, 11, 5),
        bought.supplier,
        "INV-77",
    )
    assert (found.order.order_id, found.order.left_net, found.papers) == (
        bought.order,
        Money(200_00),
        ((sha256, "inv.pdf"),),
    )
    more = {"post_item_id": item_id, "document_sha256": sha256, "received_on": found.received_on, "number": "INV-77"}
    logged = desk.do(invoices.log, bought.supplier, line(1, 10), order_quoted="po 1", **more)
    assert desk.ask(queries.from_post, item_id).logged == (logged.invoice_id, "IN00001")
    shown = desk.ask(queries.detail, logged.invoice_id)
    assert (shown.post_item, shown.row.pay_by_on) == ("2026/0041", date(2026, 12, 4))
    assert (shown.row.order_id, shown.row.document_sha256) == (bought.order, sha256)


def test_the_scan_of_a_paper_invoice_goes_with_it_and_a_badge_in_an_e_mail_does_not(desk, bought):
    item_id, sha256 = desk.do(arrive)

    def scanned(ctx):
        picture = documents.put(ctx, b"\x89PNG\r\n\x1a\n sample", "image/png")
        documents.link(ctx, picture, NewLink(purchasing.Subject.POST_ITEM, item_id, "file", "Scan", "scan 1.png"))
        return picture

    picture = desk.do(scanned)
    assert desk.ask(queries.from_post, item_id).papers == ((sha256, "inv.pdf"),)

    def by_letter(ctx):
        ctx.session.get(PostItem, item_id).channel = PostChannel.LETTER

    desk.do(by_letter)
    assert desk.ask(queries.from_post, item_id).papers == ((sha256, "inv.pdf"), (picture, "scan 1.png"))


def test_orders_are_found_as_typed(desk, bought):
    assert [each.order_id for each in desk.ask(queries.orders_by, "PO-0001")] == [bought.order]
    assert [each.number for each in desk.ask(queries.orders_by, "sample", bought.supplier)] == ["PO00001"]
    assert desk.ask(queries.orders_by, "PO 99") == ()
    assert desk.ask(queries.orders_by, " ") == ()


def test_construction_by_a_supplier_outside_the_scheme_is_warned_of(desk, bought):
    repairs = desk.do(lambda ctx: purchasing.category(ctx, "repairs"))
    logged = desk.do(invoices.log, bought.supplier, line(1, 10), category_id=repairs, labour=Money(10_00))
    assert "verify them with HMRC" in logged.warnings[0]
    assert desk.ask(queries.detail, logged.invoice_id).cis.deducted == Money(0)
