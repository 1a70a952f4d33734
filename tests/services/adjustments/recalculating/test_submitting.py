"""A charge that was wrong is submitted: who approves it, who is told, what is refused; figures worked by hand."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.benefits import BenefitClaim
from app.models.charges import Charge
from app.models.diary import Task
from app.models.limits import OfficerLimit
from app.models.tenancies import Tenancy
from app.models.values import (
    AccountKind,
    AdjustmentState,
    BenefitKind,
    ClaimState,
    LimitKind,
    Money,
    Subject,
)
from app.services.adjustments.commands import enter, reverse
from app.services.adjustments.dto import NewAdjustment, NewLine
from app.services.adjustments.recalculating import commands, queries
from app.services.approvals import commands as approvals
from app.services.core.errors import UserError
from app.services.documents.dto import NewFile
from app.services.documents.queries import listed
from tests.factories import lettings
from tests.services.adjustments.recalculating.estates import SUNDAY, WEEKS, balance, wanted


def charges(desk, account_id, code="DBR"):
    def found(ctx):
        of = select(Charge).where(Charge.account_id == account_id, Charge.code == code).order_by(Charge.from_on)
        return [(row.amount_pence, row.from_on, row.to_on) for row in ctx.session.scalars(of)]

    return desk.ask(found)


def test_put_right_meanwhile_it_is_not_posted_when_it_is_approved(desk, colleague, estate):
    home, _ = estate

    def lower(ctx):
        for limit in ctx.session.scalars(select(OfficerLimit)):
            limit.line_pence = limit.batch_pence = 3_00

    def raised(ctx):
        for limit in ctx.session.scalars(select(OfficerLimit)):
            limit.line_pence = limit.batch_pence = 1_000_00
        for kind in (LimitKind.ADJUSTMENT_CREDIT, LimitKind.ADJUSTMENT_DEBIT):
            ctx.session.add(
                OfficerLimit(officer_id=ctx.officer.id, kind=kind, line_pence=1_000_00, batch_pence=1_000_00)
            )

    desk.do(lower)
    evidence = NewFile("notice.txt", b"The notice of April said 96.00 a week.")
    waits = desk.do(commands.submit, wanted(home.account.id, (WEEKS[0], 96_00), files=(evidence,)))
    assert waits.state is AdjustmentState.WAITING
    assert charges(desk, home.account.id) == [(100_00, lettings.FROM, None)]
    (paper,) = desk.ask(listed, Subject.ADJUSTMENT, waits.adjustment_id)
    assert paper.file_name == "notice.txt"
    colleague.do(raised)
    other = colleague.do(commands.submit, wanted(home.account.id, (WEEKS[3], 96_00), key="two"))
    assert other.state is AdjustmentState.POSTED
    with pytest.raises(UserError, match="put right twice"):
        colleague.do(approvals.approve, [waits.request_id])
    assert balance(desk, home.account.id) == Money(309_50)


def test_approved_it_is_posted_and_recorded_and_reversed_by_request(desk, colleague, estate):
    home, _ = estate

    def limits(ctx, line):
        for kind in (LimitKind.ADJUSTMENT_CREDIT, LimitKind.ADJUSTMENT_DEBIT):
            ctx.session.merge(OfficerLimit(officer_id=ctx.officer.id, kind=kind, line_pence=line, batch_pence=line))

    desk.do(limits, 3_00)
    colleague.do(limits, 1_000_00)
    waits = desk.do(commands.submit, wanted(home.account.id, (WEEKS[0], 96_00)))
    colleague.do(approvals.approve, [waits.request_id])
    assert balance(desk, home.account.id) == Money(301_50)
    assert (96_00, WEEKS[0], SUNDAY) in charges(desk, home.account.id)
    back = desk.do(reverse, waits.adjustment_id, "It was right after all")
    colleague.do(approvals.approve, [back.request_id])
    assert balance(desk, home.account.id) == Money(313_50)
    assert charges(desk, home.account.id) == [(100_00, lettings.FROM, None)]


def test_the_weeks_of_one_correction_count_together_against_the_limit_for_a_line(desk, colleague, estate):
    home, _ = estate

    def lower(ctx):
        for limit in ctx.session.scalars(select(OfficerLimit)):
            limit.line_pence, limit.batch_pence = 10_00, 1_000_00

    desk.do(lower)
    # No week is for more than 4.00, but three of them are 12.00.
    asked = wanted(home.account.id, (WEEKS[0], 96_00))
    (needs,) = (each for each in desk.ask(queries.work_out, asked).effects if each.group == "Approval")
    assert "above your limit" in needs.text
    assert desk.do(commands.submit, asked).state is AdjustmentState.WAITING
    alone = desk.do(commands.submit, wanted(home.account.id, (WEEKS[2], 96_00), key="two"))
    assert alone.state is AdjustmentState.POSTED


def test_benefit_is_told_once_of_a_rent_put_right(desk, estate):
    home, _ = estate

    def claim(ctx):
        ctx.session.add(
            BenefitClaim(
                tenancy_id=home.tenancy.id,
                person_id=home.person.id,
                kind=BenefitKind.HOUSING_BENEFIT,
                state=ClaimState.LIVE,
                claimed_on=date(2026, 4, 6),
            )
        )

    def tasks(ctx):
        return [(task.title, task.details) for task in ctx.session.scalars(select(Task).order_by(Task.id))]

    desk.do(claim)
    found = desk.ask(queries.work_out, wanted(home.account.id, (WEEKS[0], 96_00)))
    assert "Housing Benefit is claimed: a task asks to tell them of the change" in {each.text for each in found.effects}
    before = desk.ask(tasks)
    desk.do(commands.submit, wanted(home.account.id, (WEEKS[0], 96_00)))
    (made,) = [each for each in desk.ask(tasks) if each not in before]
    assert made[0] == f"Tell the benefit office of the new rent of {home.account.payment_reference}"
    assert made[1].startswith("The rent changes on 26 Oct 2026")


def test_what_will_not_do_is_said_beside_its_field(desk, estate):
    home, _ = estate

    def refused(**changes):
        given = {"rates": ((WEEKS[0], 96_00),), "to_on": SUNDAY, "code": "DBR"} | changes
        with pytest.raises(UserError) as caught:
            desk.do(commands.submit, wanted(home.account.id, *given["rates"], code=given["code"], to_on=given["to_on"]))
        return caught.value.field, str(caught.value)

    assert refused(rates=()) == ("rates", "Type what it should have been, and from which day.")
    assert refused(rates=((WEEKS[0], 10_000_000_00),))[0] == "rates"
    assert refused(rates=((WEEKS[0], -1),))[0] == "rates"
    assert refused(rates=((date(2024, 1, 1), 96_00),))[0] == "rates"
    assert refused(to_on=date(2026, 11, 23))[0] == "to_on"
    assert refused(code="XXX")[0] == "code"
    assert refused(rates=((WEEKS[0], 100_00),))[0] == "rates"


def test_a_tenancy_that_has_ended_can_be_worked_out(desk, estate):
    home, _ = estate

    def end(ctx):
        ctx.session.get_one(Tenancy, home.tenancy.id).end_on = date(2026, 11, 11)

    desk.do(end)
    # Three days of the week of 9 November at 96.00 are 41.14; the week after is no longer due.
    found = desk.ask(queries.work_out, wanted(home.account.id, (WEEKS[2], 96_00)))
    assert [each.should.pence for each in found.weeks] == [41_14, 0]
    assert found.weeks[1].steps[0] == "Due: nothing, no day of the tenancy is in the week"
    assert "is a former tenant's account" in " ".join(each.text for each in found.effects)


def test_a_former_tenants_account_has_no_weeks_of_its_own(desk, estate):
    def former(ctx):
        ctx.session.get_one(Account, estate[0].account.id).kind = AccountKind.FORMER_TENANT

    desk.do(former)
    with pytest.raises(UserError, match="week by week"):
        desk.ask(queries.form, estate[0].account.id)


def test_weeks_that_were_not_worked_out_are_not_posted(desk, estate):
    line = NewLine(
        estate[0].account.id,
        "rent_change",
        Money(-4_00),
        WEEKS[0],
        "wrong_rate",
        "Rent put right",
        from_on=WEEKS[0],
        to_on=SUNDAY,
    )
    with pytest.raises(UserError, match="Nothing says what the charges"):
        desk.do(enter, NewAdjustment("by hand", "Rent put right", (line,)))
    assert balance(desk, estate[0].account.id) == Money(313_50)
