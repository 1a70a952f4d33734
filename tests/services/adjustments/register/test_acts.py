"""What each officer may do next with a line of the register: nothing is offered that is refused."""

import pytest

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
    assert may(colleague, What.WRITE_OFF, case) == (["submit", "withdraw"], "")
