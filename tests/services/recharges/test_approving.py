"""What takes a second officer: nothing is posted, numbered or sent before; whoever asked never approves or raises it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.ledger import Entry, Journal
from app.models.periods import Period
from app.models.recharges import Recharge
from app.models.values import AccountKind, Money, RechargeState
from app.services.adjustments.register import queries as register
from app.services.adjustments.register.dto import RegisterFilter, View
from app.services.approvals import commands as approvals
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.documents.dto import NewFile
from app.services.ledger import checks
from app.services.recharges import commands, keeping, posting, previewing
from app.services.recharges.dto import NewCredit
from tests.factories import approving, lettings
from tests.services.recharges.conftest import ORDERED, balance, costs, policy, repair, set_limits


def state(desk, recharge_id):
    return desk.ask(lambda ctx: ctx.session.get(Recharge, recharge_id).state)


def test_costs_that_an_order_awards_are_posted_on_the_day_of_the_order_once_approved(desk, colleague, home, order):
    """£404.00 + £69.50 = £473.50, above the officer's £100.00."""
    asked = desk.do(commands.award_costs, costs(home, order))
    assert (asked.state, asked.invoice_number, asked.journal) == (RechargeState.WAITING, None, None)
    assert "above your limit for debits, £100.00" in asked.told
    subs = select(func.count()).where(Account.kind == AccountKind.COURT_COSTS)
    assert desk.ask(lambda ctx: ctx.session.scalar(subs)) == 0
    with pytest.raises(UserError, match="Nobody decides on what they asked for"):
        desk.do(approvals.approve, [asked.request_id], "")

    colleague.do(approvals.approve, [asked.request_id], "")

    row = desk.ask(lambda ctx: ctx.session.get(Recharge, asked.recharge_id))
    assert (row.state, row.invoice_number, row.raised_by) == (RechargeState.RAISED, 1, colleague.officer.id)
    entry = desk.ask(lambda ctx: ctx.session.scalars(select(Entry).where(Entry.account_id == row.account_id)).one())
    assert (entry.code, entry.pence, entry.effective_on) == ("DCC", 473_50, ORDERED)
    journal = desk.ask(lambda ctx: ctx.session.get(Journal, row.journal))
    assert journal.authorised_by == colleague.officer.id
    assert balance(desk, home.account.id) == 0
    assert not desk.ask(checks.check)


def test_costs_are_not_posted_before_there_is_an_order(desk, home, order):
    with pytest.raises(UserError, match="once an order awards them"):
        desk.do(commands.award_costs, costs(home, order, order_on=date(2026, 11, 22)))
    with pytest.raises(UserError, match=r"£0\.00 does nothing"):
        desk.do(commands.award_costs, costs(home, order, fee=Money(0), fixed=Money(0)))
    with pytest.raises(UserError, match="more than a recharge may be"):
        desk.do(commands.award_costs, costs(home, order, fee=Money(10_000_000_00)))


def test_what_is_refused_or_withdrawn_posts_nothing(desk, colleague, home, order):
    refused = desk.do(commands.award_costs, costs(home, order, "a"))
    colleague.do(approvals.refuse, [refused.request_id], "The order awards no fee")
    withdrawn = desk.do(commands.award_costs, costs(home, order, "b"))
    with pytest.raises(UserError, match="Somebody else asked"):
        colleague.do(commands.withdraw, withdrawn.recharge_id)
    desk.do(commands.withdraw, withdrawn.recharge_id)

    assert state(desk, refused.recharge_id) is RechargeState.REFUSED
    assert state(desk, withdrawn.recharge_id) is RechargeState.WITHDRAWN
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Journal))) == 0


def test_where_policy_says_so_a_third_officer_raises_it(desk, colleague, home, order):
    desk.do(lambda ctx: policy(ctx, "adjustments.third_officer", "yes", "adjustment_kind:court_costs"))
    asked = desk.do(commands.award_costs, costs(home, order))
    colleague.do(approvals.approve, [asked.request_id], "")

    assert state(desk, asked.recharge_id) is RechargeState.APPROVED
    for each in (desk, colleague):
        with pytest.raises(UserError, match="somebody else raises it"):
            each.do(commands.post, asked.recharge_id)

    manager = Desk.sit_down(desk.database, "manager", desk.clock)
    manager.do(add, NewOfficer("third", "Test Third", frozenset({Role.TEAM_LEADER})))
    third = Desk.sit_down(desk.database, "third", desk.clock)
    to_post = RegisterFilter(view=View.TO_POST)
    assert [each.ask(register.totals, to_post).count for each in (desk, colleague, third)] == [0, 0, 1]
    done = third.do(commands.post, asked.recharge_id)
    with pytest.raises(UserError, match="is raised, not approved"):
        third.do(commands.post, asked.recharge_id)
    journal = desk.ask(lambda ctx: ctx.session.get(Journal, done.journal))
    assert (journal.posted_by, journal.authorised_by) == (third.officer.id, colleague.officer.id)


def test_whoever_approved_it_may_take_it_back_before_it_is_raised(desk, colleague, home, order):
    desk.do(lambda ctx: policy(ctx, "adjustments.third_officer", "yes", "adjustment_kind:court_costs"))
    asked = desk.do(commands.award_costs, costs(home, order))
    colleague.do(approvals.approve, [asked.request_id], "")
    assert colleague.do(commands.withdraw, asked.recharge_id).state is RechargeState.WITHDRAWN


def test_what_is_left_of_an_invoice_is_read_once_other_writers_are_held_off(colleague, home, order, query_log):
    done = colleague.do(commands.award_costs, costs(home, order))
    new = NewCredit("part", done.recharge_id, "Varied by the court", Money(150_00))
    credit = colleague.do(lambda ctx: keeping.keep_credit(ctx, new).id)
    query_log.clear()
    colleague.do(lambda ctx: posting.raise_now(ctx, ctx.session.get_one(Recharge, credit)))
    held = next(at for at, said in enumerate(query_log) if said.startswith("UPDATE counter"))
    assert held < next(at for at, said in enumerate(query_log) if "credits_id =" in said)


def test_a_credit_note_falls_under_the_limit_for_credits(desk, colleague, home, order):
    """The team leader raises £473.50 alone; the officer's credit note of £150.00 waits, and what waits is not left."""
    done = colleague.do(commands.award_costs, costs(home, order))
    asked = desk.do(commands.credit, NewCredit("part", done.recharge_id, "Varied by the court", Money(150_00)))
    assert "above your limit for credits" in asked.told
    with pytest.raises(UserError, match=r"Only £323\.50"):
        desk.do(commands.credit, NewCredit("rest", done.recharge_id, "All", Money(323_51)))

    colleague.do(approvals.approve, [asked.request_id], "")

    assert balance(desk, done.account_id) == 323_50
    codes = select(Entry.code).where(Entry.account_id == done.account_id).order_by(Entry.journal)
    assert desk.ask(lambda ctx: ctx.session.scalars(codes).all()) == ["DCC", "RCR"]
    assert state(desk, done.recharge_id) is RechargeState.RAISED


def test_one_officer_alone_is_told_how_to_add_another(desk):
    set_limits(desk, desk.officer.username, 100_00, 900_00)
    home = desk.do(lettings.letting)
    file = NewFile("job.txt", b"Two days of work")
    new = replace(repair(home, 0, net=Money(100_01), note="Two days"), evidence=(), files=(file,))

    with pytest.raises(UserError, match="Add a second officer first"):
        desk.do(commands.recharge, new)

    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Recharge))) == 0


def test_costs_of_a_closed_period_are_reported_in_the_open_one(desk, colleague, home, order):
    """The order is of October, which is closed; it stands there on the account and is reported in November."""

    def close(ctx):
        october = {"name": "October 2026", "starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 31)}
        row = Period(**october)
        ctx.session.add(row)
        ctx.session.flush()
        approving.close(ctx, row)

    desk.do(close)
    new = costs(home, order, order_on=date(2026, 10, 15))
    before = colleague.ask(previewing.preview_invoice, new)
    done = colleague.do(commands.award_costs, new)

    assert any("period of the order is closed" in each.text and each.warns for each in before)
    assert "The period of the order is closed, so it is reported in " in done.told
    entry = desk.ask(lambda ctx: ctx.session.scalars(select(Entry).where(Entry.account_id == done.account_id)).one())
    journal = desk.ask(lambda ctx: ctx.session.get(Journal, done.journal))
    assert (entry.effective_on, journal.accounting_on) == (date(2026, 10, 15), date(2026, 11, 21))
