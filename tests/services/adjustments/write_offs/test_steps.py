"""Whoever took one step of a write-off doesn't take the next, and every step has a way back."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from app.models.values import Money, WriteBackCause, WriteOffState
from app.models.write_offs import WriteOffDebt
from app.services.adjustments.write_offs import asking, commands, keeping, paper, queries, requests, writing_back
from app.services.adjustments.write_offs.dto import NewAuthority, NewCase, NewWriteBack
from app.services.approvals import keeping as approvals
from app.services.core.errors import UserError
from tests.factories import lettings


def built_by(office, desk):
    """A case of 300.00 that the officer of a desk built."""
    asks, office.asks = office.asks, desk
    case = office.build(*office.owes("300.00"), "300.00")
    office.asks = asks
    return case


def test_whoever_built_a_case_never_approves_its_schedule(office):
    submitted = office.asks.do(commands.submit, office.schedule(built_by(office, office.approves)).record_id)
    with pytest.raises(UserError, match="You took an earlier step of this: another officer has to decide"):
        office.approve(submitted)


def test_whoever_made_a_schedule_submits_it(office):
    schedule = office.schedule(office.build(*office.owes("300.00"), "300.00"))
    with pytest.raises(UserError, match="Somebody else made schedule 1"):
        office.posts.do(commands.submit, schedule.record_id)


def test_nor_posts_it_where_a_third_officer_does(office):
    schedule = office.schedule(built_by(office, office.posts))
    office.approve(office.asks.do(commands.submit, schedule.record_id))
    with pytest.raises(UserError, match="You took an earlier step of this, so somebody else posts it"):
        office.posts.do(commands.post, schedule.record_id)
    (row,) = office.posts.ask(queries.listed)
    assert row.why_not_post.startswith("You took an earlier step of this")


def test_whoever_built_a_case_changes_it(office):
    """Another officer's words never stand in a case that they might approve; its sheet doesn't open for them."""
    tenancy, account = office.owes("300.00")
    case = office.build(tenancy, account, "300.00").record_id
    version = office.asks.ask(queries.detail, case).row.version
    new = NewCase("k", tenancy, "prison", {account: Money(200_00)}, note="Sentenced in May")
    for step in ((office.approves.do, commands.change, case, new, version), (office.approves.ask, asking.draft, case)):
        with pytest.raises(UserError, match="Somebody else built write-off 1") as refused:
            step[0](*step[1:])
        assert refused.value.hint == "Whoever built it changes it; or withdraw it and build another."
    office.asks.do(commands.change, case, new, version)
    assert office.asks.ask(queries.detail, case).row.amount == Money(200_00)


def test_whoever_made_a_schedule_records_the_decision_on_it(office):
    """So nobody approves what they told of themselves."""
    office.schedule(office.build(*office.owes("60000.00"), "60000.00"))
    (row,) = office.asks.ask(queries.listed)
    minute = NewAuthority(row.schedule_id, "45/2026", date(2026, 11, 10), row.version)
    assert [each.ask(queries.listed)[0].own for each in (office.asks, office.approves)] == [True, False]
    with pytest.raises(UserError, match="Somebody else made schedule 1"):
        office.approves.do(commands.record_authority, minute)
    office.asks.do(commands.record_authority, minute)


def test_three_schedules_are_listed_in_as_many_statements_as_one(office, query_log):
    def counted():
        query_log.clear()
        assert all(each.why_not_post for each in office.asks.ask(queries.listed))
        return len(query_log)

    counts = []
    for _ in range(3):
        schedule = office.schedule(office.build(*office.owes("300.00"), "300.00"))
        office.approve(office.asks.do(commands.submit, schedule.record_id))
        counts.append(counted())
    assert counts == counts[:1] * 3


def test_an_approved_schedule_that_nobody_posts_is_taken_back(office):
    case = office.build(*office.owes("300.00"), "300.00")
    schedule = office.schedule(case)
    submitted = office.asks.do(commands.submit, schedule.record_id)
    with pytest.raises(UserError, match="already"):
        office.asks.do(commands.drop_schedule, schedule.record_id)
    office.approve(submitted)
    assert office.asks.do(commands.drop_schedule, schedule.record_id).state is WriteOffState.WITHDRAWN
    assert [each.write_off_id for each in office.asks.ask(queries.drafts)] == [case.record_id]
    assert office.asks.ask(queries.detail, case.record_id).row.state is WriteOffState.DRAFT


def test_a_draft_stays_with_its_tenancy(office):
    tenancy, account = office.owes("300.00")
    other, _ = office.owes("200.00")
    case = office.build(tenancy, account, "300.00")
    version = office.asks.ask(queries.detail, case.record_id).row.version
    new = NewCase("k", other, "prison", {account: Money(300_00)})
    with pytest.raises(UserError, match="Write-off 1 is of another tenancy"):
        office.asks.do(commands.change, case.record_id, new, version)


def test_what_is_owed_is_read_once_other_writers_are_held_off(office, query_log):
    schedule = office.schedule(office.build(*office.owes("300.00"), "300.00"))
    office.approve(office.asks.do(commands.submit, schedule.record_id))
    query_log.clear()
    office.posts.do(commands.post, schedule.record_id)
    held = next(at for at, said in enumerate(query_log) if said.startswith("UPDATE counter"))
    assert held < next(at for at, said in enumerate(query_log) if "write_off_debt.pence" in said)


def test_only_what_has_not_come_back_by_now_is_put_back(office):
    """Another desk puts 50.00 of the 300.00 back after this one read the debt: 250.00 are left."""
    account, case = office.written_off("300.00")
    new = NewWriteBack(case, WriteBackCause.TRACED, "Found")
    asked = office.asks.do(lambda ctx: requests.ask_back(ctx, keeping.found(ctx, case), new, Money(300_00)))

    def put_back(ctx):
        approvals.note(ctx, approvals.found(ctx, asked), "approved", "Agreed")
        seen = keeping.debts_of(ctx, [case])
        meanwhile = update(WriteOffDebt).values(back_pence=50_00)
        ctx.session.execute(meanwhile, execution_options={"synchronize_session": False})
        return writing_back.whole(replace(ctx, approval=asked), new), seen

    told = office.approves.do(put_back)[0].told
    assert told.startswith("£250.00")
    assert office.balance(account) == Money(250_00)


def test_what_changed_since_a_schedule_was_made_is_seen_when_it_is_submitted(office):
    """4,900.00 is for an officer; with 200.00 on a garage by now it is 5,100.00, for the section 151 officer."""
    person = office.asks.do(lambda ctx: lettings.person(ctx, "Pat", "Sample").id)
    debt = office.owes("4900.00", person=person)
    schedule = office.schedule(office.build(*debt, "4900.00"))
    office.owes("200.00", person=person)
    with pytest.raises(UserError, match="another authority decides: Section 151 officer") as refused:
        office.asks.do(commands.submit, schedule.record_id)
    assert refused.value.hint == "Withdraw it, and make another."


def test_what_was_paid_since_is_submitted_no_more(office):
    debt = office.owes("300.00")
    schedule = office.schedule(office.build(*debt, "300.00"))
    office.post(debt[1], "-80.00", "RCP", date(2026, 11, 20))
    office.asks.do(commands.submit, schedule.record_id)
    (row,) = office.asks.ask(queries.listed)
    assert row.amount == Money(220_00)
    (case,) = office.asks.ask(paper.totals, row.schedule_id)
    assert case[1:] == (1, Money(220_00))


@pytest.mark.parametrize(("pounds", "left"), [("400.00", 250_00), ("200.00", 200_00)])
def test_what_is_paid_before_it_is_posted_is_no_longer_told_of(office, pounds, left):
    """100.00 of 2018 and 300.00 of 2025 are owed. 150.00 are paid: nothing of 2018 is left, and 250.00 of 2025."""
    tenancy, account = office.owes("300.00")
    office.post(account, "100.00", "DBR", date(2018, 6, 4))
    case = office.build(tenancy, account, pounds)
    schedule = office.schedule(case)
    office.approve(office.asks.do(commands.submit, schedule.record_id))
    (before,) = office.asks.ask(queries.detail, case.record_id).debts
    assert (before.oldest_on, before.barred) == (date(2018, 6, 4), Money(100_00))
    office.post(account, "-150.00", "RCP", date(2026, 11, 20))
    office.posts.do(commands.post, schedule.record_id)
    found = office.asks.ask(queries.detail, case.record_id)
    (debt,), (part,) = found.debts, found.parts
    assert (debt.amount, debt.barred, debt.oldest_on) == (Money(left), Money(0), date(2025, 3, 24))
    assert (part.amount, part.due_on, part.out_of_time) == (Money(left), date(2025, 3, 24), False)
