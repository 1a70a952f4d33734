"""Setting a charge: ahead with notice, in the past with its adjustment, above a limit, and what is refused."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.charges import Charge, PropertyCharge, RentNotice
from app.models.endings import Ending
from app.models.letters import Outgoing
from app.models.limits import OfficerLimit
from app.models.values import EndingState, EndReason, LimitKind, Money
from app.services.approvals.commands import approve
from app.services.charges.commands import charge_week
from app.services.charges.elements.commands import give_rent_notice, set_charge, set_property_charge
from app.services.charges.elements.dto import RentNoticeWanted, SetCharge, SetPropertyCharge
from app.services.charges.elements.queries import (
    charge_form,
    preview,
    preview_notice,
    preview_property,
    property_charges,
)
from app.services.charges.notices.fields import notice_from
from app.services.core.errors import UserError, UserErrors
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.ledger import queries as ledger
from tests.factories import lettings
from tests.prepared import prepared

WEEKS = [date(2026, 8, 31), date(2026, 9, 7), date(2026, 9, 14)]
NEXT_YEAR = date(2027, 4, 5)


@prepared
def home(desk):
    """A home at 100.00 and 4.50, charged for three weeks; its officer may debit and credit up to 50.00."""

    def build(ctx):
        made = lettings.letting(ctx, "100.00", DSC="4.50")
        for kind in (LimitKind.ADJUSTMENT_DEBIT, LimitKind.ADJUSTMENT_CREDIT):
            ctx.session.add(OfficerLimit(officer_id=ctx.officer.id, kind=kind, line_pence=50_00, batch_pence=100_00))
        return made

    made = desk.do(build)
    for week in WEEKS:
        desk.do(charge_week, week)
    return made


def new(home, pounds, from_on, code="DBR", **more):
    weekly = None if pounds is None else Money.parse(pounds)
    return SetCharge(home.account.id, code, weekly, from_on, **{"reason": "Put right", **more})


def dated(desk, home, code="DBR"):
    def read(ctx):
        rows = ctx.session.scalars(
            select(Charge).where(Charge.account_id == home.account.id, Charge.code == code).order_by(Charge.from_on)
        )
        return [(row.amount_pence, row.from_on, row.to_on) for row in rows]

    return desk.ask(read)


def texts(desk, command):
    return [f"{each.text}|{each.before}|{each.after}" for each in desk.ask(preview, command)]


def test_next_years_rent_with_notice_in_time(desk, home):
    wanted = new(home, "104.80", NEXT_YEAR, reason="Rent review")
    # Posted on Saturday 21 November: two working days in the post, so served on Tuesday 24 November.
    assert texts(desk, wanted) == [
        "Rent a week from 5 Apr 2027|£100.00|£104.80",
        "The whole account, a week|£104.50|£109.30",
        "Served on 24 Nov 2026, 28 days or more before||",
        "A rent notice is made and waits in Letters||",
        "None is touched||",
    ]
    done = desk.do(set_charge, wanted)
    assert (done.journal, done.request_id) == (None, None)
    assert dated(desk, home) == [(100_00, lettings.FROM, date(2027, 4, 4)), (104_80, NEXT_YEAR, None)]

    def read(ctx):
        (notice,) = ctx.session.scalars(select(RentNotice))
        return notice.served_on, notice.effective_on, ctx.session.get_one(Outgoing, notice.letter_id).title

    assert desk.ask(read) == (date(2026, 11, 24), NEXT_YEAR, "Rent notice")


def test_a_charge_corrected_from_eleven_weeks_ago(desk, home):
    # 96.00 instead of 100.00 in three charged weeks: 3 x 4.00 = 12.00 back.
    wanted = new(home, "96.00", WEEKS[0], notify=False)
    assert texts(desk, wanted) == [
        "Rent a week from 31 Aug 2026|£100.00|£96.00",
        "The whole account, a week|£104.50|£100.50",
        "No notice is needed: nothing becomes dearer||",
        "No rent notice is made||",
        "£12.00 is credited for 3 weeks, each line on its own week||",
        "3 weeks, from 31 Aug 2026 to 14 Sep 2026, each|£100.00 charged|£96.00 due",
    ]
    done = desk.do(set_charge, wanted)
    assert done.adjusted == Money(-12_00)
    assert done.told == (
        "Rent is £96.00 a week from 31 Aug 2026. £12.00 is credited for the weeks charged, by journal 4."
    )
    assert desk.ask(ledger.balance, home.account.id) == Money(3 * 104_50 - 12_00)


def test_above_the_limit_nothing_changes_until_another_officer_approves(desk, home):
    desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    desk.do(add, NewOfficer("clerk", "Test Clerk", frozenset({Role.RENTS_OFFICER})))
    desk.do(add, NewOfficer("leader", "Test Leader", frozenset({Role.TEAM_LEADER})))
    clerk = Desk.sit_down(desk.database, "clerk", desk.clock)
    leader = Desk.sit_down(desk.database, "leader", desk.clock)

    def limit(ctx):
        ctx.session.add(
            OfficerLimit(
                officer_id=leader.officer.id, kind=LimitKind.ADJUSTMENT_CREDIT, line_pence=500_00, batch_pence=500_00
            )
        )

    leader.do(limit)
    wanted = new(home, "80.00", WEEKS[0], notify=False)
    asked = clerk.do(set_charge, wanted)
    assert asked.request_id is not None
    assert "nothing has changed yet" in asked.told
    assert dated(desk, home) == [(100_00, lettings.FROM, None)]
    leader.do(approve, [asked.request_id])
    assert dated(desk, home) == [(100_00, lettings.FROM, date(2026, 8, 30)), (80_00, WEEKS[0], None)]
    assert desk.ask(ledger.balance, home.account.id) == Money(3 * 104_50 - 60_00)


def test_a_dearer_charge_without_notice_in_time_is_refused_or_excused(desk, home):
    soon = date(2026, 12, 7)
    wanted = new(home, "110.00", soon)
    # 28 days before 7 December is 9 November, a Monday; two working days before it is Thursday 5 November.
    assert any("it had to be posted by 5 Nov 2026" in text for text in texts(desk, wanted))
    with pytest.raises(UserError, match="needs 28 days' notice") as refused:
        desk.do(set_charge, wanted)
    assert refused.value.field == "excuse"
    desk.do(set_charge, new(home, "110.00", soon, excuse="The tenant agreed in writing"))
    assert dated(desk, home)[-1] == (110_00, soon, None)
    kept = desk.ask(lambda ctx: ctx.session.scalars(select(RentNotice.excuse)).all())
    assert kept == ["The tenant agreed in writing"]


def test_the_first_day_offered_is_in_time(desk, home):
    form = desk.ask(charge_form, home.account.id)
    # Served on 24 November, and 28 days on is 22 December: the next Monday is 28 December.
    assert form.first_day == date(2026, 12, 28)
    assert [(each.code, each.weekly) for each in form.codes[:2]] == [("DBR", Money(100_00)), ("DSC", Money(4_50))]
    assert form.charged_to == date(2026, 9, 20)
    desk.do(set_charge, new(home, "101.00", form.first_day))


def test_a_charge_is_added_and_ended(desk, home):
    desk.do(set_charge, new(home, "3.20", NEXT_YEAR, code="dgm", for_property=True))
    assert dated(desk, home, "DGM") == [(3_20, NEXT_YEAR, None)]
    assert [row.weekly for row in desk.ask(property_charges, home.property.id)] == [Money(3_20)]
    desk.do(set_charge, new(home, None, date(2026, 12, 7), code="DSC"))
    assert dated(desk, home, "DSC") == [(4_50, lettings.FROM, date(2026, 12, 6))]
    with pytest.raises(UserError, match="isn't charged on 7 Dec 2026 or later"):
        desk.do(set_charge, new(home, None, date(2026, 12, 7), code="DSC"))


def test_a_property_is_let_at_what_is_set_for_it(desk, home):
    prop = home.property.id
    desk.do(set_property_charge, SetPropertyCharge(prop, "DBR", Money(100_00), lettings.FROM))
    dearer = SetPropertyCharge(prop, "DBR", Money(104_80), NEXT_YEAR)
    first = desk.ask(preview_property, dearer)[0]
    assert (first.before, first.after) == ("£100.00", "£104.80")
    desk.do(set_property_charge, dearer)
    rows = desk.ask(lambda ctx: ctx.session.scalars(select(PropertyCharge).order_by(PropertyCharge.from_on)).all())
    assert [(row.amount_pence, row.to_on) for row in rows] == [(100_00, date(2027, 4, 4)), (104_80, None)]
    with pytest.raises(UserError, match="no such property"):
        desk.do(set_property_charge, SetPropertyCharge(9_999, "DBR", Money(1), NEXT_YEAR))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"code": "RCP"}, "code", "not a charge"),
        ({"code": "DVA"}, "code", "not a charge"),
        ({"pounds": "-5.00"}, "weekly", "can't be a credit"),
        ({"pounds": "9,000.00"}, "weekly", "more than any charge"),
        ({"from_on": date(2036, 4, 7)}, "from_on", "more than a year ahead"),
        ({"from_on": date(2025, 4, 6)}, "from_on", "begins on 7 Apr 2025"),
        ({"to_on": date(2026, 12, 6)}, "to_on", "before the first"),
        ({"reason": " "}, "reason", "why it changes"),
        ({"reason": "4111 1111 1111 1111"}, "reason", "card"),
        ({"pounds": "100.00"}, "weekly", "already"),
    ],
)
def test_what_is_refused_says_where(desk, home, changes, field, words):
    wanted = {"pounds": "110.00", "from_on": date(2026, 12, 28), **changes}
    with pytest.raises(UserError, match=words) as refused:
        desk.do(set_charge, new(home, wanted.pop("pounds"), wanted.pop("from_on"), **wanted))
    fields = [each.field for each in refused.value.errors] if isinstance(refused.value, UserErrors) else []
    assert field in [*fields, refused.value.field]
    assert dated(desk, home) == [(100_00, lettings.FROM, None)]


def test_a_rent_notice_on_demand(desk, home):
    shown = desk.ask(preview_notice, RentNoticeWanted(home.account.id))
    assert [(each.group, each.text, each.before, each.after) for each in shown[:3]] == [
        ("Charges from 7 Apr 2025", "Rent", "", "£100.00"),
        ("Charges from 7 Apr 2025", "Service charge", "", "£4.50"),
        ("Charges from 7 Apr 2025", "A week in all", "", "£104.50"),
    ]
    given = desk.do(give_rent_notice, RentNoticeWanted(home.account.id, "You asked for it"))
    assert given.letter_id is not None
    empty = desk.do(lambda ctx: lettings.letting(ctx, None))
    with pytest.raises(UserError, match="nothing to give notice of"):
        desk.do(give_rent_notice, RentNoticeWanted(empty.account.id))


def test_a_notice_that_can_not_be_posted_becomes_a_task(desk, home):
    desk.do(lambda ctx: setattr(ctx.session.get_one(type(home.person), home.person.id), "do_not_contact", True))
    done = desk.do(set_charge, new(home, "96.00", NEXT_YEAR))
    assert done.letter_id is None
    assert "A task asks for the notice" in done.told


def test_the_notice_of_a_change_in_the_past_says_that_one_and_not_the_next(desk, home):
    desk.do(set_charge, new(home, "104.80", NEXT_YEAR, reason="Rent review"))
    desk.do(set_charge, new(home, "4.00", WEEKS[0], code="DSC", reason="Keyed wrongly"))

    def subjects(ctx):
        return ctx.session.scalars(select(Outgoing.subject_line).order_by(Outgoing.id)).all()

    assert desk.ask(subjects) == ["What you are charged from 5 April 2027", "What you are charged from 31 August 2026"]
    # Rent stays 100.00 in that week: 100.00 + 4.50 = 104.50 until then, 104.00 from then on.
    found = desk.ask(notice_from, home.account.id, WEEKS[0])
    assert (found["notice.before"], found["notice.after"]) == ("£104.50", "£104.00")


def test_whoever_gave_notice_is_seen_before_a_dearer_charge_is_saved(desk, home):
    def leave(ctx):
        ctx.session.add(
            Ending(
                tenancy_id=home.tenancy.id,
                reason=EndReason.TENANT_NOTICE,
                state=EndingState.NOTICE,
                notice_on=date(2026, 11, 16),
                notice_ends_on=date(2027, 12, 12),
                ends_on=date(2027, 12, 12),
                noted_at=ctx.clock.now(),
                noted_by=ctx.officer.id,
            )
        )

    desk.do(leave)
    assert any("doesn't reach it while that stands" in text for text in texts(desk, new(home, "104.80", NEXT_YEAR)))
    assert not any("doesn't reach" in text for text in texts(desk, new(home, "94.80", NEXT_YEAR)))
