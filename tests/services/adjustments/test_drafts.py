"""Drafts of adjustments: who submits them, and who never decides on them then."""

import pytest

from app.models.values import AdjustmentState
from app.services.adjustments import commands, keeping, queries
from app.services.approvals import commands as approvals
from app.services.approvals import queries as requests
from app.services.approvals.dto import View
from app.services.core.errors import UserError
from tests.services.adjustments.conftest import balance, entry, line


def test_a_draft_waits_until_it_is_submitted(team, home):
    desk, _ = team
    draft = desk.do(lambda ctx: keeping.keep(ctx, entry(line(home.account, 5_00))).id)
    assert desk.ask(queries.detail, draft).state is AdjustmentState.DRAFT
    assert balance(desk, home.account) == 0
    assert desk.do(commands.submit, draft).state is AdjustmentState.POSTED
    with pytest.raises(UserError, match="posted already"):
        desk.do(commands.submit, draft)


def test_whoever_entered_a_draft_never_approves_it_whoever_submits_it(team, home):
    desk, colleague = team
    draft = desk.do(lambda ctx: keeping.keep(ctx, entry(line(home.account, 600_00))).id)
    saved = colleague.do(commands.submit, draft)
    (waiting,) = (each for each in desk.ask(requests.queue, View.WAITING).rows if each.request_id == saved.request_id)
    assert not waiting.may_decide
    assert not waiting.may_refuse
    assert waiting.why_not == "You took an earlier step of this: another officer has to decide."
    with pytest.raises(UserError, match="You took an earlier step of this"):
        desk.do(approvals.approve, [saved.request_id])
    colleague.do(approvals.withdraw, saved.request_id, "Entered on the wrong home")
    assert desk.ask(queries.detail, draft).state is AdjustmentState.WITHDRAWN
