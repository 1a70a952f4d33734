"""The figures of what was posted: by kind, reason, officer and month, worked out by hand."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.models.limits import OfficerLimit
from app.models.recharges import Recharge
from app.models.refunds import Refund
from app.models.values import LimitKind, Money, RechargeKind, RechargeState, RefundState
from app.services.adjustments import commands
from app.services.adjustments.dto import NewAdjustment, NewLine
from app.services.adjustments.register import queries as register
from app.services.adjustments.register.dto import RegisterFilter, View, What
from app.services.adjustments.reports import queries
from app.services.core.errors import UserError
from tests.factories import adjusting, lettings
from tests.prepared import prepared

FROM, TO = date(2026, 9, 1), date(2026, 11, 21)


@prepared
def posted(desk):
    """£50 debited and reversed, £30 debited, £12.50 credited, £20 moved, £25 refunded in October, a credit note of £72."""

    def limits(ctx):
        for kind in (LimitKind.ADJUSTMENT_DEBIT, LimitKind.ADJUSTMENT_CREDIT):
            ctx.session.add(OfficerLimit(officer_id=ctx.officer.id, kind=kind, line_pence=10_000, batch_pence=90_000))

    desk.do(limits)
    one, other = (desk.do(lambda ctx: lettings.letting(ctx, "100.00").account.id) for _ in range(2))
    for at, (kind, pence) in enumerate((("debit", 5_000), ("debit", 3_000), ("credit", -1_250), ("transfer", 2_000))):
        to = other if kind == "transfer" else None
        reason = "wrong_account" if kind == "transfer" else "wrong_amount"
        line = NewLine(one, kind, Money(pence), date(2026, 10, 5), reason, "Put right", to)
        saved = desk.do(commands.enter, NewAdjustment(str(at), "Put right", (line,)))
        if at == 0:
            desk.do(commands.reverse, saved.adjustment_id, "Twice")

    def others(ctx):
        adjusting.credit_note(ctx, one)
        row = ctx.session.get_one(Refund, adjusting.refund(ctx, one))
        row.state, row.sent_on, row.cause = RefundState.SENT, date(2026, 10, 8), "overpaid"
        adjusting.write_off(ctx, one)

    desk.do(others)


def test_the_figures_by_kind_reason_officer_and_month(desk, posted):
    found = desk.ask(queries.report, FROM, TO)
    kinds = {each.name: (each.count, each.debit.pence, each.credit.pence, each.key) for each in found.kinds}
    assert kinds == {
        "Debit correction": (1, 3_000, 0, "debit"),
        "Credit correction": (1, 0, 1_250, "credit"),
        "Transfer between accounts": (1, 2_000, 2_000, "transfer"),
        "Credit note": (1, 0, 7_200, ""),
        "Refund": (1, 2_500, 0, ""),
    }
    assert (found.every.count, found.every.debit, found.every.credit) == (5, Money(7_500), Money(10_450))
    assert found.every.net == Money(-2_950)
    assert {each.name: each.count for each in found.reasons}["Overpaid"] == 1
    assert [(each.name, each.officer_id, each.count) for each in found.officers] == [
        (desk.officer.name, desk.officer.id, 5)
    ]
    assert [(each.name, each.count) for each in found.months] == [("Nov 2026", 4), ("Oct 2026", 1)]
    assert found.reversed == 1


def test_every_month_is_charted_and_a_line_says_what_it_is_of(desk, posted):
    found = desk.ask(queries.report, FROM, TO)
    charted = [(each.month_on.month, each.refunds.pence, each.write_offs.pence) for each in found.charted]
    assert charted == [(9, 0, 0), (10, 2_500, 0), (11, 0, 0)]
    assert {each.name: each.what for each in found.kinds}["Refund"] is What.REFUND
    assert found.officers[0].what is None


def test_the_register_lists_what_the_figures_count_with_invoices_that_were_credited(desk, posted):
    """A credited invoice of £72.00 stands beside its credit note; the reversed debit is in neither."""

    def credited(ctx):
        note = ctx.session.scalars(select(Recharge)).one()
        made = adjusting.credit_note(ctx, note.for_account_id, key="i", number=6)
        invoice = ctx.session.get_one(Recharge, made)
        invoice.kind, invoice.state = RechargeKind.REPAIR, RechargeState.CREDITED
        note.credits_id = invoice.id

    desk.do(credited)
    found = desk.ask(queries.report, FROM, TO)
    assert (found.every.count, found.every.debit, found.every.credit) == (6, Money(14_700), Money(10_450))
    wanted = RegisterFilter(view=View.REPORTED, from_on=FROM, to_on=TO)
    listed = desk.ask(register.totals, wanted)
    assert (listed.count, listed.debit - listed.credit) == (6, found.every.net)
    (officer,) = found.officers
    assert desk.ask(register.totals, replace(wanted, officer_id=officer.officer_id)).count == officer.count
    for month, last in zip(found.months, (TO, date(2026, 10, 31)), strict=True):
        assert desk.ask(register.totals, replace(wanted, from_on=month.month_on, to_on=last)).count == month.count
    recharges = [each for each in found.kinds if each.what is What.RECHARGE]
    assert desk.ask(register.totals, replace(wanted, whats=frozenset({What.RECHARGE}))).count == len(recharges) == 2


def test_a_span_that_ends_before_it_begins_is_refused(desk):
    with pytest.raises(UserError, match="before the first"):
        desk.ask(queries.report, TO, FROM)
