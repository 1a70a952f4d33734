"""A charge that was wrong for some time is put right: worked out, posted, approved, reversed; figures worked by hand."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.adjustments import AdjustmentLine
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
    JournalKind,
    LimitKind,
    Money,
    Subject,
)
from app.services.adjustments import keeping, posting
from app.services.adjustments.recalculating import commands, queries
from app.services.adjustments.recalculating.dto import Rate, Recalculation
from app.services.approvals import commands as approvals
from app.services.charges.commands import charge_week
from app.services.charges.differences import differences
from app.services.core.errors import UserError
from app.services.documents.dto import NewFile
from app.services.documents.queries import listed
from app.services.ledger import queries as ledger
from tests.factories import lettings

WEEKS = [date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
SUNDAY = date(2026, 11, 22)


def let(ctx, limit=1_000_00):
    """A home at 100.00 and 4.50 with the week of 2 November rent-free, and a private garage at 22.50 with VAT inside."""
    made = lettings.letting(ctx, "100.00", DSC="4.50")
    lettings.rent_group(ctx, free=[WEEKS[1]])
    garage = lettings.garage_letting(ctx, "22.50")
    for kind in (LimitKind.ADJUSTMENT_CREDIT, LimitKind.ADJUSTMENT_DEBIT):
        ctx.session.add(OfficerLimit(officer_id=ctx.officer.id, kind=kind, line_pence=limit, batch_pence=limit))
    return made, garage


@pytest.fixture
def estate(desk):
    found = desk.do(let)
    for week in WEEKS:
        desk.do(charge_week, week)
    return found


def wanted(account_id, *rates, code="DBR", to_on=SUNDAY, key="one", **more):
    made = tuple(Rate(on, Money(pence)) for on, pence in rates)
    return Recalculation(account_id, code, made, to_on, "wrong_rate", entry_key=key, **more)


def balance(desk, account_id):
    return desk.ask(ledger.balance, account_id)


def charges(desk, account_id, code="DBR"):
    def found(ctx):
        of = select(Charge).where(Charge.account_id == account_id, Charge.code == code).order_by(Charge.from_on)
        return [(row.amount_pence, row.from_on, row.to_on) for row in ctx.session.scalars(of)]

    return desk.ask(found)


def test_every_week_is_worked_out_with_free_and_part_weeks(desk, estate):
    home, _ = estate
    # From Thursday 29 October 96.00: the first week is 3/7 of 100.00 = 42.86 and 4/7 of 96.00 = 54.86, 97.72 in all.
    found = desk.ask(queries.work_out, wanted(home.account.id, (date(2026, 10, 29), 96_00)))
    assert [(each.should.pence, each.was.pence, each.difference.pence) for each in found.weeks] == [
        (97_72, 100_00, -2_28),
        (0, 0, 0),
        (96_00, 100_00, -4_00),
        (96_00, 100_00, -4_00),
    ]
    assert found.weeks[0].name == "week 30 of 2026-27, 26 Oct 2026"
    assert found.weeks[0].steps == (
        "Due: £100.00 x 3/7 = £42.86, and £96.00 x 4/7 = £54.86: £97.72",
        "Charged: £100.00",
        "Difference: £97.72 less £100.00 = £2.28 CR",
    )
    assert found.weeks[1].steps[0] == "Due: nothing, the week is rent-free"
    assert found.difference == Money(-10_28)
    assert [line.amount.pence for line in found.lines] == [-2_28, -4_00, -4_00]
    told = {(each.group, each.text): each for each in found.effects}
    assert told["Weeks charged already", "3 of 4 weeks differ, in all"].after == "£10.28 CR"
    # 3 x 104.50 + 4.50... the free week is free of both: 313.50 before, 303.22 after.
    (standing,) = (each for each in found.effects if each.group == "Balances")
    assert (standing.before, standing.after) == ("£313.50 DR", "£303.22 DR")
    assert told["Recorded from now on", "From 23 Nov 2026 on £100.00 is charged, as recorded: is that right?"].warns


def test_week_53_is_charged_and_put_right_like_any_other(desk):
    def start(ctx):
        made, _ = let(ctx)
        ctx.session.get_one(Tenancy, made.tenancy.id).start_on = date(2025, 3, 24)
        ctx.session.get_one(Charge, made.charges[0].id).from_on = date(2025, 3, 24)
        return made

    home = desk.do(start)
    for week in (date(2025, 3, 31), date(2025, 4, 7)):
        desk.do(charge_week, week)
    # 2024-25 began on Monday 1 April 2024, so Monday 31 March 2025 is its 53rd.
    found = desk.ask(queries.work_out, wanted(home.account.id, (date(2025, 3, 31), 96_00), to_on=date(2025, 4, 13)))
    assert [(each.name, each.difference.pence) for each in found.weeks] == [
        ("week 53 of 2024-25, 31 Mar 2025", -4_00),
        ("week 1 of 2025-26, 7 Apr 2025", -4_00),
    ]


def test_what_is_posted_is_recorded_too_and_nothing_is_put_right_twice(desk, estate):
    home, _ = estate
    asked = wanted(home.account.id, (date(2026, 10, 29), 96_00), note="Keyed wrongly")
    saved = desk.do(commands.submit, asked)
    assert saved.state is AdjustmentState.POSTED
    assert balance(desk, home.account.id) == Money(303_22)
    (journal,) = desk.ask(ledger.journals, JournalKind.CHARGE_CORRECTION)
    assert journal.number == saved.journal
    assert charges(desk, home.account.id) == [
        (100_00, lettings.FROM, date(2026, 10, 28)),
        (96_00, date(2026, 10, 29), SUNDAY),
        (100_00, date(2026, 11, 23), None),
    ]
    # The ledger and the records agree, so whatever compares them next finds nothing.
    assert desk.ask(differences, [home.account.id], WEEKS[0]) == ()
    assert desk.do(commands.submit, asked).told == f"Adjustment {saved.number} was entered already."
    again = desk.ask(queries.work_out, wanted(home.account.id, (date(2026, 10, 29), 96_00), key="two"))
    assert (again.lines, again.weeks[2].put_right) == ((), Money(-4_00))
    with pytest.raises(UserError, match="nothing to post"):
        desk.do(commands.submit, wanted(home.account.id, (date(2026, 10, 29), 96_00), key="two"))
    # 95.00 after all: 4/7 of it are 54.29, so 97.15 in the first week, and 1.00 less in the two others.
    more = desk.do(commands.submit, wanted(home.account.id, (date(2026, 10, 29), 95_00), key="three"))
    assert balance(desk, home.account.id) == Money(303_22 - 57 - 2_00)

    def working(ctx):
        of = select(AdjustmentLine).where(AdjustmentLine.adjustment_id == more.adjustment_id)
        return ctx.session.scalars(of.order_by(AdjustmentLine.place)).all()[1].working.splitlines()

    assert desk.ask(working) == [
        "Week 32 of 2026-27, 9 Nov 2026",
        "Due: £95.00 for the whole week",
        "Charged: £100.00, put right already by £4.00 CR",
        "Difference: £95.00 less £96.00 = £1.00 CR",
    ]


def reverse(ctx, adjustment_id):
    return posting.take_back(ctx, keeping.found(ctx, adjustment_id), "It was right after all")


def test_reversed_the_account_and_the_records_are_as_before(desk, estate):
    home, _ = estate
    saved = desk.do(commands.submit, wanted(home.account.id, (date(2026, 10, 29), 96_00)))
    assert desk.do(reverse, saved.adjustment_id).state is AdjustmentState.REVERSED
    assert balance(desk, home.account.id) == Money(313_50)
    assert charges(desk, home.account.id) == [(100_00, lettings.FROM, None)]
    assert desk.ask(differences, [home.account.id], WEEKS[0]) == ()


def test_a_charge_that_was_changed_again_since_is_not_put_back(desk, estate):
    home, _ = estate
    first = desk.do(commands.submit, wanted(home.account.id, (WEEKS[0], 96_00)))
    desk.do(commands.submit, wanted(home.account.id, (WEEKS[2], 95_00), key="two"))
    with pytest.raises(UserError, match="changed again since"):
        desk.do(reverse, first.adjustment_id)
    assert balance(desk, home.account.id) == Money(313_50 - 4_00 - 5_00 - 5_00)


def test_the_vat_inside_is_put_right_with_its_charge(desk, estate):
    _, garage = estate
    # 22.50 has 22.50 / 6 = 3.75 VAT inside, 18.75 without; 21.00 has 3.50, so 17.50: 1.25 and 0.25 less a week, 3 weeks.
    found = desk.ask(queries.work_out, wanted(garage.account.id, (WEEKS[1], 21_00), code="DGA"))
    assert [(each.code, each.difference.pence) for each in found.weeks] == [("DGA", -1_25), ("DVA", -25)] * 3
    assert found.weeks[0].steps[1] == "VAT inside at 20 %, x 20/120: £3.50"
    desk.do(commands.submit, wanted(garage.account.id, (WEEKS[1], 21_00), code="DGA"))
    assert balance(desk, garage.account.id) == Money(4 * 22_50 - 3 * 1_50)


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
