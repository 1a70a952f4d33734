"""What comes back of a written-off debt: by itself as money comes in, whole on approval, never what the law has ended."""

from datetime import date

import pytest

from app.models.holds import HoldCase, HoldCasePerson, HoldDebt
from app.models.people import Tenant
from app.models.values import CaseEnd, HoldKind, Money, WriteBackCause
from app.services.adjustments.write_offs import commands, queries
from app.services.adjustments.write_offs.dto import NewWriteBack
from app.services.core.errors import UserError
from app.services.ledger import checks

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


def test_a_debt_that_the_law_has_ended_never_comes_back(office):
    tenancy, account = office.owes("300.00")

    def order(ctx):
        case = HoldCase(
            kind=HoldKind.BANKRUPTCY,
            reference="BKT 1",
            applied_on=date(2025, 6, 2),
            notified_on=date(2025, 6, 9),
            start_on=date(2025, 6, 2),
            end_reason=CaseEnd.DISCHARGED,
            ended_on=date(2026, 6, 2),
            made_at=ctx.clock.now(),
            made_by=ctx.officer.id,
        )
        ctx.session.add(case)
        ctx.session.flush()
        person = ctx.session.query(Tenant.person_id).filter(Tenant.tenancy_id == tenancy).scalar()
        ctx.session.add_all(
            [
                HoldCasePerson(case_id=case.id, person_id=person),
                HoldDebt(case_id=case.id, account_id=account, pence=300_00, added_on=date(2025, 6, 9)),
            ]
        )

    office.asks.do(order)
    case = office.build(tenancy, account, "300.00", "bankruptcy")
    schedule = office.schedule(case)
    office.approve(office.asks.do(commands.submit, schedule.record_id))
    office.posts.do(commands.post, schedule.record_id)
    office.post(account, "-50.00", "RCP", date(2026, 11, 20))
    assert office.balance(account) == Money(-50_00)
    assert not office.asks.ask(queries.detail, case.record_id).may_come_back
    with pytest.raises(UserError, match="The law has ended the debt"):
        office.asks.do(commands.write_back, NewWriteBack(case.record_id, WriteBackCause.TRACED, "Found"))
