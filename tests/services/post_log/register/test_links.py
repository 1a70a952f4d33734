"""What an item is linked to is seen from both sides: the item says how it stands now, the record which post it came with."""

import pytest

from app.models.access import RestrictedRecord
from app.models.post_log import PostItem
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.values import InvoiceState, PostChannel, Subject
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.post_log import keeping
from app.services.post_log.answering.commands import links
from app.services.post_log.answering.dto import NewLink
from app.services.post_log.dto import NewItem
from app.services.post_log.mail.dto import Original
from app.services.post_log.mail.jobs import bring_in
from app.services.post_log.register import queries
from app.services.post_log.register.dto import RegisterFilter, RegisterSort
from tests.factories import adjusting, approving, debits, invoices, lettings, purchasing
from tests.prepared import prepared
from tests.services.post_log.mail.messages import eml


def log(ctx, subject="A question", account=None):
    return keeping.log(ctx, NewItem(PostChannel.LETTER, subject, "Mx A Writer", account_id=account))


def linked(desk, item):
    return [(each.subject, each.words, each.own) for each in desk.ask(queries.detail, item).linked]


@prepared
def records(desk):
    """A letting, and one of each kind of record: (subject, its id, how an item names it)."""

    def make(ctx):
        letting = lettings.letting(ctx)
        account = letting.account.id
        mandate = debits.bare(ctx, account).id
        supplier = purchasing.supplier(ctx).id
        order = purchasing.order(ctx, (1, 10, {}), supplier_id=supplier, restate=False).id
        return letting.account.id, [
            (Subject.MANDATE, mandate, "Direct Debit SAMPLE0001"),
            (Subject.PURCHASE_ORDER, order, "Order PO00001"),
            (Subject.SUPPLIER, supplier, "Sample Paints Limited"),
            (Subject.RECHARGE, adjusting.credit_note(ctx, account), "7"),
            (Subject.REFUND, adjusting.refund(ctx, account), ""),
            (Subject.WRITE_OFF, adjusting.write_off(ctx, account), ""),
        ]

    return desk.do(make)


def test_an_item_is_linked_to_every_kind_of_record_and_each_knows_its_post(desk, records):
    _account, made = records
    for subject, record, words in made:
        item = desk.do(log)
        assert desk.ask(queries.of_record, subject, record) == ()
        desk.do(links.link, item, NewLink(subject, record))
        ((kind, shown, own),) = linked(desk, item)
        assert (kind, own) == (subject, True)
        assert words in shown
        assert [row.row_id for row in desk.ask(queries.of_record, subject, record)] == [item]
        desk.do(links.unlink, item, NewLink(subject, record))
        assert (linked(desk, item), desk.ask(queries.of_record, subject, record)) == ([], ())


def test_an_invoice_shows_on_the_item_that_it_came_with_and_how_it_stands(desk, records):
    supplier = next(record for subject, record, _ in records[1] if subject is Subject.SUPPLIER)
    item = desk.do(log)
    logged = desk.do(invoices.log, supplier, invoices.line(1, 10), post_item_id=item)
    (found,) = desk.ask(queries.detail, item).linked
    assert (found.subject, found.subject_id, found.own) == (Subject.SUPPLIER_INVOICE, logged.invoice_id, False)
    assert "Logged" in found.detail
    assert [row.row_id for row in desk.ask(queries.of_record, Subject.SUPPLIER_INVOICE, logged.invoice_id)] == [item]

    def approve(ctx):
        with approving.carried_out(ctx, "supplier_invoice", logged.invoice_id):
            ctx.session.get_one(SupplierInvoice, logged.invoice_id).state = InvoiceState.APPROVED

    desk.do(approve)
    assert "Approved" in desk.ask(queries.detail, item).linked[0].detail
    desk.do(links.link, item, NewLink(Subject.SUPPLIER_INVOICE, logged.invoice_id))
    assert [own for *_, own in linked(desk, item)] == [True]


def test_a_later_message_of_a_conversation_is_seen_from_the_earlier_item(desk):
    bring_in(desk, [Original("1.eml", eml(1))], 1)
    (first,) = desk.ask(lambda ctx: [row.id for row in ctx.session.query(PostItem)])

    def answer(ctx):
        ctx.session.get_one(PostItem, first).replied_on = ctx.clock.today()

    desk.do(answer)
    bring_in(desk, [Original("2.eml", eml(2, subject="Again", answers="<m1@example.org>"))], 1)
    assert linked(desk, first + 1) == [(Subject.POST_ITEM, "My rent", True)]
    assert linked(desk, first) == [(Subject.POST_ITEM, "Again", False)]


def test_an_item_linked_to_a_second_account_is_in_the_post_of_both(desk, records):
    other = desk.do(lambda ctx: lettings.letting(ctx).account.id)
    item = desk.do(log, account=records[0])
    assert desk.ask(queries.of_account, other) == ()
    desk.do(links.link, item, NewLink(Subject.ACCOUNT, other))
    for account in (records[0], other):
        assert [row.row_id for row in desk.ask(queries.of_account, account)] == [item]
        wanted = RegisterFilter(account_id=account)
        assert list(desk.ask(queries.ids, wanted, RegisterSort.AT, descending=True)) == [item]
        assert desk.ask(queries.totals, wanted).count == 1


def test_what_a_restricted_record_is_linked_to_says_nothing(desk, records):
    account, made = records
    mandate = next(record for subject, record, _ in made if subject is Subject.MANDATE)
    item = desk.do(log)
    desk.do(links.link, item, NewLink(Subject.MANDATE, mandate))

    def restrict(ctx):
        ctx.session.add(
            RestrictedRecord(
                subject=Subject.ACCOUNT,
                subject_id=account,
                reason="Made up",
                restricted_by=ctx.officer.id,
                restricted_at=ctx.clock.now(),
            )
        )

    desk.do(restrict)
    desk.do(add, NewOfficer("outsider", "Test Outsider", frozenset({Role.RENTS_OFFICER})))
    outsider = Desk.sit_down(desk.database, "outsider", desk.clock)
    assert (linked(desk, item), linked(outsider, item)) == (linked(desk, item), [])
    with pytest.raises(UserError):
        outsider.ask(queries.of_record, Subject.MANDATE, mandate)
