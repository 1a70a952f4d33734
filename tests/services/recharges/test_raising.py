from sqlalchemy import select

from app.models.accounts import Account
from app.models.ledger import Entry
from app.models.values import AccountKind, RechargeState
from app.services.recharges import commands
from tests.services.recharges.conftest import balance, links, repair


def test_a_recharge_opens_the_sub_account_posts_it_and_files_the_invoice(desk, home, order):
    """By the price list a lock change is £76.40, outside the scope of VAT."""
    done = desk.do(commands.recharge, repair(home, order, job="R1001"))

    assert (done.state, done.invoice_number) == (RechargeState.RAISED, 1)
    sub = desk.ask(lambda ctx: ctx.session.get(Account, done.account_id))
    assert (sub.kind, sub.tenancy_id) == (AccountKind.RECHARGE, home.account.tenancy_id)
    assert sub.payment_reference
    assert sub.payment_reference in done.told
    assert balance(desk, sub.id) == 76_40
    assert balance(desk, home.account.id) == 0
    entries = desk.ask(lambda ctx: ctx.session.scalars(select(Entry).where(Entry.account_id == sub.id)).all())
    assert [(each.code, each.pence, each.narrative) for each in entries] == [("DRR", 76_40, "Invoice 1: Lock change")]
    assert links(desk, done.recharge_id) == ["invoice", "scan"]
