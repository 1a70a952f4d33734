from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select

from app.models.charges import Charge, DebitControl
from app.models.properties import RentFreeWeek
from app.models.tenancies import Tenancy
from app.models.values import DebitMove, Money, PaymentMethod, Tenure
from app.services.approvals.commands import approve, refuse
from app.services.charges.commands import charge_week
from app.services.core.calendars import WEEK
from app.services.core.errors import UserError
from app.services.tenancies.debit_control import queries
from app.services.tenancies.debit_control.commands import prepare
from app.services.tenancies.debit_control.dto import SheetState
from app.services.tenancies.starting.commands import start
from app.services.tenancies.starting.dto import NewCharge, NewTenant, StartTenancy
from tests.factories import lettings
from tests.prepared import prepared

FIRST = date(2026, 11, 2)
WEEKS = [FIRST + WEEK * number for number in range(4)]
DAY = timedelta(days=1)


@prepared
def estate(desk):
    """Homes at 104.50 and 80.00, one at 90.00 that fell empty on 2 November, and a garage at 17.80."""

    def build(ctx):
        first = lettings.letting(ctx, "100.00", DSC="4.50")
        return {
            "first": first,
            "second": lettings.letting(ctx, "80.00", who=("Kim", "Second")),
            "empty": lettings.letting(ctx, "90.00", who=("Lee", "Third"), end_on=FIRST - DAY),
            "garage": lettings.garage_letting(ctx, home=first),
        }

    return desk.do(build)


def end(desk, held, on):
    def work(ctx):
        ctx.session.get_one(Tenancy, held.tenancy.id).end_on = on

    desk.do(work)


def reprice(desk, held, pounds, on):
    def work(ctx):
        old = ctx.session.scalars(
            select(Charge).where(Charge.account_id == held.account.id, Charge.to_on.is_(None))
        ).one()
        old.to_on = on - DAY
        ctx.session.flush()
        lettings.charge(ctx, held.account, "DBR", pounds, on)

    desk.do(work)


def let(desk, place, on, pounds, name="Newcome"):
    charges = (NewCharge("DBR", Money.parse(pounds)),)
    tenant = NewTenant(last_name=name, another=True)
    new = StartTenancy(place.id, Tenure.SECURE, on, (tenant,), charges, PaymentMethod.CASH, welcome=False)
    return desk.do(start, new)


def line(desk, week, code="GEN"):
    return next(each for each in desk.ask(queries.sheet, week).lines if each.code == code)


def figures(of_group):
    names = ("opening", "new_lets", "endings", "changes", "voids", "closing", "parts", "run")
    return [getattr(of_group, name).plain() for name in names]


def signed(desk, colleague, week, words=""):
    asked = desk.do(prepare, week, words)
    colleague.do(approve, [asked.request_id])


def test_four_weeks_by_hand(desk, colleague, estate):
    # 2 November: Lee's home ended on the Sunday and is void at 90.00
    desk.do(charge_week, WEEKS[0])
    assert figures(line(desk, WEEKS[0])) == ["274.50", "0.00", "90.00 CR", "0.00", "90.00", "274.50", "0.00", "274.50"]
    garages = line(desk, WEEKS[0], "GAR")
    assert figures(garages) == ["17.80", "0.00", "0.00", "0.00", "0.00", "17.80", "0.00", "17.80"]
    assert (garages.let, garages.void, garages.stock) == (1, 0, 1)
    signed(desk, colleague, WEEKS[0])

    # 9 November: Kim's rent rises to 84.00; Lee's home is let from Wednesday at 95.00
    reprice(desk, estate["second"], "84.00", WEEKS[1])
    let(desk, estate["empty"].property, date(2026, 11, 11), "95.00")
    desk.do(charge_week, WEEKS[1])
    # part weeks: 95.00 x 5/7 = 67.86 and 90.00 x 2/7 = 25.71 instead of the void's 90.00
    assert figures(line(desk, WEEKS[1])) == ["274.50", "0.00", "0.00", "4.00", "0.00", "278.50", "3.57", "282.07"]
    signed(desk, colleague, WEEKS[1])

    # 16 November: that let is a let of the whole week, and the void is over
    desk.do(charge_week, WEEKS[2])
    sheet = desk.ask(queries.sheet, WEEKS[2])
    third = line(desk, WEEKS[2])
    assert figures(third) == ["278.50", "95.00", "0.00", "0.00", "90.00 CR", "283.50", "0.00", "283.50"]
    assert (third.let, third.void, third.stock, third.idle) == (3, 0, 3, 0)
    moves = [(each.move, each.property_ref, each.before.plain(), each.after.plain()) for each in sheet.moves]
    ref = estate["empty"].property.ref
    assert moves == [(DebitMove.NEW_LET, ref, "0.00", "95.00"), (DebitMove.VOID, ref, "90.00", "0.00")]
    signed(desk, colleague, WEEKS[2])

    end(desk, estate["first"], WEEKS[3] - DAY)
    last_week_by_hand(desk, colleague)


def last_week_by_hand(desk, colleague):
    # 23 November: the first home ended on Sunday; its garage goes on, its VAT inside the same price
    desk.do(charge_week, WEEKS[3])
    sums = ["283.50", "0.00", "104.50 CR", "0.00", "104.50", "283.50", "0.00", "283.50"]
    assert figures(line(desk, WEEKS[3])) == sums
    assert figures(line(desk, WEEKS[3], "GAR"))[-1] == "17.80"
    signed(desk, colleague, WEEKS[3])
    rows = desk.ask(queries.weeks)
    assert [each.week_on for each in rows] == list(reversed(WEEKS))
    assert {each.state for each in rows} == {SheetState.SIGNED}
    assert rows[0].closing == rows[0].run == Money(30_130)


def test_a_rent_free_week_is_what_the_charge_falls_short_by(desk, estate):
    group = estate["first"].rent_group.id
    desk.do(lambda ctx: ctx.session.add(RentFreeWeek(rent_group_id=group, week_on=FIRST)))
    desk.do(charge_week, FIRST)
    shown = line(desk, FIRST)
    assert (shown.closing.plain(), shown.parts.plain(), shown.run.plain()) == ("274.50", "274.50 CR", "0.00")
    assert not shown.difference


def test_what_was_charged_beyond_is_listed_by_property_and_explained(desk, colleague, estate):
    desk.do(charge_week, FIRST)
    end(desk, estate["second"], FIRST + 3 * DAY)  # Thursday, entered after the week was charged
    sheet = desk.ask(queries.sheet, FIRST)
    # 80.00 was charged, 45.71 is due of Monday to Thursday; the void should have borne Friday to Sunday, 34.29
    found = {each.reference: each.difference.plain() for each in sheet.unmatched}
    assert found == {estate["second"].account.payment_reference: "34.29", estate["second"].property.ref: "34.29 CR"}
    assert not sheet.total.difference


def test_a_difference_needs_an_explanation(desk, colleague, estate):
    desk.do(charge_week, FIRST)
    reprice(desk, estate["second"], "85.00", FIRST)
    with pytest.raises(UserError) as refused:
        desk.do(prepare, FIRST)
    assert refused.value.field == "explanation"
    assert "£5.00 CR" in refused.value.message
    asked = desk.do(prepare, FIRST, "The rise was entered after the charge; it is put right this week.")
    assert asked.week_on == FIRST


def test_a_late_entry_shows_on_the_next_sheet(desk, colleague, estate):
    desk.do(charge_week, WEEKS[0])
    signed(desk, colleague, WEEKS[0])
    reprice(desk, estate["second"], "85.00", date(2026, 10, 5))
    desk.do(charge_week, WEEKS[1])
    shown = line(desk, WEEKS[1])
    assert figures(shown)[:6] == ["274.50", "0.00", "0.00", "5.00", "0.00", "279.50"]
    assert figures(line(desk, WEEKS[0]))[5] == "274.50"  # as it was signed


def test_only_a_charged_week_is_signed_and_in_order(desk, colleague, estate):
    with pytest.raises(UserError, match="has not been charged yet"):
        desk.do(prepare, WEEKS[0])
    desk.do(charge_week, WEEKS[0])
    desk.do(charge_week, WEEKS[1])
    assert desk.ask(queries.next_week) == WEEKS[1]
    signed(desk, colleague, WEEKS[1])
    with pytest.raises(UserError, match="which is later"):
        desk.do(prepare, WEEKS[0])
    with pytest.raises(UserError, match="is signed already"):
        desk.do(prepare, WEEKS[1] + 3 * DAY)
    assert desk.ask(queries.next_week) == WEEKS[2]


def test_nobody_signs_twice_and_figures_that_changed_are_prepared_anew(desk, colleague, estate):
    desk.do(charge_week, FIRST)
    asked = desk.do(prepare, FIRST)
    with pytest.raises(UserError):
        desk.do(approve, [asked.request_id])
    end(desk, estate["second"], FIRST - DAY)
    with pytest.raises(UserError, match="have changed since"):
        colleague.do(approve, [asked.request_id])
    again = desk.do(prepare, FIRST, "Ended late.")
    assert again.request_id == asked.request_id
    colleague.do(approve, [again.request_id])
    sheet = desk.ask(queries.sheet, FIRST)
    assert (sheet.state, sheet.prepared_by, sheet.checked_by) == (SheetState.SIGNED, "Test Officer", "Test Colleague")


def test_a_refused_sheet_is_open_again(desk, colleague, estate):
    desk.do(charge_week, FIRST)
    asked = desk.do(prepare, FIRST)
    assert desk.ask(queries.sheet, FIRST).state is SheetState.PREPARED
    colleague.do(refuse, [asked.request_id], "Look at the garage again.")
    assert desk.ask(queries.sheet, FIRST).state is SheetState.OPEN
    assert desk.ask(lambda ctx: ctx.session.scalars(select(DebitControl)).one()).checked_at is None


@pytest.mark.parametrize("seed", [3, 14, 15])
def test_it_adds_up_over_four_weeks_of_anything(desk, colleague, seed):
    """Random lets, endings and changes before each week's charge: every sheet leads on from the last and meets the charge."""
    dice = Random(seed)
    held = desk.do(lambda ctx: [lettings.letting(ctx, f"{dice.randint(6_000, 12_000) / 100:.2f}") for _ in range(8)])
    homes = {each.property.id: each for each in held}
    live, empty = dict(homes), {}
    before = None
    for week in WEEKS:
        for number, each in list(live.items()):
            if dice.random() < 0.25:
                end(desk, each, week - dice.randint(1, 3) * DAY)
                empty[number] = each
                del live[number]
            elif dice.random() < 0.3:
                reprice(desk, each, f"{dice.randint(6_000, 12_000) / 100:.2f}", week)
        for number, each in list(empty.items()):
            if dice.random() < 0.4:
                let(desk, each.property, week + dice.randint(0, 6) * DAY, "77.77", f"New{seed}{week}{number}")
                del empty[number]
        desk.do(charge_week, week)
        sheet = desk.ask(queries.sheet, week)
        total = sheet.total
        assert total.opening + total.new_lets + total.endings + total.changes + total.voids == total.closing
        assert sum(each.amount.pence for each in sheet.moves) == (total.closing - total.opening).pence
        assert before is None or total.opening == before
        assert not total.difference
        assert sheet.unmatched == ()
        assert (total.let + total.void, total.stock) == (8, 8)
        before = total.closing
        signed(desk, colleague, week)
