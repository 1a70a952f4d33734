"""What comes back of a written-off debt: by itself as money comes in, whole on approval, never what the law has ended."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.holds import HoldCase, HoldCasePerson, HoldDebt
from app.models.people import Tenant
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, CaseEnd, HoldKind, Money, WriteBackCause
from app.models.write_offs import WriteOff
from app.services.adjustments.write_offs import commands, queries
from app.services.adjustments.write_offs.dto import NewCase, NewWriteBack
from app.services.core.errors import UserError
from app.services.ledger import checks
from app.services.rent import marks
from tests.factories import lettings

LAST_YEAR = date(2025, 3, 24)


def test_money_that_comes_in_puts_back_that_much_by_itself(office):
    account, case = office.written_off("300.00")
    office.post(account, "-50.00", "RCP", date(2026, 11, 20))
    assert office.balance(account) == Money(0)
    found = office.asks.ask(queries.detail, case)
    (back,) = found.backs
    assert (back.amount, back.cause, found.row.back) == (Money(50_00), WriteBackCause.MONEY_IN, Money(50_00))
    office.post(account, "-400.00", "RCP", date(2026, 11, 21))
    assert office.balance(account) == Money(-150_00)
    assert office.asks.ask(queries.detail, case).row.back == Money(300_00)
    assert office.asks.ask(checks.check) == ()


def test_what_came_in_pays_what_is_owed_besides_first(office):
    account, case = office.written_off("300.00")
    office.post(account, "30.00", "DBR", LAST_YEAR)
    office.post(account, "-50.00", "RCP", date(2026, 11, 20))
    assert office.asks.ask(queries.detail, case).row.back == Money(20_00)
    assert office.balance(account) == Money(0)


def test_the_whole_debt_comes_back_on_approval_only(office):
    account, case = office.written_off("300.00")
    office.post(account, "-50.00", "RCP", date(2026, 11, 20))
    asked = office.asks.do(commands.write_back, NewWriteBack(case, WriteBackCause.TRACED, "Found at a new address"))
    assert office.balance(account) == Money(0)
    office.approve(asked)
    assert office.balance(account) == Money(250_00)
    with pytest.raises(UserError, match="has come back already"):
        office.asks.do(commands.write_back, NewWriteBack(case, WriteBackCause.TRACED, "Again"))


def order(ctx, tenancy, kind, applied_on, **debts):
    """An order of a court or the Insolvency Service over whoever holds a tenancy."""
    case = HoldCase(
        kind=kind,
        reference="BKT 1",
        applied_on=applied_on,
        notified_on=applied_on,
        start_on=applied_on,
        made_at=ctx.clock.now(),
        made_by=ctx.officer.id,
    )
    ctx.session.add(case)
    ctx.session.flush()
    people = ctx.session.scalars(select(Tenant.person_id).where(Tenant.tenancy_id == tenancy)).all()
    ctx.session.add_all(HoldCasePerson(case_id=case.id, person_id=each) for each in people)
    ctx.session.add_all(
        HoldDebt(case_id=case.id, account_id=each, pence=pence, added_on=applied_on)
        for each, pence in debts.get("owed", {}).items()
    )
    return case.id


def end(ctx, case_id, why):
    case = ctx.session.get_one(HoldCase, case_id)
    case.end_reason, case.ended_on = why, ctx.clock.today()


@pytest.mark.parametrize(
    ("kind", "reason", "why"),
    [
        (HoldKind.BANKRUPTCY, "bankruptcy", CaseEnd.DISCHARGED),
        (HoldKind.DEBT_RELIEF_ORDER, "debt_relief", CaseEnd.RAN_OUT),
    ],
)
def test_a_debt_that_the_law_has_ended_never_comes_back(office, kind, reason, why):
    tenancy, account = office.owes("300.00")
    end_of = office.asks.do(order, tenancy, kind, date(2025, 6, 2), owed={account: 300_00})
    office.asks.do(end, end_of, why)
    case = office.build(tenancy, account, "300.00", reason)
    schedule = office.schedule(case)
    office.approve(office.asks.do(commands.submit, schedule.record_id))
    office.posts.do(commands.post, schedule.record_id)
    office.post(account, "-50.00", "RCP", date(2026, 11, 20))
    assert office.balance(account) == Money(-50_00)
    assert not office.asks.ask(queries.detail, case.record_id).may_come_back
    with pytest.raises(UserError, match="The law has ended the debt"):
        office.asks.do(commands.write_back, NewWriteBack(case.record_id, WriteBackCause.TRACED, "Found"))


def test_nor_does_one_whose_debtor_came_under_an_order_since(office):
    """Written off for prison; then a bankruptcy. Annulled, or of one of two tenants only, it ends nothing."""
    account, case = office.written_off("300.00")
    tenancy = office.asks.ask(queries.detail, case).row.tenancy_id

    def back():
        return office.asks.ask(queries.detail, case).row.back

    made = office.asks.do(order, tenancy, HoldKind.BANKRUPTCY, office.asks.clock.today())
    office.post(account, "-50.00", "RCP", date(2026, 11, 20))
    assert (back(), office.balance(account)) == (Money(0), Money(-50_00))
    assert not office.asks.ask(queries.detail, case).may_come_back
    shown = office.asks.ask(lambda ctx: marks.plugged(ctx, account, ctx.clock.today()))
    assert "The law has ended this debt" in shown[0].why
    second = office.asks.do(lambda ctx: lettings.person(ctx, "Sam", "Sample").id)
    office.asks.do(lambda ctx: ctx.session.add(Tenant(tenancy_id=tenancy, person_id=second, position=2)))
    office.post(account, "-10.00", "RCP", date(2026, 11, 20))
    assert back() == Money(10_00)
    office.asks.do(lambda ctx: ctx.session.delete(ctx.session.get_one(Tenant, (tenancy, second))))
    office.asks.do(end, made, CaseEnd.ANNULLED)
    office.post(account, "-20.00", "RCP", date(2026, 11, 20))
    assert back() == Money(30_00)


def test_an_order_from_before_the_write_off_ends_nothing_of_what_it_does_not_list(office):
    """An order of June 2025 lists another account only; a stranger's debt was written off before this one, on that other."""
    _, others = office.written_off("200.00")
    account, case = office.written_off("300.00")
    tenancy = office.asks.ask(queries.detail, case).row.tenancy_id
    office.asks.do(_posted_on, 1, date(2025, 5, 5))
    office.asks.do(_posted_on, 2, date(2026, 11, 2))
    stranger = office.asks.ask(queries.detail, others).row.account_id
    listed = office.asks.do(order, tenancy, HoldKind.DEBT_RELIEF_ORDER, date(2025, 6, 2), owed={stranger: 200_00})
    assert office.asks.ask(queries.detail, case).may_come_back
    assert [each[3] for each in office.asks.ask(queries.written_off_on, account)] == [False]
    office.post(account, "-50.00", "RCP", date(2026, 11, 20))
    assert (office.asks.ask(queries.detail, case).row.back, office.balance(account)) == (Money(50_00), Money(0))
    office.asks.do(_lists, listed, account)
    assert not office.asks.ask(queries.detail, case).may_come_back


def test_of_two_debts_only_the_one_that_an_order_does_not_list_comes_back(office):
    """£300.00 of rent and £80.00 of a recharge are written off; an order of June 2025 lists the recharge."""
    tenancy, account = office.owes("300.00")
    other = office.asks.do(_recharged, tenancy)
    office.post(other, "80.00", "RCR", date(2025, 3, 24))
    shown = (office.asks.do(office._evidence, account),)
    amounts = {account: Money(300_00), other: Money(80_00)}
    case = office.asks.do(commands.build, NewCase("both", tenancy, "prison", amounts, evidence=shown))
    schedule = office.schedule(case)
    office.approve(office.asks.do(commands.submit, schedule.record_id))
    office.posts.do(commands.post, schedule.record_id)
    office.asks.do(order, tenancy, HoldKind.DEBT_RELIEF_ORDER, date(2025, 6, 2), owed={other: 80_00})
    asked = office.asks.do(commands.write_back, NewWriteBack(case.record_id, WriteBackCause.TRACED, "Found"))
    office.approve(asked)
    assert (office.balance(account), office.balance(other)) == (Money(300_00), Money(0))


def _recharged(ctx, tenancy):
    return lettings.account(ctx, ctx.session.get_one(Tenancy, tenancy), AccountKind.RECHARGE).id


def _posted_on(ctx, number, day):
    ctx.session.scalars(select(WriteOff).where(WriteOff.number == number)).one().posted_on = day


def _lists(ctx, case_id, account):
    ctx.session.add(HoldDebt(case_id=case_id, account_id=account, pence=300_00, added_on=date(2025, 6, 2)))
