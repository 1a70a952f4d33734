"""What each officer may do next with a line of the register: nothing is offered that is refused."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.recharges import Recharge
from app.models.values import RechargeKind, RechargeState, WriteOffState
from app.models.write_offs import WriteOff, WriteOffDebt, WriteOffReason
from app.services.adjustments import commands, keeping
from app.services.adjustments.register import queries
from app.services.adjustments.register.dto import What, row_id_of
from app.services.approvals import commands as approvals
from tests.factories import adjusting
from tests.services.adjustments.conftest import entry, line, third


def may(desk, what, record_id):
    """What the officer may do, in words, and why the next step isn't theirs."""
    found = desk.ask(queries.detail, row_id_of(what, record_id))
    return sorted(each.value for each in found.may), found.why_not


def draft(team, home):
    return team[0].do(lambda ctx: keeping.keep(ctx, entry(line(home.account, -200_00))).id)


def waiting(team, home):
    return team[0].do(commands.enter, entry(line(home.account, -200_00))).adjustment_id


def approved(team, home):
    third(team[0], "credit")
    saved = team[0].do(commands.enter, entry(line(home.account, -200_00)))
    team[1].do(approvals.approve, [saved.request_id])
    return saved.adjustment_id


def posted(team, home):
    return team[0].do(commands.enter, entry(line(home.account, -20_00))).adjustment_id


def going_back(team, home):
    made = team[1].do(commands.enter, entry(line(home.account, -400_00))).adjustment_id
    team[0].do(commands.reverse, made, "Entered twice")
    return made


OWN = "Nobody decides on what they asked for: another officer has to."
STEP = "You took an earlier step of this, so somebody else posts it."


@pytest.mark.parametrize(
    ("made", "mine", "theirs"),
    [
        (draft, (["submit", "withdraw"], ""), (["submit"], "")),
        (waiting, (["withdraw"], OWN), (["decide"], "")),
        (approved, (["withdraw"], STEP), (["withdraw"], STEP)),
        (posted, (["reverse"], ""), (["reverse"], "")),
        (going_back, ([], ""), ([], "")),
    ],
)
def test_an_adjustment(team, home, made, mine, theirs):
    record_id = made(team, home)
    assert [may(each, What.ADJUSTMENT, record_id) for each in team] == [mine, theirs]


def test_a_refund_a_credit_note_and_a_case(team, home):
    desk, colleague = team
    third(desk, "refund")
    refund = desk.do(adjusting.refund, home.account.id)
    note = desk.do(adjusting.credit_note, home.account.id)
    case = desk.do(adjusting.write_off, home.account.id)
    assert may(desk, What.REFUND, refund) == (
        ["withdraw"],
        "You took an earlier step of this, so somebody else pays it.",
    )
    assert may(desk, What.RECHARGE, note) == ([], "")
    assert may(desk, What.WRITE_OFF, case) == (["change", "submit", "withdraw"], "")
    assert may(colleague, What.WRITE_OFF, case) == (["submit", "withdraw"], "")


def test_an_invoice_is_credited_while_something_is_left_that_no_credit_note_waits_for(team, home):
    desk, _ = team
    ids = [desk.do(raised, home.account.id, key) for key in ("first", "second")]
    assert [may(desk, What.RECHARGE, each)[0] for each in ids] == [["reverse"], ["reverse"]]

    def waits(ctx):
        note = ctx.session.get_one(Recharge, adjusting.credit_note(ctx, home.account.id))
        note.credits_id, note.state = ids[0], RechargeState.WAITING

    desk.do(waits)
    assert [may(desk, What.RECHARGE, each)[0] for each in ids] == [[], ["reverse"]]


def raised(ctx, account_id, key):
    """An invoice of £72.00; its id."""
    made = ctx.session.get_one(Recharge, adjusting.credit_note(ctx, account_id))
    made.kind, made.entry_key = RechargeKind.REPAIR, key
    return made.id


@pytest.mark.parametrize(
    ("back", "discharges", "acts"),
    [(0, False, ["reverse"]), (79_99, False, ["reverse"]), (80_00, False, []), (0, True, [])],
)
def test_a_debt_is_written_back_unless_all_of_it_is_back_or_the_law_ended_it(team, home, back, discharges, acts):
    desk, _ = team

    def posted(ctx):
        case = ctx.session.get_one(WriteOff, adjusting.write_off(ctx, home.account.id))
        case.state, case.posted_on, case.journal = WriteOffState.POSTED, date(2026, 11, 20), 1
        wanted = select(WriteOffReason.key).where(WriteOffReason.discharges == discharges)
        case.reason = ctx.session.scalars(wanted.order_by(WriteOffReason.key)).all()[0]
        ctx.session.get_one(WriteOffDebt, (case.id, home.account.id)).back_pence = back
        return case.id

    assert may(desk, What.WRITE_OFF, desk.do(posted))[0] == acts
