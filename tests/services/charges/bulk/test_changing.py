"""Bulk changes rehearsed, given notice of, approved and applied, with figures worked by hand."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.models.charges import Charge, ChargeChange, ChargeChangeLine, PropertyCharge, RentNotice
from app.models.endings import Ending
from app.models.limits import OfficerLimit
from app.models.values import ChargeChangeState, EndingState, EndReason, LimitKind, Money
from app.services.approvals.commands import approve
from app.services.charges.bulk import queries
from app.services.charges.bulk.commands import apply, cancel, rehearse, try_out
from app.services.charges.bulk.dto import Apply, BulkRule, NewChange, Step
from app.services.charges.bulk.jobs import give_notice
from app.services.charges.commands import charge_week
from app.services.charges.elements.commands import set_charge
from app.services.charges.elements.dto import SetCharge
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.ledger import queries as ledger
from tests.factories import lettings

APRIL = date(2027, 4, 5)
EVE = date(2027, 4, 4)
RISE = NewChange("Rent review 2027-28", APRIL, BulkRule(("DBR",), Step.PERCENT, 480))


def dated(desk, home, code="DBR"):
    def read(ctx):
        rows = ctx.session.scalars(
            select(Charge).where(Charge.account_id == home.account.id, Charge.code == code).order_by(Charge.from_on)
        )
        return [(row.amount_pence, row.from_on, row.to_on) for row in rows]

    return desk.ask(read)


def test_a_rule_is_rehearsed_and_touches_nothing(desk, homes):
    change = desk.do(rehearse, RISE)
    found = desk.ask(queries.detail, change)
    # 100.00, 120.00 and 80.00 x 1.048 = 104.80, 125.76 and 83.84: 300.00 becomes 314.40.
    assert (found.row.lines, found.accounts, found.row.before, found.row.after) == (3, 3, Money(300_00), Money(314_40))
    assert found.rule == "Rent +4.8%"
    assert (found.notices.needed, found.notices.missing, found.notices.post_by) == (3, 3, date(2027, 3, 4))
    shown = desk.ask(queries.lines, change)
    assert [(each.reference, each.before, each.after, each.difference.pence) for each in shown] == [
        ("70 0002", Money(120_00), Money(125_76), 5_76),
        ("70 0001", Money(100_00), Money(104_80), 4_80),
        ("70 0003", Money(80_00), Money(83_84), 3_84),
    ]
    assert dated(desk, homes["first"]) == [(100_00, lettings.FROM, None)]
    assert [row.name for row in desk.ask(queries.changes)] == ["Rent review 2027-28"]


def test_trying_out_keeps_nothing(desk, homes):
    assert desk.do(try_out, RISE).row.after == Money(314_40)
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(ChargeChange))) == 0
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(ChargeChangeLine))) == 0


def test_notice_is_given_in_bulk_then_it_is_applied(desk, homes, alone):
    change = desk.do(rehearse, RISE)
    with pytest.raises(UserError, match="3 accounts become dearer and have no notice"):
        desk.do(apply, Apply(change))
    given = give_notice(desk, change, "Rents rise by 4.8%, as the government's rent standard allows.")
    assert (given.made, given.left_out, given.served_on) == (3, 0, date(2026, 11, 24))
    found = desk.ask(queries.detail, change)
    assert (found.row.state, found.notices.missing) == (ChargeChangeState.NOTICED, 0)
    desk.do(lambda ctx: ctx.session.add(property_charge(homes["first"])))
    done = desk.do(apply, Apply(change))
    assert (done.lines, done.journal) == (3, None)
    assert dated(desk, homes["first"]) == [(100_00, lettings.FROM, EVE), (104_80, APRIL, None)]
    assert dated(desk, homes["first"], "DSC") == [(4_50, lettings.FROM, None)]
    let_at = desk.ask(lambda ctx: ctx.session.scalars(select(PropertyCharge).order_by(PropertyCharge.from_on)).all())
    assert [(row.amount_pence, row.from_on, row.to_on) for row in let_at] == [
        (100_00, lettings.FROM, EVE),
        (104_80, APRIL, None),
    ]
    with pytest.raises(UserError, match="was applied already"):
        desk.do(apply, Apply(change))


def property_charge(home):
    return PropertyCharge(property_id=home.property.id, code="DBR", amount_pence=100_00, from_on=lettings.FROM)


def test_the_letter_says_what_it_was_and_what_it_will_be(desk, homes):
    from app.services.charges.notices.fields import notices

    change = desk.do(rehearse, RISE)
    home = homes["first"].account.id
    today = desk.clock.today()
    assert desk.ask(notices, [home], today)[home].from_on == lettings.FROM
    give_notice(desk, change, "Because.")
    found = desk.ask(notices, [home], today)[home]
    assert (found.from_on, found.before, found.after) == (APRIL, Money(104_50), Money(109_30))
    assert found.lines == (("DBR", Money(100_00), Money(104_80)), ("DSC", Money(4_50), Money(4_50)))


def test_notice_that_is_late_is_excused_or_left_out(desk, homes, alone):
    soon = date(2026, 12, 14)
    fall = desk.do(rehearse, NewChange("Cleaning", soon, BulkRule(("DSC",), Step.SET, 4_00)))
    desk.do(apply, Apply(fall))
    assert dated(desk, homes["first"], "DSC")[-1] == (4_00, soon, None)
    rise = desk.do(rehearse, NewChange("Rents", soon, BulkRule(("DBR",), Step.ADD, 1_00)))
    desk.do(apply, Apply(rise, excuse="Agreed with the tenants' panel"))
    assert dated(desk, homes["first"])[-1] == (101_00, soon, None)
    again = desk.do(rehearse, NewChange("Rents again", date(2026, 12, 21), BulkRule(("DBR",), Step.ADD, 1_00)))
    with pytest.raises(UserError, match="none of the accounts was given notice"):
        desk.do(apply, Apply(again, leave_out=True))


def test_a_second_officer_applies_it(desk, homes):
    desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    desk.do(add, NewOfficer("leader", "Test Leader", frozenset({Role.TEAM_LEADER})))
    desk.do(add, NewOfficer("clerk", "Test Clerk", frozenset({Role.RENTS_OFFICER})))
    clerk, leader = (Desk.sit_down(desk.database, name, desk.clock) for name in ("clerk", "leader"))
    change = clerk.do(rehearse, RISE)
    give_notice(clerk, change, "Because.")
    asked = clerk.do(apply, Apply(change))
    assert asked.request_id is not None
    assert dated(desk, homes["first"]) == [(100_00, lettings.FROM, None)]
    assert desk.ask(queries.detail, change).row.request_id == asked.request_id
    leader.do(approve, [asked.request_id])
    assert dated(desk, homes["first"])[-1] == (104_80, APRIL, None)
    assert desk.ask(queries.detail, change).row.state is ChargeChangeState.APPLIED


def test_limits_by_rent_group_and_an_ending(desk, homes, alone):
    rule = BulkRule(("DSC",), Step.END, rent_groups=("SHL",))
    change = desk.do(rehearse, NewChange("No more cleaning", APRIL, rule))
    desk.do(apply, Apply(change))
    assert dated(desk, homes["sheltered"], "DSC") == [(4_50, lettings.FROM, EVE)]
    assert dated(desk, homes["first"], "DSC") == [(4_50, lettings.FROM, None)]


def test_a_charge_that_begins_that_day_gets_the_new_amount(desk, homes, alone):
    def begin(ctx):
        rent = ctx.session.get_one(Charge, homes["first"].charges[0].id)
        rent.to_on = EVE
        ctx.session.add(Charge(account_id=homes["first"].account.id, code="DBR", amount_pence=103_00, from_on=APRIL))

    desk.do(begin)
    change = desk.do(rehearse, NewChange("Set", APRIL, BulkRule(("DBR",), Step.SET, 95_00)))
    desk.do(apply, Apply(change, excuse="A fall for most"))
    assert dated(desk, homes["first"]) == [(100_00, lettings.FROM, EVE), (95_00, APRIL, None)]
    ended = desk.do(rehearse, NewChange("End", APRIL, BulkRule(("DBR",), Step.END)))
    desk.do(apply, Apply(ended))
    assert dated(desk, homes["first"]) == [(100_00, lettings.FROM, EVE)]


def test_what_something_speaks_against_is_left_out_and_said(desk, homes, alone):
    desk.do(set_charge, SetCharge(homes["first"].account.id, "DBR", Money(90_00), date(2027, 6, 7), reason="Agreed"))

    def leave(ctx):
        ctx.session.add(
            Ending(
                tenancy_id=homes["second"].tenancy.id,
                reason=EndReason.TENANT_NOTICE,
                state=EndingState.NOTICE,
                notice_on=date(2027, 3, 29),
                notice_ends_on=date(2027, 4, 25),
                ends_on=date(2027, 4, 25),
                noted_at=ctx.clock.now(),
                noted_by=ctx.officer.id,
            )
        )

    desk.do(leave)
    found = desk.ask(queries.detail, desk.do(rehearse, RISE))
    assert (found.row.lines, found.row.before) == (1, Money(80_00))
    assert [(each.reference, each.why[:20]) for each in found.left_out] == [
        ("70 0001", "Another amount was e"),
        ("70 0002", "Notice was given tha"),
    ]


def test_what_moved_since_it_was_rehearsed_stops_it(desk, homes, alone):
    change = desk.do(rehearse, RISE)
    desk.do(set_charge, SetCharge(homes["first"].account.id, "DBR", Money(90_00), date(2026, 12, 7), reason="Agreed"))
    assert desk.ask(queries.detail, change).moved == 1
    with pytest.raises(UserError, match="1 of its charges are no longer what they were"):
        desk.do(apply, Apply(change, excuse="All the same"))
    desk.do(cancel, change)
    with pytest.raises(UserError, match="was cancelled already"):
        desk.do(cancel, change)


def test_weeks_that_were_charged_are_put_right_within_the_limit(desk, homes, alone):
    weeks = [date(2026, 11, 9), date(2026, 11, 16)]
    for week in weeks:
        desk.do(charge_week, week)
    change = desk.do(rehearse, NewChange("Cleaning", weeks[0], BulkRule(("DSC",), Step.SET, 4_00)))
    assert desk.ask(queries.detail, change).charged == 2
    # Three homes, two weeks, 0.50 each: 3.00 in all.
    with pytest.raises(UserError, match=r"come to £3\.00, above your limit of £0\.00"):
        desk.do(apply, Apply(change))
    limit = OfficerLimit(
        officer_id=desk.officer.id, kind=LimitKind.ADJUSTMENT_CREDIT, line_pence=50_00, batch_pence=50_00
    )
    desk.do(lambda ctx: ctx.session.add(limit))
    done = desk.do(apply, Apply(change))
    assert done.journal is not None
    assert desk.ask(ledger.balance, homes["first"].account.id) == Money(2 * 104_50 - 1_00)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"effective_on": date(2036, 4, 7)}, "effective_on"),
        ({"effective_on": date(2027, 4, 7)}, "effective_on"),
        ({"rule": None}, "rule"),
        ({"rule": BulkRule(("RCP",), Step.ADD, 100)}, "codes"),
    ],
)
def test_what_is_refused_says_where(desk, homes, changes, field):
    wanted = {"name": RISE.name, "effective_on": APRIL, "rule": RISE.rule, **changes}
    with pytest.raises(UserError) as refused:
        desk.do(rehearse, NewChange(**wanted))
    assert refused.value.field == field


def test_nothing_to_change_is_refused(desk, homes):
    with pytest.raises(UserError, match="No charge would change"):
        desk.do(rehearse, NewChange("Set", APRIL, BulkRule(("DLL",), Step.SET, 1_00)))


def test_stopped_notices_go_on_and_are_kept_once(desk, homes):
    change = desk.do(rehearse, RISE)
    give_notice(desk, change, "Because.")
    with pytest.raises(UserError, match="made before"):
        give_notice(desk, change, "Because.")
    give_notice(desk, change, "Because.", desk.clock.today() + timedelta(days=2))
    kept = desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(RentNotice)))
    assert kept == 6
