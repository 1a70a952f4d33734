"""A credit that nobody claimed is written on: £20.00 of it, with evidence, by a second officer whatever the limits; and back."""

from app.models.values import AdjustmentState
from app.services.adjustments import commands, queries
from app.services.approvals import commands as approvals
from tests.services.adjustments.conftest import balance, entry, line, paid
from tests.services.adjustments.test_entering import evidence


def test_a_write_on_always_takes_a_second_officer(team, home):
    desk, colleague = team
    paid(desk, home.account, "RBP", -20_00)
    proof = evidence(desk, home.account)
    saved = desk.do(commands.enter, entry(line(home.account, 20_00, "write_on"), evidence=(proof,)))
    assert (saved.state, balance(desk, home.account)) == (AdjustmentState.WAITING, -20_00)
    colleague.do(approvals.approve, [saved.request_id])
    assert desk.ask(queries.detail, saved.adjustment_id).state is AdjustmentState.POSTED
    assert balance(desk, home.account) == 0
    assert "write_on" in [kind.key for kind in desk.ask(queries.entry_form, home.account.id).kinds]
