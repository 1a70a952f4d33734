"""Money that nobody's account is known for: posted on the suspense account, numbered, each line of its source once."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.models.accounts import Account
from app.models.ledger import Entry
from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import JournalKind, SuspenseSource, SuspenseState
from app.services.core.errors import UserError
from app.services.ledger.dto import JournalHeader
from app.services.reception_payments.suspense import holding
from app.services.reception_payments.suspense.dto import NewSuspense

DAY = date(2026, 11, 20)


def new(line, pence, **other):
    return NewSuspense(SuspenseSource.FILE, 7, line, pence, "RBP", DAY, **other)


def header(key="file:7"):
    return JournalHeader(JournalKind.RECEIPTS, DAY, "file 7", key)


def hold(desk, *items, key="file:7"):
    return desk.do(lambda ctx: holding.hold(ctx, header(key), items))


def items(desk):
    return desk.ask(lambda ctx: ctx.session.scalars(select(SuspenseItem).order_by(SuspenseItem.number)).all())


def test_what_came_in_and_what_went_out_are_items_and_on_the_suspense_account(desk):
    """50.00 and 20.00 came in and 5.00 went out: 65.00 in credit, which came by the bank."""
    posted = hold(desk, new(1, 50_00, payer_name="A Sample"), new(2, 20_00), new(3, -5_00))
    found = items(desk)
    assert [(each.number, each.pence, each.left_pence, each.state) for each in found] == [
        (1, 50_00, 50_00, SuspenseState.OPEN),
        (2, 20_00, 20_00, SuspenseState.OPEN),
        (3, -5_00, -5_00, SuspenseState.OPEN),
    ]
    assert {each.journal for each in found} == {posted.journal}

    def balances(ctx):
        rows = select(Account.control_key, Account.balance_pence).where(Account.balance_pence != 0)
        return dict(ctx.session.execute(rows).all())

    assert desk.ask(balances) == {"suspense": -65_00, "cash:bank": 65_00}


def test_the_ledger_never_has_a_payers_name(desk):
    hold(desk, new(1, 50_00, payer_name="A Sample", narrative="FROM A SAMPLE"))
    assert {*desk.ask(lambda ctx: ctx.session.scalars(select(Entry.narrative)).all())} == {"", holding.NARRATIVE}


def test_the_same_posting_again_holds_nothing_twice(desk):
    first = hold(desk, new(1, 50_00))
    again = hold(desk, new(1, 50_00))
    assert (again.journal, again.duplicate) == (first.journal, True)
    assert len(items(desk)) == 1


def test_a_line_of_a_source_is_held_once(desk):
    hold(desk, new(1, 50_00))
    with pytest.raises(IntegrityError):
        hold(desk, new(1, 50_00), key="another")
    assert len(items(desk)) == 1


def test_a_card_number_is_never_kept(desk):
    with pytest.raises(UserError, match="looks like a card number, ending 1111"):
        hold(desk, new(1, 50_00, narrative="4111 1111 1111 1111"))
    assert items(desk) == []
